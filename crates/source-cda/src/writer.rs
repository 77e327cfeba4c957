//! From elements of a document to the sink: origins, keys, version, presence.

use crate::storage::ContentFolder;
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::{
    DateTime, Fact, Identity, Key, PatientId, Presence, RecordKind, Scope, Version, WholeList,
    body::{Body, Patient},
};
use tsugite_issue::{Definition, Issue};
use tsugite_source::{Input, Record, Sink};
use tsugite_xml::Element;

/// Takes what is said about an element.
pub trait Tell {
    fn tell(&mut self, issue: Issue, at: Element<'_, '_>);
}

/// Writes what one document says about one patient.
pub struct Writer<'r> {
    pub input: &'r Input<'r>,
    sink: &'r mut Sink,
    pub frame: Frame,
    ordinals: HashMap<Arc<str>, u16>,
}

/// What all facts of a document share.
#[derive(Clone, Debug)]
pub struct Frame {
    pub patient: PatientId,
    pub scope: Arc<Scope>,
    pub version: Version,
    pub presence: Presence,
}

/// Versions of a document that are told apart; the rank of each has three places for the flags of a folder.
const MOST_VERSIONS: u64 = 80;

impl Frame {
    /// A version of the document's own time and number, or of the content folder that it lies in; deletions and history are the same
    /// bytes under another name, so they rank higher.
    pub fn version(written: Option<DateTime>, number: Option<&str>, folder: Option<ContentFolder<'_>>) -> Version {
        let number = number.and_then(|number| number.trim().parse::<u64>().ok()).unwrap_or(0);
        let number = u8::try_from(number.min(MOST_VERSIONS)).unwrap_or(0);
        let flag = match folder.map(|folder| folder.flag) {
            Some(2) => 1,
            Some(0) => 2,
            _ => 0,
        };
        let time = folder.map(|folder| folder.time).or_else(|| written.map(DateTime::stamp)).unwrap_or(0);
        Version { time, rank: number * 3 + flag, sequence: 0 }
    }

    pub fn presence(folder: Option<ContentFolder<'_>>) -> Presence {
        match folder.map(|folder| folder.flag) {
            Some(0) => Presence::Deleted,
            Some(2) => Presence::Superseded,
            _ => Presence::Present,
        }
    }
}

impl<'r> Writer<'r> {
    pub fn new(input: &'r Input<'r>, sink: &'r mut Sink, frame: Frame) -> Self {
        Self { input, sink, frame, ordinals: HashMap::new() }
    }

    /// A record that says something about the patient; answers the name of the statement.
    pub fn fact(&mut self, element: Element<'_, '_>, item: String, body: Body) -> Key {
        let fact = self.stated(element, item, body);
        let key = fact.key.clone();
        match fact.kind() {
            Some(_) => self.sink.fact(fact),
            None => self.sink.context(fact),
        }
        key
    }

    /// A record that ends while it is read.
    pub fn record(&mut self, kind: RecordKind, element: Element<'_, '_>) -> Record<'_> {
        let origin = element.origin(&self.input.name);
        self.sink.record(kind, origin).of_patient(&self.frame.patient.id)
    }

    /// Who the document says that its patient is.
    pub fn patient(&mut self, element: Element<'_, '_>, patient: Patient) {
        self.sink.identity(Identity {
            patient: self.frame.patient.clone(),
            input: Arc::clone(&self.input.name),
            version: self.frame.version,
            birth_date: patient.birth_date,
            sex: patient.sex,
        });
        let fact = self.stated(element, Key::DOCUMENT_HEAD.to_owned(), Body::Patient(Box::new(patient)));
        self.sink.context(fact);
    }

    /// The document is the whole list of its scope.
    pub fn whole(&mut self) {
        let Frame { scope, version, presence, .. } = &self.frame;
        let (scope, version, presence) = (Arc::clone(scope), *version, *presence);
        self.list(scope, version, presence);
    }

    /// Another document, of the same kind, that this one replaces.
    pub fn replaces(&mut self, part: &str) {
        let Scope { source, feed, .. } = &*self.frame.scope;
        let scope = Scope { source: Arc::clone(source), feed: Arc::clone(feed), part: part.into() };
        self.list(Arc::new(scope), self.frame.version, Presence::Deleted);
    }

    fn list(&mut self, scope: Arc<Scope>, version: Version, presence: Presence) {
        let patient = self.frame.patient.clone();
        self.sink.list(WholeList { patient, scope, version, presence, input: Arc::clone(&self.input.name) });
    }

    /// Everything that the document says is held.
    pub fn hold(&mut self, rule: &'static Definition, element: Element<'_, '_>) {
        self.tell(Issue::new(rule), element);
        self.sink.hold_input(rule);
    }

    fn stated(&mut self, element: Element<'_, '_>, item: String, body: Body) -> Fact {
        let item: Arc<str> = item.into();
        let next = self.ordinals.entry(Arc::clone(&item)).or_insert(0);
        let ordinal = *next;
        *next = next.saturating_add(1);
        Fact {
            patient: self.frame.patient.clone(),
            key: Key { scope: Arc::clone(&self.frame.scope), item, ordinal },
            version: self.frame.version,
            presence: self.frame.presence,
            body,
            origin: element.origin(&self.input.name),
        }
    }
}

impl Tell for Writer<'_> {
    fn tell(&mut self, issue: Issue, at: Element<'_, '_>) {
        self.sink.issue(issue.at(at.origin(&self.input.name)));
    }
}
