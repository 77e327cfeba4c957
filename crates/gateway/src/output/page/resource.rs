//! The resources of a Bundle, as far as a page needs to know them.

use super::markup::escaped;
use std::collections::HashMap;
use tsugite_validate::json::Node;

/// A Bundle with its resources by their URLs.
pub struct Bundle<'t> {
    pub root: Node<'t>,
    resources: Vec<Node<'t>>,
    urls: HashMap<&'t str, Node<'t>>,
}

impl<'t> Bundle<'t> {
    pub fn new(root: Node<'t>) -> Option<Self> {
        if !is(root, "Bundle") {
            return None;
        }
        let mut bundle = Self { root, resources: Vec::new(), urls: HashMap::new() };
        for entry in each(root, "entry") {
            let Some(resource) = entry.get("resource") else { continue };
            bundle.resources.push(resource);
            if let Some(url) = text(entry, "fullUrl") {
                bundle.urls.insert(url, resource);
            }
        }
        Some(bundle)
    }

    pub fn resources(&self) -> impl Iterator<Item = Node<'t>> {
        self.resources.iter().copied()
    }

    pub fn first(&self, kind: &str) -> Option<Node<'t>> {
        self.resources().find(|resource| is(*resource, kind))
    }

    /// What a Reference points at inside the Bundle.
    pub fn resolve(&self, reference: Node<'t>) -> Option<Node<'t>> {
        self.urls.get(text(reference, "reference")?).copied()
    }

    /// The same, also inside the resource that the Reference stands in.
    pub fn resolve_in(&self, resource: Node<'t>, reference: Node<'t>) -> Option<Node<'t>> {
        let local = text(reference, "reference").and_then(|url| url.strip_prefix('#'));
        match local {
            Some(id) => each(resource, "contained").find(|contained| text(*contained, "id") == Some(id)),
            None => self.resolve(reference),
        }
    }
}

pub fn is(resource: Node, kind: &str) -> bool {
    text(resource, "resourceType") == Some(kind)
}

pub fn text<'t>(node: Node<'t>, key: &str) -> Option<&'t str> {
    node.get(key)?.as_str().filter(|text| !text.is_empty())
}

/// The items of an array; a single value counts as one.
pub fn each<'t>(node: Node<'t>, key: &str) -> impl Iterator<Item = Node<'t>> {
    let value = node.get(key);
    let items = value.filter(|value| value.is_array()).into_iter().flat_map(Node::items);
    items.chain(value.filter(|value| !value.is_array()))
}

/// What a person reads of a CodeableConcept: its text, else the first name, else the first code.
pub fn name(concept: Option<Node<'_>>) -> Option<&str> {
    let concept = concept?;
    let coding = |key| each(concept, "coding").find_map(|coding| text(coding, key));
    text(concept, "text").or_else(|| coding("display")).or_else(|| coding("code"))
}

/// The codes of a CodeableConcept with the last part of their system.
pub fn codes(concept: Option<Node>) -> String {
    let codings = concept.into_iter().flat_map(|concept| each(concept, "coding").collect::<Vec<_>>());
    let code = |coding: Node| {
        let system = text(coding, "system").unwrap_or_default();
        let system = system.rsplit(['/', ':']).next().unwrap_or_default();
        Some(format!("<span title=\"{}\">{}</span>", escaped(system), escaped(text(coding, "code")?)))
    };
    codings.filter_map(code).collect::<Vec<_>>().join(" ")
}

/// A Quantity: number and unit.
pub fn quantity(quantity: Node) -> String {
    let number = quantity.get("value").and_then(Node::as_number).unwrap_or_default();
    let unit = text(quantity, "unit").or_else(|| text(quantity, "code")).unwrap_or_default();
    format!("{}{} {}", escaped(text(quantity, "comparator").unwrap_or_default()), escaped(number), escaped(unit))
        .trim()
        .to_owned()
}

/// `2026-11-22T10:30:00.000+09:00` as people write it; what is no date is shown as it stands.
pub fn day(text: &str) -> String {
    match parts(text).as_deref() {
        Some([year, month, day]) => format!("{year}年{month}月{day}日{}", clock(text)),
        Some([year, month]) => format!("{year}年{month}月"),
        Some([year]) => format!("{year}年"),
        _ => escaped(text),
    }
}

/// The same for tables: `2026/11/22`.
pub fn short_day(text: &str) -> String {
    match parts(text) {
        Some(parts) => parts.iter().map(u16::to_string).collect::<Vec<_>>().join("/"),
        None => escaped(text),
    }
}

/// Whole years between two days, where both are known to the day.
pub fn years(birth: &str, at: &str) -> Option<u16> {
    let (birth, at) = (parts(birth)?, parts(at)?);
    let ([born, born_day @ ..], [now, now_day @ ..]) = (birth.as_slice(), at.as_slice()) else { return None };
    let known = born_day.len() == 2 && now_day.len() == 2;
    now.checked_sub(*born)?.checked_sub(u16::from(now_day < born_day)).filter(|_| known)
}

/// Year, month and day, as far as they are there.
fn parts(text: &str) -> Option<Vec<u16>> {
    let date = text.split_once('T').map_or(text, |(date, _)| date);
    let parts: Vec<u16> = date.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    (parts.len() <= 3).then_some(parts)
}

fn clock(text: &str) -> String {
    let time = text.split_once('T').and_then(|(_, time)| time.get(..5)).filter(|time| *time != "00:00");
    time.map(|time| format!(" {}", escaped(time))).unwrap_or_default()
}
