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

    /// Where nothing fills its `{name}` places.
    pub fn unfilled(self, lang: Lang) -> String {
        let mut open = String::new();
        let mut rest = self.get(lang);
        while let Some((before, _, behind)) = place(rest) {
            open.push_str(before);
            open.push('…');
            rest = behind;
        }
        open.push_str(rest);
        open
    }
}

/// The first `{name}` place of a text: what stands before it, its name, and what stands behind it.
fn place(text: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, behind) = rest.split_once('}')?;
    Some((before, name, behind))
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

    /// The names of the places that parameters fill.
    pub fn places(&self) -> impl Iterator<Item = &'static str> {
        let texts = [self.text.ja, self.text.en, self.remedy.ja, self.remedy.en];
        texts.into_iter().flat_map(|text| {
            std::iter::successors(place(text), |(_, _, behind)| place(behind)).map(|(_, name, _)| name)
        })
    }
}

impl PartialEq for Definition {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Definition {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_nothing_fills_are_left_open() {
        let text = Text::new("上限 {limit} を{by}超えた", "plain");
        assert_eq!(text.unfilled(Lang::Ja), "上限 … を…超えた");
        assert_eq!(text.unfilled(Lang::En), "plain");
        let definition = Definition::new("TEST-001", Severity::Error, text, text, Text::new("", "{to_do}"), "");
        assert_eq!(definition.places().collect::<Vec<_>>(), ["limit", "by", "to_do"]);
    }
}
