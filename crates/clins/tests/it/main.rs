#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod bundles;
mod clinic;
mod deleted;
mod documents;
mod institutions;
mod insurance;
mod labs;
mod letters;
mod lists;
mod patients;
mod receipts;
mod units;
