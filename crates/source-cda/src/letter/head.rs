//! Who wrote a letter, to whom, about which care.

use super::instance;
use crate::{
    oid::HL7,
    party::{institution, practitioner, said},
    patient,
    value::{code, interval},
    writer::Writer,
};
use tsugite_clinical::body::{CareClass, Document, DocumentKind, Insurance, Party, Stay};
use tsugite_xml::Element;

/// Insurances named by the patient's own ids and by participants that hold them.
pub fn insurances(root: Element<'_, '_>, role: Element<'_, '_>) -> Vec<Insurance> {
    let holds = |participant: &Element<'_, '_>| matches!(participant.attr("typeCode"), Some("HLD" | "COV"));
    let entities = root.all((HL7, "participant")).filter(holds).filter_map(|it| it.child((HL7, "associatedEntity")));
    let mut rows: Vec<Insurance> = std::iter::once(role).chain(entities).filter_map(patient::insurance).collect();
    rows.retain(|row| !row.number.is_empty());
    rows.dedup();
    rows
}

/// The number of the institution that wrote the document.
pub fn writer(root: Element<'_, '_>) -> Option<String> {
    let author = author(root).and_then(|author| author.child((HL7, "representedOrganization"))).map(institution);
    author.and_then(|party| party.number).or_else(|| custodian(root).map(institution).and_then(|party| party.number))
}

fn author<'d, 't>(root: Element<'d, 't>) -> Option<Element<'d, 't>> {
    root.at(&[(HL7, "author"), (HL7, "assignedAuthor")])
}

fn custodian<'d, 't>(root: Element<'d, 't>) -> Option<Element<'d, 't>> {
    root.at(&[(HL7, "custodian"), (HL7, "assignedCustodian"), (HL7, "representedCustodianOrganization")])
}

pub fn read(root: Element<'_, '_>, document: &mut Document, writer: &mut Writer<'_>) {
    let (author, custodian) = (author(root), custodian(root));
    let signer = root.at(&[(HL7, "legalAuthenticator"), (HL7, "assignedEntity")]);
    let organisation = author.and_then(|author| author.child((HL7, "representedOrganization")));
    let mut party = organisation.or(custodian).map(institution).unwrap_or_default();
    party.number = self::writer(root);
    party.practitioner = author
        .and_then(|author| practitioner(author, "assignedPerson"))
        .or_else(|| signer.and_then(|signer| practitioner(signer, "assignedPerson")));
    document.care.practitioner.clone_from(&party.practitioner);
    document.care.department.clone_from(&party.department);
    document.author = said(party);
    document.recipient = recipient(root);
    encounter(root, document, writer);
}

/// 紹介先: the first recipient that is no copy.
fn recipient(root: Element<'_, '_>) -> Option<Party> {
    let mut recipients = root.all((HL7, "informationRecipient")).filter(|it| it.attr("typeCode") != Some("TRC"));
    let intended = recipients.next()?.child((HL7, "intendedRecipient"))?;
    let mut party = intended.child((HL7, "receivedOrganization")).map(institution).unwrap_or_default();
    party.practitioner = practitioner(intended, "informationRecipient").filter(|person| person.name.is_some());
    said(party)
}

/// The visit or stay that the letter speaks of. A discharge summary speaks of a stay.
fn encounter(root: Element<'_, '_>, document: &mut Document, writer: &mut Writer<'_>) {
    let discharge = document.kind == DocumentKind::Discharge;
    let encounter = root.at(&[(HL7, "componentOf"), (HL7, "encompassingEncounter")]);
    let class = encounter.and_then(|encounter| encounter.child((HL7, "code"))).and_then(code);
    document.care.class = match class.map(|class| class.code).as_deref() {
        Some("IMP" | "ACUTE" | "NONAC") => Some(CareClass::Inpatient),
        Some("AMB") => Some(CareClass::Ambulatory),
        Some("EMER") => Some(CareClass::Emergency),
        _ => discharge.then_some(CareClass::Inpatient),
    };
    let Some(encounter) = encounter else { return };
    let time = encounter.child((HL7, "effectiveTime"));
    let (admitted, discharged) = time.map(|time| interval(time, writer)).unwrap_or_default();
    let disposition = encounter.child((HL7, "dischargeDispositionCode")).and_then(code);
    if document.care.class == Some(CareClass::Inpatient) {
        document.stay = Some(Stay { admitted, discharged, origin: None, disposition });
    }
    let facility = encounter.at(&[(HL7, "location"), (HL7, "healthCareFacility"), (HL7, "code")]);
    document.care.department = document.care.department.take().or_else(|| facility.and_then(code));
}

/// Documents that this one replaces under other ids. Those of one set share the set's id and need no word.
pub fn replaced(root: Element<'_, '_>) -> Vec<String> {
    if root.child((HL7, "setId")).and_then(instance).is_some() {
        return Vec::new();
    }
    let own = root.child((HL7, "id")).and_then(instance);
    let related = root.all((HL7, "relatedDocument")).filter(|related| related.attr("typeCode") == Some("RPLC"));
    let parents = related.flat_map(|related| related.all((HL7, "parentDocument")));
    let ids = parents.flat_map(|parent| parent.all((HL7, "id"))).filter_map(instance);
    ids.filter(|id| Some(id) != own.as_ref()).collect()
}
