//! What this crate can say: findings, rules that hold a record, and reasons why one is not carried.

mod found;
mod left;

pub use found::*;
pub use left::*;

use tsugite_issue::Definition;

pub static ALL: &[&Definition] = &[
    &NO_MODULE,
    &PATIENT_MISSING,
    &PATIENT_DIFFERS,
    &ID_OF_REGION,
    &DATE_INVALID,
    &CODE_MISNAMED,
    &INSURANCE_ALONE,
    &DISEASE_UNNAMED,
    &DRUG_UNNAMED,
    &REPORT_UNNAMED,
    &TEST_UNNAMED,
    &DOCUMENT_UNNAMED,
    &RECIPIENT_MISSING,
    &EXTERNAL,
    &MEMO_LEFT,
    &INFECTION_INCOMPLETE,
    &MODULE_UNKNOWN,
    &ITEM_UNCLASSED,
    &ALLERGY_UNNAMED,
    &ACCESS_DENIED,
    &EDITION_OPEN,
    &NO_KNOWN_ALLERGY,
    &NO_INFECTION,
    &VITAL,
    &NOTE,
    &REPORT,
    &SURGERY,
    &CHART_SHEET,
    &INJECTION,
    &LAB_ORDER,
    &SUMMARY_OF_VISITS,
    &DRUG_OF_ACT,
    &PATIENT_OF_OTHERS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_every_text_is_filled() {
        let codes: BTreeSet<_> = ALL.iter().map(|d| d.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
