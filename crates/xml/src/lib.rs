//! XML of clinical systems, read over decoded text.
//!
//! Decode first ([`decode`]: the bytes decide, the declaration is a hint), then read: event by event ([`Reader`]) or as one bounded
//! tree ([`Document`]). There is no document type and no entity but the five that XML itself has, so nothing can be blown up and
//! nothing is fetched; [`Limits`] bound depth, attributes, nodes and text. What is no XML ends in one [`Failure`] with its place.
//! Every element and attribute knows its path, line and column, and its bytes in the file.
//!
//! ```
//! use tsugite_charset::GaijiTable;
//! use tsugite_xml::{Document, Limits, decode};
//!
//! let decoded = decode(b"<a xmlns='urn:x'><b id='1'>one</b><b id='2'>two</b></a>", &GaijiTable::default()).1;
//! let document = Document::parse(&decoded, &Limits::default()).unwrap();
//! let second = document.root().children().nth(1).unwrap();
//! assert!(second.is(("urn:x", "b")));
//! assert_eq!((second.attr("id"), &*second.text()), (Some("2"), "two"));
//! assert_eq!(second.path(), "a/b[2]");
//! assert_eq!(second.address().to_string(), "a/b[2] 1:35");
//! ```

#![forbid(unsafe_code)]

mod attributes;
mod declared;
mod failure;
pub mod issues;
mod limits;
mod name;
mod namespaces;
mod place;
mod reader;
mod references;
mod tree;

pub use declared::{declared_encoding, decode};
pub use failure::Failure;
pub use limits::Limits;
pub use name::{Named, Prefixed};
pub use reader::{Event, Reader};
pub use tree::{Attribute, Document, Element, Node};
