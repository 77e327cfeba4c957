//! The vocabulary between the sources and the bundles: [`Fact`]s with their [`body`], the [`Chart`] of a patient, what is active in
//! it, dates and eras, result values, and the conservation of records.
//!
//! Codes, units and texts stay as the source wrote them; [`standard`] holds what `terminology` adds. Nothing here knows FHIR, a unit
//! of reporting, a file or a clock: the same facts, settings and date always give the same answer.

#![forbid(unsafe_code)]

pub mod body;
mod chart;
mod conservation;
mod date;
mod doubt;
mod encounters;
pub mod era;
mod fact;
pub mod insurance;
pub mod issues;
mod none;
pub mod policy;
pub mod receipt;
pub mod standard;
pub mod value;
pub mod who;
mod width;

pub use chart::{Chart, PatientStanding, Resolved, Standing, StatedFact};
pub use conservation::{End, RecordKind, Tally};
pub use date::{Date, DateTime, Time};
pub use doubt::{is_doubt, says_doubt};
pub use encounters::{CarePeriod, care_on};
pub use fact::{Fact, Identity, Key, PatientId, Presence, Scope, Statement, Version, WholeList};
pub use none::says_none;
pub use width::half_unspaced;
