//! JP_AllergyIntolerance_eCS.

use super::condition::status_codings;
use super::view::{Coding, Resource, codings, items, text, view};
use super::{Say, urls};
use crate::json::Node;

view!(Members {
    clinical_status = "clinicalStatus",
    verification_status = "verificationStatus",
    category = "category",
    code = "code",
    reaction = "reaction",
});

/// An allergy and what the rules ask of it.
pub(crate) struct Allergy<'t> {
    members: Members<'t>,
}

impl<'t> Allergy<'t> {
    pub fn of(resource: &Resource<'t>) -> Self {
        Self { members: Members::of(resource.node) }
    }

    fn codings(&self) -> impl Iterator<Item = Coding<'t>> + use<'t> {
        codings(self.members.code)
    }

    fn has_category(&self, code: &str) -> bool {
        items(self.members.category).any(|c| c.as_str() == Some(code))
    }

    fn entered_in_error(&self) -> bool {
        codings(self.members.verification_status).any(|c| text(c.code) == Some("entered-in-error"))
    }
}

/// What a code's first letters say it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Food,
    Drug,
    Other,
}

fn family(code: &str) -> Option<Family> {
    Some(match code.get(..3)? {
        "J9F" | "D9F" => Family::Food,
        "J9N" | "D9N" => Family::Other,
        "YCM" | "GCM" | "D9M" => Family::Drug,
        _ => return None,
    })
}

pub(super) fn coding(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    if allergy.codings().next().is_none() {
        say.missing(allergy.members.node, "code.coding").with("element", "coding");
    }
    for coding in allergy.codings() {
        if let Some(element) = coding.lacks() {
            say.missing(coding.node, element).with("element", element);
        }
    }
}

pub(super) fn system(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    const ALLOWED: [&str; 4] =
        [urls::ALLERGEN_FOOD, urls::ALLERGEN_OTHER, urls::ALLERGEN_DRUG, urls::ALLERGEN_DRUG_GENERIC];
    for system in allergy.codings().filter_map(|c| c.system) {
        if !system.as_str().is_some_and(|s| ALLOWED.contains(&s)) {
            say.found(system);
        }
    }
}

fn is_dummy(code: &str) -> bool {
    code.starts_with("D9")
}

pub(super) fn code_form(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    for coding in allergy.codings() {
        let (Some(system), Some(code)) = (text(coding.system), text(coding.code)) else {
            continue;
        };
        let form = |prefix: &str, length| {
            code.starts_with(prefix) && code.len() == length && code.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let fits = match (system, family(code)) {
            // The form of a dummy code has its own rule; here only whether it stands in its system.
            (urls::ALLERGEN_FOOD, family) if is_dummy(code) => !matches!(family, Some(Family::Drug | Family::Other)),
            (urls::ALLERGEN_OTHER, family) if is_dummy(code) => !matches!(family, Some(Family::Drug | Family::Food)),
            (urls::ALLERGEN_DRUG | urls::ALLERGEN_DRUG_GENERIC, family) if is_dummy(code) => {
                !matches!(family, Some(Family::Food | Family::Other))
            }
            (urls::ALLERGEN_FOOD, _) => form("J9F", 12),
            (urls::ALLERGEN_OTHER, _) => form("J9N", 12),
            (urls::ALLERGEN_DRUG, _) => form("YCM", 15),
            (urls::ALLERGEN_DRUG_GENERIC, _) => form("GCM", 15),
            _ => true,
        };
        if !fits {
            say.at_or_missing(coding.code, coding.node, "code");
        }
    }
}

pub(super) fn dummy_code(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    for node in allergy.codings().filter_map(|c| c.code) {
        let code = node.as_str().unwrap_or_default();
        if is_dummy(code) && !matches!(code, "D9M000000000" | "D9F000000000" | "D9N000000000") {
            say.found(node);
        }
    }
}

pub(super) fn code_text(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    if allergy.members.code.and_then(|c| c.get("text")).is_none() {
        say.missing(allergy.members.node, "code.text");
    }
}

pub(super) fn status_coding(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    let Members { clinical_status, verification_status, .. } = allergy.members;
    status_codings("clinicalStatus", clinical_status, urls::ALLERGY_CLINICAL, true, say);
    status_codings("verificationStatus", verification_status, urls::ALLERGY_VERIFICATION, true, say);
}

pub(super) fn status_code(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    let clinical = ["active", "inactive", "resolved"];
    let verification = ["unconfirmed", "confirmed", "refuted", "entered-in-error"];
    let Members { clinical_status, verification_status, .. } = allergy.members;
    let both: [(&str, Option<Node<'_>>, &[&str]); 2] =
        [("clinicalStatus", clinical_status, &clinical), ("verificationStatus", verification_status, &verification)];
    for (element, concept, legal) in both {
        for code in codings(concept).filter_map(|c| c.code) {
            if !code.as_str().is_some_and(|c| legal.contains(&c)) {
                say.found(code).with("element", element);
            }
        }
    }
}

pub(super) fn status_missing(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    if allergy.members.clinical_status.is_none() && !allergy.entered_in_error() {
        say.missing(allergy.members.node, "clinicalStatus");
    }
}

pub(super) fn status_surplus(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    if let Some(status) = allergy.members.clinical_status.filter(|_| allergy.entered_in_error()) {
        say.at(status);
    }
}

pub(super) fn category(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    for category in items(allergy.members.category) {
        if !matches!(category.as_str(), Some("medication" | "food" | "environment" | "biologic")) {
            say.found(category);
        }
    }
}

pub(super) fn biologic(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    for category in items(allergy.members.category).filter(|c| c.as_str() == Some("biologic")) {
        say.found(category);
    }
}

pub(super) fn families(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    let coded = items(allergy.members.category).next().is_some();
    for coding in allergy.codings() {
        let agrees = match text(coding.code).and_then(family) {
            Some(Family::Drug) => allergy.has_category("medication") || allergy.has_category("biologic"),
            Some(Family::Food) => !coded || allergy.has_category("food"),
            Some(Family::Other) => !coded || allergy.has_category("environment") || allergy.has_category("biologic"),
            None => true,
        };
        if !agrees {
            say.at_or_missing(coding.code, coding.node, "code");
        }
    }
}

pub(super) fn manifestation(allergy: &Allergy<'_>, say: &mut Say<'_>) {
    let manifestations = items(allergy.members.reaction).flat_map(|r| items(r.get("manifestation")));
    for manifestation in manifestations.filter(|m| m.get("text").is_none()) {
        say.missing(manifestation, "text");
    }
}
