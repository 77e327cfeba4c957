#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod bundles;
mod checkups;
mod clinic;
mod deleted;
mod documents;
mod drugs;
mod institutions;
mod insurance;
mod judged;
mod labs;
mod letters;
mod lists;
mod patients;
mod receipts;
mod sections;
mod suspected;
mod units;
