//! Institutions, persons, addresses.

use crate::{
    oid::{self, HL7},
    value::{filled, name},
};
use tsugite_clinical::body::{Address, Code, Party, Practitioner, Representation, Telecom};
use tsugite_xml::Element;

/// 都道府県, 点数表, 医療機関コード, which together are the number of 10 digits.
const PARTS: [&str; 3] = ["1.2.392.100495.20.3.21", "1.2.392.100495.20.3.22", "1.2.392.100495.20.3.23"];

pub fn organisation(element: Element<'_, '_>) -> Party {
    let address = element.child((HL7, "addr")).and_then(address);
    let number = institution_number(element);
    Party {
        number,
        name: element.child_text((HL7, "name")).unwrap_or_default(),
        postal_code: address.as_ref().and_then(|address| address.postal_code.clone()),
        address: address.map(|address| address.text).filter(|text| !text.is_empty()),
        telephone: telecoms(element).next().map(|telecom| telecom.number),
        department: None,
        practitioner: None,
    }
}

fn institution_number(element: Element<'_, '_>) -> Option<String> {
    let of = |root: &str| {
        let mut ids = element.all((HL7, "id"));
        ids.find(|id| id.attr("root") == Some(root)).and_then(|id| filled(id, "extension"))
    };
    let [prefecture, table, code] = PARTS.map(of);
    let joined = prefecture.zip(table).zip(code.clone()).map(|((prefecture, table), code)| prefecture + &table + &code);
    let any = || element.all((HL7, "id")).find_map(|id| filled(id, "extension"));
    of(oid::INSTITUTION).or(joined).or(code).or_else(any)
}

/// An organisation that says something.
pub fn said(party: Party) -> Option<Party> {
    let says = party.number.is_some() || !party.name.is_empty() || party.practitioner.is_some();
    says.then_some(party)
}

/// assignedAuthor, assignedEntity, intendedRecipient: the person.
pub fn practitioner(role: Element<'_, '_>, person: &str) -> Option<Practitioner> {
    let id = role.all((HL7, "id")).find_map(|id| filled(id, "extension"));
    let person = role.child((HL7, person));
    let mut names: Vec<_> = person.into_iter().flat_map(|person| person.all((HL7, "name"))).filter_map(name).collect();
    names.sort_by_key(|name| name.representation != Representation::Ideographic);
    let name = names.into_iter().next();
    (id.is_some() || name.is_some()).then_some(Practitioner { id, name })
}

pub fn address(element: Element<'_, '_>) -> Option<Address> {
    let postal_code = element.child_text((HL7, "postalCode"));
    let mut text = String::new();
    for node in element.nodes() {
        let part = match node {
            tsugite_xml::Node::Text(run) => run.to_owned(),
            tsugite_xml::Node::Element(part) if part.is("postalCode") || part.is("country") => continue,
            tsugite_xml::Node::Element(part) => part.text().into_owned(),
        };
        text.extend(part.lines().map(str::trim));
    }
    (postal_code.is_some() || !text.is_empty()).then_some(Address { text, postal_code })
}

pub fn telecoms<'d, 't>(element: Element<'d, 't>) -> impl Iterator<Item = Telecom> + use<'d, 't> {
    element.all((HL7, "telecom")).filter_map(|telecom| {
        let written = filled(telecom, "value")?;
        let number = written.strip_prefix("tel:").unwrap_or(&written).trim().to_owned();
        let is_number = number.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
        let work = telecom.attr("use").is_some_and(|uses| uses.split_whitespace().any(|word| word == "WP"));
        is_number.then_some(Telecom { number, work })
    })
}

/// An organisation that may be a department (診療科) of the institution: then the institution, and the department in it.
pub fn institution(element: Element<'_, '_>) -> Party {
    let Some(whole) = element.at(&[(HL7, "asOrganizationPartOf"), (HL7, "wholeOrganization")]) else {
        return organisation(element);
    };
    let code = element.all((HL7, "id")).find_map(|id| filled(id, "extension"));
    let display = element.child_text((HL7, "name")).unwrap_or_default();
    let department = Code { code: code.unwrap_or_default(), display, system: String::new() };
    let says = !department.code.is_empty() || !department.display.is_empty();
    Party { department: says.then_some(department), ..organisation(whole) }
}
