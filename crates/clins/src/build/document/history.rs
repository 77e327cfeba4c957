//! Findings of the sections that are not about the body: 家族歴, 予防接種歴, 手術・処置・輸血, 医療機器. Each is its name, and the time or
//! the disease that stands beside it.

use super::vital::printed;
use crate::{
    build::{
        frame::{Content, Frame},
        url,
    },
    document::relation,
    run::Record,
};
use tsugite_clinical::{
    Date,
    body::{Body, SectionKind, Vital},
    says_none,
};
use tsugite_fhir::{
    Resource, coding, concept, meta, reference,
    resources::{
        Device, DeviceDeviceName, DeviceUseStatement, DeviceUseStatementTiming, FamilyMemberHistory,
        FamilyMemberHistoryCondition, Immunization, ImmunizationOccurrence, Procedure, ProcedurePerformed,
    },
    text_concept, to_bytes,
    types::Meta,
};

const DEVICE: &str = "device";
const NO_DAY: &str = "接種日の記載なし";

/// The resource that the profile wants of a finding in such a section; `None` in all others.
pub fn history(frame: &Frame, record: &Record, section: SectionKind, name: &str) -> Option<Content> {
    let Body::Vital(vital) = &record.fact.body else { return None };
    let told = Told { item: vital.item.name()?.trim(), beside: beside(vital), frame, name, record };
    match section {
        SectionKind::FamilyHistory => told.family(),
        SectionKind::Immunization => Some(told.immunization()),
        SectionKind::Surgery | SectionKind::Transfusion | SectionKind::Treatment => Some(told.procedure()),
        SectionKind::MedicalDevices => told.device(),
        _ => None,
    }
}

fn beside(vital: &Vital) -> Option<&str> {
    Some(printed(vital)).filter(|text| !text.is_empty())
}

/// `2019`, `2019-05`, `2019-05-10`: what FHIR takes as a time. Any other words stay words.
fn day(text: &str) -> Option<Date> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    Date::parse_compact(&digits).filter(|day| day.to_string() == text)
}

struct Told<'t, 'f, 'a> {
    item: &'t str,
    beside: Option<&'t str>,
    frame: &'t Frame<'f, 'a>,
    name: &'t str,
    record: &'t Record<'a>,
}

impl Told<'_, '_, '_> {
    fn meta(&self, profile: &str) -> Option<Box<Meta>> {
        let group = std::slice::from_ref(self.record);
        Some(Box::new(meta(profile, &self.frame.last_updated(group))))
    }

    /// Who, and the disease.
    fn family(&self) -> Option<Content> {
        let (code, display) = relation(self.item)?;
        let disease = self.beside.filter(|text| !says_none(text));
        let condition = |text: &str| FamilyMemberHistoryCondition {
            code: Box::new(text_concept(text)),
            ..FamilyMemberHistoryCondition::default()
        };
        Some(Content::plain(Resource::FamilyMemberHistory(Box::new(FamilyMemberHistory {
            meta: self.meta(url::FAMILY_PROFILE),
            identifier: vec![self.frame.resource_id(self.name)],
            status: "partial".into(),
            patient: Box::new(reference(self.frame.patient_url)),
            relationship: Box::new(concept(coding(url::ROLE, code, display), Some(self.item))),
            condition: disease.map(condition).into_iter().collect(),
            ..FamilyMemberHistory::default()
        }))))
    }

    /// The vaccine, and when.
    fn immunization(&self) -> Content {
        let occurrence = match self.beside.map(|text| (text, day(text))) {
            Some((_, Some(day))) => ImmunizationOccurrence::DateTime(day.to_string().into()),
            Some((text, None)) => ImmunizationOccurrence::String(text.into()),
            None => ImmunizationOccurrence::String(NO_DAY.into()),
        };
        Content::plain(Resource::Immunization(Box::new(Immunization {
            meta: self.meta(url::IMMUNIZATION_PROFILE),
            identifier: vec![self.frame.resource_id(self.name)],
            status: "completed".into(),
            vaccine_code: Box::new(text_concept(self.item)),
            patient: Box::new(reference(self.frame.patient_url)),
            occurrence,
            ..Immunization::default()
        })))
    }

    /// What was done, and when.
    fn procedure(&self) -> Content {
        let performed = self.beside.map(|text| match day(text) {
            Some(day) => ProcedurePerformed::DateTime(day.to_string().into()),
            None => ProcedurePerformed::String(text.into()),
        });
        Content::plain(Resource::Procedure(Box::new(Procedure {
            meta: self.meta(url::PROCEDURE_PROFILE),
            identifier: vec![self.frame.resource_id(self.name)],
            status: "completed".into(),
            code: Some(Box::new(text_concept(self.item))),
            subject: Box::new(reference(self.frame.patient_url)),
            performed,
            ..Procedure::default()
        })))
    }

    /// The device, and since when.
    fn device(&self) -> Option<Content> {
        let called = DeviceDeviceName {
            name: self.item.into(),
            r#type: "user-friendly-name".into(),
            ..DeviceDeviceName::default()
        };
        let device = Resource::Device(Box::new(Device {
            id: Some(DEVICE.into()),
            device_name: vec![called],
            ..Device::default()
        }));
        let since = self.beside.and_then(day);
        let note = self.beside.filter(|_| since.is_none()).map(tsugite_fhir::annotation);
        let resource = Resource::DeviceUseStatement(Box::new(DeviceUseStatement {
            meta: self.meta(url::DEVICE_USE_PROFILE),
            identifier: vec![self.frame.resource_id(self.name)],
            status: "active".into(),
            subject: Box::new(reference(self.frame.patient_url)),
            timing: since.map(|day| DeviceUseStatementTiming::DateTime(day.to_string().into())),
            device: Box::new(reference(&format!("#{DEVICE}"))),
            note: note.into_iter().collect(),
            ..DeviceUseStatement::default()
        }));
        Some(Content { resource, contained: vec![to_bytes(&device).ok()?] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_time_of_fhir_is_a_time() {
        for (text, expected) in [
            ("2019", true),
            ("2019-05", true),
            ("2019-05-10", true),
            ("201905", false),
            ("2019-5-10", false),
            ("令和元年5月", false),
            ("2019-13", false),
            ("30歳", false),
        ] {
            assert_eq!(day(text).is_some(), expected, "{text}");
        }
    }
}
