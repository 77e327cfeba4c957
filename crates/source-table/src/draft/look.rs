//! What the bytes show: encoding, delimiter, headings, columns.

use super::column::Column;
use crate::{
    mapping::{Escape, Layout, Shape, Undecodable, key},
    read::{self, Rows, guess_delimiter},
    target::Target,
};
use std::collections::BTreeMap;
use tsugite_charset::{Encoding, GaijiTable, decode, detect};
use tsugite_issue::Lang;

/// Rows that are looked at.
const ROWS: usize = 200;
const WINDOW: usize = 256 << 10;

pub struct Look {
    /// `None` for an Excel sheet.
    pub encoding: Option<Encoding>,
    /// Why this encoding.
    pub encoding_evidence: String,
    pub delimiter: String,
    pub header: bool,
    pub header_evidence: String,
    pub columns: Vec<Column>,
    pub rows: usize,
    /// It can be read, and its rows have columns.
    pub is_table: bool,
    /// Bytes of a record, where the file looks like one of fixed width.
    pub record_length: Option<usize>,
    pub sheet: Option<String>,
}

impl Look {
    pub fn at(bytes: &[u8]) -> Self {
        if bytes.starts_with(read::SIGNATURE) {
            return Self::at_sheet(bytes);
        }
        let window = bytes.get(..WINDOW).unwrap_or(bytes);
        let window = match window.iter().rposition(|byte| *byte == b'\n') {
            Some(last) if window.len() < bytes.len() => window.get(..=last).unwrap_or(window),
            _ => window,
        };
        let detection = detect(window, None);
        let gaiji = GaijiTable::default();
        let decoded = decode(window, detection.encoding, &gaiji);
        let delimiter = guess_delimiter(&decoded.text);
        let layout = Layout {
            shape: Shape::Delimited,
            encoding: None,
            undecodable: Undecodable::Replace,
            delimiter: delimiter.unwrap_or(",").to_owned(),
            quotes: true,
            escape: Escape::Doubled,
            header: 0,
            names_row: 0,
            comment: Vec::new(),
            footer: 0,
            columns: None,
            record_length: None,
            sheet: None,
        };
        let rows: Vec<Vec<String>> = Rows::new(&decoded.text, &layout)
            .filter(|row| !row.is_blank())
            .take(ROWS)
            .map(|row| read::names(&row))
            .collect();
        let mut look = Self::of_rows(&rows);
        look.encoding = Some(detection.encoding);
        look.encoding_evidence = detection.describe(Lang::Ja);
        look.delimiter = layout.delimiter;
        if delimiter.is_none() {
            look.record_length = record_length(bytes);
            look.is_table = look.record_length.is_some();
        }
        look.is_table &= is_text(&decoded.text) && !has_zeros(window, detection.encoding);
        look
    }

    fn at_sheet(bytes: &[u8]) -> Self {
        match read::sheet(bytes, None, ROWS) {
            Ok(sheet) => {
                let rows: Vec<Vec<String>> = sheet.rows.iter().map(read::names).collect();
                Self { sheet: Some(sheet.name), ..Self::of_rows(&rows) }
            }
            Err(_) => Self::of_rows(&[]),
        }
    }

    fn of_rows(rows: &[Vec<String>]) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let (header, header_evidence) = header(rows);
        let body = rows.get(usize::from(header)..).unwrap_or_default();
        let columns = (0..width).map(|at| {
            let title = rows.first().filter(|_| header).and_then(|row| row.get(at)).cloned().unwrap_or_default();
            let cells: Vec<&str> = body.iter().filter_map(|row| row.get(at)).map(String::as_str).collect();
            Column::of(at, &title, &cells)
        });
        Self {
            encoding: None,
            encoding_evidence: String::new(),
            delimiter: ",".to_owned(),
            header,
            header_evidence,
            columns: columns.collect(),
            rows: body.len(),
            is_table: has_columns(rows),
            record_length: None,
            sheet: None,
        }
    }

    /// The target whose fields the headings name most often, if it is clear.
    pub fn target(&self) -> Option<(Target, usize)> {
        let score = |target: &Target| {
            let named = target.fields().iter().filter(|field| self.named(field.headings).is_some()).count();
            // What every list has says nothing.
            let common = ["patient", "id", "birth_date", "sex", "name"];
            let own = target.fields().iter().filter(|field| !common.contains(&field.name));
            (own.filter(|field| self.named(field.headings).is_some()).count(), named)
        };
        let mut ranked: Vec<_> = Target::ALL.iter().map(|target| (score(target), *target)).collect();
        ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        match ranked.as_slice() {
            [((own, named), best), ((second, _), _), ..] if *own >= 2 && own > second => Some((*best, *named)),
            _ => None,
        }
    }

    /// The column with one of these headings.
    pub fn named(&self, headings: &[&str]) -> Option<&Column> {
        headings.iter().find_map(|heading| {
            let wanted = key(heading);
            self.columns.iter().find(|column| !column.title.is_empty() && key(&column.title) == wanted)
        })
    }
}

/// Seven of ten rows have the same columns, two or more.
fn has_columns(rows: &[Vec<String>]) -> bool {
    let mut counts = BTreeMap::<usize, usize>::new();
    rows.iter().for_each(|row| *counts.entry(row.len()).or_default() += 1);
    let most = counts.iter().filter(|(cells, _)| **cells > 1).map(|(_, rows)| *rows).max().unwrap_or(0);
    most > 0 && most * 10 >= rows.len() * 7
}

/// Hardly a character in a hundred is none, or one that controls a device.
fn is_text(text: &str) -> bool {
    let is_strange = |c: &char| *c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\r' | '\n' | '\t' | '\u{1A}'));
    text.chars().filter(is_strange).count() * 100 <= text.chars().count()
}

/// Zeros that are no half of a character, but for some padding.
fn has_zeros(bytes: &[u8], encoding: Encoding) -> bool {
    let is_wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    !is_wide && bytes.iter().filter(|byte| **byte == 0).count() * 100 > bytes.len()
}

/// The first row names columns where none of its cells is a number or a date, and rows below have such cells.
fn header(rows: &[Vec<String>]) -> (bool, String) {
    let Some(first) = rows.first() else { return (false, "行がありません".to_owned()) };
    let known = |cell: &&String| {
        let wanted = key(cell);
        Target::ALL
            .iter()
            .flat_map(|target| target.fields())
            .any(|field| field.headings.iter().any(|name| key(name) == wanted))
    };
    let words = first.iter().filter(known).count();
    if words >= 2 {
        return (true, format!("1行目に列名らしい語が {words} 個あります"));
    }
    let has_digit = |cell: &&String| cell.chars().any(|c| c.is_ascii_digit());
    let digits = first.iter().filter(has_digit).count();
    let below = rows.get(1).map_or(0, |row| row.iter().filter(has_digit).count());
    if digits == 0 && below > 0 {
        return (true, "1行目に数字がなく、2行目にはあります".to_owned());
    }
    (false, format!("1行目の {digits} 列に数字があり、列名らしい語は {words} 個です"))
}

/// Lines of one length, or a length that laboratories use.
fn record_length(bytes: &[u8]) -> Option<usize> {
    let mut lengths = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line).len());
    let first = lengths.next().filter(|length| *length >= 20)?;
    let lines = lengths.filter(|length| *length > 1).collect::<Vec<_>>();
    if !lines.is_empty() && lines.iter().all(|length| *length == first) {
        return Some(first);
    }
    let content = bytes.iter().rposition(|byte| !matches!(byte, 0x1A | 0 | b'\r' | b'\n')).map_or(0, |last| last + 1);
    (lines.is_empty() && content > 256 && content.is_multiple_of(256)).then_some(256)
}
