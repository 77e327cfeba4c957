//! Everything that this crate can say: `JSON-NNN` about the bytes, `FHIR-NNN` about base R4 and profiles, `STRICT-NNN` about what they mean at the centre.
//!
//! Severity: an error only where the centre is known to refuse (an invariant, a cardinality or a fixed value of the profiles, base
//! R4, or a rule that the service publishes); what only the prose of the guide asks for is a warning.

pub use find::find;

use tsugite_issue::Definition;

/// A wrong and a right way to write something.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub code: &'static str,
    /// The FHIR path of the object whose members are shown, such as `Condition.code`; the others are left out. Empty where
    /// the whole input is shown.
    pub at: &'static str,
    /// JSON about which the code is said.
    pub wrong: &'static str,
    /// The same, as it should be.
    pub right: &'static str,
}

/// The example of a code; `None` where a few lines cannot show it.
pub fn example(code: &str) -> Option<&'static Example> {
    EXAMPLES.iter().copied().flatten().find(|example| example.code == code)
}

/// `NAME "CODE" Severity "source" text ja en cause ja en remedy ja en [at wrong right]`, many times; makes the statics, their
/// list and that of their examples.
macro_rules! definitions {
    ($($name:ident $code:literal $severity:ident $source:literal
        text $text_ja:literal $text_en:literal
        cause $cause_ja:literal $cause_en:literal
        remedy $remedy_ja:literal $remedy_en:literal
        $([$at:literal $wrong:literal $right:literal])?)*) => {
        use tsugite_issue::{Definition, Severity, Text};
        $(pub static $name: Definition = Definition {
            code: $code,
            severity: Severity::$severity,
            text: Text::new($text_ja, $text_en),
            cause: Text::new($cause_ja, $cause_en),
            remedy: Text::new($remedy_ja, $remedy_en),
            source: $source,
        };)*
        pub(in crate::issues) static GROUP: &[&Definition] = &[$(&$name),*];
        pub(in crate::issues) static EXAMPLES: &[crate::issues::Example] =
            &[$($(crate::issues::Example { code: $code, at: $at, wrong: $wrong, right: $right },)?)*];
    };
}

pub mod allergy;
pub mod bundle;
pub mod condition;
pub mod content;
pub mod document;
pub mod fhir;
mod find;
pub mod institution;
pub mod json;
pub mod observation;
pub mod patient;
pub mod resource;

static GROUPS: &[&[&Definition]] = &[
    json::GROUP,
    fhir::element::GROUP,
    fhir::reference::GROUP,
    fhir::binding::GROUP,
    fhir::profile::GROUP,
    fhir::package::GROUP,
    content::GROUP,
    bundle::GROUP,
    institution::GROUP,
    resource::GROUP,
    patient::GROUP,
    condition::GROUP,
    allergy::GROUP,
    observation::GROUP,
    document::GROUP,
];

static EXAMPLES: &[&[Example]] = &[
    json::EXAMPLES,
    fhir::element::EXAMPLES,
    fhir::reference::EXAMPLES,
    fhir::binding::EXAMPLES,
    fhir::profile::EXAMPLES,
    fhir::package::EXAMPLES,
    content::EXAMPLES,
    bundle::EXAMPLES,
    institution::EXAMPLES,
    resource::EXAMPLES,
    patient::EXAMPLES,
    condition::EXAMPLES,
    allergy::EXAMPLES,
    observation::EXAMPLES,
    document::EXAMPLES,
];

/// All definitions of this crate, in the order of their codes' groups.
pub static ALL: &[&Definition] = &concatenated();

const COUNT: usize = {
    let mut count = 0;
    let mut rest: &[&[&Definition]] = GROUPS;
    while let [group, tail @ ..] = rest {
        count += group.len();
        rest = tail;
    }
    count
};

const fn concatenated() -> [&'static Definition; COUNT] {
    let mut all = [&json::EMPTY; COUNT];
    let mut slots: &mut [&'static Definition] = &mut all;
    let mut groups: &[&[&Definition]] = GROUPS;
    while let [group, tail @ ..] = groups {
        groups = tail;
        let mut rest: &[&Definition] = group;
        while let [first, others @ ..] = rest {
            rest = others;
            if let [slot, free @ ..] = slots {
                *slot = *first;
                slots = free;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_every_definition_is_complete() {
        let mut codes = HashSet::new();
        for definition in ALL {
            let code = definition.code;
            assert!(codes.insert(code), "{code} occurs twice");
            let (area, number) = code.split_once('-').unwrap();
            assert!(matches!(area, "JSON" | "FHIR" | "STRICT") && number.len() == 3, "{code}");
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{code} lacks a text");
                let places = |t: &str| {
                    let mut names: Vec<String> =
                        t.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|p| p.0.to_owned()).collect();
                    names.sort();
                    names
                };
                assert_eq!(places(text.ja), places(text.en), "{code}: the languages name different parameters");
            }
            assert!(!definition.source.is_empty(), "{code} lacks its source");
        }
        assert_eq!(codes.len(), COUNT);
    }
}
