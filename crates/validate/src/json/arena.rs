use super::decode::Decoded;
use super::node::{Kind, Node};
use super::reader::Reader;
use super::{Fault, FaultKind};

/// How much of an input is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the input. At most 4 GiB − 1 whatever is asked for: offsets are 32 bits wide.
    pub max_size: usize,
    /// Levels of objects and arrays. FHIR needs some 30.
    pub max_depth: usize,
}

impl Default for Limits {
    /// 64 MiB, 256 levels.
    fn default() -> Self {
        Self { max_size: 64 << 20, max_depth: 256 }
    }
}

/// One value: 24 bytes, so that even an input of many small values stays within four times its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw {
    /// Offset of the value's first byte (a string's opening quote).
    pub start: u32,
    /// Offset after its last byte.
    pub end: u32,
    /// Members: offset of the key's text. Items of an array: the index.
    pub key: u32,
    pub parent: u32,
    /// Id of the first node that is not inside this one.
    pub next: u32,
    /// Bytes of the key's text.
    pub key_length: u16,
    pub kind: Kind,
    pub flags: u8,
}

/// The value is a member of an object.
pub(super) const MEMBER: u8 = 1;
/// The string has escapes: its text stands in [`Decoded`].
pub(super) const ESCAPED: u8 = 2;
/// The key has escapes.
pub(super) const ESCAPED_KEY: u8 = 4;
/// The object has members whose names begin with `_`.
pub(super) const TWINS: u8 = 8;

/// Below this many values an input is never refused for their number.
const FREE_NODES: usize = 65_536;
/// Above it: at most one value for this many bytes. FHIR has some 30 bytes a value; `[0,0,0,…` has 2.
const BYTES_PER_NODE: usize = 16;

/// The memory of a tree, to be used again for the next one.
#[derive(Debug, Default)]
pub struct Arena {
    nodes: Vec<Raw>,
    decoded: Decoded,
    open: Vec<super::reader::Open>,
}

impl Arena {
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads one JSON document. What is wrong with it is added to `faults`; `None` when no tree could be made.
    pub fn read<'a>(&'a mut self, bytes: &'a [u8], limits: &Limits, faults: &mut Vec<Fault>) -> Option<Tree<'a>> {
        self.nodes.clear();
        self.decoded.clear();
        self.open.clear();
        match self.fill(bytes, limits, faults) {
            Ok(text) => Some(Tree { text, nodes: &self.nodes, decoded: &self.decoded }),
            Err(fault) => {
                faults.push(fault);
                None
            }
        }
    }

    fn fill<'a>(&mut self, bytes: &'a [u8], limits: &Limits, faults: &mut Vec<Fault>) -> Result<&'a str, Fault> {
        let size = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= limits.max_size);
        let Some(size) = size else {
            return Err(Fault::whole(FaultKind::TooLarge { size: bytes.len(), limit: limits.max_size }));
        };
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let at = u32::try_from(error.valid_up_to()).unwrap_or(size);
            Fault::new(FaultKind::NotUtf8, at, at.saturating_add(1).min(size))
        })?;
        let max_nodes = FREE_NODES.max(bytes.len() / BYTES_PER_NODE);
        let mut reader = Reader::new(text, limits.max_depth, max_nodes, faults);
        reader.document(&mut self.nodes, &mut self.decoded, &mut self.open)?;
        Ok(text)
    }
}

/// A document that was read. Lives as long as its bytes and its [`Arena`] stay untouched.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) nodes: &'t [Raw],
    pub(super) decoded: &'t Decoded,
}

impl<'t> Tree<'t> {
    /// The outermost value.
    pub fn root(&'t self) -> Option<Node<'t>> {
        self.node(0)
    }

    /// The node of an id that [`Node::id`] gave.
    #[inline]
    pub fn node(&'t self, id: u32) -> Option<Node<'t>> {
        ((id as usize) < self.nodes.len()).then_some(Node { tree: self, id })
    }

    /// All nodes in document order.
    pub fn nodes(&'t self) -> impl Iterator<Item = Node<'t>> {
        (0u32..).zip(self.nodes).map(|(id, _)| Node { tree: self, id })
    }

    /// The whole input.
    pub fn text(&self) -> &'t str {
        self.text
    }
}
