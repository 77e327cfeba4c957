//! JP_Observation_LabResult_eCS: one result. Its codes have a module of their own.

use super::view::{Coding, Few, Quantity, Resource, codings, items, text, view};
use super::{Say, resource, urls};
use crate::json::Node;

view!(Members {
    status = "status",
    category = "category",
    code = "code",
    encounter = "encounter",
    effective = "effectiveDateTime",
    performer = "performer",
    quantity = "valueQuantity",
    concept = "valueCodeableConcept",
    string = "valueString",
    absent_reason = "dataAbsentReason",
    specimen = "specimen",
    reference_range = "referenceRange",
    has_member = "hasMember",
    component = "component",
});

/// A laboratory result and what the rules ask of it.
pub(crate) struct Observation<'t> {
    pub resource: &'t Resource<'t>,
    members: Members<'t>,
    codings: Few<'t, Coding<'t>, 4>,
}

impl<'t> Observation<'t> {
    pub fn of(resource: &'t Resource<'t>) -> Self {
        let members = Members::of(resource.node);
        let codings = Few::of(members.code.and_then(|c| c.get("coding")));
        Self { resource, members, codings }
    }

    pub fn node(&self) -> Node<'t> {
        self.members.node
    }

    pub fn codings(&self) -> impl Iterator<Item = Coding<'t>> {
        self.codings.iter()
    }

    /// `value[x]` of whatever type.
    fn values(&self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        self.members.node.items().filter(|m| m.key_bytes().is_some_and(|k| k.starts_with(b"value")))
    }

    fn ranges(&self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        items(self.members.reference_range)
    }
}

pub(super) fn status(observation: &Observation<'_>, say: &mut Say<'_>) {
    let legal = matches!(
        text(observation.members.status),
        Some(
            "final"
                | "corrected"
                | "preliminary"
                | "registered"
                | "cancelled"
                | "amended"
                | "entered-in-error"
                | "unknown"
        )
    );
    if !legal {
        say.at_or_missing(observation.members.status, observation.members.node, "status");
    }
}

pub(super) fn status_unused(observation: &Observation<'_>, say: &mut Say<'_>) {
    let status = observation.members.status;
    if let (Some(node), Some(code @ ("amended" | "entered-in-error" | "unknown"))) = (status, text(status)) {
        say.at(node).with("code", code);
    }
}

pub(super) fn category(observation: &Observation<'_>, say: &mut Say<'_>) {
    let laboratory = |coding: Coding<'_>| {
        let system = matches!(text(coding.system), Some(urls::LAB_CATEGORY | urls::LAB_CATEGORY_HL7));
        system && text(coding.code) == Some("laboratory")
    };
    let category = observation.members.category;
    let mut all = items(category);
    let one = all.next().filter(|_| all.next().is_none());
    if !one.is_some_and(|c| codings(Some(c)).count() == 1 && codings(Some(c)).all(laboratory)) {
        say.at_or_missing(category, observation.members.node, "category");
    }
}

pub(super) fn code_text(observation: &Observation<'_>, say: &mut Say<'_>) {
    if observation.members.code.and_then(|c| c.get("text")).is_none() {
        say.missing(observation.members.node, "code.text");
    }
}

pub(super) fn effective(observation: &Observation<'_>, say: &mut Say<'_>) {
    if observation.members.effective.is_none() {
        say.missing(observation.members.node, "effectiveDateTime");
    }
}

pub(super) fn encounter_profile(observation: &Observation<'_>, say: &mut Say<'_>) {
    if !resource::has_encounter(observation.resource) {
        say.missing(observation.members.node, "contained");
    }
}

pub(super) fn department(observation: &Observation<'_>, say: &mut Say<'_>) {
    if !resource::has_department(observation.resource) {
        say.missing(observation.members.node, "extension");
    }
}

pub(super) fn encounter(observation: &Observation<'_>, say: &mut Say<'_>) {
    if observation.members.encounter.is_none() {
        say.missing(observation.members.node, "encounter");
    }
}

pub(super) fn performer(observation: &Observation<'_>, say: &mut Say<'_>) {
    if items(observation.members.performer).count() != 1 {
        say.at_or_missing(observation.members.performer, observation.members.node, "performer");
    }
}

pub(super) fn practitioner(observation: &Observation<'_>, say: &mut Say<'_>) {
    if !observation.resource.contains_exactly("Practitioner", [urls::PRACTITIONER, urls::PRACTITIONER_ECS]) {
        say.missing(observation.members.node, "contained");
    }
}

pub(super) fn has_member(observation: &Observation<'_>, say: &mut Say<'_>) {
    if let Some(node) = observation.members.has_member {
        say.at(node);
    }
}

pub(super) fn specimen(observation: &Observation<'_>, say: &mut Say<'_>) {
    let specimen = observation.members.specimen;
    let said = |s: Node<'_>| s.get("reference").is_some() || s.get("display").is_some();
    if !specimen.is_some_and(said) {
        say.at_or_missing(specimen, observation.members.node, "specimen");
    }
}

pub(super) fn value_and_reason(observation: &Observation<'_>, say: &mut Say<'_>) {
    if let Some(reason) = observation.members.absent_reason.filter(|_| observation.values().next().is_some()) {
        say.at(reason);
    }
}

pub(super) fn no_value(observation: &Observation<'_>, say: &mut Say<'_>) {
    let Members { absent_reason, has_member, component, .. } = observation.members;
    // A Quantity without a number is no value.
    let is_value = |v: &Node<'_>| !v.has_key("valueQuantity") || v.get("value").is_some();
    let said = absent_reason.or(has_member).or(component).or_else(|| observation.values().find(is_value));
    if said.is_none() {
        say.missing(observation.members.node, "dataAbsentReason");
    }
}

pub(super) fn reason_text(observation: &Observation<'_>, say: &mut Say<'_>) {
    if let Some(reason) = observation.members.absent_reason.filter(|r| r.get("text").is_none()) {
        say.missing(reason, "text");
    }
}

pub(super) fn value_type(observation: &Observation<'_>, say: &mut Say<'_>) {
    const TYPES: [&str; 10] = [
        "valueQuantity",
        "valueCodeableConcept",
        "valueString",
        "valueBoolean",
        "valueInteger",
        "valueRange",
        "valueRatio",
        "valueDateTime",
        "valueTime",
        "valuePeriod",
    ];
    let name = |node: Node<'_>| TYPES.into_iter().find(|&t| node.has_key(t)).unwrap_or("value[x]");
    let allowed =
        |node: Node<'_>| matches!(node.key_bytes(), Some(b"valueQuantity" | b"valueCodeableConcept" | b"valueString"));
    for (index, value) in observation.values().enumerate() {
        if index > 0 || !allowed(value) {
            say.at(value).with("element", name(value));
        }
    }
}

pub(super) fn quantity_value(observation: &Observation<'_>, say: &mut Say<'_>) {
    let value = observation.members.quantity.and_then(|q| q.get("value"));
    if let Some(node) = value.filter(|v| v.as_number().is_none()) {
        say.found(node);
    }
}

pub(super) fn quantity_system(observation: &Observation<'_>, say: &mut Say<'_>) {
    let bounds = observation.ranges().flat_map(|r| [r.get("low"), r.get("high")]).flatten();
    for quantity in observation.members.quantity.into_iter().chain(bounds).map(Quantity::of) {
        if quantity.code.is_some() && quantity.system.is_none() {
            say.missing(quantity.node, "system");
        }
    }
}

pub(super) fn quantity_unit(observation: &Observation<'_>, say: &mut Say<'_>) {
    let quantity = observation.members.quantity.map(Quantity::of);
    if let Some(quantity) = quantity.filter(|q| q.code.is_some() && q.unit.is_none()) {
        say.missing(quantity.node, "unit");
    }
}

pub(super) fn range_extension(observation: &Observation<'_>, say: &mut Say<'_>) {
    for range in observation.ranges() {
        for element in ["id", "extension", "modifierExtension"] {
            if let Some(node) = range.get(element) {
                say.at(node).with("element", element);
            }
        }
        for bound in [range.get("low"), range.get("high")].into_iter().flatten() {
            if let Some(node) = bound.get("comparator") {
                say.at(node).with("element", "comparator");
            }
        }
    }
}

pub(super) fn range_value(observation: &Observation<'_>, say: &mut Say<'_>) {
    for bound in observation.ranges().flat_map(|r| [r.get("low"), r.get("high")]).flatten() {
        let value = bound.get("value");
        if value.and_then(Node::as_number).is_none() {
            say.at_or_missing(value, bound, "value");
        }
    }
}

pub(super) fn range_low_unit(observation: &Observation<'_>, say: &mut Say<'_>) {
    same_unit(observation, "low", say);
}

pub(super) fn range_high_unit(observation: &Observation<'_>, say: &mut Say<'_>) {
    same_unit(observation, "high", say);
}

/// unit and code of the bound, where it has them, are those of the value.
fn same_unit(observation: &Observation<'_>, bound: &str, say: &mut Say<'_>) {
    let value = observation.members.quantity.map(Quantity::of);
    for bound in observation.ranges().filter_map(|r| r.get(bound)).map(Quantity::of) {
        let pairs = [(bound.unit, value.and_then(|v| v.unit)), (bound.code, value.and_then(|v| v.code))];
        for node in pairs.into_iter().filter_map(|(of_bound, of_value)| {
            of_bound.filter(|b| b.as_str().is_none() || b.as_str() != text(of_value))
        }) {
            say.found(node);
        }
    }
}
