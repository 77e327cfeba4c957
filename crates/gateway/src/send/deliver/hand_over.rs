//! What goes next, and how it leaves: durable first, then the file.

use super::{Courier, Delivered, action, service};
use crate::{failure::Failure, send::flight::Awaited};
use tsugite_store::{Answer, Operation, Signature, Step, Submission, Unit};
use tsugite_upstream::{Action, Request};

impl Courier<'_> {
    /// As many as may await their answers at once.
    pub(super) fn hand_over_due(&mut self, delivered: &mut Delivered) -> Result<(), Failure> {
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
    pub(super) fn operation(&self, unit: &Unit, action: Action) -> tsugite_upstream::Operation {
        self.interface.at(service(&unit.kind), action)
    }

    /// What is next of a submission: a question about it, a file that belongs to it, or itself.
    fn hand_over(&mut self, due: &Submission, file_id: String, delivered: &mut Delivered) -> Result<(), Failure> {
        let inquiry = self.operation(&due.unit, Action::Inquire);
        match self.store.next_step(due, self.interface.has(inquiry))? {
            Step::Inquire => self.inquire(due, file_id, delivered),
            Step::Attach(file) => self.attach(due, *file, file_id, delivered),
            Step::Send => self.send(due, file_id, delivered),
        }
    }

    /// A request about a submission, without what it carries.
    pub(super) fn request(&self, due: &Submission, action: Action, file_id: &str) -> Request {
        Request {
            operation: self.operation(&due.unit, action),
            institution: due.unit.institution.clone(),
            file_id: file_id.to_owned(),
            insured_id: due.addressed.clone(),
            bundle_id: due.bundle_id.clone(),
            payload: None,
            attachment: None,
            signature: None,
        }
    }

    /// Frozen bytes, the Bundle-ID in the log, the attempt in the ledger, and only then the file.
    fn send(&mut self, due: &Submission, file_id: String, delivered: &mut Delivered) -> Result<(), Failure> {
        if !self.is_signed(due, delivered)? {
            return Ok(());
        }
        let signature = match self.store.signature(due.id)? {
            Some(Signature::Detached(bytes)) => Some(bytes),
            Some(Signature::Inside) | None => None,
        };
        let request = Request {
            payload: (due.operation != Operation::Cancel).then_some(self.store.payload(due.id)?),
            signature,
            ..self.request(due, action(due.operation), &file_id)
        };
        self.store.start_attempt(due.id, &file_id, &self.now(), self.who)?;
        match self.transport.submit(&request) {
            Ok(warnings) => {
                delivered.issues.extend(warnings);
                self.await_answer(due, request.operation, file_id);
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

    pub(super) fn await_answer(&mut self, due: &Submission, operation: tsugite_upstream::Operation, file_id: String) {
        self.flight.awaited.push(Awaited { id: due.id, operation, file_id, since: self.session.clock.elapsed() });
    }

    /// Signs what is to be signed before its first hand-over; what cannot be signed waits for a person.
    fn is_signed(&mut self, due: &Submission, delivered: &mut Delivered) -> Result<bool, Failure> {
        let is_new = due.attempts == 0 && due.operation != Operation::Cancel;
        if !is_new || !self.signer.signs(&due.unit.kind) || self.store.signature(due.id)?.is_some() {
            return Ok(true);
        }
        match self.signer.sign(&self.store.payload(due.id)?) {
            Ok(signed) => {
                let (signature, payload) = signed.parts();
                self.store.sign(due.id, &signature, payload.as_deref(), &self.now(), self.who)?;
                Ok(true)
            }
            Err(issue) => {
                self.refuse(due, &issue, delivered)?;
                delivered.issues.push(*issue);
                Ok(false)
            }
        }
    }
}
