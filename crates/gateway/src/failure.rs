use crate::settings::SettingsError;
use std::{
    borrow::Cow,
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};
use tsugite_issue::{Issue, Lang, Text};

/// How a command ended that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Done,
    /// Done, but something was held or invalid.
    Attention,
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// Wrong call.
    Usage(String),
    /// A file or device failed.
    Io(String),
    /// The same, where the path may name a patient.
    File { path: PathBuf, reason: String },
    /// The store failed in a way that a person can do something about.
    Told(Box<Issue>),
    /// Broken off because the service shall stop.
    Stopped,
    /// Whoever read our output has gone; nothing is wrong.
    OutputClosed,
}

impl Status {
    pub fn attention_if(attention: bool) -> Self {
        if attention { Self::Attention } else { Self::Done }
    }

    pub fn code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Attention => ExitCode::from(1),
        }
    }
}

impl Failure {
    pub fn usage(text: Text, lang: Lang, detail: impl std::fmt::Display) -> Self {
        Self::Usage(format!("{}{detail}", text.get(lang)))
    }

    /// A file that could not be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        Self::File { path: path.to_owned(), reason: error.to_string() }
    }

    pub fn code(&self) -> ExitCode {
        match self {
            Self::OutputClosed | Self::Stopped => ExitCode::SUCCESS,
            Self::Usage(_) => ExitCode::from(2),
            Self::Io(_) | Self::File { .. } | Self::Told(_) => ExitCode::from(3),
        }
    }

    pub fn text(&self, lang: Lang) -> Option<Cow<'_, str>> {
        match self {
            Self::Usage(text) | Self::Io(text) => Some(text.into()),
            Self::File { path, reason } => Some(format!("{}: {reason}", path.display()).into()),
            Self::Told(issue) => {
                let found = issue.found.as_deref().map(|found| format!(" ({found})")).unwrap_or_default();
                Some(format!("{} {}{found} {}", issue.code(), issue.text(lang), issue.remedy(lang)).into())
            }
            Self::OutputClosed | Self::Stopped => None,
        }
    }

    /// The same for a log: without the path, which may hold a patient's number.
    pub fn log_text(&self, lang: Lang) -> Cow<'_, str> {
        match self {
            Self::Usage(text) | Self::Io(text) => text.into(),
            Self::File { reason, .. } => reason.into(),
            Self::Told(issue) => issue.text(lang).into(),
            Self::OutputClosed | Self::Stopped => "".into(),
        }
    }

    pub fn settings(error: &SettingsError, lang: Lang) -> Self {
        match error {
            SettingsError::Unreadable { .. } => Self::Io(error.text(lang)),
            _ => Self::Usage(error.text(lang)),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::OutputClosed,
            _ => Self::Io(error.to_string()),
        }
    }
}
