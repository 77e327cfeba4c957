//! The outbox to the centre and its answers back to the ledger.

mod answers;
mod errands;
mod hand_over;

use super::{
    flight::{Awaited, Flight},
    sign::Signer,
};
use crate::{failure::Failure, session::Session};
use std::{collections::BTreeMap, path::Path, time::Duration};
use tsugite_clins::UnitKind;
use tsugite_issue::Issue;
use tsugite_store::{Errand, InquiryPolicy, Operation, Purpose, Store, Submission, SubmissionState};
use tsugite_upstream::{Action, Interface, Service, Transport, issues};

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
    /// What follows from the centre's word on what it holds.
    pub inquiry: InquiryPolicy,
    pub signer: Signer<'a>,
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
        let known = std::mem::take(&mut self.flight.awaited);
        let same = |anew: Awaited| known.iter().find(|known| known.file_id == anew.file_id).cloned().unwrap_or(anew);
        self.flight.awaited = self.outstanding()?.into_iter().map(same).collect();
        self.flight.adrift = false;
        Ok(())
    }

    /// What the ledger holds for handed over and not answered.
    fn outstanding(&self) -> Result<Vec<Awaited>, Failure> {
        let since = self.elapsed();
        let mut outstanding = Vec::new();
        for sent in self.store.submissions_in(&[SubmissionState::Sent])? {
            let attempt = self.store.attempts(sent.id)?.pop();
            let file_id = attempt.map(|attempt| attempt.file_id).unwrap_or_default();
            let operation = self.operation(&sent.unit, action(sent.operation));
            outstanding.push(Awaited { id: sent.id, operation, file_id, since });
        }
        for Errand { submission, file_id, purpose } in self.store.open_errands()? {
            let unit = self.store.submission(submission)?.unit;
            let action = match purpose {
                Purpose::Inquiry => Action::Inquire,
                Purpose::Attachment => Action::Attach,
            };
            outstanding.push(Awaited { id: submission, operation: self.operation(&unit, action), file_id, since });
        }
        Ok(outstanding)
    }

    /// What an earlier process left without an answer: late answers count, what nobody has fetched is taken back, and the rest goes
    /// again with the same bytes. `false` where answers cannot be looked for.
    fn recover(&mut self, delivered: &mut Delivered) -> Result<bool, Failure> {
        if !self.collect(delivered)? {
            return Ok(false);
        }
        for one in self.outstanding()? {
            self.give_up_one(&one, delivered)?;
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
            self.give_up_one(one, delivered)?;
        }
        Ok(!late.is_empty())
    }

    fn give_up_one(&mut self, one: &Awaited, into: &mut Delivered) -> Result<(), Failure> {
        let Awaited { id, operation, file_id, .. } = one;
        if self.transport.take_back(*operation, file_id).unwrap_or(false) {
            return self.not_processed(one, into);
        }
        match operation.action {
            Action::Inquire | Action::Attach => self.lose_errand(one, into),
            Action::Register | Action::Change | Action::Cancel => {
                self.store.lose(&[*id], &self.now(), self.who)?;
                into.settled.insert(*id, self.store.submission(*id)?);
                Ok(())
            }
        }
    }
}

const fn action(operation: Operation) -> Action {
    match operation {
        Operation::Register => Action::Register,
        Operation::Change => Action::Change,
        Operation::Cancel => Action::Cancel,
    }
}

/// The centre's service for a kind of Unit.
pub fn service(kind: &str) -> Service {
    match UnitKind::ALL.into_iter().find(|known| known.name() == kind) {
        Some(UnitKind::Referral | UnitKind::Discharge) => Service::Document,
        Some(UnitKind::Checkup) => Service::Checkup,
        Some(UnitKind::Condition | UnitKind::Allergy | UnitKind::Lab) | None => Service::Information,
    }
}
