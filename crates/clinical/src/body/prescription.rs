use super::{Care, Code, Concept, Party};
use crate::DateTime;
use serde::{Deserialize, Serialize};

/// A number as written, with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quantity {
    pub value: String,
    pub unit: Option<Code>,
}

/// One drug line of a prescription (RXE with ORC, TQ1, RXR).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Prescription {
    /// オーダ番号 (ORC-2).
    pub order_number: String,
    /// Rp番号 (ORC-4).
    pub group: String,
    /// 1-based place in its Rp.
    pub place: u16,
    /// 薬剤 (RXE-2, then RXE-31): HOT9, YJ, local.
    pub drug: Concept,
    /// 1回量 (RXE-3/5).
    pub dose: Option<Quantity>,
    /// 1日量 (RXE-19).
    pub daily_dose: Option<Quantity>,
    /// 総量 (RXE-10/11).
    pub total: Option<Quantity>,
    /// 用法 (TQ1-3), one concept a repetition.
    pub usages: Vec<Concept>,
    /// 投与日数 or 回数 as written (TQ1-6, TQ1-14).
    pub duration: Option<String>,
    pub count: Option<String>,
    pub start: Option<DateTime>,
    pub end: Option<DateTime>,
    /// 投与経路 (RXR-1) and 部位 (RXR-2).
    pub route: Option<Concept>,
    pub site: Option<Concept>,
    /// 処方区分 (RXE-21, RXE-27): 院内, 院外, 内服, 頓用, 外用.
    pub categories: Vec<Concept>,
    /// 服用指示 (RXE-7).
    pub instructions: Vec<Concept>,
    /// ORC-9.
    pub ordered: Option<DateTime>,
    /// Given or dispensed (OMP-11): context of the order, never a second line.
    pub administered: bool,
    /// 処方箋番号 (引換番号), where the source has one.
    #[serde(default)]
    pub prescription_number: Option<String>,
    /// 原薬量: the amounts count the ingredient, not the product.
    #[serde(default)]
    pub ingredient_amounts: bool,
    /// Takings a day where the source counts them (JAHIS 111, 241).
    #[serde(default)]
    pub times_per_day: Option<String>,
    /// 後発品変更不可, 一包化, 粉砕 …: what the pharmacy is told.
    #[serde(default)]
    pub dispensing: Vec<Concept>,
    /// リフィル: 総使用回数.
    #[serde(default)]
    pub repeats: Option<String>,
    /// Remarks on this drug: 不均等, 補足.
    #[serde(default)]
    pub notes: Vec<String>,
    /// 処方医療機関, where the source names it: a notebook holds prescriptions of others, which are not this institution's to report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prescribed_by: Option<Party>,
    pub care: Care,
}
