//! The clinic's own decisions, as overlay files say them.

use crate::{who::folded, width::half_unspaced};

/// The clinic's own decisions about patients and diagnoses (overlay files, `rules` §2, §5).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Overlay {
    pub patients: Vec<PatientRule>,
    pub diagnoses: Vec<DiagnosisRule>,
    /// 別人: two ids that mean two persons, whatever speaks for one.
    pub apart: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientRule {
    /// An id, or a pattern with one `*` at its end.
    pub id: String,
    pub decision: PatientDecision,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatientDecision {
    /// 送信しない.
    Exclude,
    /// テスト患者.
    Test,
    /// The facts belong to this id.
    Alias(String),
}

/// One row of the diagnosis overlay: the columns that are filled select, the decision applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosisRule {
    pub patient: Option<String>,
    /// 病名管理番号, ICD-10 or local code.
    pub code: Option<String>,
    pub text: Option<String>,
    pub decision: DiagnosisDecision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagnosisDecision {
    Exclude,
    /// 未告知.
    Uninformed,
    /// 未提供.
    Undelivered,
    /// 長期保存.
    LongTerm,
}

impl PatientDecision {
    /// It forbids sending.
    pub const fn forbids(&self) -> bool {
        matches!(self, Self::Exclude | Self::Test)
    }
}

impl DiagnosisRule {
    /// Whether the row is about this patient, or about everybody. A spreadsheet takes leading zeros away: what keeps a diagnosis from
    /// being sent holds for the number without them, too.
    pub fn is_about(&self, id: &str) -> bool {
        self.patient
            .as_deref()
            .is_none_or(|named| half_unspaced(named) == half_unspaced(id) || differ_in_zeros(named, id))
    }
}

impl Overlay {
    /// Whether a person said that these two ids are not the same patient.
    pub fn are_apart(&self, a: &str, b: &str) -> bool {
        self.apart.iter().any(|(one, other)| (one == a && other == b) || (one == b && other == a))
    }

    /// The decision for a patient, if any; the last row that names the id wins. Where none does, a row that forbids sending holds for
    /// the number with other leading zeros: spreadsheets take them away, and nobody must be sent whom the clinic never wants to send.
    pub fn patient(&self, id: &str) -> Option<&PatientDecision> {
        if self.patients.is_empty() {
            return None;
        }
        let plain = half_unspaced(id);
        let names = |rule: &&PatientRule| {
            let named = half_unspaced(&rule.id);
            match named.strip_suffix('*') {
                Some(prefix) => plain.starts_with(prefix),
                None => named == plain,
            }
        };
        let forbids = |rule: &&PatientRule| rule.decision.forbids() && differ_in_zeros(&rule.id, id);
        let rules = || self.patients.iter().rev();
        rules().find(names).or_else(|| rules().find(forbids)).map(|rule| &rule.decision)
    }
}

/// Two numbers that are the same but for leading zeros and width.
fn differ_in_zeros(one: &str, other: &str) -> bool {
    let (one, other) = (half_unspaced(one), half_unspaced(other));
    folded(&one).is_some_and(|number| folded(&other) == Some(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str, decision: PatientDecision) -> PatientRule {
        PatientRule { id: id.into(), decision }
    }

    #[test]
    fn the_last_row_that_names_a_patient_wins() {
        let overlay = Overlay {
            patients: vec![rule("99*", PatientDecision::Test), rule("9901", PatientDecision::Exclude)],
            ..Overlay::default()
        };
        assert_eq!(overlay.patient("9900"), Some(&PatientDecision::Test));
        assert_eq!(overlay.patient("9901"), Some(&PatientDecision::Exclude));
        assert_eq!(overlay.patient("0001"), None);
    }

    #[test]
    fn what_a_spreadsheet_did_to_a_number_lets_nobody_through() {
        let overlay = Overlay {
            patients: vec![
                rule("1", PatientDecision::Exclude),
                rule("２２", PatientDecision::Test),
                rule("0003", PatientDecision::Alias("4".into())),
                rule("5", PatientDecision::Alias("6".into())),
                rule("A7", PatientDecision::Exclude),
            ],
            ..Overlay::default()
        };
        for (id, decision) in [
            ("0000000001", Some(PatientDecision::Exclude)),
            ("００１", Some(PatientDecision::Exclude)),
            ("22", Some(PatientDecision::Test)),
            ("3", None),
            ("0005", None),
            ("5", Some(PatientDecision::Alias("6".into()))),
            ("0A7", None),
            ("10", None),
            ("0", None),
        ] {
            assert_eq!(overlay.patient(id), decision.as_ref(), "{id}");
        }
        let about = |named: Option<&str>| DiagnosisRule {
            patient: named.map(str::to_owned),
            code: None,
            text: None,
            decision: DiagnosisDecision::Exclude,
        };
        assert!(about(None).is_about("1") && about(Some("1")).is_about("0001") && about(Some("A")).is_about("Ａ"));
        assert!(!about(Some("1")).is_about("10") && !about(Some("A")).is_about("0A"));
    }
}
