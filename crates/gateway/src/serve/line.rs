//! The line to the centre: what may go when, and what came back.

use crate::{
    failure::Failure,
    send::{Cycle, Delivered, Flight},
    session::Session,
};
use std::{collections::BTreeSet, time::Duration};
use tsugite_issue::Issue;
use tsugite_store::{Operation, Store, Submission, SubmissionState};
use tsugite_upstream::Transport;

pub struct Line {
    pub transport: Box<dyn Transport>,
    pub flight: Flight,
    next: Duration,
    /// Patients of whom the centre has spoken so that something else may follow.
    pub spoken: BTreeSet<String>,
    told: BTreeSet<&'static str>,
    halted: bool,
}

impl Line {
    pub fn new(transport: Box<dyn Transport>) -> Self {
        Self {
            transport,
            flight: Flight::default(),
            next: Duration::ZERO,
            spoken: BTreeSet::new(),
            told: BTreeSet::new(),
            halted: false,
        }
    }

    /// One step, if it is time. `open`: more may be handed over.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn step(&mut self, cycle: &Cycle, session: &Session, store: &mut Store, open: bool) -> Result<bool, Failure> {
        let now = session.clock.elapsed();
        if now < self.next {
            return Ok(false);
        }
        let may_send = open && !self.is_paused(store)?;
        let mut delivered = Delivered::default();
        let stepped = cycle.courier(store, &mut *self.transport, &mut self.flight).step(may_send, &mut delivered);
        for submission in delivered.settled.values() {
            self.tell(submission);
            let more = submission.operation == Operation::Cancel || submission.state != SubmissionState::Accepted;
            if more || cycle.has_aliases() {
                self.spoken.insert(submission.unit.patient.clone());
            }
        }
        self.tell_issues(&delivered.issues, delivered.stopped, session);
        stepped?;
        let busy = delivered.handed_over > 0 || !delivered.settled.is_empty();
        // While answers come, the next are looked for at once.
        self.next = if busy { now } else { now + cycle.poll() };
        Ok(busy)
    }

    pub fn next_step(&self) -> Duration {
        self.next
    }

    fn is_paused(&mut self, store: &Store) -> Result<bool, Failure> {
        let paused = store.paused()?;
        if paused != self.halted {
            self.halted = paused;
            if paused { tracing::warn!("sending is paused") } else { tracing::info!("sending goes on") }
        }
        Ok(paused)
    }

    fn tell(&self, submission: &Submission) {
        let (id, bundle, operation) = (submission.id, submission.bundle_id.as_str(), submission.operation.name());
        let code = submission.result_code.as_deref().unwrap_or_default();
        match submission.state {
            SubmissionState::Accepted => tracing::info!(id, bundle, operation, code, "accepted"),
            state => tracing::warn!(id, bundle, operation, code, state = state.name(), "not accepted"),
        }
    }

    /// A way that fails says so once, until it works again.
    fn tell_issues(&mut self, issues: &[Issue], stopped: bool, session: &Session) {
        let told = &mut self.told;
        let new: Vec<&Issue> = issues.iter().filter(|issue| told.insert(issue.code())).collect();
        super::log::issues(new, session.lang);
        if !stopped && issues.is_empty() && !self.told.is_empty() {
            self.told.clear();
        }
    }
}
