//! Diagnostics of the gateway: what can be said ([`Definition`]), what was said ([`Issue`]), and where it comes from ([`Origin`]).
//!
//! Every crate lists what it can say in one `issues.rs` table of [`Definition`]s; the gateway collects them, a test proves the
//! codes unique and complete, and `tsugite explain`, the documents and the console read the same table.
//!
//! An issue never holds patient data in its parameters. What was found in the input stands apart in [`Issue::found`] and is
//! shown only where a report or the console asks for it.

#![forbid(unsafe_code)]

mod definition;
mod issue;
mod nearest;
mod origin;

pub use definition::{Definition, Lang, Severity, Text};
pub use issue::Issue;
pub use nearest::nearest;
pub use origin::{Address, Digest, InputName, Origin, Segment, Span};
