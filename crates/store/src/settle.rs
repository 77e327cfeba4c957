//! What an answer of the centre means for the ledger.

use crate::{
    Hash, Operation, Store, StoreError, Submission, SubmissionState,
    audit::Entry,
    db::Db,
    issued::LogDoubt,
    ledger::{self, Person},
    outbox::{restore_state, set_state},
    seal,
    submission::find,
};
use rusqlite::OptionalExtension;

/// An answer, classified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    Accepted,
    /// Just this payload was processed before.
    Duplicate,
    /// The centre holds another payload under this Bundle-ID.
    Exists,
    /// The centre holds nothing under this Bundle-ID and insured id.
    NotRegistered,
    /// 資格エラー: waits for new insurance data.
    Qualification,
    /// The bundle is refused.
    Content,
    /// The request did not reach the centre's processing.
    Transport,
    /// No table knows the code.
    Unknown,
}

impl Answer {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Exists => "exists",
            Self::NotRegistered => "not-registered",
            Self::Qualification => "qualification",
            Self::Content => "content",
            Self::Transport => "transport",
            Self::Unknown => "unknown",
        }
    }
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The submission as it stands now.
    Now(Box<Submission>),
    /// The answer repeats one that was settled before.
    Repeated,
    /// No attempt has this id.
    Foreign,
}

impl Store {
    /// Applies an answer to the attempt `file_id`. `receipt` is kept as it came.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn settle(
        &mut self,
        file_id: &str,
        answer: Answer,
        code: &str,
        text: &str,
        receipt: &[u8],
        now: &str,
    ) -> Result<Settled, StoreError> {
        let attempt = self
            .connection
            .query_row("select id, submission from attempts where file_id = ?1", [file_id], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })
            .optional()?;
        let Some((attempt, id)) = attempt else { return Ok(Settled::Foreign) };
        let before = find(self.db(), id)?;
        if !self.counts(attempt, &before, answer)? {
            self.write(|db| record_attempt(db, (attempt, file_id), answer, code, receipt, now))?;
            return Ok(Settled::Repeated);
        }
        let outcome = Outcome::of(before.operation, answer, self.doubt(attempt, &before)?);
        let entry = Entry {
            at: now,
            who: "centre",
            what: before.operation.name(),
            bundle_id: &before.bundle_id,
            outcome: answer.name(),
            patient: &before.unit.patient,
        };
        self.write_audited(&entry, |db| {
            record_attempt(db, (attempt, file_id), answer, code, receipt, now)?;
            let sealed = db.sealer.seal(seal::RESULT_TEXT, id.into(), text.as_bytes())?;
            db.execute(
                "update submissions set answer = ?2, result_code = ?3, result_text = ?4 where id = ?1",
                (id, answer.name(), code, sealed),
            )?;
            let unit = db.query_row("select unit from submissions where id = ?1", [id], |row| row.get(0))?;
            db.execute("update ledger set result_code = ?2 where id = ?1", (unit, code))?;
            outcome.apply(db, unit, &before, now)?;
            realign(db, unit)
        })?;
        Ok(Settled::Now(Box::new(find(self.db(), id)?)))
    }

    pub(crate) fn doubt(&self, attempt: i64, before: &Submission) -> Result<Doubt, StoreError> {
        let earlier = "select exists (select 1 from attempts where submission = ?1 and id < ?2
             and (answer is null or answer = 'unknown'))";
        let cancel = "select exists (select 1 from submissions mine
             join submissions s on s.unit = mine.unit and s.operation = 'cancel'
             join attempts a on a.submission = s.id and a.id < ?2 and (a.answer is null or a.answer = 'unknown')
             where mine.id = ?1 and s.id > coalesce((select max(o.id) from submissions o
                 where o.unit = mine.unit and o.state = 'accepted'), 0))";
        let ask = |sql: &str| self.connection.query_row(sql, (before.id, attempt), |row| row.get(0));
        let entry = ledger::find(self.db(), &before.unit)?;
        let earlier = ask(earlier)?;
        let entry_row = entry.as_ref().map(|(row, _)| *row);
        let logged = entry_row.map(|row| self.log_doubt(row)).transpose()?.flatten();
        Ok(Doubt {
            earlier,
            cancel: ask(cancel)? || logged == Some(LogDoubt::Cancel),
            lives: entry.is_some_and(|(_, entry)| entry.accepted.is_some()),
            elsewhere: entry_row.map(|row| self.elsewhere(row, before, earlier)).transpose()?.flatten(),
        })
    }

    fn log_doubt(&self, row: i64) -> Result<Option<LogDoubt>, StoreError> {
        let sql = "select doubt from ledger where id = ?1";
        let doubt: Option<String> = self.connection.query_row(sql, [row], |row| row.get(0))?;
        Ok(doubt.as_deref().and_then(LogDoubt::parse))
    }

    /// Another insured id under which the centre may hold the Unit, as something was sent with it that nobody answered; one that this
    /// submission was not addressed with yet. With `earlier` that may be this submission: a change that was taken has moved the Unit to
    /// the insured id of its bundle.
    fn elsewhere(&self, unit: i64, before: &Submission, earlier: bool) -> Result<Option<String>, StoreError> {
        let sql = "select doubt_person from ledger where id = ?1";
        let logged = self.connection.query_row(sql, [unit], |row| row.get::<_, Option<Vec<u8>>>(0))?;
        let logged = logged.map(|sealed| Person::open(&self.sealer, seal::LEDGER_DOUBT, unit, &sealed)).transpose()?;
        let submissions = self.submissions_of(&before.unit)?;
        let since = submissions.into_iter().rev().take_while(|s| s.state != SubmissionState::Accepted);
        let unresolved = since.filter(|s| s.unresolved && (earlier || s.id != before.id)).map(|s| s.insured);
        let mut statement = self.connection.prepare_cached(
            "select addressed from attempts where submission = ?1
             union select addressed from errands where submission = ?1 and state = 'answered'",
        )?;
        let tried = statement.query_map([before.id], |row| row.get::<_, Option<Hash>>(0))?;
        let tried = tried.collect::<Result<Vec<_>, _>>()?;
        let untried = |insured: &String| {
            !insured.is_empty()
                && *insured != before.addressed
                && !tried.contains(&Some(ledger::insured_key(&self.sealer, insured)))
        };
        Ok(logged.map(|person| person.insured).into_iter().chain(unresolved).find(untried))
    }

    /// Whether an answer says anything new. A late one to bytes that were sent again counts only if it is good, as the newer
    /// attempt will be answered too; and an acceptance of what was refused, withdrawn or queued again counts until something newer
    /// was accepted.
    fn counts(&self, attempt: i64, before: &Submission, answer: Answer) -> Result<bool, StoreError> {
        let ask =
            |sql: &str, other: i64| self.connection.query_row(sql, (other, before.id), |row| row.get::<_, bool>(0));
        if before.state.is_in_flight() {
            let newest = ask("select ?1 = max(id) from attempts where submission = ?2", attempt)?;
            return Ok(newest || matches!(answer, Answer::Accepted | Answer::Duplicate));
        }
        let overtaken = ask(
            "select exists (select 1 from submissions s join submissions mine on mine.unit = s.unit
                 where mine.id = ?2 and s.id >= mine.id and s.state = 'accepted' and ?1 > 0)",
            attempt,
        )?;
        Ok(answer == Answer::Accepted && !overtaken)
    }
}

fn record_attempt(
    db: &Db,
    (attempt, file_id): (i64, &str),
    answer: Answer,
    code: &str,
    receipt: &[u8],
    now: &str,
) -> Result<(), StoreError> {
    let sealed = db.sealer.seal(seal::RECEIPT, file_id.into(), receipt)?;
    db.execute(
        "update attempts set answered_at = ?2, answer = ?3, result_code = ?4, receipt = ?5
         where id = ?1 and answer is null",
        (attempt, now, answer.name(), code, sealed),
    )?;
    Ok(())
}

/// The effect of an answer on one submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accept,
    Reject,
    /// Goes again as it is.
    Requeue,
    /// Goes again, and nothing may stand for it.
    Freeze,
    /// The id lives at the centre with another payload: ours goes as a change.
    RequeueAsChange,
    /// An unanswered cancel was carried out: what is to be said belongs to the next generation.
    WasCancelled,
    Ask,
    /// It goes again as it stands.
    Stay,
    /// It may live under this insured id: goes again, addressed with it.
    Readdress(String),
}

/// What is not known of a Unit when an answer comes.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// An earlier attempt of the same bytes has no known answer, so the centre may have taken it.
    earlier: bool,
    /// A cancel since the last acceptance has no known answer.
    pub cancel: bool,
    /// The ledger says that the centre holds the Unit.
    lives: bool,
    /// Another insured id under which it may be held.
    pub elsewhere: Option<String>,
}

impl Outcome {
    fn of(operation: Operation, answer: Answer, doubt: Doubt) -> Self {
        match (answer, operation) {
            (Answer::Accepted, _) => Self::Accept,
            (Answer::Duplicate, Operation::Register) if !doubt.earlier => Self::RequeueAsChange,
            (Answer::Duplicate, _) => Self::Accept,
            (Answer::Exists, Operation::Register) => Self::RequeueAsChange,
            (Answer::NotRegistered, Operation::Change | Operation::Cancel) if doubt.elsewhere.is_some() => {
                Self::Readdress(doubt.elsewhere.unwrap_or_default())
            }
            (Answer::NotRegistered, Operation::Cancel) if doubt.cancel || !doubt.lives => Self::Accept,
            (Answer::NotRegistered, Operation::Change) if doubt.cancel => Self::WasCancelled,
            (Answer::NotRegistered | Answer::Exists | Answer::Qualification | Answer::Content, _) => Self::Reject,
            // The centre may have taken an earlier attempt, so the bytes stay frozen.
            (Answer::Transport, _) if doubt.earlier => Self::Freeze,
            (Answer::Transport, _) => Self::Requeue,
            (Answer::Unknown, _) => Self::Ask,
        }
    }

    pub fn apply(self, db: &Db, unit: i64, before: &Submission, now: &str) -> Result<(), StoreError> {
        match self {
            Self::Accept => accept(db, unit, before, now),
            Self::Reject => set_state(db, before.id, SubmissionState::Rejected),
            Self::Requeue => requeue(db, unit, before.id),
            Self::Freeze => set_state(db, before.id, SubmissionState::Lost),
            Self::RequeueAsChange => {
                db.execute("update submissions set operation = 'change' where id = ?1", [before.id])?;
                requeue(db, unit, before.id)
            }
            Self::WasCancelled => {
                set_state(db, before.id, SubmissionState::Withdrawn)?;
                cancelled(db, unit, now)
            }
            Self::Ask => set_state(db, before.id, SubmissionState::Unclear),
            Self::Stay => Ok(()),
            Self::Readdress(insured) => {
                ledger::set_insured(db, unit, insured)?;
                requeue(db, unit, before.id)
            }
        }
    }
}

/// Back to the queue; if something newer waits already, that stands for it.
fn requeue(db: &Db, unit: i64, id: i64) -> Result<(), StoreError> {
    let newer: bool = db.query_row(
        "select exists (select 1 from submissions where unit = ?1 and id > ?2 and state in ('draft', 'queued'))",
        (unit, id),
        |row| row.get(0),
    )?;
    set_state(db, id, if newer { SubmissionState::Withdrawn } else { SubmissionState::Queued })
}

fn accept(db: &Db, unit: i64, submission: &Submission, now: &str) -> Result<(), StoreError> {
    set_state(db, submission.id, SubmissionState::Accepted)?;
    if submission.operation == Operation::Cancel {
        cancelled(db, unit, now)?;
    } else {
        let person = Person { insured: submission.insured.clone(), identity: submission.identity };
        db.execute(
            "update ledger set state = 'accepted', accepted_content = s.content, accepted_person = ?4,
                accepted_members = s.members, accepted_ig = s.ig, accepted_at = ?3, doubt = null, doubt_person = null
             from submissions s where ledger.id = ?1 and s.id = ?2",
            (unit, submission.id, now, person.seal(db.sealer, seal::LEDGER_PERSON, unit)?),
        )?;
    }
    // What is done is told by its hashes; the bytes have served.
    db.execute("delete from payloads where submission = ?1", [submission.id])?;
    Ok(())
}

fn cancelled(db: &Db, unit: i64, now: &str) -> Result<(), StoreError> {
    db.execute(
        "update ledger set state = 'cancelled', cancelled_at = ?2, accepted_content = null, accepted_person = null,
            accepted_members = null, accepted_ig = null, accepted_at = null, doubt = null, doubt_person = null where id = ?1",
        (unit, now),
    )?;
    Ok(())
}

/// Fits what waits of a Unit to what the centre holds now: a change of nothing is a registration, a registration of what lives is a
/// change, a cancel of nothing is void unless an unanswered attempt may have brought it to life.
pub fn realign(db: &Db, unit: i64) -> Result<(), StoreError> {
    let in_flight: bool = db.query_row(
        "select exists (select 1 from submissions where unit = ?1 and state in ('sent', 'lost', 'unclear'))",
        [unit],
        |row| row.get(0),
    )?;
    if in_flight {
        return Ok(());
    }
    let (live, cancelled): (bool, bool) = db.query_row(
        "select accepted_content is not null, cancelled_at is not null from ledger where id = ?1",
        [unit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let sql = if live {
        "update submissions set operation = 'change' where unit = ?1 and state in ('draft', 'queued')
         and operation = 'register'"
    } else if cancelled {
        // The next generation says it anew.
        "update submissions set state = 'withdrawn' where unit = ?1 and state in ('draft', 'queued')"
    } else {
        "update submissions set operation = case operation when 'cancel' then 'cancel' else
             iif(answer in ('exists', 'duplicate'), 'change', 'register') end,
             state = iif(operation = 'cancel' and not exists (select 1 from ledger where id = ?1 and doubt is not null)
                 and not exists (
                 select 1 from attempts a join submissions s on s.id = a.submission
                 where s.unit = ?1 and (a.answer is null or a.answer = 'unknown')), 'withdrawn', state)
         where unit = ?1 and state in ('draft', 'queued')"
    };
    db.execute(sql, [unit])?;
    let waiting: Option<String> = db
        .query_row("select state from submissions where unit = ?1 and state in ('draft', 'queued')", [unit], |row| {
            row.get(0)
        })
        .optional()?;
    match waiting {
        Some(state) => {
            db.execute("update ledger set state = ?2 where id = ?1", (unit, state))?;
            Ok(())
        }
        None => restore_state(db, unit),
    }
}
