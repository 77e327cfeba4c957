//! From rows to the sink: header rows and details, faults, keys, versions and lists.

mod said;

use super::{
    Line, Values,
    fill::{Filled, fill},
    rules::{Headings, Record, Rule, rules},
    version_of_file,
};
use crate::{
    issues,
    mapping::{FieldRule, Mapping, Place, Role, VersionSource, key},
    target::{self, Built, Pending, Shared, Target},
};
use rustc_hash::FxHashMap;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use tsugite_clinical::{Fact, Identity, Key, PatientId, Presence, RecordKind, Scope, Version, body::Body};
use tsugite_issue::{Definition, Issue};
use tsugite_source::{Context, Input, Sink};

/// Issues of one kind that are told one by one.
const LISTED: u32 = 20;

/// One file being read.
pub struct Reading<'r> {
    mapping: &'r Mapping,
    rules: Vec<Rule>,
    input: &'r Input<'r>,
    sink: &'r mut Sink,
    source: Arc<str>,
    space: Arc<str>,
    /// Of the file; rows may have their own.
    version: Version,
    headings: Headings,
    /// Other headings than those of the file stand among its rows: nobody knows what the cells behind them are.
    changed: bool,
    /// Columns of the file, where they are known, and the cells that its rows usually have.
    columns: Option<usize>,
    usual: Option<usize>,
    /// Details take what they lack from the header row before them, or from the one of their key.
    header: Option<Values>,
    headers: HashMap<String, Values>,
    /// Ordinals of what is alike, by the hash of its name.
    ordinals: FxHashMap<u64, u16>,
    patients: BTreeMap<String, Pending>,
    told: BTreeMap<&'static str, u32>,
    last: Last,
    records: u64,
    lines: u64,
}

/// What was said last: rows of one report or patient stand together in most files.
#[derive(Default)]
struct Last {
    scope: Option<(String, Arc<Scope>)>,
    list: Option<(PatientId, Arc<Scope>)>,
    identity: Option<Identity>,
    document: Option<Arc<Scope>>,
    shared: Shared,
}

impl<'r> Reading<'r> {
    /// `None` where the file cannot be used; that is told.
    pub fn begin(
        mapping: &'r Mapping,
        headings: &Headings,
        head: &[String],
        input: &'r Input<'r>,
        context: &Context,
        sink: &'r mut Sink,
    ) -> Option<Self> {
        let version = match version_of_file(mapping, input.file_name(), head) {
            None => Version::default(),
            Some(Some(at)) => Version { time: at.stamp(), ..Version::default() },
            Some(None) => {
                sink.unreadable(Issue::new(&issues::VERSION_MISSING).at(input.whole()));
                return None;
            }
        };
        let (rules, oddities) = rules(mapping, headings);
        if input.head().is_empty() {
            for odd in oddities {
                let issue = Issue::new(odd.rule).with("column", odd.column);
                sink.issue(issue.with("field", odd.field).at(input.whole()));
            }
            if matches!(mapping.version_from, VersionSource::Receipt) {
                sink.issue(Issue::new(&issues::ORDER_OF_RECEIPT).at(input.whole()));
            }
        }
        Some(Self {
            mapping,
            rules,
            input,
            sink,
            source: format!("{}/{}", context.instance, mapping.name).into(),
            space: mapping.id_space.clone().unwrap_or_else(|| Arc::clone(&context.id_space)),
            version,
            headings: headings.clone(),
            changed: false,
            usual: None,
            columns: mapping.layout.columns.or_else(|| Some(headings.width()).filter(|width| *width > 0)),
            header: None,
            headers: HashMap::new(),
            ordinals: FxHashMap::default(),
            patients: BTreeMap::new(),
            told: BTreeMap::new(),
            last: Last::default(),
            records: 0,
            lines: 0,
        })
    }

    pub fn tell(&mut self, issue: Issue, line: &Line<'_>) {
        let issue = issue.at(line.origin(self.input, None));
        self.tell_at(issue);
    }

    fn tell_at(&mut self, issue: Issue) {
        let count = self.told.entry(issue.code()).or_insert(0);
        *count = count.saturating_add(1);
        if *count <= LISTED {
            self.sink.issue(issue);
        }
    }

    /// So many cells most rows have, if they are delimited: a comma too many gives a row one more, even an empty one.
    /// Answers how many a whole row has at least.
    pub fn expect_cells(&mut self, usual: Option<usize>) -> Option<usize> {
        let columns = self.columns?;
        self.usual = Some(columns.max(usual.unwrap_or(0)));
        Some(columns.min(usual.unwrap_or(columns)))
    }

    /// `doubt`: why the cells may not be what they seem.
    pub fn line(&mut self, line: &Line<'_>, doubt: Option<&'static Definition>) {
        match self.headings.stand_in(line.cells()) {
            Some(true) => return self.tell(Issue::new(&issues::HEADING_REPEATED), line),
            Some(false) => {
                self.changed = true;
                return self.tell(Issue::new(&issues::HEADING_CHANGED), line);
            }
            None => self.lines += 1,
        }
        let shifted = self.columns.is_some_and(|columns| line.is_wider(columns, self.usual));
        let doubt = doubt.or(shifted.then_some(&issues::ROW_SHIFTED));
        let doubt = doubt.or(self.changed.then_some(&issues::HEADING_CHANGED));
        let rules = std::mem::take(&mut self.rules);
        match rules.iter().find(|rule| rule.when.as_ref().is_none_or(|when| line.meets(when))) {
            Some(rule) => self.row(rule, line, doubt),
            None => {
                // It may have been the header of what follows: better nobody's details than another's.
                self.header = None;
                self.tell(Issue::new(&issues::ROW_UNKNOWN), line);
            }
        }
        self.rules = rules;
    }

    fn row(&mut self, rule: &Rule, line: &Line<'_>, doubt: Option<&'static Definition>) {
        match rule.role {
            Role::Ignore => return,
            Role::End => return self.header = None,
            Role::Header | Role::Detail => {}
        }
        let wanted = rule.only.iter().all(|condition| line.meets(condition));
        if let Some(fields) = rule.patient.as_ref().filter(|_| wanted) {
            match doubt {
                Some(doubt) => self.tell(Issue::new(doubt), line),
                None => {
                    let values = self.values(Target::Patient, fields, line, None);
                    self.patient(&values, line);
                }
            }
        }
        if rule.role == Role::Header {
            let Some(record) = rule.records.first() else { return };
            let mut values = self.values(record.target, &record.fields, line, None);
            if let Some(doubt) = doubt {
                self.tell(Issue::new(doubt), line);
                values.fault = Some(doubt);
            }
            match rule.key.as_ref().map(|field| key(&line.field(field).text)) {
                Some(name) => self.keyed_header(name, values, line),
                None => self.header = Some(values),
            }
            return;
        }
        let needs_header = self.mapping_has_headers();
        let inherited = match (&rule.key, needs_header) {
            (Some(field), true) => self.headers.get(&key(&line.field(field).text)).cloned(),
            (None, true) => self.header.clone(),
            (_, false) => None,
        };
        for record in &rule.records {
            let empty = || record.anchor.as_ref().is_some_and(|place| line.found(place).text.trim().is_empty());
            if record.optional && empty() {
                continue;
            }
            let place = record.anchor.as_ref();
            let values = self.values(record.target, &record.fields, line, inherited.as_ref());
            let missing = (needs_header && inherited.is_none()).then_some(&issues::HEADER_MISSING);
            let missing = doubt.or(missing);
            let filtered = (!wanted).then_some(&issues::FILTERED);
            self.record(record, &values, line, place, missing, filtered);
        }
    }

    /// Which of two patients the details of one key belong to can no longer be told.
    fn keyed_header(&mut self, name: String, mut values: Values, line: &Line<'_>) {
        let before = self.headers.get(&name);
        if before.is_some_and(|before| before.fault == Some(&issues::HEADER_TWICE) || before.text(0) != values.text(0))
        {
            self.tell(Issue::new(&issues::HEADER_TWICE), line);
            values.fault = Some(&issues::HEADER_TWICE);
        }
        self.headers.insert(name, values);
    }

    fn mapping_has_headers(&self) -> bool {
        self.mapping.rows.iter().any(|row| row.role == Role::Header)
    }

    /// Fills the fields; what goes wrong is told with the name of the cell.
    fn values(
        &mut self,
        target: Target,
        fields: &[Option<FieldRule>],
        line: &Line<'_>,
        inherited: Option<&Values>,
    ) -> Values {
        let mut values = Values { values: Vec::with_capacity(fields.len()), fault: inherited.and_then(|i| i.fault) };
        for (at, (rule, spec)) in fields.iter().zip(target.fields()).enumerate() {
            let Some(rule) = rule else {
                let value = inherited.and_then(|values| values.values.get(at)).cloned().unwrap_or_default();
                values.values.push(value);
                continue;
            };
            let Filled { value, remark, fault } =
                fill(rule, spec.kind, line.field(rule), self.mapping.layout.undecodable);
            for definition in [remark, fault].into_iter().flatten() {
                let issue = Issue::new(definition).with("field", spec.title).with("cell", line.name_of(rule));
                let digits: Vec<String> = rule.digits.iter().map(ToString::to_string).collect();
                let issue = if digits.is_empty() { issue } else { issue.with("digits", digits.join("/")) };
                let place = rule.from.first();
                let issue = issue.found(line.field(rule).text).at(line.origin(self.input, place));
                self.tell_at(issue);
            }
            values.fault = values.fault.or(fault);
            values.values.push(value);
        }
        values
    }

    fn patient(&mut self, values: &Values, line: &Line<'_>) {
        let Some(id) = values.owned(target::patient::ID) else {
            return self.tell(Issue::new(&issues::PATIENT_MISSING), line);
        };
        if values.fault.is_some() {
            return;
        }
        let version = self.version_of(Target::Patient, values).unwrap_or(self.version);
        let origin = line.origin(self.input, None);
        match self.patients.get_mut(&id) {
            Some(pending) => pending.add(values, version, origin),
            None => drop(self.patients.insert(id, Pending::new(values, version, origin))),
        }
    }

    fn record(
        &mut self,
        record: &Record,
        values: &Values,
        line: &Line<'_>,
        place: Option<&Place>,
        missing: Option<&'static Definition>,
        filtered: Option<&'static Definition>,
    ) {
        let origin = line.origin(self.input, place);
        let kind = kind(record.target);
        self.records += 1;
        let patient = values.owned(0).filter(|_| missing.is_none());
        let end = |sink: &mut Sink, held: bool, rule: &'static Definition| {
            let record = sink.record(kind, origin.clone());
            let record = match &patient {
                Some(id) => record.of_patient(id),
                None => record,
            };
            if held { record.held(rule) } else { record.not_carried(rule) }
        };
        let told = |rule: &'static Definition| Issue::new(rule).at(origin.clone());
        let no_patient = patient.is_none().then_some(&issues::PATIENT_MISSING);
        if let Some(rule) = missing.or(values.fault).or(no_patient) {
            if values.fault.is_none() {
                self.tell_at(told(rule));
            }
            return end(self.sink, true, rule);
        }
        let Some(id) = patient.clone() else { return };
        let patient_id = PatientId { space: Arc::clone(&self.space), id: id.as_str().into() };
        let version = self.version_of(record.target, values);
        let Some(version) = version else {
            self.tell_at(told(&issues::VERSION_MISSING));
            return end(self.sink, true, &issues::VERSION_MISSING);
        };
        self.identity(record.target, values, &patient_id, version);
        let built = target::build(record.target, values, self.mapping, &mut self.last.shared);
        let scope = self.scope(record.target, values);
        // What the list says of a patient includes that it says nothing more of them.
        self.list(record.target, &patient_id, &scope, version);
        if let Some(rule) = filtered {
            return end(self.sink, false, rule);
        }
        match built {
            Built::Fact(item, body) => {
                if record.target == Target::Checkup {
                    self.document(values, &patient_id, &scope, version, line);
                }
                self.fact(&patient_id, &scope, version, item, body, origin);
            }
            Built::NotCarried(rule) => end(self.sink, false, rule),
            Built::Held(rule, field) => {
                self.tell_at(told(rule).with("field", field));
                end(self.sink, true, rule);
            }
        }
    }

    pub fn end(mut self) {
        for (id, pending) in std::mem::take(&mut self.patients) {
            let patient = PatientId { space: Arc::clone(&self.space), id: id.as_str().into() };
            let scope = Scope { source: Arc::clone(&self.source), feed: "PATIENTS".into(), part: "".into() };
            let scope = Arc::new(scope);
            let said = pending.finish();
            if let [_, (.., second), ..] = said.as_slice() {
                self.tell_at(Issue::new(&issues::PATIENT_TWICE).at(second.clone()));
            }
            for (ordinal, (body, version, origin)) in said.into_iter().enumerate() {
                self.sink.identity(Identity {
                    patient: patient.clone(),
                    input: Arc::clone(&self.input.name),
                    version,
                    birth_date: body.birth_date,
                    sex: body.sex,
                });
                self.sink.context(Fact {
                    patient: patient.clone(),
                    key: Key {
                        scope: Arc::clone(&scope),
                        item: "".into(),
                        ordinal: u16::try_from(ordinal).unwrap_or(u16::MAX),
                    },
                    version,
                    presence: Presence::Present,
                    body: Body::Patient(Box::new(body)),
                    origin,
                });
            }
        }
        for (code, count) in &self.told {
            if *count > LISTED {
                let issue = Issue::new(&issues::MORE).with("code", *code).with("count", (count - LISTED).to_string());
                self.sink.issue(issue.at(self.input.whole()));
            }
        }
        let whole_input = self.input.head().is_empty() && !self.input.goes_on();
        if self.lines == 0 && whole_input {
            self.sink.issue(Issue::new(&issues::EMPTY).at(self.input.whole()));
        }
        if self.records == 0 && whole_input {
            self.sink.context_only();
        }
    }
}

/// What a row is counted as.
const fn kind(target: Target) -> RecordKind {
    match target {
        Target::Patient | Target::Lab => RecordKind::LabResult,
        Target::Allergy => RecordKind::Allergy,
        Target::Diagnosis => RecordKind::Condition,
        Target::Prescription => RecordKind::Prescription,
        Target::Checkup => RecordKind::CheckupItem,
    }
}
