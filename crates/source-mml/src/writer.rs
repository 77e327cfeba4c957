//! From elements to the sink: origins, keys, versions, and who the patient is.

use crate::{frame::Item, issues};
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::{
    DateTime, Fact, Identity, Key, PatientId, Presence, RecordKind, Scope, Version, WholeList,
    body::{Body, Patient},
};
use tsugite_issue::{Definition, Issue};
use tsugite_source::{Context, Input, Record, Sink};
use tsugite_xml::Element;

pub struct Writer<'r> {
    pub input: &'r Input<'r>,
    pub context: &'r Context,
    sink: &'r mut Sink,
    /// `None` where nobody is named: everything is held.
    patient: Result<PatientId, &'static Definition>,
    ordinals: HashMap<(Arc<Scope>, Arc<str>, Version), u16>,
    pub records: usize,
}

impl<'r> Writer<'r> {
    pub fn new(
        input: &'r Input<'r>,
        context: &'r Context,
        sink: &'r mut Sink,
        patient: Result<PatientId, &'static Definition>,
    ) -> Self {
        Self { input, context, sink, patient, ordinals: HashMap::new(), records: 0 }
    }

    pub fn scope(&self, feed: &str, part: &str) -> Arc<Scope> {
        Arc::new(Scope { source: Arc::clone(&self.context.instance), feed: feed.into(), part: part.into() })
    }

    pub fn tell(&mut self, issue: Issue, at: Element<'_, '_>) {
        self.sink.issue(issue.at(at.origin(&self.input.name)));
    }

    /// A record that says something about the patient; answers its key, which names it in sections.
    pub fn fact(
        &mut self,
        at: Element<'_, '_>,
        scope: &Arc<Scope>,
        item: String,
        told: &Item,
        body: Body,
    ) -> Option<Key> {
        let kind = body.kind()?;
        self.records += 1;
        let origin = at.origin(&self.input.name);
        let patient = match &self.patient {
            Ok(patient) => patient.clone(),
            Err(rule) => {
                nobody(self.sink.record(kind, origin), rule);
                return None;
            }
        };
        if let Some(rule) = told.hold {
            self.sink.record(kind, origin).of_patient(&patient.id).held(rule);
            return None;
        }
        let version = version(told.confirmed);
        let key = self.key(scope, item, version);
        let fact =
            Fact { patient, key: key.clone(), version, presence: Presence::Present, body, origin: origin.clone() };
        self.sink.record(kind, origin).fact(fact);
        Some(key)
    }

    fn key(&mut self, scope: &Arc<Scope>, item: String, version: Version) -> Key {
        let item: Arc<str> = item.into();
        let next = self.ordinals.entry((Arc::clone(scope), Arc::clone(&item), version)).or_insert(0);
        let ordinal = *next;
        *next = next.saturating_add(1);
        Key { scope: Arc::clone(scope), item, ordinal }
    }

    /// The master data of the patient, as this message has them. Those without an insurance (a letter's, a lone module's) are no master:
    /// taken for the newest they would leave the patient without what names him to the centre.
    pub fn master(&mut self, at: Element<'_, '_>, told: &Item, patient: Patient) {
        let Ok(id) = &self.patient else { return };
        let id = id.clone();
        let dated = version(told.confirmed);
        let (birth_date, sex) = (patient.birth_date, patient.sex);
        let input = Arc::clone(&self.input.name);
        self.sink.identity(Identity { patient: id.clone(), input, version: dated, birth_date, sex });
        let (part, item, version) = match patient.insurances.is_empty() {
            false => ("", "patient", dated),
            true => (told.uid.as_str(), Key::DOCUMENT_HEAD, Version { sequence: dated.time, ..Version::default() }),
        };
        let scope = self.scope("mmlPi", part);
        let key = self.key(&scope, item.to_owned(), version);
        let origin = at.origin(&self.input.name);
        let body = Body::Patient(Box::new(patient));
        self.sink.context(Fact { patient: id, key, version, presence: Presence::Present, body, origin });
    }

    /// The editions that a document replaces hold nothing any more.
    pub fn replaces(&mut self, feed: &str, told: &Item) {
        for part in told.replaces.iter().filter(|part| **part != told.uid) {
            let scope = self.scope(feed, part);
            self.whole(&scope, told);
        }
    }

    /// What is said at this time is all that the scope holds. What is held takes nothing away.
    pub fn whole(&mut self, scope: &Arc<Scope>, told: &Item) {
        let (Ok(patient), None) = (&self.patient, told.hold) else { return };
        self.sink.list(WholeList {
            patient: patient.clone(),
            scope: Arc::clone(scope),
            version: version(told.confirmed),
            presence: Presence::Present,
            input: Arc::clone(&self.input.name),
        });
    }

    pub fn held(&mut self, kind: RecordKind, at: Element<'_, '_>, rule: &'static Definition) {
        self.records += 1;
        let record = self.sink.record(kind, at.origin(&self.input.name));
        match &self.patient {
            Ok(patient) => record.of_patient(&patient.id).held(rule),
            Err(reason) => nobody(record, reason),
        }
    }

    pub fn not_carried(&mut self, kind: RecordKind, at: Element<'_, '_>, reason: &'static Definition) {
        self.records += 1;
        let record = self.sink.record(kind, at.origin(&self.input.name));
        match &self.patient {
            Ok(patient) => record.of_patient(&patient.id).not_carried(reason),
            Err(_) => record.not_carried(reason),
        }
    }
}

/// Where nobody of ours is named: what others wrote of their patients is theirs to report.
fn nobody(record: Record<'_>, reason: &'static Definition) {
    if *reason == issues::PATIENT_OF_OTHERS {
        return record.not_carried(reason);
    }
    record.held(reason);
}

pub fn version(at: Option<DateTime>) -> Version {
    Version { time: at.map_or(0, DateTime::stamp), ..Version::default() }
}
