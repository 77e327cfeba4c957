//! Under which care a module was written: its creator.

use crate::people;
use tsugite_clinical::body::Care;
use tsugite_xml::Element;

/// Doctor and department of a `CreatorInfo`.
pub fn of_creator(creator: Element<'_, '_>) -> Care {
    let Some(person) = creator.child("PersonalizedInfo") else { return Care::default() };
    let doctor = creator.all("creatorLicense").all(|license| license.trimmed().is_none_or(|text| text == "doctor"));
    Care {
        department: person.child("Department").and_then(people::department),
        practitioner: people::practitioner(person).filter(|_| doctor),
        ..Care::default()
    }
}
