//! JAHIS symbols and notebooks to facts, from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

mod hostile;
mod mixed;
mod notebook;
mod prescription;
mod samples;
mod support;
