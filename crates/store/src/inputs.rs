//! Remembered inputs and the statements that they make.

use crate::{Hash, Store, StoreError};
use rusqlite::Statement as Prepared;
use sha2::{Digest as _, Sha256};
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
    /// Remembers inputs with their statements. An input that is known is replaced by what it says now.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn record(&mut self, readings: &[InputReading]) -> Result<(), StoreError> {
        let run = self.run;
        self.store.write(|transaction| {
            let mut remember = transaction.prepare(
                "insert into inputs (instance, path, size, mtime, digest, valid, records, reader, last_run)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 on conflict (instance, path) do update set size = excluded.size, mtime = excluded.mtime,
                     digest = excluded.digest, valid = excluded.valid, records = excluded.records,
                     reader = excluded.reader, last_run = excluded.last_run, gone_since = null, gone_accepted = 0
                 returning id",
            )?;
            let mut forget = transaction.prepare("delete from statements where input = ?1")?;
            let mut state = transaction.prepare(
                "insert into statements (input, space, patient, identity, format, body)
                 values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing",
            )?;
            for reading in readings {
                let InputReading { instance, path, mtime, valid, records, reader, .. } = reading;
                let size = i64::try_from(reading.size).unwrap_or(i64::MAX);
                let row = (instance, path, size, mtime, reading.digest.0, valid, records, reader, run);
                let input: i64 = remember.query_row(row, |row| row.get(0))?;
                forget.execute([input])?;
                insert_statements(&mut state, input, reading.statements)?;
            }
            Ok(())
        })
    }

    /// Inputs that are as remembered.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn seen(&mut self, instance: &str, paths: &[String]) -> Result<(), StoreError> {
        let run = self.run;
        self.store.write(|transaction| {
            let mut update = transaction.prepare(
                "update inputs set last_run = ?3, gone_since = null, gone_accepted = 0 where instance = ?1 and path = ?2",
            )?;
            for path in paths {
                update.execute((instance, path, run))?;
            }
            Ok(())
        })
    }

    /// The instance was scanned to its end. What it did not show any more is marked as gone, and what was never accepted as gone
    /// is given back. `was_renamed` tells which of them live on under another name: those are forgotten as gone at once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn finish(self, instance: &str, was_renamed: impl Fn(&str) -> bool) -> Result<Vec<Vanished>, StoreError> {
        let run = self.run;
        self.store.write(|transaction| {
            transaction.execute(
                "insert into instances (name, first_complete_run, last_complete_run) values (?1, ?2, ?2)
                 on conflict (name) do update set last_complete_run = excluded.last_complete_run",
                (instance, run),
            )?;
            let mut gone = transaction.prepare(
                "select id, path, valid from inputs where instance = ?1 and last_run < ?2 and gone_accepted = 0
                 order by path",
            )?;
            let rows = gone.query_map((instance, run), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
            })?;
            let mut mark = transaction
                .prepare("update inputs set gone_since = coalesce(gone_since, ?2), gone_accepted = ?3 where id = ?1")?;
            let mut vanished = Vec::new();
            for row in rows.collect::<Result<Vec<_>, _>>()? {
                let (id, path, valid) = row;
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
            "select path, size, mtime, digest, valid, records, reader from inputs
             where instance = ?1 and gone_since is null",
        )?;
        let rows = statement.query_map([instance], |row| {
            let remembered = Remembered {
                size: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                mtime: row.get(2)?,
                digest: Digest(row.get(3)?),
                valid: row.get(4)?,
                records: row.get(5)?,
                reader: row.get(6)?,
            };
            Ok((row.get(0)?, remembered))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
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
        let sql = "select distinct space, patient from statements order by space, patient";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let (space, id): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(PatientId { space: space.into(), id: id.into() })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Everything stated about a patient, as it was written.
    ///
    /// # Errors
    /// When the database cannot be read, or a row is damaged.
    pub fn statements(&self, patient: &PatientId) -> Result<Vec<Statement>, StoreError> {
        let sql = "select id, format, body from statements where space = ?1 and patient = ?2 order by id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query((&*patient.space, &*patient.id))?;
        let mut statements = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, format, body): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let damaged = StoreError::Corrupt { what: "statement", row: id };
            let read = (format == STATEMENT_FORMAT).then(|| serde_json::from_str(&body).ok()).flatten();
            statements.push(read.ok_or(damaged)?);
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

fn insert_statements(insert: &mut Prepared, input: i64, statements: &[Statement]) -> Result<(), StoreError> {
    for statement in statements {
        let damaged = |_| StoreError::Corrupt { what: "statement", row: input };
        let body = serde_json::to_string(statement).map_err(damaged)?;
        let identity: Hash = Sha256::digest(body.as_bytes()).into();
        let patient = statement.patient();
        insert.execute((input, &*patient.space, &*patient.id, identity, STATEMENT_FORMAT, &body))?;
    }
    Ok(())
}
