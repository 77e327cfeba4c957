use crate::{StoreError, audit, issued::IssuedLog, schema};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// One open database with its `issued.log`.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) issued: IssuedLog,
}

impl Store {
    /// Opens or creates the database, and merges the Bundle-IDs of `issued.log` that it does not know: their Units are `unknown`.
    ///
    /// # Errors
    /// When the file is not ours, is of a newer format, or `issued.log` is damaged.
    pub fn open(database: &Path, issued_log: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(database)?;
        schema::prepare(&mut connection, database)?;
        let (issued, records) = IssuedLog::open(issued_log)?;
        let mut store = Self { connection, issued };
        store.merge_issued(&records)?;
        Ok(store)
    }

    /// Begins a run and gives its number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn begin_run(&mut self, as_of: &str, now: &str) -> Result<i64, StoreError> {
        self.write(|transaction| {
            transaction.execute("insert into runs (as_of, started) values (?1, ?2)", (as_of, now))?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// # Errors
    /// When the database cannot be written.
    pub fn finish_run(&mut self, run: i64, result: &str, now: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("update runs set finished = ?2, result = ?3 where id = ?1", (run, now, result))?;
            Ok(())
        })
    }

    /// Remembers the settings that a run worked with, once a text. The text must hold no secrets.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remember_settings(&mut self, text: &str, now: &str) -> Result<(), StoreError> {
        let digest = audit::sha256([text]);
        self.write(|transaction| {
            transaction.execute(
                "insert into settings_history (digest, first_seen, text) values (?1, ?2, ?3) on conflict do nothing",
                (digest, now, text),
            )?;
            Ok(())
        })
    }

    /// One durable transaction.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// One durable transaction with its row in the audit chain.
    pub(crate) fn write_audited<T>(
        &mut self,
        entry: &audit::Entry,
        work: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|transaction| {
            let value = work(transaction)?;
            audit::append(transaction, entry)?;
            Ok(value)
        })
    }
}

#[cfg(test)]
pub mod tests_support {
    use super::Store;

    pub fn fresh() -> (tempfile::TempDir, Store) {
        let home = tempfile::tempdir().unwrap();
        let store = Store::open(&home.path().join("tsugite.db"), &home.path().join("issued.log")).unwrap();
        (home, store)
    }
}
