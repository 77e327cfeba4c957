//! Requests about a submission that are not its operation: what became of it (状況照会), and files that go before it (添付情報登録). They are
//! durable before they leave, as an attempt is.

use crate::{
    Answer, Attachment, Settled, Store, StoreError, Submission, SubmissionState, attachments,
    audit::{self, Entry},
    db::Db,
    inquiry::InquiryPolicy,
    issued::{self, Line},
    ledger::{self, insured_key},
    outbox::set_state,
    seal,
    submission::find,
};
use rusqlite::OptionalExtension;

/// What a request beside the operation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    Inquiry,
    Attachment,
}

impl Purpose {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inquiry => "inquiry",
            Self::Attachment => "attachment",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Inquiry, Self::Attachment].into_iter().find(|purpose| purpose.name() == text)
    }
}

/// What is to go next of a submission that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Its own request.
    Send,
    /// First it is asked what became of it.
    Inquire,
    /// First this file.
    Attach(Box<Attachment>),
}

/// A request that awaits its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    pub submission: i64,
    pub file_id: String,
    pub purpose: Purpose,
}

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    pub submission: i64,
    pub attempt: Option<i64>,
    pub attachment: Option<i64>,
    pub answer: Option<String>,
}

/// One such request with its answer, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrandTold {
    pub purpose: Purpose,
    pub file_id: String,
    pub sent_at: String,
    pub answer: Option<String>,
    pub result_code: Option<String>,
}

/// What the centre said, as it came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Receipt<'a> {
    pub code: &'a str,
    pub text: &'a str,
    pub raw: &'a [u8],
}

pub fn row(db: Db, file_id: &str) -> Result<Option<Row>, StoreError> {
    let sql = "select submission, attempt, attachment, answer from errands where file_id = ?1";
    let row = db.query_row(sql, [file_id], |row| {
        Ok(Row { submission: row.get(0)?, attempt: row.get(1)?, attachment: row.get(2)?, answer: row.get(3)? })
    });
    Ok(row.optional()?)
}

/// Keeps the answer; a second one changes nothing.
pub fn record(db: &Db, file_id: &str, answer: &str, receipt: Receipt, now: &str) -> Result<(), StoreError> {
    let sealed = db.sealer.seal(seal::ERRAND_RECEIPT, file_id.into(), receipt.raw)?;
    db.execute(
        "update errands set state = iif(state = 'void', state, 'answered'), answered_at = ?2, answer = ?3,
             result_code = ?4, receipt = ?5 where file_id = ?1 and answer is null",
        (file_id, now, answer, receipt.code, sealed),
    )?;
    Ok(())
}

/// What a person reads of the newest answer.
pub fn tell(db: &Db, id: i64, answer: &str, code: &str, text: &str) -> Result<(), StoreError> {
    let sealed = db.sealer.seal(seal::RESULT_TEXT, id.into(), text.as_bytes())?;
    db.execute(
        "update submissions set answer = ?2, result_code = ?3, result_text = ?4 where id = ?1",
        (id, answer, code, sealed),
    )?;
    let sql = "update ledger set result_code = ?2 where id = (select unit from submissions where id = ?1)";
    db.execute(sql, (id, code))?;
    Ok(())
}

/// The newest attempt of a submission.
pub fn newest_attempt(db: Db, submission: i64) -> Result<Option<i64>, StoreError> {
    let sql = "select max(id) from attempts where submission = ?1";
    Ok(db.prepare_cached(sql)?.query_row([submission], |row| row.get(0))?)
}

impl Store {
    /// What goes next of a submission that is due. `can_inquire`: its service can be asked what it holds.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_step(&self, due: &Submission, can_inquire: bool) -> Result<Step, StoreError> {
        if can_inquire && self.is_doubtful(due)? && !self.is_inquired(due)? {
            return Ok(Step::Inquire);
        }
        // What may be at the centre already has had its files there.
        if due.state == SubmissionState::Queued
            && let Some(next) = attachments::next(self.db(), due.id)?
        {
            return Ok(Step::Attach(Box::new(next)));
        }
        Ok(Step::Send)
    }

    /// Nobody knows what became of an earlier attempt, or what the database forgot when an older copy was restored.
    fn is_doubtful(&self, due: &Submission) -> Result<bool, StoreError> {
        let entry = || ledger::find(self.db(), &due.unit);
        Ok(due.unresolved || entry()?.is_some_and(|(_, entry)| entry.doubtful))
    }

    /// The centre, or a person, has said what there is since the newest attempt.
    fn is_inquired(&self, due: &Submission) -> Result<bool, StoreError> {
        let sql = "select exists (select 1 from errands where submission = ?1 and purpose = 'inquiry'
             and state = 'answered' and answer in ('registered', 'cancelled', 'absent') and attempt is ?2 and addressed = ?3)";
        let key = (due.id, newest_attempt(self.db(), due.id)?, insured_key(&self.sealer, &due.addressed));
        Ok(self.connection.prepare_cached(sql)?.query_row(key, |row| row.get(0))?)
    }

    /// Makes durable that it is about to be asked what became of a submission. Only after this may the request leave.
    ///
    /// # Errors
    /// When the database cannot be written, or the submission is not due.
    pub fn start_inquiry(&mut self, id: i64, file_id: &str, now: &str, who: &str) -> Result<(), StoreError> {
        let due = self.due_now(id, "asked about")?;
        let (bundle_id, patient) = (&due.bundle_id, &due.unit.patient);
        let entry = Entry { at: now, who, what: Purpose::Inquiry.name(), bundle_id, outcome: "sent", patient };
        self.write_audited(&entry, |db| {
            db.execute(
                "insert into errands (submission, file_id, purpose, attempt, addressed, state, sent_at)
                 values (?1, ?2, 'inquiry', ?3, ?4, 'sent', ?5)",
                (id, file_id, newest_attempt(*db, id)?, insured_key(db.sealer, &due.addressed), now),
            )?;
            Ok(())
        })
    }

    /// Makes durable that a file is about to be handed over: first the Bundle-ID that it names in `issued.log`, then the request.
    ///
    /// # Errors
    /// When log or database cannot be written, or the submission is not due.
    pub fn start_attachment(
        &mut self,
        id: i64,
        attachment: i64,
        file_id: &str,
        now: &str,
        who: &str,
    ) -> Result<(), StoreError> {
        let due = self.due_now(id, "sent")?;
        let line = Line::named(&self.sealer, &due)?;
        let Some(log) = &mut self.issued else { return Err(StoreError::Closed) };
        log.append(&[line])?;
        self.write(|db| {
            issued::remember(db, &due.bundle_id, &due.unit, None)?;
            db.execute(
                "insert into errands (submission, file_id, purpose, attachment, state, sent_at)
                 values (?1, ?2, 'attachment', ?3, 'sent', ?4)",
                (id, file_id, attachment, now),
            )?;
            let (bundle_id, patient) = (&due.bundle_id, &due.unit.patient);
            let what = Purpose::Attachment.name();
            audit::append(db, &Entry { at: now, who, what, bundle_id, outcome: "sent", patient })
        })
    }

    fn due_now(&self, id: i64, action: &'static str) -> Result<Submission, StoreError> {
        let due = find(self.db(), id)?;
        if !matches!(due.state, SubmissionState::Queued | SubmissionState::Lost) {
            return Err(StoreError::State { id, state: due.state.name(), action });
        }
        self.nothing_outstanding(&due, &[])?;
        Ok(due)
    }

    /// What awaits its answer beside the operations.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_errands(&self) -> Result<Vec<Errand>, StoreError> {
        let sql = "select submission, file_id, purpose from errands where state = 'sent' order by id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut open = Vec::new();
        while let Some(row) = rows.next()? {
            let (submission, purpose): (i64, String) = (row.get(0)?, row.get(2)?);
            let purpose = Purpose::parse(&purpose).ok_or(StoreError::Corrupt { what: "errand", row: submission })?;
            open.push(Errand { submission, file_id: row.get(1)?, purpose });
        }
        Ok(open)
    }

    /// The request that has this correlation id, whatever became of it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn errand(&self, file_id: &str) -> Result<Option<Errand>, StoreError> {
        let purpose = |row: &Row| if row.attachment.is_some() { Purpose::Attachment } else { Purpose::Inquiry };
        let row = row(self.db(), file_id)?;
        Ok(row.map(|row| Errand { submission: row.submission, file_id: file_id.to_owned(), purpose: purpose(&row) }))
    }

    /// All requests about a submission beside its own, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn errands(&self, submission: i64) -> Result<Vec<ErrandTold>, StoreError> {
        let sql =
            "select purpose, file_id, sent_at, answer, result_code from errands where submission = ?1 order by id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([submission])?;
        let mut told = Vec::new();
        while let Some(row) = rows.next()? {
            let purpose: String = row.get(0)?;
            let damaged = StoreError::Corrupt { what: "errand", row: submission };
            told.push(ErrandTold {
                purpose: Purpose::parse(&purpose).ok_or(damaged)?,
                file_id: row.get(1)?,
                sent_at: row.get(2)?,
                answer: row.get(3)?,
                result_code: row.get(4)?,
            });
        }
        Ok(told)
    }

    /// No answer came in time, or the program was stopped: it is asked or handed over anew. After too many inquiries without an
    /// answer a person looks, who is told `code` and `text`.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn lose_errand(
        &mut self,
        file_id: &str,
        (code, text): (&str, &str),
        policy: &InquiryPolicy,
        now: &str,
        who: &str,
    ) -> Result<Option<Submission>, StoreError> {
        let Some(errand) = row(self.db(), file_id)? else { return Ok(None) };
        let before = find(self.db(), errand.submission)?;
        let (bundle_id, patient) = (&before.bundle_id, &before.unit.patient);
        let what = if errand.attachment.is_some() { Purpose::Attachment } else { Purpose::Inquiry }.name();
        let entry = Entry { at: now, who, what, bundle_id, outcome: "no answer", patient };
        self.write_audited(&entry, |db| {
            db.execute("update errands set state = 'lost' where file_id = ?1 and state = 'sent'", [file_id])?;
            if errand.attachment.is_none() && policy.is_exhausted(*db, &before)? {
                tell(db, before.id, Answer::Unknown.name(), code, text)?;
                set_state(db, before.id, SubmissionState::Unclear)?;
            }
            Ok(())
        })?;
        Ok(Some(find(self.db(), errand.submission)?))
    }

    /// Applies the answer to the hand-over of a file. What the centre refuses holds its document: nothing of that has left.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn settle_attachment(
        &mut self,
        file_id: &str,
        answer: Answer,
        receipt: Receipt,
        now: &str,
    ) -> Result<Settled, StoreError> {
        let Some(errand) = row(self.db(), file_id)? else { return Ok(Settled::Foreign) };
        let (Some(attachment), None) = (errand.attachment, errand.answer) else { return Ok(Settled::Repeated) };
        let before = find(self.db(), errand.submission)?;
        let (bundle_id, patient) = (&before.bundle_id, &before.unit.patient);
        let (what, outcome) = (Purpose::Attachment.name(), answer.name());
        let entry = Entry { at: now, who: "centre", what, bundle_id, outcome, patient };
        self.write_audited(&entry, |db| {
            record(db, file_id, answer.name(), receipt, now)?;
            match answer {
                Answer::Accepted | Answer::Duplicate => attachments::held(db, attachment, now),
                Answer::Transport => Ok(()),
                _ if before.state == SubmissionState::Queued => {
                    tell(db, before.id, answer.name(), receipt.code, receipt.text)?;
                    set_state(db, before.id, SubmissionState::Rejected)
                }
                _ => Ok(()),
            }
        })?;
        Ok(Settled::Now(Box::new(find(self.db(), before.id)?)))
    }

    /// A submission cannot go as it is, and nothing of it has left: it waits for a person, who is told `code` and `text`.
    ///
    /// # Errors
    /// When the database cannot be written, or the submission is not waiting.
    pub fn refuse(
        &mut self,
        id: i64,
        (code, text): (&str, &str),
        now: &str,
        who: &str,
    ) -> Result<Submission, StoreError> {
        let found = find(self.db(), id)?;
        if found.state != SubmissionState::Queued {
            return Err(StoreError::State { id, state: found.state.name(), action: "refused" });
        }
        let (bundle_id, patient) = (&found.bundle_id, &found.unit.patient);
        let entry = Entry { at: now, who, what: "refuse", bundle_id, outcome: code, patient };
        self.write_audited(&entry, |db| {
            tell(db, id, Answer::Content.name(), code, text)?;
            set_state(db, id, SubmissionState::Rejected)
        })?;
        find(self.db(), id)
    }
}
