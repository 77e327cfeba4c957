use super::{Care, Code, Practitioner};
use crate::{Date, DateTime, Key};
use serde::{Deserialize, Serialize};

/// 文書. Facts of the same scope are the document's own: they stand in its sections, and in no list of the patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub kind: DocumentKind,
    /// The source's own id of the document; with the institution it names the Unit.
    pub id: String,
    /// 版 as written.
    pub version: Option<String>,
    pub title: Option<String>,
    /// 作成日時.
    pub written: Option<DateTime>,
    /// Doctor, department, 入外.
    pub care: Care,
    /// 作成医療機関; `None` where it is the reporting institution.
    pub author: Option<Party>,
    /// 紹介先.
    pub recipient: Option<Party>,
    /// 入院期間.
    pub stay: Option<Stay>,
    pub consent: Consent,
    /// In reading order.
    pub sections: Vec<Section>,
    /// Parts of the patient's chart that the document takes in besides its own facts.
    pub include: Vec<ChartPart>,
    pub attachments: Vec<Attachment>,
    /// The document itself where it came as CDA.
    pub original: Option<Attachment>,
    /// What only health checks have.
    pub checkup: Option<Box<Checkup>>,
}

impl Document {
    /// A document of which only the kind and the id are known.
    pub fn new(kind: DocumentKind, id: impl Into<String>) -> Self {
        Self {
            kind,
            id: id.into(),
            version: None,
            title: None,
            written: None,
            care: Care::default(),
            author: None,
            recipient: None,
            stay: None,
            consent: Consent::Unknown,
            sections: Vec::new(),
            include: Vec::new(),
            attachments: Vec::new(),
            original: None,
            checkup: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    /// 診療情報提供書.
    Referral,
    /// 退院時サマリー.
    Discharge,
    /// 健診結果報告書.
    Checkup,
}

/// A medical institution with, where it is known, the person there.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// 医療機関番号, as written (10 digits where complete).
    pub number: Option<String>,
    pub name: String,
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub telephone: Option<String>,
    /// 診療科.
    pub department: Option<Code>,
    pub practitioner: Option<Practitioner>,
}

/// 入院期間.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stay {
    pub admitted: Option<DateTime>,
    pub discharged: Option<DateTime>,
    /// 入院経路, as written.
    pub origin: Option<Code>,
    /// 退院時転帰・退院先 (退院区分), as written.
    pub disposition: Option<Code>,
}

/// 患者の同意 to sending the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Consent {
    Given,
    Refused,
    /// The source does not say.
    #[default]
    Unknown,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub kind: SectionKind,
    /// The source's own heading, where it differs.
    pub title: Option<String>,
    pub text: Vec<Block>,
    /// The document's facts that stand here; those that no section names go where their kind belongs.
    pub entries: Vec<Key>,
}

/// What a section speaks of, in the words of both kinds of letters. Which code it has is a matter of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SectionKind {
    /// 紹介目的.
    ReferralPurpose,
    /// 傷病名・主訴.
    Problems,
    /// 主訴.
    ChiefComplaint,
    /// 入院理由.
    ReasonForAdmission,
    /// 入院時詳細.
    AdmissionDetails,
    /// 入院時診断.
    AdmissionDiagnoses,
    /// 入院時服薬.
    AdmissionMedication,
    /// 入院時身体所見.
    AdmissionPhysicalStatus,
    /// 現病歴.
    PresentIllness,
    /// 既往歴.
    PastIllness,
    /// アレルギー・不耐性反応.
    Allergies,
    /// 家族歴.
    FamilyHistory,
    /// 身体所見.
    PhysicalStatus,
    /// 感染症情報.
    Infections,
    /// 社会歴・生活習慣.
    SocialHistory,
    /// 予防接種歴.
    Immunization,
    /// 手術.
    Surgery,
    /// 輸血歴.
    Transfusion,
    /// 処置, 入院中治療.
    Treatment,
    /// 投薬指示.
    Medication,
    /// 検査結果, 入院中検査結果.
    Studies,
    /// 臨床経過, 入院中経過.
    ClinicalCourse,
    /// 診療方針指示, 退院時方針指示.
    Instructions,
    /// 退院時詳細.
    DischargeDetails,
    /// 退院時診断.
    DischargeDiagnoses,
    /// 退院時投薬指示.
    DischargeMedication,
    /// 退院時身体所見.
    DischargePhysicalStatus,
    /// 医療機器.
    MedicalDevices,
    /// 事前指示.
    AdvanceDirective,
    /// 臨床研究参加.
    Research,
    /// 備考・連絡情報.
    Remarks,
    /// 検査・問診結果 (特定健診 01010).
    CheckupResults,
    /// 任意追加項目 (特定健診 01990).
    CheckupAdditional,
}

/// Text without markup: what a narrative is written from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// May hold line breaks.
    Paragraph(String),
    List(Vec<String>),
    Table {
        header: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

/// What a composed document takes from the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartPart {
    /// 傷病名 that hold.
    Problems,
    Allergies,
    /// 感染症.
    Infections,
    /// 検査 of late.
    Labs,
    /// 処方 that hold.
    Prescriptions,
    /// The stay or visit.
    Encounter,
}

/// 添付.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub title: String,
    /// MIME type.
    pub content_type: String,
    /// The bytes in Base64, as FHIR carries them.
    pub base64: String,
    pub created: Option<DateTime>,
}

/// 健診: what stands in the head of its report.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checkup {
    /// 健診実施時のプログラム種別 (OID …6.1002).
    pub program: Option<Code>,
    /// 報告区分 (OID …6.1001).
    pub report: Option<Code>,
    /// 健診実施日.
    pub performed: Option<Date>,
    /// 受診券整理番号.
    pub ticket: Option<String>,
    pub ticket_valid_to: Option<Date>,
    /// 保険者 (番号, 名称).
    pub insurer: Option<Party>,
    /// 健診実施機関, where the document names it apart from its author.
    #[serde(default)]
    pub provider: Option<Party>,
}
