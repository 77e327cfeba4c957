//! One row of any kind of file: what stands in its cells, and where.

use super::{
    CellKind,
    delimited::{Cell, Row},
    fill::Found,
    fixed::{Record, field, is_cp932_lead, is_euc_lead, whole_characters},
};
use crate::mapping::{ConditionRule, FieldRule, Place, key};
use std::borrow::Cow;
use tsugite_charset::{Decoded, Encoding, GaijiTable, decode};
use tsugite_issue::{Address, Origin, Span};
use tsugite_source::Input;

/// A row with what is needed to read its cells.
pub enum Line<'a> {
    Cells {
        row: Row<'a>,
        decoded: &'a Decoded<'a>,
    },
    Sheet {
        row: Row<'a>,
        /// Name of the sheet.
        sheet: &'a str,
    },
    Bytes {
        record: Record<'a>,
        encoding: Encoding,
        gaiji: &'a GaijiTable,
    },
}

impl Line<'_> {
    fn row(&self) -> Option<&Row<'_>> {
        match self {
            Self::Cells { row, .. } | Self::Sheet { row, .. } => Some(row),
            Self::Bytes { .. } => None,
        }
    }

    pub fn found(&self, place: &Place) -> Found<'_> {
        match (self, place) {
            (_, Place::Constant(text)) => Found { text: Cow::Owned(text.clone()), ..Found::default() },
            (Self::Bytes { record, encoding, gaiji }, Place::Bytes(range)) => {
                let bytes = field(record.bytes, range.clone());
                let (bytes, cut) = match encoding {
                    Encoding::ShiftJis => whole_characters(bytes, is_cp932_lead),
                    Encoding::EucJp => whole_characters(bytes, is_euc_lead),
                    _ => (bytes, false),
                };
                Found { text: Cow::Owned(decode(bytes, *encoding, gaiji).text.into_owned()), cut, ..Found::default() }
            }
            (_, Place::Column(at)) => match self.row().and_then(|row| row.cells.get(*at)) {
                Some(cell) => Found { text: Cow::Borrowed(&cell.text), kind: cell.kind, cut: false },
                None => Found::default(),
            },
            _ => Found::default(),
        }
    }

    /// The cells of a field, joined.
    pub fn field(&self, rule: &FieldRule) -> Found<'_> {
        if let [place] = rule.from.as_slice() {
            return self.found(place);
        }
        let mut joined = Found::default();
        for place in &rule.from {
            let found = self.found(place);
            let text = found.text.trim();
            joined.cut |= found.cut;
            if found.kind == CellKind::Date {
                joined.kind = CellKind::Date;
            }
            if !text.is_empty() {
                let whole = joined.text.to_mut();
                if !whole.is_empty() {
                    whole.push_str(&rule.with);
                }
                whole.push_str(text);
            }
        }
        joined
    }

    pub fn meets(&self, condition: &ConditionRule) -> bool {
        condition.holds(&key(&self.found(&condition.place).text))
    }

    /// The line, or a place in it.
    pub fn origin(&self, input: &Input<'_>, at: Option<&Place>) -> Origin {
        match self {
            Self::Cells { row, decoded } => {
                let cell = at.and_then(|place| match place {
                    Place::Column(at) => row.cells.get(*at),
                    _ => None,
                });
                let column = cell.map_or(1, |cell| {
                    let before = decoded.text.get(row.start..cell.at).unwrap_or_default();
                    count(before.chars().count() + 1)
                });
                let start = cell.map_or(row.start, |cell| cell.at).min(row.end);
                let span = decoded.span(start..row.end.max(start));
                // A cell of nothing at the end of a row still has a place of its own.
                let span = if span.start == span.end { decoded.span(row.start..row.end) } else { span };
                input.origin(span, Address::Position { line: row.line, column })
            }
            Self::Sheet { row, sheet } => {
                let column = match at {
                    Some(Place::Column(at)) => *at,
                    _ => 0,
                };
                let length = u64::try_from(input.bytes.len()).unwrap_or(u64::MAX);
                input.origin(Span::new(0, length), Address::Path(format!("{sheet}!{}", cell_name(column, row.line))))
            }
            Self::Bytes { record, .. } => {
                let offset = match at {
                    Some(Place::Bytes(range)) => range.start.min(record.bytes.len().saturating_sub(1)),
                    _ => 0,
                };
                let column = match at {
                    Some(Place::Bytes(range)) => range.start + 1,
                    _ => 1,
                };
                let (start, end) = (record.start + offset, record.start + record.bytes.len());
                input.origin(
                    Span::new(start as u64, end as u64),
                    Address::Position { line: record.number, column: count(column) },
                )
            }
        }
    }

    /// What a person calls the place of a field: `E3`, or bytes of a record.
    pub fn name_of(&self, rule: &FieldRule) -> String {
        match (self, rule.from.first()) {
            (Self::Bytes { record, .. }, Some(Place::Bytes(range))) => {
                format!("{}:{}-{}", record.number, range.start + 1, range.end)
            }
            (_, Some(Place::Column(at))) => cell_name(*at, self.number()),
            _ => self.number().to_string(),
        }
    }

    /// Whether a cell behind the last column holds something, or there are more cells than rows usually have.
    pub fn is_wider(&self, columns: usize, usual: Option<usize>) -> bool {
        let cells = self.cells();
        let beyond = cells.get(columns..).unwrap_or_default();
        usual.is_some_and(|usual| cells.len() > usual) || beyond.iter().any(|cell| !cell.text.trim().is_empty())
    }

    pub fn cells(&self) -> &[Cell<'_>] {
        self.row().map_or(&[], |row| &row.cells)
    }

    /// The line, from 1.
    pub fn number(&self) -> u32 {
        match self {
            Self::Cells { row, .. } | Self::Sheet { row, .. } => row.line,
            Self::Bytes { record, .. } => record.number,
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// As Excel calls a cell: the column's letters and the row.
pub fn cell_name(column: usize, line: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &line.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_excel_calls_them() {
        for (column, name) in [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1")] {
            assert_eq!(cell_name(column, 1), name);
        }
    }
}
