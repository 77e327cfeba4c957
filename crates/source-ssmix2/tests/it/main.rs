//! SS-MIX2 files to facts, from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

mod allergy;
mod diagnosis;
mod hostile;
mod laboratory;
mod orders;
mod patient;
mod samples;
mod storage;
mod support;
mod transaction;
