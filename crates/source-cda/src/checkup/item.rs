//! Items: observations, alone or in a series (一連検査).

use super::item_system;
use crate::{
    issues,
    oid::HL7,
    value::{code, data_type, filled, time},
    writer::{Tell, Writer},
};
use tsugite_clinical::{
    Key, RecordKind,
    body::{Body, CheckupItem, CheckupValue, Code, Concept},
};
use tsugite_issue::{Definition, Issue};
use tsugite_xml::Element;

/// What an observation belongs to.
#[derive(Clone, Debug, Default)]
pub struct Series {
    code: Option<String>,
    relation: Option<String>,
}

/// Reads an observation and those in it.
pub fn read(
    observation: Element<'_, '_>,
    section: Option<&Code>,
    series: &Series,
    writer: &mut Writer<'_>,
    entries: &mut Vec<Key>,
) {
    let item = observation.child((HL7, "code")).and_then(|element| item_code(element));
    let members: Vec<(Option<String>, Element<'_, '_>)> = observation
        .all((HL7, "entryRelationship"))
        .filter_map(|member| Some((filled(member, "typeCode"), member.child((HL7, "observation"))?)))
        .collect();
    let states = observation.child((HL7, "value")).is_some() || observation.attr("negationInd").is_some();
    let group = !states && !members.is_empty();
    let several = observation.all((HL7, "value")).count() > 1;
    match &item {
        _ if several => hold(observation, &issues::VALUES_SEVERAL, writer),
        Some(item) if !group => {
            let name = format!("{}/checkup/{}", section.map_or("", |code| &code.code), item.code);
            let body = CheckupItem { section: section.cloned(), ..read_item(observation, item, series, writer) };
            entries.push(writer.fact(observation, name, Body::CheckupItem(Box::new(body))));
        }
        None if !group => hold(observation, &issues::ITEM_WITHOUT_CODE, writer),
        _ => {}
    }
    let own = item.map(|item| item.code).or_else(|| common_analyte(&members));
    for (relation, member) in members {
        read(member, section, &Series { code: own.clone(), relation }, writer, entries);
    }
}

/// A record that cannot be read as an item.
pub fn hold(element: Element<'_, '_>, rule: &'static Definition, writer: &mut Writer<'_>) {
    writer.tell(Issue::new(rule), element);
    writer.record(RecordKind::CheckupItem, element).held(rule);
}

/// The code of an item; the format leaves its system out.
fn item_code(element: Element<'_, '_>) -> Option<Code> {
    let item = code(element).filter(|item| !item.code.is_empty())?;
    Some(Code { system: item_system(element), ..item })
}

/// A group without a code of its own is named by the five digits (分析物コード) that its members share.
fn common_analyte(members: &[(Option<String>, Element<'_, '_>)]) -> Option<String> {
    let codes = members.iter().filter_map(|(_, member)| item_code(member.child((HL7, "code"))?));
    let mut analytes = codes.filter_map(|item| item.code.get(..5).map(str::to_owned));
    let first = analytes.next()?;
    analytes.all(|other| other == first).then_some(first)
}

fn read_item(observation: Element<'_, '_>, item: &Code, series: &Series, writer: &mut Writer<'_>) -> CheckupItem {
    let translations = observation.child((HL7, "code")).into_iter().flat_map(|code| code.all((HL7, "translation")));
    let codes = std::iter::once(item.clone()).chain(translations.filter_map(code)).collect();
    let (low, high) = range(observation);
    let flags = observation.all((HL7, "interpretationCode")).filter_map(|flag| filled(flag, "code")).collect();
    let performed = observation.child((HL7, "effectiveTime")).and_then(|at| time(at, writer));
    let person = observation.at(&[(HL7, "author"), (HL7, "assignedAuthor"), (HL7, "assignedPerson")]);
    CheckupItem {
        section: None,
        item: Concept { codes, text: None },
        value: value(observation, writer),
        flags,
        low,
        high,
        method: observation.child((HL7, "methodCode")).and_then(code),
        performed,
        series: series.code.clone(),
        relation: series.relation.clone(),
        judged_by: person.and_then(|person| person.child_text((HL7, "name"))),
    }
}

fn value(observation: Element<'_, '_>, writer: &mut Writer<'_>) -> CheckupValue {
    if observation.attr("negationInd").map(str::trim) == Some("true") {
        return CheckupValue::NotPerformed;
    }
    let Some(value) = observation.child((HL7, "value")) else { return CheckupValue::Absent };
    if let Some(flavor) = filled(value, "nullFlavor") {
        if flavor == "NI" {
            return CheckupValue::NotMeasurable;
        }
        writer.tell(Issue::new(&issues::NULL_FLAVOR).with("flavor", flavor), value);
        return CheckupValue::Absent;
    }
    let text = || value.trimmed().map_or(CheckupValue::Absent, CheckupValue::Text);
    match data_type(value) {
        "PQ" | "INT" | "REAL" => match filled(value, "value") {
            Some(number) => CheckupValue::Quantity { value: number, unit: filled(value, "unit") },
            None => CheckupValue::Absent,
        },
        "CD" | "CO" | "CE" | "CV" | "CS" => code(value).map_or_else(text, CheckupValue::Coded),
        "ST" | "ED" => text(),
        "TS" => filled(value, "value").map_or_else(text, CheckupValue::Text),
        other => {
            writer.tell(
                Issue::new(&issues::VALUE_TYPE_UNKNOWN).with("type", other.chars().take(16).collect::<String>()),
                value,
            );
            filled(value, "value").map_or_else(text, CheckupValue::Text)
        }
    }
}

/// 基準範囲: low and high as written.
fn range(observation: Element<'_, '_>) -> (Option<String>, Option<String>) {
    let way = [(HL7, "referenceRange"), (HL7, "observationRange"), (HL7, "value")];
    let Some(range) = observation.at(&way) else { return (None, None) };
    let end = |name: &str| range.child((HL7, name)).and_then(|end| filled(end, "value"));
    (end("low"), end("high"))
}
