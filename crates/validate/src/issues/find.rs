//! Definitions by what a person has in hand.

use super::ALL;
use crate::strict;
use tsugite_issue::Definition;

/// What is meant by a code (`STRICT-702`), the key of a strict rule or invariant (`observation-status`, `dom-3`), or a rule number
/// of the guide (`R6021`); upper and lower case are alike. Several where the number stands for several; none where nothing fits.
pub fn find(query: &str) -> Vec<&'static Definition> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return Vec::new();
    }
    if let Some(definition) = ALL.iter().find(|d| d.code.to_lowercase() == query) {
        return vec![definition];
    }
    let key = |definition: &Definition| strict::rule(definition.code).is_some_and(|r| r.key.to_lowercase() == query);
    let fits = |definition: &&&Definition| key(definition) || has_word(&definition.source.to_lowercase(), &query);
    ALL.iter().filter(fits).copied().collect()
}

/// Whether `word` stands in the text and no letter, digit or hyphen beside it.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn by_code_key_or_number_of_the_guide() {
        for (query, expected) in [
            ("strict-704", &["STRICT-704"][..]),
            (" R6021 ", &["STRICT-704"]),
            ("observation-status", &["STRICT-701"]),
            ("dom-3", &["FHIR-031", "FHIR-032", "STRICT-304"]),
            ("R602", &[]),
            ("", &[]),
            ("nothing of the kind", &[]),
        ] {
            let codes: Vec<&str> = find(query).iter().map(|d| d.code).collect();
            assert_eq!(codes, expected, "{query}");
        }
    }
}
