use super::moment::MomentKind;
use crate::json::{Kind, Node};
use std::borrow::Cow;

/// One value of a collection: an element of the resource or a value that the expression made.
#[derive(Clone, Debug)]
pub enum Item<'a> {
    Element(Element<'a>),
    Boolean(bool),
    Integer(i64),
    /// Its text.
    Decimal(Cow<'a, str>),
    Text(Cow<'a, str>),
    Moment(MomentKind, &'a str),
    Quantity(Box<Quantity<'a>>),
}

/// A number and its UCUM code.
#[derive(Clone, Debug)]
pub struct Quantity<'a> {
    pub value: Cow<'a, str>,
    pub unit: Cow<'a, str>,
}

/// An element as FHIR sees it: in JSON a primitive is two members, `name` and `_name`, of which either may be absent.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    value: Option<Node<'a>>,
    twin: Option<Node<'a>>,
    /// Any one of the two.
    node: Node<'a>,
    /// Where the element was reached by the name of a choice: how much of the JSON key is that name. Else 0.
    pub(super) stem: u16,
}

impl<'a> Element<'a> {
    /// The element that a node of the tree is, or belongs to: the value or the `_name` object beside it.
    pub fn of(node: Node<'a>) -> Self {
        let (member, index) = match node.index() {
            Some(index) => (node.parent(), Some(index)),
            None => (Some(node), None),
        };
        let Some((key, parent)) = member.and_then(|m| Some((m.key()?, m.parent()?))) else {
            return Self::alone(node);
        };
        let is_twin = key.starts_with('_');
        if !is_twin && node.is_object() {
            return Self::alone(node);
        }
        let other = match key.strip_prefix('_') {
            Some(name) => parent.get(name),
            None => parent.twin(key),
        };
        let other = match index {
            Some(index) => other.and_then(|list| list.items().nth(index as usize)),
            None => other,
        };
        let other = other.filter(|other| other.kind() != Kind::Null);
        if is_twin {
            Self { value: other, twin: Some(node), node, stem: 0 }
        } else {
            Self { twin: other, ..Self::alone(node) }
        }
    }

    fn alone(node: Node<'a>) -> Self {
        Self { value: Some(node), twin: None, node, stem: 0 }
    }

    /// `None` where both are absent or null.
    pub(super) fn pair(value: Option<Node<'a>>, twin: Option<Node<'a>>, stem: u16) -> Option<Self> {
        let value = value.filter(|value| value.kind() != Kind::Null);
        let twin = twin.filter(|twin| twin.is_object());
        let node = value.or(twin)?;
        Some(Self { value, twin, node, stem })
    }

    /// The value; `None` for a primitive that has only an id or extensions.
    pub fn value(&self) -> Option<Node<'a>> {
        self.value
    }

    /// The `_name` object.
    pub fn twin(&self) -> Option<Node<'a>> {
        self.twin
    }

    /// The value, or the `_name` object without one: where a finding points.
    pub fn node(&self) -> Node<'a> {
        self.node
    }

    /// The object that holds the element's children.
    pub(super) fn members(&self) -> Option<Node<'a>> {
        self.value.filter(|value| value.is_object()).or(self.twin)
    }

    pub(super) fn resource_type(&self) -> Option<&'a str> {
        self.value?.get("resourceType")?.as_str()
    }

    /// The capitalised type in the JSON key of a choice.
    pub(super) fn suffix(&self) -> Option<&'a str> {
        if self.stem == 0 {
            return None;
        }
        let member = if self.node.key().is_some() { self.node } else { self.node.parent()? };
        let key = member.key()?;
        key.strip_prefix('_').unwrap_or(key).get(usize::from(self.stem)..)
    }
}

/// An ordered collection. One item needs no memory of its own.
#[derive(Clone, Debug, Default)]
pub enum Collection<'a> {
    #[default]
    Empty,
    One(Item<'a>),
    Many(Vec<Item<'a>>),
}

impl<'a> Collection<'a> {
    pub fn push(&mut self, item: Item<'a>) {
        *self = match std::mem::take(self) {
            Self::Empty => Self::One(item),
            Self::One(first) => Self::Many(vec![first, item]),
            Self::Many(mut items) => {
                items.push(item);
                Self::Many(items)
            }
        };
    }

    pub fn as_slice(&self) -> &[Item<'a>] {
        match self {
            Self::Empty => &[],
            Self::One(item) => std::slice::from_ref(item),
            Self::Many(items) => items,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    pub fn len(&self) -> usize {
        self.as_slice().len()
    }
}
