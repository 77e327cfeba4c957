//! Persons, facilities, departments, addresses: the common formats of MML.

use crate::text;
use tsugite_clinical::body::{Address, Code, Name, Party, Practitioner, Representation, Telecom};
use tsugite_clinical::policy::is_institution_number;
use tsugite_xml::Element;

/// An id with its kind: `facility`, `local`, `JMARI`, `insurance` …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    pub value: String,
    pub kind: String,
    pub table: String,
}

pub fn id(element: Element<'_, '_>) -> Option<Id> {
    let value = element.trimmed()?;
    let part = |name| element.attr(name).map(str::trim).unwrap_or_default().to_owned();
    Some(Id { value, kind: part("type"), table: part("tableId") })
}

/// 氏名 in each representation, I before P before A.
pub fn names(parent: Element<'_, '_>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for element in parent.all("Name") {
        let representation = match element.attr("repCode").map(str::trim) {
            Some("P") => Representation::Syllabic,
            Some("A") => Representation::Alphabetic,
            _ => Representation::Ideographic,
        };
        let name = name(element, representation).filter(|_| names.iter().all(|n| n.representation != representation));
        names.extend(name);
    }
    let rank = |name: &Name| match name.representation {
        Representation::Ideographic => 0,
        Representation::Syllabic => 1,
        Representation::Alphabetic => 2,
    };
    names.sort_by_key(rank);
    names
}

/// `family` and `given` (with `middle`), else `fullname` split at its one blank.
fn name(element: Element<'_, '_>, representation: Representation) -> Option<Name> {
    let part = |name| element.child(name).and_then(text::line);
    if let Some(family) = part("family") {
        let given: Vec<String> = [part("given"), part("middle")].into_iter().flatten().collect();
        return Some(Name { representation, family, given: given.join(" ") });
    }
    let full = part("fullname").or_else(|| part("given"))?;
    Name::split(representation, &full)
}

/// The address at home, else the first.
pub fn address(parent: Element<'_, '_>) -> Option<Address> {
    let home = |element: &Element<'_, '_>| element.attr("addressClass").is_some_and(|class| class.trim() == "home");
    let element = parent.all("Address").find(home).or_else(|| parent.child("Address"))?;
    let parts = ["prefecture", "city", "town", "homeNumber"].into_iter().filter_map(|part| element.child_text(part));
    let text = element.child("full").and_then(text::line).unwrap_or_else(|| parts.collect());
    let postal_code = element.child_text("zip");
    (!text.is_empty()).then_some(Address { text, postal_code })
}

pub fn telecoms(parent: Element<'_, '_>) -> Vec<Telecom> {
    let number = |phone: Element<'_, '_>| {
        let parts: Vec<String> =
            ["area", "city", "number"].into_iter().filter_map(|part| phone.child_text(part)).collect();
        let number = phone.child_text("full").unwrap_or_else(|| parts.join("-"));
        number.chars().any(|c| c.is_ascii_digit() || matches!(c, '０'..='９')).then_some(number)
    };
    parent.all("Phone").filter_map(number).map(|number| Telecom { number, work: false }).collect()
}

/// 診療科. MML0028 and MML0029 count as the receipt does.
pub fn department(element: Element<'_, '_>) -> Option<Code> {
    let name = representative(element);
    let id = element.child("Id").and_then(id);
    department_of(id.as_ref().map(|id| (id.value.as_str(), id.table.as_str())), name)
}

pub fn department_of(code: Option<(&str, &str)>, name: Option<String>) -> Option<Code> {
    let (code, table) = code.unwrap_or_default();
    let standard = matches!(table, "MML0028" | "MML0029");
    let code = if standard && code.len() == 1 { format!("0{code}") } else { code.to_owned() };
    let system = if standard || code.is_empty() { String::new() } else { table.to_owned() };
    let display = name.unwrap_or_default();
    (!code.is_empty() || !display.is_empty()).then_some(Code { code, display, system })
}

/// The name written in kanji, else the first.
fn representative(element: Element<'_, '_>) -> Option<String> {
    let kanji = |name: &Element<'_, '_>| name.attr("repCode").is_some_and(|code| code.trim() == "I");
    let name = element.all("name").find(kanji).or_else(|| element.child("name"))?;
    text::line(name)
}

/// `PersonalizedInfo`: the doctor with his facility and department.
pub fn party(person: Element<'_, '_>) -> Option<Party> {
    let house = person.child("Facility");
    let name = house.and_then(representative).unwrap_or_default();
    let practitioner = practitioner(person);
    let address = person.child("addresses").and_then(address);
    let telephone = person.child("phones").and_then(|phones| telecoms(phones).into_iter().next());
    let party = Party {
        number: house.and_then(institution_number),
        name,
        postal_code: address.as_ref().and_then(|address| address.postal_code.clone()),
        address: address.map(|address| address.text),
        telephone: telephone.map(|telephone| telephone.number),
        department: person.child("Department").and_then(department),
        practitioner,
    };
    (!party.name.is_empty() || party.practitioner.is_some()).then_some(party)
}

/// Ten digits, where a facility is named by them.
pub fn institution_number(house: Element<'_, '_>) -> Option<String> {
    let ids = house.all("Id").filter_map(id);
    ids.map(|id| id.value).find(|value| is_institution_number(value))
}

/// A facility with its department, as an addressee.
pub fn facility(parent: Element<'_, '_>) -> Option<Party> {
    let house = parent.child("Facility")?;
    let name = representative(house)?;
    let department = parent.child("Department").and_then(department);
    Some(Party { number: institution_number(house), name, department, ..Party::default() })
}

pub fn practitioner(person: Element<'_, '_>) -> Option<Practitioner> {
    let id = person.child("Id").and_then(id).map(|id| id.value);
    let name = person.child("personName").and_then(|names| self::names(names).into_iter().next());
    (id.is_some() || name.is_some()).then_some(Practitioner { id, name })
}
