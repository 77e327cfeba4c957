//! `issued.log`: every Bundle-ID that may have reached the centre, one JSON line each, appended and synced before the first byte
//! leaves. It lies outside the database and outside its backups, so that an older database cannot forget an id (`rules` §6).

use crate::{Store, StoreError, Unit};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub bundle_id: String,
    pub unit: Unit,
}

#[derive(Debug)]
pub struct IssuedLog {
    path: PathBuf,
    file: File,
}

impl IssuedLog {
    /// Opens the log and reads what it holds. A last line cut short was never synced, so nothing was sent under it: it is dropped.
    pub fn open(path: &Path) -> Result<(Self, Vec<Record>), StoreError> {
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(path).map_err(StoreError::io(path))?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(StoreError::io(path))?;
        let complete = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if complete < text.len() {
            file.set_len(u64::try_from(complete).unwrap_or(u64::MAX)).map_err(StoreError::io(path))?;
        }
        let lines = text.get(..complete).unwrap_or_default().split(|byte| *byte == b'\n');
        let mut records = Vec::new();
        for (index, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let damaged = |_| StoreError::IssuedLog { path: path.to_owned(), line: index + 1 };
            records.push(serde_json::from_slice(line).map_err(damaged)?);
        }
        Ok((Self { path: path.to_owned(), file }, records))
    }

    /// When this has returned, the ids are on the disk.
    pub fn append(&mut self, records: &[Record]) -> Result<(), StoreError> {
        let mut text = Vec::new();
        for record in records {
            let damaged = |_| StoreError::IssuedLog { path: self.path.clone(), line: 0 };
            serde_json::to_writer(&mut text, record).map_err(damaged)?;
            text.push(b'\n');
        }
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        written.map_err(StoreError::io(&self.path))
    }
}

pub fn remember(transaction: &Transaction, record: &Record) -> Result<(), StoreError> {
    let Record { bundle_id, unit } = record;
    transaction.execute(
        "insert into issued (bundle_id, kind, institution, patient, report, generation)
         values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing",
        (bundle_id, &unit.kind, &unit.institution, &unit.patient, &unit.report, unit.generation),
    )?;
    Ok(())
}

impl Store {
    /// Makes log and database know the same ids. What only the log knows becomes a Unit in the state `unknown`; what only the
    /// database knows is written to the log again.
    pub(crate) fn merge_issued(&mut self, logged: &[Record]) -> Result<(), StoreError> {
        let known = self.issued_records()?;
        let in_log: std::collections::HashSet<&str> = logged.iter().map(|r| r.bundle_id.as_str()).collect();
        let missing: Vec<Record> =
            known.iter().filter(|record| !in_log.contains(record.bundle_id.as_str())).cloned().collect();
        if !missing.is_empty() {
            self.issued.append(&missing)?;
        }
        let known: std::collections::HashSet<&str> = known.iter().map(|r| r.bundle_id.as_str()).collect();
        let new: Vec<&Record> = logged.iter().filter(|record| !known.contains(record.bundle_id.as_str())).collect();
        if new.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            for record in new {
                remember(transaction, record)?;
                let unit = &record.unit;
                transaction.execute(
                    "insert into ledger (bundle_id, kind, institution, patient, report, generation, state)
                     values (?1, ?2, ?3, ?4, ?5, ?6, 'unknown') on conflict do nothing",
                    (&record.bundle_id, &unit.kind, &unit.institution, &unit.patient, &unit.report, unit.generation),
                )?;
            }
            Ok(())
        })
    }

    fn issued_records(&self) -> Result<Vec<Record>, StoreError> {
        let mut statement = self
            .connection
            .prepare("select bundle_id, kind, institution, patient, report, generation from issued order by rowid")?;
        let rows =
            statement.query_map([], |row| Ok(Record { bundle_id: row.get(0)?, unit: Unit::from_row(row, 1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
