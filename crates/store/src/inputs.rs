//! Remembered inputs and the statements that they make.

use crate::{
    Hash, Store, StoreError,
    db::Db,
    seal::{self, Sealer},
};
use rusqlite::{OptionalExtension, Row};
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{PatientId, Statement};
use tsugite_issue::Digest;

/// The stored form of a statement: externally tagged JSON. Older numbers stay readable.
const STATEMENT_FORMAT: i64 = 1;

/// An input that was read, with everything that it states.
#[derive(Clone, Copy, Debug)]
pub struct InputReading<'a> {
    /// The source instance (a storage root).
    pub instance: &'a str,
    /// Logical path inside the instance.
    pub path: &'a str,
    pub size: u64,
    /// As the file system gives it; only compared.
    pub mtime: &'a str,
    pub digest: Digest,
    /// It states something present: its disappearance is an alarm.
    pub valid: bool,
    pub records: u32,
    /// Version of the program that read it.
    pub reader: &'a str,
    pub statements: &'a [Statement],
}

/// What is remembered of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    pub size: u64,
    pub mtime: String,
    pub digest: Digest,
    pub valid: bool,
    pub records: u32,
    pub reader: String,
}

/// A remembered input that the last scan did not find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    pub instance: String,
    pub path: String,
    pub valid: bool,
}

/// Writes the findings of one scan, a batch a transaction.
#[derive(Debug)]
pub struct ScanWriter<'s> {
    store: &'s mut Store,
    run: i64,
}

impl ScanWriter<'_> {
    /// Remembers inputs with their statements. An input that is known is replaced by what it says now; the patients of whom it
    /// says something else than before are marked as changed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn record(&mut self, readings: &[InputReading]) -> Result<(), StoreError> {
        let run = self.run;
        self.store.write(|db| readings.iter().try_for_each(|reading| record_one(db, run, reading)))
    }

    /// Inputs that are as remembered.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn seen(&mut self, instance: &str, paths: &[String]) -> Result<(), StoreError> {
        let run = self.run;
        self.store.write(|db| {
            let mut update = db.prepare(
                "update inputs set last_run = ?3, gone_since = null, gone_accepted = 0
                 where instance = ?1 and path_key = ?2",
            )?;
            for path in paths {
                update.execute((instance, path_key(db.sealer, instance, path), run))?;
            }
            Ok(())
        })
    }

    /// Inputs that a scan to the end did not show, with whether each lives on under another name; those are no alarm. For a scanner
    /// that compares names itself and does not tell of each input that is as remembered.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn gone(&mut self, instance: &str, paths: &[(String, bool)]) -> Result<(), StoreError> {
        let run = self.run;
        self.store.write(|db| {
            let mut mark = db.prepare_cached(
                "update inputs set gone_since = coalesce(gone_since, ?3), gone_accepted = max(gone_accepted, ?4)
                 where instance = ?1 and path_key = ?2",
            )?;
            for (path, renamed) in paths {
                mark.execute((instance, path_key(db.sealer, instance, path), run, renamed))?;
            }
            Ok(())
        })
    }

    /// The instance was scanned to its end; what is gone was told by [`ScanWriter::gone`].
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn complete(self, instance: &str) -> Result<(), StoreError> {
        let run = self.run;
        self.store.write(|db| scanned(db, instance, run))
    }

    /// The instance was scanned to its end. What it did not show any more is marked as gone, and what was never accepted as gone
    /// is given back. `was_renamed` tells which of them live on under another name: those are forgotten as gone at once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn finish(self, instance: &str, was_renamed: impl Fn(&str) -> bool) -> Result<Vec<Vanished>, StoreError> {
        let run = self.run;
        self.store.write(|db| {
            scanned(db, instance, run)?;
            let mut mark = db
                .prepare("update inputs set gone_since = coalesce(gone_since, ?2), gone_accepted = ?3 where id = ?1")?;
            let mut vanished = Vec::new();
            for (id, path, valid) in missing(db, instance, run)? {
                let renamed = was_renamed(&path);
                mark.execute((id, run, renamed))?;
                if !renamed {
                    vanished.push(Vanished { instance: instance.to_owned(), path, valid });
                }
            }
            Ok(vanished)
        })
    }
}

fn scanned(db: &Db, instance: &str, run: i64) -> Result<(), StoreError> {
    db.execute(
        "insert into instances (name, first_complete_run, last_complete_run) values (?1, ?2, ?2)
         on conflict (name) do update set last_complete_run = excluded.last_complete_run",
        (instance, run),
    )?;
    Ok(())
}

/// What a scan to the end did not show, by path: row, path, whether it states something.
fn missing(db: &Db, instance: &str, run: i64) -> Result<Vec<(i64, String, bool)>, StoreError> {
    let sql =
        "select id, path_key, path, valid from inputs where instance = ?1 and last_run < ?2 and gone_accepted = 0";
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query((instance, run))?;
    let mut missing = Vec::new();
    while let Some(row) = rows.next()? {
        let (key, path): (Hash, Vec<u8>) = (row.get(1)?, row.get(2)?);
        let path = db.sealer.open_text(seal::INPUT_PATH, (&key).into(), &path)?;
        missing.push((row.get(0)?, path, row.get(3)?));
    }
    missing.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(missing)
}

impl Store {
    pub fn scan(&mut self, run: i64) -> ScanWriter<'_> {
        ScanWriter { store: self, run }
    }

    /// Everything remembered of an instance, by path.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn remembered(&self, instance: &str) -> Result<BTreeMap<String, Remembered>, StoreError> {
        let mut statement = self.connection.prepare(
            "select path_key, path, size, mtime, digest, valid, records, reader from inputs
             where instance = ?1 and gone_since is null",
        )?;
        let mut rows = statement.query([instance])?;
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (key, path): (Hash, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let remembered = Remembered {
                size: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
                mtime: row.get(3)?,
                digest: Digest(row.get(4)?),
                valid: row.get(5)?,
                records: row.get(6)?,
                reader: row.get(7)?,
            };
            all.insert(self.sealer.open_text(seal::INPUT_PATH, (&key).into(), &path)?, remembered);
        }
        Ok(all)
    }

    /// Digest and number of records of an input when it was read last, also of one that is gone by now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn content_of(&self, instance: &str, path: &str) -> Result<Option<(Digest, u32)>, StoreError> {
        let sql = "select digest, records from inputs where instance = ?1 and path_key = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let key = path_key(&self.sealer, instance, path);
        let row = statement.query_row((instance, key), |row| Ok((Digest(row.get(0)?), row.get(1)?)));
        Ok(row.optional()?)
    }

    /// Inputs that are gone without another name, and that nobody has accepted as gone, by path.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn vanished(&self, instance: &str) -> Result<Vec<Vanished>, StoreError> {
        let sql = "select path_key, path, valid from inputs
            where instance = ?1 and gone_since is not null and gone_accepted = 0";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([instance])?;
        let mut vanished = Vec::new();
        while let Some(row) = rows.next()? {
            let (key, path): (Hash, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let path = self.sealer.open_text(seal::INPUT_PATH, (&key).into(), &path)?;
            vanished.push(Vanished { instance: instance.to_owned(), path, valid: row.get(2)? });
        }
        vanished.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(vanished)
    }

    /// Source instances that were scanned to their end in this or an earlier run.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn baselines(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self.connection.prepare("select name from instances")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All patients of whom anything is stated, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn patients(&self) -> Result<Vec<PatientId>, StoreError> {
        let sql = "select key, space, id from patients p where exists (select 1 from statements where patient = p.key)";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut patients = Vec::new();
        while let Some(row) = rows.next()? {
            patients.push(patient_id(self.db(), row, 0)?);
        }
        patients.sort();
        Ok(patients)
    }

    /// Everything stated about a patient, as it was written.
    ///
    /// # Errors
    /// When the database cannot be read, or a row is damaged.
    pub fn statements(&self, patient: &PatientId) -> Result<Vec<Statement>, StoreError> {
        let key = patient_row_key(&self.sealer, &patient.space, &patient.id);
        let sql = "select id, format, identity, body from statements where patient = ?1 order by id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([key])?;
        let mut statements = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, format, identity, body): (i64, i64, Hash, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let body = self.sealer.open(seal::STATEMENT, (&identity).into(), &body)?;
            let read: Option<Statement> =
                (format == STATEMENT_FORMAT).then(|| serde_json::from_slice(&body).ok()).flatten();
            // A row that hangs on another patient than it names would be the worst of all mistakes.
            let read = read.filter(|statement| statement.patient() == patient);
            statements.push(read.ok_or(StoreError::Corrupt { what: "statement", row: id })?);
        }
        Ok(statements)
    }

    /// How many inputs of an instance are remembered and not accepted as gone: what the brake's percentage is of.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn input_count(&self, instance: &str) -> Result<u32, StoreError> {
        let sql = "select count(*) from inputs where instance = ?1 and gone_accepted = 0";
        Ok(self.connection.query_row(sql, [instance], |row| row.get(0))?)
    }
}

/// Where an input is looked up.
pub fn path_key(sealer: &Sealer, instance: &str, path: &str) -> Hash {
    sealer.lookup("path", &[instance.as_bytes(), path.as_bytes()])
}

/// Where a patient of an id space is looked up.
pub fn patient_row_key(sealer: &Sealer, space: &str, id: &str) -> Hash {
    sealer.lookup("patient", &[space.as_bytes(), id.as_bytes()])
}

/// A patient from the columns key, space, id.
pub fn patient_id(db: Db, row: &Row, at: usize) -> Result<PatientId, StoreError> {
    let (key, space, id): (Hash, String, Vec<u8>) = (row.get(at)?, row.get(at + 1)?, row.get(at + 2)?);
    let id = db.sealer.open_text(seal::PATIENT_ID, (&key).into(), &id)?;
    Ok(PatientId { space: space.into(), id: id.into() })
}

/// Counts on and gives the new value.
pub fn next(db: &Db, counter: &str) -> Result<i64, StoreError> {
    let sql = "insert into counters (name, value) values (?1, 1)
        on conflict (name) do update set value = value + 1 returning value";
    Ok(db.prepare_cached(sql)?.query_row([counter], |row| row.get(0))?)
}

/// Marks that something else is stated of a patient now; makes the patient known.
pub fn touch(db: &Db, space: &str, id: &str) -> Result<Hash, StoreError> {
    let key = patient_row_key(db.sealer, space, id);
    let mark = next(db, "changes")?;
    let known = db.prepare_cached("update patients set changed = ?2 where key = ?1")?.execute((key, mark))?;
    if known == 0 {
        let sealed = db.sealer.seal(seal::PATIENT_ID, (&key).into(), id.as_bytes())?;
        let insert = "insert into patients (key, space, id, position, changed) values (?1, ?2, ?3, ?4, ?4)";
        db.prepare_cached(insert)?.execute((key, space, sealed, mark))?;
    }
    Ok(key)
}

fn record_one(db: &Db, run: i64, reading: &InputReading) -> Result<(), StoreError> {
    let InputReading { instance, path, mtime, valid, records, reader, .. } = reading;
    let size = i64::try_from(reading.size).unwrap_or(i64::MAX);
    let key = path_key(db.sealer, instance, path);
    let sealed = db.sealer.seal(seal::INPUT_PATH, (&key).into(), path.as_bytes())?;
    let mut remember = db.prepare_cached(
        "insert into inputs (instance, path_key, path, size, mtime, digest, valid, records, reader, last_run)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         on conflict (instance, path_key) do update set size = excluded.size, mtime = excluded.mtime,
             digest = excluded.digest, valid = excluded.valid, records = excluded.records,
             reader = excluded.reader, last_run = excluded.last_run, gone_since = null, gone_accepted = 0
         returning id",
    )?;
    let row = (instance, key, sealed, size, mtime, reading.digest.0, valid, records, reader, run);
    let input: i64 = remember.query_row(row, |row| row.get(0))?;
    restate(db, input, reading.statements)
}

/// Replaces what an input states; what it states as before keeps its place.
fn restate(db: &Db, input: i64, statements: &[Statement]) -> Result<(), StoreError> {
    let mut before = stated(db, input)?;
    let mut touched: BTreeSet<PatientId> = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut insert = db.prepare_cached(
        "insert into statements (input, patient, identity, format, body) values (?1, ?2, ?3, ?4, ?5)
         on conflict do nothing",
    )?;
    for statement in statements {
        let body = serde_json::to_vec(statement).map_err(|_| StoreError::Corrupt { what: "statement", row: input })?;
        let identity = db.sealer.lookup("statement", &[&body]);
        if before.remove(&identity).is_some() || !seen.insert(identity) {
            seen.insert(identity);
            continue;
        }
        let patient = statement.patient();
        let key = if touched.insert(patient.clone()) {
            touch(db, &patient.space, &patient.id)?
        } else {
            patient_row_key(db.sealer, &patient.space, &patient.id)
        };
        let sealed = db.sealer.seal(seal::STATEMENT, (&identity).into(), &body)?;
        insert.execute((input, key, identity, STATEMENT_FORMAT, sealed))?;
    }
    for (row, patient) in before.into_values() {
        db.prepare_cached("delete from statements where id = ?1")?.execute([row])?;
        let mark = next(db, "changes")?;
        db.prepare_cached("update patients set changed = ?2 where key = ?1")?.execute((patient, mark))?;
    }
    Ok(())
}

/// What an input states now: row and patient by identity.
fn stated(db: &Db, input: i64) -> Result<BTreeMap<Hash, (i64, Hash)>, StoreError> {
    let mut statement = db.prepare_cached("select identity, id, patient from statements where input = ?1")?;
    let rows = statement.query_map([input], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
