//! How a result arrived: whether it may be applied, what a person is told of it, and where it goes.

use crate::{Collected, Disposal, Unreadable, issues};
use std::path::Path;
use tsugite_issue::{Definition, Issue};

/// What the ledger says of the attempt that a result names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Its result is awaited.
    Awaited,
    /// It was given up: nobody knows what became of it, or the same bytes went again.
    Lost,
    /// It has its result: `same` bytes as these, or others.
    Answered { same: bool },
    /// No attempt has this id.
    Unknown,
}

/// How a result arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arrival {
    OnTime,
    /// After it was given up.
    Late,
    /// Read before, and not put away yet when this program stopped.
    Reread,
    /// A second, different result to one request. The first counts.
    Repeated,
    /// The answer to nothing that was asked.
    Foreign,
    Truncated,
    Encoding,
    /// The name of the file and its content name different requests.
    Mismatched,
    /// A link or a folder; it is left where it lies.
    NotAFile,
    Unreadable,
}

impl Arrival {
    /// `standing` is asked for readable results only.
    pub fn of(collected: &Collected, standing: impl FnOnce(&str) -> Standing) -> Self {
        let result = match &collected.result {
            Err(why) => return Self::of_unreadable(*why),
            Ok(result) => result,
        };
        match standing(&result.file_id) {
            Standing::Awaited => Self::OnTime,
            Standing::Lost => Self::Late,
            Standing::Answered { same: true } => Self::Reread,
            Standing::Answered { same: false } => Self::Repeated,
            Standing::Unknown => Self::Foreign,
        }
    }

    pub(crate) const fn of_unreadable(why: Unreadable) -> Self {
        match why {
            Unreadable::Truncated | Unreadable::Empty => Self::Truncated,
            Unreadable::Encoding => Self::Encoding,
            Unreadable::Mismatch => Self::Mismatched,
            Unreadable::NotAFile => Self::NotAFile,
            _ => Self::Unreadable,
        }
    }

    /// Whether the ledger is told of it.
    pub const fn applies(self) -> bool {
        matches!(self, Self::OnTime | Self::Late)
    }

    /// Where the file goes once that is durable: what is not in the ledger is kept for a person.
    pub const fn disposal(self) -> Disposal {
        match self {
            Self::OnTime | Self::Late | Self::Reread => Disposal::Done,
            _ => Disposal::Quarantine,
        }
    }

    const fn definition(self) -> Option<&'static Definition> {
        Some(match self {
            Self::OnTime | Self::Reread => return None,
            Self::Late => &issues::LATE,
            Self::Repeated => &issues::REPEATED,
            Self::Foreign => &issues::FOREIGN,
            Self::Truncated => &issues::TRUNCATED,
            Self::Encoding => &issues::ENCODING,
            Self::Mismatched => &issues::MISMATCHED,
            Self::NotAFile => &issues::NOT_A_FILE,
            Self::Unreadable => &issues::STRANGE_RESULT,
        })
    }

    /// What a person is told. `file` is the result's name, `folder` the quarantine.
    pub fn issue(self, file: &str, folder: &Path) -> Option<Issue> {
        let issue = Issue::new(self.definition()?).with("file", file.to_owned());
        Some(issue.with("folder", folder.display().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operation, ResultMessage};

    #[test]
    fn each_arrival_has_its_issue_its_place_and_its_effect() {
        let good = || Ok(ResultMessage { file_id: "TG1".into(), ..ResultMessage::default() });
        let (done, kept) = (Disposal::Done, Disposal::Quarantine);
        // (result, what the ledger says, applied, where it goes, what is told)
        let table = [
            (good(), Standing::Awaited, true, done, None),
            (good(), Standing::Lost, true, done, Some("UPSTREAM-018")),
            (good(), Standing::Answered { same: true }, false, done, None),
            (good(), Standing::Answered { same: false }, false, kept, Some("UPSTREAM-017")),
            (good(), Standing::Unknown, false, kept, Some("UPSTREAM-016")),
            (Err(Unreadable::Truncated), Standing::Awaited, false, kept, Some("UPSTREAM-014")),
            (Err(Unreadable::Empty), Standing::Awaited, false, kept, Some("UPSTREAM-014")),
            (Err(Unreadable::Encoding), Standing::Awaited, false, kept, Some("UPSTREAM-013")),
            (Err(Unreadable::Mismatch), Standing::Awaited, false, kept, Some("UPSTREAM-015")),
            (Err(Unreadable::NotAFile), Standing::Awaited, false, kept, Some("UPSTREAM-025")),
            (Err(Unreadable::Root), Standing::Awaited, false, kept, Some("UPSTREAM-009")),
        ];
        for (result, standing, applies, disposal, code) in table {
            let (handle, operation) = ("CIS-IF-202res_TG1.xml".to_owned(), Operation::REGISTER);
            let collected = Collected { handle, operation, result, raw: Vec::new() };
            let arrival = Arrival::of(&collected, |id| {
                assert_eq!(id, "TG1");
                standing
            });
            assert_eq!((arrival.applies(), arrival.disposal()), (applies, disposal), "{arrival:?}");
            let issue = arrival.issue(&collected.handle, Path::new("q"));
            assert_eq!(issue.map(|issue| issue.code()), code, "{arrival:?}");
        }
    }
}
