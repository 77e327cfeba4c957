//! One edition of a master: what was published for a day.

use super::{
    kind::{CODE, Kind},
    table::{Builder, Damaged, Head, Row, Table},
};
use std::collections::{HashMap, HashSet};
use tsugite_clinical::Date;

/// An edition, in force from its date until the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub kind: Kind,
    pub date: Date,
    /// Name of the file that it was read from.
    pub source: String,
    pub(super) table: Table,
}

/// 変更区分 9 (廃止) and 1 (抹消): the row is no longer used.
const WITHDRAWN: [&str; 2] = ["9", "1"];

impl Edition {
    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The code of each row, in the order of the master.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.table.rows().map(|row| row.get(CODE))
    }

    /// The file in which an edition is kept. It is read with [`Self::from_bytes`], without parsing.
    pub fn to_bytes(&self) -> Vec<u8> {
        let kind = u32::try_from(self.kind.place()).unwrap_or(u32::MAX);
        let head = Head { kind, date: compact(self.date), source: self.source.clone() };
        self.table.to_bytes(&head)
    }

    /// # Errors
    /// No master file, one of another form, or a damaged one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        let (head, table) = Table::from_bytes(bytes)?;
        let kind =
            usize::try_from(head.kind).ok().and_then(|place| Kind::ALL.get(place)).ok_or(Damaged::OtherFormat)?;
        let date = Date::parse_compact(&head.date.to_string()).ok_or(Damaged::Checksum)?;
        if table.width() != kind.layout().columns.len() {
            return Err(Damaged::OtherFormat);
        }
        Ok(Self { kind: *kind, date, source: head.source, table })
    }

    /// The name under which it is kept: one file a master and day.
    pub fn file_name(&self) -> String {
        format!("{}-{:08}.master", self.kind.name(), compact(self.date))
    }

    pub(super) fn ended(&self, row: Row<'_>) -> Option<Date> {
        Date::parse_compact(row.get(self.kind.layout().ended?)).filter(|day| day.is_full())
    }

    /// This edition with what a part of the master says over it: rows of 変更区分 9 and 1 are retired, others replace what they
    /// fill; what they leave blank stays.
    #[must_use]
    pub fn with_changes(&self, changes: &Self) -> Self {
        let layout = self.kind.layout();
        let mut places: HashMap<&str, usize> = HashMap::with_capacity(self.len());
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(self.len() + changes.len());
        for row in self.table.rows().chain(changes.table.rows()) {
            let cells = (0..layout.columns.len()).map(|column| row.get(column).to_owned());
            let known = places.get(row.get(CODE)).and_then(|place| rows.get_mut(*place));
            match known {
                None => {
                    places.insert(row.get(CODE), rows.len());
                    rows.push(cells.collect());
                }
                Some(known) => {
                    for (cell, text) in known.iter_mut().zip(cells).filter(|(_, text)| !text.is_empty()) {
                        *cell = text;
                    }
                }
            }
        }
        for row in changes.table.rows() {
            let withdrawn = layout.change.is_some_and(|change| WITHDRAWN.contains(&row.get(change)));
            let known = places.get(row.get(CODE)).and_then(|place| rows.get_mut(*place));
            let ended = layout.ended.zip(known).and_then(|(ended, known)| known.get_mut(ended));
            if let Some(ended) = ended.filter(|ended| withdrawn && ended.is_empty()) {
                *ended = compact(changes.date).to_string();
            }
        }
        Self::of_rows(self.kind, changes.date, changes.source.clone(), rows.iter().map(Vec::as_slice))
    }

    /// Both together, where a master is published in several files for one day (薬価基準: 内用, 注射, 外用, 歯科): the rows of the
    /// parts that `other` has are replaced.
    #[must_use]
    pub fn joined_with(&self, other: &Self, part: usize) -> Self {
        let parts: HashSet<&str> = other.table.rows().map(|row| row.get(part)).collect();
        let width = self.kind.layout().columns.len();
        let cells = |row: Row<'_>| (0..width).map(|column| row.get(column).to_owned()).collect::<Vec<_>>();
        let kept = self.table.rows().filter(|row| !parts.contains(row.get(part))).map(cells);
        let rows: Vec<Vec<String>> = kept.chain(other.table.rows().map(cells)).collect();
        Self::of_rows(self.kind, other.date, other.source.clone(), rows.iter().map(Vec::as_slice))
    }

    fn of_rows<'r>(kind: Kind, date: Date, source: String, rows: impl Iterator<Item = &'r [String]>) -> Self {
        let mut builder = Builder::new(kind.layout().columns.len(), kind.layout().indexes);
        for row in rows {
            let row: Vec<&str> = row.iter().map(String::as_str).collect();
            builder.push(&row);
        }
        Self { kind, date, source, table: builder.finish() }
    }
}

/// `yyyyMMdd`.
fn compact(date: Date) -> u32 {
    let day = date.first_day();
    let part = |number: i64| u32::try_from(number).unwrap_or_default();
    part(i64::from(day.year())) * 10_000 + part(i64::from(day.month())) * 100 + part(i64::from(day.day()))
}
