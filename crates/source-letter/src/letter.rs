//! What a letter says, as it is written: the one shape of both forms.

use crate::{SectionName, Term, When, attachment, issues};
use serde::{Deserialize, Serialize};
use toml::Spanned;
use tsugite_clinical::body::ChartPart;
use tsugite_issue::Issue;

/// A whole letter. Places in it are byte ranges of the text that it was read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    pub letter: Spanned<Head>,
    /// 紹介元・作成者.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Party>,
    /// 紹介先.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Party>,
    /// 入院期間.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<Stay>,
    #[serde(default, rename = "section", skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    #[serde(default, rename = "attachment", skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Spanned<Attachment>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The version of this format: 1.
    pub format: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// 患者番号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient: Option<String>,
    /// 文書番号: a new version of a letter keeps it. Without one, kind, day and recipient name the letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// 版, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u8>,
    /// 作成日時.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    /// 入外.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// The letter is withdrawn: a newer version that says nothing else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
    /// What it takes from the chart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<ChartPart>>,
    /// Whom the letter is about: where the chart says otherwise, the letter is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 診療情報提供書.
    Referral,
    /// 退院時サマリー.
    Discharge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// 外来.
    Outpatient,
    /// 入院.
    Inpatient,
    /// 救急.
    Emergency,
}

/// 患者の同意.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    Given,
    Refused,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    Male,
    Female,
    Other,
}

/// An institution with the person there.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Party {
    /// 医療機関番号, 10 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// 診療科.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<Term>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doctor: Option<Doctor>,
}

/// A doctor: a name, family and given name parted by a blank.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Doctor {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The clinic's own id of the doctor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stay {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admitted: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharged: Option<When>,
    /// 入院経路.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Term>,
    /// 退院区分.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Term>,
}

/// One section: text, a list, a table, and what stands in it as entries of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub kind: Spanned<SectionName>,
    /// The heading, where it is not the section's own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Blank lines part paragraphs; lines that begin with ・ or - are a list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
    /// 傷病名.
    #[serde(default, rename = "problem", skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Spanned<Problem>>,
    /// アレルギー.
    #[serde(default, rename = "allergy", skip_serializing_if = "Vec::is_empty")]
    pub allergies: Vec<Spanned<Allergy>>,
    /// 検査結果.
    #[serde(default, rename = "lab", skip_serializing_if = "Vec::is_empty")]
    pub labs: Vec<Spanned<Lab>>,
    /// 処方.
    #[serde(default, rename = "prescription", skip_serializing_if = "Vec::is_empty")]
    pub prescriptions: Vec<Spanned<Prescription>>,
    /// 所見.
    #[serde(default, rename = "finding", skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Spanned<Finding>>,
}

impl Section {
    pub fn new(kind: Spanned<SectionName>) -> Self {
        Self {
            kind,
            title: None,
            text: String::new(),
            list: Vec::new(),
            table: None,
            problems: Vec::new(),
            allergies: Vec::new(),
            labs: Vec::new(),
            prescriptions: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub fn has_entries(&self) -> bool {
        let Self { problems, allergies, labs, prescriptions, findings, .. } = self;
        !(problems.is_empty()
            && allergies.is_empty()
            && labs.is_empty()
            && prescriptions.is_empty()
            && findings.is_empty())
    }

    /// Nothing at all stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.list.is_empty() && self.table.is_none() && !self.has_entries()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(default)]
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// 傷病名. `disease` alone suffices; modifiers stand before and after it in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    pub disease: Term,
    /// 病名交換用コード.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Term>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub icd10: Vec<Term>,
    /// 前置修飾語.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefixes: Vec<Term>,
    /// 後置修飾語.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suffixes: Vec<Term>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspected: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub main: bool,
    /// 発症日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onset: Option<When>,
    /// 診断日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub established: Option<When>,
    /// 転帰日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<When>,
    /// 転帰.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allergy {
    pub allergen: Term,
    /// アレルギー分類 (HL70127).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Term>,
    /// 重症度 (HL70128).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Term>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onset: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<When>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lab {
    pub test: Term,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Term>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Term>,
    /// 基準範囲, as printed: `3.5-5.0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// `H`, `L` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// 材料.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specimen: Option<Term>,
    /// 採取日時.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected: Option<When>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<String>,
}

/// An amount: `{ value = "1", unit = "錠" }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Term>,
}

/// One drug line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prescription {
    pub drug: Term,
    /// Rp番号: lines of one Rp share their usage.
    #[serde(default = "first")]
    pub rp: u16,
    /// 1回量.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<Amount>,
    /// 1日量.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_dose: Option<Amount>,
    /// 総量.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Amount>,
    /// 用法.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usages: Vec<Term>,
    /// 投与日数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// 回数 of a drug taken as needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Term>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Term>,
    /// 処方区分: 内服, 頓用, 外用 …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Term>,
    /// 補足用法.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instructions: Vec<Term>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A finding: what was seen or measured, with or without a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub item: Term,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Term>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Term>,
}

/// 添付: a PDF, PNG or JPEG.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<When>,
    pub base64: String,
}

impl Attachment {
    /// A file as an attachment.
    ///
    /// # Errors
    /// It is no PDF, PNG or JPEG.
    pub fn of(title: &str, bytes: &[u8]) -> Result<Self, Issue> {
        attachment::content_type(bytes).ok_or_else(|| Issue::new(&issues::ATTACHMENT_KIND))?;
        Ok(Self { title: title.to_owned(), created: None, base64: attachment::encoded(bytes) })
    }
}

const fn first() -> u16 {
    1
}

impl Letter {
    /// As TOML, whole: read again it says the same.
    ///
    /// # Errors
    /// Never for what was read; a date beyond the calendar might.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }

    /// The id of the document: what the letter says, else kind, day and recipient.
    pub fn id(&self) -> String {
        let head = self.letter.get_ref();
        head.id.clone().unwrap_or_else(|| {
            let day = head.date.map(|date| date.0.date.to_string().replace('-', "")).unwrap_or_default();
            let to = self.to.as_ref().and_then(|to| to.number.clone()).unwrap_or_default();
            let kind = head.kind.map_or("letter", Kind::name);
            [kind, &day, &to].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
        })
    }

    /// Attaches a file. It has no place in the text that the letter was read from.
    pub fn attach(&mut self, attachment: Attachment) {
        self.attachments.push(Spanned::new(0..0, attachment));
    }

    /// What every letter must say, with the heading of what it does not.
    pub fn missing(&self) -> Vec<&'static str> {
        let head = self.letter.get_ref();
        let patient = head.patient.as_ref().is_some_and(|patient| !patient.trim().is_empty());
        let said = [(head.kind.is_some(), "文書種別"), (patient, "患者番号"), (head.date.is_some(), "作成日")];
        said.into_iter().filter(|(said, _)| !said).map(|(_, heading)| heading).collect()
    }
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Referral => "referral",
            Self::Discharge => "discharge",
        }
    }

    /// The title of the document.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Referral => "診療情報提供書",
            Self::Discharge => "退院時サマリー",
        }
    }
}
