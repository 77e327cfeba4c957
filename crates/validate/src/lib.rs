//! Judges the bytes of a FHIR resource before anything leaves the house: JSON syntax, and the strict rules of JP-CLINS 5情報
//! Bundles that the centre checks or that no validator sees.
//!
//! ```
//! use tsugite_validate::{check, Options};
//! let report = check(br#"{"resourceType":"Bundle","entry":[]}"#, &Options::default());
//! assert!(report.has_errors());
//! ```
//!
//! - [`json`] reads the bytes into one tree with spans; its faults are `JSON-NNN` issues.
//! - [`strict`] holds one table of rules, `STRICT-NNN`, keyed by the guide's invariant key where there is one. A rule is an error
//!   only where the centre is known to refuse; else it is a warning.
//! - [`Validator`] judges base R4 and the profiles of loaded packages between the two, `FHIR-NNN`, over the same tree and into the
//!   same [`Report`]. [`check`] leaves them out.
//!
//! Pure: no clock, no files. The clock and the packages' tables come in through [`Options`].

#![forbid(unsafe_code)]

#[doc(hidden)]
pub mod base;
mod check;
mod definitions;
mod engine;
pub mod fhirpath;
pub mod issues;
pub mod json;
mod options;
mod package;
mod reference;
mod report;
pub mod strict;
mod validator;

pub use check::{Memory, check, check_in};
pub use issues::{Example, example, find};
pub use json::Limits;
pub use options::{Day, Lookup, Options, SharedLabTable};
pub use reference::reference;
pub use report::{Category, Counts, Group, Groups, Place, Report, Summary, outcome_code};
pub use validator::Validator;
