//! What is alike in every kind of entry: identifier, flags, dates, the contained Encounter, extensions.

use super::view::{Coding, Identifier, Resource, claims, items, text};
use super::{Say, urls};
use crate::json::Node;

pub(super) fn resource_identifier(resource: &Resource<'_>, say: &mut Say<'_>) {
    if !matches!(resource.kind, "Condition" | "AllergyIntolerance" | "Observation") {
        return;
    }
    let identifiers = || items(resource.common.identifier).map(Identifier::of);
    let count = identifiers().filter(|i| text(i.system) == Some(urls::RESOURCE_ID) && i.value.is_some()).count();
    if count != 1 {
        say.at_or_missing(resource.common.identifier, resource.node, "identifier");
    }
}

/// The flags of `meta.tag`: LTS, UNINFORMED, UNDELIVERED.
fn flags<'t>(resource: &Resource<'t>) -> impl Iterator<Item = Coding<'t>> + use<'t> {
    let tags = items(resource.common.meta.and_then(|m| m.get("tag"))).map(Coding::of);
    tags.filter(|tag| tag.is(urls::INDICATION_TAG))
}

pub(super) fn has_flag(resource: &Resource<'_>, code: &str) -> bool {
    flags(resource).any(|flag| text(flag.code) == Some(code))
}

pub(super) fn tag_matrix(resource: &Resource<'_>, say: &mut Say<'_>) {
    for flag in flags(resource) {
        let code = text(flag.code).unwrap_or_default();
        let allowed = match resource.kind {
            "Condition" => matches!(code, "LTS" | "UNINFORMED" | "UNDELIVERED"),
            "AllergyIntolerance" | "Observation" => code == "LTS",
            _ => false,
        };
        if !allowed {
            // A code that is no flag may be anything: it is shown as found, not as a parameter.
            let known = ["LTS", "UNINFORMED", "UNDELIVERED"].into_iter().find(|&k| k == code).unwrap_or("?");
            say.at_or_missing(flag.code, flag.node, "code").with("type", type_name(resource.kind)).with("code", known);
        }
    }
}

/// The type if FHIR may know it: parameters hold no foreign text.
pub(super) fn type_name(kind: &str) -> &str {
    if kind.len() <= 40 && kind.bytes().all(|b| b.is_ascii_alphabetic()) { kind } else { "?" }
}

pub(super) fn tag_form(resource: &Resource<'_>, say: &mut Say<'_>) {
    for (index, flag) in flags(resource).enumerate() {
        let forbidden = [("id", flag.id), ("version", flag.version), ("userSelected", flag.user_selected)];
        for (name, node) in forbidden.into_iter().filter_map(|(name, node)| Some((name, node?))) {
            say.at(node).with("element", name);
        }
        let code = text(flag.code);
        // Three different flags exist: one of the first few must repeat where there are more.
        if flags(resource).take(index.min(4)).any(|other| text(other.code) == code) {
            say.at(flag.node).with("element", "code");
        }
    }
}

/// Whether something may only lie in the past: what began or was taken, as against what was noted about it.
fn is_event(name: &str) -> bool {
    matches!(name, "onsetDateTime" | "effectiveDateTime")
}

pub(super) fn date_form(resource: &Resource<'_>, say: &mut Say<'_>) {
    for date in resource.dates() {
        // `issued` is an instant.
        if !date.moment.is_some_and(|m| m.has_time || date.name != "issued") {
            say.found(date.node).with("element", date.name);
        }
    }
}

pub(super) fn future(resource: &Resource<'_>, say: &mut Say<'_>) {
    in_future(resource, true, say);
}

pub(super) fn future_other(resource: &Resource<'_>, say: &mut Say<'_>) {
    in_future(resource, false, say);
}

fn in_future(resource: &Resource<'_>, events: bool, say: &mut Say<'_>) {
    let Some(last_day) = resource.case.last_day else {
        return;
    };
    for date in resource.dates().filter(|date| is_event(date.name) == events) {
        if date.moment.is_some_and(|m| m.first > last_day) {
            say.found(date.node).with("element", date.name);
        }
    }
}

pub(super) fn before_birth(resource: &Resource<'_>, say: &mut Say<'_>) {
    let Some(born) = resource.case.born else {
        return;
    };
    for date in resource.dates() {
        if date.moment.is_some_and(|m| m.last < born) {
            say.found(date.node).with("element", date.name);
        }
    }
}

/// Whether the resource contains an Encounter that names one of the two profiles and nothing else.
pub(super) fn has_encounter(resource: &Resource<'_>) -> bool {
    resource.contains_exactly("Encounter", [urls::ENCOUNTER, urls::ENCOUNTER_ECS])
}

pub(super) fn has_department(resource: &Resource<'_>) -> bool {
    resource.extensions(urls::DEPARTMENT_EXTENSION).next().is_some()
}

/// The contained Encounters that claim JP_Encounter_eCS.
fn encounters<'a>(resource: &'a Resource<'_>) -> impl Iterator<Item = Node<'a>> {
    let encounters = resource.contained().filter(|c| text(c.kind) == Some("Encounter"));
    encounters.filter(|c| claims(c.meta, urls::ENCOUNTER_ECS)).map(|c| c.node)
}

pub(super) fn encounter_status(resource: &Resource<'_>, say: &mut Say<'_>) {
    for encounter in encounters(resource) {
        let status = encounter.get("status");
        if text(status) != Some("finished") {
            say.at_or_missing(status, encounter, "status");
        }
    }
}

pub(super) fn encounter_class(resource: &Resource<'_>, say: &mut Say<'_>) {
    for encounter in encounters(resource) {
        let Some(class) = encounter.get("class").map(Coding::of) else {
            say.missing(encounter, "class").with("element", "class");
            continue;
        };
        if let Some(element) = class.lacks() {
            say.missing(class.node, element).with("element", element);
        } else if !class.is(urls::ACT_CODE) {
            say.at_or_missing(class.system, class.node, "system").with("element", "system");
        }
    }
}
