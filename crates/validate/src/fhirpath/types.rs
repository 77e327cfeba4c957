//! What type a value has: asked only where an expression depends on it.

use super::eval::Env;
use super::item::{Element, Item};
use super::moment::MomentKind;
use super::syntax::{Namespace, TypeName};
use crate::json::{Kind, Node};

/// A resource in a resource in a backbone …: no FHIR type is nested deeper.
const LEVELS: usize = 64;

impl<'a> Env<'a, '_> {
    /// The FHIR type of an element, by its place below the nearest resource; for a resource its own.
    pub(super) fn type_of(&self, element: &Element<'a>) -> Option<&'a str> {
        if let Some(name) = element.resource_type() {
            return Some(name);
        }
        self.type_at(element.node(), LEVELS)
    }

    fn type_at(&self, node: Node<'a>, levels: usize) -> Option<&'a str> {
        let levels = levels.checked_sub(1)?;
        if let Some(name) = node.get("resourceType").and_then(Node::as_str) {
            return Some(name);
        }
        let Some(key) = node.key() else {
            return self.type_at(node.parent().filter(|parent| parent.is_array())?, levels);
        };
        let of = match node.parent() {
            // The twin of a primitive has the children of any element.
            Some(parent) if parent.key().is_some_and(|key| key.starts_with('_')) => "Element",
            Some(parent) => self.type_at(parent, levels)?,
            None => return None,
        };
        self.cx.model.member(of, key.strip_prefix('_').unwrap_or(key))
    }

    /// Whether the type is that one or specialises it.
    fn descends(&self, name: &str, from: &str) -> bool {
        let mut current = name;
        for _ in 0..LEVELS {
            if current == from {
                return true;
            }
            match self.cx.model.base(current) {
                Some(base) => current = base,
                None => return false,
            }
        }
        false
    }

    pub(super) fn is_type(&self, item: &Item<'a>, wanted: &TypeName) -> bool {
        let Item::Element(element) = item else {
            return wanted.namespace != Namespace::Fhir && system_type(item) == Some(&*wanted.name);
        };
        if wanted.namespace != Namespace::System && self.is_fhir_type(element, &wanted.name) {
            return true;
        }
        // FHIR's own invariants ask `answer is Boolean` of FHIR's boolean.
        wanted.namespace != Namespace::Fhir
            && is_system_primitive(&wanted.name)
            && self.name_of(element).and_then(converted) == Some(&*wanted.name)
    }

    fn is_fhir_type(&self, element: &Element<'a>, wanted: &str) -> bool {
        if let Some(suffix) = element.suffix() {
            if is_capitalised(wanted, suffix) {
                return true;
            }
            return self.type_of(element).is_some_and(|name| self.descends(name, wanted));
        }
        match self.name_of(element) {
            Some(name) => self.descends(name, wanted),
            None => false,
        }
    }

    /// The type by the model, else as far as the JSON value shows it.
    fn name_of(&self, element: &Element<'a>) -> Option<&'a str> {
        self.type_of(element).or_else(|| match element.value()?.kind() {
            Kind::True | Kind::False => Some("boolean"),
            Kind::String => Some("string"),
            Kind::Number if super::number::is_integer(element.value()?.source()) => Some("integer"),
            Kind::Number => Some("decimal"),
            _ => None,
        })
    }

    /// Whether a string is a date or time, by its element's type.
    pub(super) fn moment_kind(&self, element: &Element<'a>) -> Option<MomentKind> {
        match element.suffix() {
            Some("Date") => Some(MomentKind::Date),
            Some("DateTime" | "Instant") => Some(MomentKind::DateTime),
            Some("Time") => Some(MomentKind::Time),
            Some(_) => None,
            None => self.type_of(element).and_then(MomentKind::of_type),
        }
    }
}

/// `dateTime` and `DateTime`, `Quantity` and `Quantity`.
fn is_capitalised(name: &str, suffix: &str) -> bool {
    match (name.as_bytes(), suffix.as_bytes()) {
        ([a, rest @ ..], [b, other @ ..]) => a.to_ascii_uppercase() == *b && rest == other,
        _ => false,
    }
}

fn is_system_primitive(name: &str) -> bool {
    matches!(name, "Boolean" | "String" | "Integer" | "Decimal" | "Date" | "DateTime" | "Time")
}

/// The System type to which a FHIR primitive converts by itself.
fn converted(name: &str) -> Option<&'static str> {
    Some(match name {
        "boolean" => "Boolean",
        "string" | "uri" | "url" | "canonical" | "code" | "oid" | "id" | "uuid" | "markdown" | "base64Binary" => {
            "String"
        }
        "integer" | "unsignedInt" | "positiveInt" => "Integer",
        "decimal" => "Decimal",
        "date" => "Date",
        "dateTime" | "instant" => "DateTime",
        "time" => "Time",
        _ => return None,
    })
}

fn system_type(item: &Item<'_>) -> Option<&'static str> {
    Some(match item {
        Item::Element(_) => return None,
        Item::Boolean(_) => "Boolean",
        Item::Integer(_) => "Integer",
        Item::Decimal(_) => "Decimal",
        Item::Text(_) => "String",
        Item::Moment(MomentKind::Date, _) => "Date",
        Item::Moment(MomentKind::DateTime, _) => "DateTime",
        Item::Moment(MomentKind::Time, _) => "Time",
        Item::Quantity(_) => "Quantity",
    })
}
