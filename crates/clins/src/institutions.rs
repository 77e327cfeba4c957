//! Under which institution's number a record is reported (`rules` §6): numbers change, and one storage may be that of several.

use crate::{
    Outcome, document, issues,
    run::{Record, Run},
    select::effective,
};
use tsugite_clinical::{
    Date, End, Standing,
    body::{Body, Care},
    policy::{Institution, InstitutionRow},
};

/// The row of the site's table that each record belongs to, by the record's place in the chart; `None`: to no row.
pub(crate) fn rows_of(run: &Run) -> Vec<Option<usize>> {
    let rows = &run.site.policy.institutions;
    let day = |record: &Record| day(run, record).unwrap_or_else(|| Date::from_civil(run.today));
    run.records.iter().map(|record| rows.iter().position(|row| fits(row, record, day(record)))).collect()
}

/// A result is of the day of its care and a document of the day when it was written; a list is of today.
fn day(run: &Run, record: &Record) -> Option<Date> {
    if record.in_document {
        let own = |other: &&Record| document::scope(other) == document::scope(record);
        return run.records.iter().filter(own).find_map(|other| match &other.fact.body {
            Body::Document(document) => document.written.map(|at| at.date),
            _ => None,
        });
    }
    match &record.fact.body {
        Body::LabResult(result) => result.report.care_day.or_else(|| effective(result).map(|(at, _)| at.date)),
        _ => None,
    }
}

fn fits(row: &InstitutionRow, record: &Record, day: Date) -> bool {
    let path = &record.fact.origin.input.path;
    let in_root =
        row.roots.iter().any(|root| path.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('/')));
    let of_department = || {
        let department = care(record).and_then(|care| care.department.as_ref());
        department
            .is_some_and(|stated| row.departments.iter().any(|name| *name == stated.code || *name == stated.display))
    };
    row.is_valid_on(day) && (row.roots.is_empty() || in_root) && (row.departments.is_empty() || of_department())
}

fn care<'a>(record: &Record<'a>) -> Option<&'a Care> {
    match &record.fact.body {
        Body::Diagnosis(diagnosis) => Some(&diagnosis.care),
        Body::Allergy(allergy) => Some(&allergy.care),
        Body::LabResult(result) => Some(&result.care),
        Body::Prescription(prescription) => Some(&prescription.care),
        _ => None,
    }
}

/// Leaves only what belongs to a row: to this institution, what others have is history.
pub(crate) fn keep(run: &mut Run, rows: &[Option<usize>], own: usize) {
    for record in &mut run.records {
        if rows.get(record.index).copied().flatten() != Some(own) {
            record.standing = Standing::Superseded;
        }
    }
}

/// Takes what came of a row's own records.
pub(crate) fn merge(into: &mut Outcome, from: Outcome, rows: &[Option<usize>], own: usize) {
    let Outcome { built, held, emptied, ends, patient_held, defaulted, uncoded, issues } = from;
    into.built.extend(built);
    into.held.extend(held);
    into.emptied.extend(emptied);
    into.patient_held = into.patient_held.or(patient_held);
    into.defaulted.extend(defaulted);
    into.uncoded.extend(uncoded);
    into.issues.extend(issues.into_iter().filter(|issue| !into.issues.contains(issue)).collect::<Vec<_>>());
    for (index, end) in ends.into_iter().enumerate() {
        let is_own = rows.get(index).copied().flatten() == Some(own);
        if let Some(slot) = into.ends.get_mut(index).filter(|_| is_own) {
            *slot = end;
        }
    }
}

/// Records of no institution of the table wait for it to be completed.
pub(crate) fn hold_strays(run: &mut Run, rows: &[Option<usize>]) {
    for record in run.records.clone() {
        let is_stray = rows.get(record.index).is_none_or(Option::is_none);
        if is_stray && record.fact.kind().is_some() && is_live(&record) {
            run.end(&record, run.excluded.map_or(End::Held(&issues::NO_INSTITUTION), End::NotCarried));
            run.outcome.issues.push(record.issue(&issues::NO_INSTITUTION));
        }
    }
}

/// 歯科: the service does not take it yet.
pub(crate) fn leave_dental_care(run: &mut Run) {
    for record in run.records.clone() {
        if record.fact.kind().is_some() && is_live(&record) {
            run.end(&record, End::NotCarried(run.excluded.unwrap_or(&issues::DENTAL)));
        }
    }
}

const fn is_live(record: &Record) -> bool {
    !matches!(record.standing, Standing::Retracted | Standing::Superseded)
}

pub(crate) fn is_dental(institution: &Institution) -> bool {
    institution.number.as_bytes().get(2) == Some(&b'3')
}
