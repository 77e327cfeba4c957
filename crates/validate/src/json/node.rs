use super::arena::{ESCAPED, ESCAPED_KEY, MEMBER, Raw, TWINS, Tree};
use std::fmt::Write as _;

/// The type of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Null,
    True,
    False,
    Number,
    String,
    Array,
    Object,
}

/// One value of a [`Tree`]. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) id: u32,
}

/// Longest key that is written out in a path; longer ones are no FHIR names.
const PATH_KEY: usize = 64;

/// Stands for a node that does not exist; ids come from the tree, so nobody sees it.
static NOTHING: Raw =
    Raw { start: 0, end: 0, key: 0, parent: 0, next: u32::MAX, key_length: 0, kind: Kind::Null, flags: 0 };

impl<'t> Node<'t> {
    #[inline]
    fn raw(self) -> &'t Raw {
        self.tree.nodes.get(self.id as usize).unwrap_or(&NOTHING)
    }

    /// Position in document order.
    pub fn id(self) -> u32 {
        self.id
    }

    pub fn kind(self) -> Kind {
        self.raw().kind
    }

    pub fn is_object(self) -> bool {
        self.raw().kind == Kind::Object
    }

    pub fn is_array(self) -> bool {
        self.raw().kind == Kind::Array
    }

    /// The name under which the value stands in its object; `None` in an array and for the root.
    pub fn key(self) -> Option<&'t str> {
        if self.raw().flags & MEMBER == 0 {
            return None;
        }
        if self.raw().flags & ESCAPED_KEY != 0 {
            return Some(self.tree.decoded.key(self.id));
        }
        let start = self.raw().key as usize;
        self.tree.text.get(start..start + usize::from(self.raw().key_length))
    }

    /// Like [`Node::key`], for comparing: the rules ask it of every member.
    #[inline]
    pub(crate) fn key_bytes(self) -> Option<&'t [u8]> {
        if self.raw().flags & MEMBER == 0 {
            return None;
        }
        if self.raw().flags & ESCAPED_KEY != 0 {
            return Some(self.tree.decoded.key(self.id).as_bytes());
        }
        let start = self.raw().key as usize;
        self.tree.text.as_bytes().get(start..start + usize::from(self.raw().key_length))
    }

    /// Whether the name is surely shorter than that, as can be told without looking at it.
    #[inline]
    pub(crate) fn has_key_under(self, length: usize) -> bool {
        self.raw().flags & ESCAPED_KEY == 0 && usize::from(self.raw().key_length) < length
    }

    /// Whether the value stands under that name.
    #[inline]
    pub fn has_key(self, key: &str) -> bool {
        let raw = self.raw();
        // Most are told apart by their length alone.
        if raw.flags & ESCAPED_KEY == 0 && usize::from(raw.key_length) != key.len() {
            return false;
        }
        self.key_bytes() == Some(key.as_bytes())
    }

    /// The `_name` beside the primitive of that name: its id and extensions.
    pub fn twin(self, name: &str) -> Option<Node<'t>> {
        if self.raw().flags & TWINS == 0 {
            return None;
        }
        self.items().find(|member| member.key_bytes().and_then(|key| key.strip_prefix(b"_")) == Some(name.as_bytes()))
    }

    /// The position in its array.
    pub fn index(self) -> Option<u32> {
        (self.raw().flags & MEMBER == 0 && self.id != 0).then_some(self.raw().key)
    }

    /// The object or array it stands in.
    pub fn parent(self) -> Option<Node<'t>> {
        if self.id == 0 { None } else { self.tree.node(self.raw().parent) }
    }

    /// The first member of that name. `None` where the value is no object.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        if !self.is_object() {
            return None;
        }
        self.items().find(|member| member.has_key(key))
    }

    /// The members of an object or the items of an array, in their order; nothing for other values.
    #[inline]
    pub fn items(self) -> Items<'t> {
        let inner = matches!(self.raw().kind, Kind::Object | Kind::Array);
        let at = self.id + 1;
        Items { tree: self.tree, at, end: if inner { self.raw().next } else { at } }
    }

    pub fn is_empty(self) -> bool {
        match self.raw().kind {
            Kind::Object | Kind::Array => self.raw().next == self.id + 1,
            Kind::String => self.raw().end - self.raw().start == 2,
            _ => false,
        }
    }

    /// The text of a string, escapes resolved.
    pub fn as_str(self) -> Option<&'t str> {
        if self.raw().kind != Kind::String {
            return None;
        }
        if self.raw().flags & ESCAPED != 0 {
            return Some(self.tree.decoded.value(self.id));
        }
        // Between the quotes.
        self.tree.text.get(self.raw().start as usize + 1..(self.raw().end as usize).checked_sub(1)?)
    }

    /// The text of a number as it stands.
    pub fn as_number(self) -> Option<&'t str> {
        (self.raw().kind == Kind::Number).then(|| self.source())
    }

    /// Whether a string was written with escapes.
    pub fn is_escaped(self) -> bool {
        self.raw().flags & ESCAPED != 0
    }

    /// The value as it stands in the input.
    pub fn source(self) -> &'t str {
        self.tree.text.get(self.raw().start as usize..self.raw().end as usize).unwrap_or_default()
    }

    /// Byte offsets of the value, end exclusive; a string's quotes belong to it.
    pub fn span(self) -> (u32, u32) {
        (self.raw().start, self.raw().end)
    }

    /// Byte offsets of the key's text, without its quotes.
    pub fn key_span(self) -> Option<(u32, u32)> {
        (self.raw().flags & MEMBER != 0).then(|| (self.raw().key, self.raw().key + u32::from(self.raw().key_length)))
    }

    /// Whether `other` stands inside this value.
    pub fn contains(self, other: Node<'t>) -> bool {
        other.id > self.id && other.id < self.raw().next
    }

    /// All values inside this one, in document order.
    pub fn inside(self) -> impl Iterator<Item = Node<'t>> {
        let tree = self.tree;
        (self.id + 1..self.raw().next).map_while(move |id| tree.node(id))
    }

    /// The node of an id in the same tree.
    pub(crate) fn peer(self, id: u32) -> Option<Node<'t>> {
        self.tree.node(id)
    }

    /// The FHIR element path, such as `Bundle.entry[3].resource.code.coding[0].display`; `$` where the root names no resource.
    /// Costs an allocation: for findings only.
    pub fn path(self) -> String {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            steps.push(node);
            node = parent;
        }
        let name = node.get("resourceType").and_then(Node::as_str).filter(|name| is_name(name));
        let mut path = String::from(name.unwrap_or("$"));
        for step in steps.iter().rev() {
            match (step.key(), step.index()) {
                (Some(key), _) => {
                    path.push('.');
                    path.extend(key.chars().take(PATH_KEY));
                }
                (None, Some(index)) => {
                    let _ = write!(path, "[{index}]");
                }
                (None, None) => {}
            }
        }
        path
    }
}

fn is_name(text: &str) -> bool {
    (1..=PATH_KEY).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Iterator of [`Node::items`].
#[derive(Clone, Debug)]
pub struct Items<'t> {
    tree: &'t Tree<'t>,
    at: u32,
    end: u32,
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    #[inline]
    fn next(&mut self) -> Option<Node<'t>> {
        if self.at >= self.end {
            return None;
        }
        let node = self.tree.node(self.at)?;
        self.at = node.raw().next;
        Some(node)
    }
}
