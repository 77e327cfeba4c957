#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod ends;
mod generated;
mod metamorphic;
mod sample;
mod support;

#[path = "../../benches/receipts/mod.rs"]
mod receipts;
