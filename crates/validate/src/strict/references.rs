//! References and contained resources.

use super::Say;
use super::view::{Resource, text};
use crate::json::Node;
use std::collections::HashSet;

/// The member that refers to the patient.
fn subject<'t>(resource: &Resource<'t>) -> Option<(&'static str, Option<Node<'t>>)> {
    let name = match resource.kind {
        "AllergyIntolerance" => "patient",
        "Condition" | "Observation" | "MedicationRequest" => "subject",
        _ => return None,
    };
    Some((name, resource.node.get(name)))
}

pub(super) fn patient(resource: &Resource<'_>, say: &mut Say<'_>) {
    let Some((name, subject)) = subject(resource) else {
        return;
    };
    let reference = subject.and_then(|s| s.get("reference"));
    let right = match (resource.case.clins, resource.case.patient_url) {
        (false, _) => subject.is_some(),
        (true, url) => reference.is_some() && text(reference) == url,
    };
    if !right {
        say.at_or_missing(reference, resource.node, name).with("element", name);
    }
}

/// A resource that holds others whole: their references are judged with them.
fn holds_resources(resource: &Resource<'_>) -> bool {
    matches!(resource.kind, "Bundle" | "Parameters")
}

pub(super) fn outward(resource: &Resource<'_>, say: &mut Say<'_>) {
    if holds_resources(resource) {
        return;
    }
    // The reference to the patient has a rule of its own.
    let subject = subject(resource).and_then(|(_, node)| node?.get("reference")).map(Node::id);
    for node in resource.references().filter(|n| Some(n.id()) != subject) {
        let inward = node.as_str().is_some_and(|r| r.starts_with('#') || Some(r) == resource.case.patient_url);
        if !inward {
            say.found(node);
        }
    }
}

/// The ids of the contained resources; a set only where there are many.
enum Ids<'a, 't> {
    Few(&'a Resource<'t>),
    Many(HashSet<&'t str>),
}

impl<'a, 't> Ids<'a, 't> {
    fn of(resource: &'a Resource<'t>) -> Self {
        if !resource.contains_many() {
            return Self::Few(resource);
        }
        Self::Many(resource.contained().filter_map(|c| text(c.id)).collect())
    }

    fn has(&self, id: &str) -> bool {
        match self {
            Self::Few(resource) => resource.contained().any(|c| text(c.id) == Some(id)),
            Self::Many(ids) => ids.contains(id),
        }
    }
}

pub(super) fn dangling(resource: &Resource<'_>, say: &mut Say<'_>) {
    if holds_resources(resource) {
        return;
    }
    let ids = Ids::of(resource);
    for node in resource.references() {
        // `#` alone is the resource around.
        let target = node.as_str().and_then(|r| r.strip_prefix('#')).filter(|id| !id.is_empty());
        if target.is_some_and(|id| !ids.has(id)) {
            say.found(node);
        }
    }
}

pub(super) fn unused(resource: &Resource<'_>, say: &mut Say<'_>) {
    if resource.common.contained.is_none() {
        return;
    }
    let few = !resource.contains_many();
    // Every string counts, so that canonicals (`instantiatesCanonical: "#x"`) are uses too.
    let many: HashSet<&str> = if few { HashSet::new() } else { local_targets(resource).collect() };
    for contained in resource.contained() {
        let Some(id) = text(contained.id) else {
            continue;
        };
        let used = if few {
            let mut targets = resource.references().filter_map(Node::as_str).filter_map(|r| r.strip_prefix('#'));
            targets.any(|target| target == id) || local_targets(resource).any(|target| target == id)
        } else {
            many.contains(id)
        };
        // A contained resource may also refer to the one around it.
        let refers_back = || resource.references_in(contained.node).any(|r| r.as_str() == Some("#"));
        if !used && !refers_back() {
            say.at(contained.node);
        }
    }
}

/// What the strings inside the resource that begin with `#` name.
fn local_targets<'t>(resource: &Resource<'t>) -> impl Iterator<Item = &'t str> + use<'t> {
    let (tree, node) = (resource.case.tree, resource.node);
    let inside = (node.id() + 1..).map_while(move |id| tree.node(id).filter(|&n| node.contains(n)));
    inside.filter_map(Node::as_str).filter_map(|s| s.strip_prefix('#'))
}

pub(super) fn contained_id(resource: &Resource<'_>, say: &mut Say<'_>) {
    let mut seen: HashSet<&str> = HashSet::new();
    let few = !resource.contains_many();
    for (index, contained) in resource.contained().enumerate() {
        let id = text(contained.id);
        let repeated = match id {
            Some(id) if few => resource.contained().take(index).any(|c| text(c.id) == Some(id)),
            Some(id) => !seen.insert(id),
            None => true,
        };
        if repeated {
            say.at_or_missing(contained.id, contained.node, "id");
        } else if text(contained.kind).is_none_or(str::is_empty) {
            say.missing(contained.node, "resourceType");
        }
    }
}

pub(super) fn nested(resource: &Resource<'_>, say: &mut Say<'_>) {
    for contained in resource.contained() {
        let inner = contained.contained.map(|node| ("contained", node));
        let of_meta = |name| contained.meta.and_then(|m| m.get(name)).map(|node| (name, node));
        for (name, node) in [inner, of_meta("versionId"), of_meta("lastUpdated")].into_iter().flatten() {
            say.at(node).with("element", name);
        }
    }
}
