//! mmlSm: サマリー. One with a discharge is a discharge summary; one of visits alone is none of the three documents.

use super::{Draft, SUMMARY, named};
use crate::{
    issues, people,
    read::{self, Place},
    text, time,
    writer::Writer,
};
use tsugite_clinical::{
    Date, Key, RecordKind,
    body::{Block, Code, DocumentKind, SectionKind, Stay},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

const SECTIONS: [(&str, SectionKind, &str); 9] = [
    ("chiefComplaints", SectionKind::ChiefComplaint, ""),
    ("patientProfile", SectionKind::SocialHistory, ""),
    ("history", SectionKind::PresentIllness, ""),
    ("physicalExam", SectionKind::AdmissionPhysicalStatus, ""),
    ("clinicalCourse", SectionKind::ClinicalCourse, ""),
    ("dischargeFindings", SectionKind::DischargePhysicalStatus, ""),
    ("testResults", SectionKind::Studies, ""),
    ("plan", SectionKind::Instructions, ""),
    ("remarks", SectionKind::Instructions, "備考"),
];

/// What is read by itself.
const OTHERS: [&str; 6] =
    ["PatientModule", "serviceHistory", "medication", "RegisteredDiagnosisModule", "SurgeryModule", "deathInfo"];

pub fn read(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
    let stays: Vec<Element<'_, '_>> = element
        .child("serviceHistory")
        .and_then(|history| history.child("inPatient"))
        .into_iter()
        .flat_map(|inpatient| inpatient.all("inPatientItem"))
        .collect();
    if !stays.iter().any(|stay| stay.child("discharge").is_some()) {
        writer.not_carried(RecordKind::Document, element, &issues::SUMMARY_OF_VISITS);
        let _: Vec<Key> = read::modules(element, &Place { patient_read: true, ..place.clone() }, writer);
        return;
    }
    let place = &named(element, place, writer);
    let scope = writer.scope(SUMMARY, &place.item.uid);
    let inside = Place { document: Some(scope.clone()), patient_read: true, ..place.clone() };
    let mut draft = Draft::new(DocumentKind::Discharge, scope, place);
    stay(&stays, &mut draft, writer);
    // 入院理由 has no element of its own: what brought the patient stands there under its own name.
    draft.text(element, "chiefComplaints", SectionKind::ReasonForAdmission, "主訴");
    for (name, kind, label) in SECTIONS {
        draft.text(element, name, kind, label);
        for part in element.all(name) {
            let entries = read::modules(part, &inside, writer);
            draft.add(kind, Vec::new(), entries);
        }
    }
    draft.text(element, "medication", SectionKind::DischargeMedication, "");
    for medication in element.all("medication") {
        let entries = read::modules(medication, &inside, writer);
        draft.add(SectionKind::DischargeMedication, Vec::new(), entries);
    }
    let (mut diagnoses, mut begun) = (place.bound.keys.clone(), place.bound.begun.clone());
    for diagnosis in element.all("RegisteredDiagnosisModule") {
        begun.extend(read::begun(diagnosis));
        diagnoses.extend(read::module(diagnosis, &inside, writer));
    }
    at_admission(&begun, &mut draft);
    draft.add(SectionKind::DischargeDiagnoses, Vec::new(), diagnoses);
    // An operation inside is a part of the summary's text, and no record of its own.
    draft.text(element, "SurgeryModule", SectionKind::Surgery, "");
    draft.text(element, "deathInfo", SectionKind::DischargeDetails, "死亡");
    let known = |name: &str| SECTIONS.iter().any(|(known, ..)| *known == name) || OTHERS.contains(&name);
    draft.rest(element, known, &inside, writer);
    draft.finish(element, place, writer);
}

/// A summary lists its diagnoses once: those that had begun on the day of admission are named among 入院時診断 as well.
fn at_admission(begun: &[(String, Date)], draft: &mut Draft) {
    let admitted = draft.document.stay.as_ref().and_then(|stay| stay.admitted);
    let Some(admitted) = admitted.map(|at| at.date.last_day()) else { return };
    let had_begun = begun.iter().filter(|(_, start)| start.last_day() <= admitted);
    let list: Vec<String> = had_begun.map(|(name, start)| format!("{name}（{start}から）")).collect();
    if !list.is_empty() {
        draft.add(SectionKind::AdmissionDiagnoses, vec![Block::List(list)], Vec::new());
    }
}

/// Admission of the first item, discharge of the last: the items between are moves within the stay.
fn stay(items: &[Element<'_, '_>], draft: &mut Draft, writer: &mut Writer<'_>) {
    let mut at = |element: Option<Element<'_, '_>>| {
        let date = element?.child("date")?;
        let written = date.trimmed()?;
        let read = time::parse(&written);
        if read.is_none() {
            writer.tell(Issue::new(&issues::DATE_INVALID).with("element", "date").found(written), date);
        }
        read
    };
    let admission = items.first().and_then(|item| item.child("admission"));
    let discharge = items.iter().rev().find_map(|item| item.child("discharge"));
    let (admitted, discharged) = (at(admission), at(discharge));
    let arrival = admission.and_then(|element| element.child("admissionCondition"));
    let out = discharge.and_then(|element| element.child("dischargeCondition"));
    let disposition =
        out.and_then(|condition| condition.attr("outcome")).map(str::trim).filter(|code| !code.is_empty());
    let disposition = disposition.map(read::outcome);
    draft.document.stay = Some(Stay { admitted, discharged, origin: None, disposition: disposition.clone() });
    let (from, to) = (house(admission, "referFrom", "紹介元"), house(discharge, "referTo", "紹介先"));
    let outcome = disposition.map(|Code { display, .. }| Block::Paragraph(format!("転帰: {display}")));
    let sections = [
        (SectionKind::AdmissionDetails, arrival, from.into_iter().collect::<Vec<_>>()),
        (SectionKind::DischargeDetails, out, outcome.into_iter().chain(to).collect()),
    ];
    for (kind, element, more) in sections {
        let text: Vec<Block> = element.and_then(text::paragraph).into_iter().chain(more).collect();
        draft.add(kind, text, Vec::new());
    }
}

/// The institution that sent the patient, or to which he went.
fn house(parent: Option<Element<'_, '_>>, name: &'static str, label: &str) -> Option<Block> {
    let party = parent?.at(&[name, "PersonalizedInfo"]).and_then(people::party)?;
    (!party.name.is_empty()).then(|| Block::Paragraph(format!("{label}: {}", party.name)))
}
