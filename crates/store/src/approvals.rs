use crate::{Store, StoreError, audit::Entry};
use rusqlite::OptionalExtension;

/// What a person may have said yes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// The first submission of all (`rules` §5).
    Plan,
    /// A cancel or a shrinking that the brake had stopped; the subject names the Unit and the content (`rules` §4).
    Brake,
}

impl Approval {
    const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Brake => "brake",
        }
    }
}

impl Store {
    /// # Errors
    /// When the database cannot be written.
    pub fn approve(&mut self, approval: Approval, subject: &str, now: &str, who: &str) -> Result<(), StoreError> {
        let entry = Entry { at: now, who, what: "approve", bundle_id: "", outcome: approval.name() };
        self.write_audited(&entry, |transaction| {
            transaction.execute(
                "insert into approvals (kind, subject, at, who) values (?1, ?2, ?3, ?4) on conflict do nothing",
                (approval.name(), subject, now, who),
            )?;
            Ok(())
        })
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn approved(&self, approval: Approval, subject: &str) -> Result<bool, StoreError> {
        let row = self.connection.query_row(
            "select 1 from approvals where kind = ?1 and subject = ?2",
            (approval.name(), subject),
            |_| Ok(()),
        );
        Ok(row.optional()?.is_some())
    }
}
