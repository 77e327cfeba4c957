//! Items: observations, alone or in a series (一連検査).

use super::item_system;
use crate::{
    issues,
    oid::HL7,
    value::{code, data_type, filled, interval, is_negated, is_withdrawn, written},
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
                    parts.members.extend(statements(child).map(|member| (filled(child, "typeCode"), member)));
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
    if !observation.is((HL7, "observation")) {
        return hold(observation, &issues::ENTRY_UNREAD, writer);
    }
    if is_withdrawn(observation) {
        return writer.record(RecordKind::CheckupItem, observation).retracted();
    }
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

/// What an entry, or a member of a series, states: one thing by the schema, and each of them where a program wrote several.
pub fn statements<'d, 't>(entry: Element<'d, 't>) -> impl Iterator<Item = Element<'d, 't>> + use<'d, 't> {
    let is_about_itself = |child: &Element<'_, '_>| {
        matches!(child.local(), "realmCode" | "typeId" | "templateId" | "sequenceNumber" | "seperatableInd")
    };
    entry.children().filter(move |child| !is_about_itself(child))
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
        performed: parts.performed.and_then(|at| interval(at, writer).0),
        series: series.code.clone(),
        relation: series.relation.clone(),
        judged_by: parts.judge.and_then(|person| person.child_text((HL7, "name"))),
    }
}

fn value(observation: Element<'_, '_>, value: Option<Element<'_, '_>>, writer: &mut Writer<'_>) -> CheckupValue {
    if is_negated(observation) {
        return CheckupValue::NotPerformed;
    }
    let Some(value) = value else { return CheckupValue::Absent };
    if let Some(flavor) = written(value, "nullFlavor") {
        if flavor == "NI" {
            return CheckupValue::NotMeasurable;
        }
        writer.tell(Issue::new(&issues::NULL_FLAVOR).with("flavor", flavor), value);
        return CheckupValue::Absent;
    }
    // The value stands in an attribute, or as text where a program knew no better.
    let words = || filled(value, "value").or_else(|| value.trimmed());
    let text = || value.trimmed().or_else(|| filled(value, "value"));
    let quantity = |value_text: String| CheckupValue::Quantity { value: value_text, unit: filled(value, "unit") };
    let read = match data_type(value) {
        "PQ" | "INT" | "REAL" => words().map(quantity),
        "CD" | "CO" | "CE" | "CV" | "CS" => {
            code(value).map(CheckupValue::Coded).or_else(|| text().map(CheckupValue::Text))
        }
        "ST" | "ED" => text().map(CheckupValue::Text),
        "TS" => words().map(CheckupValue::Text),
        other => {
            let name: String = other.chars().take(16).collect();
            writer.tell(Issue::new(&issues::VALUE_TYPE_UNKNOWN).with("type", name), value);
            match written(value, "unit") {
                Some(_) => words().map(quantity),
                None => code(value).map(CheckupValue::Coded).or_else(|| words().map(CheckupValue::Text)),
            }
        }
    };
    read.unwrap_or(CheckupValue::Absent)
}
