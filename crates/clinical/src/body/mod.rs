//! What a fact says. Everything is as the source wrote it, decoded and split, nothing mapped.

mod allergy;
mod care;
mod checkup;
mod diagnosis;
mod document;
mod laboratory;
mod patient;
mod prescription;

pub use allergy::Allergy;
pub use care::{Care, CareClass, Encounter, EncounterKind, Practitioner};
pub use checkup::{CheckupItem, CheckupValue};
pub use diagnosis::Diagnosis;
pub use document::{
    Attachment, Block, ChartPart, Checkup, Consent, Document, DocumentKind, Party, Section, SectionKind, Stay,
};
pub use laboratory::{CommentOrigins, LabReport, LabResult, LabValue, Specimen, Vital};
pub use patient::{Address, Insurance, Name, Patient, Representation, Sex, Telecom};
pub use prescription::{Prescription, Quantity};

use crate::RecordKind;
use serde::{Deserialize, Serialize};

/// A code with the name and the namespace that the source gave it (one triplet of an HL7 CWE).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Code {
    pub code: String,
    pub display: String,
    /// The source's name of the code system: `JC10`, `MDCDX2`, `99XYZ`; empty where none was given.
    pub system: String,
}

/// A thing with its codes in source order, and its text where the source has one apart from the codes' names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Concept {
    pub codes: Vec<Code>,
    pub text: Option<String>,
}

impl Concept {
    /// The first code of a namespace.
    pub fn in_system(&self, system: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.system == system)
    }

    /// The name that a person reads: the text, else the first code's name.
    pub fn name(&self) -> Option<&str> {
        let display = || self.codes.iter().map(|code| code.display.as_str()).find(|display| !display.is_empty());
        self.text.as_deref().filter(|text| !text.is_empty()).or_else(display)
    }
}

/// The content of a fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// 患者基本情報 (context, no record).
    Patient(Box<Patient>),
    /// 受診・入退院 (context, no record).
    Encounter(Box<Encounter>),
    /// 傷病名.
    Diagnosis(Box<Diagnosis>),
    /// アレルギー・薬剤禁忌.
    Allergy(Box<Allergy>),
    /// 検体検査結果.
    LabResult(Box<LabResult>),
    /// 身長・体重・血液型: read, never sent as a laboratory result.
    Vital(Box<Vital>),
    /// 処方: kept for the documents that take it.
    Prescription(Box<Prescription>),
    /// 文書: its own facts share its scope.
    Document(Box<Document>),
    /// 健診項目.
    CheckupItem(Box<CheckupItem>),
}

impl Body {
    pub const fn kind(&self) -> Option<RecordKind> {
        match self {
            Self::Patient(_) | Self::Encounter(_) => None,
            Self::Diagnosis(_) => Some(RecordKind::Condition),
            Self::Allergy(_) => Some(RecordKind::Allergy),
            Self::LabResult(_) => Some(RecordKind::LabResult),
            Self::Vital(_) => Some(RecordKind::Vital),
            Self::Prescription(_) => Some(RecordKind::Prescription),
            Self::Document(_) => Some(RecordKind::Document),
            Self::CheckupItem(_) => Some(RecordKind::CheckupItem),
        }
    }
}
