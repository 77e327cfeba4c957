//! One document as a bounded tree: nodes in one vector, in reading order, named by number.

mod build;
mod element;

pub use element::{Attribute, Element, Node};

use crate::{Failure, Limits, Prefixed};
use std::{borrow::Cow, ops::Range, sync::Arc};
use tsugite_charset::Decoded;
use tsugite_issue::{InputName, Issue};

/// A document read whole.
#[derive(Debug)]
pub struct Document<'t> {
    decoded: &'t Decoded<'t>,
    nodes: Vec<Stored<'t>>,
    attributes: Vec<StoredAttribute<'t>>,
    namespaces: Vec<Cow<'t, str>>,
    undeclared: Option<Failure>,
}

type Index = u32;
/// No node.
const NONE: Index = Index::MAX;

#[derive(Debug)]
struct Stored<'t> {
    parent: Index,
    next: Index,
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
    first: Index,
    /// Where its attributes stand.
    attributes: Range<u32>,
    /// 1-based among the elements before it in its parent that have its name; 0 where nobody counted.
    place: u32,
    line: u32,
    column: u32,
}

#[derive(Debug)]
struct StoredAttribute<'t> {
    name: Prefixed<'t>,
    namespace: u32,
    value: Cow<'t, str>,
    at: Range<usize>,
}

impl<'t> Document<'t> {
    /// # Errors
    /// The text is no well-formed XML, or goes beyond a limit.
    pub fn parse(decoded: &'t Decoded<'t>, limits: &Limits) -> Result<Self, Failure> {
        build::build(decoded, limits)
    }

    pub fn root(&self) -> Element<'_, 't> {
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
}
