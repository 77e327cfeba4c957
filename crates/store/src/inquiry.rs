//! What the answer to an inquiry (状況照会) means for the ledger: nothing of an unknown outcome is sent again before it.

use crate::{
    Answer, Operation, Settled, Store, StoreError, Submission, SubmissionState,
    audit::Entry,
    db::Db,
    errands::{self, Purpose, Receipt, newest_attempt},
    ledger::insured_key,
    settle::{Doubt, Outcome, realign},
    submission::find,
};

/// What the centre says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inquired {
    /// It is there. `same`: with the payload of this submission, as far as the centre tells; `request`: the correlation id of the
    /// request that brought it, empty where it does not tell.
    Registered {
        same: Option<bool>,
        request: String,
    },
    Cancelled,
    Absent,
    /// A request about it is being worked on.
    Processing,
    /// The inquiry did not reach the centre's processing.
    Transport,
    /// No table explains the answer.
    Unknown,
}

impl Inquired {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::Cancelled => "cancelled",
            Self::Absent => "absent",
            Self::Processing => "processing",
            Self::Transport => "transport",
            Self::Unknown => "unknown",
        }
    }

    /// It is known now what there is.
    pub const fn is_conclusive(&self) -> bool {
        matches!(self, Self::Registered { .. } | Self::Cancelled | Self::Absent)
    }
}

/// What to do where the centre's answer is not what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InquiryPolicy {
    /// After so many inquiries without an answer that says anything a person looks.
    pub most: u32,
    /// The centre holds another content than this clinic ever sent: ours replaces it, or a person looks.
    pub replace_other: bool,
    /// What was registered is gone, and not by our cancel: it is registered anew under another id, or a person looks.
    pub register_gone: bool,
}

impl Default for InquiryPolicy {
    fn default() -> Self {
        Self { most: 8, replace_other: true, register_gone: false }
    }
}

impl InquiryPolicy {
    /// So many inquiries since the newest attempt that nobody answered.
    pub(crate) fn is_exhausted(&self, db: Db, before: &Submission) -> Result<bool, StoreError> {
        let sql = "select count(*) from errands where submission = ?1 and purpose = 'inquiry' and attempt is ?2
             and state in ('lost', 'answered')";
        let asked: u32 = db.query_row(sql, (before.id, newest_attempt(db, before.id)?), |row| row.get(0))?;
        Ok(asked >= self.most)
    }
}

/// Whose content the centre holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Same,
    /// That of an earlier submission of the Unit.
    Earlier,
    Foreign,
    Untold,
}

impl Store {
    /// Applies the answer to an inquiry.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn settle_inquiry(
        &mut self,
        file_id: &str,
        inquired: &Inquired,
        receipt: Receipt,
        policy: &InquiryPolicy,
        now: &str,
    ) -> Result<Settled, StoreError> {
        let Some(errand) = errands::row(self.db(), file_id)? else { return Ok(Settled::Foreign) };
        let before = find(self.db(), errand.submission)?;
        let newest = newest_attempt(self.db(), before.id)?;
        let is_open = matches!(before.state, SubmissionState::Lost | SubmissionState::Queued);
        if errand.answer.is_some() || !is_open || errand.attempt != newest {
            self.write(|db| errands::record(db, file_id, inquired.name(), receipt, now))?;
            return Ok(Settled::Repeated);
        }
        let doubt = self.doubt(i64::MAX, &before)?;
        let outcome = match inquired {
            Inquired::Registered { same, request } => {
                let content = self.content(&before, *same, request)?;
                of_registered(before.operation, content, policy)
            }
            Inquired::Cancelled => of_gone(before.operation, doubt, policy, false),
            Inquired::Absent => of_gone(before.operation, doubt, policy, true),
            Inquired::Processing | Inquired::Transport => Outcome::Stay,
            Inquired::Unknown => Outcome::Ask,
        };
        let (bundle_id, patient) = (&before.bundle_id, &before.unit.patient);
        let (what, said) = (Purpose::Inquiry.name(), inquired.name());
        let entry = Entry { at: now, who: "centre", what, bundle_id, outcome: said, patient };
        self.write_audited(&entry, |db| {
            errands::record(db, file_id, inquired.name(), receipt, now)?;
            let is_exhausted = !inquired.is_conclusive() && policy.is_exhausted(*db, &before)?;
            let outcome = if is_exhausted { Outcome::Ask } else { outcome };
            let answer = match outcome {
                Outcome::Accept => Answer::Accepted.name(),
                Outcome::RequeueAsChange => Answer::Exists.name(),
                _ => inquired.name(),
            };
            errands::tell(db, before.id, answer, receipt.code, receipt.text)?;
            let unit = db.query_row("select unit from submissions where id = ?1", [before.id], |row| row.get(0))?;
            outcome.apply(db, unit, &before, now)?;
            realign(db, unit)
        })?;
        Ok(Settled::Now(Box::new(find(self.db(), before.id)?)))
    }

    fn content(&self, before: &Submission, same: Option<bool>, request: &str) -> Result<Content, StoreError> {
        let exists = |sql: &str, params: &[&dyn rusqlite::ToSql]| {
            let sql = format!("select exists ({sql})");
            self.connection.query_row(&sql, params, |row| row.get::<_, bool>(0))
        };
        let own = exists("select 1 from attempts where submission = ?1 and file_id = ?2", &[&before.id, &request])?;
        let of_unit = "select 1 from attempts a join submissions s on s.id = a.submission
             join submissions mine on mine.unit = s.unit where mine.id = ?1";
        // The log of issued ids knows one attempt that a restored database may have forgotten.
        let forgotten = "select 1 from issued where bundle_id = ?1 and last_attempt = ?2";
        let ours = || {
            Ok::<_, StoreError>(
                exists(&format!("{of_unit} and a.file_id = ?2"), &[&before.id, &request])?
                    || exists(forgotten, &[&before.bundle_id, &request])?,
            )
        };
        // Nobody but this clinic writes under its id: what is there can only be the one thing that was ever sent.
        let only = || {
            let of_others = exists(&format!("{of_unit} and s.id <> ?1"), &[&before.id])?;
            Ok::<_, StoreError>(before.attempts > 0 && !of_others)
        };
        Ok(match same {
            Some(true) => Content::Same,
            None if own => Content::Same,
            _ if !request.is_empty() && ours()? => Content::Earlier,
            None if request.is_empty() && only()? => Content::Same,
            None if request.is_empty() => Content::Untold,
            _ => Content::Foreign,
        })
    }
}

fn of_registered(operation: Operation, content: Content, policy: &InquiryPolicy) -> Outcome {
    match (operation, content) {
        // The cancel was not carried out.
        (Operation::Cancel, _) => Outcome::Stay,
        (_, Content::Same) => Outcome::Accept,
        (_, Content::Foreign) if !policy.replace_other => Outcome::Ask,
        (Operation::Register, _) => Outcome::RequeueAsChange,
        // The change was not carried out, or nobody can tell: it is made once more.
        (Operation::Change, _) => Outcome::Stay,
    }
}

/// `may_live_elsewhere`: nothing is known under this insured id.
fn of_gone(operation: Operation, doubt: Doubt, policy: &InquiryPolicy, may_live_elsewhere: bool) -> Outcome {
    match operation {
        Operation::Change | Operation::Cancel if may_live_elsewhere && doubt.elsewhere.is_some() => {
            Outcome::Readdress(doubt.elsewhere.unwrap_or_default())
        }
        Operation::Cancel => Outcome::Accept,
        // It never came: it goes again under its id.
        Operation::Register if may_live_elsewhere => Outcome::Stay,
        _ if doubt.cancel || policy.register_gone => Outcome::WasCancelled,
        Operation::Register | Operation::Change => Outcome::Ask,
    }
}

impl Store {
    /// A person says that it may go without the centre's word on what it holds.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn waive_inquiry(&mut self, id: i64, now: &str, who: &str) -> Result<(), StoreError> {
        let found = find(self.db(), id)?;
        let (bundle_id, patient) = (&found.bundle_id, &found.unit.patient);
        let entry = Entry { at: now, who, what: Purpose::Inquiry.name(), bundle_id, outcome: "waived", patient };
        self.write_audited(&entry, |db| {
            let asked: i64 = db.query_row("select coalesce(max(id), 0) + 1 from errands", [], |row| row.get(0))?;
            db.execute(
                "insert into errands (submission, file_id, purpose, attempt, addressed, state, sent_at, answered_at, answer)
                 values (?1, ?2, 'inquiry', ?3, ?4, 'answered', ?5, ?5, 'absent')",
                (
                    id,
                    format!("person-{asked}"),
                    newest_attempt(*db, id)?,
                    insured_key(db.sealer, &found.addressed),
                    now,
                ),
            )?;
            Ok(())
        })
    }
}
