//! The audit chain: who did what to which Unit, and how it ended. Each row's hash covers the row before it.

use crate::{Hash, Store, StoreError, Unit, db::Db, ledger::patient_key, seal};
use rusqlite::{OptionalExtension, Row};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// One row of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    pub seq: i64,
    pub at: String,
    pub who: String,
    pub what: String,
    /// Empty where no Unit is concerned.
    pub bundle_id: String,
    pub outcome: String,
    /// `id space/patient id`; `None` where no patient is concerned, or none that is still known.
    pub patient: Option<String>,
}

pub struct Entry<'a> {
    pub at: &'a str,
    pub who: &'a str,
    pub what: &'a str,
    pub bundle_id: &'a str,
    pub outcome: &'a str,
    /// `id space/patient id`; empty where no patient is concerned. Kept as a lookup hash.
    pub patient: &'a str,
}

pub fn sha256<'a>(parts: impl IntoIterator<Item = &'a str>) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}

/// What a row's hash covers beside the row before it.
struct Link<'a> {
    seq: i64,
    texts: [&'a str; 5],
    patient: Option<&'a Hash>,
}

fn chained(previous: &Hash, link: &Link) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(link.seq.to_le_bytes());
    hasher.update(sha256(link.texts));
    if let Some(patient) = link.patient {
        hasher.update(patient);
    }
    hasher.finalize().into()
}

pub fn append(db: &Db, entry: &Entry) -> Result<(), StoreError> {
    let Entry { at, who, what, bundle_id, outcome, .. } = *entry;
    let patient = (!entry.patient.is_empty()).then(|| patient_key(db.sealer, entry.patient));
    let last = db
        .prepare_cached("select seq, hash from audit order by seq desc limit 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Hash>(1)?)))
        .optional()?;
    let (seq, previous) = last.unwrap_or((0, Hash::default()));
    let link = Link { seq: seq + 1, texts: [at, who, what, bundle_id, outcome], patient: patient.as_ref() };
    let hash = chained(&previous, &link);
    db.prepare_cached(
        "insert into audit (seq, at, who, what, bundle_id, outcome, patient, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((seq + 1, at, who, what, bundle_id, outcome, patient, hash))?;
    Ok(())
}

/// Which rows of the chain are wanted; what is `None` is not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter<'a> {
    /// First and last moment, as text in the form in which rows are written.
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    pub who: Option<&'a str>,
    pub what: Option<&'a str>,
    pub outcome: Option<&'a str>,
    pub bundle_id: Option<&'a str>,
    /// `id space/patient id`.
    pub patient: Option<&'a str>,
    pub limit: Option<u32>,
}

impl Store {
    /// Adds a row that belongs to no other change: a run, a person's look at the queue.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn audit(&mut self, at: &str, who: &str, what: &str, outcome: &str) -> Result<(), StoreError> {
        self.audit_about(at, who, what, outcome, "")
    }

    /// As [`Store::audit`], about a patient (`id space/patient id`).
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn audit_about(
        &mut self,
        at: &str,
        who: &str,
        what: &str,
        outcome: &str,
        patient: &str,
    ) -> Result<(), StoreError> {
        self.write_audited(&Entry { at, who, what, bundle_id: "", outcome, patient }, |_| Ok(()))
    }

    /// The newest rows first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn audit_rows(&self, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        self.audit_list(&AuditFilter { limit: Some(limit), ..AuditFilter::default() })
    }

    /// The rows that a filter lets through, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn audit_list(&self, filter: &AuditFilter) -> Result<Vec<AuditRow>, StoreError> {
        let AuditFilter { from, to, who, what, outcome, bundle_id, patient, limit } = filter;
        let patient = patient.map(|patient| patient_key(&self.sealer, patient));
        let mut statement = self.connection.prepare(
            "select seq, at, who, what, bundle_id, outcome, patient from audit
             where (?1 is null or at >= ?1) and (?2 is null or at <= ?2) and (?3 is null or who = ?3)
                 and (?4 is null or what = ?4) and (?5 is null or outcome = ?5) and (?6 is null or bundle_id = ?6)
                 and (?7 is null or patient = ?7) order by seq desc limit coalesce(?8, -1)",
        )?;
        let mut names = HashMap::new();
        let mut rows = statement.query((from, to, who, what, outcome, bundle_id, patient, limit))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let patient: Option<Hash> = row.get(6)?;
            found.push(AuditRow {
                seq: row.get(0)?,
                at: row.get(1)?,
                who: row.get(2)?,
                what: row.get(3)?,
                bundle_id: row.get(4)?,
                outcome: row.get(5)?,
                patient: patient.map(|key| self.patient_name(key, &mut names)).transpose()?.flatten(),
            });
        }
        Ok(found)
    }

    /// The latest time of any row, as it was written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn audit_last(&self) -> Result<Option<String>, StoreError> {
        Ok(self.connection.query_row("select max(at) from audit", [], |row| row.get(0))?)
    }

    /// Whom a row of the chain is about, asked once.
    fn patient_name(&self, key: Hash, names: &mut HashMap<Hash, Option<String>>) -> Result<Option<String>, StoreError> {
        if let Some(name) = names.get(&key) {
            return Ok(name.clone());
        }
        let name = self.find_patient_name(key)?;
        names.insert(key, name.clone());
        Ok(name)
    }

    /// Asked of the ledger, else of all patients.
    fn find_patient_name(&self, key: Hash) -> Result<Option<String>, StoreError> {
        let sql = "select unit, name from ledger where patient = ?1 limit 1";
        let row = |row: &Row| Ok((row.get::<_, Hash>(0)?, row.get::<_, Vec<u8>>(1)?));
        if let Some((unit, name)) = self.connection.query_row(sql, [key], row).optional()? {
            return Ok(Some(self.sealer.open_json::<Unit>(seal::LEDGER_UNIT, (&unit).into(), &name)?.patient));
        }
        let mut all = self.patients()?.into_iter().map(|patient| format!("{}/{}", patient.space, patient.id));
        Ok(all.find(|name| patient_key(&self.sealer, name) == key))
    }

    /// The number of rows, or the first row where the chain does not hold.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify_audit(&self) -> Result<Result<i64, i64>, StoreError> {
        let mut statement = self
            .connection
            .prepare("select seq, at, who, what, bundle_id, outcome, hash, patient from audit order by seq")?;
        let mut rows = statement.query([])?;
        let (mut count, mut previous) = (0, Hash::default());
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            let text = |at: usize| row.get::<_, String>(at);
            let (at, who, what, bundle_id, outcome) = (text(1)?, text(2)?, text(3)?, text(4)?, text(5)?);
            let patient: Option<Hash> = row.get(7)?;
            let link = Link { seq, texts: [&at, &who, &what, &bundle_id, &outcome], patient: patient.as_ref() };
            let hash = chained(&previous, &link);
            if seq != count + 1 || hash != row.get::<_, Hash>(6)? {
                return Ok(Err(seq));
            }
            (count, previous) = (seq, hash);
        }
        Ok(Ok(count))
    }
}

#[cfg(test)]
mod tests {
    use crate::store::tests_support::fresh;

    #[test]
    fn a_changed_row_breaks_the_chain_at_its_place() {
        let (_home, mut store) = fresh();
        for n in 0..5 {
            store.audit("2026-11-22T09:00:00+09:00", "desk", "look", &n.to_string()).unwrap();
        }
        assert_eq!(store.verify_audit().unwrap(), Ok(5));
        assert_eq!(store.audit_last().unwrap().as_deref(), Some("2026-11-22T09:00:00+09:00"));
        assert!(store.connection.execute("update audit set outcome = 'x' where seq = 3", []).is_err());
        store.connection.execute_batch("drop trigger audit_is_not_changed").unwrap();
        store.connection.execute("update audit set outcome = 'x' where seq = 3", []).unwrap();
        assert_eq!(store.verify_audit().unwrap(), Err(3));
    }
}
