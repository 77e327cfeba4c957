//! The outbox: operations with frozen bytes, in the order in which they go.

use crate::{
    Hash, Store, StoreError, Unit,
    audit::{self, Entry},
    issued, ledger,
    settle::realign,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

/// What the centre is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Register,
    Change,
    Cancel,
}

impl Operation {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Change => "change",
            Self::Cancel => "cancel",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Register, Self::Change, Self::Cancel].into_iter().find(|operation| operation.name() == text)
    }
}

/// Where a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubmissionState {
    /// Waits for a person's approval.
    Draft,
    /// Waits for its turn.
    Queued,
    /// Handed over; the answer is awaited.
    Sent,
    /// No answer came in time, or the program was stopped: the same bytes go again.
    Lost,
    /// An answer came that no table explains: a person decides.
    Unclear,
    Accepted,
    /// Refused by the centre.
    Rejected,
    /// A newer statement stands for it.
    Withdrawn,
    /// A person said no.
    Declined,
}

impl SubmissionState {
    const ALL: [Self; 9] = [
        Self::Draft,
        Self::Queued,
        Self::Sent,
        Self::Lost,
        Self::Unclear,
        Self::Accepted,
        Self::Rejected,
        Self::Withdrawn,
        Self::Declined,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Lost => "lost",
            Self::Unclear => "unclear",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Declined => "declined",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }

    /// It may still be replaced or taken back.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Draft | Self::Queued)
    }

    /// The centre may or may not have it: its bytes are frozen and newer content waits behind.
    pub const fn is_in_flight(self) -> bool {
        matches!(self, Self::Sent | Self::Lost | Self::Unclear)
    }
}

/// One operation on one Unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub id: i64,
    pub unit: Unit,
    pub bundle_id: String,
    pub operation: Operation,
    pub state: SubmissionState,
    pub content: Hash,
    pub identity: Hash,
    /// The insured id in the bundle; empty for a cancel.
    pub insured: String,
    /// The insured id that the request is addressed with: that of the ledger where the centre holds the Unit.
    pub addressed: String,
    pub members: u32,
    pub queued_at: String,
    pub attempts: u32,
    pub result_code: Option<String>,
    pub result_text: Option<String>,
    /// An attempt has no known answer.
    pub unresolved: bool,
}

/// What is put into the outbox. For a cancel, hashes are zero and bytes empty.
#[derive(Clone, Debug)]
pub struct NewSubmission {
    pub unit: Unit,
    pub bundle_id: String,
    pub operation: Operation,
    pub content: Hash,
    pub identity: Hash,
    pub insured: String,
    pub members: u32,
    pub ig: String,
    pub bytes: Vec<u8>,
    /// A person must approve it first.
    pub review: bool,
}

/// One hand-over, with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub file_id: String,
    pub sent_at: String,
    pub answered_at: Option<String>,
    pub answer: Option<String>,
    pub result_code: Option<String>,
}

const SELECT: &str = "select s.id, l.kind, l.institution, l.patient, l.report, l.generation, l.bundle_id, s.operation,
    s.state, s.content, s.identity, s.insured,
    coalesce(l.accepted_insured, nullif(s.insured, ''), (select o.insured from submissions o
        where o.unit = s.unit and o.insured <> '' order by o.id desc limit 1), ''), s.members, s.queued_at,
    (select count(*) from attempts a where a.submission = s.id), s.result_code, s.result_text,
    exists (select 1 from attempts a where a.submission = s.id and (a.answer is null or a.answer = 'unknown'))
    from submissions s join ledger l on l.id = s.unit";

fn submission(row: &Row) -> rusqlite::Result<Submission> {
    let (operation, state): (String, String) = (row.get(7)?, row.get(8)?);
    let unknown = |at| rusqlite::Error::InvalidColumnType(at, "state".into(), rusqlite::types::Type::Text);
    Ok(Submission {
        id: row.get(0)?,
        unit: Unit::from_row(row, 1)?,
        bundle_id: row.get(6)?,
        operation: Operation::parse(&operation).ok_or_else(|| unknown(7))?,
        state: SubmissionState::parse(&state).ok_or_else(|| unknown(8))?,
        content: row.get(9)?,
        identity: row.get(10)?,
        insured: row.get(11)?,
        addressed: row.get(12)?,
        members: row.get(13)?,
        queued_at: row.get(14)?,
        attempts: row.get(15)?,
        result_code: row.get(16)?,
        result_text: row.get(17)?,
        unresolved: row.get(18)?,
    })
}

pub fn find(connection: &Connection, id: i64) -> Result<Submission, StoreError> {
    let found = connection.query_row(&format!("{SELECT} where s.id = ?1"), [id], submission).optional()?;
    found.ok_or(StoreError::NoSubmission(id))
}

pub fn set_state(transaction: &Transaction, id: i64, state: SubmissionState) -> Result<(), StoreError> {
    transaction.execute("update submissions set state = ?2 where id = ?1", (id, state.name()))?;
    let ledger_state = match state {
        SubmissionState::Draft => "draft",
        SubmissionState::Queued => "queued",
        SubmissionState::Sent => "sent",
        SubmissionState::Lost | SubmissionState::Unclear => "unknown",
        SubmissionState::Rejected => "rejected",
        SubmissionState::Accepted | SubmissionState::Withdrawn | SubmissionState::Declined => return Ok(()),
    };
    transaction.execute(
        "update ledger set state = ?2 where id = (select unit from submissions where id = ?1)",
        (id, ledger_state),
    )?;
    Ok(())
}

/// Takes back what waits of a Unit and gives the ledger row the state that is left.
fn withdraw_waiting(transaction: &Transaction, unit: i64) -> Result<usize, StoreError> {
    let withdrawn = transaction.execute(
        "update submissions set state = 'withdrawn' where unit = ?1 and state in ('draft', 'queued')",
        [unit],
    )?;
    transaction.execute(
        "delete from payloads where submission in (select id from submissions where unit = ?1 and state = 'withdrawn')",
        [unit],
    )?;
    restore_state(transaction, unit)?;
    Ok(withdrawn)
}

/// The state of a Unit of which nothing waits and nothing is in flight.
pub fn restore_state(transaction: &Transaction, unit: i64) -> Result<(), StoreError> {
    transaction.execute(
        "update ledger set state = case
            when exists (select 1 from submissions where unit = ?1 and state = 'sent') then 'sent'
            when exists (select 1 from submissions where unit = ?1 and state in ('lost', 'unclear')) then 'unknown'
            when (select state from submissions where unit = ?1 and state <> 'withdrawn'
                order by id desc limit 1) = 'rejected' then 'rejected'
            when accepted_content is not null then 'accepted'
            when cancelled_at is not null then 'cancelled'
            when exists (select 1 from issued i where i.bundle_id = ledger.bundle_id) then 'unknown'
            else 'draft' end
         where id = ?1",
        [unit],
    )?;
    Ok(())
}

impl Store {
    /// Puts operations into the outbox, all or none; what waited of the same Units is withdrawn. Gives the new ids.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn enqueue(&mut self, new: &[NewSubmission], now: &str, who: &str) -> Result<Vec<i64>, StoreError> {
        self.write(|transaction| new.iter().map(|one| enqueue_one(transaction, one, now, who)).collect())
    }

    /// Takes back what waits of a Unit. Whether anything did.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn withdraw(&mut self, unit: &Unit, now: &str, who: &str) -> Result<bool, StoreError> {
        let Some((row, entry)) = ledger::find(&self.connection, unit)? else { return Ok(false) };
        let entry = Entry { at: now, who, what: "withdraw", bundle_id: &entry.bundle_id, outcome: "" };
        self.write_audited(&entry, |transaction| Ok(withdraw_waiting(transaction, row)? > 0))
    }

    /// All submissions of a Unit, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn submissions_of(&self, unit: &Unit) -> Result<Vec<Submission>, StoreError> {
        let sql = format!(
            "{SELECT} where l.kind = ?1 and l.institution = ?2 and l.patient = ?3 and l.report = ?4
             and l.generation = ?5 order by s.id"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let key = (&unit.kind, &unit.institution, &unit.patient, &unit.report, unit.generation);
        let rows = statement.query_map(key, submission)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Submissions in the given states, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn submissions_in(&self, states: &[SubmissionState]) -> Result<Vec<Submission>, StoreError> {
        let names: Vec<String> = states.iter().map(|state| format!("'{}'", state.name())).collect();
        let sql = format!("{SELECT} where s.state in ({}) order by s.id", names.join(", "));
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map([], submission)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// # Errors
    /// When there is no such submission, or the database cannot be read.
    pub fn submission(&self, id: i64) -> Result<Submission, StoreError> {
        find(&self.connection, id)
    }

    /// The frozen bytes; empty for a cancel.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn payload(&self, id: i64) -> Result<Vec<u8>, StoreError> {
        let sql = "select bytes from payloads where submission = ?1";
        Ok(self.connection.query_row(sql, [id], |row| row.get(0)).optional()?.unwrap_or_default())
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn attempts(&self, id: i64) -> Result<Vec<Attempt>, StoreError> {
        let mut statement = self.connection.prepare(
            "select file_id, sent_at, answered_at, answer, result_code from attempts where submission = ?1 order by id",
        )?;
        let rows = statement.query_map([id], |row| {
            Ok(Attempt {
                file_id: row.get(0)?,
                sent_at: row.get(1)?,
                answered_at: row.get(2)?,
                answer: row.get(3)?,
                result_code: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What may go now: the lost before the new, cancels last. Of a patient and kind, nothing goes while something awaits its
    /// answer, and of a Unit nothing overtakes what is in flight. `tried` are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_due(&self, tried: &std::collections::BTreeSet<i64>) -> Result<Option<Submission>, StoreError> {
        let sql = format!(
            "{SELECT} where s.state in ('lost', 'queued')
             and not exists (select 1 from submissions f join ledger fl on fl.id = f.unit
                 where f.id <> s.id and fl.kind = l.kind and fl.institution = l.institution and fl.patient = l.patient
                 and (f.state = 'sent' or f.state = 'lost' and s.state = 'queued'
                      or f.state = 'unclear' and f.unit = s.unit))
             order by s.state = 'queued', s.operation = 'cancel', s.id"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if !tried.contains(&row.get::<_, i64>(0)?) {
                return Ok(Some(submission(row)?));
            }
        }
        Ok(None)
    }

    /// Makes durable that the submission is about to be handed over under `file_id`: first the Bundle-ID in `issued.log`, then the
    /// attempt. Only after this may the first byte leave.
    ///
    /// # Errors
    /// When log or database cannot be written, or the submission is not due.
    pub fn start_attempt(&mut self, id: i64, file_id: &str, now: &str, who: &str) -> Result<(), StoreError> {
        let due = find(&self.connection, id)?;
        if !matches!(due.state, SubmissionState::Queued | SubmissionState::Lost) {
            return Err(StoreError::State { id, state: due.state.name(), action: "sent" });
        }
        let record = issued::Record { bundle_id: due.bundle_id.clone(), unit: due.unit.clone() };
        let known = self
            .connection
            .query_row("select 1 from issued where bundle_id = ?1", [&due.bundle_id], |_| Ok(()))
            .optional()?;
        if known.is_none() {
            self.issued.append(std::slice::from_ref(&record))?;
        }
        let entry = Entry { at: now, who, what: due.operation.name(), bundle_id: &due.bundle_id, outcome: "sent" };
        self.write_audited(&entry, |transaction| {
            issued::remember(transaction, &record)?;
            transaction.execute(
                "insert into attempts (submission, file_id, sent_at) values (?1, ?2, ?3)",
                (id, file_id, now),
            )?;
            set_state(transaction, id, SubmissionState::Sent)
        })
    }

    /// What still awaits its answer is `lost` now: after a deadline, or when the program starts.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn lose(&mut self, ids: &[i64], now: &str, who: &str) -> Result<(), StoreError> {
        for id in ids {
            let sent = find(&self.connection, *id)?;
            if sent.state != SubmissionState::Sent {
                continue;
            }
            let what = sent.operation.name();
            let entry = Entry { at: now, who, what, bundle_id: &sent.bundle_id, outcome: "no answer" };
            self.write_audited(&entry, |transaction| set_state(transaction, *id, SubmissionState::Lost))?;
        }
        Ok(())
    }

    /// A person lets a draft go, or sends again what was refused or is unclear: the same bytes under the same id.
    ///
    /// # Errors
    /// When the submission is in another state.
    pub fn release(&mut self, id: i64, now: &str, who: &str) -> Result<(), StoreError> {
        let found = find(&self.connection, id)?;
        let next = match found.state {
            SubmissionState::Draft | SubmissionState::Rejected => SubmissionState::Queued,
            SubmissionState::Unclear => SubmissionState::Lost,
            state => return Err(StoreError::State { id, state: state.name(), action: "released" }),
        };
        let newer =
            self.submissions_of(&found.unit)?.iter().any(|s| s.id > id && s.state != SubmissionState::Withdrawn);
        if newer && next == SubmissionState::Queued {
            return Err(StoreError::State { id, state: "older than another", action: "released" });
        }
        let entry = Entry { at: now, who, what: "approve", bundle_id: &found.bundle_id, outcome: found.state.name() };
        self.write_audited(&entry, |transaction| {
            set_state(transaction, id, next)?;
            let unit = transaction.query_row("select unit from submissions where id = ?1", [id], |row| row.get(0))?;
            realign(transaction, unit)
        })
    }

    /// A person says that what waits or was refused shall not go.
    ///
    /// # Errors
    /// When the submission is in flight or done.
    pub fn decline(&mut self, id: i64, now: &str, who: &str) -> Result<(), StoreError> {
        let found = find(&self.connection, id)?;
        if !found.state.is_waiting() && found.state != SubmissionState::Rejected {
            return Err(StoreError::State { id, state: found.state.name(), action: "cancelled" });
        }
        let entry = Entry { at: now, who, what: "decline", bundle_id: &found.bundle_id, outcome: found.state.name() };
        self.write_audited(&entry, |transaction| {
            set_state(transaction, id, SubmissionState::Declined)?;
            let unit = transaction.query_row("select unit from submissions where id = ?1", [id], |row| row.get(0))?;
            restore_state(transaction, unit)
        })
    }
}

fn enqueue_one(transaction: &Transaction, new: &NewSubmission, now: &str, who: &str) -> Result<i64, StoreError> {
    let NewSubmission { unit, bundle_id, .. } = new;
    // A Bundle-ID that was never issued may still take another year.
    transaction.execute(
        "insert into ledger (bundle_id, kind, institution, patient, report, generation, state)
         values (?1, ?2, ?3, ?4, ?5, ?6, 'draft')
         on conflict (kind, institution, patient, report, generation) do update set bundle_id = excluded.bundle_id
         where not exists (select 1 from issued i where i.bundle_id = ledger.bundle_id)",
        (bundle_id, &unit.kind, &unit.institution, &unit.patient, &unit.report, unit.generation),
    )?;
    let (row, _) = ledger::find(transaction, unit)?.ok_or(StoreError::NoSubmission(0))?;
    withdraw_waiting(transaction, row)?;
    let state = if new.review { SubmissionState::Draft } else { SubmissionState::Queued };
    transaction.execute(
        "insert into submissions (unit, operation, state, content, identity, insured, members, ig, queued_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        (row, new.operation.name(), state.name(), new.content, new.identity, &new.insured, new.members, &new.ig, now),
    )?;
    let id = transaction.last_insert_rowid();
    transaction.execute("insert into payloads (submission, bytes) values (?1, ?2)", (id, &new.bytes))?;
    let in_flight: bool = transaction.query_row(
        "select exists (select 1 from submissions where unit = ?1 and state in ('sent', 'lost', 'unclear'))",
        [row],
        |row| row.get(0),
    )?;
    if !in_flight {
        set_state(transaction, id, state)?;
        realign(transaction, row)?;
    }
    let entry = Entry { at: now, who, what: new.operation.name(), bundle_id, outcome: state.name() };
    audit::append(transaction, &entry)?;
    Ok(id)
}
