//! JP_Condition_eCS: a problem of the problem list.

use super::date::Moment;
use super::view::{Coding, Resource, codings, items, text, view};
use super::{Say, resource, urls};
use crate::json::Node;

view!(Members {
    clinical_status = "clinicalStatus",
    verification_status = "verificationStatus",
    category = "category",
    code = "code",
    encounter = "encounter",
    onset = "onsetDateTime",
    abatement = "abatementDateTime",
});

/// A diagnosis and what the rules ask of it.
pub(crate) struct Condition<'t> {
    resource: &'t Resource<'t>,
    members: Members<'t>,
}

impl<'t> Condition<'t> {
    pub fn of(resource: &'t Resource<'t>) -> Self {
        Self { resource, members: Members::of(resource.node) }
    }

    fn clinical_codes(&self) -> impl Iterator<Item = Coding<'t>> + use<'t> {
        codings(self.members.clinical_status)
    }

    fn has_status(&self, wanted: &[&str]) -> bool {
        self.clinical_codes().any(|c| text(c.code).is_some_and(|code| wanted.contains(&code)))
    }

    /// `abatement[x]` of whatever type.
    fn abatement(&self) -> Option<Node<'t>> {
        self.members
            .abatement
            .or_else(|| self.members.node.items().find(|m| m.key_bytes().is_some_and(|k| k.starts_with(b"abatement"))))
    }
}

pub(super) fn record_number(condition: &Condition<'_>, say: &mut Say<'_>) {
    if !codings(condition.members.code).any(|c| c.is(urls::DISEASE_RECORD)) {
        say.missing(condition.members.node, "code.coding");
    }
}

pub(super) fn record_number_form(condition: &Condition<'_>, say: &mut Say<'_>) {
    for coding in codings(condition.members.code).filter(|c| c.is(urls::DISEASE_RECORD)) {
        let eight = |code: &str| code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit());
        if let Some(code) = coding.code.filter(|c| !c.as_str().is_some_and(eight)) {
            say.found(code);
        }
    }
}

pub(super) fn coding(condition: &Condition<'_>, say: &mut Say<'_>) {
    for coding in codings(condition.members.code) {
        let (code, display) = (coding.code.is_none(), coding.display.is_none());
        let lacking = match text(coding.system) {
            Some(urls::DISEASE_RECORD | urls::DISEASE_RECEIPT | urls::DISEASE_ICD10) if code => Some("code"),
            Some(urls::DISEASE_RECORD | urls::DISEASE_RECEIPT | urls::DISEASE_ICD10) if display => Some("display"),
            Some(urls::DISEASE_EXCHANGE) if display => Some("display"),
            _ => None,
        };
        if let Some(element) = lacking {
            say.missing(coding.node, element).with("element", element);
        }
    }
}

pub(super) fn code_text(condition: &Condition<'_>, say: &mut Say<'_>) {
    if condition.members.code.and_then(|c| c.get("text")).is_none() {
        say.missing(condition.members.node, "code.text");
    }
}

pub(super) fn onset(condition: &Condition<'_>, say: &mut Say<'_>) {
    if condition.members.onset.is_none() {
        say.missing(condition.members.node, "onsetDateTime");
    }
}

pub(super) fn clinical_status(condition: &Condition<'_>, say: &mut Say<'_>) {
    for coding in condition.clinical_codes() {
        if let Some(code) = coding.code.filter(|c| !matches!(c.as_str(), Some("active" | "remission" | "resolved"))) {
            say.found(code);
        }
    }
}

pub(super) fn status_missing(condition: &Condition<'_>, say: &mut Say<'_>) {
    let mistaken = codings(condition.members.verification_status).any(|c| text(c.code) == Some("entered-in-error"));
    if condition.members.clinical_status.is_none() && !mistaken {
        say.missing(condition.members.node, "clinicalStatus");
    }
}

pub(super) fn status_coding(condition: &Condition<'_>, say: &mut Say<'_>) {
    let Members { clinical_status, verification_status, .. } = condition.members;
    status_codings("clinicalStatus", clinical_status, urls::CONDITION_CLINICAL, true, say);
    status_codings("verificationStatus", verification_status, urls::CONDITION_VERIFICATION, false, say);
}

/// Each coding is complete and of its system; `coded`: at least one stands there.
pub(super) fn status_codings(
    element: &'static str,
    concept: Option<Node<'_>>,
    system: &str,
    coded: bool,
    say: &mut Say<'_>,
) {
    let Some(concept) = concept else {
        return;
    };
    if coded && codings(Some(concept)).next().is_none() {
        say.missing(concept, "coding").with("element", element);
    }
    for coding in codings(Some(concept)) {
        if let Some(lacking) = coding.lacks() {
            say.missing(coding.node, lacking).with("element", element);
        } else if !coding.is(system) {
            say.at_or_missing(coding.system, coding.node, "system").with("element", element);
        }
    }
}

pub(super) fn abated_but_active(condition: &Condition<'_>, say: &mut Say<'_>) {
    let ended = condition.has_status(&["resolved", "remission", "inactive"]);
    if let Some(abatement) = condition.abatement().filter(|_| !ended) {
        say.found(abatement);
    }
}

pub(super) fn ended_without_date(condition: &Condition<'_>, say: &mut Say<'_>) {
    if condition.has_status(&["resolved", "remission"]) && condition.abatement().is_none() {
        say.missing(condition.members.node, "abatementDateTime");
    }
}

pub(super) fn abatement_type(condition: &Condition<'_>, say: &mut Say<'_>) {
    let other = |key: &[u8]| key.starts_with(b"abatement") && key != b"abatementDateTime";
    for member in condition.members.node.items().filter(|m| m.key_bytes().is_some_and(other)) {
        say.at(member);
    }
}

pub(super) fn abatement_order(condition: &Condition<'_>, say: &mut Say<'_>) {
    let onset = text(condition.members.onset).and_then(Moment::parse);
    let end = text(condition.members.abatement).and_then(Moment::parse);
    if let (Some(onset), Some(end), Some(node)) = (onset, end, condition.members.abatement)
        && end.last < onset.first
    {
        say.found(node);
    }
}

pub(super) fn verification(condition: &Condition<'_>, say: &mut Say<'_>) {
    if condition.members.verification_status.is_none() {
        say.missing(condition.members.node, "verificationStatus");
    }
}

pub(super) fn not_confirmed(condition: &Condition<'_>, say: &mut Say<'_>) {
    for coding in codings(condition.members.verification_status) {
        if let Some(code) = coding.code.filter(|c| c.as_str() != Some("confirmed")) {
            say.found(code);
        }
    }
}

pub(super) fn category(condition: &Condition<'_>, say: &mut Say<'_>) {
    if items(condition.members.category).count() != 1 {
        say.at_or_missing(condition.members.category, condition.members.node, "category");
    }
}

pub(super) fn category_code(condition: &Condition<'_>, say: &mut Say<'_>) {
    for category in items(condition.members.category) {
        if !codings(Some(category)).any(|c| text(c.code) == Some("encounter-diagnosis")) {
            say.at(category);
        }
    }
}

pub(super) fn encounter_profile(condition: &Condition<'_>, say: &mut Say<'_>) {
    if !resource::has_encounter(condition.resource) {
        say.missing(condition.members.node, "contained");
    }
}

pub(super) fn department(condition: &Condition<'_>, say: &mut Say<'_>) {
    if !resource::has_department(condition.resource) {
        say.missing(condition.members.node, "extension");
    }
}

pub(super) fn encounter(condition: &Condition<'_>, say: &mut Say<'_>) {
    if condition.members.encounter.is_none() {
        say.missing(condition.members.node, "encounter");
    }
}
