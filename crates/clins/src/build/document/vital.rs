//! 身体所見 and the like: JP_Observation_Common_eCS.

use crate::{
    build::{
        contained::institution_extension,
        frame::{Content, Frame},
        observation::is_decimal,
        url,
    },
    run::Record,
};
use tsugite_clinical::body::{Body, LabValue, SectionKind, Vital};
use tsugite_fhir::{
    Resource, coding, concept, meta, quantity, reference,
    resources::{Observation, ObservationValue},
    text_concept,
};

/// A measurement or finding. Its item is told in words: no table says which code a clinic's own is.
pub fn vital(frame: &Frame, record: &Record, section: SectionKind, name: &str) -> Option<Content> {
    let Body::Vital(vital) = &record.fact.body else { return None };
    let group = std::slice::from_ref(record);
    let item = vital.item.name()?.trim();
    // A finding in words is its own value.
    let (item, value) = match value(vital) {
        Some(value) => (item, value),
        None => ("所見", ObservationValue::String(item.into())),
    };
    let category = match section {
        SectionKind::SocialHistory => ("social-history", "Social History"),
        _ if unit(vital).is_some() => ("vital-signs", "Vital Signs"),
        _ => ("exam", "Exam"),
    };
    let resource = Resource::Observation(Box::new(Observation {
        meta: Some(Box::new(meta(url::OBSERVATION_COMMON_PROFILE, &frame.last_updated(group)))),
        extension: vec![institution_extension(frame.institution())],
        identifier: vec![frame.resource_id(name)],
        status: "final".into(),
        category: vec![concept(coding(url::OBSERVATION_CATEGORY, category.0, category.1), None)],
        code: Box::new(text_concept(item)),
        subject: Some(Box::new(reference(frame.patient_url))),
        value: Some(value),
        ..Observation::default()
    }));
    Some(Content { resource, contained: Vec::new() })
}

/// The value as printed, without its unit.
pub fn printed(vital: &Vital) -> &str {
    match &vital.value {
        LabValue::Absent => "",
        LabValue::Text(text) => text.trim(),
        LabValue::Coded(concept) => concept.name().unwrap_or_default().trim(),
    }
}

pub fn unit(vital: &Vital) -> Option<&str> {
    let unit = vital.unit.as_ref()?;
    let text = if unit.display.trim().is_empty() { unit.code.trim() } else { unit.display.trim() };
    (!text.is_empty()).then_some(text)
}

fn value(vital: &Vital) -> Option<ObservationValue> {
    let (text, unit) = (printed(vital), unit(vital));
    if text.is_empty() {
        return None;
    }
    if is_decimal(text) {
        return Some(ObservationValue::Quantity(Box::new(quantity(text, unit, unit.and_then(ucum)))));
    }
    Some(ObservationValue::String(match unit {
        Some(unit) => format!("{text} {unit}").into(),
        None => text.into(),
    }))
}

/// UCUM codes of the few units that bodies are measured in.
fn ucum(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "cm" | "ｃｍ" => "cm",
        "kg" | "ｋｇ" | "Kg" => "kg",
        "mmHg" | "mm[Hg]" => "mm[Hg]",
        "℃" | "度" => "Cel",
        "%" | "％" => "%",
        "kg/m2" | "kg/m²" => "kg/m2",
        "/min" | "回/分" | "/分" | "bpm" => "/min",
        _ => return None,
    })
}
