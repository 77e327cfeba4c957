//! What fills a field, ready for reading.

use super::{DatePattern, ValueMap};
use std::ops::Range;
use tsugite_charset::fold_for_matching;

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// By one of these names.
    Name(Vec<String>),
    /// 0-based.
    Column(usize),
    /// 0-based bytes of a record.
    Bytes(Range<usize>),
    Constant(String),
    /// 0-based part of the file's name.
    FilePart(usize),
    /// The file has no such column.
    Nowhere,
}

/// How a field is filled.
#[derive(Clone, Debug, Default)]
pub struct FieldRule {
    pub from: Vec<Place>,
    /// Between the parts.
    pub with: String,
    pub dates: Vec<DatePattern>,
    pub pivot: Option<u8>,
    /// What stands for nothing, folded.
    pub null: Vec<String>,
    pub values: Option<ValueMap>,
    pub otherwise: Option<String>,
    pub digits: Vec<usize>,
    pub pad: Option<usize>,
    pub strip_zeros: bool,
    pub optional: bool,
}

impl FieldRule {
    pub fn constant(text: impl Into<String>) -> Self {
        Self { from: vec![Place::Constant(text.into())], ..Self::default() }
    }

    pub fn column(at: usize) -> Self {
        Self { from: vec![Place::Column(at)], ..Self::default() }
    }

    /// The same field, further on.
    pub fn moved(&self, by: usize) -> Self {
        let shift = |place: &Place| match place {
            Place::Column(at) => Place::Column(at + by),
            Place::Bytes(bytes) => Place::Bytes(bytes.start + by..bytes.end + by),
            other => other.clone(),
        };
        Self { from: self.from.iter().map(shift).collect(), ..self.clone() }
    }
}

/// A cell must hold, or must not hold, one of these.
#[derive(Clone, Debug)]
pub struct ConditionRule {
    pub place: Place,
    /// Folded; `None` where nothing is asked.
    pub is: Option<Vec<String>>,
    pub not: Option<Vec<String>>,
}

impl ConditionRule {
    /// Whether a folded cell meets it.
    pub fn holds(&self, cell: &str) -> bool {
        let among = |values: &Vec<String>| values.iter().any(|value| value == cell);
        self.is.as_ref().is_none_or(among) && !self.not.as_ref().is_some_and(among)
    }

    /// Whether every cell that the other takes is taken by this one.
    pub fn covers(&self, other: &Self) -> bool {
        let (Some(mine), Some(theirs), None) = (&self.is, &other.is, &self.not) else { return false };
        self.place == other.place && theirs.iter().all(|value| mine.contains(value))
    }
}

/// The form in which column names and written values are compared: width, kana and blanks do not matter.
pub fn key(text: &str) -> String {
    fold_for_matching(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}
