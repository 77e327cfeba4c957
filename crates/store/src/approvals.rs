use crate::{
    Hash, Store, StoreError,
    audit::Entry,
    db::Db,
    seal::{self, Sealer},
};
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
        let entry = Entry { at: now, who, what: "approve", bundle_id: "", outcome: approval.name(), patient: "" };
        self.write_audited(&entry, |db| {
            db.execute(
                "insert into approvals (kind, subject, at, who) values (?1, ?2, ?3, ?4) on conflict do nothing",
                (approval.name(), subject_key(db.sealer, approval.name(), subject), now, who),
            )?;
            Ok(())
        })
    }

    /// Replaces what waits for a person's yes: (what, subject, a line for a person).
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn propose(&mut self, proposals: &[(Approval, String, String)]) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("delete from proposals", [])?;
            proposals.iter().try_for_each(|(approval, subject, text)| keep_proposal(db, approval.name(), subject, text))
        })
    }

    /// What waits for a person's yes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn proposals(&self) -> Result<Vec<(Approval, String, String)>, StoreError> {
        let mut statement = self.connection.prepare("select kind, subject, line from proposals order by rowid")?;
        let mut rows = statement.query([])?;
        let mut proposals = Vec::new();
        while let Some(row) = rows.next()? {
            let (kind, key, line): (String, Hash, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (subject, text): (String, String) = self.sealer.open_json(seal::PROPOSAL, (&key).into(), &line)?;
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
        let entry = Entry { at: now, who, what: "approve", bundle_id: "", outcome: approval.name(), patient: "" };
        self.write_audited(&entry, |db| {
            let approved = db.execute(
                "insert into approvals (kind, subject, at, who)
                 select kind, subject, ?2, ?3 from proposals where kind = ?1 on conflict do nothing",
                (approval.name(), now, who),
            )?;
            if approval == Approval::Vanished {
                let sql = "update inputs set gone_accepted = 1 where gone_since is not null and gone_accepted = 0";
                db.execute(sql, [])?;
            }
            db.execute("delete from proposals where kind = ?1", [approval.name()])?;
            Ok(approved)
        })
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn approved(&self, approval: Approval, subject: &str) -> Result<bool, StoreError> {
        let row = self.connection.query_row(
            "select 1 from approvals where kind = ?1 and subject = ?2",
            (approval.name(), subject_key(&self.sealer, approval.name(), subject)),
            |_| Ok(()),
        );
        Ok(row.optional()?.is_some())
    }
}

/// Subjects may name patients and files, so they are looked up by their hash.
pub fn subject_key(sealer: &Sealer, kind: &str, subject: &str) -> Hash {
    sealer.lookup("subject", &[kind.as_bytes(), subject.as_bytes()])
}

pub fn keep_proposal(db: &Db, kind: &str, subject: &str, text: &str) -> Result<(), StoreError> {
    let key = subject_key(db.sealer, kind, subject);
    let line = db.sealer.seal_json(seal::PROPOSAL, (&key).into(), &(subject, text))?;
    let insert = "insert into proposals (kind, subject, line) values (?1, ?2, ?3) on conflict do nothing";
    db.execute(insert, (kind, key, line))?;
    Ok(())
}
