//! Base R4: names, arrays, types, cardinalities, bindings and invariants of every value.

use super::{Engine, Item, MOST_DEPTH, Scope, strict_shorten};
use crate::definitions::{COMPLEX, El, MANY, PRIMITIVE, Primitive, RESOURCE, Special, Structure, TypeRef};
use crate::issues::fhir;
use crate::json::{Kind, Node};

impl<'r, 't> Engine<'r, 't> {
    /// The members of an object, by the children of `of`.
    pub(super) fn members(&mut self, of: El<'r>, type_name: &str, object: Node<'t>, scope: Scope<'t>) {
        let mut seen: u128 = 0;
        let mut next = 0;
        for member in object.items() {
            let Some(key) = member.key() else {
                continue;
            };
            if key == "resourceType" && of.structure.kind == RESOURCE && &*of.element.path == type_name {
                continue;
            }
            let (name, is_sibling) = key.strip_prefix('_').map_or((key, false), |name| (name, true));
            let Some((index, child, kind)) = child_named(of, name, next) else {
                self.say(&fhir::UNKNOWN_ELEMENT, member, |f| {
                    f.with("type", type_name).with("element", strict_shorten(key));
                });
                continue;
            };
            next = index;
            let kind = self.kind(kind);
            if is_sibling && !kind.is(PRIMITIVE) {
                self.say(&fhir::UNKNOWN_ELEMENT, member, |f| {
                    f.with("type", type_name).with("element", strict_shorten(key));
                });
                continue;
            }
            let bit = 1u128.checked_shl(index).unwrap_or_default();
            let again = seen & bit != 0;
            if is_sibling && (again || object.get(name).is_some()) {
                // Judged with the value that it belongs to.
                continue;
            }
            seen |= bit;
            if again {
                // A choice made twice, or a name that stands there twice: the reader of the JSON says the latter.
                if child.element.choice {
                    self.too_many(child, object, 2);
                }
                continue;
            }
            if is_sibling {
                self.member(child, kind, None, Some(member), object, scope);
                continue;
            }
            let sibling = if kind.is(PRIMITIVE) { object.twin(name) } else { None };
            if of.is_resource() && sibling.is_none() && !kind.is(RESOURCE) {
                self.once(child, member, scope, |engine| engine.member(child, kind, Some(member), None, object, scope));
            } else {
                self.member(child, kind, Some(member), sibling, object, scope);
            }
        }
        let missing = of.element.required & !seen;
        if missing != 0 {
            let is_missing = |index: u32| 1u128.checked_shl(index).is_some_and(|bit| missing & bit != 0);
            for (_, child) in (0u32..).zip(of.children()).filter(|(index, _)| is_missing(*index)) {
                self.too_few(child, object, 0);
            }
        }
    }

    pub(super) fn too_few(&mut self, el: El<'_>, object: Node<'_>, count: usize) {
        self.say_below(&fhir::TOO_FEW, object, &el.element.json_name(), |f| {
            f.with("minimum", el.element.min.to_string()).with("count", count.to_string());
            f.with("profile", Self::name_of(el.structure));
        });
    }

    pub(super) fn too_many(&mut self, el: El<'_>, object: Node<'_>, count: usize) {
        self.say_below(&fhir::TOO_MANY, object, &el.element.json_name(), |f| {
            f.with("maximum", el.element.max.to_string()).with("count", count.to_string());
            f.with("profile", Self::name_of(el.structure));
        });
    }

    fn kind(&self, of: Option<&'r TypeRef>) -> Type<'r> {
        let structure = of.and_then(|of| of.structure).and_then(|at| self.definitions.structures.get(at));
        Type { name: of.map_or("", |of| &of.code), structure }
    }

    /// A member and the `_name` beside it: one value, or an array of them.
    fn member(
        &mut self,
        el: El<'r>,
        kind: Type<'r>,
        value: Option<Node<'t>>,
        sibling: Option<Node<'t>>,
        object: Node<'t>,
        scope: Scope<'t>,
    ) {
        let name = || el.element.json_name();
        if el.element.repeats {
            for node in [value, sibling].into_iter().flatten().filter(|n| !n.is_array()) {
                self.say(&fhir::NOT_AN_ARRAY, node, |f| {
                    f.with("element", name());
                });
            }
            let mut count = 0;
            for (value, sibling) in pairs(value, sibling) {
                count += 1;
                self.value(el, kind, value, sibling, scope);
            }
            if let Some(empty) = value.filter(|v| v.is_array() && v.is_empty()) {
                self.say(&fhir::EMPTY, empty, |_| {});
            }
            if el.element.max != MANY && count > el.element.max as usize {
                self.too_many(el, object, count);
            } else if count < el.element.min as usize {
                self.too_few(el, object, count);
            }
            return;
        }
        for node in [value, sibling].into_iter().flatten().filter(|n| n.is_array()) {
            self.say(&fhir::IS_AN_ARRAY, node, |f| {
                f.with("element", name());
            });
        }
        let single = |node: Option<Node<'t>>| node.filter(|n| !n.is_array());
        let (value, sibling) = (single(value), single(sibling));
        if value.is_some() || sibling.is_some() {
            self.value(el, kind, value, sibling, scope);
        }
        if el.element.max == 0 {
            self.too_many(el, object, 1);
        }
    }

    /// One value: its type, what the type demands, and what the element demands.
    fn value(
        &mut self,
        el: El<'r>,
        kind: Type<'r>,
        value: Option<Node<'t>>,
        sibling: Option<Node<'t>>,
        scope: Scope<'t>,
    ) {
        let is_there = |node: &Node<'t>| node.kind() != Kind::Null;
        if let Some(sibling) = sibling.filter(is_there) {
            self.sibling(sibling, scope);
        }
        let Some(node) = value.filter(is_there) else {
            if sibling.is_none_or(|s| s.kind() == Kind::Null)
                && let Some(node) = value.or(sibling)
            {
                self.say(&fhir::EMPTY, node, |_| {});
            }
            return;
        };
        let Type { name, structure } = kind;
        let is_backbone = !el.element.children.is_empty() || el.element.content_at.is_some();
        match structure.map(|s| s.kind) {
            _ if is_backbone => {
                let children = el.element.content_at.and_then(|at| el.structure.element(at)).unwrap_or(el.element);
                let of = El { structure: el.structure, element: children };
                if self.is_object(node, name) {
                    self.deeper(node, |engine| engine.members(of, &children.path, node, scope));
                }
            }
            Some(PRIMITIVE) => self.primitive(node, name, structure.map_or(Primitive::String, |s| s.primitive)),
            Some(RESOURCE) => return self.nested(el, node, scope),
            Some(COMPLEX) | None | Some(_) => {
                let Some(structure) = structure else {
                    return;
                };
                if self.is_object(node, name) {
                    self.complex(structure, el, node, scope);
                }
            }
        }
        if let Some(binding) = &el.element.binding {
            self.bound(binding, node, name, scope);
        }
        self.invariants(el, node, scope);
    }

    /// A value of a data type.
    fn complex(&mut self, structure: &'r Structure, el: El<'r>, node: Node<'t>, scope: Scope<'t>) {
        let Some(root) = structure.elements.first() else {
            return;
        };
        let of = El { structure, element: root };
        self.deeper(node, |engine| engine.members(of, &structure.type_name, node, scope));
        self.invariants(of, node, scope);
        // Simple quantities are a profile even in base R4.
        let profiles = el.element.type_named(&structure.type_name).map_or(&[][..], |t| &t.profiles);
        for profile in profiles.iter().filter_map(|p| p.to) {
            let item = Item { value: Some(node), sibling: None, kind: &structure.type_name };
            self.typed(profile, item, node, scope);
        }
        match structure.special {
            Some(Special::Extension) => self.extension(node, scope),
            Some(Special::Reference) => self.reference(el, node, scope),
            Some(Special::Coding) => self.coding(node, scope),
            Some(Special::Quantity) => self.quantity(node),
            Some(Special::Identifier) => self.identifier(node),
            None => {}
        }
    }

    fn is_object(&mut self, node: Node<'t>, kind: &str) -> bool {
        if !node.is_object() {
            self.say_found(&fhir::WRONG_JSON_TYPE, node, |f| {
                f.with("type", kind).with("expected", "object { }");
            });
            return false;
        }
        if node.is_empty() {
            self.say(&fhir::EMPTY, node, |_| {});
            return false;
        }
        true
    }

    /// The `_name` of a primitive: an id and extensions.
    fn sibling(&mut self, node: Node<'t>, scope: Scope<'t>) {
        if !self.is_object(node, "Element") {
            return;
        }
        if let Some(element) = self.definitions.type_root("Element") {
            self.members(element, "Element", node, scope);
        }
    }

    /// A resource in a resource.
    fn nested(&mut self, el: El<'r>, node: Node<'t>, scope: Scope<'t>) {
        if !self.is_object(node, "Resource") {
            return;
        }
        if &*el.element.name == "contained" {
            let scope = Scope { resource: node, ..scope };
            self.deeper(node, |engine| engine.contained_resource(node, scope));
        } else {
            let scope = Scope { resource: node, container: node, ..scope };
            self.deeper(node, |engine| engine.resource(node, scope));
        }
    }

    /// What stands deeper than any FHIR data is said to be unchecked.
    fn deeper(&mut self, node: Node<'t>, check: impl FnOnce(&mut Self)) {
        if self.depth >= MOST_DEPTH {
            return self.say(&fhir::TOO_DEEP, node, |f| {
                f.with("limit", MOST_DEPTH.to_string());
            });
        }
        self.depth += 1;
        check(self);
        self.depth -= 1;
    }
}

/// The type of a value, as far as it is known.
#[derive(Clone, Copy)]
struct Type<'r> {
    name: &'r str,
    structure: Option<&'r Structure>,
}

impl Type<'_> {
    fn is(self, kind: u8) -> bool {
        self.structure.is_some_and(|structure| structure.kind == kind)
    }
}

/// The child that a JSON name means, its position, and the type that the name or the element gives. Members mostly stand in the order
/// of the definition: the search begins at the position of the one before.
fn child_named<'r>(of: El<'r>, name: &str, from: u32) -> Option<(u32, El<'r>, Option<&'r TypeRef>)> {
    let first = name.as_bytes().first();
    let means = |(index, at): (u32, &u32)| {
        let child = El { structure: of.structure, element: of.structure.element(*at)? };
        if child.element.name.as_bytes().first() != first {
            return None;
        }
        let suffix = name.strip_prefix(&*child.element.name)?;
        if child.element.choice {
            let kind = child.element.types.iter().find(|t| is_capitalised(&t.code, suffix))?;
            return Some((index, child, Some(kind)));
        }
        suffix.is_empty().then(|| (index, child, child.element.types.first()))
    };
    let (before, after) = of.element.children.split_at_checked(from as usize)?;
    (from..).zip(after).find_map(means).or_else(|| (0u32..).zip(before).find_map(means))
}

/// `Period` for `Period`, `DateTime` for `dateTime`.
pub(super) fn is_capitalised(code: &str, suffix: &str) -> bool {
    match (code.as_bytes(), suffix.as_bytes()) {
        ([a, rest @ ..], [b, other @ ..]) => a.to_ascii_uppercase() == *b && rest == other,
        _ => false,
    }
}

/// The items of an array and of the `_name` array beside it, one by one; single values where they should be arrays.
pub(super) fn pairs<'t>(
    value: Option<Node<'t>>,
    sibling: Option<Node<'t>>,
) -> impl Iterator<Item = (Option<Node<'t>>, Option<Node<'t>>)> {
    let items = |node: Option<Node<'t>>| {
        let single = node.filter(|n| !n.is_array());
        node.filter(|n| n.is_array()).into_iter().flat_map(Node::items).chain(single)
    };
    let (mut values, mut siblings) = (items(value), items(sibling));
    std::iter::from_fn(move || {
        let pair = (values.next(), siblings.next());
        (pair.0.is_some() || pair.1.is_some()).then_some(pair)
    })
}
