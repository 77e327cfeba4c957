//! Which patients are to be considered again, and what was found when they were last.

use crate::{
    Hash, Store, StoreError,
    db::Db,
    inputs::{patient_id, patient_row_key, touch},
    seal,
};
use rusqlite::Params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tsugite_clinical::PatientId;

/// A code that no table maps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unmapped {
    /// Kind of record.
    pub kind: String,
    /// The source's namespace.
    pub system: String,
    pub code: String,
    pub text: String,
}

/// A code that no table maps, and of how many patients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmappedCode {
    pub unmapped: Unmapped,
    pub patients: u32,
    pub first_seen: String,
}

/// A patient whose Units were built and compared.
#[derive(Clone, Copy, Debug)]
pub struct Considered<'a> {
    pub patient: &'a PatientId,
    /// As [`Store::changed_patients`] gave it: what came later is considered later.
    pub mark: i64,
    /// Version of the tables and mappings that the Units were built with.
    pub tables: &'a str,
    /// Codes of all issues that the patient's records have.
    pub issues: &'a [&'a str],
    pub unmapped: &'a [Unmapped],
}

/// Which patients to process again; what is `None` is not asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Selection<'a> {
    /// Of whom an input of this instance speaks.
    pub instance: Option<&'a str>,
    /// Of whom a run that began in this time read or saw an input: first and last moment, RFC 3339.
    pub seen_from: Option<&'a str>,
    pub seen_to: Option<&'a str>,
    pub patient: Option<&'a PatientId>,
    /// Who has an issue of this code.
    pub issue: Option<&'a str>,
    /// Whose Units were last built with other tables than these.
    pub other_tables_than: Option<&'a str>,
}

impl Store {
    /// Patients of whom something else is stated than when they were last considered, in the order in which they became known.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn changed_patients(&self, limit: u32) -> Result<Vec<(PatientId, i64)>, StoreError> {
        let sql = "select key, space, id, changed from patients where changed > considered order by position limit ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([limit])?;
        let mut changed = Vec::new();
        while let Some(row) = rows.next()? {
            changed.push((patient_id(self.db(), row, 0)?, row.get(3)?));
        }
        Ok(changed)
    }

    /// Those patients are done, up to their marks. Replaces what was found of them.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn considered(&mut self, done: &[Considered], now: &str) -> Result<(), StoreError> {
        self.write(|db| done.iter().try_for_each(|one| consider(db, one, now)))
    }

    /// Those patients are to be considered again: a person asks for it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn touch(&mut self, patients: &[PatientId]) -> Result<(), StoreError> {
        self.write(|db| patients.iter().try_for_each(|patient| touch(db, &patient.space, &patient.id).map(drop)))
    }

    /// All patients are to be considered again. Gives their number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn touch_all(&mut self) -> Result<u32, StoreError> {
        self.write(|db| {
            let mark = crate::inputs::next(db, "changes")?;
            let touched = db.execute("update patients set changed = ?1", [mark])?;
            Ok(u32::try_from(touched).unwrap_or(u32::MAX))
        })
    }

    /// Patients to process again, in the order in which they became known.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn select_patients(&self, selection: &Selection) -> Result<Vec<PatientId>, StoreError> {
        let Selection { instance, seen_from, seen_to, patient, issue, other_tables_than } = selection;
        let patient = patient.map(|patient| patient_row_key(&self.sealer, &patient.space, &patient.id));
        let by_input = instance.is_some() || seen_from.is_some() || seen_to.is_some();
        self.patients_where(
            "(?1 is null or p.key = ?1)
             and (?2 is null or exists (select 1 from patient_issues i where i.patient = p.key and i.code = ?2))
             and (?3 is null or p.considered_at is not null and p.tables is not ?3)
             and (not ?4 or exists (select 1 from statements s join inputs i on i.id = s.input
                 join runs r on r.id = i.last_run where s.patient = p.key and (?5 is null or i.instance = ?5)
                 and (?6 is null or julianday(r.started) >= julianday(?6))
                 and (?7 is null or julianday(r.started) <= julianday(?7))))",
            (patient, issue, other_tables_than, by_input, instance, seen_from, seen_to),
        )
    }

    fn patients_where(&self, condition: &str, params: impl Params) -> Result<Vec<PatientId>, StoreError> {
        let sql = format!("select p.key, p.space, p.id from patients p where {condition} order by p.position");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(patient_id(self.db(), row, 0)?);
        }
        Ok(found)
    }

    /// Codes that no table maps, the most frequent first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unmapped(&self) -> Result<Vec<UnmappedCode>, StoreError> {
        let mut statement =
            self.connection.prepare("select key, line, count(*), min(since) from unmapped group by key")?;
        let mut rows = statement.query([])?;
        let mut codes = Vec::new();
        while let Some(row) = rows.next()? {
            let (key, line): (Hash, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let unmapped = self.sealer.open_json(seal::UNMAPPED, (&key).into(), &line)?;
            codes.push(UnmappedCode { unmapped, patients: row.get(2)?, first_seen: row.get(3)? });
        }
        codes.sort_by(|a, b| b.patients.cmp(&a.patients).then_with(|| a.unmapped.cmp(&b.unmapped)));
        Ok(codes)
    }
}

fn consider(db: &Db, done: &Considered, now: &str) -> Result<(), StoreError> {
    let Considered { patient, mark, tables, issues, unmapped } = done;
    let key = patient_row_key(db.sealer, &patient.space, &patient.id);
    db.prepare_cached(
        "update patients set considered = max(considered, ?2), considered_at = ?3, tables = ?4 where key = ?1",
    )?
    .execute((key, mark, now, tables))?;
    db.prepare_cached("delete from patient_issues where patient = ?1")?.execute([key])?;
    let mut insert =
        db.prepare_cached("insert into patient_issues (patient, code) values (?1, ?2) on conflict do nothing")?;
    for code in *issues {
        insert.execute((key, code))?;
    }
    keep_unmapped(db, &key, unmapped, now)
}

/// Replaces a patient's unmapped codes; what stays keeps its date.
fn keep_unmapped(db: &Db, patient: &Hash, unmapped: &[Unmapped], now: &str) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached("select key, since from unmapped where patient = ?1")?;
    let before = statement.query_map([patient], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let before: BTreeMap<Hash, String> = before.collect::<Result<_, _>>()?;
    db.prepare_cached("delete from unmapped where patient = ?1")?.execute([patient])?;
    let mut insert = db.prepare_cached(
        "insert into unmapped (patient, key, line, since) values (?1, ?2, ?3, ?4) on conflict do nothing",
    )?;
    for code in unmapped {
        let parts = [&code.kind, &code.system, &code.code, &code.text];
        let key = db.sealer.lookup("unmapped", &parts.map(String::as_bytes));
        let line = db.sealer.seal_json(seal::UNMAPPED, (&key).into(), code)?;
        insert.execute((patient, key, line, before.get(&key).map_or(now, String::as_str)))?;
    }
    Ok(())
}
