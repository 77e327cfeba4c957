//! What the centre is known to hold, per Unit.

use crate::{
    Hash, Store, StoreError,
    db::Db,
    issued::LogDoubt,
    seal::{self, Place, Sealer},
};
use rusqlite::{OptionalExtension, Row};
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

/// Where a Unit of any generation is looked up.
pub fn unit_key(sealer: &Sealer, unit: &Unit) -> Hash {
    key_of(sealer, &unit.kind, &unit.institution, &unit.patient, &unit.report)
}

fn key_of(sealer: &Sealer, kind: &str, institution: &str, patient: &str, report: &str) -> Hash {
    sealer.lookup("unit", &[kind.as_bytes(), institution.as_bytes(), patient.as_bytes(), report.as_bytes()])
}

/// Where a patient (`id space/patient id`) is looked up among Units.
pub fn patient_key(sealer: &Sealer, patient: &str) -> Hash {
    sealer.lookup("unit patient", &[patient.as_bytes()])
}

/// Where an insured id is looked up among attempts.
pub fn insured_key(sealer: &Sealer, insured: &str) -> Hash {
    sealer.lookup("insured", &[insured.as_bytes()])
}

/// Whom a bundle names: what is sealed of a ledger row and of a submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub insured: String,
    pub identity: Hash,
}

impl Person {
    pub fn seal(&self, sealer: &Sealer, place: Place, row: i64) -> Result<Vec<u8>, StoreError> {
        sealer.seal(place, row.into(), &[&self.identity, self.insured.as_bytes()].concat())
    }

    pub fn open(sealer: &Sealer, place: Place, row: i64, sealed: &[u8]) -> Result<Self, StoreError> {
        let plain = sealer.open(place, row.into(), sealed)?;
        let damaged = || StoreError::Corrupt { what: place.table, row };
        let (identity, insured) = plain.split_first_chunk().ok_or_else(damaged)?;
        let insured = std::str::from_utf8(insured).map_err(|_| damaged())?.to_owned();
        Ok(Self { insured, identity: *identity })
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
    /// `issued.log` tells of something after what the database knows (a restored one): `accepted` may be out of date, and the Unit
    /// goes again under its id. The insured id under which it would be addressed is known.
    pub doubtful: bool,
}

const COLUMNS: &str = "id, unit, name, bundle_id, state, accepted_content, accepted_person, accepted_members, accepted_ig, \
     accepted_at, result_code, doubt";

/// The row's id and the entry.
fn entry(db: Db, row: &Row) -> Result<(i64, LedgerEntry), StoreError> {
    let (id, key, name): (i64, Hash, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let state: String = row.get(4)?;
    let (content, person): (Option<Hash>, Option<Vec<u8>>) = (row.get(5)?, row.get(6)?);
    let accepted = match (content, person) {
        (Some(content), Some(person)) => {
            let Person { insured, identity } = Person::open(db.sealer, seal::LEDGER_PERSON, id, &person)?;
            let (members, ig, at) = (row.get(7)?, row.get(8)?, row.get(9)?);
            Some(Accepted { content, identity, insured, members, ig, at })
        }
        _ => None,
    };
    let doubt: Option<String> = row.get(11)?;
    let entry = LedgerEntry {
        unit: db.sealer.open_json(seal::LEDGER_UNIT, (&key).into(), &name)?,
        bundle_id: row.get(3)?,
        state: UnitState::parse(&state).unwrap_or(UnitState::Unknown),
        accepted,
        result_code: row.get(10)?,
        doubtful: doubt.and_then(|doubt| LogDoubt::parse(&doubt)).is_some_and(|doubt| doubt != LogDoubt::Issued),
    };
    Ok((id, entry))
}

/// The row's id and the entry.
pub fn find(db: Db, unit: &Unit) -> Result<Option<(i64, LedgerEntry)>, StoreError> {
    let sql = format!("select {COLUMNS} from ledger where unit = ?1 and generation = ?2");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query((unit_key(db.sealer, unit), unit.generation))?;
    rows.next()?.map(|row| entry(db, row)).transpose()
}

/// Makes the row of a Unit. A Bundle-ID that was never issued may still take another year.
pub fn ensure(db: &Db, unit: &Unit, bundle_id: &str, state: &str) -> Result<(), StoreError> {
    let key = unit_key(db.sealer, unit);
    let name = db.sealer.seal_json(seal::LEDGER_UNIT, (&key).into(), unit)?;
    db.prepare_cached(
        "insert into ledger (bundle_id, kind, institution, unit, patient, name, generation, state)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         on conflict (unit, generation) do update set bundle_id = excluded.bundle_id
         where not exists (select 1 from issued i where i.bundle_id = ledger.bundle_id)",
    )?
    .execute((
        bundle_id,
        &unit.kind,
        &unit.institution,
        key,
        patient_key(db.sealer, &unit.patient),
        name,
        unit.generation,
        state,
    ))?;
    Ok(())
}

/// Under which insured id the centre holds the Unit, as far as anybody knows.
pub fn set_insured(db: &Db, id: i64, insured: String) -> Result<(), StoreError> {
    let before: Option<Vec<u8>> =
        db.query_row("select accepted_person from ledger where id = ?1", [id], |row| row.get(0))?;
    let before = before.map(|sealed| Person::open(db.sealer, seal::LEDGER_PERSON, id, &sealed)).transpose()?;
    let person = Person { insured, ..before.unwrap_or_default() };
    let sealed = person.seal(db.sealer, seal::LEDGER_PERSON, id)?;
    db.execute("update ledger set accepted_person = ?2 where id = ?1", (id, sealed))?;
    Ok(())
}

impl Store {
    /// # Errors
    /// When the database cannot be read.
    pub fn ledger_entry(&self, unit: &Unit) -> Result<Option<LedgerEntry>, StoreError> {
        Ok(find(self.db(), unit)?.map(|(_, entry)| entry))
    }

    /// The whole ledger, by kind, patient and report.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ledger(&self) -> Result<Vec<LedgerEntry>, StoreError> {
        let mut statement = self.connection.prepare(&format!("select {COLUMNS} from ledger"))?;
        let mut rows = statement.query([])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(entry(self.db(), row)?.1);
        }
        let place =
            |e: &LedgerEntry| (e.unit.kind.clone(), e.unit.patient.clone(), e.unit.report.clone(), e.unit.generation);
        entries.sort_by_cached_key(place);
        Ok(entries)
    }

    /// The Units of a patient (`id space/patient id`), by kind, report and generation.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ledger_of(&self, patient: &str) -> Result<Vec<LedgerEntry>, StoreError> {
        let mut statement =
            self.connection.prepare_cached(&format!("select {COLUMNS} from ledger where patient = ?1"))?;
        let mut rows = statement.query([patient_key(&self.sealer, patient)])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(entry(self.db(), row)?.1);
        }
        entries.sort_by(|a, b| a.unit.cmp(&b.unit));
        Ok(entries)
    }

    /// The generation of a new submission: the number of accepted cancels.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn generation(&self, kind: &str, institution: &str, patient: &str, report: &str) -> Result<u32, StoreError> {
        let newest = self.connection.query_row(
            "select generation + (cancelled_at is not null) from ledger where unit = ?1 order by generation desc limit 1",
            [key_of(&self.sealer, kind, institution, patient, report)],
            |row| row.get(0),
        );
        Ok(newest.optional()?.unwrap_or(0))
    }

    /// Every Unit that was ever issued, with the year of its first issue.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn issued(&self) -> Result<Vec<(Unit, i16)>, StoreError> {
        let issued = self.issued_units()?.into_iter();
        Ok(issued.filter_map(|issued| Some((issued.unit, year_of(&issued.bundle_id)?))).collect())
    }

    /// The year under which the Unit was first issued, if it was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn issued_year(&self, unit: &Unit) -> Result<Option<i16>, StoreError> {
        let bundle_id = self.connection.query_row(
            "select bundle_id from issued where unit = ?1 and generation = ?2",
            (unit_key(&self.sealer, unit), unit.generation),
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
