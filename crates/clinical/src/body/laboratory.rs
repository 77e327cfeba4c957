use super::{Care, Code, Concept};
use crate::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tsugite_issue::Origin;

/// 検査報告: what all results of one order share.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LabReport {
    /// オーダ番号 (ORC-2); with 診療日 it is the report key.
    pub order_number: String,
    /// 診療日.
    pub care_day: Option<Date>,
}

/// 検体 (SPM).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Specimen {
    pub id: Option<String>,
    /// 材料 (SPM-4), JLAC10 material code `JC10`.
    pub material: Concept,
    /// 採取日時 (SPM-17).
    pub collected: Option<DateTime>,
}

/// The observation value as written (OBX-2, OBX-5). Leading blanks are kept: the form of the NHO tables needs them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabValue {
    /// HL7 null or nothing.
    Absent,
    Text(String),
    Coded(Concept),
}

/// One result line (OBX).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabResult {
    pub report: Arc<LabReport>,
    /// Doctor of the order, department, class.
    pub care: Arc<Care>,
    pub specimen: Option<Arc<Specimen>>,
    /// 検査項目 (OBX-3): up to two triplets, in source order.
    pub test: Concept,
    /// 検査群 (OBR-4).
    pub panel: Option<Arc<Concept>>,
    /// OBX-4: groups organism, quantity and susceptibility lines.
    pub sub_id: Option<String>,
    pub value: LabValue,
    /// 単位 (OBX-6).
    pub unit: Option<Code>,
    /// 基準範囲 (OBX-7), as written.
    pub reference_range: Option<String>,
    /// 異常フラグ (OBX-8).
    pub flags: Vec<String>,
    /// 結果状態 (OBX-11): F, C, P, X, D, W, O, I, S; empty where not given.
    pub status: String,
    /// OBR-7.
    pub ordered_for: Option<DateTime>,
    /// OBX-14.
    pub observed: Option<DateTime>,
    /// OBR-22.
    pub reported: Option<DateTime>,
    /// NTE lines and comment results (`TCM`) that belong to this line.
    pub comments: Vec<String>,
    /// Where comment results stood: records of their own, which end where this line ends.
    #[serde(default)]
    pub comment_origins: CommentOrigins,
}

/// Places of comment lines. They are no part of what a result says, so any two are equal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CommentOrigins(pub Vec<Origin>);

impl PartialEq for CommentOrigins {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for CommentOrigins {}

/// OBX of ADT-00: 身長, 体重, 血液型.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vital {
    pub item: Concept,
    pub value: LabValue,
    pub unit: Option<Code>,
}
