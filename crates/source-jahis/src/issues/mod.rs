//! What this crate can say: findings, rules that hold a record, and reasons why one is not carried.

mod beside;
mod drug;
mod input;

pub use beside::*;
pub use drug::*;
pub use input::*;

use tsugite_issue::Definition;

pub static ALL: &[&Definition] = &[
    &EMPTY,
    &NO_HEADER,
    &TOO_LARGE,
    &BEFORE_HEADER,
    &GENERATION_UNKNOWN,
    &END_MISSING,
    &LINE_BROKEN,
    &SPLIT_INCOMPLETE,
    &RECORD_UNKNOWN,
    &PATIENT_MISSING,
    &PATIENT_UNNUMBERED,
    &ISSUED_MISSING,
    &DISPENSED_MISSING,
    &PRESCRIBER_MISSING,
    &INSTITUTION_UNCLEAR,
    &CODE_REPAIRED,
    &DATE_INVALID,
    &ERA_OVERRUN,
    &COLUMNS_DIFFER,
    &RP_INCOMPLETE,
    &RP_EMPTY,
    &USAGE_MISSING,
    &USAGE_SHIFTED,
    &FORM_UNKNOWN,
    &DRUG_UNNAMED,
    &DRUG_KIND_UNKNOWN,
    &DRUG_CODE_MISNAMED,
    &DRUG_CODE_MISSING,
    &NUMBER_INVALID,
    &AMOUNT_INVALID,
    &AMOUNT_MISSING,
    &ORPHAN,
    &CREATOR_UNKNOWN,
    &SAID_TWICE,
    &PATIENTS_SEVERAL,
    &SYMBOLS_MIXED,
    &SPLIT_DIFFERS,
    &LINE_CUT,
    &RP_DIFFERS,
    &NUMBER_LEFT_OUT,
    &PATIENT_OF_OTHERS,
    &ALLERGY_NOTE,
    &SIDE_EFFECT_NOTE,
    &NO_KNOWN_ALLERGY,
    &PATIENT_ENTERED,
    &OVER_THE_COUNTER,
    &HISTORY_NOTE,
    &NOTE,
    &VITAL,
    &MATERIAL,
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
