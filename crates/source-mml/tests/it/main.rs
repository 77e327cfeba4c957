//! MML to facts, from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

mod documents;
mod hostile;
mod modules;
mod samples;
mod support;
