//! The one JSON tree of the house: what is validated is what is sent, so nothing is converted on the way.
//!
//! [`Arena::read`] turns bytes into a [`Tree`]: nodes in document order in one vector, addressed by 32-bit ids. Members keep their
//! order and their duplicates, numbers keep their text, strings without escapes are borrowed from the input. Every node knows the
//! byte span of its value and of its key, and, through its parent, its FHIR path. Reading cannot fail in any other way than by
//! [`Fault`]s, and never recurses: the depth of the input costs memory of our own stack, not of the thread's.

mod arena;
mod decode;
mod fault;
mod node;
mod position;
mod reader;
#[cfg(test)]
mod tests;

pub use arena::{Arena, Limits, Tree};
pub use fault::{Fault, FaultKind};
pub use node::{Items, Kind, Node};
pub(crate) use position::Position;
