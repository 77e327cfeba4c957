//! mmlBc: allergies, infections, blood group.

use super::Place;
use crate::{issues, text, time, writer::Writer};
use std::sync::Arc;
use tsugite_clinical::{
    RecordKind,
    body::{Allergy, Body, Code, Concept, LabReport, LabResult, LabValue},
    says_none,
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

pub fn read(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
    let items = |list: &'static str, item: &'static str| element.all(list).flat_map(move |list| list.all(item));
    items("allergy", "allergyItem").for_each(|item| allergy(item, place, writer));
    items("infection", "infectionItem").for_each(|item| infection(item, place, writer));
    if let Some(blood) = element.child("bloodtype") {
        writer.not_carried(RecordKind::Vital, blood, &issues::VITAL);
    }
}

fn allergy(item: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
    let factor = item.child("factor").and_then(text::line).unwrap_or_default();
    let says = |name: &str| item.child(name).and_then(text::line).is_some_and(|text| !says_none(&text));
    if factor.is_empty() && (says("memo") || says("severity")) {
        writer.tell(Issue::new(&issues::ALLERGY_UNNAMED), item);
        return writer.held(RecordKind::Allergy, item, &issues::ALLERGY_UNNAMED);
    }
    if says_none(&factor) {
        return writer.not_carried(RecordKind::Allergy, item, &issues::NO_KNOWN_ALLERGY);
    }
    if let Some(memo) = item.child("memo").and_then(text::line) {
        writer.tell(Issue::new(&issues::MEMO_LEFT).found(memo), item);
    }
    let (onset, onset_text) = when(item);
    let severity =
        item.child_text("severity").map(|code| Code { display: code.clone(), code, system: "MML0017".to_owned() });
    let allergy = Allergy {
        allergen: Concept { codes: Vec::new(), text: Some(factor.clone()) },
        severity: severity.filter(|severity| severity.code != "none"),
        onset,
        onset_text,
        recorded: place.item.confirmed,
        care: place.care(None),
        ..Allergy::default()
    };
    let scope = place.scope("mmlBc", "", writer);
    writer.fact(item, &scope, format!("allergy^{factor}"), &place.item, Body::Allergy(Box::new(allergy)));
}

/// 同定日: a date, or the words that stand there instead.
fn when(item: Element<'_, '_>) -> (Option<tsugite_clinical::DateTime>, Option<String>) {
    match item.child("identifiedDate").and_then(text::line) {
        Some(written) => match time::parse(&written) {
            Some(at) => (Some(at), None),
            None => (None, Some(written)),
        },
        None => (None, None),
    }
}

/// A result needs its test, its value and its day; what has less waits for a person.
fn infection(item: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
    let part = |name: &str| item.child(name).and_then(text::line);
    let (factor, value) = (part("factor").unwrap_or_default(), part("examValue"));
    if says_none(&factor) && (!factor.is_empty() || value.is_none()) {
        return writer.not_carried(RecordKind::LabResult, item, &issues::NO_INFECTION);
    }
    let day = when(item).0.map(|at| at.date).filter(|date| date.is_full());
    let (Some(value), Some(day), false) = (value, day, factor.is_empty()) else {
        writer.tell(Issue::new(&issues::INFECTION_INCOMPLETE), item);
        return writer.held(RecordKind::LabResult, item, &issues::INFECTION_INCOMPLETE);
    };
    let part = format!("infection-{day}");
    let result = LabResult {
        report: Arc::new(LabReport { order_number: part.clone(), care_day: Some(day) }),
        care: Arc::new(place.care(None)),
        specimen: None,
        test: Concept { codes: Vec::new(), text: Some(factor.clone()) },
        panel: None,
        sub_id: None,
        value: LabValue::Text(value),
        unit: None,
        reference_range: None,
        flags: Vec::new(),
        status: "F".to_owned(),
        ordered_for: None,
        observed: None,
        reported: None,
        comments: memo(item),
        comment_origins: Default::default(),
    };
    let scope = place.scope("mmlBc", &part, writer);
    writer.fact(item, &scope, format!("infection^{factor}"), &place.item, Body::LabResult(Box::new(result)));
}

fn memo(item: Element<'_, '_>) -> Vec<String> {
    item.child("memo").and_then(text::line).into_iter().collect()
}
