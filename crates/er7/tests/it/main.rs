#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod addresses;
mod mutations;
mod splitting;
mod values;
mod variants;

use std::sync::Arc;
use tsugite_charset::{Decoded, Encoding, GaijiTable, decode};
use tsugite_issue::{InputName, Issue};

fn utf8(text: &str) -> Decoded<'_> {
    decode(text.as_bytes(), Encoding::Utf8, &GaijiTable::default())
}

fn input() -> Arc<InputName> {
    Arc::new(InputName { path: "message".into(), digest: Default::default() })
}

fn codes(issues: &[Issue]) -> Vec<&'static str> {
    issues.iter().map(Issue::code).collect()
}
