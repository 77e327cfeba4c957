//! The audit chain: who did what to which Unit, and how it ended. Each row's hash covers the row before it.

use crate::{Hash, Store, StoreError};
use rusqlite::{OptionalExtension, Transaction};
use sha2::{Digest as _, Sha256};

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
}

pub struct Entry<'a> {
    pub at: &'a str,
    pub who: &'a str,
    pub what: &'a str,
    pub bundle_id: &'a str,
    pub outcome: &'a str,
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

fn chained(previous: &Hash, seq: i64, entry: &Entry) -> Hash {
    let own = sha256([entry.at, entry.who, entry.what, entry.bundle_id, entry.outcome]);
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(seq.to_le_bytes());
    hasher.update(own);
    hasher.finalize().into()
}

pub fn append(transaction: &Transaction, entry: &Entry) -> Result<(), StoreError> {
    let last = transaction
        .query_row("select seq, hash from audit order by seq desc limit 1", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Hash>(1)?))
        })
        .optional()?;
    let (seq, previous) = last.unwrap_or((0, Hash::default()));
    let hash = chained(&previous, seq + 1, entry);
    transaction.execute(
        "insert into audit (seq, at, who, what, bundle_id, outcome, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (seq + 1, entry.at, entry.who, entry.what, entry.bundle_id, entry.outcome, hash),
    )?;
    Ok(())
}

impl Store {
    /// Adds a row that belongs to no other change: a run, a person's look at the queue.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn audit(&mut self, at: &str, who: &str, what: &str, outcome: &str) -> Result<(), StoreError> {
        self.write_audited(&Entry { at, who, what, bundle_id: "", outcome }, |_| Ok(()))
    }

    /// The newest rows first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn audit_rows(&self, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare("select seq, at, who, what, bundle_id, outcome from audit order by seq desc limit ?1")?;
        let rows = statement.query_map([limit], |row| {
            Ok(AuditRow {
                seq: row.get(0)?,
                at: row.get(1)?,
                who: row.get(2)?,
                what: row.get(3)?,
                bundle_id: row.get(4)?,
                outcome: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of rows, or the first row where the chain does not hold.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify_audit(&self) -> Result<Result<i64, i64>, StoreError> {
        let mut statement =
            self.connection.prepare("select seq, at, who, what, bundle_id, outcome, hash from audit order by seq")?;
        let mut rows = statement.query([])?;
        let (mut count, mut previous) = (0, Hash::default());
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            let text = |at: usize| row.get::<_, String>(at);
            let (at, who, what, bundle_id, outcome) = (text(1)?, text(2)?, text(3)?, text(4)?, text(5)?);
            let entry = Entry { at: &at, who: &who, what: &what, bundle_id: &bundle_id, outcome: &outcome };
            let hash = chained(&previous, seq, &entry);
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
        assert!(store.connection.execute("update audit set outcome = 'x' where seq = 3", []).is_err());
        store.connection.execute_batch("drop trigger audit_is_not_changed").unwrap();
        store.connection.execute("update audit set outcome = 'x' where seq = 3", []).unwrap();
        assert_eq!(store.verify_audit().unwrap(), Err(3));
    }
}
