//! Letters: from a doctor's text and the chart to what is sent, to the page that a doctor reads, and to the centre.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

#[path = "letters/browser.rs"]
mod browser;
#[path = "letters/checkup.rs"]
mod checkup;
#[path = "scenarios/clinic.rs"]
#[expect(dead_code, reason = "the scenarios use the rest")]
mod clinic;
mod common;
#[path = "letters/compose.rs"]
mod compose;
#[path = "letters/official.rs"]
mod official;
#[path = "letters/suspected.rs"]
mod suspected;
