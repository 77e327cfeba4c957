use super::{Code, Concept};
use crate::DateTime;
use serde::{Deserialize, Serialize};

/// One item of a health check (健診項目).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CheckupItem {
    /// Section of the report (`01010`, `01990` …), as written.
    pub section: Option<Code>,
    /// 検査項目コード, 17 digits (OID …6.1005) or the source's own.
    pub item: Concept,
    pub value: CheckupValue,
    /// H, L, HX, LX … as written.
    pub flags: Vec<String>,
    /// 基準範囲: low and high as written.
    pub low: Option<String>,
    pub high: Option<String>,
    /// 検査方法 (OID …6.1007).
    pub method: Option<Code>,
    pub performed: Option<DateTime>,
    /// 一連検査: the group (5 digits) or the item (17 digits) that this one belongs to.
    pub series: Option<String>,
    /// What it is there (`COMP` a member, `RSON` the reason), as written.
    #[serde(default)]
    pub relation: Option<String>,
    /// 判断した医師.
    pub judged_by: Option<String>,
}

/// What was found, as written.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CheckupValue {
    /// Nothing stands there.
    #[default]
    Absent,
    /// PQ.
    Quantity { value: String, unit: Option<String> },
    /// CD / CO: the code's own list in `system`.
    Coded(Code),
    /// ST.
    Text(String),
    /// 未実施 (`negationInd`).
    NotPerformed,
    /// 測定不能 (`nullFlavor="NI"`).
    NotMeasurable,
}
