//! Masters as `.xlsx`: the columns are found by their titles.

use super::{
    super::{Edition, Kind, table::Builder},
    Given, Imported, date,
    form::Form,
    layouts::{self, Workbook, is_general_code},
    of_kind, told, unknown,
};
use crate::issues;
use calamine::{Data, Range, Reader as _, Xlsx};
use std::{borrow::Cow, io::Cursor};
use tsugite_charset::to_half_width;
use tsugite_clinical::Date;
use tsugite_issue::Issue;

/// Rows in which a header may stand.
const HEAD: usize = 12;
const MOST_ISSUES: usize = 20;

pub fn read(given: Given<'_>) -> Result<Imported, Vec<Issue>> {
    let damaged = || vec![told(&issues::MASTER_UNREADABLE, given.name, 1, 1)];
    let mut book = Xlsx::new(Cursor::new(given.bytes)).map_err(|_| damaged())?;
    let mut sheets = Vec::new();
    for (name, sheet) in book.worksheets() {
        let known = layouts::WORKBOOKS.iter().find_map(|layout| Some((*layout, heads(layout, &sheet)?)));
        let known = known.or_else(|| Some((layouts::USAGE, usages(&name, &sheet)?)));
        sheets.extend(known.map(|(layout, head)| (layout, head, sheet)));
    }
    let Some((layout, ..)) = sheets.first() else {
        return Err(vec![unknown(given.name)]);
    };
    let kind = layout.kind;
    let kept = kind.layout();
    let mut rows = Rows {
        name: given.name,
        builder: Builder::new(kept.columns.len(), kept.indexes),
        count: 0,
        date: None,
        wrong: Vec::new(),
    };
    for (layout, head, sheet) in sheets.iter().filter(|(layout, ..)| layout.kind == kind) {
        rows.sheet(layout, head, sheet);
    }
    if !rows.wrong.is_empty() {
        return Err(rows.wrong);
    }
    if rows.count == 0 {
        return Err(vec![of_kind(told(&issues::MASTER_EMPTY, given.name, 1, 1), kind)]);
    }
    let date = given.date.or(rows.date).or_else(|| date::of_name(given.name));
    let Some(date) = date else { return Err(vec![told(&issues::MASTER_UNDATED, given.name, 1, 1)]) };
    let edition = Edition { kind, date, source: given.name.to_owned(), table: rows.builder.finish() };
    Ok(Imported { edition, partial: false })
}

/// The header row, and where each kept column stands.
struct Head {
    row: usize,
    places: Vec<Option<usize>>,
}

fn heads(layout: &Workbook, sheet: &Range<Data>) -> Option<Head> {
    for row in 0..HEAD.min(sheet.height()) {
        // Titles may stand in two lines, one below the other.
        let titles: Vec<String> = (0..sheet.width()).map(|column| title(sheet, row, column)).collect();
        let place = |wanted: &str| titles.iter().position(|title| title == wanted);
        if layout.required.iter().all(|wanted| place(wanted).is_some()) {
            let places = layout.columns.iter().map(|(names, _)| names.iter().find_map(|name| place(name))).collect();
            return Some(Head { row, places });
        }
    }
    None
}

/// 電子処方箋用法マスタ by the name of its sheet: its titles run over several lines.
fn usages(name: &str, sheet: &Range<Data>) -> Option<Head> {
    if !name.contains("用法マスタ") {
        return None;
    }
    let is_code = |row: &usize| Form::Letters(16, false).take(&cell(sheet, *row, 0), false).is_some();
    let first = (1..HEAD.min(sheet.height())).find(is_code)?;
    Some(Head { row: first - 1, places: [0, 7, 8, 9, 10].map(Some).to_vec() })
}

fn title(sheet: &Range<Data>, row: usize, column: usize) -> String {
    let text = cell(sheet, row, column);
    let half = to_half_width(&text);
    half.chars().filter(|c| !c.is_whitespace()).collect()
}

fn cell(sheet: &Range<Data>, row: usize, column: usize) -> Cow<'_, str> {
    match sheet.get((row, column)) {
        Some(Data::String(text)) => Cow::Borrowed(text.trim()),
        // Dates and codes that a spreadsheet took for a number.
        Some(Data::Float(number)) => Cow::Owned(format!("{number}")),
        Some(Data::Int(number)) => Cow::Owned(number.to_string()),
        _ => Cow::Borrowed(""),
    }
}

struct Rows<'a> {
    name: &'a str,
    builder: Builder,
    count: usize,
    date: Option<Date>,
    wrong: Vec<Issue>,
}

impl Rows<'_> {
    fn sheet(&mut self, layout: &Workbook, head: &Head, sheet: &Range<Data>) {
        let above = (0..head.row).flat_map(|row| (0..sheet.width()).map(move |column| (row, column)));
        self.date =
            self.date.or_else(|| above.filter_map(|(row, column)| date::of_text(&cell(sheet, row, column))).next());
        let start = sheet.start().unwrap_or_default();
        let mut last: Vec<String> = vec![String::new(); layout.columns.len()];
        for row in head.row + 1..sheet.height() {
            if self.wrong.len() >= MOST_ISSUES {
                return;
            }
            let cells: Vec<Cow<'_, str>> =
                head.places.iter().map(|at| at.map_or(Cow::Borrowed(""), |at| cell(sheet, row, at))).collect();
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            let mut cells: Vec<String> = cells.into_iter().map(Cow::into_owned).collect();
            // 例外コード品目対照表: the general name stands in the first row of its drugs only.
            if layout.kind == Kind::GeneralName && cells.first().is_some_and(String::is_empty) {
                for (cell, above) in cells.iter_mut().zip(&last).filter(|(cell, _)| cell.is_empty()) {
                    cell.clone_from(above);
                }
            }
            let line = row as u64 + u64::from(start.0) + 1;
            // A remark below the table has a first cell of its own and no second one.
            if cells.iter().filter(|cell| !cell.is_empty()).count() < 2 {
                continue;
            }
            if self.check(layout, head, &cells, line) {
                let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                self.builder.push(&cells);
                self.count += 1;
            }
            last = cells;
        }
    }

    fn check(&mut self, layout: &Workbook, head: &Head, cells: &[String], line: u64) -> bool {
        for (at, ((names, form), text)) in layout.columns.iter().zip(cells).enumerate() {
            let general = at > 0 || layout.kind != Kind::GeneralName || is_general_code(text);
            if form.take(text, false).is_none() || !general {
                let column = head.places.get(at).copied().flatten().map_or(1, |at| at + 1);
                let issue = told(&issues::MASTER_VALUE, self.name, line, column);
                let expected = form.expected();
                let title = names.first().copied().unwrap_or_default();
                let issue = issue.with("title", title).with("expected", expected.ja).with("expected_en", expected.en);
                self.wrong.push(issue.found(text));
                return false;
            }
        }
        true
    }
}
