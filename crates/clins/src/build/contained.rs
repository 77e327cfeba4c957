//! What each entry holds inside itself: the encounter, the doctor, the specimen, and the extensions that name the sender.
//!
//! A contained resource has a profile but no `lastUpdated`: base R4 forbids it (dom-4).

use super::url;
use crate::care::{Department, Stay};
use std::borrow::Cow;
use tsugite_clinical::{
    body::{CareClass, Name, Practitioner, Representation},
    standard::Coding,
};
use tsugite_fhir::{
    Resource, coding, extension, identifier,
    resources::{Encounter, Practitioner as FhirPractitioner, Specimen},
    text_concept,
    types::{self, CodeableConcept, Extension, ExtensionValue, HumanName, Meta, Period},
};

pub const ENCOUNTER: &str = "encounter";
pub const PRACTITIONER: &str = "practitioner";
pub const SPECIMEN: &str = "specimen";

/// What a contained resource is made of: equal parts are written once a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    Encounter(CareClass, Option<Stay>),
    Practitioner(Cow<'a, Practitioner>),
    Specimen(Option<&'a Coding>, &'a str),
}

impl Part<'_> {
    pub fn resource(&self, institution: &str) -> Resource {
        match self {
            Self::Encounter(class, stay) => encounter(*class, *stay),
            Self::Practitioner(doctor) => practitioner(doctor, institution),
            Self::Specimen(material, text) => specimen(*material, text),
        }
    }
}

fn profile(url: &str) -> Option<Box<Meta>> {
    Some(Box::new(Meta { profile: vec![url.into()], ..Meta::default() }))
}

/// The encounter under which a record arose.
fn encounter(class: CareClass, stay: Option<Stay>) -> Resource {
    let period = stay.map(|stay| Period {
        start: Some(stay.start.to_string().into()),
        end: stay.end.map(|end| end.to_string().into()),
        ..Period::default()
    });
    Resource::Encounter(Box::new(Encounter {
        id: Some(ENCOUNTER.into()),
        meta: profile(url::ENCOUNTER_PROFILE),
        status: "finished".into(),
        class: Box::new(class_coding(class)),
        period: period.map(Box::new),
        ..Encounter::default()
    }))
}

/// 入外区分.
pub fn class_coding(class: CareClass) -> types::Coding {
    let (code, display) = match class {
        CareClass::Ambulatory => ("AMB", "ambulatory"),
        CareClass::Inpatient => ("IMP", "inpatient encounter"),
        CareClass::Emergency => ("EMER", "emergency"),
    };
    coding(url::ACT_CODE, code, display)
}

fn practitioner(doctor: &Practitioner, institution: &str) -> Resource {
    let system = || format!("{}{institution}", url::LOCAL_PRACTITIONER_OID);
    let id = doctor.id.as_deref().filter(|id| !id.is_empty());
    Resource::Practitioner(Box::new(FhirPractitioner {
        id: Some(PRACTITIONER.into()),
        meta: profile(url::PRACTITIONER_PROFILE),
        identifier: id.map(|id| identifier(&system(), id)).into_iter().collect(),
        name: doctor.name.as_ref().map(human_name).into_iter().collect(),
        ..FhirPractitioner::default()
    }))
}

fn specimen(material: Option<&Coding>, text: &str) -> Resource {
    let kind = CodeableConcept {
        coding: material.map(standard_coding).into_iter().collect(),
        text: (!text.is_empty()).then(|| text.into()),
        ..CodeableConcept::default()
    };
    Resource::Specimen(Box::new(Specimen {
        id: Some(SPECIMEN.into()),
        meta: profile(url::SPECIMEN_PROFILE),
        r#type: Some(Box::new(kind)),
        ..Specimen::default()
    }))
}

/// A name with its representation; the parts only where the source told them apart. No full-width blank (JP-CLINS R1113).
pub fn human_name(name: &Name) -> HumanName {
    let code = match name.representation {
        Representation::Ideographic => "IDE",
        Representation::Syllabic => "SYL",
        Representation::Alphabetic => "ABC",
    };
    let part = |text: &str| text.replace('\u{3000}', " ").trim().to_owned();
    let (family, given) = (part(&name.family), part(&name.given));
    let text = if given.is_empty() { family.clone() } else { format!("{family} {given}") };
    let split = !family.is_empty() && !given.is_empty();
    HumanName {
        extension: vec![extension(url::REPRESENTATION_EXTENSION, ExtensionValue::Code(code.into()))],
        text: Some(text.into()),
        family: split.then(|| family.into()),
        given: if split { vec![given.into()] } else { Vec::new() },
        ..HumanName::default()
    }
}

pub fn institution_extension(number: &str) -> Extension {
    let value = ExtensionValue::Identifier(Box::new(identifier(url::INSTITUTION_ID, number)));
    extension(url::INSTITUTION_EXTENSION, value)
}

pub fn department_extension(department: &Department) -> Extension {
    let name = department.name.as_ref();
    let concept = match &department.code {
        Some(code) => tsugite_fhir::concept(coding(url::DEPARTMENT, code, name), Some(name)),
        None => text_concept(name),
    };
    extension(url::DEPARTMENT_EXTENSION, ExtensionValue::CodeableConcept(Box::new(concept)))
}

/// A standard coding as FHIR writes it.
pub fn standard_coding(standard: &Coding) -> types::Coding {
    types::Coding {
        version: standard.version.as_deref().map(Into::into),
        ..coding(&standard.system, &standard.code, &standard.display)
    }
}
