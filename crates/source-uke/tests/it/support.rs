use std::{collections::BTreeMap, sync::Arc};
use tsugite_charset::GaijiTable;
use tsugite_clinical::{Fact, RecordKind, Statement, body::Body};
use tsugite_source::{Context, Input, Output, Sink, Source as _};
use tsugite_source_uke::Uke;

pub fn read(bytes: &[u8]) -> Output {
    let context =
        Context { instance: "clinic".into(), id_space: "clinic".into(), gaiji: Arc::new(GaijiTable::default()) };
    let mut sink = Sink::new();
    Uke::default().read(&Input::new("RECEIPTC.UKE", bytes), &context, &mut sink);
    sink.finish()
}

pub fn facts(output: &Output) -> impl Iterator<Item = &Fact> {
    output.statements.iter().filter_map(|statement| match statement {
        Statement::Fact(fact) => Some(fact),
        Statement::List(_) | Statement::Identity(_) => None,
    })
}

/// What is said, whatever its place and order: facts without origins, ends with their kinds, lists, identities.
pub fn said(output: &Output) -> Vec<String> {
    let statement = |statement: &Statement| match statement {
        Statement::Fact(fact) => {
            format!("{:?} {:?} {:?} {:?} {:?}", fact.patient.id, fact.key, fact.version, fact.presence, fact.body)
        }
        Statement::List(list) => format!("{:?} {:?} {:?}", list.patient.id, list.scope, list.version),
        Statement::Identity(who) => {
            format!("{:?} {:?} {:?} {:?}", who.patient.id, who.version, who.birth_date, who.sex)
        }
    };
    let mut said: Vec<String> = output.statements.iter().map(statement).collect();
    said.extend(output.ended.iter().map(|ended| format!("{:?} {:?} {:?}", ended.kind, ended.end, ended.patient)));
    said.sort();
    said
}

/// Records of each kind, facts and those that ended while reading.
pub fn records(output: &Output) -> BTreeMap<RecordKind, usize> {
    let kinds = facts(output).filter_map(Fact::kind).chain(output.ended.iter().map(|ended| ended.kind));
    let mut records = BTreeMap::new();
    kinds.for_each(|kind| *records.entry(kind).or_default() += 1);
    records
}

pub fn diagnoses(output: &Output) -> impl Iterator<Item = (&Fact, &tsugite_clinical::body::Diagnosis)> {
    facts(output).filter_map(|fact| match &fact.body {
        Body::Diagnosis(diagnosis) => Some((fact, &**diagnosis)),
        _ => None,
    })
}

/// Lines of a record id.
pub fn count(bytes: &[u8], id: &str) -> usize {
    let id = format!("{id},");
    bytes.split(|byte| matches!(byte, b'\r' | b'\n')).filter(|line| line.starts_with(id.as_bytes())).count()
}
