use serde::{Deserialize, Serialize};
use std::fmt;

/// The language of a text shown to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Ja,
    En,
}

/// One text in both languages. May hold `{name}` places that [`crate::Issue`] parameters fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub ja: &'static str,
    pub en: &'static str,
}

impl Text {
    pub const fn new(ja: &'static str, en: &'static str) -> Self {
        Self { ja, en }
    }

    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }
}

/// How much an issue matters. Only [`Severity::Error`] keeps something from being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Information,
    Warning,
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What can be said: one row of a crate's `issues.rs` table.
#[derive(Debug)]
pub struct Definition {
    /// Stable code `AREA-NNN`, for example `CHARSET-003`.
    pub code: &'static str,
    pub severity: Severity,
    /// One sentence: what is the case. `{name}` places are filled from the parameters.
    pub text: Text,
    /// Why it happens.
    pub cause: Text,
    /// What a person should do, in words that a clinic understands.
    pub remedy: Text,
    /// Where the rule stands: `JP-CLINS R1013`, `SS-MIX2 1.2g §…`, `rules §4`; empty where it is our own.
    pub source: &'static str,
}

impl Definition {
    /// A row in the order of its columns.
    pub const fn new(
        code: &'static str,
        severity: Severity,
        text: Text,
        cause: Text,
        remedy: Text,
        source: &'static str,
    ) -> Self {
        Self { code, severity, text, cause, remedy, source }
    }
}

impl PartialEq for Definition {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Definition {}
