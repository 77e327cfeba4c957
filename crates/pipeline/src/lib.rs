//! The pure way from inputs to gated bundles.
//!
//! [`report_patient`] folds the statements of one patient into Units, and lets none through that the strict rules call an error.
//! [`run`] does it for many inputs in bounded memory: folders of a patient as they come, mixed inputs parted by patient on disk. A
//! large mixed input whose source knows where to cut it ([`tsugite_source::Source::cut`]) is read in parts, on all threads.
//! Whatever the number of threads and the order of arrival, the same inputs and settings give the same bytes. Every record that is
//! read ends in exactly one place, and the [`report`] says where.
//!
//! No clock, environment or network; files only in the scratch folder that the caller hands in.

#![forbid(unsafe_code)]

mod disk;
mod gate;
pub mod issues;
mod ordered;
mod patient;
mod pieces;
mod read;
pub mod report;
mod run;
mod settings;
mod spilled;
mod who;

pub use disk::{Sorted, Sorter};
pub use ordered::ordered;
pub use patient::{Ending, Known, PatientResult, report_patient};
pub use read::{Ended, Entry, HeldInput, InputCounts, NotLoaded, ReadOutput, Streamed, unread};
pub use run::{Deliver, Destination, Group, Step, run};
pub use settings::Settings;
pub use who::Feed;
