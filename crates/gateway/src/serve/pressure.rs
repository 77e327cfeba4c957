//! Back-pressure: when nothing more may be taken in.

use crate::{failure::Failure, settings::ServiceSettings};
use std::path::Path;
use tsugite_store::{Store, SubmissionState};

/// Why intake rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressure {
    Disk,
    Queue,
}

/// Whether intake must rest. What waits at the source loses nothing.
///
/// # Errors
/// When the ledger cannot be read.
pub fn pressure(store: &Store, folder: &Path, settings: &ServiceSettings) -> Result<Option<Pressure>, Failure> {
    // A system that does not tell has to be trusted.
    let free = fs4::available_space(folder).unwrap_or(u64::MAX);
    if free < settings.free_megabytes.saturating_mul(1_000_000) {
        return Ok(Some(Pressure::Disk));
    }
    let waiting = store.count_in(&[SubmissionState::Queued, SubmissionState::Lost])?;
    Ok((waiting >= u64::from(settings.queue)).then_some(Pressure::Queue))
}
