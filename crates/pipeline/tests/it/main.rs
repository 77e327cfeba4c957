//! The whole way over an invented storage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod conditions;
mod conservation;
mod house;
mod official;
mod order;
mod packages;
mod parts;
mod prescriptions;
mod who;

#[path = "../../benches/storage/mod.rs"]
mod storage;

#[path = "../../../source-uke/benches/receipts/mod.rs"]
mod receipts;
