//! From lines of a message to the sink: origins, keys, presence, and the end of what is no fact.

use crate::{frame::Frame, issues};
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::{
    Date, DateTime, Fact, Identity, Key, Presence, RecordKind, Scope, WholeList,
    body::{Body, Sex},
};
use tsugite_er7::{Segment, Value};
use tsugite_issue::{Address, Definition, Issue, Origin, Segment as Position};
use tsugite_source::{Input, Sink};

/// Writes what one message says.
pub struct Writer<'r> {
    input: &'r Input<'r>,
    sink: &'r mut Sink,
    pub frame: Frame,
    /// Segments and headings of the file before this message, so that an address is one of the file.
    before: u32,
    /// How often an item was named so far.
    ordinals: HashMap<Arc<str>, u16>,
    records: usize,
}

impl<'r> Writer<'r> {
    pub fn new(input: &'r Input<'r>, sink: &'r mut Sink, frame: Frame, before: u32) -> Self {
        Self { input, sink, frame, before, ordinals: HashMap::new(), records: 0 }
    }

    /// Records written so far.
    pub const fn records(&self) -> usize {
        self.records
    }

    pub fn origin(&self, segment: &Segment<'_>) -> Origin {
        origin(self.input, segment, self.before)
    }

    pub fn issue(&mut self, issue: Issue, segment: &Segment<'_>) {
        let issue = issue.at(self.origin(segment));
        self.sink.issue(issue);
    }

    /// The stronger of what the message and its line say.
    pub fn presence(&self, deleted: bool) -> Presence {
        if deleted { Presence::Deleted } else { self.frame.presence }
    }

    /// A record that says something about the patient.
    pub fn fact(&mut self, segment: &Segment<'_>, scope: &Arc<Scope>, item: String, presence: Presence, body: Body) {
        let Some(kind) = body.kind() else { return self.context(segment, item, body) };
        let fact = self.stated(segment, scope, item, presence, body);
        self.records += 1 + fact.comment_origins().len();
        let Some(rule) = self.frame.hold else {
            return self.sink.record(kind, fact.origin.clone()).fact(fact);
        };
        for origin in std::iter::once(&fact.origin).chain(fact.comment_origins()) {
            let record = self.sink.record(kind, origin.clone()).of_patient(&fact.patient.id);
            match presence {
                Presence::Deleted => record.retracted(),
                Presence::Superseded => record.superseded(),
                Presence::Present => record.held(rule),
            }
        }
    }

    /// A patient or a visit.
    pub fn context(&mut self, segment: &Segment<'_>, item: String, body: Body) {
        if self.frame.hold.is_none() {
            let scope = Arc::clone(&self.frame.scope);
            let fact = self.stated(segment, &scope, item, self.frame.presence, body);
            self.sink.context(fact);
        }
    }

    /// A record that is not reported whatever it says; a deleted one is retracted first of all (`rules` §8).
    pub fn not_carried(&mut self, kind: RecordKind, segment: &Segment<'_>, deleted: bool, reason: &'static Definition) {
        self.records += 1;
        let origin = self.origin(segment);
        let presence = self.presence(deleted);
        let record = self.sink.record(kind, origin).of_patient(&self.frame.patient.id);
        match presence {
            Presence::Deleted => record.retracted(),
            Presence::Superseded => record.superseded(),
            Presence::Present => record.not_carried(reason),
        }
    }

    /// The message is the whole list of this scope.
    pub fn list(&mut self, scope: &Arc<Scope>) {
        if self.frame.whole && self.frame.hold.is_none() {
            self.sink.list(WholeList {
                patient: self.frame.patient.clone(),
                scope: Arc::clone(scope),
                version: self.frame.version,
                presence: self.frame.presence,
                input: Arc::clone(&self.input.name),
            });
        }
    }

    pub fn identity(&mut self, birth_date: Option<Date>, sex: Option<Sex>) {
        if self.frame.hold.is_none() {
            self.sink.identity(Identity {
                patient: self.frame.patient.clone(),
                input: Arc::clone(&self.input.name),
                version: self.frame.version,
                birth_date,
                sex,
            });
        }
    }

    /// A TS. One that is no date is told and left out; a time that is none is told, and its date kept.
    pub fn time(&mut self, segment: &Segment<'_>, value: Value<'_>) -> Option<DateTime> {
        let first = value.component(1);
        let text = first.text();
        let digits = text.trim();
        if digits.is_empty() || digits.bytes().all(|b| matches!(b, b'0' | b'9')) {
            return None;
        }
        let at = DateTime::parse_hl7(digits);
        let finding = match at {
            None => &issues::DATE_INVALID,
            Some(at) if at.time.is_none() && digits.len() > 8 => &issues::TIME_INVALID,
            Some(_) => return at,
        };
        let field = format!("{}-{}", segment.name(), value.place().field);
        let issue = Issue::new(finding).with("field", field).found(digits);
        self.issue(issue, segment);
        at
    }

    fn stated(
        &mut self,
        segment: &Segment<'_>,
        scope: &Arc<Scope>,
        item: String,
        presence: Presence,
        body: Body,
    ) -> Fact {
        let item: Arc<str> = item.into();
        let next = self.ordinals.entry(Arc::clone(&item)).or_insert(0);
        let ordinal = *next;
        *next = next.saturating_add(1);
        Fact {
            patient: self.frame.patient.clone(),
            key: Key { scope: Arc::clone(scope), item, ordinal },
            version: self.frame.version,
            presence,
            body,
            origin: self.origin(segment),
        }
    }
}

pub fn origin(input: &Input<'_>, segment: &Segment<'_>, before: u32) -> Origin {
    input.origin(segment.span(), shifted(segment.address(), before))
}

/// An address in a message as one in the file.
pub fn shifted(address: Address, before: u32) -> Address {
    match address {
        Address::Segment(place) => Address::Segment(Position { index: place.index.saturating_add(before), ..place }),
        other => other,
    }
}
