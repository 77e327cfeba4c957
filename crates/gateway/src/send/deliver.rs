//! The outbox to the centre and its answers back to the ledger.

use crate::{failure::Failure, session::Session};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    time::{Duration, Instant},
};
use tsugite_issue::Issue;
use tsugite_store::{Answer, Operation, Settled, Store, Submission, SubmissionState};
use tsugite_upstream::{Class, Collected, Disposal, Interface, Request, Transport, issues};

/// What a round brought.
#[derive(Debug, Default)]
pub struct Delivered {
    /// As they stand now, each submission that was handed over or answered.
    pub settled: BTreeMap<i64, Submission>,
    /// Nothing more is handed over in this round.
    pub stopped: bool,
    pub issues: Vec<Issue>,
    /// Turned into a change by their answer, and to be handed over as such.
    again: BTreeSet<i64>,
}

/// Hands over and collects.
pub struct Courier<'a> {
    pub store: &'a mut Store,
    pub transport: &'a mut dyn Transport,
    pub interface: &'a Interface,
    pub session: &'a Session,
    /// Lets time pass while answers are awaited.
    pub idle: &'a mut dyn FnMut(Duration),
    pub poll: Duration,
    pub who: &'a str,
    pub id_prefix: &'a str,
    /// Tells files of this round from those of all others.
    pub round: String,
    pub wait: Duration,
    pub quarantine: PathBuf,
}

/// A submission whose answer is awaited.
struct Awaited {
    id: i64,
    operation: Operation,
    file_id: String,
    since: Instant,
}

impl Courier<'_> {
    /// Late answers first, then everything that may go, once.
    pub fn deliver(&mut self) -> Result<Delivered, Failure> {
        let mut delivered = Delivered::default();
        if !self.collect_or_stop(&mut delivered)? {
            return Ok(delivered);
        }
        self.lose_the_rest()?;
        let (mut tried, mut awaited, mut sent) = (BTreeSet::new(), Vec::new(), 0_u32);
        loop {
            while !delivered.stopped && awaited.len() < usize::try_from(self.interface.concurrent()).unwrap_or(1) {
                let Some(due) = self.store.next_due(&tried)? else { break };
                tried.insert(due.id);
                sent += 1;
                let file_id = format!("{}{}{sent:X}", self.id_prefix, self.round);
                awaited.extend(self.hand_over(&due, file_id, &mut delivered)?);
            }
            if awaited.is_empty() {
                break;
            }
            self.collect_or_stop(&mut delivered)?;
            awaited.retain(|a| delivered.settled.get(&a.id).is_none_or(|s| s.state == SubmissionState::Sent));
            std::mem::take(&mut delivered.again).iter().for_each(|id| {
                tried.remove(id);
            });
            if !awaited.is_empty() && !self.give_up(&mut awaited, &mut delivered)? {
                (self.idle)(self.poll);
            }
        }
        Ok(delivered)
    }

    fn now(&self) -> String {
        self.session.now().to_string()
    }

    /// Frozen bytes, the Bundle-ID in the log, the attempt in the ledger, and only then the file.
    fn hand_over(
        &mut self,
        due: &Submission,
        file_id: String,
        delivered: &mut Delivered,
    ) -> Result<Option<Awaited>, Failure> {
        let request = Request {
            operation: operation(due.operation),
            institution: due.unit.institution.clone(),
            file_id: file_id.clone(),
            insured_id: due.addressed.clone(),
            bundle_id: due.bundle_id.clone(),
            payload: (due.operation != Operation::Cancel).then_some(self.store.payload(due.id)?),
        };
        self.store.start_attempt(due.id, &file_id, &self.now(), self.who)?;
        match self.transport.submit(&request) {
            Ok(warnings) => {
                delivered.issues.extend(warnings);
                let (id, operation) = (due.id, due.operation);
                Ok(Some(Awaited { id, operation, file_id, since: Instant::now() }))
            }
            Err(error) => {
                // What must not leave in this form will not tomorrow either; what could not be written goes again.
                let answer = if error.is_retryable() { Answer::Transport } else { Answer::Content };
                delivered.stopped |= error.is_retryable();
                let issue = error.issue();
                self.settle(&file_id, answer, issue.code(), &issue.text(self.session.lang), b"", delivered)?;
                delivered.issues.push(issue);
                Ok(None)
            }
        }
    }

    /// Applies the answers that lie ready; `false` where they cannot be looked for.
    fn collect_or_stop(&mut self, delivered: &mut Delivered) -> Result<bool, Failure> {
        let collected = match self.transport.collect() {
            Ok(collected) => collected,
            Err(error) => {
                if !delivered.stopped {
                    delivered.issues.push(error.issue());
                }
                delivered.stopped = true;
                return Ok(false);
            }
        };
        for one in collected {
            self.apply(&one, delivered)?;
        }
        Ok(true)
    }

    fn apply(&mut self, one: &Collected, delivered: &mut Delivered) -> Result<(), Failure> {
        let known = match &one.result {
            Ok(result) => {
                let answer = answer(self.interface.classify(result));
                self.settle(&result.file_id, answer, result.deciding_code(), &result.text(), &one.raw, delivered)?
            }
            Err(_) => false,
        };
        if !known {
            let foreign = || {
                let issue = Issue::new(&issues::STRANGE_RESULT).with("file", &one.handle);
                issue.with("folder", self.quarantine.display().to_string())
            };
            delivered.issues.push(one.issue(&self.quarantine).unwrap_or_else(foreign));
        }
        let disposal = if known { Disposal::Done } else { Disposal::Quarantine };
        if let Err(error) = self.transport.dispose(one, disposal) {
            delivered.issues.push(error.issue());
        }
        Ok(())
    }

    /// Whether the ledger knows the attempt.
    fn settle(
        &mut self,
        file_id: &str,
        answer: Answer,
        code: &str,
        text: &str,
        raw: &[u8],
        delivered: &mut Delivered,
    ) -> Result<bool, Failure> {
        match self.store.settle(file_id, answer, code, text, raw, &self.now())? {
            Settled::Now(submission) => {
                if submission.state == SubmissionState::Queued && matches!(answer, Answer::Exists | Answer::Duplicate) {
                    delivered.again.insert(submission.id);
                }
                delivered.settled.insert(submission.id, *submission);
                Ok(true)
            }
            Settled::Repeated => Ok(true),
            Settled::Foreign => Ok(false),
        }
    }

    /// What an earlier round left without an answer goes again.
    fn lose_the_rest(&mut self) -> Result<(), Failure> {
        let sent: Vec<i64> = self.store.submissions_in(&[SubmissionState::Sent])?.iter().map(|s| s.id).collect();
        Ok(self.store.lose(&sent, &self.now(), self.who)?)
    }

    /// What waited too long: taken back if nobody fetched it, else lost. Then nothing more goes in this round.
    fn give_up(&mut self, awaited: &mut Vec<Awaited>, delivered: &mut Delivered) -> Result<bool, Failure> {
        let (late, waiting): (Vec<_>, Vec<_>) = awaited.drain(..).partition(|a| a.since.elapsed() >= self.wait);
        *awaited = waiting;
        for one in &late {
            if !delivered.stopped {
                delivered.issues.push(Issue::new(&issues::NO_ANSWER));
            }
            delivered.stopped = true;
            let unfetched = self.transport.take_back(operation(one.operation), &one.file_id).unwrap_or(false);
            if unfetched {
                self.settle(&one.file_id, Answer::Transport, issues::NO_ANSWER.code, "", b"", delivered)?;
            } else {
                self.store.lose(&[one.id], &self.now(), self.who)?;
                delivered.settled.insert(one.id, self.store.submission(one.id)?);
            }
        }
        Ok(!late.is_empty())
    }
}

const fn operation(operation: Operation) -> tsugite_upstream::Operation {
    match operation {
        Operation::Register => tsugite_upstream::Operation::Register,
        Operation::Change => tsugite_upstream::Operation::Change,
        Operation::Cancel => tsugite_upstream::Operation::Cancel,
    }
}

const fn answer(class: Class) -> Answer {
    match class {
        Class::Accepted => Answer::Accepted,
        Class::Duplicate => Answer::Duplicate,
        Class::Exists => Answer::Exists,
        Class::NotRegistered => Answer::NotRegistered,
        Class::Qualification => Answer::Qualification,
        Class::Content => Answer::Content,
        Class::Transport => Answer::Transport,
        Class::Unknown => Answer::Unknown,
    }
}
