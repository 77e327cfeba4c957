//! Masters as delimited text: CP932 or re-saved as UTF-8, quoted or not.

use super::{
    super::{Edition, Kind, table::Builder},
    Given, Imported, date,
    layouts::{self, Delimited, Field},
    of_kind, told, unknown,
};
use crate::issues;
use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use tsugite_charset::{Encoding, GaijiTable, decode, detect};
use tsugite_clinical::Date;
use tsugite_issue::Issue;

/// After so many wrong rows the rest will be wrong too.
const MOST_ISSUES: usize = 20;
/// 変更区分 of a row that did not change: a whole master has such rows.
const UNCHANGED: &str = "0";

pub fn read(given: Given<'_>) -> Result<Imported, Vec<Issue>> {
    let detected = detect(given.bytes, Some(Encoding::ShiftJis));
    let decoded = decode(given.bytes, detected.encoding, &GaijiTable::default());
    let text = decoded.text.strip_prefix('\u{feff}').unwrap_or(&decoded.text);
    let Some(layout) = recognise(text) else {
        return Err(vec![unknown(given.name).found(seen(text))]);
    };
    let mut rows =
        Rows { layout, name: given.name, text, builder: None, newest: None, whole: false, wrong: Vec::new() };
    rows.read();
    if !rows.wrong.is_empty() {
        return Err(rows.wrong);
    }
    let Some(builder) = rows.builder else {
        return Err(vec![of_kind(told(&issues::MASTER_EMPTY, given.name, 1, 1), layout.kind)]);
    };
    let date = given.date.or_else(|| date::of_name(given.name)).or(rows.newest);
    let Some(date) = date else { return Err(vec![told(&issues::MASTER_UNDATED, given.name, 1, 1)]) };
    let edition = Edition { kind: layout.kind, date, source: given.name.to_owned(), table: builder.finish() };
    Ok(Imported { edition, partial: layout.change.is_some() && !rows.whole })
}

fn reader(text: &str) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn recognise(text: &str) -> Option<&'static Delimited> {
    let mut rows = reader(text).into_records().filter_map(Result::ok).filter(|row| !is_blank(row));
    let first = rows.next()?;
    let second = rows.next().unwrap_or_default();
    layouts::ALL.iter().copied().find(|layout| (layout.is)(&first, &second))
}

fn is_blank(row: &StringRecord) -> bool {
    row.iter().all(|field| field.trim().is_empty())
}

/// What the first line looks like, for the message.
fn seen(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(60).collect()
}

struct Rows<'a> {
    layout: &'static Delimited,
    name: &'a str,
    text: &'a str,
    builder: Option<Builder>,
    /// The newest day that a row names.
    newest: Option<Date>,
    /// A row that did not change was seen.
    whole: bool,
    wrong: Vec<Issue>,
}

impl Rows<'_> {
    fn read(&mut self) {
        let mut reader = reader(self.text);
        let mut bytes = ByteRecord::new();
        let mut header = self.layout.header;
        while self.wrong.len() < MOST_ISSUES {
            let place = reader.position().byte();
            match reader.read_byte_record(&mut bytes) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    self.wrong.push(told(&issues::MASTER_UNREADABLE, self.name, self.line(place), 1));
                    break;
                }
            }
            // The text is UTF-8, so each of its fields is.
            let Ok(row) = StringRecord::from_byte_record(bytes.clone()) else { continue };
            if is_blank(&row) || std::mem::take(&mut header) {
                continue;
            }
            self.row(&row, place);
        }
    }

    /// The line of a row that begins at a byte, or behind the line ends there: the reader itself does not count CR LF as one.
    fn line(&self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.text.as_bytes().get(byte..).unwrap_or_default();
        let begin = byte + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let before = self.text.as_bytes().get(..begin).unwrap_or_default();
        1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
    }

    fn row(&mut self, row: &StringRecord, place: u64) {
        let change = self.layout.change.and_then(|at| row.get(at));
        self.whole |= change == Some(UNCHANGED);
        // A part of a master fills little more than the code.
        let may_be_empty = change.is_some_and(|change| change != UNCHANGED);
        if !self.layout.width.contains(&row.len()) {
            let expected = self.layout.width.start().to_string();
            let issue = told(&issues::MASTER_WIDTH, self.name, self.line(place), row.len());
            let issue = issue.with("expected", expected).with("actual", row.len().to_string());
            self.wrong.push(of_kind(issue, self.layout.kind));
            return;
        }
        let mut cells = Vec::with_capacity(self.layout.fields.len());
        for (at, field) in self.layout.fields.iter().enumerate() {
            let text = row.get(field.at).unwrap_or_default();
            let Some(cell) = field.form.take(text, may_be_empty && at > 0) else {
                self.wrong.push(self.other_form(field, text, self.line(place)));
                return;
            };
            cells.push(cell);
        }
        self.date(row);
        let mut cells: Vec<&str> = cells.iter().map(|cell| &**cell).collect();
        if let Some(hot9) = cells.get_mut(3).filter(|_| self.layout.kind == Kind::Hot) {
            *hot9 = hot9.get(..9).unwrap_or(hot9);
        }
        let kept = self.layout.kind.layout();
        self.builder.get_or_insert_with(|| Builder::new(kept.columns.len(), kept.indexes)).push(&cells);
    }

    fn other_form(&self, field: &Field, found: &str, line: u64) -> Issue {
        let issue = told(&issues::MASTER_VALUE, self.name, line, field.at + 1);
        let expected = field.form.expected();
        issue.with("title", field.title).with("expected", expected.ja).with("expected_en", expected.en).found(found)
    }

    fn date(&mut self, row: &StringRecord) {
        let days =
            self.layout.fields.iter().filter(|field| !field.title.contains("廃止") && !field.title.contains("経過"));
        let days = days.filter(|field| field.title.ends_with("日") || field.title.ends_with("日付"));
        let days = days.filter_map(|field| row.get(field.at).and_then(date::day));
        self.newest = days.chain(self.newest).max();
    }
}
