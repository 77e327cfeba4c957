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

/// The parts of an observation, found in one walk.
#[derive(Default)]
struct Parts<'d, 't> {
    code: Option<Element<'d, 't>>,
    value: Option<Element<'d, 't>>,
    /// There is more than one value.
    several: bool,
    flags: Vec<String>,
    performed: Option<Element<'d, 't>>,
    method: Option<Element<'d, 't>>,
    range: Option<Element<'d, 't>>,
    judge: Option<Element<'d, 't>>,
    /// Members of a series, with what they are in it.
    members: Vec<(Option<String>, Element<'d, 't>)>,
}

impl<'d, 't> Parts<'d, 't> {
    fn of(observation: Element<'d, 't>) -> Self {
        let mut parts = Self::default();
        for child in observation.children().filter(|child| child.namespace() == HL7) {
            let first = |known: Option<Element<'d, 't>>| known.or(Some(child));
            match child.local() {
                "code" => parts.code = first(parts.code),
                "value" => {
                    parts.several = parts.value.is_some();
                    parts.value = first(parts.value);
                }
                "interpretationCode" => parts.flags.extend(filled(child, "code")),
                "effectiveTime" => parts.performed = first(parts.performed),
                "methodCode" => parts.method = first(parts.method),
                "referenceRange" => {
                    parts.range = parts.range.or_else(|| child.at(&[(HL7, "observationRange"), (HL7, "value")]));
                }
                "author" => {
                    parts.judge = parts.judge.or_else(|| child.at(&[(HL7, "assignedAuthor"), (HL7, "assignedPerson")]));
                }
                "entryRelationship" => {
                    let member = child.child((HL7, "observation"));
                    parts.members.extend(member.map(|member| (filled(child, "typeCode"), member)));
                }
                _ => {}
            }
        }
        parts
    }
}

/// Reads an observation and those in it.
pub fn read(
    observation: Element<'_, '_>,
    section: Option<&Code>,
    series: &Series,
    writer: &mut Writer<'_>,
    entries: &mut Vec<Key>,
) {
    let mut parts = Parts::of(observation);
    let item = parts.code.and_then(item_code);
    let members = std::mem::take(&mut parts.members);
    let states = parts.value.is_some() || observation.attr("negationInd").is_some();
    let group = !states && !members.is_empty();
    let own = item.as_ref().map(|item| item.code.clone()).filter(|_| !members.is_empty());
    match item {
        _ if parts.several => hold(observation, &issues::VALUES_SEVERAL, writer),
        Some(item) if !group => {
            let name = format!("{}/checkup/{}", section.map_or("", |code| &code.code), item.code);
            let body = CheckupItem { section: section.cloned(), ..read_item(observation, parts, item, series, writer) };
            entries.push(writer.fact(observation, name, Body::CheckupItem(Box::new(body))));
        }
        None if !group => hold(observation, &issues::ITEM_WITHOUT_CODE, writer),
        _ => {}
    }
    let own = own.or_else(|| common_analyte(&members));
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

fn read_item(
    observation: Element<'_, '_>,
    parts: Parts<'_, '_>,
    item: Code,
    series: &Series,
    writer: &mut Writer<'_>,
) -> CheckupItem {
    let value = value(observation, parts.value, writer);
    let translations = parts.code.into_iter().flat_map(|code| code.all((HL7, "translation")));
    let codes = std::iter::once(item).chain(translations.filter_map(code)).collect();
    let end = |name: &str| parts.range?.child((HL7, name)).and_then(|end| filled(end, "value"));
    CheckupItem {
        section: None,
        item: Concept { codes, text: None },
        value,
        flags: parts.flags,
        low: end("low"),
        high: end("high"),
        method: parts.method.and_then(code),
        performed: parts.performed.and_then(|at| time(at, writer)),
        series: series.code.clone(),
        relation: series.relation.clone(),
        judged_by: parts.judge.and_then(|person| person.child_text((HL7, "name"))),
    }
}

fn value(observation: Element<'_, '_>, value: Option<Element<'_, '_>>, writer: &mut Writer<'_>) -> CheckupValue {
    if observation.attr("negationInd").map(str::trim) == Some("true") {
        return CheckupValue::NotPerformed;
    }
    let Some(value) = value else { return CheckupValue::Absent };
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
