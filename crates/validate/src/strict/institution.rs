//! The institution number: present, of legal form, and the same wherever it occurs.

use super::view::{Identifier, Resource, items, text};
use super::{Say, urls};
use crate::json::Node;

/// 都道府県 00–49, 点数表 1–3, seven digits.
pub(super) fn is_number(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'4', b'0'..=b'9', b'1'..=b'3', rest @ ..] if rest.len() == 7 && rest.iter().all(u8::is_ascii_digit))
}

/// The institution number in the OID of a local number.
pub(super) fn of_oid<'t>(system: &'t str, root: &str) -> Option<&'t str> {
    system.strip_prefix(root)?.strip_prefix('1').filter(|number| is_number(number))
}

/// Every entry but the first, and nothing that is not an entry.
fn needs_extension(resource: &Resource<'_>) -> bool {
    !resource.first && resource.kind != "Bundle"
}

pub(super) fn missing(resource: &Resource<'_>, say: &mut Say<'_>) {
    if needs_extension(resource) && resource.extensions(urls::INSTITUTION_EXTENSION).next().is_none() {
        say.missing(resource.node, "extension");
    }
}

pub(super) fn twice(resource: &Resource<'_>, say: &mut Say<'_>) {
    let once =
        [(urls::INSTITUTION_EXTENSION, "JP_eCS_InstitutionNumber"), (urls::DEPARTMENT_EXTENSION, "JP_eCS_Department")];
    for (url, name) in once {
        for extension in resource.extensions(url).skip(1) {
            say.at(extension.node).with("element", name);
        }
    }
}

pub(super) fn form(resource: &Resource<'_>, say: &mut Say<'_>) {
    for extension in resource.extensions(urls::INSTITUTION_EXTENSION) {
        let value = extension.value_identifier.and_then(|i| i.get("value"));
        if !text(value).is_some_and(is_number) {
            say.at_or_missing(value, extension.node, "valueIdentifier.value");
        }
    }
}

pub(super) fn system(resource: &Resource<'_>, say: &mut Say<'_>) {
    for extension in resource.extensions(urls::INSTITUTION_EXTENSION) {
        let system = extension.value_identifier.and_then(|i| i.get("system"));
        if let Some(node) = system.filter(|s| s.as_str() != Some(urls::INSTITUTION_ID)) {
            say.found(node);
        }
    }
}

pub(super) fn differs(resource: &Resource<'_>, say: &mut Say<'_>) {
    let Some(expected) = resource.case.institution else {
        return;
    };
    for extension in resource.extensions(urls::INSTITUTION_EXTENSION) {
        let value = extension.value_identifier.and_then(|i| i.get("value"));
        if let Some(node) = value.filter(|v| v.as_str().is_some_and(|n| is_number(n) && n != expected)) {
            say.found(node);
        }
    }
    if resource.kind == "Patient" {
        differing_oids(resource.common.identifier, urls::PATIENT_OID, expected, say);
    }
}

pub(super) fn practitioner_differs(resource: &Resource<'_>, say: &mut Say<'_>) {
    let Some(expected) = resource.case.institution else {
        return;
    };
    for practitioner in resource.contained().filter(|c| text(c.kind) == Some("Practitioner")) {
        differing_oids(practitioner.identifier, urls::PRACTITIONER_OID, expected, say);
    }
}

fn differing_oids(identifiers: Option<Node<'_>>, root: &str, expected: &str, say: &mut Say<'_>) {
    for identifier in items(identifiers).map(Identifier::of) {
        let number = text(identifier.system).and_then(|s| of_oid(s, root));
        if let (Some(node), Some(_)) = (identifier.system, number.filter(|&n| n != expected)) {
            say.found(node);
        }
    }
}
