//! Who the document is about: ids, insurance, names.

use crate::{
    oid::{self, HL7},
    party::{address, telecoms},
    value::{filled, name, time},
    writer::Tell,
};
use tsugite_clinical::body::{Insurance, Patient, Sex};
use tsugite_xml::Element;

/// The `patientRole` of a document.
pub fn role<'d, 't>(document: Element<'d, 't>) -> Option<Element<'d, 't>> {
    document.at(&[(HL7, "recordTarget"), (HL7, "patientRole")])
}

/// Whether the document speaks of more than one person: what it says could be of any of them.
pub fn are_several(document: Element<'_, '_>) -> bool {
    document.all((HL7, "recordTarget")).flat_map(|target| target.all((HL7, "patientRole"))).count() > 1
}

/// The extension of the first id of a root.
pub fn id(role: Element<'_, '_>, root: &str) -> Option<String> {
    role.all((HL7, "id")).find(|id| id.attr("root") == Some(root)).and_then(|id| filled(id, "extension"))
}

fn any(role: Element<'_, '_>, roots: [&str; 2]) -> Option<String> {
    roots.iter().find_map(|root| id(role, root))
}

/// One insurance, from the ids of a role.
pub fn insurance(role: Element<'_, '_>) -> Option<Insurance> {
    let payer = any(role, oid::PAYER)?;
    Some(Insurance {
        payer,
        symbol: any(role, oid::SYMBOL).unwrap_or_default(),
        number: any(role, oid::NUMBER).unwrap_or_default(),
        branch: id(role, oid::BRANCH),
        ..Insurance::default()
    })
}

/// What the head says of the person; insurances are the caller's.
pub fn patient(role: Element<'_, '_>, insurances: Vec<Insurance>, tell: &mut dyn Tell) -> Patient {
    let person = role.child((HL7, "patient"));
    Patient {
        names: person.into_iter().flat_map(|person| person.all((HL7, "name"))).filter_map(name).collect(),
        birth_date: person
            .and_then(|person| person.child((HL7, "birthTime")))
            .and_then(|birth| time(birth, tell))
            .map(|birth| birth.date),
        sex: person.and_then(|person| person.child((HL7, "administrativeGenderCode"))).and_then(sex),
        address: role.child((HL7, "addr")).and_then(address),
        telecoms: telecoms(role).collect(),
        insurances,
        deceased: None,
    }
}

/// 男女区分 of 特定健診 (1, 2), or AdministrativeGender of HL7.
fn sex(element: Element<'_, '_>) -> Option<Sex> {
    Some(match element.attr("code")?.trim() {
        "1" | "M" => Sex::Male,
        "2" | "F" => Sex::Female,
        "UN" => Sex::Other,
        _ => return None,
    })
}
