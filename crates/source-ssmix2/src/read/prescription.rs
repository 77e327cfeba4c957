use super::is_cancelled;
use crate::{
    care::{Speakers, care, insurances},
    value::{code, coded, concept, filled, triplets},
    writer::Writer,
};
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::body::{Body, Concept, Prescription, Quantity};
use tsugite_er7::{Message, Segment, Value};

/// An RXE with the order before it and the segments behind it.
struct Line<'m> {
    rxe: Segment<'m>,
    order: Option<Segment<'m>>,
    timings: Vec<Segment<'m>>,
    route: Option<Segment<'m>>,
}

/// OMP-01.
pub fn read(message: &Message<'_>, writer: &mut Writer<'_>) {
    let scope = Arc::clone(&writer.frame.scope);
    writer.list(&scope);
    let visit = message.segment("PV1");
    let mut places = Places::default();
    let paid_by = insurances(message.segments());
    for line in lines(message) {
        let mut prescription = prescription(&line, visit, writer);
        let written = line.order.and_then(|orc| filled(orc.field(4).component(1))).unwrap_or_default();
        let (group, place) = group(written.trim());
        prescription.place = place.unwrap_or_else(|| places.next(&group));
        prescription.group = group;
        prescription.care.insurances.clone_from(&paid_by);
        let presence = writer.presence(is_cancelled(line.order));
        writer.fact(&line.rxe, &scope, item(&prescription), presence, Body::Prescription(Box::new(prescription)));
    }
}

fn lines<'m>(message: &'m Message<'_>) -> Vec<Line<'m>> {
    let mut lines: Vec<Line<'m>> = Vec::new();
    let mut order = None;
    // TQ1 may also stand between the order and its drug.
    let mut early: Vec<Segment<'m>> = Vec::new();
    let mut open = false;
    for segment in message.segments() {
        match (segment.name(), lines.last_mut().filter(|_| open)) {
            ("ORC", _) => {
                order = Some(segment);
                open = false;
                early.clear();
            }
            ("RXE", _) => {
                lines.push(Line { rxe: segment, order, timings: std::mem::take(&mut early), route: None });
                open = true;
            }
            ("TQ1", Some(line)) => line.timings.push(segment),
            ("TQ1", None) => early.push(segment),
            ("RXR", Some(line)) => line.route = line.route.or(Some(segment)),
            _ => {}
        }
    }
    lines
}

fn prescription(line: &Line<'_>, visit: Option<Segment<'_>>, writer: &mut Writer<'_>) -> Prescription {
    let rxe = line.rxe;
    let timing = line.timings.first();
    let mut drug = concept(rxe.field(2));
    drug.codes.extend(triplets(rxe.field(31)));
    let start = line.timings.iter().find_map(|tq1| writer.time(tq1, tq1.field(7)));
    let end = line.timings.iter().rev().find_map(|tq1| writer.time(tq1, tq1.field(8)));
    Prescription {
        order_number: writer.frame.order.clone(),
        group: String::new(),
        place: 0,
        drug,
        dose: quantity(rxe.field(3), rxe.field(5)),
        daily_dose: composite(rxe.field(19)),
        total: quantity(rxe.field(10), rxe.field(11)),
        usages: line.timings.iter().flat_map(|tq1| usages(tq1)).collect(),
        duration: timing.and_then(|tq1| filled_raw(tq1.field(6))),
        count: timing.and_then(|tq1| filled_raw(tq1.field(14))),
        start,
        end,
        route: line.route.map(|rxr| concept(rxr.field(1))).filter(says_something),
        site: line.route.map(|rxr| concept(rxr.field(2))).filter(says_something),
        categories: [21, 27].iter().flat_map(|field| concepts(rxe.field(*field))).collect(),
        instructions: concepts(rxe.field(7)).collect(),
        ordered: line.order.and_then(|orc| writer.time(&orc, orc.field(9))),
        administered: false,
        care: care(Speakers { visit, order: line.order, request: None }, writer.frame.department.as_ref()),
        ..Prescription::default()
    }
}

fn quantity(value: Value<'_>, unit: Value<'_>) -> Option<Quantity> {
    let value = filled(value)?;
    Some(Quantity { value: value.trim().to_owned(), unit: code(unit) })
}

/// CQ: `3^TAB&錠&MR9P`.
fn composite(field: Value<'_>) -> Option<Quantity> {
    let value = filled(field.component(1))?;
    let unit = coded(&mut field.component(2).subcomponents());
    Some(Quantity { value: value.trim().to_owned(), unit })
}

/// TQ1-3, one usage a repetition: its codes as subcomponents, a free text in the second component; TQ1-11 is text for all.
fn usages<'m>(tq1: &Segment<'m>) -> Vec<Concept> {
    let usage = |repetition: Value<'m>| {
        let mut parts = repetition.component(1).subcomponents();
        let codes = [coded(&mut parts), coded(&mut parts)].into_iter().flatten().collect();
        Concept { codes, text: filled(repetition.component(2)) }
    };
    let instruction = filled(tq1.field(11)).map(|text| Concept { codes: Vec::new(), text: Some(text) });
    let usages = tq1.field(3).repetitions().map(usage).filter(says_something);
    usages.chain(instruction).collect()
}

fn concepts<'m>(field: Value<'m>) -> impl Iterator<Item = Concept> + use<'m> {
    field.repetitions().map(concept).filter(says_something)
}

fn says_something(concept: &Concept) -> bool {
    !concept.codes.is_empty() || concept.text.is_some()
}

/// As written, with its delimiters: `5^d`.
fn filled_raw(field: Value<'_>) -> Option<String> {
    field.filled().map(|value| value.raw().to_owned())
}

/// Rp番号 and the drug's place in it from ORC-4: `1`, `12345678_01` (order, Rp), `order_01_001` (order, Rp, place).
fn group(written: &str) -> (String, Option<u16>) {
    let parts: Vec<&str> = written.split('_').collect();
    match parts.as_slice() {
        [_, group] => ((*group).to_owned(), None),
        [_, group, place] => ((*group).to_owned(), place.parse().ok()),
        _ => (written.to_owned(), None),
    }
}

/// Counts drugs within their Rp.
#[derive(Default)]
struct Places {
    last: HashMap<String, u16>,
}

impl Places {
    fn next(&mut self, group: &str) -> u16 {
        let place = self.last.entry(group.to_owned()).or_default();
        *place = place.saturating_add(1);
        *place
    }
}

/// The drug names the line: its first code; a site's own code with its name, since drugs without a code share a dummy.
fn item(prescription: &Prescription) -> String {
    match prescription.drug.codes.iter().find(|code| !code.code.is_empty()) {
        Some(code) if code.system.starts_with("HOT") => format!("{}^{}", code.code, code.system),
        Some(code) => format!("{}^{}^{}", code.code, code.display, code.system),
        None => prescription.drug.name().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rp_numbers_are_read_in_each_spelling() {
        for (written, expected) in [
            ("1", ("1", None)),
            ("12345678_01", ("01", None)),
            ("000407608147016_02_001", ("02", Some(1))),
            ("", ("", None)),
            ("a_b_c_d", ("a_b_c_d", None)),
        ] {
            let (group, place) = group(written);
            assert_eq!((group.as_str(), place), expected, "{written}");
        }
    }
}
