//! One operation on one Unit, as it stands in the outbox.

use crate::{Hash, NewAttachment, StoreError, Unit, db::Db, ledger::Person, seal};
use rusqlite::{Params, Row};

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
    /// In the order of a submission's life.
    pub const ALL: [Self; 9] = [
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
    /// Files that go before it, in order.
    pub attachments: Vec<NewAttachment>,
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

const SELECT: &str = "select s.id, l.id, l.unit, l.name, l.bundle_id, s.operation, s.state, s.content, s.person,
    l.accepted_person, s.members, s.queued_at, (select count(*) from attempts a where a.submission = s.id),
    s.result_code, s.result_text,
    exists (select 1 from attempts a where a.submission = s.id and (a.answer is null or a.answer = 'unknown')),
    (select o.id from submissions o where o.unit = s.unit and o.has_insured order by o.id desc limit 1)
    from submissions s join ledger l on l.id = s.unit";

fn submission(db: Db, row: &Row) -> Result<Submission, StoreError> {
    let (id, unit, key, name): (i64, i64, Hash, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    let (operation, state): (String, String) = (row.get(5)?, row.get(6)?);
    let (person, accepted): (Vec<u8>, Option<Vec<u8>>) = (row.get(8)?, row.get(9)?);
    let damaged = || StoreError::Corrupt { what: "submission", row: id };
    let Person { insured, identity } = Person::open(db.sealer, seal::SUBMISSION_PERSON, id, &person)?;
    let addressed = match accepted {
        Some(accepted) => Person::open(db.sealer, seal::LEDGER_PERSON, unit, &accepted)?.insured,
        None if !insured.is_empty() => insured.clone(),
        None => newest_insured(db, row.get(16)?)?,
    };
    let text: Option<Vec<u8>> = row.get(14)?;
    Ok(Submission {
        id,
        unit: db.sealer.open_json(seal::LEDGER_UNIT, (&key).into(), &name)?,
        bundle_id: row.get(4)?,
        operation: Operation::parse(&operation).ok_or_else(damaged)?,
        state: SubmissionState::parse(&state).ok_or_else(damaged)?,
        content: row.get(7)?,
        identity,
        insured,
        addressed,
        members: row.get(10)?,
        queued_at: row.get(11)?,
        attempts: row.get(12)?,
        result_code: row.get(13)?,
        result_text: text.map(|text| db.sealer.open_text(seal::RESULT_TEXT, id.into(), &text)).transpose()?,
        unresolved: row.get(15)?,
    })
}

/// The insured id of the newest submission of a Unit that had one.
fn newest_insured(db: Db, submission: Option<i64>) -> Result<String, StoreError> {
    let Some(id) = submission else { return Ok(String::new()) };
    let person: Vec<u8> = db.query_row("select person from submissions where id = ?1", [id], |row| row.get(0))?;
    Ok(Person::open(db.sealer, seal::SUBMISSION_PERSON, id, &person)?.insured)
}

pub fn select(db: Db, rest: &str, params: impl Params) -> Result<Vec<Submission>, StoreError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} {rest}"))?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(submission(db, row)?);
    }
    Ok(found)
}

pub fn find(db: Db, id: i64) -> Result<Submission, StoreError> {
    select(db, "where s.id = ?1", [id])?.pop().ok_or(StoreError::NoSubmission(id))
}
