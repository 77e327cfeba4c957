//! One document as a bounded tree: nodes in one vector, in reading order, named by number.

mod attribute;
mod build;
mod element;

pub use attribute::Attribute;
pub use element::{Element, Node};

use crate::{Failure, Limits, Named, Prefixed, name::fits, place::Places, reader::RawAttribute};
use std::{borrow::Cow, cell::OnceCell, ops::Range, sync::Arc};
use tsugite_charset::Decoded;
use tsugite_issue::{InputName, Issue};

/// A document read whole.
#[derive(Debug)]
pub struct Document<'t> {
    decoded: &'t Decoded<'t>,
    nodes: Vec<Stored<'t>>,
    attributes: Vec<RawAttribute<'t>>,
    namespaces: Vec<Cow<'t, str>>,
    undeclared: Option<Failure>,
    /// Made when the first place is asked for: most elements are never named.
    places: OnceCell<Places>,
}

type Index = u32;
/// No node.
const NONE: Index = Index::MAX;

/// Its children begin behind it, each where the one before is over.
#[derive(Debug)]
struct Stored<'t> {
    parent: Index,
    /// The node behind this one and all in it.
    behind: Index,
    content: Content<'t>,
    at: Range<usize>,
}

#[derive(Debug)]
enum Content<'t> {
    Element(StoredElement<'t>),
    Text(Cow<'t, str>),
}

#[derive(Debug)]
struct StoredElement<'t> {
    name: Prefixed<'t>,
    namespace: u32,
    /// 1-based among the elements before it in its parent that have its name; 0 where nobody counted.
    place: u32,
    /// Where its attributes stand.
    attributes: Range<u32>,
}

impl<'t> Document<'t> {
    /// # Errors
    /// The text is no well-formed XML, or goes beyond a limit.
    pub fn parse(decoded: &'t Decoded<'t>, limits: &Limits) -> Result<Self, Failure> {
        build::build(decoded, limits)
    }

    pub const fn root(&self) -> Element<'_, 't> {
        Element { document: self, index: 0 }
    }

    /// The text that the document was read from.
    pub const fn decoded(&self) -> &'t Decoded<'t> {
        self.decoded
    }

    /// What a person should know although the document could be read.
    pub fn issues(&self, input: &Arc<InputName>) -> Vec<Issue> {
        self.undeclared.iter().map(|failure| failure.issue(self.decoded, input)).collect()
    }

    fn is(&self, element: &StoredElement<'_>, name: impl Named) -> bool {
        fits(name, element.name.local, || self.namespace(element.namespace))
    }

    fn namespace(&self, index: u32) -> &str {
        self.namespaces.get(position(index)).map_or("", |name| name)
    }

    fn place(&self, offset: usize) -> (u32, u32) {
        let text = &self.decoded.text;
        self.places.get_or_init(|| Places::new(text)).at(text, offset)
    }
}

/// The limit of nodes keeps this far below the end of the type.
fn number(position: usize) -> Index {
    Index::try_from(position).unwrap_or(NONE)
}

fn position(index: Index) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
