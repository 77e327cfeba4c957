//! What came back, and what it means for the ledger.

use super::{Courier, Delivered};
use crate::failure::Failure;
use std::time::Duration;
use tsugite_issue::Issue;
use tsugite_store::{Answer, Settled, Submission, SubmissionState};
use tsugite_upstream::{Action, Class, Collected, Disposal, TransportError, issues};

impl Courier<'_> {
    /// Applies the answers that lie ready; `false` where they cannot be looked for.
    pub(super) fn collect(&mut self, delivered: &mut Delivered) -> Result<bool, Failure> {
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
            Ok(result) => match one.operation.action {
                Action::Inquire => self.answer_inquiry(result, &one.raw, delivered)?,
                Action::Attach => self.answer_attachment(result, &one.raw, delivered)?,
                Action::Register | Action::Change | Action::Cancel => {
                    let class = self.interface.classify_for(Some(one.operation.action), result);
                    let (code, text) = (result.deciding_code(), result.text());
                    self.settle(&result.file_id, answer(class), code, &text, &one.raw, delivered)?
                }
            },
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
    pub(super) fn settle(
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
}

pub(super) const fn answer(class: Class) -> Answer {
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
