//! The sink, the registry and the testkit, with a toy format: one line a diagnosis, `patient|disease`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;
mod registry;
mod sink;
mod toy;
