//! Reading a file by a mapping.

mod damage;
mod delimited;
mod fill;
mod fixed;
mod line;
mod part;
mod reading;
mod rules;
mod sheet;
mod values;

pub use delimited::{CellKind, Row, Rows, guess_delimiter};
pub use fill::fill;
pub use fixed::records;
pub use line::Line;
pub use part::{Head, cut};
pub use rules::{Headings, rules};
pub use sheet::{SIGNATURE, sheet};
pub use values::Values;

use crate::{
    issues,
    mapping::{Layout, Mapping, Shape, VersionSource},
};
use reading::Reading;
use sheet::Sheet;
use std::{borrow::Cow, collections::BTreeMap};
use tsugite_charset::{Encoding, decode, detect};
use tsugite_clinical::DateTime;
use tsugite_issue::Issue;
use tsugite_source::{Context, Input, Sink};

/// The headings that a text begins with, as they are written.
pub fn headings_of(mapping: &Mapping, text: &str) -> Vec<String> {
    Rows::new(text, &mapping.layout).nth(mapping.layout.names_row).map(|row| names(&row)).unwrap_or_default()
}

pub fn names(row: &Row<'_>) -> Vec<String> {
    row.cells.iter().map(|cell| cell.text.trim().to_owned()).collect()
}

/// Reads the whole input, or a part of it, into the sink.
pub fn read(mapping: &Mapping, input: &Input<'_>, context: &Context, sink: &mut Sink) {
    match mapping.layout.shape {
        Shape::Fixed => read_fixed(mapping, input, context, sink),
        Shape::Delimited if input.bytes.starts_with(SIGNATURE) => read_sheet(mapping, input, context, sink),
        Shape::Delimited => read_delimited(mapping, input, context, sink),
    }
}

fn read_delimited(mapping: &Mapping, input: &Input<'_>, context: &Context, sink: &mut Sink) {
    let layout = &mapping.layout;
    let head = Head::read(input.head());
    let encoding = head.as_ref().map(|head| head.encoding).or(layout.encoding);
    let encoding = encoding.unwrap_or_else(|| {
        let detection = detect(&input.bytes, None);
        detection.issues(&input.name).into_iter().for_each(|issue| sink.issue(input.told(issue)));
        detection.encoding
    });
    let decoded = decode(&input.bytes, encoding, &context.gaiji);
    decoded.issues(&input.name).into_iter().for_each(|issue| sink.issue(input.told(issue)));
    let text: &str = &decoded.text;
    let end = if input.goes_on() { text.len() } else { without_footer(text, layout.footer) };
    let body = text.get(..end).unwrap_or(text);
    let mut rows = Rows::new(body, layout);
    let head_lines: Vec<Vec<String>> = match &head {
        Some(head) => head.lines.clone(),
        None => rows.by_ref().take(layout.header).map(|row| names(&row)).collect(),
    };
    let Some(mut reading) = begin(mapping, &head_lines, input, context, sink) else { return };
    // A footer and the parts of a large file end where they should.
    let may_be_cut = !input.goes_on() && layout.footer == 0 && !ends_a_line(text);
    let whole = |row: &Row<'_>| !(says_nothing(layout, row) || may_be_cut && row.end == end);
    let usual = usual_cells(rows.clone().filter(whole));
    let least = reading.expect_cells(usual);
    for row in rows {
        if says_nothing(layout, &row) {
            continue;
        }
        let stray = row.stray_quote;
        let is_cut = may_be_cut && row.end == end && least.is_some_and(|least| row.cells.len() < least);
        let line = Line::Cells { row, decoded: &decoded };
        if stray {
            reading.tell(Issue::new(&issues::STRAY_QUOTE), &line);
        }
        reading.line(&line, is_cut.then_some(&issues::ROW_CUT));
    }
    reading.end();
}

/// Cells that most of the first rows have.
fn usual_cells<'t>(rows: impl Iterator<Item = Row<'t>>) -> Option<usize> {
    let mut counts = BTreeMap::<usize, usize>::new();
    rows.take(50).for_each(|row| *counts.entry(row.cells.len()).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, rows)| *rows).map(|(cells, _)| cells)
}

/// Whatever marks the end of the file behind it.
fn ends_a_line(text: &str) -> bool {
    text.trim_end_matches(['\u{1A}', '\0']).ends_with(['\r', '\n'])
}

fn read_sheet(mapping: &Mapping, input: &Input<'_>, context: &Context, sink: &mut Sink) {
    let layout = &mapping.layout;
    let Sheet { name, rows, others } = match sheet(&input.bytes, layout.sheet.as_deref(), usize::MAX) {
        Ok(sheet) => sheet,
        Err(reason) => {
            let issue = Issue::new(&issues::SHEET_UNREADABLE).with("reason", reason);
            return sink.unreadable(issue.at(input.whole()));
        }
    };
    if others > 0 {
        sink.issue(Issue::new(&issues::SHEETS_UNREAD).with("count", others.to_string()).at(input.whole()));
    }
    let head_lines: Vec<Vec<String>> = rows.iter().take(layout.header).map(names).collect();
    let Some(mut reading) = begin(mapping, &head_lines, input, context, sink) else { return };
    let body = rows.len().saturating_sub(layout.footer);
    for row in rows.into_iter().take(body).skip(layout.header) {
        if !says_nothing(layout, &row) {
            reading.line(&Line::Sheet { row, sheet: &name }, None);
        }
    }
    reading.end();
}

fn begin<'r>(
    mapping: &'r Mapping,
    head_lines: &[Vec<String>],
    input: &'r Input<'r>,
    context: &Context,
    sink: &'r mut Sink,
) -> Option<Reading<'r>> {
    let headings = Headings::new(
        head_lines.get(mapping.layout.names_row).cloned().unwrap_or_default(),
        title_row(mapping).and_then(|row| head_lines.get(row)).cloned().unwrap_or_default(),
    )
    .of_file(input.file_name());
    let first_lines: Vec<String> = head_lines.iter().map(|line| line.join(",")).collect();
    Reading::begin(mapping, &headings, &first_lines, input, context, sink)
}

/// Blank rows and comments.
fn says_nothing(layout: &Layout, row: &Row<'_>) -> bool {
    let first = row.cells.first().map_or("", |cell| cell.text.trim_start());
    row.is_blank() || layout.comment.iter().any(|mark| first.starts_with(mark.as_str()))
}

fn title_row(mapping: &Mapping) -> Option<usize> {
    mapping.rows.iter().find_map(|row| row.wide_headings.as_ref()?.title_row)?.checked_sub(1)
}

/// Where the last lines begin that say nothing.
fn without_footer(text: &str, lines: usize) -> usize {
    let mut end = text.len();
    for _ in 0..lines {
        let body = text.get(..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
        end = body.rfind(['\r', '\n']).map_or(0, |at| at + 1);
    }
    end
}

fn read_fixed(mapping: &Mapping, input: &Input<'_>, context: &Context, sink: &mut Sink) {
    let layout = &mapping.layout;
    let encoding = layout.encoding.unwrap_or_else(|| match detect(&input.bytes, None).encoding {
        Encoding::Ascii => Encoding::ShiftJis,
        found => found,
    });
    let headings = Headings::default().of_file(input.file_name());
    let Some(mut reading) = Reading::begin(mapping, &headings, &[], input, context, sink) else { return };
    let length = layout.record_length.unwrap_or(usize::MAX);
    let has_lines = input.bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n'));
    for record in records(&input.bytes, length).skip(layout.header) {
        let line = Line::Bytes { record, encoding, gaiji: &context.gaiji };
        if record.bytes.len() < length && length != usize::MAX && record.bytes.len() < least(mapping) {
            let issue = Issue::new(&issues::RECORD_SHORT).with("length", record.bytes.len().to_string());
            reading.tell(issue, &line);
        }
        // Without line ends every record has its length; only the end of the file can cut one.
        let is_cut = !has_lines && length != usize::MAX && record.bytes.len() < length;
        reading.line(&line, is_cut.then_some(&issues::ROW_CUT));
    }
    reading.end();
}

/// A record that is shorter than this says hardly anything.
fn least(mapping: &Mapping) -> usize {
    mapping.layout.record_length.unwrap_or(0) / 4
}

/// The date in a file's name or heading, as a version.
pub(crate) fn version_of_file(mapping: &Mapping, file_name: &str, head: &[String]) -> Option<Option<DateTime>> {
    match &mapping.version_from {
        VersionSource::Receipt | VersionSource::Field(_) => None,
        VersionSource::FileName(pattern) => Some(pattern.find(&half(file_name), None)),
        VersionSource::Line(at, pattern) => Some(head.get(*at).and_then(|line| pattern.find(&half(line), None))),
    }
}

fn half(text: &str) -> Cow<'_, str> {
    tsugite_charset::to_half_width(text)
}
