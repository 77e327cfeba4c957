//! JP_Patient_eCS.

use super::date::Moment;
use super::view::{Extension, Identifier, Resource, items, text, view};
use super::{Say, institution, urls};
use crate::json::Node;

view!(Members {
    name = "name",
    gender = "gender",
    birth_date = "birthDate",
    birth_date_companion = "_birthDate",
    address = "address",
});

/// A patient and what the rules ask of it.
pub(crate) struct Patient<'t> {
    identifier: Option<Node<'t>>,
    members: Members<'t>,
}

impl<'t> Patient<'t> {
    pub fn of(resource: &Resource<'t>) -> Self {
        Self { identifier: resource.common.identifier, members: Members::of(resource.node) }
    }

    fn identifiers(&self) -> impl Iterator<Item = Identifier<'t>> + use<'t> {
        items(self.identifier).map(Identifier::of)
    }

    fn insured_ids(&self) -> impl Iterator<Item = Identifier<'t>> + use<'t> {
        self.identifiers().filter(|i| text(i.system) == Some(urls::INSURED_ID))
    }

    fn names(&self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        items(self.members.name)
    }
}

pub(super) fn insured_id(patient: &Patient<'_>, say: &mut Say<'_>) {
    if patient.insured_ids().count() != 1 {
        say.at_or_missing(patient.identifier, patient.members.node, "identifier");
    }
}

pub(super) fn insured_id_form(patient: &Patient<'_>, say: &mut Say<'_>) {
    for id in patient.insured_ids() {
        if !text(id.value).is_some_and(is_insured_id) {
            say.at_or_missing(id.value, id.node, "value");
        }
    }
}

/// 保険者番号 8 digits : 記号 : 番号 : 枝番 2 digits or empty. Symbol and number hold no blank, colon or caret.
fn is_insured_id(value: &str) -> bool {
    let mut parts = value.split(':');
    let (Some(payer), Some(symbol), Some(number), Some(branch), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let free = |text: &str| !text.chars().any(|c| c == '^' || c.is_whitespace());
    payer.len() == 8 && digits(payer) && free(symbol) && free(number) && matches!(branch.len(), 0 | 2) && digits(branch)
}

pub(super) fn insured_id_width(patient: &Patient<'_>, say: &mut Say<'_>) {
    for id in patient.insured_ids() {
        let Some(value) = text(id.value).filter(|v| is_insured_id(v)) else {
            continue;
        };
        let letters = || value.split(':').skip(1).take(2).flat_map(str::chars);
        let half = |c: char| c.is_ascii() || ('\u{FF61}'..='\u{FF9F}').contains(&c);
        if letters().any(half) && letters().any(|c| !half(c)) {
            say.at_or_missing(id.value, id.node, "value");
        }
    }
}

pub(super) fn local_id(patient: &Patient<'_>, say: &mut Say<'_>) {
    let local = |i: &Identifier<'_>| text(i.system).is_some_and(|s| s.starts_with(urls::PATIENT_OID));
    for (index, id) in patient.identifiers().filter(local).enumerate() {
        let right = text(id.system).and_then(|s| institution::of_oid(s, urls::PATIENT_OID)).is_some();
        if index > 0 || !right {
            say.at_or_missing(id.system, id.node, "system");
        }
    }
}

pub(super) fn identifier_value(patient: &Patient<'_>, say: &mut Say<'_>) {
    for id in patient.identifiers().filter(|i| i.value.is_none()) {
        say.missing(id.node, "value");
    }
}

/// IDE or SYL: the name is written in kanji or in kana.
fn representation(name: Node<'_>) -> Option<&str> {
    let mut extensions = items(name.get("extension")).map(Extension::of);
    text(extensions.find(|e| text(e.url) == Some(urls::NAME_REPRESENTATION))?.value_code)
}

pub(super) fn name(patient: &Patient<'_>, say: &mut Say<'_>) {
    if !patient.names().any(|name| matches!(representation(name), Some("IDE" | "SYL"))) {
        say.at_or_missing(patient.members.name, patient.members.node, "name");
    }
}

pub(super) fn name_space(patient: &Patient<'_>, say: &mut Say<'_>) {
    for text in patient.names().filter_map(|name| name.get("text")) {
        if text.as_str().is_some_and(|t| t.contains('\u{3000}')) {
            say.found(text);
        }
    }
}

pub(super) fn name_parts(patient: &Patient<'_>, say: &mut Say<'_>) {
    for name in patient.names() {
        // A companion alone (`_family`) says why the part is absent.
        for (element, companion) in [("text", "_text"), ("family", "_family"), ("given", "_given")] {
            if name.get(element).is_none() && name.get(companion).is_none() {
                say.missing(name, element).with("element", element);
            }
        }
    }
}

pub(super) fn gender(patient: &Patient<'_>, say: &mut Say<'_>) {
    let gender = patient.members.gender;
    if !matches!(text(gender), Some("male" | "female" | "other" | "unknown")) {
        say.at_or_missing(gender, patient.members.node, "gender");
    }
}

pub(super) fn birth_date(patient: &Patient<'_>, say: &mut Say<'_>) {
    let Members { birth_date, birth_date_companion, .. } = patient.members;
    let right = match birth_date {
        Some(node) => node.as_str().and_then(Moment::parse).is_some_and(|m| !m.has_time),
        None => birth_date_companion.is_some(),
    };
    if !right {
        say.at_or_missing(birth_date, patient.members.node, "birthDate");
    }
}

pub(super) fn address(patient: &Patient<'_>, say: &mut Say<'_>) {
    let addresses = || items(patient.members.address);
    let written = |a: Node<'_>| a.get("text").is_some() || a.get("_text").is_some();
    if addresses().count() != 1 || !addresses().all(written) {
        say.at_or_missing(patient.members.address, patient.members.node, "address");
    }
}
