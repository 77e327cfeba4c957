//! Inputs to statements.

use crate::{
    Settings, issues,
    pieces::{PartOf, Refused},
};
use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Read},
    sync::Arc,
};
use tsugite_clinical::{End, Statement};
use tsugite_issue::{Address, Definition, Digest, InputName, Issue, Origin};
use tsugite_source::{Input, RecordEnd, Sink, Source};

/// An input that is not yet in memory. Loading is the caller's: files, members of archives, messages.
pub trait Entry: Send {
    /// The logical path, folders separated by `/`.
    fn path(&self) -> &str;

    /// Its bytes.
    ///
    /// # Errors
    /// Why they cannot be had, with the issue that a person will read.
    fn load(&self) -> Result<Vec<u8>, NotLoaded>;

    /// Its bytes one after the other with their number, for inputs that are too large to stand in memory; it may be opened again.
    /// `None` where it can only be loaded.
    ///
    /// # Errors
    /// It cannot be opened.
    fn open(&self) -> io::Result<Option<Streamed>> {
        Ok(None)
    }
}

/// A reader with the number of bytes that it should give.
pub type Streamed = (Box<dyn Read + Send>, u64);

/// Why there are no bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotLoaded {
    /// It is nothing to be read.
    PassedOver(Issue),
    /// It should be read and cannot be: what it says of its patient is missing.
    Unreadable(Issue),
}

/// How many inputs ended in which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize)]
pub struct InputCounts {
    /// Read by a source.
    pub read: u64,
    /// Of no known format, empty, or a repeat of another input.
    pub skipped: u64,
    pub unreadable: u64,
    /// Of those read: with context only (patients, visits), no records.
    pub context: u64,
}

impl InputCounts {
    pub const fn add(&mut self, other: Self) {
        self.read += other.read;
        self.skipped += other.skipped;
        self.unreadable += other.unreadable;
        self.context += other.context;
    }
}

/// An input that is held as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldInput {
    pub rule: &'static Definition,
    pub origin: Origin,
    /// The issues that its source told.
    pub issues: Vec<&'static Definition>,
}

/// A record that ended while its input was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    pub record: RecordEnd,
    /// Its whole input is held, and listed instead of it.
    pub with_input: bool,
    /// Where it is held: what fills the places of the rule's text, from the issue that told it.
    pub told: Told,
}

/// Parameters of an issue.
pub type Told = Vec<(String, String)>;

/// What came of one or several inputs.
#[derive(Debug, Default)]
pub struct ReadOutput {
    pub inputs: InputCounts,
    pub statements: Vec<Statement>,
    pub ended: Vec<Ended>,
    pub held: Vec<HeldInput>,
    /// Inputs that could not be read, with the reason.
    pub unreadable: Vec<HeldInput>,
    pub issues: Vec<Issue>,
    /// Order of receipt of what is read: newer than all with a lesser one, where a source cannot date what it says (`rules` §3).
    pub received: u64,
    /// Name and content of what was read, to pass over repeats.
    seen: HashMap<(Digest, String), Origin>,
}

impl ReadOutput {
    /// Whether every input could be read: what is missing from an incomplete reading may stand in the part that was not read.
    pub const fn complete(&self) -> bool {
        self.inputs.unreadable == 0
    }

    /// The name of the one input that was read, and its place.
    pub(crate) fn only(&self) -> Option<((Digest, String), Origin)> {
        let (name, origin) = self.seen.iter().next()?;
        Some((name.clone(), origin.clone()))
    }

    /// Nothing was taken from an input, for a reason.
    pub(crate) fn passed_over(issue: Issue) -> Self {
        Self { inputs: InputCounts { skipped: 1, ..InputCounts::default() }, issues: vec![issue], ..Self::default() }
    }

    /// Reads one input. Never fails: what cannot be read becomes an issue.
    pub fn read(&mut self, entry: &impl Entry, settings: &Settings) {
        let bytes = match entry.load() {
            Ok(bytes) => bytes,
            Err(NotLoaded::Unreadable(issue)) => {
                self.inputs.unreadable += 1;
                let origin = issue.origin.clone().unwrap_or_else(|| unread(entry.path()));
                self.unreadable.push(HeldInput { rule: issue.definition, origin, issues: Vec::new() });
                self.issues.push(issue);
                return;
            }
            Err(NotLoaded::PassedOver(issue)) => {
                self.inputs.skipped += 1;
                self.issues.push(issue);
                return;
            }
        };
        let input = Input::new(entry.path(), bytes);
        match self.source_of(&input, settings) {
            Ok(source) => self.take(&input, &*source, settings),
            Err(issue) => {
                self.inputs.skipped += 1;
                self.issues.push(issue.at(input.whole()));
            }
        }
    }

    fn source_of(&mut self, input: &Input, settings: &Settings) -> Result<Arc<dyn Source>, Issue> {
        if input.bytes.is_empty() {
            return Err(Issue::new(&issues::EMPTY_INPUT));
        }
        if self.seen.insert((input.name.digest, input.file_name().to_owned()), input.whole()).is_some() {
            return Err(Issue::new(&issues::REPEATED_INPUT));
        }
        match &settings.source {
            Some(source) if source.recognise(input).is_some() => Ok(Arc::clone(source)),
            Some(source) => Err(Issue::new(&issues::NOT_THE_SOURCE).with("source", source.name())),
            None => {
                let (source, _) =
                    settings.registry.recognise(input).ok_or_else(|| Issue::new(&issues::UNKNOWN_FORMAT))?;
                Ok(Arc::clone(source))
            }
        }
    }

    /// A part of a large input, which is counted with its first one.
    pub(crate) fn read_part(&mut self, part: PartOf, settings: &Settings) {
        let is_first = part.is_first();
        let PartOf { source, name, bytes, place } = part;
        self.take(&Input::part(name, bytes, place), &*source, settings);
        if !is_first {
            self.inputs = InputCounts::default();
        }
        self.inputs.context = 0;
    }

    pub(crate) fn refuse(&mut self, refused: Refused) {
        let Refused { issue, unreadable } = refused;
        match unreadable {
            true => {
                let origin = issue.origin.clone().unwrap_or_else(|| unread(""));
                self.unreadable.push(HeldInput { rule: issue.definition, origin, issues: Vec::new() });
            }
            false => self.inputs.skipped += 1,
        }
        self.issues.push(issue);
    }

    fn take(&mut self, input: &Input, source: &dyn Source, settings: &Settings) {
        let mut sink = Sink::new().received(self.received);
        source.read(input, &settings.context_of(input.path()), &mut sink);
        let output = sink.finish();
        match output.issues.last().filter(|_| output.unreadable) {
            Some(issue) => {
                self.inputs.unreadable += 1;
                self.unreadable.push(HeldInput { rule: issue.definition, origin: input.whole(), issues: Vec::new() });
            }
            None => self.inputs.read += 1,
        }
        self.inputs.context += u64::from(output.context && !output.unreadable);
        if let Some(rule) = output.held {
            let issues = output.issues.iter().map(|issue| issue.definition).collect();
            self.held.push(HeldInput { rule, origin: input.whole(), issues });
        }
        let with_input = output.held.is_some();
        self.statements.extend(output.statements);
        let reasons = Reasons::of(&output.issues);
        self.ended.extend(output.ended.into_iter().map(|record| {
            let told = reasons.told(&record);
            Ended { record, with_input, told }
        }));
        self.issues.extend(output.issues);
    }
}

/// Why the records of an input are held, as its source told it.
struct Reasons<'i> {
    by_place: BTreeMap<(&'static str, &'i Address), &'i Issue>,
    /// By code: the only issue of it; `None` where there are several.
    only: BTreeMap<&'static str, Option<&'i Issue>>,
}

impl<'i> Reasons<'i> {
    fn of(issues: &'i [Issue]) -> Self {
        let mut reasons = Self { by_place: BTreeMap::new(), only: BTreeMap::new() };
        for issue in issues.iter().filter(|issue| !issue.parameters.is_empty()) {
            if let Some(origin) = &issue.origin {
                reasons.by_place.entry((issue.code(), &origin.address)).or_insert(issue);
            }
            reasons.only.entry(issue.code()).and_modify(|only| *only = None).or_insert(Some(issue));
        }
        reasons
    }

    fn told(&self, record: &RecordEnd) -> Told {
        let End::Held(rule) = record.end else { return Told::new() };
        let here = self.by_place.get(&(rule.code, &record.origin.address)).copied();
        let issue = here.or_else(|| self.only.get(rule.code).copied().flatten());
        issue.map_or_else(Told::new, |issue| {
            issue.parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
        })
    }
}

/// The name that origins give to an input whose bytes were never seen.
pub fn unread(path: &str) -> Origin {
    Origin::whole(Arc::new(InputName { path: path.to_owned(), digest: Digest::default() }))
}
