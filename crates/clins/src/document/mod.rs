//! 診療情報提供書, 退院時サマリー, 健診結果報告書: one Unit a document, from its own facts and what it takes from the chart.
//!
//! What a document states is its own: its facts stand in no list of the patient. What it takes from the chart stays where it is, but
//! for drugs, which nothing else can carry.

mod chart;
mod checkup;
mod contents;
mod drugs;
mod family;
mod judge;
mod missing;
mod party;
mod section;

pub(crate) use checkup::{Checked, CheckupPart, Item, item as checkup_item};
pub(crate) use contents::{Entry, Filled, Letter};
pub(crate) use family::relation;
pub(crate) use missing::{decoded_length, is_cda};
pub(crate) use party::{House, author, house, is_prescribed_elsewhere, provider, sender};
pub(crate) use section::{Part, REMARKS, parts};

use crate::{
    HeldUnit, UnitKey, UnitKind,
    build::{self, Script},
    hash::Decided,
    issues,
    run::{Record, Run},
    select,
};
use contents::Left;
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{
    End, PatientId, Scope, Standing,
    body::{Body, Consent, Document, DocumentKind},
};
use tsugite_issue::{Definition, Issue};

pub(crate) const fn unit_kind(kind: DocumentKind) -> UnitKind {
    match kind {
        DocumentKind::Referral => UnitKind::Referral,
        DocumentKind::Discharge => UnitKind::Discharge,
        DocumentKind::Checkup => UnitKind::Checkup,
    }
}

/// The scopes that belong to documents.
pub(crate) fn scopes<'a>(records: &[Record<'a>]) -> BTreeSet<(&'a PatientId, &'a Scope)> {
    let documents = records.iter().filter(|record| matches!(record.fact.body, Body::Document(_)));
    documents.map(scope).collect()
}

pub(crate) fn scope<'a>(record: &Record<'a>) -> (&'a PatientId, &'a Scope) {
    (&record.fact.patient, &record.fact.key.scope)
}

fn document<'a>(record: &Record<'a>) -> Option<&'a Document> {
    match &record.fact.body {
        Body::Document(document) => Some(document),
        _ => None,
    }
}

/// Everything of one document: its statements, and the facts of their scopes.
#[derive(Default)]
struct Stated<'a> {
    documents: Vec<Record<'a>>,
    own: Vec<Record<'a>>,
}

pub(crate) fn report<'a>(run: &mut Run<'a>) {
    if !run.records.iter().any(|record| record.in_document) {
        return;
    }
    let mut stated: BTreeMap<(UnitKind, String), Stated> = BTreeMap::new();
    let mut keys: BTreeMap<(&PatientId, &Scope), (UnitKind, String)> = BTreeMap::new();
    for record in &run.records {
        if let Some(document) = document(record) {
            let key = (unit_kind(document.kind), document.id.trim().to_owned());
            keys.entry(scope(record)).or_insert_with(|| key.clone());
            stated.entry(key).or_default().documents.push(*record);
        }
    }
    // A patient or a visit that a document tells is context of the patient, as everywhere.
    let is_own = |record: &&Record| record.in_document && document(record).is_none() && record.fact.kind().is_some();
    for record in run.records.iter().filter(is_own) {
        let place = keys.get(&scope(record)).and_then(|key| stated.get_mut(key));
        if let Some(place) = place {
            place.own.push(*record);
        }
    }
    for ((kind, id), stated) in stated {
        let key = run.key(kind, id);
        one(run, key, stated);
    }
}

const fn is_live(record: &Record) -> bool {
    !matches!(record.standing, Standing::Retracted | Standing::Superseded)
}

fn one<'a>(run: &mut Run<'a>, key: UnitKey, mut stated: Stated<'a>) {
    let withdrawn = stated.documents.iter().any(|record| record.standing == Standing::Retracted);
    run.set_others_aside(&mut stated.documents);
    run.set_others_aside(&mut stated.own);
    stated.documents.retain(is_live);
    stated.own.retain(is_live);
    let Some(record) = stated.documents.first().copied() else {
        // What belongs to a document goes with it.
        stated.own.iter().for_each(|record| run.end(record, End::Retracted));
        if withdrawn && !run.is_doubtful() {
            run.outcome.emptied.push(key);
        }
        return;
    };
    let Some(document) = document(&record) else { return };
    if let Some(rule) = not_carried(run, &record, document) {
        let all = stated.documents.iter().chain(&stated.own);
        all.for_each(|record| run.end(record, End::NotCarried(rule)));
        if run.excluded.is_some() {
            run.outcome.emptied.push(key);
        }
        return;
    }
    let doubt = match stated.documents.as_slice() {
        [record] => Run::doubt(record),
        several if several.iter().any(|record| record.standing == Standing::Conflict) => {
            Some(&tsugite_clinical::issues::STATEMENTS_CONFLICT)
        }
        _ => Some(&issues::DOCUMENT_ID_TWICE),
    };
    let rule = doubt.or(run.person.as_ref().err().copied());
    if let Some(rule) = rule {
        let records = stated.documents.iter().chain(&stated.own).copied().collect();
        let issue = if doubt.is_some() { record.issue(rule) } else { run.patient_issue(rule) };
        return hold(run, key, records, rule, vec![issue]);
    }
    letter(run, key, record, document, stated.own);
}

fn not_carried(run: &mut Run, record: &Record, document: &Document) -> Option<&'static Definition> {
    if let Some(rule) = run.excluded {
        return Some(rule);
    }
    if let Some(number) = party::foreign_author(run, document) {
        run.outcome.issues.push(record.issue(&issues::DOCUMENT_RECEIVED).found(number));
        return Some(&issues::DOCUMENT_RECEIVED);
    }
    let written = contents::written(run, record, document);
    let before = run.site.since.is_some_and(|since| written.date.last_day() < since.first_day());
    before.then_some(&issues::BEFORE_START)
}

fn letter<'a>(run: &mut Run<'a>, key: UnitKey, record: Record<'a>, document: &'a Document, own: Vec<Record<'a>>) {
    let (letter, left) = Letter::new(run, record, document, own);
    let checked = (document.kind == DocumentKind::Checkup).then(|| Checked::new(&letter));
    let missing = match &checked {
        Some(checked) => missing::of_checkup(run, &letter, checked.has_entries()),
        None => missing::of_letter(run, &letter),
    };
    end_left(run, &left);
    let held = left.held.first().map(|(_, rule)| *rule);
    if let Some(rule) = held.or_else(|| missing.first().map(|issue| issue.definition)) {
        let told = left.held.iter().map(|(record, rule)| record.issue(rule)).chain(missing).collect();
        let records = std::iter::once(record).chain(waiting(&letter, &left)).collect();
        return hold(run, key, records, rule, told);
    }
    let script = Script {
        key,
        decided: decided(run, &letter),
        day: day(&letter),
        review: needs_review(run, &letter),
        checked,
        letter,
    };
    let built = build::build_document(run, script);
    run.take(built, std::iter::empty());
}

/// Facts that wait with a document that is held: its own, and drugs of the chart.
fn waiting<'l, 'a>(letter: &'l Letter<'a>, left: &'l Left<'a>) -> impl Iterator<Item = Record<'a>> + use<'l, 'a> {
    let done: BTreeSet<usize> =
        left.retracted.iter().chain(left.not_carried.iter().map(|(r, _)| r)).map(|r| r.index).collect();
    let own = letter.own.iter().filter(move |record| !done.contains(&record.index));
    let drugs = letter.members().chain(left.held.iter().map(|(record, _)| record));
    let drugs = drugs.filter(|record| !record.in_document && matches!(record.fact.body, Body::Prescription(_)));
    own.chain(drugs).copied()
}

fn end_left(run: &mut Run, left: &Left) {
    left.retracted.iter().for_each(|record| run.end(record, End::Retracted));
    let not_carried = left.not_carried.iter().map(|(record, rule)| (record, End::NotCarried(rule)));
    let superseded = left.superseded.iter().map(|record| (record, End::Superseded));
    for (record, end) in not_carried.chain(superseded) {
        // A drug that another document carries is reported.
        if run.outcome.ends.get(record.index) != Some(&Some(End::Reported)) {
            run.end(record, end);
        }
    }
}

fn hold(run: &mut Run, key: UnitKey, mut records: Vec<Record>, rule: &'static Definition, told: Vec<Issue>) {
    records.sort_by_key(|record| record.index);
    records.dedup_by_key(|record| record.index);
    // A drug that another document carries is reported.
    records.retain(|record| record.in_document || run.outcome.ends.get(record.index) != Some(&Some(End::Reported)));
    records.iter().for_each(|record| run.end(record, End::Held(rule)));
    let members = records.iter().map(|record| record.index).collect();
    let origins = records.iter().map(|record| record.fact.origin.clone()).collect();
    run.outcome.held.push(HeldUnit { key, rule, issues: told, members, origins });
}

/// A letter is a word of its day: a later change of the chart is no change of the letter, so only its own facts count.
fn decided<'a>(run: &Run<'a>, letter: &Letter<'a>) -> Vec<Decided<'a>> {
    let all = std::iter::once(&letter.record).chain(&letter.own);
    let decided = |record: &Record<'a>| Decided {
        body: &record.fact.body,
        held: false,
        deleted: false,
        lapsed: false,
        tags: select::problem(run, record).map(|problem| problem.tags).unwrap_or_default(),
    };
    all.map(decided).collect()
}

/// For the insured id: the day of the health check, of discharge, or of writing.
fn day(letter: &Letter) -> tsugite_clinical::Date {
    let performed = letter.document.checkup.as_deref().and_then(|checkup| checkup.performed);
    let discharged = letter.stay.as_ref().and_then(|stay| stay.discharged).map(|at| at.date);
    performed.or(discharged).unwrap_or(letter.written.date)
}

/// Whoever asked the patient has seen the diagnoses.
fn needs_review(run: &Run, letter: &Letter) -> bool {
    letter.document.consent != Consent::Given && letter.members().any(|record| select::needs_review(run, record))
}
