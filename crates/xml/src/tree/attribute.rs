//! What is asked of attributes.

use super::{Element, position};
use crate::{Named, Prefixed, name::fits, reader::RawAttribute};
use std::{fmt, sync::Arc};
use tsugite_issue::{Address, InputName, Origin, Span};

/// An attribute with its place.
#[derive(Clone, Copy)]
pub struct Attribute<'d, 't> {
    element: Element<'d, 't>,
    read: &'d RawAttribute<'t>,
}

impl<'d, 't> Element<'d, 't> {
    /// The value of an attribute: `attr("code")`, `attr((XSI, "type"))`. A plain name asks for one without a prefix first.
    pub fn attr(self, name: impl Named) -> Option<&'d str> {
        self.find(name).map(|read| &*read.value)
    }

    pub fn attribute(self, name: impl Named) -> Option<Attribute<'d, 't>> {
        self.find(name).map(|read| Attribute { element: self, read })
    }

    /// In reading order, without namespace declarations.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'d, 't>> + use<'d, 't> {
        self.read_attributes().iter().map(move |read| Attribute { element: self, read })
    }

    fn find(self, name: impl Named) -> Option<&'d RawAttribute<'t>> {
        let fits = |read: &RawAttribute<'_>| fits(name, read.name.local, || self.document.namespace(read.namespace));
        let mut prefixed = None;
        for read in self.read_attributes().iter().filter(|read| fits(read)) {
            if read.name.prefix.is_empty() {
                return Some(read);
            }
            prefixed = prefixed.or(Some(read));
        }
        prefixed
    }

    fn read_attributes(self) -> &'d [RawAttribute<'t>] {
        let range = self.stored().map_or(0..0, |element| element.attributes.clone());
        self.document.attributes.get(position(range.start)..position(range.end)).unwrap_or_default()
    }
}

impl<'d, 't> Attribute<'d, 't> {
    pub const fn name(self) -> Prefixed<'t> {
        self.read.name
    }

    pub fn namespace(self) -> &'d str {
        self.element.document.namespace(self.read.namespace)
    }

    pub fn value(self) -> &'d str {
        &self.read.value
    }

    /// The bytes of the value in the file.
    pub fn span(self) -> Span {
        self.element.document.decoded.span(self.read.at.clone())
    }

    /// `ClinicalDocument/id/@extension 12:3`: line and column are those of the element.
    pub fn address(self) -> Address {
        let (line, column) = self.element.place();
        let Prefixed { prefix, local } = self.name();
        let colon = if prefix.is_empty() { "" } else { ":" };
        Address::Path(format!("{}/@{prefix}{colon}{local} {line}:{column}", self.element.path()))
    }

    pub fn origin(self, input: &Arc<InputName>) -> Origin {
        Origin { input: Arc::clone(input), span: self.span(), address: self.address() }
    }
}

impl fmt::Debug for Attribute<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address())
    }
}
