use crate::issues;
use rusqlite::ErrorCode;
use std::{io::ErrorKind, path::PathBuf};
use tsugite_issue::Issue;

/// Why the store could not do what was asked. None of the texts holds patient data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// Nothing of what was asked was done; when there is space again, the same call succeeds.
    #[error("the disk is full")]
    DiskFull,
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    /// The file is a database of another program.
    #[error("{0} is not a database of this gateway")]
    Foreign(PathBuf),
    /// A newer gateway has written the database; going back would lose what it knows.
    #[error("the database has format {found}, this program knows {known}: use the newer program")]
    TooNew { found: i64, known: i64 },
    /// A line of `issued.log`, other than a last one cut short, cannot be read. Nothing may be sent until a person has looked.
    #[error("{path}, line {line}: not a record of an issued Bundle-ID")]
    IssuedLog { path: PathBuf, line: usize },
    /// A stored value cannot be read back.
    #[error("stored {what} cannot be read (row {row})")]
    Corrupt { what: &'static str, row: i64 },
    /// The operation does not fit the state of the submission.
    #[error("submission {id} is {state}: it cannot be {action}")]
    State { id: i64, state: &'static str, action: &'static str },
    #[error("no submission {0}")]
    NoSubmission(i64),
    #[error("{0} is not a key file")]
    Keys(PathBuf),
    /// None of the keys of the key file sealed this database.
    #[error("the key file does not belong to this database")]
    WrongKey,
    #[error("the system gives no random numbers")]
    Random,
    #[error("{0}: the name cannot be used")]
    Name(PathBuf),
    /// A backup that failed its checks is not kept and not restored.
    #[error("{path}: {fault}")]
    Backup { path: PathBuf, fault: &'static str },
    /// The change was undone together with others of its batch, because the disk failed under one of them. It may be tried again.
    #[error("the batch was undone")]
    Undone,
    /// The writer has stopped.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io { path, source },
        }
    }

    /// Whether more space would help.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::DiskFull)
    }

    /// What a person should know and do, where a file or its disk is at fault.
    pub fn issue(&self) -> Option<Issue> {
        let definition = match self {
            Self::DiskFull => &issues::DISK_FULL,
            Self::Io { .. } => &issues::DISK_FAULT,
            Self::Corrupt { .. } => &issues::DAMAGED,
            Self::IssuedLog { .. } => &issues::LOG_DAMAGED,
            Self::Keys(_) | Self::WrongKey => &issues::KEYS,
            Self::Sqlite(error) => match error.sqlite_error_code()? {
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => &issues::DAMAGED,
                ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly => &issues::DISK_FAULT,
                _ => return None,
            },
            _ => return None,
        };
        Some(Issue::new(definition).found(self.to_string()))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The index of the write-ahead log cannot grow: SQLite tells this apart from a full disk, but nothing else it is.
        let no_index = error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        match error.sqlite_error_code() {
            _ if no_index => Self::DiskFull,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Sqlite(error),
        }
    }
}
