use std::{
    io,
    path::{Path, PathBuf},
};
use tsugite_issue::{Lang, Text, nearest};

/// Why settings cannot be used.
#[derive(Debug)]
pub enum SettingsError {
    Unreadable {
        path: PathBuf,
        error: io::Error,
    },
    /// A key that nothing reads.
    UnknownKey {
        at: Place,
        key: String,
        suggestion: Option<String>,
        known: Vec<String>,
    },
    /// A value that means nothing.
    Wrong {
        at: Place,
        message: String,
    },
    /// A row of a table that says nothing known.
    Row {
        at: Place,
        text: Text,
        detail: String,
    },
}

/// File, line and column (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: PathBuf,
    pub line: usize,
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

impl SettingsError {
    pub(super) fn wrong(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let at = Place { file: path.to_owned(), line, column };
        match unknown_key(error.message()) {
            Some((key, known)) => {
                let suggestion = nearest(&key, &known).map(str::to_owned);
                Self::UnknownKey { at, key, suggestion, known }
            }
            None => Self::Wrong { at, message: error.message().trim().replace('\n', " ") },
        }
    }

    /// A row of a CSV file.
    pub(super) fn row(file: &Path, line: u64, text: Text, detail: impl Into<String>) -> Self {
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        Self::Row { at: Place { file: file.to_owned(), line, column: 1 }, text, detail: detail.into() }
    }

    pub fn text(&self, lang: Lang) -> String {
        let japanese = lang == Lang::Ja;
        match self {
            Self::Unreadable { path, error } if japanese => {
                format!("{}: 設定ファイルを読めません（{error}）", path.display())
            }
            Self::Unreadable { path, error } => format!("{}: cannot read the settings ({error})", path.display()),
            Self::UnknownKey { at, key, suggestion: Some(right), .. } if japanese => {
                format!("{at}: `{key}` という設定はありません。`{right}` の誤りではありませんか")
            }
            Self::UnknownKey { at, key, suggestion: Some(right), .. } => {
                format!("{at}: unknown key `{key}`; did you mean `{right}`?")
            }
            Self::UnknownKey { at, key, known, .. } => {
                let known: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
                match japanese {
                    true => format!("{at}: `{key}` という設定はありません。使えるのは {} です", known.join("、")),
                    false => format!("{at}: unknown key `{key}`; known: {}", known.join(", ")),
                }
            }
            Self::Wrong { at, message } if japanese => format!("{at}: 値が正しくありません（{message}）"),
            Self::Wrong { at, message } => format!("{at}: {message}"),
            Self::Row { at, text, detail } => format!("{at}: {}{detail}", text.get(lang)),
        }
    }
}

/// Reads serde's message: ``unknown field `x`, expected one of `a`, `b` ``.
fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.trim().strip_prefix("unknown field `")?;
    let mut quoted = rest.split('`');
    let key = quoted.next()?.to_owned();
    let known = quoted.skip(1).step_by(2).map(str::to_owned).collect();
    Some((key, known))
}
