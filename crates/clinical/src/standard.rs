//! What `terminology::standardise` adds to a chart: standard codes, UCUM units, parsed values. Systems are FHIR URLs.

use crate::{Resolved, body::Code};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap, sync::Arc};
use tsugite_issue::Issue;

/// A chart's facts with their standard codes; `standards` runs in the order of the chart's facts.
#[derive(Clone, Debug)]
pub struct Standardised<'a> {
    pub resolved: Resolved<'a>,
    pub standards: Vec<Standard>,
    /// Issues of mapping, with the origin of the fact.
    pub issues: Vec<Issue>,
    pub unmapped: Vec<Unmapped>,
    /// 診療科 as a fact's [`crate::body::Care`] names it → its SS-MIX2 統一診療科コード with the table's name, for those that the table
    /// knows. The others are sent as text.
    pub departments: BTreeMap<Code, Coding>,
}

/// The standard side of one fact.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Standard {
    /// The fact needs no codes (context), or is not active.
    #[default]
    None,
    Diagnosis(Box<DiagnosisStandard>),
    Allergy(Box<AllergyStandard>),
    Lab(Box<LabStandard>),
    Prescription(Box<PrescriptionStandard>),
    CheckupItem(Box<CheckupStandard>),
}

/// A FHIR Coding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Coding {
    pub system: Cow<'static, str>,
    pub version: Option<String>,
    pub code: Arc<str>,
    pub display: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DiagnosisStandard {
    /// 病名管理番号, 交換用コード, レセプト, ICD-10, in this order; the first is always a 病名管理番号, or 未コード化傷病名.
    pub codings: Vec<Coding>,
    /// No 病名管理番号 could be found: said in text (`rules` §1).
    pub uncoded: bool,
    /// 前置修飾語, one list of codings each, in reading order; empty where only a text is known.
    pub prefixes: Vec<Modifier>,
    pub suffixes: Vec<Modifier>,
    /// The whole name as a person reads it, modifiers included once.
    pub text: String,
    pub outcome: Outcome,
}

/// 修飾語.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Modifier {
    /// Holds a 修飾語管理番号, or nothing: the profile demands one in the extension.
    pub codings: Vec<Coding>,
    pub text: String,
}

/// What an outcome (転帰) means for Condition.clinicalStatus.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Outcome {
    pub status: ClinicalStatus,
    /// The true outcome where the status alone would hide it (death, sequela, 中止, 転医).
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ClinicalStatus {
    #[default]
    Active,
    Remission,
    Resolved,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AllergyStandard {
    pub coding: Option<Coding>,
    pub category: Option<AllergyCategory>,
    pub uncoded: bool,
    pub text: String,
    /// FHIR reaction severity: mild, moderate, severe.
    pub severity: Option<&'static str>,
    /// Why the fact says that there is no allergy (「なし」), or cannot be placed in a category (MC).
    pub verdict: AllergyVerdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum AllergyVerdict {
    #[default]
    Allergy,
    /// 「なし」「特になし」: no statement of absence is sent.
    NoKnownAllergy,
    /// 種々の禁忌 (MC) of a thing that neither its code nor the site's table says to be a drug.
    ContraindicationUnclear,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AllergyCategory {
    Medication,
    Food,
    Environment,
}

impl AllergyCategory {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Medication => "medication",
            Self::Food => "food",
            Self::Environment => "environment",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LabStandard {
    /// ローカルコード: always, `[A-Za-z0-9_-]+`.
    pub local: Option<Coding>,
    /// The shared code (43 + 5 items), or the uncoded one; never both.
    pub shared: Option<SharedCode>,
    /// General JLAC10, which may accompany either.
    pub general: Option<Coding>,
    pub text: String,
    pub specimen: Option<Coding>,
    pub specimen_text: String,
    /// One entry for most lines; two where one field held two results.
    pub values: Vec<Value>,
    pub range: Option<Range>,
    pub interpretations: Vec<Coding>,
}

/// A drug line with its codes (`JP_MedicationRequest_eCS`).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PrescriptionStandard {
    /// YJ, 規格別薬剤成分, 一般名処方, in this order; `NOCODED` alone where none is known.
    pub drug: Vec<Coding>,
    pub uncoded: bool,
    /// The drug as printed on the prescription.
    pub text: String,
    /// 電子処方箋用法 or the dummy, never both; a JAMI 用法 may stand beside either.
    pub usage: Vec<Coding>,
    /// The whole usage as a person reads it; never empty.
    pub usage_text: String,
    /// 処方区分.
    pub categories: Vec<Coding>,
    pub form: DosageForm,
    /// 1回量, 1日量, 総量.
    pub dose: Option<Amount>,
    pub daily_dose: Option<Amount>,
    pub total: Option<Amount>,
    /// 投与日数.
    pub days: Option<u32>,
    /// 投与回数 of a drug taken as needed.
    pub times: Option<u32>,
    pub route: Option<Coding>,
    pub route_text: Option<String>,
    /// 外用部位.
    pub site: Option<Coding>,
    pub site_text: Option<String>,
    /// 補足用法, each with a coding where one is known.
    pub additional: Vec<(Option<Coding>, String)>,
}

/// 剤形区分, as far as usage depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum DosageForm {
    /// 内服.
    Oral,
    /// 頓用.
    AsNeeded,
    /// 外用.
    External,
    /// 注射 (自己注射).
    Injection,
    #[default]
    Unknown,
}

/// A number with a unit: MERIT-9 code where the table knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    pub number: String,
    pub unit: String,
    pub code: Option<Coding>,
}

/// A 健診 item with its codes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CheckupStandard {
    /// 検査項目コード of 17 digits, where the source's is one.
    pub code: Option<Coding>,
    pub text: String,
    pub value: Option<Value>,
    pub range: Option<Range>,
    pub interpretations: Vec<Coding>,
    pub method: Option<Coding>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharedCode {
    Core(Coding),
    Infection(Coding),
    Uncoded(Coding),
}

/// A result value ready for FHIR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Quantity {
        comparator: Option<&'static str>,
        number: String,
        unit: Option<Unit>,
    },
    /// A qualitative result with its code where one is known.
    Coded {
        codings: Vec<Coding>,
        text: String,
    },
    Text(String),
    /// No value, and why, in words.
    Absent {
        reason: &'static str,
        text: String,
    },
}

/// 基準範囲.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Range {
    pub low: Option<String>,
    pub high: Option<String>,
    /// The range as written, where it has no two ends.
    pub text: Option<String>,
}

/// A unit as printed and, where it is known, in UCUM.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    pub display: String,
    pub ucum: Option<String>,
}

/// A code of the source that no table turned into a standard one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unmapped {
    /// `condition`, `allergy`, `lab_result`, `unit`, `modifier`, `department` …
    pub kind: Cow<'static, str>,
    pub system: String,
    pub code: String,
    pub text: String,
}
