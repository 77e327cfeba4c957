//! From the rows of one receipt to the sink.

use crate::{
    diagnosis, drug,
    head::Head,
    issues,
    receipt::Receipt,
    row::Row,
    series::{Series, series},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use tsugite_charset::Decoded;
use tsugite_clinical::{
    Date, Fact, Identity, Key, PatientId, Presence, RecordKind, Scope, Version, WholeList,
    body::{Body, Patient},
    receipt,
};
use tsugite_issue::{Definition, Issue, Origin};
use tsugite_source::{Context, Input, Sink};

/// Records of one receipt that stand for a patient and a month.
struct Frame {
    patient: PatientId,
    scope: Arc<Scope>,
    version: Version,
    month: Date,
}

/// How often an item of a patient and list was named, over a whole file: two receipts of one kind are two statements.
pub type Ordinals = HashMap<(String, Arc<str>, String), u16>;

pub struct Writer<'w> {
    input: &'w Input<'w>,
    context: &'w Context,
    decoded: &'w Decoded<'w>,
    head: &'w Head,
    sink: &'w mut Sink,
    ordinals: &'w mut Ordinals,
    records: usize,
}

/// How one record ends that is no fact.
#[derive(Clone, Copy)]
enum Instead {
    Held(&'static Definition),
    NotCarried(&'static Definition),
}

impl<'w> Writer<'w> {
    pub fn new(
        input: &'w Input<'w>,
        context: &'w Context,
        decoded: &'w Decoded<'w>,
        head: &'w Head,
        sink: &'w mut Sink,
        ordinals: &'w mut Ordinals,
    ) -> Self {
        Self { input, context, decoded, head, sink, ordinals, records: 0 }
    }

    pub const fn records(&self) -> usize {
        self.records
    }

    /// Rows before the first RE.
    pub fn stray(&mut self, rows: &[Row<'_>]) {
        let rule = &issues::OUTSIDE_RECEIPTS;
        if let Some(first) = rows.first() {
            let at = self.origin(first);
            self.sink.issue(Issue::new(rule).at(at));
        }
        self.all(rows, "", Instead::Held(rule));
    }

    /// A row whose end is missing: what it says may be something else.
    pub fn cut(&mut self, row: &Row<'_>, patient: &str) {
        let rule = &issues::ROW_CUT;
        self.tell(row, Issue::new(rule));
        self.all(std::slice::from_ref(row), patient, Instead::Held(rule));
    }

    pub fn receipt(&mut self, re: &Row<'_>, read: &Receipt, rows: &[Row<'_>], whole: bool) {
        let patient = read.patient.as_deref().unwrap_or_default();
        if let Some(reason) = Receipt::not_carried(self.head) {
            return self.all(rows, patient, Instead::NotCarried(reason));
        }
        let (Some(month), None) = (read.month, read.hold()) else {
            let rule = read.hold().unwrap_or(&issues::MONTH_INVALID);
            self.tell(re, Issue::new(rule));
            return self.all(rows, patient, Instead::Held(rule));
        };
        let source = &self.context.instance;
        let institution = self.head.institution.as_str();
        let frame = Frame {
            patient: self.context.patient(patient),
            scope: Arc::new(receipt::month_scope(source, institution, month)),
            version: receipt::version(month, self.head.billed),
            month,
        };
        self.master(re, read, &frame);
        let lists_diagnoses = rows.iter().any(|row| row.id() == "SY");
        // A month without a diagnosis is no list: no claim can be made without one.
        if whole && lists_diagnoses {
            self.sink.list(WholeList {
                patient: frame.patient.clone(),
                scope: Arc::clone(&frame.scope),
                version: frame.version,
                presence: Presence::Present,
                input: Arc::clone(&self.input.name),
            });
        }
        for row in rows.iter().filter(|row| row.id() == "SY") {
            self.diagnosis(row, read, &frame);
        }
        self.acts(rows, read, &frame);
    }

    /// Name, birth date, sex and insurance: context, and whom the input is about.
    fn master(&mut self, re: &Row<'_>, read: &Receipt, frame: &Frame) {
        if read.sex.is_none() {
            self.tell(re, Issue::new(&issues::SEX_UNKNOWN).found(re.field(5)));
        }
        if read.birth_date.is_none() {
            self.tell(re, Issue::new(&issues::DATE_INVALID).with("field", "RE 6").found(re.field(6)));
        }
        let patient = Patient {
            names: read.names.clone(),
            birth_date: read.birth_date,
            sex: read.sex,
            insurances: read.insurances.clone(),
            ..Patient::default()
        };
        // A receipt is no master: what the clinic's own master data say of the patient comes first.
        let scope = receipt::patient_scope(&self.context.instance, &self.head.institution, &read.kind);
        let scope = Arc::new(scope);
        let key = self.key(scope, Key::DOCUMENT_HEAD.to_owned(), frame);
        let fact = Fact {
            patient: frame.patient.clone(),
            key,
            version: frame.version,
            presence: Presence::Present,
            body: Body::Patient(Box::new(patient)),
            origin: self.origin(re),
        };
        self.sink.context(fact);
        self.sink.identity(Identity {
            patient: frame.patient.clone(),
            input: Arc::clone(&self.input.name),
            version: frame.version,
            birth_date: read.birth_date,
            sex: read.sex,
        });
    }

    fn diagnosis(&mut self, row: &Row<'_>, read: &Receipt, frame: &Frame) {
        let (diagnosis, told) = diagnosis::read(row, frame.month, &read.care);
        told.into_iter().for_each(|issue| self.tell(row, issue));
        match diagnosis {
            Ok(diagnosis) => {
                let item = format!("{} {}", diagnosis::item(&diagnosis), read.kind);
                self.fact(row, item, Body::Diagnosis(Box::new(diagnosis)), frame);
            }
            Err(rule) => self.instead(RecordKind::Condition, row, &frame.patient.id, Instead::Held(rule)),
        }
    }

    fn acts(&mut self, rows: &[Row<'_>], read: &Receipt, frame: &Frame) {
        let all = series(rows);
        let handed_out = all.iter().filter(|series| series.kind == "80").flat_map(Series::rows);
        if let Some(fee) = handed_out.into_iter().find(|row| row.id() == "SI" && row.code(3).starts_with("120")) {
            // 処方箋料 and its additions: the codes of 投薬 (120…) that stand under 80.
            self.tell(fee, Issue::new(&issues::OUTSIDE_PRESCRIPTION));
        }
        for (group, series) in (1..).zip(&all) {
            self.drugs(group, series, read, frame);
            self.billed(series, &frame.patient.id);
        }
    }

    fn drugs(&mut self, group: usize, series: &Series<'_>, read: &Receipt, frame: &Frame) {
        let role = drug::role(&series.kind);
        for unit in &series.units {
            let drugs = unit.rows.iter().filter(|row| row.id() == "IY");
            for (place, row) in (1_u16..).zip(drugs) {
                match role {
                    Ok(word) => {
                        let line = drug::Line { row, series, unit, group, place };
                        let order = format!("{}-{}", frame.month, read.number);
                        let prescription = drug::read(&line, word, order, frame.month, &read.care);
                        let item = drug_item(&series.kind, row, &read.kind);
                        self.fact(row, item, Body::Prescription(Box::new(prescription)), frame);
                    }
                    Err((kind, reason)) => {
                        self.instead(kind, row, &frame.patient.id, Instead::NotCarried(reason));
                    }
                }
            }
        }
    }

    /// Tests, images and meals were done, and their results or contents are elsewhere: one record a series, at its first act.
    fn billed(&mut self, series: &Series<'_>, patient: &str) {
        if let Some((kind, reason)) = billed(&series.kind)
            && let Some(first) = series.rows().find(|row| row.id() == "SI")
        {
            self.instead(kind, first, patient, Instead::NotCarried(reason));
        }
    }

    /// Ends every record of these rows in one way.
    fn all(&mut self, rows: &[Row<'_>], patient: &str, end: Instead) {
        for row in rows.iter().filter(|row| row.id() == "SY") {
            self.instead(RecordKind::Condition, row, patient, end);
        }
        for series in &series(rows) {
            let kind = drug::role(&series.kind).map_or_else(|(kind, _)| kind, |_| RecordKind::Prescription);
            for row in series.rows().filter(|row| row.id() == "IY") {
                self.instead(kind, row, patient, end);
            }
            if let Some((kind, _)) = billed(&series.kind)
                && let Some(first) = series.rows().find(|row| row.id() == "SI")
            {
                self.instead(kind, first, patient, end);
            }
        }
    }

    fn fact(&mut self, row: &Row<'_>, item: String, body: Body, frame: &Frame) {
        let Some(kind) = body.kind() else { return };
        self.records += 1;
        let key = self.key(Arc::clone(&frame.scope), item, frame);
        let (patient, version) = (frame.patient.clone(), frame.version);
        let origin = self.origin(row);
        let fact = Fact { patient, key, version, presence: Presence::Present, body, origin: origin.clone() };
        self.sink.record(kind, origin).fact(fact);
    }

    fn key(&mut self, scope: Arc<Scope>, item: String, frame: &Frame) -> Key {
        let named = (frame.patient.id.to_string(), Arc::clone(&scope.part), item.clone());
        let next = self.ordinals.entry(named).or_insert(0);
        let ordinal = *next;
        *next = next.saturating_add(1);
        Key { scope, item: item.into(), ordinal }
    }

    fn instead(&mut self, kind: RecordKind, row: &Row<'_>, patient: &str, end: Instead) {
        self.records += 1;
        let origin = self.origin(row);
        // A receipt without a number is of one patient whom nobody knows: it says nothing of the lists of all others.
        let record = self.sink.record(kind, origin).of_patient(patient);
        match end {
            Instead::Held(rule) => record.held(rule),
            Instead::NotCarried(reason) => record.not_carried(reason),
        }
    }

    fn tell(&mut self, row: &Row<'_>, issue: Issue) {
        let at = self.origin(row);
        self.sink.issue(issue.at(at));
    }

    fn origin(&self, row: &Row<'_>) -> Origin {
        row.origin(self.decoded, self.input)
    }
}

fn drug_item(kind: &str, row: &Row<'_>, receipt: &str) -> String {
    let days: BTreeMap<usize, &str> =
        (1..).zip(row.fields_from(13).take(31)).filter(|(_, day)| !day.is_empty()).collect();
    let days: Vec<String> = days.keys().map(usize::to_string).collect();
    format!("IY {kind} {}@{} {receipt}", row.code(3), days.join("."))
}

/// What a series of acts would be counted as, and where its content comes from.
fn billed(kind: &str) -> Option<(RecordKind, &'static Definition)> {
    match kind {
        "60" => Some((RecordKind::LabOrder, &issues::TESTS_BILLED)),
        "70" => Some((RecordKind::Imaging, &issues::IMAGING_BILLED)),
        "97" => Some((RecordKind::Diet, &issues::MEALS_BILLED)),
        _ => None,
    }
}
