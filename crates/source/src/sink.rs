use crate::issues;
use std::{collections::HashSet, sync::Arc};
use tsugite_clinical::{End, Fact, Identity, Presence, RecordKind, Statement, Version, WholeList};
use tsugite_issue::{Definition, Issue, Origin};

/// A record that ended while its input was read, without becoming a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordEnd {
    pub kind: RecordKind,
    pub end: End,
    pub origin: Origin,
    /// The patient id as written, where it is known.
    pub patient: Option<String>,
}

/// What came of one input.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Output {
    /// Facts and whole lists, in reading order.
    pub statements: Vec<Statement>,
    /// Records that ended here.
    pub ended: Vec<RecordEnd>,
    pub issues: Vec<Issue>,
    /// Why the whole input is held (it disagrees with its patient, its folder …); its records are held with it.
    pub held: Option<&'static Definition>,
    /// The input could not be read at all.
    pub unreadable: bool,
    /// The input holds context only (patients, visits), no records.
    pub context: bool,
}

/// What a source writes to.
#[derive(Debug, Default)]
pub struct Sink {
    output: Output,
    /// Order of receipt of the input.
    received: u64,
}

impl Sink {
    pub fn new() -> Self {
        Self::default()
    }

    /// The order of receipt, recorded once at intake: what a source cannot date becomes newer than what was received before
    /// (`rules` §3).
    #[must_use]
    pub const fn received(mut self, sequence: u64) -> Self {
        self.received = sequence;
        self
    }

    const fn ordered(&self, version: Version) -> Version {
        if version.time == 0 { Version { sequence: self.received, ..version } } else { version }
    }

    pub fn issue(&mut self, issue: Issue) {
        self.output.issues.push(issue);
    }

    /// A fact that is no record: a patient, a visit.
    pub fn context(&mut self, mut fact: Fact) {
        debug_assert!(fact.kind().is_none(), "records go through `record`");
        fact.version = self.ordered(fact.version);
        self.output.statements.push(Statement::Fact(fact));
    }

    /// Says that the input is a whole list. If a record of the same patient (or of nobody known) is held while it is read, the list is
    /// incomplete, and says nothing: what it seems to omit may be the record that could not be read.
    pub fn list(&mut self, mut list: WholeList) {
        list.version = self.ordered(list.version);
        self.output.statements.push(Statement::List(list));
    }

    /// Whom this input says that it is about.
    pub fn identity(&mut self, mut identity: Identity) {
        identity.version = self.ordered(identity.version);
        self.output.statements.push(Statement::Identity(identity));
    }

    /// A record that is a fact as soon as it is read.
    pub fn fact(&mut self, mut fact: Fact) {
        debug_assert!(fact.kind().is_some(), "what is no record is context");
        fact.version = self.ordered(fact.version);
        self.output.statements.push(Statement::Fact(fact));
    }

    /// Begins a record: it must be ended by one of the methods of [`Record`].
    pub fn record(&mut self, kind: RecordKind, origin: Origin) -> Record<'_> {
        Record { sink: self, kind, patient: None, origin: Some(origin) }
    }

    /// Holds the whole input: its facts become held records, its lists say nothing. Issues tell the reason.
    pub fn hold_input(&mut self, rule: &'static Definition) {
        self.output.held = Some(rule);
    }

    pub fn unreadable(&mut self, issue: Issue) {
        self.output.unreadable = true;
        self.issue(issue);
    }

    pub fn context_only(&mut self) {
        self.output.context = true;
    }

    pub fn finish(mut self) -> Output {
        if let Some(rule) = self.output.held {
            let statements = std::mem::take(&mut self.output.statements);
            for statement in statements {
                let Statement::Fact(fact) = statement else { continue };
                let Some(kind) = fact.kind() else { continue };
                let places = std::iter::once(&fact.origin).chain(fact.comment_origins());
                self.output.ended.extend(places.map(|origin| RecordEnd {
                    kind,
                    end: End::Held(rule),
                    patient: Some(fact.patient.id.to_string()),
                    origin: origin.clone(),
                }));
            }
        }
        self.drop_incomplete_lists();
        self.output
    }

    /// A deleted list withdraws its members whatever they are; any other one must be whole to withdraw what it omits.
    fn drop_incomplete_lists(&mut self) {
        let Output { statements, ended, issues, .. } = &mut self.output;
        let held: Vec<_> = ended.iter().filter(|ended| matches!(ended.end, End::Held(_))).collect();
        let of_nobody = held.iter().any(|ended| ended.patient.is_none());
        let of: HashSet<&str> = held.iter().filter_map(|ended| ended.patient.as_deref()).collect();
        statements.retain(|statement| {
            let Statement::List(list) = statement else { return true };
            let incomplete = list.presence != Presence::Deleted && (of_nobody || of.contains(&*list.patient.id));
            if incomplete {
                let told = Issue::new(&issues::LIST_INCOMPLETE).with("list", &*list.scope.feed);
                issues.push(told.at(Origin::whole(Arc::clone(&list.input))));
            }
            !incomplete
        });
    }
}

/// One record being read. Dropping it without an end is a loss, and is reported and held.
#[must_use = "a record that is begun must be ended"]
#[derive(Debug)]
pub struct Record<'s> {
    sink: &'s mut Sink,
    kind: RecordKind,
    patient: Option<String>,
    /// Taken when the record ends.
    origin: Option<Origin>,
}

impl Record<'_> {
    pub fn of_patient(mut self, id: &str) -> Self {
        self.patient = Some(id.to_owned());
        self
    }

    /// The record is a statement about a patient; the chart decides on.
    pub fn fact(mut self, mut fact: Fact) {
        debug_assert_eq!(fact.kind(), Some(self.kind));
        self.origin = None;
        fact.version = self.sink.ordered(fact.version);
        self.sink.output.statements.push(Statement::Fact(fact));
    }

    pub fn retracted(self) {
        self.end(End::Retracted);
    }

    pub fn superseded(self) {
        self.end(End::Superseded);
    }

    pub fn not_carried(self, reason: &'static Definition) {
        self.end(End::NotCarried(reason));
    }

    pub fn held(self, rule: &'static Definition) {
        self.end(End::Held(rule));
    }

    fn end(mut self, end: End) {
        if let Some(origin) = self.origin.take() {
            let patient = self.patient.take();
            self.sink.output.ended.push(RecordEnd { kind: self.kind, end, origin, patient });
        }
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        if let Some(origin) = self.origin.take() {
            let lost = Issue::new(&issues::RECORD_LOST).with("kind", self.kind.name()).at(origin.clone());
            self.sink.issue(lost);
            let (kind, patient) = (self.kind, self.patient.take());
            self.sink.output.ended.push(RecordEnd { kind, end: End::Held(&issues::RECORD_LOST), origin, patient });
        }
    }
}
