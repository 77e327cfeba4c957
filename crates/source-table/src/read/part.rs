//! Where a large file can be cut, so that its parts are read by themselves.

use super::{Line, Rows, delimited::LONGEST_CELL, names};
use crate::{
    mapping::{Mapping, Role, Shape},
    target::{Target, lab, prescription},
};
use tsugite_charset::{Encoding, GaijiTable, decode, detect};

/// What the parts after the first need of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub mapping: String,
    pub encoding: Encoding,
    /// The heading rows.
    pub lines: Vec<Vec<String>>,
}

const SEPARATOR: char = '\u{1F}';

impl Head {
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty())?;
        let mut lines = text.split('\u{1E}');
        let mapping = lines.next()?.to_owned();
        let encoding = Encoding::from_label(lines.next()?)?;
        let lines = lines.map(|line| line.split(SEPARATOR).map(str::to_owned).collect()).collect();
        Some(Self { mapping, encoding, lines })
    }

    fn write(&self) -> Vec<u8> {
        let mut text = format!("{}\u{1E}{}", self.mapping, self.encoding.name());
        for line in &self.lines {
            text.push('\u{1E}');
            text.push_str(&line.join(&SEPARATOR.to_string()));
        }
        text.into_bytes()
    }
}

/// Laboratory results and prescriptions only: a whole list speaks for the whole file, and rows of a patient list meet.
fn may_be_cut(mapping: &Mapping) -> bool {
    mapping.layout.shape == Shape::Delimited
        && mapping.layout.footer == 0
        && mapping.targets().iter().all(|target| matches!(target, Target::Lab | Target::Prescription))
        && !mapping.whole_list
        && mapping.rows.iter().all(|row| row.key.is_none())
}

/// Length of the first part of `window` that ends where a report does. Rows of one report that do not stand together may come into
/// several parts; they meet again in the chart, but what is alike among them is told apart inside of each part only.
pub fn cut(mapping: &Mapping, head: &mut Vec<u8>, window: &[u8]) -> Option<usize> {
    if !may_be_cut(mapping) {
        return None;
    }
    let known = Head::read(head);
    let first = known.is_none();
    let encoding = known.as_ref().map(|head| head.encoding).or(mapping.layout.encoding);
    let encoding = encoding.unwrap_or_else(|| detect(window, None).encoding);
    if matches!(encoding, Encoding::Utf16Be | Encoding::Utf16Le) {
        return None;
    }
    // The last line of the window may be cut in the middle of a character.
    let end = window.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1)?;
    let gaiji = GaijiTable::default();
    let decoded = decode(window.get(..end)?, encoding, &gaiji);
    let mut rows = Rows::new(&decoded.text, &mapping.layout);
    let known = known.unwrap_or_else(|| Head {
        mapping: mapping.name.to_string(),
        encoding,
        lines: rows.by_ref().take(mapping.layout.header).map(|row| names(&row)).collect(),
    });
    let headings = super::Headings::new(known.lines.get(mapping.layout.names_row).cloned().unwrap_or_default(), vec![]);
    let (rules, _) = super::rules::rules(mapping, &headings);
    let by_header = rules.iter().any(|rule| rule.role == Role::Header);
    let mut border = None;
    let mut before: Option<String> = None;
    let mut begun = false;
    for row in rows.filter(|row| !row.is_blank()) {
        let start = row.start;
        // It may be closed behind the window, and the lines until there are no rows.
        if row.stray_quote && decoded.text.len() - start <= LONGEST_CELL {
            break;
        }
        let line = Line::Cells { row, decoded: &decoded };
        let name = name_of_report(&rules, &line, by_header);
        // A row whose patient cannot be read stays with its neighbours: it may be one of theirs.
        let begins = match (&before, &name) {
            (Some(before), Some(name)) => before != name,
            (None, Some(_)) => by_header && begun,
            _ => false,
        };
        if begins {
            border = Some(start);
        }
        before = name;
        begun = true;
    }
    let at = usize::try_from(decoded.span(border?..border? + 1).start).ok()?;
    if first {
        *head = known.write();
    }
    (at > 0).then_some(at)
}

/// The cells that name the report of a row; of details that follow a header, nothing.
fn name_of_report(rules: &[super::rules::Rule], line: &Line<'_>, by_header: bool) -> Option<String> {
    let rule = rules.iter().find(|rule| rule.when.as_ref().is_none_or(|when| line.meets(when)))?;
    if by_header && rule.role != Role::Header {
        return None;
    }
    let record = rule.records.first()?;
    let fields: &[usize] = match record.target {
        Target::Lab => &[lab::PATIENT, lab::ORDER, lab::COLLECTED, lab::CARE_DAY],
        _ => &[prescription::PATIENT, prescription::ORDER, prescription::DATE],
    };
    let mut name = String::new();
    for field in fields {
        if let Some(Some(rule)) = record.fields.get(*field) {
            let found = line.field(rule);
            if *field == lab::PATIENT && found.text.trim().is_empty() {
                return None;
            }
            name.push_str(found.text.trim());
            name.push(SEPARATOR);
        }
    }
    // Headers of details: each begins a report of its own.
    if by_header {
        name.push_str(&line.number().to_string());
    }
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPPING: &str = r#"format = 1
name = "lab"
title = "検査"
[file]
header = 1
[[row]]
[row.lab]
patient = "番号"
order = "依頼"
name = "項目"
value = "結果"
comment = "注"
"#;

    #[test]
    fn a_part_ends_where_a_report_does_and_never_inside_of_a_cell() {
        let mapping = Mapping::parse("lab.toml", MAPPING, &|_| None).mapping.unwrap();
        let rows = "番号,依頼,項目,結果,注\n1,A,x,5,\n2,B,x,5,\n";
        for (tail, rest) in [
            ("3,C,x,5,\n3,C,y,5,\n", "3,C,x,5,\n3,C,y,5,\n"),
            ("3,C,x,5,\"one\ntwo\nthree\n", "2,B,x,5,\n3,C,x,5,\"one\ntwo\nthree\n"),
        ] {
            let text = format!("{rows}{tail}");
            let at = cut(&mapping, &mut Vec::new(), text.as_bytes()).unwrap();
            assert_eq!(text.get(at..).unwrap(), rest);
        }
    }
}
