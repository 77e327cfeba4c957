//! Equality, equivalence and order of two values.

use super::error::EvaluationError;
use super::eval::{Env, Stop};
use super::item::{Element, Item};
use super::moment::{Moment, MomentKind, looks_like_one};
use super::number;
use crate::json::{Kind, Node};
use std::cmp::Ordering;

/// What a value is, for comparing. An element is read as what its JSON says.
pub(super) enum Scalar<'x, 'a> {
    Boolean(bool),
    Integer(i64),
    Number(&'x str),
    Text(&'x str, Option<&'x Element<'a>>),
    Moment(MomentKind, &'x str),
    Quantity(&'x str, &'x str),
    Object(Node<'a>),
    /// A primitive without value.
    Absent,
}

pub(super) fn scalar<'x, 'a>(item: &'x Item<'a>) -> Scalar<'x, 'a> {
    match item {
        Item::Boolean(value) => Scalar::Boolean(*value),
        Item::Integer(value) => Scalar::Integer(*value),
        Item::Decimal(text) => Scalar::Number(text),
        Item::Text(text) => Scalar::Text(text, None),
        Item::Moment(kind, text) => Scalar::Moment(*kind, text),
        Item::Quantity(quantity) => Scalar::Quantity(&quantity.value, &quantity.unit),
        Item::Element(element) => match element.value() {
            None => Scalar::Absent,
            Some(node) => match node.kind() {
                Kind::True => Scalar::Boolean(true),
                Kind::False => Scalar::Boolean(false),
                Kind::Number => Scalar::Number(node.source()),
                Kind::String => Scalar::Text(node.as_str().unwrap_or_default(), Some(element)),
                Kind::Object | Kind::Array => Scalar::Object(node),
                Kind::Null => Scalar::Absent,
            },
        },
    }
}

/// The moment that a value is; for the text of an element its type decides.
fn moment<'x>(scalar: &Scalar<'x, '_>, env: &Env<'_, '_>) -> Option<(MomentKind, Moment<'x>)> {
    let (kind, text) = match scalar {
        Scalar::Moment(kind, text) => (*kind, *text),
        Scalar::Text(text, Some(element)) if looks_like_one(text) => (env.moment_kind(element)?, *text),
        _ => return None,
    };
    Some((kind, Moment::parse(text, kind)?))
}

/// Value and unit: the code where there is one.
fn quantity<'x>(scalar: &Scalar<'x, 'x>) -> Option<(&'x str, &'x str)> {
    match scalar {
        Scalar::Quantity(value, unit) => Some((value, unit)),
        Scalar::Object(node) => {
            let unit = node.get("code").or_else(|| node.get("unit")).and_then(Node::as_str);
            Some((node.get("value")?.as_number()?, unit.unwrap_or_default()))
        }
        _ => None,
    }
}

/// Numbers in whichever form, or `None` where one is none.
fn numbers(a: &Scalar<'_, '_>, b: &Scalar<'_, '_>) -> Option<Option<Ordering>> {
    match (a, b) {
        (Scalar::Integer(a), Scalar::Integer(b)) => Some(Some(a.cmp(b))),
        (Scalar::Number(a), Scalar::Number(b)) => Some(number::compare(a, b)),
        (Scalar::Number(a), Scalar::Integer(b)) => Some(with_integer(a, *b)),
        (Scalar::Integer(a), Scalar::Number(b)) => Some(with_integer(b, *a).map(Ordering::reverse)),
        _ => None,
    }
}

fn with_integer(text: &str, integer: i64) -> Option<Ordering> {
    match text.parse::<i64>() {
        Ok(value) => Some(value.cmp(&integer)),
        Err(_) => number::compare(text, &integer.to_string()),
    }
}

/// `None`: the precision of the two does not say.
pub(super) fn equal(a: &Item<'_>, b: &Item<'_>, env: &Env<'_, '_>) -> Result<Option<bool>, Stop> {
    env.spend(1)?;
    let (a, b) = (scalar(a), scalar(b));
    if let Some(order) = numbers(&a, &b) {
        return Ok(order.map(Ordering::is_eq));
    }
    Ok(match (&a, &b) {
        (Scalar::Boolean(a), Scalar::Boolean(b)) => Some(a == b),
        (Scalar::Text(a, _), Scalar::Text(b, _)) if a == b => Some(true),
        (Scalar::Text(_, None), Scalar::Text(..)) | (Scalar::Text(..), Scalar::Text(_, None)) => Some(false),
        (Scalar::Text(..) | Scalar::Moment(..), Scalar::Text(..) | Scalar::Moment(..)) => {
            match (moment(&a, env), moment(&b, env)) {
                (Some((_, a)), Some((_, b))) => a.compare(&b).map(Ordering::is_eq),
                _ => Some(false),
            }
        }
        (Scalar::Object(a), Scalar::Object(b)) => Some(deep(*a, *b, DEPTH, env)?),
        (Scalar::Quantity(..), _) | (_, Scalar::Quantity(..)) => match (quantity(&a), quantity(&b)) {
            (Some((a, unit)), Some((b, other))) if unit == other => number::compare(a, b).map(Ordering::is_eq),
            (Some(_), Some(_)) => None,
            _ => Some(false),
        },
        _ => Some(false),
    })
}

/// The order of two values. `None`: not said by their precision or units.
pub(super) fn order(a: &Item<'_>, b: &Item<'_>, env: &Env<'_, '_>) -> Result<Option<Ordering>, Stop> {
    let (a, b) = (scalar(a), scalar(b));
    if let Some(order) = numbers(&a, &b) {
        return Ok(order);
    }
    match (&a, &b) {
        (Scalar::Absent, _) | (_, Scalar::Absent) => Ok(None),
        (Scalar::Text(..) | Scalar::Moment(..), Scalar::Text(..) | Scalar::Moment(..)) => {
            match (moment(&a, env), moment(&b, env), &a, &b) {
                (Some((kind, _)), Some((other, _)), ..)
                    if (kind == MomentKind::Time) != (other == MomentKind::Time) =>
                {
                    Err(EvaluationError::NotComparable.into())
                }
                (Some((_, a)), Some((_, b)), ..) => Ok(a.compare(&b)),
                (None, None, Scalar::Text(a, _), Scalar::Text(b, _)) => Ok(Some(a.cmp(b))),
                _ => Err(EvaluationError::NotComparable.into()),
            }
        }
        _ => match (quantity(&a), quantity(&b)) {
            (Some((a, unit)), Some((b, other))) if unit == other => Ok(number::compare(a, b)),
            (Some(_), Some(_)) => Ok(None),
            _ => Err(EvaluationError::NotComparable.into()),
        },
    }
}

/// `~`: case, blanks and needless digits do not count.
pub(super) fn equivalent(a: &Item<'_>, b: &Item<'_>, env: &Env<'_, '_>) -> Result<bool, Stop> {
    env.spend(1)?;
    let found = match (scalar(a), scalar(b)) {
        (Scalar::Number(a), Scalar::Number(b)) => number::equivalent(a, b),
        (Scalar::Text(a, _), Scalar::Text(b, _)) if words(a).eq(words(b)) => Some(true),
        _ => equal(a, b, env)?,
    };
    Ok(found == Some(true))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(str::to_lowercase)
}

/// Deeper than any FHIR element.
const DEPTH: usize = 256;

/// Same members with the same values, in whatever order.
fn deep(a: Node<'_>, b: Node<'_>, levels: usize, env: &Env<'_, '_>) -> Result<bool, Stop> {
    env.spend(1)?;
    let levels = levels.checked_sub(1).ok_or(EvaluationError::TooCostly)?;
    match (a.kind(), b.kind()) {
        (Kind::Object, Kind::Object) => {
            if a.items().count() != b.items().count() {
                return Ok(false);
            }
            for member in a.items() {
                let Some(other) = member.key().and_then(|key| b.get(key)) else { return Ok(false) };
                if !deep(member, other, levels, env)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Kind::Array, Kind::Array) => {
            if a.items().count() != b.items().count() {
                return Ok(false);
            }
            for (one, other) in a.items().zip(b.items()) {
                if !deep(one, other, levels, env)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Kind::String, Kind::String) => Ok(a.as_str() == b.as_str()),
        (Kind::Number, Kind::Number) => Ok(number::compare(a.source(), b.source()) == Some(Ordering::Equal)),
        (a, b) => Ok(a == b),
    }
}

/// The values met so far, for everything that must not take one twice.
#[derive(Default)]
pub(super) struct Seen<'a> {
    items: Vec<Item<'a>>,
    /// Above a few, texts are looked up: a Bundle may have thousands.
    texts: std::collections::HashSet<String>,
}

/// From so many on.
const MANY: usize = 16;

impl<'a> Seen<'a> {
    /// Whether the value was not there before.
    pub fn add(&mut self, item: &Item<'a>, env: &Env<'a, '_>) -> Result<bool, Stop> {
        // Only texts that can be nothing else: dates are equal in more than one spelling.
        if let Scalar::Text(text, _) = scalar(item)
            && !looks_like_one(text)
            && (self.items.len() >= MANY || !self.texts.is_empty())
        {
            if self.texts.is_empty() {
                self.texts.extend(self.items.iter().filter_map(|item| match scalar(item) {
                    Scalar::Text(text, _) => Some(text.to_owned()),
                    _ => None,
                }));
                self.items.retain(|item| !matches!(scalar(item), Scalar::Text(text, _) if !looks_like_one(text)));
            }
            env.spend(1)?;
            return Ok(self.texts.insert(text.to_owned()));
        }
        if self.has(item, env)? {
            return Ok(false);
        }
        self.items.push(item.clone());
        Ok(true)
    }

    pub fn has(&self, item: &Item<'a>, env: &Env<'a, '_>) -> Result<bool, Stop> {
        if let Scalar::Text(text, _) = scalar(item)
            && self.texts.contains(text)
        {
            return Ok(true);
        }
        for known in &self.items {
            if equal(known, item, env)? == Some(true) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
