//! Diagnoses of receipts over the months (`rules` §3). Each month is a whole list of its own, and the chart keeps it so: a resubmission
//! of a month takes away what it omits of that month and nothing else. What the months say together is put together here.
//!
//! The same (code, modifiers, 診療開始日) of a patient is one problem, and its newest month speaks; the older months are superseded. A
//! problem that newer receipts of the patient no longer list, without an outcome, is told and stays as it is, unless the site chose to
//! take it for ended.

use super::condition::parts;
use crate::{
    issues,
    run::{Record, Run},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tsugite_clinical::{
    Date,
    body::Concept,
    receipt,
    standard::{ClinicalStatus, Outcome},
};
use tsugite_issue::{Issue, Origin};

/// What is to become of the diagnoses of receipts, by their places in the chart.
#[derive(Default)]
pub(crate) struct Months {
    /// A newer month says the same problem.
    pub older: BTreeSet<usize>,
    /// The receipts of the newest month disagree on the outcome.
    pub contradicted: BTreeSet<usize>,
    /// Not listed in newer receipts, without an outcome; with the month that listed it last.
    pub lapsed: BTreeMap<usize, Date>,
}

/// One problem of one patient at one institution.
type Problem<'r> = (&'r str, &'r str, &'r Concept, &'r [Concept], &'r [Concept], Option<Date>);

/// Live records only.
pub(crate) fn months<'a>(run: &Run<'a>, records: &[Record<'a>]) -> Months {
    let mut problems: BTreeMap<Problem<'a>, Vec<(Date, Record<'a>)>> = BTreeMap::new();
    for record in records {
        let Some(month) = receipt::month_of(&record.fact.key.scope) else { continue };
        if let Some(problem) = problem(record) {
            problems.entry(problem).or_default().push((month, *record));
        }
    }
    let mut found = Months::default();
    for (problem, stated) in problems {
        let Some(newest) = stated.iter().map(|(month, _)| *month).max() else { continue };
        let (speaking, older): (Vec<_>, Vec<_>) = stated.into_iter().partition(|(month, _)| *month == newest);
        found.older.extend(older.iter().map(|(_, record)| record.index));
        let mut outcomes = speaking.iter().map(|(_, record)| outcome(record));
        let first = outcomes.next().flatten();
        if outcomes.any(|other| other != first) {
            found.contradicted.extend(speaking.iter().map(|(_, record)| record.index));
            continue;
        }
        let active = first.is_none_or(|outcome| outcome.status == ClinicalStatus::Active);
        let (patient, institution, ..) = problem;
        if active && last_month(run, patient, institution).is_some_and(|last| last > newest) {
            found.lapsed.extend(speaking.iter().map(|(_, record)| (record.index, newest)));
        }
    }
    found
}

fn problem<'a>(record: &Record<'a>) -> Option<Problem<'a>> {
    let (diagnosis, _) = parts(record)?;
    let (institution, _) = record.fact.key.scope.part.split_once('/')?;
    let began = diagnosis.onset.or(diagnosis.established).map(|at| at.date);
    Some((&record.fact.patient.id, institution, &diagnosis.disease, &diagnosis.prefixes, &diagnosis.suffixes, began))
}

fn outcome<'a>(record: &Record<'a>) -> Option<&'a Outcome> {
    parts(record)?.1.map(|standard| &standard.outcome)
}

/// The newest month of which the receipts of a patient are known.
fn last_month(run: &Run, patient: &str, institution: &str) -> Option<Date> {
    let lists = run.resolved.chart.lists().iter().filter(|list| &*list.patient.id == patient);
    let own = lists.filter(|list| !run.resolved.is_other_person(&Origin::whole(Arc::clone(&list.input))));
    let months = own.filter_map(|list| {
        let month = receipt::month_of(&list.scope)?;
        list.scope.part.starts_with(institution).then_some(month)
    });
    months.max()
}

/// Tells what is no longer listed.
pub(crate) fn tell_lapsed(run: &mut Run, record: &Record, last: Date) {
    let issue = record.issue(&issues::NO_LONGER_BILLED).with("month", last.to_string());
    run.outcome.issues.push(Issue::path(issue, "Condition.clinicalStatus"));
}
