//! What may go after its time. Never: the ledger, issued ids, the audit chain, what sources state.

use crate::{Store, StoreError};

/// For how many days what is done with is kept; `None` for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Bytes of inputs that were read.
    pub raw_inputs: Option<u32>,
    /// Receipts of attempts that were answered.
    pub receipts: Option<u32>,
    /// Frozen bytes of refused and declined submissions. A newer one of the same Unit must stand for them.
    pub bodies: Option<u32>,
    /// Settings texts that were replaced.
    pub settings: Option<u32>,
}

/// How many rows lost what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    pub raw_inputs: usize,
    pub receipts: usize,
    pub bodies: usize,
    pub settings: usize,
}

impl Store {
    /// Removes what is older than its retention says, counted from `now` (RFC 3339). Told in the audit chain.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn prune(&mut self, retention: &Retention, now: &str) -> Result<Pruned, StoreError> {
        self.together(|store| {
            let pruned = store.prune_all(retention, now)?;
            if pruned != Pruned::default() {
                let Pruned { raw_inputs, receipts, bodies, settings } = pruned;
                let outcome = format!("inputs {raw_inputs}, receipts {receipts}, bodies {bodies}, settings {settings}");
                store.audit(now, "tsugite", "prune", &outcome)?;
            }
            Ok(pruned)
        })
    }

    fn prune_all(&mut self, retention: &Retention, now: &str) -> Result<Pruned, StoreError> {
        let Retention { raw_inputs, receipts, bodies, settings } = *retention;
        self.write(|db| {
            let run = |days: Option<u32>, sql: &str| match days {
                Some(days) => db.execute(sql, (now, days)),
                None => Ok(0),
            };
            Ok(Pruned {
                raw_inputs: run(
                    raw_inputs,
                    "update raw_inputs set bytes = null where bytes is not null and read_at is not null
                         and julianday(read_at) < julianday(?1) - ?2",
                )?,
                receipts: run(
                    receipts,
                    "update errands set receipt = null where receipt is not null
                         and julianday(answered_at) < julianday(?1) - ?2",
                )? + run(
                    receipts,
                    "update attempts set receipt = null where receipt is not null
                         and julianday(answered_at) < julianday(?1) - ?2",
                )?,
                bodies: run(
                    bodies,
                    "delete from payloads where submission in (select s.id from submissions s
                         where s.state in ('accepted', 'withdrawn', 'declined', 'rejected')
                         and julianday(s.queued_at) < julianday(?1) - ?2
                         and (s.state <> 'rejected' or exists (select 1 from submissions n
                             where n.unit = s.unit and n.id > s.id and n.state <> 'withdrawn')))",
                )?,
                settings: run(
                    settings,
                    "delete from settings_history where rowid < (select max(rowid) from settings_history)
                         and julianday(first_seen) < julianday(?1) - ?2",
                )?,
            })
        })
    }
}
