#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// A skipped test says so.
#![allow(clippy::print_stdout)]

mod bundles;
mod cases;
mod engine;
mod examples;
mod hostile;
mod memory;
mod mutants;
mod mutations;
mod official;
mod places;
mod profiles;
mod rules;
