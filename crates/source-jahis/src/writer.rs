//! From lines to the sink: origins, keys, and what an input says twice.

use crate::{issues, rows::Row};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use tsugite_charset::Decoded;
use tsugite_clinical::{
    Date, DateTime, Fact, Identity, Key, PatientId, Presence, RecordKind, Scope, Version,
    body::{Body, Sex},
};
use tsugite_issue::{Address, Definition, Issue, Origin};
use tsugite_source::{Context, Input, Sink, digest};

/// Whose statements follow, and in which scope.
#[derive(Clone, Debug)]
pub struct Frame {
    pub patient: PatientId,
    pub scope: Arc<Scope>,
    /// 交付日 or 調剤日.
    pub day: Option<Date>,
    /// Why nothing of this symbol may become a fact.
    pub hold: Option<&'static Definition>,
}

pub struct Writer<'r> {
    input: &'r Input<'r>,
    decoded: &'r Decoded<'r>,
    pub context: &'r Context,
    sink: &'r mut Sink,
    drafts: Vec<Fact>,
    /// How often the current symbol named an item so far.
    ordinals: HashMap<(Arc<Scope>, Arc<str>), u16>,
    records: usize,
}

impl<'r> Writer<'r> {
    pub fn new(input: &'r Input<'r>, decoded: &'r Decoded<'r>, context: &'r Context, sink: &'r mut Sink) -> Self {
        Self { input, decoded, context, sink, drafts: Vec::new(), ordinals: HashMap::new(), records: 0 }
    }

    /// Another symbol begins: what is alike in two of them is one statement said twice.
    pub fn begin(&mut self) {
        self.ordinals.clear();
    }

    /// A patient whose number is not known: one of this input alone, or of all parts of one split notebook (`shared` names it and the
    /// patient). Name and birth date join nobody.
    pub fn stranger(&self, place: u32, shared: Option<&str>) -> PatientId {
        let space: Arc<str> = format!("{}/jahis", self.context.id_space).into();
        let id = match shared {
            Some(shared) => digest(shared.as_bytes()).to_string(),
            None => format!("{}-{place}", self.input.name.digest),
        };
        PatientId { space, id: id.into() }
    }

    pub fn scope(&self, feed: &str, part: &str) -> Arc<Scope> {
        Arc::new(Scope { source: Arc::clone(&self.context.instance), feed: feed.into(), part: part.into() })
    }

    fn origin(&self, row: &Row<'_>) -> Origin {
        let address = Address::Position { line: row.line, column: 1 };
        self.input.origin(self.decoded.span(row.range.clone()), address)
    }

    pub fn issue(&mut self, issue: Issue, row: &Row<'_>) {
        let issue = issue.at(self.origin(row));
        self.sink.issue(issue);
    }

    /// An issue about a column, with what stood in it.
    pub fn tell(&mut self, definition: &'static Definition, row: &Row<'_>, found: &str) {
        let record = row.number().map(|number| number.to_string()).unwrap_or_default();
        let issue = Issue::new(definition).with("record", record);
        self.issue(if found.is_empty() { issue } else { issue.found(found) }, row);
    }

    pub fn tell_input(&mut self, issue: Issue) {
        let issue = issue.at(self.input.whole());
        self.sink.issue(issue);
    }

    /// A record that says something about the patient, in one line or in several that say the same.
    pub fn fact<'a, 't: 'a>(
        &mut self,
        rows: impl IntoIterator<Item = &'a Row<'t>>,
        frame: &Frame,
        item: String,
        body: Body,
    ) {
        let Some(kind) = body.kind() else { return };
        let mut rows = rows.into_iter();
        if let Some(rule) = frame.hold {
            return rows.for_each(|row| self.held(kind, row, Some(frame), rule));
        }
        let time = frame.day.map_or(0, |day| DateTime::day(day).stamp());
        let Some(first) = rows.next() else { return };
        let fact = self.stated(first, frame, item, Version { time, ..Version::default() }, body);
        let copies: Vec<Fact> = rows.map(|row| Fact { origin: self.origin(row), ..fact.clone() }).collect();
        self.drafts.push(fact);
        self.drafts.extend(copies);
    }

    /// The patient as this symbol describes him, newest first where nobody else does: a symbol is no master.
    pub fn patient(&mut self, row: &Row<'_>, frame: &Frame, body: Body) {
        if frame.hold.is_some() {
            return;
        }
        let sequence = frame.day.map_or(0, |day| DateTime::day(day).stamp());
        let fact =
            self.stated(row, frame, Key::DOCUMENT_HEAD.to_owned(), Version { sequence, ..Version::default() }, body);
        self.drafts.push(fact);
    }

    pub fn identity(&mut self, frame: &Frame, birth_date: Option<Date>, sex: Option<Sex>) {
        if frame.hold.is_none() {
            let time = frame.day.map_or(0, |day| DateTime::day(day).stamp());
            self.sink.identity(Identity {
                patient: frame.patient.clone(),
                input: Arc::clone(&self.input.name),
                version: Version { time, ..Version::default() },
                birth_date,
                sex,
            });
        }
    }

    pub fn held(&mut self, kind: RecordKind, row: &Row<'_>, frame: Option<&Frame>, rule: &'static Definition) {
        self.records += 1;
        let origin = self.origin(row);
        let record = self.sink.record(kind, origin);
        match frame {
            Some(frame) => record.of_patient(&frame.patient.id).held(rule),
            None => record.held(rule),
        }
    }

    pub fn not_carried(&mut self, kind: RecordKind, row: &Row<'_>, frame: &Frame, reason: &'static Definition) {
        self.records += 1;
        let origin = self.origin(row);
        self.sink.record(kind, origin).of_patient(&frame.patient.id).not_carried(reason);
    }

    fn stated(&mut self, row: &Row<'_>, frame: &Frame, item: String, version: Version, body: Body) -> Fact {
        let item: Arc<str> = item.into();
        let next = self.ordinals.entry((Arc::clone(&frame.scope), Arc::clone(&item))).or_insert(0);
        let ordinal = *next;
        *next = next.saturating_add(1);
        Fact {
            patient: frame.patient.clone(),
            key: Key { scope: Arc::clone(&frame.scope), item, ordinal },
            version,
            presence: Presence::Present,
            body,
            origin: self.origin(row),
        }
    }

    /// Hands everything over. What one input says of one thing in two ways is held, both: which of them is right, nobody says.
    pub fn finish(self) {
        let Self { drafts, sink, mut records, .. } = self;
        let mut said: BTreeMap<(PatientId, Key), (usize, bool)> = BTreeMap::new();
        for (index, fact) in drafts.iter().enumerate().filter(|(_, fact)| fact.kind().is_some()) {
            for key in names(fact) {
                let (first, contradicted) = said.entry((fact.patient.clone(), key)).or_insert((index, false));
                *contradicted |= drafts.get(*first).is_some_and(|first| first.body != fact.body);
            }
        }
        let mut patients: Vec<Fact> = Vec::new();
        for mut fact in drafts {
            let Some(kind) = fact.kind() else {
                // Two descriptions of one patient stand beside each other; the chart compares them.
                while patients.iter().any(|other| {
                    (&other.patient, &other.key) == (&fact.patient, &fact.key)
                        && (other.version, &other.body) != (fact.version, &fact.body)
                }) {
                    fact.key.ordinal = fact.key.ordinal.saturating_add(1);
                }
                patients.push(fact.clone());
                sink.context(fact);
                continue;
            };
            records += 1;
            let contradicts =
                |key| said.get(&(fact.patient.clone(), key)).is_some_and(|(_, contradicted)| *contradicted);
            let contradicted = names(&fact).into_iter().any(contradicts);
            if contradicted {
                sink.issue(Issue::new(&issues::SAID_TWICE).at(fact.origin.clone()));
                sink.record(kind, fact.origin.clone()).of_patient(&fact.patient.id).held(&issues::SAID_TWICE);
            } else {
                sink.record(kind, fact.origin.clone()).fact(fact);
            }
        }
        if records == 0 {
            sink.context_only();
        }
    }
}

/// What names a statement: its key, and its place in the prescription where that has a number of its own.
fn names(fact: &Fact) -> Vec<Key> {
    let place = match &fact.body {
        Body::Prescription(line) if line.prescription_number.is_some() && line.place > 0 => {
            Some(Key { item: format!("#{}^{}", line.group, line.place).into(), ordinal: 0, ..fact.key.clone() })
        }
        _ => None,
    };
    std::iter::once(fact.key.clone()).chain(place).collect()
}
