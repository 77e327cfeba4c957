//! Standardised chart → 報告単位 → JP-CLINS bundle bytes.
//!
//! [`report`] is the whole of it: what is reported at once, what is held and why, and the exact bytes. Pure: the same chart,
//! settings, clock and issued ids give the same bytes.

#![forbid(unsafe_code)]

mod build;
mod care;
mod document;
mod hash;
mod institutions;
pub mod issues;
mod laboratory;
mod list;
mod outcome;
mod person;
mod report;
mod run;
mod select;
mod site;
mod unit;

pub use outcome::{ApartFile, BuiltUnit, Defaulted, Hash, HeldUnit, Outcome};
pub use report::report;
pub use site::{IgVersion, Site, Subject, UnknownIgVersion};
pub use unit::{Issued, NeverIssued, UnitKey, UnitKind};
