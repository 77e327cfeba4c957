//! 手紙: what a doctor or a vendor's program writes for a 診療情報提供書 or a 退院時サマリー, to facts.
//!
//! A letter is a TOML file that begins with `[letter]`, or a plain text with headings such as 【紹介目的】 (see `README.md` of this
//! crate). Both are read into one [`Letter`], which can be written back as TOML with everything in it: `tsugite compose` adds
//! recipient and attachments to what the doctor wrote, and that one file goes the road of every other input. A letter becomes one
//! document fact, and a fact for each entry that it gives itself; what it takes from the chart it only names.

#![forbid(unsafe_code)]

mod attachment;
mod blocks;
mod facts;
pub mod issues;
mod letter;
mod sections;
mod source;
mod summary;
mod term;
mod text;
mod toml_form;
mod when;

pub use attachment::{MOST_ATTACHED, content_type};
pub use letter::{Allergy, Amount, Attachment, Finding, Lab, Prescription, Problem, Sex};
pub use letter::{Class, Consent, Doctor, Head, Kind, Letter, Party, Section, Stay, Table};
pub use sections::{SectionName, heading, mandatory};
pub use source::{LetterSource, read_draft};
pub use summary::Summary;
pub use term::Term;
pub use when::When;
