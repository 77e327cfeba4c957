use crate::{Store, StoreError, audit::Entry};
use rusqlite::OptionalExtension;

/// What a person may have said yes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// The first submission of all (`rules` §5).
    Plan,
    /// A cancel or a shrinking that the brake had stopped; the subject names the Unit and the content (`rules` §4).
    Brake,
    /// An input that became much shorter in its place; the subject names the input and its new content.
    Shortened,
    /// Inputs that are gone; what they stated stays.
    Vanished,
}

impl Approval {
    pub const ALL: [Self; 4] = [Self::Plan, Self::Brake, Self::Shortened, Self::Vanished];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Brake => "brake",
            Self::Shortened => "shortened",
            Self::Vanished => "vanished",
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

    /// Replaces what waits for a person's yes: (what, subject, a line for a person).
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn propose(&mut self, proposals: &[(Approval, String, String)]) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("delete from proposals", [])?;
            for (approval, subject, text) in proposals {
                transaction.execute(
                    "insert into proposals (kind, subject, text) values (?1, ?2, ?3) on conflict do nothing",
                    (approval.name(), subject, text),
                )?;
            }
            Ok(())
        })
    }

    /// What waits for a person's yes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn proposals(&self) -> Result<Vec<(Approval, String, String)>, StoreError> {
        let mut statement = self.connection.prepare("select kind, subject, text from proposals order by rowid")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
        let mut proposals = Vec::new();
        for row in rows {
            let (kind, subject, text) = row?;
            let approval = Approval::ALL.into_iter().find(|approval| approval.name() == kind);
            proposals.extend(approval.map(|approval| (approval, subject, text)));
        }
        Ok(proposals)
    }

    /// Says yes to everything of a kind that waits, and gives the number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn approve_proposals(&mut self, approval: Approval, now: &str, who: &str) -> Result<usize, StoreError> {
        let entry = Entry { at: now, who, what: "approve", bundle_id: "", outcome: approval.name() };
        self.write_audited(&entry, |transaction| {
            let approved = transaction.execute(
                "insert into approvals (kind, subject, at, who)
                 select kind, subject, ?2, ?3 from proposals where kind = ?1 on conflict do nothing",
                (approval.name(), now, who),
            )?;
            if approval == Approval::Vanished {
                let sql = "update inputs set gone_accepted = 1 where gone_since is not null and gone_accepted = 0";
                transaction.execute(sql, [])?;
            }
            transaction.execute("delete from proposals where kind = ?1", [approval.name()])?;
            Ok(approved)
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
