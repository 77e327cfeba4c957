use serde::Deserialize;
use std::collections::HashMap;
use tsugite_clinical::{
    body::Code,
    standard::{ClinicalStatus, Outcome},
};

/// 転帰.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// HL70241.
    codes: HashMap<String, Row>,
    words: HashMap<String, Row>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    status: Status,
    note: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Active,
    Remission,
    Resolved,
}

impl Outcomes {
    /// `None` where no table knows the outcome.
    pub fn find(&self, outcome: &Code) -> Option<Outcome> {
        let of_table = matches!(outcome.system.as_str(), "HL70241" | "0241" | "");
        let by_code = self.codes.get(&outcome.code).filter(|_| of_table);
        let row = by_code.or_else(|| self.words.get(&outcome.display)).or_else(|| self.words.get(&outcome.code))?;
        let status = match row.status {
            Status::Active => ClinicalStatus::Active,
            Status::Remission => ClinicalStatus::Remission,
            Status::Resolved => ClinicalStatus::Resolved,
        };
        Some(Outcome { status, note: row.note.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_by_code_and_by_word() {
        let outcomes: Outcomes = toml::from_str(tsugite_mappings::OUTCOME.text).unwrap();
        let find = |code: &str, display: &str, system: &str| {
            let code = Code { code: code.into(), display: display.into(), system: system.into() };
            outcomes.find(&code).map(|outcome| (outcome.status, outcome.note))
        };
        let note = |text: &str| Some(text.to_owned());
        for (code, display, system, expected) in [
            ("F", "完全に回復", "HL70241", Some((ClinicalStatus::Resolved, None))),
            ("R", "回復中", "HL70241", Some((ClinicalStatus::Remission, None))),
            ("D", "死亡", "HL70241", Some((ClinicalStatus::Resolved, note("死亡")))),
            ("S", "", "", Some((ClinicalStatus::Resolved, note("後遺症残存")))),
            ("N", "回復せず", "HL70241", Some((ClinicalStatus::Active, None))),
            ("4", "中止", "99XYZ", Some((ClinicalStatus::Resolved, note("中止")))),
            ("転医", "", "", Some((ClinicalStatus::Resolved, note("転医")))),
            ("F", "", "99XYZ", None),
            ("9", "その他", "HL70241", None),
        ] {
            assert_eq!(find(code, display, system), expected, "{code} {display} {system}");
        }
    }
}
