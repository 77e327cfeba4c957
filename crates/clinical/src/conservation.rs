use serde::{Deserialize, Serialize};
use std::fmt;
use tsugite_issue::Definition;

/// What a person would count in a source (`design` §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    Condition,
    Allergy,
    LabResult,
    Vital,
    Prescription,
    Injection,
    LabOrder,
    Imaging,
    Diet,
    Document,
    CheckupItem,
}

impl RecordKind {
    pub const ALL: [Self; 11] = [
        Self::Condition,
        Self::Allergy,
        Self::LabResult,
        Self::Vital,
        Self::Prescription,
        Self::Injection,
        Self::LabOrder,
        Self::Imaging,
        Self::Diet,
        Self::Document,
        Self::CheckupItem,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Allergy => "allergy",
            Self::LabResult => "lab_result",
            Self::Vital => "vital",
            Self::Prescription => "prescription",
            Self::Injection => "injection",
            Self::LabOrder => "lab_order",
            Self::Imaging => "imaging",
            Self::Diet => "diet",
            Self::Document => "document",
            Self::CheckupItem => "checkup_item",
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a record ended. A record lands in the first place that is true, in this order (`rules` §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Deleted at the source; the deletion message's own lines too.
    Retracted,
    /// A newer or identical statement stands for it.
    Superseded,
    /// Not a thing that is reported, with the reason.
    NotCarried(&'static Definition),
    /// Kept back for a person, with the rule that forbids it.
    Held(&'static Definition),
    /// In a bundle.
    Reported,
}

/// The sums of one kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    pub total: u64,
    pub reported: u64,
    pub superseded: u64,
    pub retracted: u64,
    pub held: u64,
    pub not_carried: u64,
}

impl Tally {
    pub const fn count(&mut self, end: End) {
        self.total += 1;
        match end {
            End::Retracted => self.retracted += 1,
            End::Superseded => self.superseded += 1,
            End::NotCarried(_) => self.not_carried += 1,
            End::Held(_) => self.held += 1,
            End::Reported => self.reported += 1,
        }
    }

    pub const fn add(&mut self, other: Self) {
        self.total += other.total;
        self.reported += other.reported;
        self.superseded += other.superseded;
        self.retracted += other.retracted;
        self.held += other.held;
        self.not_carried += other.not_carried;
    }

    /// The conservation law: every record ended in exactly one place.
    pub const fn closes(&self) -> bool {
        self.total == self.reported + self.superseded + self.retracted + self.held + self.not_carried
    }
}
