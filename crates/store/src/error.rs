use std::path::PathBuf;

/// Why the store could not do what was asked. None of the texts holds patient data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
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
}

impl StoreError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
