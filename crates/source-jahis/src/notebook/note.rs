//! Records that are notes: allergies, side effects, what a patient bought or wrote. None of them becomes a fact.

use super::Creator;
use crate::{
    issues,
    rows::Row,
    symbol::Direction,
    value,
    writer::{Frame, Writer},
};
use tsugite_clinical::{RecordKind, says_none};

pub const fn is_note(number: u16) -> bool {
    matches!(number, 2 | 3 | 31 | 4 | 401 | 411 | 421 | 501 | 601 | 701 | 911)
}

/// Ends a note where its number says.
pub fn read(row: &Row<'_>, direction: Direction, frame: &Frame, writer: &mut Writer<'_>) {
    use RecordKind::{Condition, Document, Prescription};
    let by = |at| Creator::of(row, at, direction) == Creator::Patient;
    let kind_of_note = || value::code(row.field(1)).0;
    let (kind, by_patient, reason) = match row.number() {
        Some(2) => match kind_of_note().as_str() {
            kind @ ("1" | "2") => return reaction(row, kind == "1", by(3), frame, writer),
            "3" => (Condition, by(3), &issues::HISTORY_NOTE),
            _ => (Document, by(3), &issues::NOTE),
        },
        // 成分 (31) belong to their 3.
        Some(3) => (Prescription, by(4), &issues::OVER_THE_COUNTER),
        Some(4) => (Document, by(3), &issues::NOTE),
        Some(411) if value::code(row.field(2)).0 == "30" => return reaction(row, false, by(3), frame, writer),
        Some(411) => (Document, by(3), &issues::NOTE),
        Some(401 | 421 | 501) => (Document, by(2), &issues::NOTE),
        Some(601) => (Document, true, &issues::NOTE),
        // What a patient wrote below a drug or a usage.
        Some(281 | 291 | 311 | 391) if by(3) => (Document, true, &issues::NOTE),
        Some(301) if by(8) => (Document, true, &issues::NOTE),
        _ => return,
    };
    writer.not_carried(kind, row, frame, if by_patient { &issues::PATIENT_ENTERED } else { reason });
}

/// アレルギー歴, 副作用歴: free text, for a doctor to judge.
fn reaction(row: &Row<'_>, allergy: bool, by_patient: bool, frame: &Frame, writer: &mut Writer<'_>) {
    let said = if row.number() == Some(2) { row.field(2) } else { row.field(1) };
    if by_patient {
        return writer.not_carried(RecordKind::Allergy, row, frame, &issues::PATIENT_ENTERED);
    }
    if says_none(said) {
        return writer.not_carried(RecordKind::Allergy, row, frame, &issues::NO_KNOWN_ALLERGY);
    }
    let rule = if allergy { &issues::ALLERGY_NOTE } else { &issues::SIDE_EFFECT_NOTE };
    writer.tell(rule, row, said);
    writer.held(RecordKind::Allergy, row, Some(frame), rule);
}
