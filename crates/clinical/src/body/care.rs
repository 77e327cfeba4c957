use super::{Code, Name};
use crate::DateTime;
use serde::{Deserialize, Serialize};

/// 入院 or 外来.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum CareClass {
    /// 外来 (AMB).
    Ambulatory,
    /// 入院 (IMP).
    Inpatient,
    /// 救急 (EMER).
    Emergency,
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Practitioner {
    /// The clinic's own id of the doctor.
    pub id: Option<String>,
    pub name: Option<Name>,
}

/// Under which care a fact was stated: what the message itself says (PV1, ORC). Chains of `rules` §1 fill the rest.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Care {
    /// PV1-2, else ORC-29, else 診断種別.
    pub class: Option<CareClass>,
    /// 診療科 (PV1-3, ORC-17, the file name).
    pub department: Option<Code>,
    pub practitioner: Option<Practitioner>,
    /// 保険種別 under which it was done, where the source names one for this record: codes as written. No part of what is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insurances: Vec<Code>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EncounterKind {
    /// 外来受付 (ADT-12).
    Visit,
    /// 入院 (ADT-22).
    Admission,
    /// 退院 (ADT-52).
    Discharge,
}

/// A visit or one end of a stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encounter {
    pub kind: EncounterKind,
    pub care: Care,
    /// Time of the visit, of admission, of discharge.
    pub at: Option<DateTime>,
    /// 退院区分 (PV1-36).
    pub disposition: Option<Code>,
}
