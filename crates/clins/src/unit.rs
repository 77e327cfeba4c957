use std::fmt;
use uuid::Uuid;

/// What is reported at once (報告単位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// 傷病名の一覧.
    Condition,
    /// アレルギー・薬剤禁忌の一覧.
    Allergy,
    /// 検査報告.
    Lab,
    /// 診療情報提供書.
    Referral,
    /// 退院時サマリー.
    Discharge,
    /// 健診結果報告書.
    Checkup,
}

impl UnitKind {
    pub const ALL: [Self; 6] =
        [Self::Condition, Self::Allergy, Self::Lab, Self::Referral, Self::Discharge, Self::Checkup];

    /// The name in reports, folders and the ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Allergy => "allergy",
            Self::Lab => "lab",
            Self::Referral => "referral",
            Self::Discharge => "discharge",
            Self::Checkup => "checkup",
        }
    }

    /// The type named by the bundle's tag (JP-CLINS R02142); documents have no such tag.
    pub const fn resource_type(self) -> Option<&'static str> {
        match self {
            Self::Condition => Some("Condition"),
            Self::Allergy => Some("AllergyIntolerance"),
            Self::Lab => Some("Observation"),
            Self::Referral | Self::Discharge | Self::Checkup => None,
        }
    }

    /// A document (`type` document), which stands for itself.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Referral | Self::Discharge | Self::Checkup)
    }

    /// Problem and allergy lists hold everything that is known of a patient; a lab report stands for itself.
    pub const fn is_snapshot(self) -> bool {
        matches!(self, Self::Condition | Self::Allergy)
    }
}

impl fmt::Display for UnitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Names a Unit for ever: (institution, kind, patient id or report key, generation) (`rules` §6).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitKey {
    pub kind: UnitKind,
    pub institution: String,
    /// `id space/patient id` of the source.
    pub patient: String,
    /// 診療日 and order number of a lab report, the id of a document; empty for snapshots.
    pub report: String,
    /// Counts accepted cancels.
    pub generation: u32,
}

impl UnitKey {
    /// The namespace of Bundle-IDs; made once for this product, never to change.
    const NAMESPACE: Uuid = Uuid::from_u128(0x7a6f_2d1c_94e3_4b58_8c0d_51f7_e2a9_3b64);

    /// The local part of the Bundle-ID: UUIDv5 of the key.
    pub fn local_id(&self) -> Uuid {
        let Self { kind, institution, patient, report, generation } = self;
        let name = format!("{institution}\u{1f}{kind}\u{1f}{patient}\u{1f}{report}\u{1f}{generation}");
        Uuid::new_v5(&Self::NAMESPACE, name.as_bytes())
    }

    /// `institution^year^local part`; the year is that of the first issue and never changes.
    pub fn bundle_id(&self, year: i16) -> String {
        format!("{}^{year:04}^{}", self.institution, self.local_id())
    }
}

/// What a ledger knows of a Unit before it is built.
pub trait Issued: Sync {
    /// The generation that a new submission of this Unit has: the number of its accepted cancels.
    fn generation(&self, kind: UnitKind, institution: &str, patient: &str, report: &str) -> u32;

    /// The year under which the Unit was first issued, if it was.
    fn year(&self, key: &UnitKey) -> Option<i16>;
}

/// No ledger: everything is generation 0 and issued in the clock's year.
#[derive(Clone, Copy, Debug, Default)]
pub struct NeverIssued;

impl Issued for NeverIssued {
    fn generation(&self, _: UnitKind, _: &str, _: &str, _: &str) -> u32 {
        0
    }

    fn year(&self, _: &UnitKey) -> Option<i16> {
        None
    }
}
