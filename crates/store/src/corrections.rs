//! What a person corrected by hand: it hangs on the patient, not on an input, and so survives every import.

use crate::{
    Hash, Store, StoreError,
    audit::Entry,
    inputs::{patient_row_key, touch},
    seal,
};
use serde::{Deserialize, Serialize};
use tsugite_clinical::PatientId;

/// A correction in the words of those who apply it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCorrection {
    pub patient: PatientId,
    /// What is corrected: a value, a code, an exclusion.
    pub kind: String,
    /// Which statement.
    pub target: String,
    /// What is to stand there.
    pub body: String,
    /// Why, for the next person.
    pub reason: String,
}

/// A correction that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub id: i64,
    pub correction: NewCorrection,
    pub at: String,
    pub who: String,
}

impl Store {
    /// Keeps a correction; the patient is to be considered again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn correct(&mut self, new: &NewCorrection, now: &str, who: &str) -> Result<i64, StoreError> {
        let patient = format!("{}/{}", new.patient.space, new.patient.id);
        let entry = Entry { at: now, who, what: "correct", bundle_id: "", outcome: &new.kind, patient: &patient };
        self.write_audited(&entry, |db| {
            let key = touch(db, &new.patient.space, &new.patient.id)?;
            // Rows are never deleted, so the number is new.
            let id: i64 = db.query_row("select coalesce(max(id), 0) + 1 from corrections", [], |row| row.get(0))?;
            let sealed = db.sealer.seal_json(seal::CORRECTION, id.into(), new)?;
            db.execute(
                "insert into corrections (id, patient, correction, at, who) values (?1, ?2, ?3, ?4, ?5)",
                (id, key, sealed, now, who),
            )?;
            Ok(id)
        })
    }

    /// The corrections that stand, of one patient or of all, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn corrections(&self, patient: Option<&PatientId>) -> Result<Vec<Correction>, StoreError> {
        let key = patient.map(|patient| patient_row_key(&self.sealer, &patient.space, &patient.id));
        let mut statement = self.connection.prepare_cached(
            "select id, correction, at, who from corrections where removed_at is null and (?1 is null or patient = ?1)
             order by id",
        )?;
        let mut rows = statement.query([key])?;
        let mut corrections = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, sealed): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let correction = self.sealer.open_json(seal::CORRECTION, id.into(), &sealed)?;
            corrections.push(Correction { id, correction, at: row.get(2)?, who: row.get(3)? });
        }
        Ok(corrections)
    }

    /// Takes a correction back; the patient is to be considered again. Whether there was one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remove_correction(&mut self, id: i64, now: &str, who: &str) -> Result<bool, StoreError> {
        let Some(found) = self.corrections(None)?.into_iter().find(|correction| correction.id == id) else {
            return Ok(false);
        };
        let PatientId { space, id: patient } = &found.correction.patient;
        let name = format!("{space}/{patient}");
        let entry = Entry { at: now, who, what: "correct", bundle_id: "", outcome: "removed", patient: &name };
        self.write_audited(&entry, |db| {
            let _: Hash = touch(db, space, patient)?;
            db.execute("update corrections set removed_at = ?2, removed_by = ?3 where id = ?1", (id, now, who))?;
            Ok(true)
        })
    }
}
