//! Extensions: known, in the right place, and as their definition demands.

use super::{Engine, Item, Scope, strict_shorten};
use crate::definitions::{El, Guess, Structure, Value};
use crate::issues::fhir;
use crate::json::Node;

impl<'t> Engine<'_, 't> {
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
        let found = self.definitions.structure(url, scope.package);
        let structure = found.and_then(|at| self.definitions.structures.get(at));
        let (Some(at), Some(structure)) = (found, structure.filter(|s| &*s.type_name == "Extension")) else {
            if !self.definitions.has_packages() {
                return;
            }
            return self.unknown(url, node.get("url").unwrap_or(node));
        };
        self.placed(structure, node);
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
        // Of parts within parts the outermost definition would have to be asked; base R4 and the packages have none.
        let Some(definition) =
            self.definitions.structure(outer, scope.package).and_then(|at| self.definitions.root(at))
        else {
            return;
        };
        let Some(parts) = definition.children().find(|c| &*c.element.name == "extension") else {
            return;
        };
        let named = |part: El<'_>| {
            let fixed = part.children().find(|c| &*c.element.name == "url").and_then(|c| c.element.fixed.clone());
            matches!(fixed, Some(Value::String(name)) if *name == *url)
        };
        if !parts.element.slices.is_empty() && !parts.slices().any(named) {
            self.say(&fhir::EXTENSION_PART, node.get("url").unwrap_or(node), |f| {
                f.with("url", strict_shorten(url)).with("outer", strict_shorten(outer));
            });
        }
    }

    /// Whether the definition allows the extension where it stands. Only contexts that name elements can be judged.
    fn placed(&mut self, structure: &Structure, node: Node<'t>) {
        let contexts = &structure.contexts;
        if contexts.is_empty() || contexts.iter().any(|(kind, on)| &**kind != "element" || &**on == "Element") {
            return;
        }
        // extension[i] → extension → the element that has it.
        let Some(holder) = node.parent().filter(|p| p.is_array()).and_then(Node::parent) else {
            return;
        };
        let Some((path, kind)) = self.place_of(holder, 64).filter(|(_, kind)| *kind != "Extension") else {
            return;
        };
        let is_resource = holder.get("resourceType").is_some();
        let fits = |on: &str| {
            let plain = on.strip_suffix("[x]").unwrap_or(on);
            on == kind
                || path.is_some_and(|path| path == plain)
                || (is_resource && matches!(on, "Resource" | "DomainResource"))
        };
        if !contexts.iter().any(|(_, on)| fits(on)) {
            self.say(&fhir::EXTENSION_PLACE, node, |f| {
                let allowed: Vec<&str> = contexts.iter().map(|(_, on)| &**on).collect();
                f.with("url", &*structure.url).with("allowed", allowed.join(", "));
            });
        }
    }

    /// The path of an element in the definition that has it (`Coding.system`), none for a resource, and its type.
    fn place_of(&self, node: Node<'t>, left: u8) -> Option<(Option<&str>, &str)> {
        if let Some(name) = node.get("resourceType").and_then(Node::as_str) {
            return Some((None, &self.definitions.type_named(name)?.type_name));
        }
        let Some(key) = node.key() else {
            return self.place_of(node.parent().filter(|p| p.is_array())?, left);
        };
        let (_, of) = self.place_of(node.parent()?, left.checked_sub(1)?)?;
        let (element, kind) = self.definitions.place(of, key.strip_prefix('_').unwrap_or(key))?;
        Some((Some(element.path.strip_suffix("[x]").unwrap_or(&element.path)), kind))
    }
}
