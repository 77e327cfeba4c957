//! One input, or a piece of one, to findings. Runs on any thread.

use super::{
    lines::documents,
    recognise::{Recognised, recognise},
    stream::{Name, Opened, Piece, Pieces, open},
};
use crate::intake::{Item, Limits, issues, size_text};
use std::{
    cell::RefCell,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_issue::{Address, InputName, Issue, Span};
use tsugite_pipeline::{Entry, NotLoaded, unread};
use tsugite_source::digest;
use tsugite_validate::{Groups, Memory, Options, Summary, Validator};

/// What a thread takes at once.
pub enum Task {
    /// A file that is loaded where it is judged.
    Input(Item),
    /// The document of a stream; one byte more than the limit where it is too large.
    Whole(String, Vec<u8>),
    /// Some lines of an NDJSON stream.
    Lines(Arc<InputName>, Piece),
    /// A stream that could not be read.
    Unreadable(String, Issue),
}

/// What came of it. The parts of one input come one after the other.
pub struct Judged {
    pub path: String,
    /// No more of this input comes.
    pub last: bool,
    /// `None`: no FHIR, passed over.
    pub findings: Option<Findings>,
}

#[derive(Debug, Default)]
pub struct Findings {
    pub documents: u64,
    pub groups: Groups,
    pub summary: Summary,
}

impl Findings {
    /// What was found further on in the same input.
    pub fn add(&mut self, more: Self) {
        self.documents += more.documents;
        self.groups.merge(more.groups);
        self.summary += more.summary;
    }

    pub fn of_issue(issue: &Issue, places: usize) -> Self {
        let mut findings = Self { groups: Groups::new(places), ..Self::default() };
        findings.groups.add(issue);
        findings.summary.count(issue.definition, 1);
        findings
    }
}

/// Everything that judging needs.
pub struct Judge<'a> {
    pub validator: &'a Validator,
    pub options: Options<'a>,
    pub limits: Limits,
    /// As the user named them.
    pub inputs: &'a [PathBuf],
    /// How many places a finding lists.
    pub places: usize,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

impl Judge<'_> {
    /// What there is to do for an input: one task, or many for a long stream.
    pub fn tasks(&self, item: Item) -> Box<dyn Iterator<Item = io::Result<Task>>> {
        let path = item.path().to_owned();
        let name = match [".ndjson", ".jsonl"].iter().any(|end| path.ends_with(end)) {
            true if self.is_named(&path) => Name::NdjsonAsked,
            true => Name::Ndjson,
            false => Name::Any,
        };
        let stream = match name == Name::Any && !item.is_stdin() {
            true => Ok(None),
            false => item.stream(),
        };
        let opened = match stream {
            Ok(Some(reader)) => open(reader, name, &self.limits),
            Ok(None) => return Box::new(std::iter::once(Ok(Task::Input(item)))),
            Err(error) => Err(error),
        };
        match opened {
            Ok(Opened::Whole(bytes)) => Box::new(std::iter::once(Ok(Task::Whole(path, bytes)))),
            Ok(Opened::Lines(reader)) => {
                // Nobody holds the whole of it, so its digest is that of its name.
                let name = Arc::new(InputName { digest: digest(path.as_bytes()), path });
                let task = move |piece: io::Result<Piece>| Ok(Task::Lines(Arc::clone(&name), piece?));
                Box::new(Pieces::new(reader, &self.limits).map(task))
            }
            Err(error) => {
                let issue = Issue::new(&issues::UNREADABLE).with("reason", error.kind().to_string());
                let task = Task::Unreadable(path.clone(), issue.at(unread(&path)));
                Box::new(std::iter::once(Ok(task)))
            }
        }
    }

    fn is_named(&self, path: &str) -> bool {
        self.inputs.iter().any(|input| names(input, path))
    }

    pub fn judge(&self, task: Task) -> Judged {
        let whole = |path: String, findings: Option<Findings>| Judged { path, last: true, findings };
        match task {
            Task::Input(item) => {
                let path = item.path().to_owned();
                let findings = match item.load() {
                    Ok(bytes) => self.file(&path, &bytes),
                    Err(NotLoaded::PassedOver(issue) | NotLoaded::Unreadable(issue)) => {
                        Some(Findings::of_issue(&issue, self.places))
                    }
                };
                whole(path, findings)
            }
            Task::Whole(path, bytes) if bytes.len() as u64 > self.limits.input => {
                let findings = Findings::of_issue(&self.too_large(&path), self.places);
                whole(path, Some(findings))
            }
            Task::Whole(path, bytes) => {
                let findings = self.file(&path, &bytes);
                whole(path, findings)
            }
            Task::Unreadable(path, issue) => whole(path, Some(Findings::of_issue(&issue, self.places))),
            Task::Lines(name, piece) => self.lines(&name, &piece),
        }
    }

    fn too_large(&self, path: &str) -> Issue {
        Issue::new(&issues::TOO_LARGE).with("limit", size_text(self.limits.input)).at(unread(path))
    }

    fn file(&self, path: &str, bytes: &[u8]) -> Option<Findings> {
        match recognise(bytes, self.is_named(path)) {
            Recognised::PassOver => None,
            Recognised::Refuse(definition) => {
                let issue = Issue::new(definition).at(unread(path));
                Some(Findings::of_issue(&issue, self.places))
            }
            Recognised::Judge => {
                let name = Arc::new(InputName { path: path.to_owned(), digest: digest(bytes) });
                let mut findings = Findings { groups: Groups::new(self.places), ..Findings::default() };
                for document in documents(bytes) {
                    self.document(document.bytes, document.offset, document.lines_before, &name, &mut findings);
                }
                Some(findings)
            }
        }
    }

    fn lines(&self, name: &Arc<InputName>, piece: &Piece) -> Judged {
        let mut findings = Findings { groups: Groups::new(self.places), ..Findings::default() };
        for line in super::lines::lines(&piece.bytes) {
            let (offset, before) = (piece.offset + line.offset, piece.lines_before.saturating_add(line.lines_before));
            self.document(line.bytes, offset, before, name, &mut findings);
        }
        if piece.too_long {
            let lines = piece.bytes.iter().filter(|byte| **byte == b'\n').count();
            let line = piece.lines_before.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)).saturating_add(1);
            let mut issue = self.too_large(&name.path);
            if let Some(origin) = &mut issue.origin {
                origin.address = Address::Position { line, column: 1 };
            }
            findings.documents += 1;
            findings.groups.add(&issue);
            findings.summary.count(issue.definition, 1);
        }
        Judged { path: name.path.clone(), last: piece.last, findings: Some(findings) }
    }

    /// Judges one document and moves its findings to their place in the file.
    fn document(&self, bytes: &[u8], offset: u64, lines: u32, name: &Arc<InputName>, findings: &mut Findings) {
        let options = Options { input: Some(Arc::clone(name)), ..self.options.clone() };
        let mut report = MEMORY.with_borrow_mut(|memory| self.validator.validate_in(memory, bytes, &options));
        for origin in report.issues.iter_mut().filter_map(|issue| issue.origin.as_mut()) {
            origin.span = Span::new(origin.span.start + offset, origin.span.end + offset);
            if let Address::Position { line, .. } = &mut origin.address {
                *line = line.saturating_add(lines);
            }
        }
        findings.documents += 1;
        findings.summary += report.summary();
        findings.groups.add_report(&report);
    }
}

/// Whether the user named this very input, and not a folder above it.
fn names(input: &Path, logical: &str) -> bool {
    input.to_str().is_some_and(|input| input.replace('\\', "/") == logical)
}
