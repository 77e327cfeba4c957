//! The outbox to the centre and its answers back to the ledger.

use super::flight::{Awaited, Flight};
use crate::{failure::Failure, session::Session};
use std::{collections::BTreeMap, path::Path, time::Duration};
use tsugite_clins::UnitKind;
use tsugite_issue::Issue;
use tsugite_store::{Answer, Operation, Settled, Store, Submission, SubmissionState};
use tsugite_upstream::{Class, Collected, Disposal, Interface, Request, Service, Transport, TransportError, issues};

/// What a round or a step brought.
#[derive(Debug, Default)]
pub struct Delivered {
    /// As they stand now, each submission that was handed over or answered.
    pub settled: BTreeMap<i64, Submission>,
    pub handed_over: u64,
    /// Nothing more is handed over for now: the terminal or the centre does not answer.
    pub stopped: bool,
    /// Nothing is handed over outside the centre's hours.
    pub closed: bool,
    pub issues: Vec<Issue>,
}

/// Hands over and collects.
pub struct Courier<'a> {
    pub store: &'a mut Store,
    pub transport: &'a mut dyn Transport,
    pub flight: &'a mut Flight,
    pub interface: &'a Interface,
    pub session: &'a Session,
    pub who: &'a str,
    pub id_prefix: &'a str,
    /// After a 資格エラー the new insured id is tried.
    pub new_insured: bool,
    /// How long an answer is awaited.
    pub wait: Duration,
    pub quarantine: &'a Path,
}

impl Courier<'_> {
    /// Late answers first, then everything that may go, once. `idle` lets time pass while answers are awaited.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn deliver(&mut self, idle: &mut dyn FnMut(Duration), poll: Duration) -> Result<Delivered, Failure> {
        let mut delivered = Delivered::default();
        if !self.recover(&mut delivered)? {
            return Ok(delivered);
        }
        loop {
            if !delivered.stopped {
                self.hand_over_due(&mut delivered)?;
            }
            if self.flight.awaited.is_empty() {
                return Ok(delivered);
            }
            self.collect(&mut delivered)?;
            if !self.flight.awaited.is_empty() && !self.give_up(&mut delivered)? {
                idle(poll);
            }
        }
    }

    /// One step of a service: applies what lies ready, gives up what is late, and hands over what may go. `delivered` tells what was
    /// done, also before an error.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn step(&mut self, may_send: bool, delivered: &mut Delivered) -> Result<(), Failure> {
        let done = self.try_step(may_send, delivered);
        self.flight.adrift |= done.is_err();
        done
    }

    fn try_step(&mut self, may_send: bool, delivered: &mut Delivered) -> Result<(), Failure> {
        if self.flight.recovered {
            self.take_up()?;
            self.collect(delivered)?;
            self.give_up(delivered)?;
        } else {
            self.recover(delivered)?;
        }
        self.flight.release(self.session.clock.elapsed());
        if may_send && self.flight.recovered && !delivered.stopped && self.flight.way_is_free(self.elapsed()) {
            self.hand_over_due(delivered)?;
        }
        if delivered.stopped {
            self.flight.way_failed(self.elapsed(), self.interface.backoff());
        } else if !delivered.settled.is_empty() {
            self.flight.way_works();
        }
        Ok(())
    }

    /// After a step that the ledger broke off: what it holds for sent is awaited, and nothing else.
    fn take_up(&mut self) -> Result<(), Failure> {
        if !self.flight.adrift {
            return Ok(());
        }
        let since = self.elapsed();
        let mut awaited = Vec::new();
        for sent in self.store.submissions_in(&[SubmissionState::Sent])? {
            let known = self.flight.awaited.iter().find(|awaited| awaited.id == sent.id).cloned();
            let attempt = self.store.attempts(sent.id)?.pop();
            let file_id = attempt.map(|attempt| attempt.file_id).unwrap_or_default();
            let anew = Awaited { id: sent.id, operation: self.operation(&sent), file_id, since };
            awaited.push(known.filter(|known| known.file_id == anew.file_id).unwrap_or(anew));
        }
        self.flight.awaited = awaited;
        self.flight.adrift = false;
        Ok(())
    }

    /// What an earlier process left without an answer: late answers count, what nobody has fetched is taken back, and the rest goes
    /// again with the same bytes. `false` where answers cannot be looked for.
    fn recover(&mut self, delivered: &mut Delivered) -> Result<bool, Failure> {
        if !self.collect(delivered)? {
            return Ok(false);
        }
        for sent in self.store.submissions_in(&[SubmissionState::Sent])? {
            let attempt = self.store.attempts(sent.id)?.pop();
            let file_id = attempt.map(|attempt| attempt.file_id).unwrap_or_default();
            self.give_up_one(sent.id, self.operation(&sent), &file_id, delivered)?;
        }
        self.flight.recovered = true;
        Ok(true)
    }

    fn now(&self) -> String {
        self.session.now().to_string()
    }

    fn elapsed(&self) -> Duration {
        self.session.clock.elapsed()
    }

    /// As many as may await their answers at once.
    fn hand_over_due(&mut self, delivered: &mut Delivered) -> Result<(), Failure> {
        let room = usize::try_from(self.interface.concurrent()).unwrap_or(1);
        while !delivered.stopped && self.flight.awaited.len() < room {
            let now = self.session.clock.now();
            if !self.interface.service_hours().is_open(now) {
                delivered.closed = true;
                break;
            }
            let Some(due) = self.store.next_due(self.flight.excluded())? else { break };
            if !self.flight.within_rate(self.interface, now) {
                break;
            }
            let file_id = self.flight.next_file_id(self.id_prefix, self.session);
            if self.flight.once {
                self.flight.exclude(due.id);
            }
            delivered.handed_over += 1;
            self.hand_over(&due, file_id, delivered)?;
        }
        Ok(())
    }

    /// As the centre knows it: each kind of bundle has a service of its own.
    fn operation(&self, submission: &Submission) -> tsugite_upstream::Operation {
        self.interface.at(service(&submission.unit.kind), operation(submission.operation))
    }

    /// Frozen bytes, the Bundle-ID in the log, the attempt in the ledger, and only then the file.
    fn hand_over(&mut self, due: &Submission, file_id: String, delivered: &mut Delivered) -> Result<(), Failure> {
        let request = Request {
            operation: self.operation(due),
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
                let (id, operation) = (due.id, request.operation);
                self.flight.awaited.push(Awaited { id, operation, file_id, since: self.session.clock.elapsed() });
            }
            Err(error) => {
                // What must not leave in this form will not tomorrow either; what could not be written goes again.
                let answer = if error.is_retryable() { Answer::Transport } else { Answer::Content };
                delivered.stopped |= error.is_retryable();
                let issue = error.issue();
                self.settle(&file_id, answer, issue.code(), &issue.text(self.session.lang), b"", delivered)?;
                delivered.issues.push(issue);
            }
        }
        Ok(())
    }

    /// Applies the answers that lie ready; `false` where they cannot be looked for.
    fn collect(&mut self, delivered: &mut Delivered) -> Result<bool, Failure> {
        let collected = match self.look() {
            Ok(collected) => collected,
            Err(error) => {
                if !delivered.stopped {
                    delivered.issues.push(error.issue());
                }
                delivered.stopped = true;
                self.flight.unreachable = true;
                return Ok(false);
            }
        };
        if std::mem::take(&mut self.flight.unreachable) {
            // The share is there again: what waited for it need not wait for longer.
            self.flight.way_works();
        }
        for one in collected {
            self.apply(&one, delivered)?;
        }
        Ok(true)
    }

    /// In a service, what is awaited is looked for by name, and the whole place now and then.
    fn look(&mut self) -> Result<Vec<Collected>, TransportError> {
        const WHOLE: Duration = Duration::from_secs(30);
        let (now, clock) = (self.elapsed(), self.session.clock.now());
        let awaited: Vec<_> = self.flight.awaited.iter().map(|one| (one.operation, one.file_id.clone())).collect();
        if self.flight.once || awaited.is_empty() || now >= self.flight.next_whole {
            self.flight.next_whole = now + WHOLE;
            return self.transport.collect_at(clock);
        }
        self.transport.collect_awaited(&awaited, clock)
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
            delivered.issues.push(one.issue(self.quarantine).unwrap_or_else(foreign));
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
                let again = self.under_new_insured(answer, &submission)?;
                let submission = again.map_or(submission, Box::new);
                match (answer, submission.state) {
                    (Answer::Qualification, SubmissionState::Queued) => self.flight.admit(submission.id),
                    // Turned into a change by its answer: it goes as such.
                    (Answer::Exists | Answer::Duplicate, SubmissionState::Queued) => self.flight.admit(submission.id),
                    (Answer::Transport, _) => {
                        self.flight.failed(submission.id, self.elapsed(), self.interface.backoff());
                    }
                    _ => self.flight.answered(submission.id),
                }
                if submission.state != SubmissionState::Sent {
                    self.flight.awaited.retain(|awaited| awaited.id != submission.id);
                }
                delivered.settled.insert(submission.id, *submission);
                Ok(true)
            }
            Settled::Repeated => Ok(true),
            Settled::Foreign => Ok(false),
        }
    }

    /// A refused change goes once more under the new insured id, where the site wants that.
    fn under_new_insured(&mut self, answer: Answer, refused: &Submission) -> Result<Option<Submission>, Failure> {
        let is_asked = self.new_insured && matches!(answer, Answer::Qualification | Answer::NotRegistered);
        if !is_asked || refused.state != SubmissionState::Rejected {
            return Ok(None);
        }
        Ok(self.store.try_new_insured(refused.id, &self.now(), self.who)?)
    }

    /// What waited too long: taken back if nobody fetched it, else lost. Then nothing more goes for now.
    fn give_up(&mut self, delivered: &mut Delivered) -> Result<bool, Failure> {
        let now = self.elapsed();
        let is_late = |awaited: &Awaited| now.saturating_sub(awaited.since) >= self.wait;
        let (late, waiting): (Vec<_>, Vec<_>) = self.flight.awaited.drain(..).partition(is_late);
        self.flight.awaited = waiting;
        for one in &late {
            if !delivered.stopped {
                delivered.issues.push(Issue::new(&issues::NO_ANSWER));
            }
            delivered.stopped = true;
            self.give_up_one(one.id, one.operation, &one.file_id, delivered)?;
        }
        Ok(!late.is_empty())
    }

    fn give_up_one(
        &mut self,
        id: i64,
        operation: tsugite_upstream::Operation,
        file_id: &str,
        into: &mut Delivered,
    ) -> Result<(), Failure> {
        if self.transport.take_back(operation, file_id).unwrap_or(false) {
            self.settle(file_id, Answer::Transport, issues::NO_ANSWER.code, "", b"", into)?;
        } else {
            self.store.lose(&[id], &self.now(), self.who)?;
            into.settled.insert(id, self.store.submission(id)?);
        }
        Ok(())
    }
}

/// The centre's service for a kind of Unit.
fn service(kind: &str) -> Service {
    match UnitKind::ALL.into_iter().find(|known| known.name() == kind) {
        Some(UnitKind::Referral | UnitKind::Discharge) => Service::Document,
        Some(UnitKind::Checkup) => Service::Checkup,
        Some(UnitKind::Condition | UnitKind::Allergy | UnitKind::Lab) | None => Service::Information,
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
