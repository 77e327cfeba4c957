//! Where an extension may stand, as its definition says.

use super::{Engine, Scope};
use crate::fhirpath::{Item, Model};
use crate::issues::fhir;
use crate::json::Node;
use std::rc::Rc;

/// The nodes that an expression selects in a resource; `None` where it cannot be evaluated.
pub(super) type Selected = Option<Rc<[u32]>>;

impl<'r, 't> Engine<'r, 't> {
    /// Whether the definition allows the extension where it stands.
    pub(super) fn placed(&mut self, definition: usize, node: Node<'t>, scope: Scope<'t>) {
        let definitions = self.definitions;
        let Some(structure) = definitions.structures.get(definition).filter(|s| !s.contexts.is_empty()) else {
            return;
        };
        // extension[i] → extension → the element that has it.
        let Some(holder) = node.parent().filter(|p| p.is_array()).and_then(Node::parent) else {
            return;
        };
        let mut fits = false;
        for (number, (kind, on)) in structure.contexts.iter().enumerate() {
            fits |= match &**kind {
                "element" => self.is_element(holder, on),
                "extension" => is_extension(holder, on),
                "fhirpath" => self.is_selected(holder, (definition, number), on, scope),
                _ => true,
            };
            if fits {
                return;
            }
        }
        self.say(&fhir::EXTENSION_PLACE, node, |f| {
            let allowed: Vec<&str> = structure.contexts.iter().map(|(_, on)| &**on).collect();
            f.with("url", &*structure.url).with("allowed", allowed.join(", "));
        });
    }

    /// Whether an element is what a context names: a type, also one that it specialises, or a path in the definition of one.
    fn is_element(&self, holder: Node<'t>, on: &str) -> bool {
        // An element of a profile is `url#id`: that the element is one of that profile is not asked.
        let on = on.split_once('#').map_or(on, |(_, id)| id);
        let Some((path, kind)) = self.place_of(holder, 64).filter(|_| on != "Element") else {
            return true;
        };
        let plain = on.strip_suffix("[x]").unwrap_or(on);
        path.is_some_and(|path| path == plain) || self.specialises(kind, on)
    }

    fn specialises(&self, kind: &str, on: &str) -> bool {
        let mut kind = Some(kind);
        // The chain ends with Element or Resource, which have no base.
        for _ in 0..8 {
            match kind {
                Some(name) if name == on => return true,
                Some(name) => kind = self.definitions.base(name),
                None => return false,
            }
        }
        false
    }

    fn is_selected(&mut self, holder: Node<'t>, context: (usize, usize), on: &str, scope: Scope<'t>) -> bool {
        let key = (context, scope.resource.id());
        let known = self.selected.get(&key).cloned();
        let selected = known.unwrap_or_else(|| {
            let found: Selected = self.select(on, scope).map(Into::into);
            self.selected.insert(key, found.clone());
            found
        });
        selected.is_none_or(|nodes| nodes.contains(&holder.id()))
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

/// Whether an element is the extension of that URL, or for `url#part` that part of it.
fn is_extension(holder: Node<'_>, on: &str) -> bool {
    let url_of = |node: Node<'_>, wanted: &str| {
        let wanted = wanted.split('|').next().unwrap_or(wanted);
        node.get("url").and_then(Node::as_str) == Some(wanted)
    };
    match on.split_once('#') {
        None => url_of(holder, on),
        Some((outer, part)) => {
            url_of(holder, part) && holder.parent().and_then(Node::parent).is_some_and(|h| url_of(h, outer))
        }
    }
}

/// Both halves of each element among the items: a primitive's value and the `_name` beside it.
pub(super) fn nodes(items: &[Item<'_>]) -> Vec<u32> {
    let elements = items.iter().filter_map(|item| match item {
        Item::Element(element) => Some(element),
        _ => None,
    });
    elements.flat_map(|e| [e.value(), e.twin()]).flatten().map(Node::id).collect()
}
