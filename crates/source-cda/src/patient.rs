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

/// The extension of the first id of a root.
pub fn id(role: Element<'_, '_>, root: &str) -> Option<String> {
    role.all((HL7, "id")).find(|id| id.attr("root") == Some(root)).and_then(|id| filled(id, "extension"))
}

fn any(role: Element<'_, '_>, roots: [&str; 2]) -> Option<String> {
    roots.iter().find_map(|root| id(role, root))
}

/// The patient's number in the institution: of its own root, else the first that is no number of an insurance.
pub fn chart_number(role: Element<'_, '_>) -> Option<String> {
    let root = |id: &Element<'_, '_>| id.attr("root").unwrap_or_default().to_owned();
    let own = |id: &Element<'_, '_>| root(id).starts_with(oid::PATIENT_NUMBER);
    let insurance = |id: &Element<'_, '_>| {
        let root = root(id);
        let known = [oid::PAYER, oid::SYMBOL, oid::NUMBER].concat();
        known.contains(&root.as_str()) || root == oid::BRANCH
    };
    let ids = || role.all((HL7, "id")).filter(|id| filled(*id, "extension").is_some());
    let chosen = ids().find(own).or_else(|| ids().find(|id| !insurance(id)));
    chosen.and_then(|id| filled(id, "extension"))
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
