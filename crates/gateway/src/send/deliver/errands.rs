//! Requests beside a submission's own: what became of it (状況照会), and files that go before it (添付情報登録).

use super::{Courier, Delivered, answers::answer};
use crate::{
    failure::Failure,
    send::{flight::Awaited, issues},
};
use sha2::{Digest as _, Sha256};
use tsugite_issue::Issue;
use tsugite_store::{Answer, Attachment, Inquired, Receipt, Settled, Submission, SubmissionState};
use tsugite_upstream::{Action, Attached, Request, ResultMessage, issues::NO_ANSWER};

impl Courier<'_> {
    /// Asks what the centre holds under the Bundle-ID.
    pub(super) fn inquire(
        &mut self,
        due: &Submission,
        file_id: String,
        delivered: &mut Delivered,
    ) -> Result<(), Failure> {
        let request = self.request(due, Action::Inquire, &file_id);
        self.store.start_inquiry(due.id, &file_id, &self.now(), self.who)?;
        match self.transport.submit(&request) {
            Ok(warnings) => {
                delivered.issues.extend(warnings);
                self.await_answer(due, request.operation, file_id);
            }
            Err(error) => {
                let inquired = if error.is_retryable() { Inquired::Transport } else { Inquired::Unknown };
                delivered.stopped |= error.is_retryable();
                let issue = error.issue();
                let receipt = Receipt { code: issue.code(), text: &issue.text(self.session.lang), raw: b"" };
                self.inquired(&file_id, &inquired, receipt, delivered)?;
                delivered.issues.push(issue);
            }
        }
        Ok(())
    }

    /// Hands over a file that goes before its document.
    pub(super) fn attach(
        &mut self,
        due: &Submission,
        file: Attachment,
        file_id: String,
        delivered: &mut Delivered,
    ) -> Result<(), Failure> {
        let Attachment { id, reference, content_type, title, bytes } = file;
        let request = Request {
            payload: Some(bytes),
            attachment: Some(Attached { reference, content_type, title }),
            ..self.request(due, Action::Attach, &file_id)
        };
        if !self.interface.has(request.operation) {
            let issue = Issue::new(&issues::NO_ATTACHMENT_INTERFACE);
            self.refuse(due, &issue, delivered)?;
            delivered.issues.push(issue);
            return Ok(());
        }
        self.store.start_attachment(due.id, id, &file_id, &self.now(), self.who)?;
        match self.transport.submit(&request) {
            Ok(warnings) => {
                delivered.issues.extend(warnings);
                self.await_answer(due, request.operation, file_id);
            }
            Err(error) => {
                let answer = if error.is_retryable() { Answer::Transport } else { Answer::Content };
                delivered.stopped |= error.is_retryable();
                let issue = error.issue();
                let receipt = Receipt { code: issue.code(), text: &issue.text(self.session.lang), raw: b"" };
                self.attached(&file_id, answer, receipt, delivered)?;
                delivered.issues.push(issue);
            }
        }
        Ok(())
    }

    /// Whether the ledger knows the inquiry.
    pub(super) fn answer_inquiry(
        &mut self,
        result: &ResultMessage,
        raw: &[u8],
        delivered: &mut Delivered,
    ) -> Result<bool, Failure> {
        use tsugite_upstream::Inquired as Said;
        let inquired = match self.interface.inquired(result) {
            Said::Registered { digest, request } => {
                Inquired::Registered { same: self.is_ours(&result.file_id, &digest)?, request }
            }
            Said::Cancelled => Inquired::Cancelled,
            Said::Absent => Inquired::Absent,
            Said::Processing => Inquired::Processing,
            Said::Transport => Inquired::Transport,
            Said::Unknown => Inquired::Unknown,
        };
        let receipt = Receipt { code: result.deciding_code(), text: &result.text(), raw };
        self.inquired(&result.file_id, &inquired, receipt, delivered)
    }

    /// Whether the payload that the centre holds is the one of the submission that was asked about; `None` where it does not tell.
    fn is_ours(&self, file_id: &str, digest: &str) -> Result<Option<bool>, Failure> {
        let asked = self.flight.awaited.iter().find(|awaited| awaited.file_id == file_id).map(|awaited| awaited.id);
        let asked = match asked {
            None => self.store.errand(file_id)?.map(|errand| errand.submission),
            known => known,
        };
        let Some(id) = asked.filter(|_| !digest.is_empty()) else { return Ok(None) };
        let print = Sha256::digest(self.store.payload(id)?);
        Ok(Some(print.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == digest))
    }

    fn inquired(
        &mut self,
        file_id: &str,
        inquired: &Inquired,
        receipt: Receipt,
        delivered: &mut Delivered,
    ) -> Result<bool, Failure> {
        let settled = self.store.settle_inquiry(file_id, inquired, receipt, &self.inquiry, &self.now())?;
        self.flight.awaited.retain(|awaited| awaited.file_id != file_id);
        let Settled::Now(submission) = settled else { return Ok(settled == Settled::Repeated) };
        match submission.state {
            SubmissionState::Unclear => delivered.issues.push(Issue::new(&issues::OUTCOME_UNKNOWN)),
            SubmissionState::Lost | SubmissionState::Queued if inquired.is_conclusive() => {
                self.flight.admit(submission.id);
            }
            SubmissionState::Lost | SubmissionState::Queued => {
                self.flight.failed(submission.id, self.elapsed(), self.interface.backoff());
            }
            _ => self.flight.answered(submission.id),
        }
        delivered.settled.insert(submission.id, *submission);
        Ok(true)
    }

    /// Whether the ledger knows the hand-over of the file.
    pub(super) fn answer_attachment(
        &mut self,
        result: &ResultMessage,
        raw: &[u8],
        delivered: &mut Delivered,
    ) -> Result<bool, Failure> {
        let class = self.interface.classify_for(Some(Action::Attach), result);
        let receipt = Receipt { code: result.deciding_code(), text: &result.text(), raw };
        self.attached(&result.file_id, answer(class), receipt, delivered)
    }

    fn attached(
        &mut self,
        file_id: &str,
        answer: Answer,
        receipt: Receipt,
        delivered: &mut Delivered,
    ) -> Result<bool, Failure> {
        let settled = self.store.settle_attachment(file_id, answer, receipt, &self.now())?;
        self.flight.awaited.retain(|awaited| awaited.file_id != file_id);
        let Settled::Now(submission) = settled else { return Ok(settled == Settled::Repeated) };
        match answer {
            Answer::Accepted | Answer::Duplicate => self.flight.admit(submission.id),
            Answer::Transport => self.flight.failed(submission.id, self.elapsed(), self.interface.backoff()),
            _ => {
                self.flight.answered(submission.id);
                delivered.issues.push(Issue::new(&issues::ATTACHMENT_REFUSED).with("code", receipt.code));
            }
        }
        delivered.settled.insert(submission.id, *submission);
        Ok(true)
    }

    /// Nobody fetched the request: it is as if it had not been made.
    pub(super) fn not_processed(&mut self, one: &Awaited, into: &mut Delivered) -> Result<(), Failure> {
        let receipt = Receipt { code: NO_ANSWER.code, ..Receipt::default() };
        match one.operation.action {
            Action::Inquire => self.inquired(&one.file_id, &Inquired::Transport, receipt, into)?,
            Action::Attach => self.attached(&one.file_id, Answer::Transport, receipt, into)?,
            Action::Register | Action::Change | Action::Cancel => {
                self.settle(&one.file_id, Answer::Transport, NO_ANSWER.code, "", b"", into)?
            }
        };
        Ok(())
    }

    /// It may have been fetched: asked or handed over anew, which changes nothing at the centre, until a person is to look.
    pub(super) fn lose_errand(&mut self, one: &Awaited, into: &mut Delivered) -> Result<(), Failure> {
        let issue = Issue::new(&issues::OUTCOME_UNKNOWN);
        let told = (issue.code(), &*issue.text(self.session.lang));
        let Some(submission) = self.store.lose_errand(&one.file_id, told, &self.inquiry, &self.now(), self.who)? else {
            return Ok(());
        };
        if submission.state == SubmissionState::Unclear {
            into.issues.push(issue);
        } else {
            self.flight.failed(submission.id, self.elapsed(), self.interface.backoff());
        }
        into.settled.insert(submission.id, submission);
        Ok(())
    }

    /// Nothing of it has left, and it cannot go as it is.
    pub(super) fn refuse(&mut self, due: &Submission, issue: &Issue, into: &mut Delivered) -> Result<(), Failure> {
        let text = format!("{}\n{}", issue.text(self.session.lang), issue.remedy(self.session.lang));
        let refused = self.store.refuse(due.id, (issue.code(), &text), &self.now(), self.who)?;
        into.settled.insert(refused.id, refused);
        Ok(())
    }
}
