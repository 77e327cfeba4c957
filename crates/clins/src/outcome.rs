use crate::UnitKey;
use tsugite_clinical::End;
use tsugite_issue::{Definition, Issue, Origin};

/// SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// A Unit with the bytes that would be sent.
#[derive(Clone, Debug)]
pub struct BuiltUnit {
    pub key: UnitKey,
    /// `institution^year^local part`.
    pub bundle_id: String,
    /// Compact JSON.
    pub bytes: Vec<u8>,
    /// Over the active facts and the decisions made on them; without demographics, ids, clock and IG version.
    pub content_hash: Hash,
    /// Over insured id, name, birth date and sex.
    pub identity_hash: Hash,
    /// `保険者番号:記号:番号:枝番`, as in the bundle.
    pub insured_id: String,
    /// Indexes of the members in the chart's facts.
    pub members: Vec<usize>,
    /// Resources beside the patient.
    pub resources: usize,
    /// Files that the bundle names and does not hold: they go before it, in this order.
    pub apart: Vec<ApartFile>,
    /// A person must approve the first registration (`review.icd10`).
    pub review: bool,
    /// Issues of building, with the FHIR path where one is known.
    pub issues: Vec<Issue>,
}

/// A file that travels apart from its document (添付情報登録).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApartFile {
    /// `DocumentReference.content.attachment.url`.
    pub reference: String,
    /// MIME type.
    pub content_type: String,
    pub title: String,
    pub bytes: Vec<u8>,
}

/// A Unit that cannot be built now.
#[derive(Clone, Debug)]
pub struct HeldUnit {
    pub key: UnitKey,
    pub rule: &'static Definition,
    pub issues: Vec<Issue>,
    pub members: Vec<usize>,
    pub origins: Vec<Origin>,
}

/// A step of a chain that a value took because the source did not carry it (`rules` §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Defaulted {
    /// `Encounter.class`, `Condition.onsetDateTime` …
    pub element: &'static str,
    /// `PRB-7`, `defaults.encounter_class` …
    pub value_from: &'static str,
}

/// Everything that became of one patient's chart.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub built: Vec<BuiltUnit>,
    pub held: Vec<HeldUnit>,
    /// Units whose every member was retracted by its source or excluded by a person: what was accepted must be cancelled.
    pub emptied: Vec<UnitKey>,
    /// Where each fact of the chart ended, in the chart's order; `None` for context.
    pub ends: Vec<Option<End>>,
    /// The whole patient is held (no insured id, id reused …).
    pub patient_held: Option<&'static Definition>,
    pub defaulted: Vec<Defaulted>,
    /// Indexes of reported facts that are said in text because no standard code was found.
    pub uncoded: Vec<usize>,
    pub issues: Vec<Issue>,
}
