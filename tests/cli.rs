//! The command line: transcripts that read as documentation (`cli/*.md`), and inputs that mean harm (`cli/hostile.rs`).
//!
//! `SNAPSHOTS=overwrite cargo test -p tsugite-gateway --test cli` writes the transcripts anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

#[path = "cli/documents.rs"]
mod documents;

#[path = "cli/hostile.rs"]
mod hostile;

#[path = "cli/samples.rs"]
mod samples;

#[path = "cli/tables.rs"]
mod tables;

#[path = "cli/validating.rs"]
mod validating;

use std::{env, fs, path::Path};

/// Transcripts run at the top of the repository and write below `target/cli`.
#[test]
fn transcripts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    env::set_current_dir(&root).unwrap();
    let _ = fs::remove_dir_all("target/cli");
    fs::create_dir_all("target/cli").unwrap();
    trycmd::TestCases::new()
        .register_bin("tsugite", Path::new(env!("CARGO_BIN_EXE_tsugite")))
        .case("tests/cli/*.md")
        .case("mappings/README.md")
        .run();
}
