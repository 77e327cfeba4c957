use super::{Care, Code, Concept};
use crate::DateTime;
use serde::{Deserialize, Serialize};

/// 傷病名 (PRB with its ZPR).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Diagnosis {
    /// 病名 with its codes (PRB-3): 病名管理番号 `MDCDX2`, local codes.
    pub disease: Concept,
    /// 病名交換用コード (ZPR-5).
    pub exchange: Option<Code>,
    /// ICD-10 without dot, with its edition in `system` (`I10`, `I10:2013`).
    pub icd10: Vec<Code>,
    /// 前置修飾語 (ZPR-1/4), in reading order.
    pub prefixes: Vec<Concept>,
    /// 後置修飾語 (ZPR-3/6), in reading order.
    pub suffixes: Vec<Concept>,
    /// 診断種別 (JHSD0004).
    pub kind: Option<Code>,
    pub suspected: bool,
    /// 主診断 (PRB-18).
    pub main: bool,
    /// The source's own id of the problem (PRB-4).
    pub problem_id: Option<String>,
    /// 発症日 (PRB-16).
    pub onset: Option<DateTime>,
    /// 診断日 (PRB-7).
    pub established: Option<DateTime>,
    /// 登録日時 (PRB-2).
    pub recorded: Option<DateTime>,
    /// 転帰日 (PRB-9, PRB-15).
    pub ended: Option<DateTime>,
    /// 転帰 (HL70241), as written.
    pub outcome: Option<Code>,
    pub care: Care,
}
