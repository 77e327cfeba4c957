//! Documents that do not leave the outbox before a person has looked.

use super::{deliver::service, held::unit_row, issues};
use tsugite_issue::{Definition, Issue, Lang};
use tsugite_store::{HeldRow, Store, StoreError, Submission, SubmissionState};
use tsugite_upstream::Service;

/// Documents in the outbox that wait for a person: of an outcome that nobody can tell, or of which nothing could leave.
///
/// # Errors
/// When the ledger cannot be read.
pub fn held_documents(store: &Store, lang: Lang) -> Result<Vec<HeldRow>, StoreError> {
    let waiting = store.submissions_in(&[SubmissionState::Unclear, SubmissionState::Rejected])?;
    let mut held = Vec::new();
    for submission in waiting.iter().filter(|submission| service(&submission.unit.kind) != Service::Information) {
        let all = store.submissions_of(&submission.unit)?;
        let is_newest =
            all.iter().rfind(|s| s.state != SubmissionState::Withdrawn).is_some_and(|s| s.id == submission.id);
        held.extend(definition_of(submission).filter(|_| is_newest).map(|definition| {
            let code = submission.result_code.as_deref().unwrap_or_default();
            let row = unit_row(&submission.unit, Issue::new(definition).with("code", code), lang);
            // As it was said then.
            let own = submission.result_text.as_deref().and_then(|text| text.lines().next());
            let text = own.filter(|_| definition.code == code).map_or(row.text, str::to_owned);
            HeldRow { text, since: submission.queued_at.clone(), ..row }
        }));
    }
    Ok(held)
}

/// What was refused after it had left has the centre's own words in the queue.
fn definition_of(submission: &Submission) -> Option<&'static Definition> {
    let code = submission.result_code.as_deref().unwrap_or_default();
    match (submission.state, submission.attempts) {
        (SubmissionState::Unclear, _) => Some(&issues::OUTCOME_UNKNOWN),
        (SubmissionState::Rejected, 0) => {
            let own = [&issues::NO_ATTACHMENT_INTERFACE, &issues::NOT_SIGNED, &issues::SIGNED_OTHERWISE];
            Some(own.into_iter().find(|own| own.code == code).unwrap_or(&issues::ATTACHMENT_REFUSED))
        }
        _ => None,
    }
}
