use super::{Care, Code, Concept};
use crate::DateTime;
use serde::{Deserialize, Serialize};

/// アレルギー or 薬剤禁忌 (IAM, AL1).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Allergy {
    /// アレルギー分類 (HL70127: DA, FA, EA, PA, LA, AA, MA, MC).
    pub category: Option<Code>,
    pub allergen: Concept,
    /// 重症度 (HL70128).
    pub severity: Option<Code>,
    /// 反応, as text.
    pub reactions: Vec<String>,
    /// IAM-11.
    pub onset: Option<DateTime>,
    /// IAM-12: "in the first years of school".
    pub onset_text: Option<String>,
    /// IAM-13.
    pub recorded: Option<DateTime>,
    /// IAM-17.
    pub verification: Option<Code>,
    pub care: Care,
}
