//! Patient ids that were reported as one person. What is known of people changes, and may part them again: then somebody must look, as
//! what was sent may be another person's.

use crate::{NewInput, Store, StoreError, inputs::patient_id};
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;
use tsugite_clinical::PatientId;

/// Kept like inputs without bytes: a joined pair is a path, sealed like all paths, and is never pruned.
const INSTANCE: &str = "joined ids";

/// An id with the one under which it was reported.
pub type JoinedIds = (PatientId, PatientId);

impl Store {
    /// Remembers pairs for ever.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remember_joined(&mut self, pairs: &[JoinedIds], now: &str) -> Result<(), StoreError> {
        if pairs.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = pairs.iter().map(name).collect();
        let inputs: Vec<NewInput> =
            names.iter().map(|path| NewInput { instance: INSTANCE, path, bytes: &[] }).collect();
        self.together(|store| {
            let ids = store.receive(&inputs, now)?;
            store.mark_read(&ids, now)
        })
    }

    /// Every pair that was ever remembered.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn joined(&self) -> Result<BTreeSet<JoinedIds>, StoreError> {
        Ok(self.raw_of(INSTANCE)?.iter().filter_map(|input| pair(&input.path)).collect())
    }

    /// Patients of whom something else is stated than at a mark, with whether anything still is, and the newest mark.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn patients_since(&self, mark: i64) -> Result<(Vec<(PatientId, bool)>, i64), StoreError> {
        let newest = self.connection.query_row("select max(changed) from patients", [], |row| row.get(0)).optional()?;
        let newest: i64 = newest.flatten().unwrap_or(0);
        let sql = "select key, space, id, exists (select 1 from statements where patient = p.key) from patients p
            where changed > ?1 and changed <= ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((mark, newest))?;
        let mut patients = Vec::new();
        while let Some(row) = rows.next()? {
            patients.push((patient_id(self.db(), row, 0)?, row.get(3)?));
        }
        Ok((patients, newest))
    }
}

/// No id and no space holds a control character.
const BETWEEN: char = '\u{1f}';

fn name((id, head): &JoinedIds) -> String {
    [&id.space, &id.id, &head.space, &head.id].map(|part| &**part).join(&BETWEEN.to_string())
}

fn pair(name: &str) -> Option<JoinedIds> {
    let mut parts = name.split(BETWEEN);
    let mut id = || Some(PatientId { space: parts.next()?.into(), id: parts.next()?.into() });
    Some((id()?, id()?))
}
