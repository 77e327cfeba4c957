//! What the centre is known to hold, per Unit.

use crate::{Hash, Store, StoreError};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

/// Names a Unit (報告単位) for ever; the same parts as the key that makes its Bundle-ID.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit {
    pub kind: String,
    pub institution: String,
    /// `id space/patient id`.
    pub patient: String,
    /// Report key; empty for snapshots.
    pub report: String,
    /// Counts accepted cancels.
    pub generation: u32,
}

impl Unit {
    pub(crate) fn from_row(row: &Row, at: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            kind: row.get(at)?,
            institution: row.get(at + 1)?,
            patient: row.get(at + 2)?,
            report: row.get(at + 3)?,
            generation: row.get(at + 4)?,
        })
    }
}

/// Where the newest submission of a Unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitState {
    /// Waits for a person before its first registration.
    Draft,
    Queued,
    Sent,
    Accepted,
    Rejected,
    /// Sent, and not known what became of it.
    Unknown,
    Cancelled,
}

impl UnitState {
    const ALL: [Self; 7] =
        [Self::Draft, Self::Queued, Self::Sent, Self::Accepted, Self::Rejected, Self::Unknown, Self::Cancelled];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }
}

/// The version of a Unit that lives at the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub content: Hash,
    pub identity: Hash,
    /// The insured id under which the centre holds it: change and cancel are addressed with it.
    pub insured: String,
    /// Resources beside the patient.
    pub members: u32,
    /// IG version it was built for.
    pub ig: String,
    pub at: String,
}

/// One row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    pub unit: Unit,
    /// `institution^year^local part`.
    pub bundle_id: String,
    pub state: UnitState,
    /// What lives at the centre; `None` before the first acceptance and after a cancel.
    pub accepted: Option<Accepted>,
    pub result_code: Option<String>,
}

pub const COLUMNS: &str = "kind, institution, patient, report, generation, bundle_id, state, accepted_content, \
     accepted_identity, accepted_insured, accepted_members, accepted_ig, accepted_at, result_code, id";

fn entry(row: &Row) -> rusqlite::Result<LedgerEntry> {
    let state: String = row.get(6)?;
    let content: Option<Hash> = row.get(7)?;
    let accepted = match content {
        Some(content) => Some(Accepted {
            content,
            identity: row.get(8)?,
            insured: row.get(9)?,
            members: row.get(10)?,
            ig: row.get(11)?,
            at: row.get(12)?,
        }),
        None => None,
    };
    Ok(LedgerEntry {
        unit: Unit::from_row(row, 0)?,
        bundle_id: row.get(5)?,
        state: UnitState::parse(&state).unwrap_or(UnitState::Unknown),
        accepted,
        result_code: row.get(13)?,
    })
}

/// The row's id and the entry.
pub fn find(connection: &Connection, unit: &Unit) -> Result<Option<(i64, LedgerEntry)>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from ledger where kind = ?1 and institution = ?2 and patient = ?3 and report = ?4 \
         and generation = ?5"
    );
    let key = (&unit.kind, &unit.institution, &unit.patient, &unit.report, unit.generation);
    Ok(connection.query_row(&sql, key, |row| Ok((row.get(14)?, entry(row)?))).optional()?)
}

impl Store {
    /// # Errors
    /// When the database cannot be read.
    pub fn ledger_entry(&self, unit: &Unit) -> Result<Option<LedgerEntry>, StoreError> {
        Ok(find(&self.connection, unit)?.map(|(_, entry)| entry))
    }

    /// The whole ledger, by kind, patient and report.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError> {
        let sql = format!("select {COLUMNS} from ledger order by kind, patient, report, generation");
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map([], entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The generation of a new submission: the number of accepted cancels.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn generation(&self, kind: &str, institution: &str, patient: &str, report: &str) -> Result<u32, StoreError> {
        let newest = self.connection.query_row(
            "select generation + (cancelled_at is not null) from ledger
             where kind = ?1 and institution = ?2 and patient = ?3 and report = ?4 order by generation desc limit 1",
            (kind, institution, patient, report),
            |row| row.get(0),
        );
        Ok(newest.optional()?.unwrap_or(0))
    }

    /// Every Unit that was ever issued, with the year of its first issue.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn issued(&self) -> Result<Vec<(Unit, i16)>, StoreError> {
        let mut statement =
            self.connection.prepare("select kind, institution, patient, report, generation, bundle_id from issued")?;
        let rows = statement.query_map([], |row| Ok((Unit::from_row(row, 0)?, row.get::<_, String>(5)?)))?;
        let mut issued = Vec::new();
        for row in rows {
            let (unit, bundle_id) = row?;
            issued.extend(year_of(&bundle_id).map(|year| (unit, year)));
        }
        Ok(issued)
    }

    /// The year under which the Unit was first issued, if it was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn issued_year(&self, unit: &Unit) -> Result<Option<i16>, StoreError> {
        let bundle_id = self.connection.query_row(
            "select bundle_id from issued where kind = ?1 and institution = ?2 and patient = ?3 and report = ?4
             and generation = ?5",
            (&unit.kind, &unit.institution, &unit.patient, &unit.report, unit.generation),
            |row| row.get::<_, String>(0),
        );
        Ok(bundle_id.optional()?.and_then(|id| year_of(&id)))
    }

    /// How many Units live at the centre: what the brake's percentage is of.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn live_units(&self) -> Result<u32, StoreError> {
        let sql = "select count(*) from ledger where accepted_content is not null";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}

fn year_of(bundle_id: &str) -> Option<i16> {
    bundle_id.split('^').nth(1)?.parse().ok()
}
