use crate::{
    Date, RecordKind,
    body::{Body, Sex},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tsugite_issue::{InputName, Origin};

/// A patient id inside one id space. Facts meet by it, and by nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PatientId {
    /// The id space; by default every source instance has its own.
    pub space: Arc<str>,
    pub id: Arc<str>,
}

/// Inside which list a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The source instance (a storage, a lab company's feed).
    pub source: Arc<str>,
    /// The list kind in the source's own words: `PPR-01`, `OML-11`, `ADT-61`.
    pub feed: Arc<str>,
    /// What the format adds: the order number, 診療年月; empty for a list of the whole patient.
    pub part: Arc<str>,
}

/// Names a statement, not its place in a file: lines may move, the key stays.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    pub scope: Arc<Scope>,
    /// Item code + specimen + OBX-4, disease code with modifiers and date, drug code …
    pub item: Arc<str>,
    /// Counts statements that are alike in all of the above, from 0.
    pub ordinal: u16,
}

impl Key {
    /// Names what the head of a document says of its patient. It is no master: it stands for the patient only where no master does, and
    /// a document whose head disagrees with the master is held itself (`rules` §2).
    pub const DOCUMENT_HEAD: &str = "head of a document";
}

/// Orders the statements of one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Version {
    /// Source time as a number `yyyyMMddHHmmssSSS`; 0 where the source has none.
    pub time: u64,
    /// SS-MIX2: condition flag 1 → 0, 2 → 1, 0 → 2, because updates and deletions are renames with the same time.
    pub rank: u8,
    /// Order of receipt, only for sources without times.
    pub sequence: u64,
}

/// Whether the source says that the statement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Presence {
    Present,
    /// History: a newer statement stands for it (SS-MIX2 flag 2).
    Superseded,
    /// Withdrawn by the source (flag 0, `DE`, `D`, a cancel message).
    Deleted,
}

/// One statement about one patient, with where it stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    pub patient: PatientId,
    pub key: Key,
    pub version: Version,
    pub presence: Presence,
    pub body: Body,
    pub origin: Origin,
}

impl Fact {
    /// The kind of record that this fact is counted as; `None` for context (patients, visits).
    pub const fn kind(&self) -> Option<RecordKind> {
        self.body.kind()
    }

    /// What a document says of its patient in passing: [`Key::DOCUMENT_HEAD`].
    pub fn is_document_head(&self) -> bool {
        *self.key.item == *Key::DOCUMENT_HEAD
    }

    /// Places of further records that end where this fact ends: the comment lines of a laboratory result.
    pub fn comment_origins(&self) -> &[Origin] {
        match &self.body {
            Body::LabResult(result) => &result.comment_origins.0,
            _ => &[],
        }
    }

    /// Takes them out.
    pub(crate) fn take_comment_origins(&mut self) -> Vec<Origin> {
        match &mut self.body {
            Body::LabResult(result) => std::mem::take(&mut result.comment_origins.0),
            _ => Vec::new(),
        }
    }
}

/// Says that a message is the whole list of its scope: older members of the scope that it omits no longer hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WholeList {
    pub patient: PatientId,
    pub scope: Arc<Scope>,
    pub version: Version,
    pub presence: Presence,
    /// The list of an input that speaks of another person says nothing.
    pub input: Arc<InputName>,
}

/// Whom an input says that it is about: compared with the current master of the patient (`rules` §2). An input that disagrees is held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity {
    pub patient: PatientId,
    pub input: Arc<InputName>,
    pub version: Version,
    pub birth_date: Option<Date>,
    pub sex: Option<Sex>,
}

/// What a source emits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Statement {
    Fact(Fact),
    List(WholeList),
    Identity(Identity),
}

impl Statement {
    pub const fn patient(&self) -> &PatientId {
        match self {
            Self::Fact(fact) => &fact.patient,
            Self::List(list) => &list.patient,
            Self::Identity(identity) => &identity.patient,
        }
    }
}
