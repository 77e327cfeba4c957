//! References: that they resolve, and that they point to what they may.

use super::{Engine, Scope, strict_shorten};
use crate::definitions::{El, TypeRef};
use crate::issues::fhir;
use crate::json::Node;

impl<'r, 't> Engine<'r, 't> {
    /// What a Reference (or its text) points to, inside this input.
    pub(super) fn resolve(&self, node: Node<'t>, scope: Scope<'t>) -> Option<Node<'t>> {
        let reference = node.as_str().or_else(|| node.get("reference")?.as_str())?;
        self.target_of(reference, scope)
    }

    /// A contained resource, or an entry of the Bundle.
    fn target_of(&self, reference: &str, scope: Scope<'t>) -> Option<Node<'t>> {
        match reference.strip_prefix('#') {
            None => self.entries.as_ref()?.find(reference),
            Some("") => Some(scope.container),
            Some(id) => self.contained.find(scope.container, id),
        }
    }

    /// A Reference by base R4: it resolves, and its target is of a type that the element allows.
    pub(super) fn reference(&mut self, el: El<'r>, node: Node<'t>, scope: Scope<'t>) {
        let allowed = el.element.types.iter().find(|t| &*t.code == "Reference");
        let member = node.get("reference");
        let named = node.get("type").and_then(Node::as_str);
        if let (Some(allowed), Some(named)) = (allowed, named)
            && !self.allows(allowed, named)
            && (member.is_some() || self.definitions.is_resource_type(named))
        {
            self.wrong_type(node.get("type").unwrap_or(node), named, allowed);
        }
        let (Some(member), Some(reference)) = (member, member.and_then(Node::as_str)) else {
            return;
        };
        let Some(target) = self.target_of(reference, scope) else {
            self.unresolved(member, reference);
            if let (Some(kind), Some(allowed)) = (kind_of(reference), allowed)
                && self.definitions.is_resource_type(kind)
                && !self.allows(allowed, kind)
            {
                self.wrong_type(member, kind, allowed);
            }
            return;
        };
        let Some(kind) = target.get("resourceType").and_then(Node::as_str) else {
            return;
        };
        if let Some(named) = named.filter(|named| *named != kind) {
            self.say(&fhir::REFERENCE_TYPE_NAME, node.get("type").unwrap_or(node), |f| {
                f.with("found", strict_shorten(named)).with("expected", strict_shorten(kind));
            });
        }
        if let Some(allowed) = allowed.filter(|allowed| !self.allows(allowed, kind)) {
            self.wrong_type(member, kind, allowed);
        }
    }

    fn unresolved(&mut self, node: Node<'t>, reference: &str) {
        let definition = if reference.starts_with('#') {
            &fhir::REFERENCE_CONTAINED
        } else {
            match &self.entries {
                None => return,
                Some(entries) if entries.is_document || reference.starts_with("urn:") => &fhir::REFERENCE_MISSING,
                Some(_) => &fhir::REFERENCE_OUTSIDE,
            }
        };
        self.say_found(definition, node, |_| {});
    }

    fn wrong_type(&mut self, node: Node<'t>, found: &str, allowed: &TypeRef) {
        self.say(&fhir::REFERENCE_TYPE, node, |f| {
            f.with("found", strict_shorten(found)).with("allowed", names(allowed));
        });
    }

    /// Whether the element may refer to resources of a type.
    fn allows(&self, allowed: &TypeRef, kind: &str) -> bool {
        allowed.targets.is_empty()
            || allowed.targets.iter().any(|target| {
                let structure = target.to.and_then(|to| self.definitions.structures.get(to));
                structure
                    .is_none_or(|s| *s.type_name == *kind || matches!(&*s.type_name, "Resource" | "DomainResource"))
            })
    }

    /// A Reference by a profile: the target is of a type, and conforms to a profile, that it asks for.
    pub(super) fn target(&mut self, allowed: &'r TypeRef, node: Node<'t>, scope: Scope<'t>) {
        let reference = node.get("reference");
        let Some(target) = self.resolve(node, scope) else {
            let kind = reference.and_then(Node::as_str).and_then(kind_of);
            if let Some(kind) = kind.filter(|k| self.definitions.is_resource_type(k) && !self.allows(allowed, k)) {
                self.wrong_type(reference.unwrap_or(node), kind, allowed);
            }
            return;
        };
        let Some(kind) = target.get("resourceType").and_then(Node::as_str) else {
            return;
        };
        let at = reference.unwrap_or(node);
        if !self.allows(allowed, kind) {
            return self.wrong_type(at, kind, allowed);
        }
        let is_contained = reference.and_then(Node::as_str).is_some_and(|r| r.starts_with('#'));
        let container = if is_contained { scope.container } else { target };
        let inner = Scope { resource: target, container, ..scope };
        let mut asked = false;
        for profile in allowed.targets.iter().filter_map(|t| t.to) {
            let Some(structure) = self.definitions.structures.get(profile).filter(|s| *s.type_name == *kind) else {
                continue;
            };
            asked = true;
            if !structure.profile || self.claims(target, profile) || self.conforms(target, profile, inner) {
                return;
            }
        }
        if asked {
            self.say_found(&fhir::REFERENCE_PROFILE, at, |f| {
                f.with("allowed", names(allowed));
            });
        }
    }
}

fn names(allowed: &TypeRef) -> String {
    let short = |url: &str| url.strip_prefix("http://hl7.org/fhir/StructureDefinition/").unwrap_or(url).to_owned();
    allowed.targets.iter().map(|t| short(&t.url)).collect::<Vec<_>>().join(", ")
}

/// The resource type that a reference such as `Patient/1` names.
fn kind_of(reference: &str) -> Option<&str> {
    let plain = reference.split_once("/_history/").map_or(reference, |(plain, _)| plain);
    let (before, id) = plain.rsplit_once('/')?;
    let kind = before.rsplit('/').next()?;
    let is_kind = kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.bytes().all(|b| b.is_ascii_alphabetic());
    (is_kind && super::primitive::is_id(id)).then_some(kind)
}
