//! What the cells of a column have in common. Counts only: a draft holds no value of a patient.

use crate::mapping::DatePattern;
use tsugite_charset::to_half_width;

pub struct Column {
    /// 0-based.
    pub at: usize,
    pub title: String,
    pub filled: usize,
    pub cells: usize,
    pub kind: ColumnKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    Empty,
    /// All cells are dates of this pattern.
    Date(&'static str),
    /// All cells are digits of one length.
    Digits(usize),
    Number,
    Text,
}

/// Patterns that a column is tried for, those first that say most.
const PATTERNS: [&str; 9] = [
    "YYYYMMDD",
    "YYYY/M/D",
    "YYYY-M-D",
    "YYYY年M月D日",
    "YYYYMMDDhhmm",
    "YYYYMMDDhhmmss",
    "YYYY/M/D h:mm",
    "YYYY/M/D h:mm:ss",
    "和暦",
];

impl Column {
    pub fn of(at: usize, title: &str, cells: &[&str]) -> Self {
        let filled: Vec<String> =
            cells.iter().map(|cell| to_half_width(cell.trim()).into_owned()).filter(|cell| !cell.is_empty()).collect();
        // A heading may stand in two lines; here it must stand in one.
        let title = title.split(char::is_control).collect::<Vec<_>>().join(" ");
        Self { at, title, kind: kind(&filled), filled: filled.len(), cells: cells.len() }
    }

    /// The evidence, in words.
    pub fn describe(&self) -> String {
        let Self { filled, cells, .. } = self;
        match &self.kind {
            ColumnKind::Empty => "すべて空".to_owned(),
            ColumnKind::Date(pattern) => format!("{filled}/{cells} 件、すべて日付 {pattern}"),
            ColumnKind::Digits(length) => format!("{filled}/{cells} 件、すべて {length} 桁の数字"),
            ColumnKind::Number => format!("{filled}/{cells} 件、すべて数値"),
            ColumnKind::Text => format!("{filled}/{cells} 件、文字"),
        }
    }
}

fn kind(cells: &[String]) -> ColumnKind {
    let Some(first) = cells.first() else { return ColumnKind::Empty };
    let reads = |pattern: &&str| {
        DatePattern::parse(pattern, None)
            .is_ok_and(|pattern| cells.iter().all(|cell| pattern.read(cell, None).is_some()))
    };
    if let Some(pattern) = PATTERNS.into_iter().find(reads) {
        return ColumnKind::Date(pattern);
    }
    let digits = |cell: &String| cell.bytes().all(|byte| byte.is_ascii_digit());
    if cells.iter().all(digits) && cells.iter().all(|cell| cell.len() == first.len()) {
        return ColumnKind::Digits(first.len());
    }
    if cells.iter().all(|cell| cell.parse::<f64>().is_ok()) {
        return ColumnKind::Number;
    }
    ColumnKind::Text
}
