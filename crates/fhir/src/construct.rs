//! Constructors for the data types that every resource is made of.

use crate::types::{
    Annotation, CodeableConcept, Coding, Extension, ExtensionValue, Identifier, Meta, Quantity, Reference,
};

const DATA_ABSENT_REASON: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// A coding with system, code and display: the profiles ask for all three nearly everywhere.
pub fn coding(system: &str, code: &str, display: &str) -> Coding {
    Coding {
        system: Some(system.into()),
        code: Some(code.into()),
        display: (!display.is_empty()).then(|| display.into()),
        ..Coding::default()
    }
}

/// A concept with one coding and its text.
pub fn concept(coding: Coding, text: Option<&str>) -> CodeableConcept {
    CodeableConcept { coding: vec![coding], text: text.map(Into::into), ..CodeableConcept::default() }
}

pub fn text_concept(text: &str) -> CodeableConcept {
    CodeableConcept { text: Some(text.into()), ..CodeableConcept::default() }
}

pub fn identifier(system: &str, value: &str) -> Identifier {
    Identifier { system: Some(system.into()), value: Some(value.into()), ..Identifier::default() }
}

/// A literal reference: `#id` of a contained resource, or a fullUrl.
pub fn reference(target: &str) -> Reference {
    Reference { reference: Some(target.into()), ..Reference::default() }
}

pub fn extension(url: &str, value: ExtensionValue) -> Extension {
    Extension { url: url.to_owned(), value: Some(value), ..Extension::default() }
}

/// Says why an element has no value: `unknown`, `asked-declined` … (HL7 data-absent-reason).
pub fn data_absent(reason: &str) -> Extension {
    extension(DATA_ABSENT_REASON, ExtensionValue::Code(reason.into()))
}

/// One profile and the time of the last change; the profile has no version suffix.
pub fn meta(profile: &str, last_updated: &str) -> Meta {
    Meta { last_updated: Some(last_updated.into()), profile: vec![profile.into()], ..Meta::default() }
}

/// A quantity with its digits as written; `unit` is what is printed, `ucum` its code.
pub fn quantity(number: &str, unit: Option<&str>, ucum: Option<&str>) -> Quantity {
    Quantity {
        value: Some(number.into()),
        unit: unit.map(Into::into),
        system: ucum.map(|_| "http://unitsofmeasure.org".into()),
        code: ucum.map(Into::into),
        ..Quantity::default()
    }
}

pub fn annotation(text: &str) -> Annotation {
    Annotation { text: text.into(), ..Annotation::default() }
}
