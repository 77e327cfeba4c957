//! A value that a profile demands.

use super::{Reader, Stored, Text, Writer};
use crate::json::{Kind, Node};

/// A JSON value of a definition (`fixed[x]`, `pattern[x]`).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Bool(bool),
    Number(Text),
    String(Text),
    Array(Vec<Value>),
    Object(Vec<(Text, Value)>),
}

impl Value {
    /// `None` for null.
    pub fn of(node: Node<'_>) -> Option<Self> {
        Some(match node.kind() {
            Kind::Null => return None,
            Kind::True => Self::Bool(true),
            Kind::False => Self::Bool(false),
            Kind::Number => Self::Number(node.source().into()),
            Kind::String => Self::String(node.as_str()?.into()),
            Kind::Array => Self::Array(node.items().filter_map(Self::of).collect()),
            Kind::Object => Self::Object(node.items().filter_map(|m| Some((m.key()?.into(), Self::of(m)?))).collect()),
        })
    }

    /// `fixed`: the value is this and nothing more.
    pub fn is(&self, node: Node<'_>) -> bool {
        match self {
            Self::Array(wanted) => {
                node.is_array()
                    && node.items().count() == wanted.len()
                    && node.items().zip(wanted).all(|(item, value)| value.is(item))
            }
            Self::Object(wanted) => {
                node.is_object()
                    && node.items().count() == wanted.len()
                    && wanted.iter().all(|(key, value)| node.get(key).is_some_and(|member| value.is(member)))
            }
            scalar => scalar.is_scalar(node),
        }
    }

    /// `pattern`: the value has this at least.
    pub fn matches(&self, node: Node<'_>) -> bool {
        match self {
            Self::Array(wanted) => {
                node.is_array() && wanted.iter().all(|value| node.items().any(|item| value.matches(item)))
            }
            Self::Object(wanted) => {
                node.is_object()
                    && wanted.iter().all(|(key, value)| node.get(key).is_some_and(|member| value.matches(member)))
            }
            scalar => scalar.is_scalar(node),
        }
    }

    fn is_scalar(&self, node: Node<'_>) -> bool {
        match self {
            Self::Bool(value) => node.kind() == if *value { Kind::True } else { Kind::False },
            Self::String(value) => node.as_str() == Some(value),
            Self::Number(value) => node.as_number().is_some_and(|number| {
                number == &**value || matches!((number.parse::<f64>(), value.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
            }),
            Self::Array(_) | Self::Object(_) => false,
        }
    }

    /// What stands under a path of names, through the first item of arrays.
    pub fn below<'v>(&'v self, names: &[&str]) -> Option<&'v Value> {
        match (self, names) {
            (Self::Array(items), [_, ..]) => items.first()?.below(names),
            (value, []) => Some(value),
            (Self::Object(members), [name, rest @ ..]) => {
                members.iter().find(|(key, _)| &**key == *name)?.1.below(rest)
            }
            _ => None,
        }
    }

    /// As JSON, for a finding's text.
    pub fn show(&self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Number(text) => text.to_string(),
            Self::String(text) => format!("\"{text}\""),
            Self::Array(items) => format!("[{}]", items.iter().map(Self::show).collect::<Vec<_>>().join(", ")),
            Self::Object(members) => {
                let members: Vec<String> =
                    members.iter().map(|(key, value)| format!("\"{key}\": {}", value.show())).collect();
                format!("{{{}}}", members.join(", "))
            }
        }
    }
}

impl Stored for Value {
    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Bool(value) => {
                writer.number(0);
                value.write(writer);
            }
            Self::Number(text) => {
                writer.number(1);
                text.write(writer);
            }
            Self::String(text) => {
                writer.number(2);
                text.write(writer);
            }
            Self::Array(items) => {
                writer.number(3);
                items.write(writer);
            }
            Self::Object(members) => {
                writer.number(4);
                members.write(writer);
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(match reader.number()? {
            0 => Self::Bool(Stored::read(reader)?),
            1 => Self::Number(Stored::read(reader)?),
            2 => Self::String(Stored::read(reader)?),
            3 => Self::Array(Stored::read(reader)?),
            4 => Self::Object(Stored::read(reader)?),
            _ => return None,
        })
    }
}
