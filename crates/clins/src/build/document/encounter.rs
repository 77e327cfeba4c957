//! 受診と入院 as entries: JP_Encounter_eCS.

use crate::build::{contained::class_coding, frame::Frame, url};
use tsugite_clinical::{
    DateTime,
    body::{CareClass, Code, Stay},
};
use tsugite_fhir::{
    Resource, coding, concept, meta, reference,
    resources::{Encounter, EncounterDiagnosis, EncounterHospitalization},
    text_concept,
    types::{CodeableConcept, Duration, Period},
};

/// What an encounter of a letter says.
pub struct Visit<'v> {
    pub class: CareClass,
    pub period: Option<(DateTime, Option<DateTime>)>,
    /// 紹介目的 or 入院理由, in words.
    pub reason: Option<String>,
    /// fullUrls of conditions, each with its role (`AD`, `DD`, `CC`).
    pub diagnoses: Vec<(String, &'static str)>,
    pub stay: Option<&'v Stay>,
}

pub fn encounter(frame: &Frame, visit: &Visit, name: &str) -> Resource {
    let period = visit.period.map(|(start, end)| Period {
        start: Some(start.to_string().into()),
        end: end.map(|end| end.to_string().into()),
        ..Period::default()
    });
    let length = visit.period.and_then(|(start, end)| days_of_stay(start, end?)).map(|days| Duration {
        value: Some(days.to_string().into()),
        unit: Some("日".into()),
        system: Some("http://unitsofmeasure.org".into()),
        code: Some("d".into()),
        ..Duration::default()
    });
    let diagnosis = |(url, role): &(String, &'static str)| EncounterDiagnosis {
        condition: Box::new(reference(url)),
        r#use: Some(Box::new(role_concept(role))),
        ..EncounterDiagnosis::default()
    };
    Resource::Encounter(Box::new(Encounter {
        meta: Some(Box::new(meta(url::ENCOUNTER_PROFILE, frame.clock))),
        identifier: vec![frame.resource_id(name)],
        status: "finished".into(),
        class: Box::new(class_coding(visit.class)),
        subject: Some(Box::new(reference(frame.patient_url))),
        period: period.map(Box::new),
        length: length.filter(|_| visit.class == CareClass::Inpatient).map(Box::new),
        reason_code: visit.reason.iter().map(|text| text_concept(text)).collect(),
        diagnosis: visit.diagnoses.iter().map(diagnosis).collect(),
        hospitalization: visit.stay.and_then(hospitalization),
        ..Encounter::default()
    }))
}

fn role_concept(role: &str) -> CodeableConcept {
    let display = match role {
        "AD" => "Admission diagnosis",
        "CC" => "Chief complaint",
        _ => "Discharge diagnosis",
    };
    concept(coding(url::DIAGNOSIS_ROLE, role, display), None)
}

/// 在院日数, first and last day counted.
pub fn days_of_stay(start: DateTime, end: DateTime) -> Option<i32> {
    let (start, end) = (start.date, end.date);
    let known = start.is_full() && end.is_full() && start.first_day() <= end.first_day();
    known.then(|| start.first_day().until(end.first_day()).ok()).flatten().map(|span| span.get_days().saturating_add(1))
}

/// Only with a disposition that the guide's list has: it is the only part that must be there.
fn hospitalization(stay: &Stay) -> Option<EncounterHospitalization> {
    let (code, display) = stay.disposition.as_ref().and_then(disposition)?;
    let outcome = concept(coding(url::DISCHARGE_DISPOSITION, code, display), None);
    let origin = stay.origin.as_ref().filter(|origin| origin.system == url::ADMIT_SOURCE);
    let origin = origin.map(|origin| concept(coding(url::ADMIT_SOURCE, origin.code.trim(), ""), None));
    Some(EncounterHospitalization {
        admit_source: origin.map(Box::new),
        discharge_disposition: Some(Box::new(outcome)),
        ..EncounterHospitalization::default()
    })
}

/// 退院時転帰 in the guide's list: by its own code, else by words that can mean nothing else.
fn disposition(stated: &Code) -> Option<(&'static str, &'static str)> {
    const LIST: [(&str, &str); 7] = [
        ("1", "傷病が治癒・軽快"),
        ("3", "傷病（白血病、潰瘍性大腸炎、クローン病等）が寛解"),
        ("4", "傷病が不変"),
        ("5", "傷病が増悪"),
        ("6", "傷病による死亡"),
        ("7", "傷病以外による死亡"),
        ("9", "その他（検査入院,正常分娩及び人間ドック含む）"),
    ];
    let by_code = || LIST.into_iter().find(|(code, _)| *code == stated.code.trim());
    if stated.system == url::DISCHARGE_DISPOSITION {
        return by_code();
    }
    let text = stated.display.trim();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let code = match () {
        () if says(&["治癒", "軽快"]) => "1",
        () if says(&["寛解"]) => "3",
        () if says(&["不変"]) => "4",
        () if says(&["増悪", "悪化"]) => "5",
        () if text == "その他" => "9",
        () => return None,
    };
    LIST.into_iter().find(|(known, _)| *known == code)
}
