//! Extensions: known, and as their definition demands.

use super::{Engine, Item, Scope, strict_shorten};
use crate::definitions::{El, Guess, Value};
use crate::issues::fhir;
use crate::json::Node;

impl<'r, 't> Engine<'r, 't> {
    pub(super) fn extension(&mut self, node: Node<'t>, scope: Scope<'t>) {
        let Some(url) = node.get("url").and_then(Node::as_str) else {
            return;
        };
        let is_value = |key: &str| {
            let key = key.strip_prefix('_').unwrap_or(key);
            key.strip_prefix("value").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
        };
        let has_value = node.items().any(|m| m.key().is_some_and(is_value));
        let has_nested = node.get("extension").is_some_and(|e| e.is_array());
        if has_value == has_nested {
            self.say(&fhir::EXTENSION_CONTENT, node, |_| {});
        }
        if !super::binding::is_absolute(&url.to_ascii_lowercase()) {
            return self.part(node, url, scope);
        }
        let is_extension =
            |at: &usize| self.definitions.structures.get(*at).is_some_and(|s| &*s.type_name == "Extension");
        let Some(at) = self.definitions.structure(url, scope.package).filter(is_extension) else {
            if !self.definitions.has_packages() {
                return;
            }
            return self.unknown(url, node.get("url").unwrap_or(node));
        };
        self.placed(at, node, scope);
        let item = Item { value: Some(node), sibling: None, kind: "Extension" };
        self.typed(at, item, node, scope);
    }

    fn unknown(&mut self, url: &str, node: Node<'t>) {
        let (definition, hint) = match self.guess(url, "Extension") {
            Guess::Misspelt(near) => (&fhir::EXTENSION_MISSPELT, Some(("near", near))),
            Guess::Package(package) => (&fhir::EXTENSION_NOT_INSTALLED, Some(("package", package.to_owned()))),
            Guess::Nothing => (&fhir::EXTENSION_UNKNOWN, None),
        };
        self.say(definition, node, |f| {
            f.with("url", strict_shorten(url));
            f.parameters.extend(hint);
        });
    }

    /// A relative URL is the name of a part of the extension around it, whose definition must know it.
    fn part(&mut self, node: Node<'t>, url: &str, scope: Scope<'t>) {
        let holder =
            node.parent().and_then(Node::parent).filter(|h| h.parent().and_then(Node::key) == Some("extension"));
        let Some(outer) = holder.and_then(|h| h.get("url")).and_then(Node::as_str) else {
            return self.say(&fhir::EXTENSION_RELATIVE, node.get("url").unwrap_or(node), |f| {
                f.with("url", strict_shorten(url));
            });
        };
        let Some(parts) = holder.and_then(|h| self.defined(h, scope, 16)).and_then(extension_of) else {
            return;
        };
        if !parts.element.slices.is_empty() && !parts.slices().any(|part| is_named(part, url)) {
            self.say(&fhir::EXTENSION_PART, node.get("url").unwrap_or(node), |f| {
                f.with("url", strict_shorten(url)).with("outer", strict_shorten(outer));
            });
        }
    }

    /// What defines an extension: the definition of its URL, or, for a part, the part of that name in what defines the extension
    /// around it.
    fn defined(&self, node: Node<'t>, scope: Scope<'t>, left: u8) -> Option<El<'r>> {
        let url = node.get("url").and_then(Node::as_str)?;
        if super::binding::is_absolute(&url.to_ascii_lowercase()) {
            return self.definitions.structure(url, scope.package).and_then(|at| self.definitions.root(at));
        }
        let outer = self.defined(node.parent()?.parent()?, scope, left.checked_sub(1)?)?;
        extension_of(outer)?.slices().find(|part| is_named(*part, url))
    }
}

/// The element `extension` of an extension or of one of its parts.
fn extension_of(el: El<'_>) -> Option<El<'_>> {
    el.children().find(|c| &*c.element.name == "extension")
}

/// Whether a part has this name.
fn is_named(part: El<'_>, url: &str) -> bool {
    let fixed = part.children().find(|c| &*c.element.name == "url").and_then(|c| c.element.fixed.as_ref());
    matches!(fixed, Some(Value::String(name)) if **name == *url)
}
