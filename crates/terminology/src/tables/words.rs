use super::{csv_file::rows, units::Units};
use std::collections::HashMap;
use tsugite_clinical::value::{Qualitative, Vocabulary, key};
use tsugite_issue::Issue;

/// Words of result fields: qualitative results and reasons for their absence.
#[derive(Clone, Debug, Default)]
pub struct Words {
    qualitative: HashMap<String, Qualitative>,
    absence: HashMap<String, &'static str>,
}

impl Words {
    /// The codes of FHIR data-absent-reason that a table may name.
    const REASONS: [&str; 8] = [
        "unknown",
        "temp-unknown",
        "not-performed",
        "not-permitted",
        "error",
        "masked",
        "unsupported",
        "not-applicable",
    ];

    pub fn load_qualitative(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["meaning", "spellings"], 2, issues) {
            let [meaning, spellings] = &row.fields;
            match Qualitative::from_name(meaning) {
                Some(meaning) => {
                    self.qualitative.extend(spellings.split_whitespace().map(|spelling| (key(spelling), meaning)));
                }
                None => issues.push(super::row_ignored(name, row.line, meaning)),
            }
        }
    }

    pub fn load_absence(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["reason", "spellings"], 2, issues) {
            let [reason, spellings] = &row.fields;
            match Self::REASONS.into_iter().find(|known| known == reason) {
                Some(reason) => {
                    self.absence.extend(spellings.split_whitespace().map(|spelling| (key(spelling), reason)));
                }
                None => issues.push(super::row_ignored(name, row.line, reason)),
            }
        }
    }
}

/// What the parser of values asks.
pub struct ResultWords<'a> {
    pub words: &'a Words,
    pub units: &'a Units,
}

impl Vocabulary for ResultWords<'_> {
    fn qualitative(&self, key: &str) -> Option<Qualitative> {
        self.words.qualitative.get(key).copied()
    }

    fn absence(&self, key: &str) -> Option<&'static str> {
        self.words.absence.get(key).copied()
    }

    fn is_unit(&self, text: &str) -> bool {
        self.units.find(text).is_some()
    }
}
