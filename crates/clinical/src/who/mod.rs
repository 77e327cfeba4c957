//! Which patient ids mean one person (`rules` §2): facts meet by patient id inside one id space, ids that differ in leading zeros may be
//! folded, and the insured number may join ids of two spaces where the site allows it. Name and birth date are a proposal to a person.
//!
//! Pure: a function of what is known of all ids. What was joined once and may not be any more is for the caller to remember.

mod acquaintance;
mod joins;

pub use crate::chart::kana_name;
pub use acquaintance::{Acquaintance, Basis, folded};
pub use joins::{Joins, doubles, joins};

#[cfg(test)]
mod tests;
