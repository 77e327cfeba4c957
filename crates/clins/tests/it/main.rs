#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bundles;
mod clinic;
mod deleted;
mod insurance;
mod labs;
mod lists;
mod patients;
mod units;
