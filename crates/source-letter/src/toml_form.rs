//! The TOML form.

use crate::{Letter, issues};
use std::ops::Range;
use tsugite_issue::Issue;

/// What is wrong with a letter, and where in its text.
#[derive(Debug)]
pub struct Wrong {
    pub issue: Issue,
    pub at: Range<usize>,
}

impl Wrong {
    pub const fn new(issue: Issue, at: Range<usize>) -> Self {
        Self { issue, at }
    }
}

/// Reads the TOML form.
///
/// # Errors
/// The first mistake, with its place.
pub fn parse(text: &str) -> Result<Letter, Wrong> {
    toml::from_str(text).map_err(|error| wrong(text, &error))
}

fn wrong(text: &str, error: &toml::de::Error) -> Wrong {
    let at = error.span().unwrap_or(0..0);
    let message = error.message().trim();
    if let Some((key, known)) = unknown_key(message) {
        let issue = Issue::new(&issues::KEY_UNKNOWN).with("key", key).with("known", known);
        return Wrong::new(issue, at);
    }
    if let Some(key) = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return Wrong::new(Issue::new(&issues::HEAD_MISSING).with("heading", key), at);
    }
    // A mistake of TOML itself stops the parser; everything else is a value that means nothing.
    if text.parse::<toml::Table>().is_err() {
        return Wrong::new(Issue::new(&issues::NOT_TOML).found(message), at);
    }
    let field = key_before(text, at.start).unwrap_or("?");
    Wrong::new(Issue::new(&issues::VALUE_WRONG).with("field", field).found(message), at)
}

/// Reads serde's message: ``unknown field `x`, expected one of `a`, `b` ``.
fn unknown_key(message: &str) -> Option<(&str, String)> {
    let rest = message.strip_prefix("unknown field `")?;
    let mut quoted = rest.split('`');
    let key = quoted.next()?;
    Some((key, quoted.skip(1).step_by(2).collect::<Vec<_>>().join(", ")))
}

/// The key on the line of a value.
fn key_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let line = before.rsplit(['\n', '{', ',']).next()?;
    let key = line.split('=').next()?.trim();
    (!key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')))
        .then_some(key)
}
