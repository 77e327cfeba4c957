//! What a running service and the commands beside it tell each other.

use crate::{Store, StoreError, Unit, audit::Entry, ledger};
use rusqlite::OptionalExtension;

impl Store {
    /// Stops or lets go on all sending, until it is said otherwise.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn pause(&mut self, on: bool, now: &str, who: &str) -> Result<(), StoreError> {
        let what = if on { "pause" } else { "resume" };
        let entry = Entry { at: now, who, what, bundle_id: "", outcome: "done", patient: "" };
        self.write_audited(&entry, |db| {
            db.execute(
                "insert into counters (name, value) values ('paused', ?1)
                 on conflict (name) do update set value = excluded.value",
                [on],
            )?;
            Ok(())
        })
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn paused(&self) -> Result<bool, StoreError> {
        let sql = "select value from counters where name = 'paused'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or(false))
    }

    /// A person wants the centre to get once more what is said of a Unit: the next comparison sends it, under its id, whatever the
    /// ledger says. Whether the centre holds it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn resend_unit(&mut self, unit: &Unit, now: &str, who: &str) -> Result<bool, StoreError> {
        let Some((row, found)) = ledger::find(self.db(), unit)? else { return Ok(false) };
        if found.accepted.is_none() {
            return Ok(false);
        }
        let bundle_id = &found.bundle_id;
        let entry = Entry { at: now, who, what: "resend", bundle_id, outcome: "asked", patient: &unit.patient };
        self.write_audited(&entry, |db| {
            db.execute("update ledger set doubt = coalesce(doubt, 'sent') where id = ?1", [row])?;
            Ok(true)
        })
    }

    /// Another number than before when another connection or program has changed the database since. Cheap.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.query_row("pragma data_version", [], |row| row.get(0))?)
    }
}
