//! Text to rows of cells.

use crate::mapping::{Escape, Layout};
use memchr::memchr2;
use std::borrow::Cow;

/// One cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    pub text: Cow<'t, str>,
    /// Offset in the text.
    pub at: usize,
    pub kind: CellKind,
}

/// What an Excel sheet says of a cell; a delimited file says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    #[default]
    Text,
    Date,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'t> {
    pub cells: Vec<Cell<'t>>,
    /// From 1.
    pub line: u32,
    /// Offsets in the text, without the line end.
    pub start: usize,
    pub end: usize,
    /// A quote was never closed, or by one of another row: the line was read without quotes.
    pub stray_quote: bool,
}

impl Row<'_> {
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }
}

/// A quoted cell that is longer than this was never closed.
pub const LONGEST_CELL: usize = 16 << 10;

/// The rows of a text, one after the other.
#[derive(Clone)]
pub struct Rows<'t, 'l> {
    text: &'t str,
    layout: &'l Layout,
    at: usize,
    line: u32,
}

impl<'t, 'l> Rows<'t, 'l> {
    pub const fn new(text: &'t str, layout: &'l Layout) -> Self {
        Self { text, layout, at: 0, line: 1 }
    }

    /// The row that starts at `start`, read by quotes; `None` where one is never closed.
    fn quoted(&self, start: usize) -> Option<(Vec<Cell<'t>>, usize)> {
        let mut cells = Vec::new();
        let mut at = start;
        loop {
            let (cell, next) = self.cell(at)?;
            cells.push(cell);
            match self.text.get(next..) {
                Some(rest) if rest.starts_with(self.layout.delimiter.as_str()) => {
                    at = next + self.layout.delimiter.len();
                }
                _ => return Some((cells, next)),
            }
        }
    }

    /// A cell from `at` on, and where it ends.
    fn cell(&self, at: usize) -> Option<(Cell<'t>, usize)> {
        let rest = self.text.get(at..)?;
        let Some(inner) = rest.strip_prefix('"') else {
            let end = self.plain_end(rest);
            return Some((Cell { text: rest.get(..end)?.into(), at, kind: CellKind::Text }, at + end));
        };
        let mut text: Cow<'t, str> = Cow::Borrowed("");
        let mut from = 0;
        loop {
            let close = from + inner.get(from..)?.find('"').filter(|close| *close < LONGEST_CELL)?;
            let piece = inner.get(from..close)?;
            let behind = inner.get(close + 1..)?;
            if self.layout.escape == Escape::Backslash && piece.ends_with('\\') {
                push(&mut text, piece.strip_suffix('\\').unwrap_or(piece));
                text.to_mut().push('"');
                from = close + 1;
            } else if self.layout.escape == Escape::Doubled && behind.starts_with('"') {
                push(&mut text, piece);
                text.to_mut().push('"');
                from = close + 2;
            } else {
                push(&mut text, piece);
                // What stands between the quote and the delimiter belongs to the cell. Behind a line end it tells that this quote
                // opens a cell of another row.
                let tail = self.plain_end(behind);
                let rest = behind.get(..tail)?.trim_end();
                if !rest.is_empty() && holds_line_end(inner.get(..close)?) {
                    return None;
                }
                push(&mut text, rest);
                return Some((Cell { text, at, kind: CellKind::Text }, at + 1 + close + 1 + tail));
            }
            if text.len() > LONGEST_CELL {
                return None;
            }
        }
    }

    /// Where a cell without quotes ends.
    fn plain_end(&self, rest: &str) -> usize {
        let line = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let within = rest.get(..line).unwrap_or(rest);
        within.find(self.layout.delimiter.as_str()).unwrap_or(line)
    }

    fn split(&self, line: &'t str, start: usize) -> Vec<Cell<'t>> {
        let mut at = start;
        let pieces = line.split(self.layout.delimiter.as_str());
        let cells = pieces.map(|piece| {
            let cell = Cell { text: piece.into(), at, kind: CellKind::Text };
            at += piece.len() + self.layout.delimiter.len();
            cell
        });
        cells.collect()
    }

    /// A line whose quotes are no pairs; they are no part of the values.
    fn split_strays(&self, line: &'t str, start: usize) -> Vec<Cell<'t>> {
        let mut cells = self.split(line, start);
        for cell in &mut cells {
            if let Cow::Borrowed(text) = cell.text {
                cell.text = text.trim_matches('"').into();
            }
        }
        cells
    }

    /// Whether every line of what the quotes make one row has all the cells of a row by itself: two quotes that strayed into two
    /// rows look like a cell with a line end, and would give one patient what another has.
    fn is_several_rows(&self, row: &str, cells: usize) -> bool {
        let count = |line: &str| line.split(self.layout.delimiter.as_str()).count();
        cells > 1 && row.split(['\r', '\n']).filter(|line| !line.is_empty()).all(|line| count(line) == cells)
    }
}

fn push<'t>(text: &mut Cow<'t, str>, piece: &'t str) {
    if text.is_empty() {
        *text = Cow::Borrowed(piece);
    } else if !piece.is_empty() {
        text.to_mut().push_str(piece);
    }
}

impl<'t> Iterator for Rows<'t, '_> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or(rest);
        let number = self.line;
        let has_quote = self.layout.quotes && line.contains('"');
        let (cells, end, stray_quote) = match has_quote.then(|| self.quoted(start)) {
            Some(Some((cells, end))) => {
                let row = self.text.get(start..end).unwrap_or_default();
                match end > start + length && self.is_several_rows(row, cells.len()) {
                    true => (self.split_strays(line, start), start + length, true),
                    false => (cells, end, false),
                }
            }
            Some(None) => (self.split_strays(line, start), start + length, true),
            None => (self.split(line, start), start + length, false),
        };
        let inside = self.text.get(start..end).unwrap_or_default();
        let lines = inside.bytes().enumerate().filter(|(at, byte)| is_line_end(inside, *at, *byte)).count();
        self.line = number.saturating_add(1).saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        let behind = self.text.get(end..).unwrap_or_default();
        self.at = end + if behind.starts_with("\r\n") { 2 } else { usize::from(!behind.is_empty()) };
        Some(Row { cells, line: number, start, end, stray_quote })
    }
}

fn holds_line_end(text: &str) -> bool {
    memchr2(b'\n', b'\r', text.as_bytes()).is_some()
}

/// LF, and CR without one.
fn is_line_end(text: &str, at: usize, byte: u8) -> bool {
    byte == b'\n' || (byte == b'\r' && text.as_bytes().get(at + 1) != Some(&b'\n'))
}

/// The delimiter that stands equally often in all of the first lines, if there is one.
pub fn guess_delimiter(text: &str) -> Option<&'static str> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    if !lines.is_empty() && lines.iter().all(|line| line.contains(",:,")) {
        return Some(",:,");
    }
    let score = |delimiter: &&str| {
        let counts: Vec<usize> = lines.iter().map(|line| line.matches(*delimiter).count()).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let equal = counts.iter().filter(|count| **count == most).count();
        (usize::from(most > 0) * equal, most)
    };
    ["\t", ",", ";", "|"].into_iter().rev().max_by_key(|delimiter| score(delimiter)).filter(|best| score(best).1 > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::{Shape, Undecodable};

    pub fn layout(delimiter: &str, quotes: bool, escape: Escape) -> Layout {
        Layout {
            shape: Shape::Delimited,
            encoding: None,
            undecodable: Undecodable::Replace,
            delimiter: delimiter.to_owned(),
            quotes,
            escape,
            header: 0,
            names_row: 0,
            comment: Vec::new(),
            footer: 0,
            columns: None,
            record_length: None,
            sheet: None,
        }
    }

    fn split(text: &str, layout: &Layout) -> Vec<(u32, Vec<String>)> {
        let texts = |row: Row<'_>| (row.line, row.cells.iter().map(|cell| cell.text.to_string()).collect());
        Rows::new(text, layout).map(texts).collect()
    }

    #[test]
    fn cells_are_told_apart_in_every_dialect() {
        let plain = layout(",", true, Escape::Doubled);
        for (text, layout, rows) in [
            ("a,b\r\nc,\n", &plain, vec![(1, vec!["a", "b"]), (2, vec!["c", ""])]),
            ("a\rb", &plain, vec![(1, vec!["a"]), (2, vec!["b"])]),
            ("\"a,b\",\"c\"\"d\"\n", &plain, vec![(1, vec!["a,b", "c\"d"])]),
            ("\"a\nb\",c\nd,e\n", &plain, vec![(1, vec!["a\nb", "c"]), (3, vec!["d", "e"])]),
            ("a\"b,c\n", &plain, vec![(1, vec!["a\"b", "c"])]),
            ("\"a,b\nc,d\n", &plain, vec![(1, vec!["a", "b"]), (2, vec!["c", "d"])]),
            // Strayed quotes of two rows are no pair, whatever stands behind the second one.
            (
                "1,\"a,x\n2,b,y\n3,\"c,z\n",
                &plain,
                vec![(1, vec!["1", "a", "x"]), (2, vec!["2", "b", "y"]), (3, vec!["3", "c", "z"])],
            ),
            ("1,\"a,x\n2,b\",y\n", &plain, vec![(1, vec!["1", "a", "x"]), (2, vec!["2", "b\"", "y"])]),
            ("1,\"a, b\nc\",y\n", &plain, vec![(1, vec!["1", "a, b\nc", "y"])]),
            ("\"a\"x,b\n", &plain, vec![(1, vec!["ax", "b"])]),
            ("\"a\",\"b\"", &layout(",", false, Escape::Doubled), vec![(1, vec!["\"a\"", "\"b\""])]),
            ("\"a\\\"b\",c", &layout(",", true, Escape::Backslash), vec![(1, vec!["a\"b", "c"])]),
            ("1,:,山田,太郎,:,2", &layout(",:,", true, Escape::Doubled), vec![(1, vec!["1", "山田,太郎", "2"])]),
            ("a\t\"\"\tb", &layout("\t", true, Escape::Doubled), vec![(1, vec!["a", "", "b"])]),
        ] {
            let rows: Vec<_> =
                rows.into_iter().map(|(line, cells)| (line, cells.into_iter().map(str::to_owned).collect())).collect();
            assert_eq!(split(text, layout), rows, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_takes_one_line_only() {
        let layout = layout(",", true, Escape::Doubled);
        let text = format!("\"a,1\n{}", "b,2\n".repeat(10_000));
        let rows: Vec<_> = Rows::new(&text, &layout).collect();
        assert_eq!(rows.len(), 10_001);
        assert!(rows[0].stray_quote && !rows[1].stray_quote);
    }

    #[test]
    fn the_delimiter_is_what_stands_equally_often() {
        assert_eq!(guess_delimiter("a,b,c\nd,e,f\n"), Some(","));
        assert_eq!(guess_delimiter("a\tb,c\td\ne\tf\tg,h,i\n"), Some("\t"));
        assert_eq!(guess_delimiter("1,:,2\n3,:,4\n"), Some(",:,"));
        assert_eq!(guess_delimiter("abc\n"), None);
    }
}
