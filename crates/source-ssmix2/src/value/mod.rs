//! HL7 values to the vocabulary of `clinical`: as written, decoded and split, nothing mapped.

mod coded;
mod person;
mod place;

pub use coded::{code, coded, concept, filled, triplets};
pub use person::{names, practitioner};
pub use place::{address, telecoms};
