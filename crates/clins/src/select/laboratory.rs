//! 検査結果: which lines of a report are results, and when the specimen was taken.

use crate::{
    Defaulted, care, issues,
    run::{Record, Run, Verdict},
};
use tsugite_clinical::{
    DateTime,
    body::{Body, LabResult},
    standard::{LabStandard, Standard},
};

/// One result with its standard side.
#[derive(Clone, Copy)]
pub(crate) struct Collected<'a> {
    pub result: &'a LabResult,
    pub standard: &'a LabStandard,
}

impl<'a> Collected<'a> {
    pub fn of(record: &Record<'a>) -> Option<Self> {
        match (&record.fact.body, record.standard) {
            (Body::LabResult(result), Standard::Lab(standard)) => Some(Self { result, standard }),
            _ => None,
        }
    }
}

/// The last step of the chain: a day, which the reader is told.
pub(crate) const CARE_DAY: &str = "care day";

/// SPM-17, else OBR-7, else OBX-14, else 診療日.
pub(crate) fn effective(result: &LabResult) -> Option<(DateTime, Option<Defaulted>)> {
    let step = |value_from| Some(Defaulted { element: "Observation.effectiveDateTime", value_from });
    let collected = result.specimen.as_ref().and_then(|specimen| specimen.collected).map(|at| (at, None));
    collected
        .or_else(|| result.ordered_for.map(|at| (at, step("OBR-7"))))
        .or_else(|| result.observed.map(|at| (at, step("OBX-14"))))
        .or_else(|| result.report.care_day.map(|day| (DateTime::day(day), step(CARE_DAY))))
}

/// What OBX-11 makes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Final,
    Corrected,
    Cancelled,
    Preliminary,
    Withdrawn,
    NoResult,
    Unknown,
}

pub(crate) fn status(result: &LabResult) -> Status {
    match result.status.trim() {
        // Not given, or "final without retransmission": a line that stands in a report of results is one.
        "F" | "U" | "" => Status::Final,
        "C" => Status::Corrected,
        "X" => Status::Cancelled,
        "P" | "R" => Status::Preliminary,
        "D" | "W" => Status::Withdrawn,
        "O" | "I" | "S" | "N" => Status::NoResult,
        _ => Status::Unknown,
    }
}

pub(crate) fn verdict(run: &Run, record: &Record) -> Verdict {
    let Body::LabResult(result) = &record.fact.body else { return Verdict::Held(&issues::CANNOT_WRITE) };
    let status = status(result);
    if status == Status::Withdrawn {
        return Verdict::Retracted;
    }
    if let Some(rule) = run.excluded {
        return Verdict::NotCarried(rule);
    }
    if status == Status::NoResult {
        return Verdict::NotCarried(&issues::RESULT_NOT_REPORTED);
    }
    if let Some(rule) = run.outside_insurance(&result.care) {
        return Verdict::NotCarried(rule);
    }
    let effective = effective(result).map(|(at, _)| at);
    if run.site.since.zip(effective).is_some_and(|(since, at)| at.date.last_day() < since.first_day()) {
        return Verdict::NotCarried(&issues::BEFORE_START);
    }
    match result_verdict(run, record) {
        Verdict::Member if care::department(run, &result.care).is_none() => Verdict::Held(&issues::NO_DEPARTMENT),
        Verdict::Member if care::practitioner(&result.care, run.site).is_none() => {
            Verdict::Held(&issues::NO_PRACTITIONER)
        }
        other => other,
    }
}

/// Whether a line is a result that can be said, wherever it stands.
pub(crate) fn result_verdict(run: &Run, record: &Record) -> Verdict {
    let Body::LabResult(result) = &record.fact.body else { return Verdict::Held(&issues::CANNOT_WRITE) };
    if let Some(rule) = Run::doubt(record) {
        return Verdict::Held(rule);
    }
    match status(result) {
        Status::Withdrawn => return Verdict::Retracted,
        Status::NoResult => return Verdict::NotCarried(&issues::RESULT_NOT_REPORTED),
        Status::Preliminary if !run.site.policy.lab.preliminary => return Verdict::Held(&issues::PRELIMINARY),
        Status::Unknown => return Verdict::Held(&issues::STATUS_UNKNOWN),
        _ => {}
    }
    let Some(Collected { standard, .. }) = Collected::of(record) else {
        return Verdict::Held(&issues::NOT_STANDARDISED);
    };
    if standard.local.is_none() || standard.text.trim().is_empty() {
        return Verdict::Held(&issues::TEST_NAMELESS);
    }
    let Some((effective, _)) = effective(result) else { return Verdict::Held(&issues::NO_EFFECTIVE_TIME) };
    if let Some(rule) = run.impossible(effective) {
        return Verdict::Held(rule);
    }
    Verdict::Member
}
