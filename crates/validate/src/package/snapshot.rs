//! A StructureDefinition's snapshot as a tree of elements.

use super::read::Constraints;
use crate::definitions::{
    Binding, COMPLEX, Canonical, Constraint, Definitions, Element, MANY, PRIMITIVE, RESOURCE, Slicing, Structure, Text,
    TypeRef, Value,
};
use crate::json::Node;
use std::collections::HashMap;

/// A structure as its snapshot has it: everything that base R4 says is still in it.
pub(crate) struct Snapshot {
    pub structure: Structure,
}

/// Invariants that the engine checks itself, or (`dom-6`) that are only good practice.
const NATIVE: [&str; 10] = ["dom-2", "dom-3", "dom-4", "dom-5", "dom-6", "ele-1", "ext-1", "ref-1", "txt-1", "txt-2"];

/// `http://hl7.org/fhirpath/System.String` and its kin: the types of ids and of primitives' values.
const SYSTEM_TYPE: &str = "http://hl7.org/fhirpath/System.";

fn text<'t>(node: Node<'t>, name: &str) -> Option<&'t str> {
    node.get(name).and_then(Node::as_str)
}

fn shared(node: Node<'_>, name: &str) -> Text {
    text(node, name).unwrap_or_default().into()
}

fn items<'t>(node: Node<'t>, name: &str) -> impl Iterator<Item = Node<'t>> {
    node.get(name).filter(|n| n.is_array()).into_iter().flat_map(Node::items)
}

/// Reads a StructureDefinition; `None` where it lacks what makes one.
pub(super) fn read(node: Node<'_>, constraints: &mut Constraints) -> Option<Snapshot> {
    let kind = match text(node, "kind")? {
        "primitive-type" => PRIMITIVE,
        "complex-type" => COMPLEX,
        _ => RESOURCE,
    };
    let context = |c| Some((text(c, "type")?.into(), text(c, "expression")?.into()));
    let mut structure = Structure {
        url: text(node, "url")?.into(),
        version: shared(node, "version"),
        type_name: text(node, "type")?.into(),
        base: shared(node, "baseDefinition"),
        kind,
        profile: text(node, "derivation") == Some("constraint"),
        contexts: items(node, "context").filter_map(context).collect(),
        ..Structure::default()
    };
    let mut known: HashMap<&str, u32> = HashMap::new();
    for definition in items(node.get("snapshot")?, "element") {
        let path = text(definition, "path")?;
        let id = text(definition, "id").unwrap_or(path);
        if kind == PRIMITIVE && path.ends_with(".value") && path.matches('.').count() == 1 {
            continue;
        }
        let number = u32::try_from(structure.elements.len()).ok()?;
        let (parent, step) = place(id, &known);
        let mut element = element(definition, path, constraints);
        if let Some((_, slice)) = step.split_once(':') {
            element.slice = Some(slice.into());
        }
        structure.elements.push(element);
        known.insert(id, number);
        let Some(parent) = parent else {
            continue;
        };
        attach(&mut structure, id, step, parent, number, &known);
    }
    structure.elements.first()?;
    Some(Snapshot { structure })
}

/// The element that an id stands in, and the id's last step. Slice names may have dots, so that the longest known id counts.
fn place<'i>(id: &'i str, known: &HashMap<&str, u32>) -> (Option<u32>, &'i str) {
    let dots = id.rmatch_indices('.').map(|(at, _)| at);
    for at in dots {
        let (parent, step) = (id.get(..at).unwrap_or_default(), id.get(at + 1..).unwrap_or_default());
        if let Some(&number) = known.get(parent) {
            return (Some(number), step);
        }
    }
    (None, id)
}

/// Puts an element under its parent, or, if it is a slice, under what it slices.
fn attach(structure: &mut Structure, id: &str, step: &str, parent: u32, number: u32, known: &HashMap<&str, u32>) {
    let sliced = step.split_once(':').and_then(|(_, slice)| {
        // `a/b` is a slice of the slice `a`.
        let outer = slice.rsplit_once('/').map(|(outer, _)| outer);
        let cut = |length: usize| id.get(..id.len().checked_sub(length + 1)?);
        outer
            .and_then(|outer| known.get(cut(slice.len() - outer.len() - 1)?))
            .or_else(|| known.get(cut(slice.len())?))
            .copied()
    });
    let (owner, is_slice) = sliced.map_or((parent, false), |owner| (owner, true));
    if let Some(owner) = structure.elements.get_mut(owner as usize) {
        if is_slice { owner.slices.push(number) } else { owner.children.push(number) }
    }
}

fn element(node: Node<'_>, path: &str, constraints: &mut Constraints) -> Element {
    let last = path.rsplit('.').next().unwrap_or(path);
    let name = last.strip_suffix("[x]").unwrap_or(last);
    let base = node.get("base");
    let limit = |text: Option<&str>| match text {
        None | Some("*") => MANY,
        Some(number) => number.parse().unwrap_or(MANY),
    };
    let max = limit(text(node, "max"));
    let base_max = base.and_then(|b| text(b, "max"));
    let mut element = Element {
        name: name.into(),
        path: base.and_then(|b| text(b, "path")).unwrap_or(path).into(),
        choice: last.ends_with("[x]"),
        min: number(node, "min").unwrap_or(0),
        max,
        repeats: base_max.map_or(max, |m| limit(Some(m))) > 1,
        types: items(node, "type").map(type_ref).collect(),
        max_length: number(node, "maxLength"),
        binding: node.get("binding").and_then(binding),
        content: text(node, "contentReference").map(Text::from),
        slicing: node.get("slicing").map(slicing),
        ..Element::default()
    };
    // The definition says string, but the text of the specification gives it the form of an id.
    if &*element.path == "Resource.id" {
        for kind in &mut element.types {
            kind.code = "id".into();
        }
    }
    for member in node.items() {
        let key = member.key().unwrap_or_default();
        let literal = || Some(Text::from(member.as_str().unwrap_or(member.source())));
        if key.starts_with("fixed") {
            element.fixed = Value::of(member);
        } else if key.starts_with("pattern") {
            element.pattern = Value::of(member);
        } else if key.starts_with("minValue") {
            element.min_value = literal();
        } else if key.starts_with("maxValue") {
            element.max_value = literal();
        }
    }
    for constraint in items(node, "constraint") {
        let (Some(key), Some(expression)) = (text(constraint, "key"), text(constraint, "expression")) else {
            continue;
        };
        if NATIVE.contains(&key) {
            continue;
        }
        let constraint = Constraint {
            key: key.into(),
            error: text(constraint, "severity") != Some("warning"),
            expression: expression.into(),
            human: shared(constraint, "human"),
            ..Constraint::default()
        };
        element.constraints.push(constraints.number(constraint));
    }
    element
}

fn number(node: Node<'_>, name: &str) -> Option<u32> {
    node.get(name)?.as_number()?.parse().ok()
}

fn type_ref(node: Node<'_>) -> TypeRef {
    let canonicals = |name| items(node, name).filter_map(|c| Some(Canonical::new(c.as_str()?))).collect();
    let mut code = text(node, "code").unwrap_or_default();
    if code.starts_with(SYSTEM_TYPE) {
        let named = |e: &Node<'_>| text(*e, "url").is_some_and(|u| u.ends_with("structuredefinition-fhir-type"));
        let extension = items(node, "extension").find(named);
        code = extension.and_then(|e| text(e, "valueUrl").or(text(e, "valueUri"))).unwrap_or("string");
    }
    TypeRef {
        code: code.into(),
        profiles: canonicals("profile"),
        targets: canonicals("targetProfile"),
        structure: None,
    }
}

/// Only bindings that can be broken: required and extensible ones.
fn binding(node: Node<'_>) -> Option<Binding> {
    let required = match text(node, "strength")? {
        "required" => true,
        "extensible" => false,
        _ => return None,
    };
    let is_limit = |e: &Node<'_>| text(*e, "url").is_some_and(|u| u.ends_with("elementdefinition-maxValueSet"));
    let limit = items(node, "extension").find(is_limit);
    let limit = limit.and_then(|e| text(e, "valueCanonical").or(text(e, "valueUri")));
    Some(Binding { required, value_set: Canonical::new(text(node, "valueSet")?), limit: limit.map(Canonical::new) })
}

fn slicing(node: Node<'_>) -> Slicing {
    Slicing {
        closed: text(node, "rules") == Some("closed"),
        ordered: node.get("ordered").is_some_and(|n| n.source() == "true"),
        discriminators: items(node, "discriminator")
            .filter_map(|d| Some((text(d, "type")?.into(), text(d, "path")?.into())))
            .collect(),
    }
}

impl Snapshot {
    /// Drops what base R4 says already, so that the engine walks only what the profile adds.
    pub fn against(mut self, base: &Definitions, constraints: &[Constraint]) -> Structure {
        for element in &mut self.structure.elements {
            subtract(element, base, constraints);
        }
        let mut kept = Vec::new();
        keep(&self.structure.elements, 0, &mut kept);
        let elements = std::mem::take(&mut self.structure.elements);
        self.structure.elements = kept_only(elements, &kept);
        self.structure
    }
}

/// The element of a base type at a path such as `Coding.system`.
fn base_element<'d>(base: &'d Definitions, path: &str) -> Option<&'d Element> {
    let type_name = path.split('.').next()?;
    base.type_named(type_name)?.elements.iter().find(|e| &*e.path == path || e.path.strip_suffix("[x]") == Some(path))
}

fn subtract(element: &mut Element, base: &Definitions, constraints: &[Constraint]) {
    // Ids of elements and resources say the same everywhere; what else has no base is kept whole.
    let Some(of) = base_element(base, &element.path) else {
        return;
    };
    if element.slice.is_none() && element.min <= of.min {
        element.min = 0;
    }
    if element.max >= of.max {
        element.max = MANY;
    }
    let same = |a: Option<&Constraint>, b: &Constraint| a.is_some_and(|a| a.key == b.key);
    let of_type =
        || of.types.iter().filter_map(|t| base.structures.get(t.structure?)).filter_map(|s| s.elements.first());
    element.constraints.retain(|&number| {
        let this = constraints.get(number as usize);
        let mut there = of.constraints.iter().chain(of_type().flat_map(|e| &e.constraints));
        !there.any(|&c| base.constraints.get(c as usize).is_some_and(|c| same(this, c)))
    });
    if let (Some(binding), Some(of)) = (&element.binding, &of.binding) {
        let plain = |url: &Text| url.split('|').next().map(str::to_owned);
        let same_set = plain(&binding.value_set.url) == plain(&of.value_set.url);
        if same_set && binding.required <= of.required && (binding.limit.is_none() || of.limit.is_some()) {
            element.binding = None;
        }
    }
    if element.max_length == of.max_length {
        element.max_length = None;
    }
    if element.min_value == of.min_value {
        element.min_value = None;
    }
    if element.max_value == of.max_value {
        element.max_value = None;
    }
    if element.fixed == of.fixed {
        element.fixed = None;
    }
    element.content = None;
    element.narrowed = of.types.iter().any(|t| element.type_named(&t.code).is_none()) && !element.types.is_empty();
    for kind in &mut element.types {
        if let Some(of) = of.type_named(&kind.code) {
            let equal =
                |a: &[Canonical], b: &[Canonical]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.url == b.url);
            if equal(&kind.targets, &of.targets) {
                kind.targets.clear();
            }
            if equal(&kind.profiles, &of.profiles) {
                kind.profiles.clear();
            }
        }
    }
}

/// Whether the element itself demands anything.
fn demands(element: &Element) -> bool {
    element.min > 0
        || element.max != MANY
        || element.narrowed
        || element.fixed.is_some()
        || element.pattern.is_some()
        || element.max_length.is_some()
        || element.min_value.is_some()
        || element.max_value.is_some()
        || element.binding.is_some()
        || !element.constraints.is_empty()
        || element.types.iter().any(|t| !t.profiles.is_empty() || !t.targets.is_empty())
}

/// An extension that may be there: what it must look like is looked up by its URL anyway.
fn is_free_extension(element: &Element) -> bool {
    let only_profile = Element { types: Vec::new(), ..element.clone() };
    matches!(&*element.name, "extension" | "modifierExtension")
        && element.slice.is_some()
        && element.children.is_empty()
        && element.slices.is_empty()
        && !demands(&only_profile)
}

/// Collects the elements worth keeping, in their order; whether this one is.
fn keep(elements: &[Element], at: u32, kept: &mut Vec<u32>) -> bool {
    let Some(element) = elements.get(at as usize) else {
        return false;
    };
    let start = kept.len();
    kept.push(at);
    let closed = element.slicing.as_ref().is_some_and(|s| s.closed || s.ordered);
    let mut wanted = at == 0 || demands(element);
    for &child in &element.children {
        wanted |= keep(elements, child, kept);
    }
    for &slice in &element.slices {
        let free = elements.get(slice as usize).is_some_and(is_free_extension);
        if closed || !free {
            keep(elements, slice, kept);
            wanted = true;
        }
    }
    // A slice is kept by the loop above even if it only tells values apart.
    let wanted = wanted || element.slice.is_some();
    if !wanted {
        kept.truncate(start);
    }
    wanted
}

fn kept_only(elements: Vec<Element>, kept: &[u32]) -> Vec<Element> {
    let new: HashMap<u32, u32> = kept.iter().copied().zip(0u32..).collect();
    let mut list: Vec<(u32, Element)> = (0u32..).zip(elements).filter_map(|(i, e)| Some((*new.get(&i)?, e))).collect();
    list.sort_by_key(|(at, _)| *at);
    let renumber = |indices: &mut Vec<u32>| *indices = indices.iter().filter_map(|i| new.get(i).copied()).collect();
    list.into_iter()
        .map(|(_, mut element)| {
            renumber(&mut element.children);
            renumber(&mut element.slices);
            element
        })
        .collect()
}
