//! What this crate can say: `TABLE` of the files that are read, `MAPPING` of the mapping files that describe them.

use tsugite_issue::Definition;

/// One row of the table.
macro_rules! issues {
    ($($(#[$doc:meta])* $name:ident = $code:literal $severity:ident {
        ja: $ja:literal, en: $en:literal,
        cause: $cause_ja:literal, $cause_en:literal,
        remedy: $remedy_ja:literal, $remedy_en:literal $(,)?
    })*) => {
        $($(#[$doc])* pub static $name: Definition = Definition {
            code: $code,
            severity: Severity::$severity,
            text: Text::new($ja, $en),
            cause: Text::new($cause_ja, $cause_en),
            remedy: Text::new($remedy_ja, $remedy_en),
            source: "",
        };)*
    };
}

mod mapping;
mod table;

pub use mapping::*;
pub use table::*;

pub static ALL: &[&Definition] = &[
    &LAYOUT_UNKNOWN,
    &LAYOUT_AMBIGUOUS,
    &PATIENT_MISSING,
    &REQUIRED_MISSING,
    &EXCEL_ZEROS,
    &EXCEL_DATE,
    &EXCEL_EXPONENT,
    &EXCEL_NARROW,
    &DATE_INVALID,
    &NOT_REPORTED,
    &FILTERED,
    &HEADER_MISSING,
    &ROW_UNKNOWN,
    &COLUMN_MISSING,
    &UNDECODABLE,
    &STRAY_QUOTE,
    &VERSION_MISSING,
    &CELL_CUT,
    &RECORD_SHORT,
    &SHEET_UNREADABLE,
    &VALUE_UNKNOWN,
    &NO_KNOWN_ALLERGY,
    &ORDER_OF_RECEIPT,
    &EMPTY,
    &CODE_TOO_LONG,
    &MORE,
    &PATIENT_TWICE,
    &ROW_SHIFTED,
    &ROW_CUT,
    &VALUE_UNDECIDED,
    &DATE_UNDECIDED,
    &CODES_MALFORMED,
    &HEADING_REPEATED,
    &HEADING_CHANGED,
    &HEADER_TWICE,
    &SHEETS_UNREAD,
    &NO_TABLE,
    &COLUMN_TWICE,
    &MAPPING_SYNTAX,
    &MAPPING_KEY,
    &MAPPING_VALUE,
    &MAPPING_FIELD,
    &MAPPING_REQUIRED,
    &MAPPING_COLUMN,
    &MAPPING_BYTES,
    &MAPPING_RANGE,
    &MAPPING_PATTERN,
    &MAPPING_PIVOT,
    &MAPPING_UNREACHABLE,
    &MAPPING_OVERLAP,
    &MAPPING_FILE,
    &MAPPING_FILE_ROW,
    &MAPPING_ENCODING,
    &MAPPING_NO_HEADINGS,
    &MAPPING_PLACE,
    &MAPPING_FORMAT,
    &MAPPING_KEY_FIELD,
    &MAPPING_NOTHING,
    &MAPPING_NAME,
    &MAPPING_UNRECOGNISABLE,
    &MAPPING_HEADING,
    &MAPPING_VERSION,
    &MAPPING_HEADER_ALONE,
    &MAPPING_TEST,
    &MAPPING_UNTESTED,
    &MAPPING_LENGTH,
    &MAPPING_TWICE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_texts_complete() {
        let codes: BTreeSet<_> = ALL.iter().map(|definition| definition.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for definition in ALL {
            for text in [definition.text, definition.cause, definition.remedy] {
                assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", definition.code);
            }
        }
    }
}
