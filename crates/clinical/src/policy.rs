//! What a site decides: defaults, chains' ends, owners of lists, exclusions (`rules` §1, §3–5). Read from `tsugite.toml` by the gateway.

mod document;
mod institution;
mod overlay;

pub use document::{AttachmentWay, ConsentUnknown, DocumentPolicy, OriginalDocument, Sender};
pub use institution::{Institution, InstitutionRow, is_institution_number};
pub use overlay::{DiagnosisDecision, DiagnosisRule, Overlay, PatientDecision, PatientRule};

use crate::{Date, body::CareClass, insurance::OutsideInsurance};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    pub defaults: Defaults,
    pub patient: PatientPolicy,
    pub condition: ConditionPolicy,
    pub allergy: AllergyPolicy,
    pub lab: LabPolicy,
    pub snapshot: SnapshotPolicy,
    pub bundle: BundlePolicy,
    pub review: ReviewPolicy,
    pub care: CarePolicy,
    /// Where a site has, or had, several numbers: the first row that fits a record is its institution.
    pub institutions: Vec<InstitutionRow>,
    pub document: DocumentPolicy,
}

/// The last step of the chains of `rules` §1.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Defaults {
    #[serde(deserialize_with = "care_class")]
    pub encounter_class: CareClass,
    pub department: Option<DepartmentDefault>,
    /// 医師名.
    pub practitioner: Option<String>,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { encounter_class: CareClass::Ambulatory, department: None, practitioner: None }
    }
}

fn care_class<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<CareClass, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "AMB" => Ok(CareClass::Ambulatory),
        "IMP" => Ok(CareClass::Inpatient),
        "EMER" => Ok(CareClass::Emergency),
        other => Err(serde::de::Error::custom(format!("`{other}` is not one of AMB, IMP, EMER"))),
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentDefault {
    /// SS-MIX2 統一診療科コード; a text without a code is legal.
    pub code: Option<String>,
    pub name: String,
}

/// What to do where a required element is missing in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    #[default]
    Hold,
    /// FHIR data-absent-reason.
    DataAbsent,
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PatientPolicy {
    pub address_missing: Missing,
    pub name_unsplit: Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnsetMissing {
    /// PRB-7, then PRB-2, with an issue.
    #[default]
    EstablishedDate,
    Hold,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConditionPolicy {
    pub onset_missing: OnsetMissing,
    /// 未コード化傷病名: which number the centre wants is not public.
    pub uncoded_code: String,
    /// Owners of the problem list, the first with a baseline wins.
    pub authority: Vec<String>,
    pub with_held: WithHeld,
    /// Diagnoses of receipts, which are names for billing (`rules` §5).
    pub uke: UkeDiagnoses,
    /// A diagnosis that newer receipts no longer list, without an outcome.
    pub uke_unlisted: UkeUnlisted,
}

/// What becomes of the diagnoses of receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UkeDiagnoses {
    /// They wait for a person before their first registration.
    #[default]
    Review,
    Send,
    Never,
}

/// What is made of a diagnosis that newer receipts of the patient no longer list, without an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UkeUnlisted {
    /// It stays as it is, and is told.
    #[default]
    Report,
    /// It has ended after the month that listed it last; nobody says on which day.
    End,
}

impl Default for ConditionPolicy {
    fn default() -> Self {
        Self {
            onset_missing: OnsetMissing::EstablishedDate,
            uncoded_code: "99999999".to_owned(),
            authority: ["PPR-01", "ORCA", "LIST", "UKE"].map(str::to_owned).to_vec(),
            with_held: WithHeld::SendRest,
            uke: UkeDiagnoses::default(),
            uke_unlisted: UkeUnlisted::default(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AllergyPolicy {
    pub authority: Vec<String>,
    pub with_held: WithHeld,
    /// Allergen texts that are drugs or contrast media, for 種々の禁忌 (MC) without a drug code.
    pub contraindicated_drugs: Vec<String>,
}

impl Default for AllergyPolicy {
    fn default() -> Self {
        Self {
            authority: ["ADT-61", "LIST", "ADT-00", "OMP-01"].map(str::to_owned).to_vec(),
            with_held: WithHeld::HoldUnit,
            contraindicated_drugs: Vec::new(),
        }
    }
}

/// What a snapshot does with a member that is held (`rules` §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithHeld {
    SendRest,
    HoldUnit,
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LabPolicy {
    /// Send results whose status is P.
    pub preliminary: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SnapshotPolicy {
    /// 現在または終了後この年数以内, inclusive.
    pub years: i16,
    /// Join the lists of all sources instead of one owner.
    pub union: bool,
    /// The site's word that its sources are complete (`baseline = "complete"`), for patients without a whole list.
    pub baseline_complete: bool,
    /// What becomes of an entry that its source deleted.
    pub deleted: DeletedEntries,
}

/// What a list does with entries that their source deleted (`rules` §4). A deletion is often the correction of a mistake, which
/// `ended` would go on showing: what the centre expects is not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeletedEntries {
    #[default]
    Drop,
    /// Shown as ended, with a note, for as long as other entries that ended.
    Ended,
}

impl Default for SnapshotPolicy {
    fn default() -> Self {
        Self { years: 5, union: false, baseline_complete: false, deleted: DeletedEntries::Drop }
    }
}

/// How bundles are written.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BundlePolicy {
    /// New fullUrls at every issue, as the guide's prose asks; else equal content has equal URLs (`rules` §7).
    pub fresh_fullurl: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewPolicy {
    /// ICD-10 prefixes and ranges that wait for a person before their first registration.
    pub icd10: Vec<String>,
}

impl Default for ReviewPolicy {
    fn default() -> Self {
        Self { icd10: ["C00-D09", "F", "B20-B24", "O04"].map(str::to_owned).to_vec() }
    }
}

/// Which care outside of health insurance is carried (`rules` §5): by default none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CarePolicy {
    /// 自費.
    pub self_paid: bool,
    /// 労災.
    pub work_accident: bool,
    /// 自賠責.
    pub traffic_accident: bool,
}

impl CarePolicy {
    pub const fn carries(self, outside: OutsideInsurance) -> bool {
        match outside {
            OutsideInsurance::SelfPaid => self.self_paid,
            OutsideInsurance::WorkAccident => self.work_accident,
            OutsideInsurance::TrafficAccident => self.traffic_accident,
        }
    }
}

/// What may join patient ids (`rules` §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdentityPolicy {
    /// Ids of one space that differ in leading zeros only mean one patient, unless one feed of the space writes two such ids.
    pub fold_zeros: bool,
    /// Ids of two spaces with one insured number mean one patient, where both have a 枝番 and birth date and sex agree.
    pub join_by_insured_number: bool,
}

impl Default for IdentityPolicy {
    fn default() -> Self {
        Self { fold_zeros: true, join_by_insured_number: false }
    }
}

/// Which snapshot sources are known to be complete (`rules` §4, baseline).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Baselines {
    /// Source instances scanned to their end in this or an earlier run.
    pub scanned: std::collections::BTreeSet<String>,
}

/// Care days before this are not carried (`report.start_date`, `--since`).
pub type Since = Option<Date>;
