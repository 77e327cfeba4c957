//! Lines and their columns.

use std::ops::Range;

/// A line: its columns, and where it stands in the text.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    fields: Vec<&'t str>,
    /// 1-based.
    pub line: u32,
    pub range: Range<usize>,
}

impl<'t> Row<'t> {
    /// Column 0 is the record number. Trailing columns may be left off: what is not there is empty.
    pub fn field(&self, at: usize) -> &'t str {
        self.fields.get(at).copied().unwrap_or_default()
    }

    /// The columns as far as one of them holds something.
    fn filled(&self) -> impl DoubleEndedIterator<Item = &'t str> + '_ {
        let last = self.fields.iter().rposition(|field| !field.trim().is_empty()).map_or(0, |last| last + 1);
        self.fields.iter().take(last).map(|field| field.trim())
    }

    /// How many columns are written, empty ones at the end too.
    pub const fn columns(&self) -> usize {
        self.fields.len()
    }

    /// How many columns there are, as far as one of them holds something.
    pub fn width(&self) -> usize {
        self.filled().count()
    }

    /// Whether two lines say the same, wherever they stand.
    pub fn says_as(&self, other: &Self) -> bool {
        self.filled().eq(other.filled())
    }

    /// The record number; `None` where the line does not begin with one.
    pub fn number(&self) -> Option<u16> {
        let first = self.field(0).trim();
        let plain = (1..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit());
        first.parse().ok().filter(|_| plain)
    }
}

/// All lines that hold something.
pub fn rows(text: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let (mut start, mut line) = (0, 1_u32);
    let bytes = text.as_bytes();
    while start <= bytes.len() {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (range, content) = (start..start + length, rest.get(..length).unwrap_or_default());
        // Scanners fill up with control characters.
        if !content.chars().all(|c| c.is_whitespace() || c.is_control()) {
            rows.push(Row { fields: content.split(',').collect(), line, range });
        }
        let end = rest.get(length..).unwrap_or_default();
        start += length + if end.starts_with("\r\n") { 2 } else { 1 };
        line = line.saturating_add(1);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_ends_a_line() {
        let read = |text| -> Vec<(u32, Option<u16>, &str)> {
            rows(text).iter().map(|row| (row.line, row.number(), row.field(1))).collect()
        };
        for text in ["1,a\r\n\r\n22,b", "1,a\n\n22,b\n", "1,a\r\r22,b\r"] {
            assert_eq!(read(text), [(1, Some(1), "a"), (3, Some(22), "b")], "{text:?}");
        }
        assert_eq!(read("x,a\n1234,b\n"), [(1, None, "a"), (2, None, "b")]);
        assert!(read("").is_empty() && read(" \n").is_empty() && read("\n\0\0\n").is_empty());
        assert_eq!(rows("1,a")[0].field(9), "");
    }

    #[test]
    fn columns_left_off_at_the_end_are_empty_ones() {
        let read = rows("1,a,,\r\n1, a\r\n1,b\r\n");
        assert!(read[0].says_as(&read[1]) && !read[0].says_as(&read[2]));
        assert_eq!(read.iter().map(Row::width).collect::<Vec<_>>(), [2, 2, 2]);
    }
}
