//! 当日中の登録 (U-37): what should be at the centre by now and is not.

use crate::settings::Settings;
use jiff::{Timestamp, civil::Date};
use tsugite_clins::UnitKind;
use tsugite_store::{Store, StoreError, Submission, SubmissionState as State};
use tsugite_upstream::{Due, Promptness, Sharing};

/// Submissions that the centre should have accepted by now: problem and allergy lists by the morning after they were queued,
/// laboratory results by the end of the next working day.
///
/// # Errors
/// When the ledger cannot be read.
pub fn late(store: &Store, settings: &Settings, now: Timestamp) -> Result<Vec<Submission>, StoreError> {
    let states = [State::Draft, State::Queued, State::Sent, State::Lost, State::Unclear, State::Rejected];
    let mut open = store.submissions_in(&states)?;
    open.retain(|submission| is_late(submission, &settings.sharing, now));
    Ok(open)
}

fn is_late(submission: &Submission, sharing: &Sharing, now: Timestamp) -> bool {
    let lab = submission.unit.kind == UnitKind::Lab.name();
    let promptness = if lab { Promptness::Lab } else { Promptness::Snapshot };
    let queued = submission.queued_at.get(..10).and_then(|day| day.parse::<Date>().ok());
    queued.is_some_and(|day| sharing.state(sharing.due(promptness, day), now) == Due::Overdue)
}
