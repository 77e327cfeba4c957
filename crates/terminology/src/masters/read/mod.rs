//! Downloaded files to editions. What a file is, is told by its content; its name gives at most the date.

mod date;
mod delimited;
mod form;
mod layouts;
mod workbook;

use super::{Edition, Kind};
use crate::issues;
use std::io::{Cursor, Read as _};
use tsugite_clinical::Date;
use tsugite_issue::{Address, Definition, Digest, InputName, Issue, Lang, Origin, Span};
use zip::ZipArchive;

/// A file as the operator downloaded it.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// From when on the edition is in force, where the operator says so.
    pub date: Option<Date>,
}

/// A master that was read.
#[derive(Clone, Debug)]
pub struct Imported {
    pub edition: Edition,
    /// Only changes (変更区分) and no whole master: to be put over the edition before it, see [`Edition::with_changes`].
    pub partial: bool,
}

impl Imported {
    /// The edition that is kept, beside those that are known: a part is put over the edition before it, and files of one day
    /// that are parts of one master are joined.
    ///
    /// # Errors
    /// A part without an edition that it belongs to.
    pub fn beside<'e>(self, known: impl Iterator<Item = &'e Edition>) -> Result<Edition, Issue> {
        let (kind, date) = (self.edition.kind, self.edition.date);
        let known = known.filter(|edition| edition.kind == kind);
        if self.partial {
            let before = known.filter(|edition| edition.date <= date).max_by_key(|edition| edition.date);
            let missing = || {
                let name = &self.edition.source;
                of_kind(told(&issues::MASTER_PART_WITHOUT_WHOLE, name, 1, 1), kind)
            };
            return Ok(before.ok_or_else(missing)?.with_changes(&self.edition));
        }
        let part = layouts::part(kind);
        let same = known.filter(|edition| edition.date == date).last();
        Ok(match part.zip(same) {
            Some((part, same)) => same.joined_with(&self.edition, part),
            None => self.edition,
        })
    }
}

/// Unpacked, masters have some ten megabytes.
const MOST: u64 = 512 << 20;

/// Reads a downloaded file: a text, a workbook, or a zip with such files.
///
/// # Errors
/// What is wrong, with line and column: the file is no master that is known, or its layout is another.
pub fn read(given: Given<'_>) -> Result<Vec<Imported>, Vec<Issue>> {
    if !given.bytes.starts_with(b"PK\x03\x04") {
        return delimited::read(given).map(|imported| vec![imported]);
    }
    let damaged = || vec![told(&issues::MASTER_UNREADABLE, given.name, 1, 1)];
    let mut archive = ZipArchive::new(Cursor::new(given.bytes)).map_err(|_| damaged())?;
    if archive.index_for_name("xl/workbook.xml").is_some() {
        return workbook::read(given).map(|imported| vec![imported]);
    }
    let (mut read_ones, mut wrong) = (Vec::new(), Vec::new());
    for member in 0..archive.len() {
        let mut file = archive.by_index(member).map_err(|_| damaged())?;
        if file.is_dir() {
            continue;
        }
        let name = format!("{}/{}", given.name, file.name().unwrap_or_default());
        if file.size() > MOST {
            return Err(damaged());
        }
        let mut bytes = Vec::new();
        file.by_ref().take(MOST).read_to_end(&mut bytes).map_err(|_| damaged())?;
        drop(file);
        // A zip in a zip is nobody's master.
        let inner = Given { name: &name, bytes: &bytes, date: given.date };
        let read = match bytes.starts_with(b"PK\x03\x04") {
            true => workbook::read(inner),
            false => delimited::read(inner),
        };
        match read {
            Ok(imported) => read_ones.push(imported),
            Err(issues) => wrong.extend(issues),
        }
    }
    // Beside the master there are explanations and the like.
    let only_unknown = wrong.iter().all(|issue| issue.code() == issues::MASTER_UNKNOWN.code);
    match read_ones.is_empty() || !only_unknown {
        true if wrong.is_empty() => Err(damaged()),
        true => Err(wrong),
        false => Ok(read_ones),
    }
}

/// An issue at a place of a master file; the column counts fields from 1.
fn told(definition: &'static Definition, name: &str, line: u64, column: usize) -> Issue {
    let input = InputName { path: name.to_owned(), digest: Digest::default() };
    let (line, column) = (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
    let address = Address::Position { line, column };
    let place = Origin { input: input.into(), span: Span::default(), address };
    Issue::new(definition)
        .with("file", name)
        .with("line", line.to_string())
        .with("column", column.to_string())
        .at(place)
}

fn of_kind(issue: Issue, kind: Kind) -> Issue {
    issue.with("master", kind.title().ja).with("master_en", kind.title().en)
}

/// The names of the masters that are read, for the one who brought another file.
fn unknown(name: &str) -> Issue {
    let names = |lang| Kind::ALL.map(|kind| kind.title().get(lang)).join(", ");
    let issue = told(&issues::MASTER_UNKNOWN, name, 1, 1);
    issue.with("known", names(Lang::Ja)).with("known_en", names(Lang::En))
}
