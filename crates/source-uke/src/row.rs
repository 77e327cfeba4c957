use std::{borrow::Cow, ops::Range};
use tsugite_charset::{Decoded, to_half_width};
use tsugite_issue::{Address, Origin};
use tsugite_source::Input;

/// One line: a record (レコード).
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    text: &'t str,
    /// Place of `text` in the decoded text.
    start: usize,
    /// 1-based.
    line: u32,
}

impl<'t> Row<'t> {
    /// レコード識別情報.
    pub fn id(&self) -> &'t str {
        self.field(0)
    }

    /// A column, 0 being the record's id. Columns that were left off at the end of the line are empty; quotes that a spreadsheet
    /// added, and blanks around a value, are no part of it.
    pub fn field(&self, column: usize) -> &'t str {
        clean(cells(self.text).nth(column).unwrap_or_default())
    }

    /// A code or number, in half width.
    pub fn code(&self, column: usize) -> Cow<'t, str> {
        to_half_width(self.field(column))
    }

    /// Columns from one on.
    pub fn fields_from(&self, column: usize) -> impl Iterator<Item = &'t str> {
        cells(self.text).skip(column).map(clean)
    }

    pub fn origin(&self, decoded: &Decoded<'_>, input: &Input<'_>) -> Origin {
        let span: Range<usize> = self.start..self.start + self.text.len();
        input.origin(decoded.span(span), Address::Position { line: self.line, column: 1 })
    }

    /// Where the row ends in the text.
    pub const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Columns stand between commas. The format knows no quotes; where a spreadsheet has put them around a comma, it is no border.
fn cells(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let quoted = here.strip_prefix('"').and_then(|inner| inner.split_once('"'));
        if let Some((cell, behind)) = quoted
            && (behind.is_empty() || behind.starts_with(','))
        {
            rest = behind.strip_prefix(',');
            return Some(cell);
        }
        let (cell, behind) = here.split_once(',').map_or((here, None), |(cell, behind)| (cell, Some(behind)));
        rest = behind;
        Some(cell)
    })
}

fn clean(field: &str) -> &str {
    field.trim_matches(|c: char| c == '"' || c.is_whitespace())
}

/// The lines that are not blank. CR, LF and CRLF end a line.
pub fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let mut start = 0;
    let mut line = 0_u32;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
            let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
            let (here, behind) = rest.split_at(end);
            let row = Row { text: here, start, line: line + 1 };
            let ends = if behind.starts_with("\r\n") { 2 } else { 1 };
            start += end + ends;
            line = line.saturating_add(1);
            if !here.trim().is_empty() {
                return Some(row);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_missing_are_empty_and_quotes_are_no_part_of_a_value() {
        let rows: Vec<_> = rows("SY,2500013,20210801\r\n\r\n\"SY\",\" ８８４８１７６ \"\nGO").collect();
        let ids: Vec<_> = rows.iter().map(|row| (row.id(), row.line)).collect();
        assert_eq!(ids, [("SY", 1), ("SY", 3), ("GO", 4)]);
        assert_eq!((rows[0].field(2), rows[0].field(3), rows[0].field(99)), ("20210801", "", ""));
        assert_eq!(rows[1].code(1), "8848176");
    }

    #[test]
    fn a_comma_between_quotes_is_no_border_and_a_stray_quote_hides_none() {
        let fields = |line: &'static str| rows(line).next().unwrap().fields_from(0).collect::<Vec<_>>();
        assert_eq!(fields("SY,\"胃癌,再発の疑い\",01"), ["SY", "胃癌,再発の疑い", "01"]);
        assert_eq!(fields("\"SY\",\"胃癌\",\"\""), ["SY", "胃癌", ""]);
        assert_eq!(fields("SY,\"胃癌,01,\"x\"y"), ["SY", "胃癌", "01", "x\"y"]);
        assert_eq!(fields("SY,,"), ["SY", "", ""]);
    }
}
