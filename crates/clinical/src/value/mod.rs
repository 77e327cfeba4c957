//! 検査結果値. One parser for what laboratories write into a result field: numbers with comparators on either side, ranges,
//! fractions, titres, exponents, qualitative spellings, two results in one field, and reasons why there is none.
//!
//! Nothing is guessed: what is not understood stays [`Reading::Text`]. Numbers keep their digits (`4.10` stays `4.10`).

mod fold;
mod number;
mod parse;
mod reading;
#[cfg(test)]
mod tests;

pub use fold::key;
pub use number::Number;
pub use parse::parse;
pub use reading::{Comparator, Measurement, Qualitative, Reading, Readings};

/// The words that a parser must know, from tables. Keys are as [`key`] makes them.
pub trait Vocabulary {
    /// 定性結果.
    fn qualitative(&self, key: &str) -> Option<Qualitative>;
    /// The code of FHIR data-absent-reason for a word that stands where a result should.
    fn absence(&self, key: &str) -> Option<&'static str>;
    /// Whether a text is a unit (`mg/dL`), so that a number may stand before it.
    fn is_unit(&self, text: &str) -> bool;
}
