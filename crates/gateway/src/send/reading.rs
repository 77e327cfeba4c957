//! One input, read: what it states, and what is remembered of it.

use crate::intake::issues;
use tsugite_clinical::{End, Presence, Statement};
use tsugite_issue::{Digest, Issue};
use tsugite_pipeline::{Ended, Entry, NotLoaded, ReadOutput, Settings, unread};
use tsugite_store::InputReading;

/// Read anew by another version of the program: its readers may know more.
pub const READER: &str = env!("CARGO_PKG_VERSION");

/// An owned [`InputReading`].
#[derive(Debug)]
pub struct Reading {
    pub path: String,
    pub size: u64,
    pub mtime: String,
    pub digest: Digest,
    pub statements: Vec<Statement>,
    pub records: u32,
    /// Records that its source holds.
    pub held: Vec<Ended>,
}

impl Reading {
    /// Reads bytes, or tells why there are none. What the output holds besides statements stays in it.
    pub fn of(logical: &str, bytes: &Result<Vec<u8>, Issue>, settings: &Settings) -> (Self, ReadOutput) {
        let digest = bytes.as_ref().map_or_else(|_| Digest::default(), |bytes| tsugite_source::digest(bytes));
        let size = bytes.as_ref().map_or(0, |bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let mut output = ReadOutput::default();
        output.read(&Loaded { path: logical, bytes }, settings);
        let statements = std::mem::take(&mut output.statements);
        let records = statements.iter().filter(|s| matches!(s, Statement::Fact(f) if f.kind().is_some()));
        let records = u32::try_from(records.count()).unwrap_or(u32::MAX);
        let mut held = std::mem::take(&mut output.ended);
        held.retain(|ended| matches!(ended.record.end, End::Held(_)) && !ended.with_input);
        (Self { path: logical.to_owned(), size, mtime: String::new(), digest, statements, records, held }, output)
    }

    /// The file's time, which stays with it. What its source could not date is ordered by it: a later file counts as newer, also when
    /// all are read again (`rules` §3).
    pub fn dated(&mut self, mtime: String) {
        let sequence = mtime.parse().unwrap_or(0);
        for statement in &mut self.statements {
            let version = match statement {
                Statement::Fact(fact) => &mut fact.version,
                Statement::List(list) => &mut list.version,
                Statement::Identity(identity) => &mut identity.version,
            };
            if version.time == 0 {
                version.sequence = sequence;
            }
        }
        self.mtime = mtime;
    }

    /// As the ledger takes it.
    pub fn input<'a>(&'a self, instance: &'a str) -> InputReading<'a> {
        InputReading {
            instance,
            path: &self.path,
            size: self.size,
            mtime: &self.mtime,
            digest: self.digest,
            valid: self.is_valid(),
            records: self.records,
            reader: READER,
            statements: &self.statements,
        }
    }

    fn is_valid(&self) -> bool {
        self.statements.iter().any(|statement| match statement {
            Statement::Fact(fact) => fact.presence == Presence::Present,
            Statement::List(list) => list.presence == Presence::Present,
            Statement::Identity(_) => false,
        })
    }
}

/// Bytes that were read already.
struct Loaded<'a> {
    path: &'a str,
    bytes: &'a Result<Vec<u8>, Issue>,
}

impl Entry for Loaded<'_> {
    fn path(&self) -> &str {
        self.path
    }

    fn load(&self) -> Result<Vec<u8>, NotLoaded> {
        self.bytes.clone().map_err(|issue| {
            let inside = issue.code() == issues::ARCHIVE_INSIDE.code;
            let issue = issue.at(unread(self.path));
            if inside { NotLoaded::PassedOver(issue) } else { NotLoaded::Unreadable(issue) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tsugite_clinical::{Chart, PatientId, Scope, Version, WholeList};
    use tsugite_issue::InputName;

    #[test]
    fn what_has_no_time_of_its_own_is_ordered_by_the_file() {
        let list = |time: u64| {
            Statement::List(WholeList {
                patient: PatientId { space: "s".into(), id: "1".into() },
                scope: Arc::new(Scope { source: "s".into(), feed: "LIST".into(), part: "".into() }),
                version: Version { time, ..Version::default() },
                presence: Presence::Present,
                input: Arc::new(InputName { path: "a.csv".into(), digest: Digest::default() }),
            })
        };
        let mut reading = Reading {
            path: "a.csv".to_owned(),
            size: 0,
            mtime: String::new(),
            digest: Digest::default(),
            statements: vec![list(0), list(20_260_401_000_000_000)],
            records: 0,
            held: Vec::new(),
        };
        reading.dated("1775000000000000000".to_owned());
        let chart = Chart::new(reading.statements);
        let versions: Vec<_> = chart.lists().iter().map(|list| (list.version.time, list.version.sequence)).collect();
        assert_eq!(versions, [(0, 1_775_000_000_000_000_000), (20_260_401_000_000_000, 0)]);
    }
}
