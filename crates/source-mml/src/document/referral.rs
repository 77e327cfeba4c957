//! mmlRe: 紹介状.

use super::{Draft, REFERRAL, author, named};
use crate::{
    issues, people,
    read::{self, Place},
    text,
    writer::Writer,
};
use tsugite_clinical::body::{DocumentKind, Party, Practitioner, SectionKind};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// Sections by their element, with the word that tells two sources of one section apart.
const SECTIONS: [(&str, SectionKind, &str); 11] = [
    ("greeting", SectionKind::Remarks, ""),
    ("referPurpose", SectionKind::ReferralPurpose, ""),
    ("chiefComplaints", SectionKind::Problems, "主訴"),
    ("clinicalDiagnosis", SectionKind::Problems, "診断"),
    ("presentIllness", SectionKind::PresentIllness, ""),
    ("pastHistory", SectionKind::PastIllness, ""),
    ("familyHistory", SectionKind::FamilyHistory, ""),
    ("occupation", SectionKind::SocialHistory, "職業"),
    ("testResults", SectionKind::Studies, ""),
    ("clinicalCourse", SectionKind::ClinicalCourse, ""),
    ("remarks", SectionKind::Remarks, ""),
];

/// What is read by itself.
const OTHERS: [&str; 7] =
    ["PatientModule", "title", "medication", "referFrom", "referToFacility", "referToPerson", "referToUnknownName"];

pub fn read(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
    if !place.patient_read
        && let Some(patient) = element.child("PatientModule")
    {
        read::patient::alone(patient, place, writer);
    }
    let place = &named(element, place, writer);
    let scope = writer.scope(REFERRAL, &place.item.uid);
    let inside = Place { document: Some(scope.clone()), patient_read: true, ..place.clone() };
    let mut draft = Draft::new(DocumentKind::Referral, scope, place);
    draft.document.title = element.child("title").and_then(text::line).or(draft.document.title);
    author(element.at(&["referFrom", "PersonalizedInfo"]).and_then(people::party), &mut draft.document);
    draft.document.recipient = recipient(element);
    if draft.document.recipient.is_none() {
        writer.tell(Issue::new(&issues::RECIPIENT_MISSING), element);
    }
    for (name, kind, label) in SECTIONS {
        draft.text(element, name, kind, label);
        for part in element.all(name) {
            let entries = read::modules(part, &inside, writer);
            draft.add(kind, Vec::new(), entries);
        }
    }
    draft.text(element, "medication", SectionKind::Medication, "");
    for medication in element.all("medication") {
        let entries = read::modules(medication, &inside, writer);
        draft.add(SectionKind::Medication, Vec::new(), entries);
    }
    draft.add(SectionKind::Problems, Vec::new(), place.bound.keys.clone());
    let known = |name: &str| SECTIONS.iter().any(|(known, ..)| *known == name) || OTHERS.contains(&name);
    draft.rest(element, known, &inside, writer);
    draft.finish(element, place, writer);
}

/// 紹介先: the facility with its department, and the person there.
fn recipient(element: Element<'_, '_>) -> Option<Party> {
    let house = element.child("referToFacility").and_then(people::facility);
    let person = element.at(&["referToPerson", "PersonalizedInfo"]).and_then(people::party);
    let unknown = element.child("referToUnknownName").and_then(text::line);
    let mut party = house.or_else(|| person.clone())?;
    if party.practitioner.is_none() {
        party.practitioner = person.and_then(|person| person.practitioner).or_else(|| unknown.map(addressed));
    }
    (!party.name.is_empty()).then_some(party)
}

/// 「担当医」 and the like, instead of a name.
fn addressed(name: String) -> Practitioner {
    use tsugite_clinical::body::{Name, Representation};
    Practitioner {
        id: None,
        name: Some(Name { representation: Representation::Ideographic, family: name, given: String::new() }),
    }
}
