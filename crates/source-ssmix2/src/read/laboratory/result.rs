use super::Line;
use crate::{
    value::{code, concept, filled},
    writer::Writer,
};
use std::sync::Arc;
use tsugite_clinical::{
    DateTime,
    body::{Care, CommentOrigins, Concept, LabReport, LabResult, LabValue, Specimen},
};
use tsugite_er7::{Segment, Value};

/// What the lines of a group share.
pub struct LineContext {
    pub report: Arc<LabReport>,
    pub care: Arc<Care>,
    pub specimen: Option<Arc<Specimen>>,
    pub panel: Option<Arc<Concept>>,
    pub ordered_for: Option<DateTime>,
    pub reported: Option<DateTime>,
}

/// One OBX. Its notes are added by the caller.
pub fn result(line: &Line<'_>, shared: &LineContext, writer: &mut Writer<'_>) -> LabResult {
    let obx = &line.obx;
    let test = concept(obx.field(3));
    // Cultures may name the test in OBR-4 alone.
    let unnamed = test.name().is_none() && test.codes.is_empty();
    let panel = shared.panel.as_deref().filter(|_| unnamed).cloned();
    LabResult {
        report: Arc::clone(&shared.report),
        care: Arc::clone(&shared.care),
        specimen: shared.specimen.clone(),
        test: panel.unwrap_or(test),
        panel: shared.panel.clone(),
        sub_id: filled(obx.field(4)).map(|id| id.trim().to_owned()),
        value: value(obx.field(2).raw(), obx.field(5)),
        unit: code(obx.field(6)),
        reference_range: filled(obx.field(7)),
        flags: obx.field(8).repetitions().filter_map(|flag| filled(flag.component(1))).collect(),
        status: obx.field(11).component(1).text().trim().to_owned(),
        ordered_for: shared.ordered_for,
        observed: writer.time(obx, obx.field(14)),
        reported: shared.reported,
        comments: Vec::new(),
        comment_origins: CommentOrigins::default(),
    }
}

/// D and W take a result back.
pub fn is_withdrawn(obx: &Segment<'_>) -> bool {
    matches!(obx.field(11).component(1).raw().trim(), "D" | "W")
}

/// OBX-5 by its type (OBX-2). A text is kept with its blanks, which the forms of the NHO tables need, and with delimiters that the
/// sender did not escape (`10~20`, `10^4`); the structure of SN stands for blanks.
fn value(kind: &str, field: Value<'_>) -> LabValue {
    let Some(field) = field.filled().filter(|field| !field.text().trim().is_empty()) else { return LabValue::Absent };
    match kind {
        "CWE" | "CE" | "CNE" | "CF" => {
            let concept = concept(field);
            if concept.codes.is_empty() && concept.text.is_none() { LabValue::Absent } else { LabValue::Coded(concept) }
        }
        "SN" => {
            let parts: Vec<_> = field.components().map(|part| part.text()).collect();
            LabValue::Text(parts.join(" "))
        }
        "TX" | "FT" => {
            let lines: Vec<_> = field.repetitions().map(|line| line.text()).collect();
            LabValue::Text(lines.join("\n"))
        }
        _ => LabValue::Text(field.text().into_owned()),
    }
}

/// Item code, specimen and OBX-4 name a result. Two tubes of one material are told apart by their numbers.
pub fn item(result: &LabResult) -> String {
    let mut item = String::with_capacity(48);
    item.push_str(name(&result.test));
    if let Some(specimen) = &result.specimen {
        item.push('@');
        item.push_str(name(&specimen.material));
        item.push('#');
        item.push_str(specimen.id.as_deref().unwrap_or_default());
    }
    if let Some(sub_id) = &result.sub_id {
        item.push('/');
        item.push_str(sub_id);
    }
    item
}

fn name(concept: &Concept) -> &str {
    let code = concept.codes.iter().map(|code| code.code.as_str()).find(|code| !code.is_empty());
    code.or_else(|| concept.name()).unwrap_or_default()
}
