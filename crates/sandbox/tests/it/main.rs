//! The centre as a client sees it: files in, files out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod documents;
mod faults;
mod kill;
mod model;
mod semantics;
mod sender;
mod terminal;
