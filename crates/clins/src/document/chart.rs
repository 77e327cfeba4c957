//! What a composed letter takes from the patient's chart besides its own facts: as it stood on the letter's day.

use super::{
    contents::{Entry, Left, Letter, drug_place},
    drugs::{self, Lines, Told},
    judge::{Judged, is_infection, judge},
};
use crate::{
    UnitKind, issues, list,
    run::{Record, Run},
    select::{self, Collected, Owner, effective},
};
use jiff::ToSpan as _;
use std::collections::BTreeMap;
use tsugite_clinical::{
    Date, DateTime, Standing,
    body::{
        Body, CareClass, ChartPart, Document, DocumentKind, EncounterKind, LabResult, Prescription, SectionKind, Stay,
    },
    care_on,
    policy::WithHeld,
    standard::{ClinicalStatus, Standard},
};

/// 入院期間: as the document says, else the stay of the chart, where the document asks for it.
pub fn stay(run: &Run, document: &Document, written: DateTime) -> Option<Stay> {
    if document.stay.is_some() || !document.include.contains(&ChartPart::Encounter) {
        return document.stay.clone();
    }
    let stay_on = |at| care_on(run.encounters.iter().copied(), at).filter(|care| care.class == CareClass::Inpatient);
    // A summary is written after the stay as a rule: the last one that had ended by then.
    let is_summary = document.kind == DocumentKind::Discharge;
    let covering =
        stay_on(written).or_else(|| last_discharge(run, written).filter(|_| is_summary).and_then(stay_on))?;
    let disposition = run.encounters.iter().find_map(|fact| match &fact.body {
        Body::Encounter(encounter) if encounter.at == covering.end => encounter.disposition.clone(),
        _ => None,
    });
    Some(Stay { admitted: Some(covering.start), discharged: covering.end, origin: None, disposition })
}

/// The last discharge that lies not after a time.
fn last_discharge(run: &Run, until: DateTime) -> Option<DateTime> {
    let discharges = run.encounters.iter().filter_map(|fact| match &fact.body {
        Body::Encounter(encounter) if encounter.kind == EncounterKind::Discharge => encounter.at,
        _ => None,
    });
    discharges.filter(|at| at.date <= until.date).max()
}

pub fn take<'a>(run: &Run<'a>, letter: &mut Letter<'a>, left: &mut Left<'a>) {
    let mut parts = letter.document.include.clone();
    parts.sort_unstable();
    parts.dedup();
    for part in parts {
        match part {
            ChartPart::Problems => problems(run, letter),
            ChartPart::Allergies => allergies(run, letter, left),
            ChartPart::Infections => results(run, letter, true),
            ChartPart::Labs => results(run, letter, false),
            ChartPart::Prescriptions => prescriptions(run, letter, left),
            ChartPart::Encounter => {}
        }
    }
}

/// Facts of the chart that hold and stand in no document.
fn live<'r, 'a>(run: &'r Run<'a>) -> impl Iterator<Item = Record<'a>> + use<'r, 'a> {
    let holds =
        |record: &&Record| !record.in_document && matches!(record.standing, Standing::Active | Standing::Conflict);
    run.records.iter().filter(holds).copied()
}

/// The rows of the list's owner; of all sources where nobody is known to be complete.
fn owned<'a>(run: &Run<'a>, records: Vec<Record<'a>>, authority: &[String]) -> Vec<Record<'a>> {
    match select::owner(run, &records, authority) {
        Owner::Feed(feed) => records.into_iter().filter(|record| &*record.fact.key.scope.feed == feed).collect(),
        Owner::All | Owner::Nobody => records,
    }
}

/// 傷病名 that hold on the letter's day, or held during the stay.
fn problems<'a>(run: &Run<'a>, letter: &mut Letter<'a>) {
    let records = live(run).filter(|record| matches!(record.fact.body, Body::Diagnosis(_))).collect();
    let records = owned(run, records, &run.site.policy.condition.authority);
    let since = letter.stay.as_ref().and_then(|stay| stay.admitted).unwrap_or(letter.written);
    let holds = |record: &Record| match (&record.fact.body, record.standard) {
        (Body::Diagnosis(diagnosis), Standard::Diagnosis(standard)) => {
            let begun = diagnosis.onset.or(diagnosis.established).or(diagnosis.recorded);
            let begun = begun.is_none_or(|at| at.date.first_day() <= letter.written.date.last_day());
            let ended = diagnosis.ended.filter(|_| standard.outcome.status != ClinicalStatus::Active);
            begun
                && (standard.outcome.status == ClinicalStatus::Active
                    || ended.is_some_and(|at| at.date.last_day() >= since.date.first_day()))
        }
        _ => true,
    };
    let mut members = Vec::new();
    let mut held = Vec::new();
    for record in records.into_iter().filter(holds) {
        match Judged::from(select::condition_verdict(run, &record)) {
            Judged::Entry => members.push(record),
            Judged::Held(rule) => held.push((record, rule)),
            Judged::Spoken | Judged::Retracted | Judged::NotCarried(_) => {}
        }
    }
    held.iter().for_each(|(record, rule)| letter.left_out(record, rule));
    for records in list::groups(run, UnitKind::Condition, &members) {
        let Some(first) = records.first() else { continue };
        let kind = letter.usual(first);
        letter.push(kind, Entry { records, told: false });
    }
}

/// An allergy that is held is never left out in silence: a letter without it would say that there is none.
fn allergies<'a>(run: &Run<'a>, letter: &mut Letter<'a>, left: &mut Left<'a>) {
    let records = live(run).filter(|record| matches!(record.fact.body, Body::Allergy(_))).collect();
    let records = owned(run, records, &run.site.policy.allergy.authority);
    let mut members = Vec::new();
    for record in records {
        match judge(run, &record) {
            Judged::Entry => members.push(record),
            Judged::Spoken => letter.speak(SectionKind::Allergies, record),
            Judged::Held(rule) if run.site.policy.allergy.with_held == WithHeld::HoldUnit => {
                left.held.push((record, rule));
            }
            Judged::Held(rule) => letter.left_out(&record, rule),
            Judged::Retracted | Judged::NotCarried(_) => {}
        }
    }
    for records in list::groups(run, UnitKind::Allergy, &members) {
        letter.push(SectionKind::Allergies, Entry { records, told: false });
    }
}

/// The newest result of each test: of infections whenever it was, of all others of the last days, or of the stay.
fn results<'a>(run: &Run<'a>, letter: &mut Letter<'a>, infections: bool) {
    let both = letter.document.include.contains(&ChartPart::Infections);
    let last = letter.written.date.last_day();
    let days = i64::from(run.site.policy.document.lab_days);
    let in_days = letter.written.date.first_day().checked_sub(days.days()).unwrap_or(last);
    let admitted = letter.stay.as_ref().filter(|_| letter.document.kind == DocumentKind::Discharge);
    let first = admitted.and_then(|stay| stay.admitted).map_or(in_days, |at| at.date.first_day());
    let mut newest: BTreeMap<(String, String), (DateTime, Record<'a>)> = BTreeMap::new();
    for record in live(run) {
        let Body::LabResult(result) = &record.fact.body else { continue };
        let wanted = if infections { is_infection(&record) } else { !(both && is_infection(&record)) };
        let Some((at, _)) = effective(result).filter(|_| wanted) else { continue };
        let day = at.date.last_day();
        if day > last || (!infections && day < first) {
            continue;
        }
        match Judged::from(select::result_verdict(run, &record)) {
            Judged::Entry => {
                let place = newest.entry(test(&record, result)).or_insert((at, record));
                if (at.date, at.time) > (place.0.date, place.0.time) {
                    *place = (at, record);
                }
            }
            Judged::Held(rule) => letter.left_out(&record, rule),
            Judged::Spoken | Judged::Retracted | Judged::NotCarried(_) => {}
        }
    }
    let mut found: Vec<(DateTime, Record)> = newest.into_values().collect();
    found.sort_by_key(|(_, record)| record.index);
    for (_, record) in found {
        let kind = letter.usual(&record);
        letter.push(kind, Entry { records: vec![record], told: false });
    }
}

/// What a test is known by: local code and specimen.
fn test(record: &Record, result: &LabResult) -> (String, String) {
    let standard = Collected::of(record).map(|collected| collected.standard);
    let code = standard.and_then(|standard| standard.local.as_ref()).map_or("", |coding| &coding.code);
    let sub = result.sub_id.as_deref().unwrap_or_default();
    (format!("{code}\u{1f}{sub}"), standard.map(|standard| standard.specimen_text.clone()).unwrap_or_default())
}

/// The drugs that the patient takes on the letter's day.
fn prescriptions<'a>(run: &Run<'a>, letter: &mut Letter<'a>, left: &mut Left<'a>) {
    let kind = SectionKind::Medication;
    let mut lines: Vec<Record> = live(run).filter(|record| matches!(record.fact.body, Body::Prescription(_))).collect();
    lines.sort_by_cached_key(|record| (drug_place(record), record.index));
    let all = Lines::new(run, &lines);
    for record in lines {
        let Body::Prescription(line) = &record.fact.body else { continue };
        let days = match record.standard {
            Standard::Prescription(standard) => standard.days,
            _ => None,
        };
        if line.administered || !is_taken(run, line, days, letter.written.date) {
            continue;
        }
        match all.told(run, &record) {
            Told::By(owner) => {
                drugs::compare(letter, &record, &owner);
                left.superseded.push(record);
                continue;
            }
            Told::Perhaps(owner) => {
                letter.issues.push(drugs::between(&record, &issues::DRUG_OF_OTHER_FEED, owner));
                left.not_carried.push((record, &issues::DRUG_OF_OTHER_FEED));
                continue;
            }
            Told::Here => {}
        }
        match judge(run, &record) {
            Judged::Entry => letter.push(kind, Entry { records: vec![record], told: false }),
            Judged::Spoken => letter.speak(kind, record),
            // A list of drugs that lacks one misleads whoever prescribes next.
            Judged::Held(rule) => left.held.push((record, rule)),
            Judged::Retracted | Judged::NotCarried(_) => {}
        }
    }
}

fn is_taken(run: &Run, line: &Prescription, days: Option<u32>, on: Date) -> bool {
    let Some(start) = line.start.or(line.ordered) else { return false };
    if start.date.first_day() > on.last_day() {
        return false;
    }
    let last = line.end.map(|end| end.date.last_day()).or_else(|| {
        let days = i64::from(days.filter(|days| *days > 0)?).saturating_sub(1);
        start.date.first_day().checked_add(days.days()).ok()
    });
    let recent = || {
        let span = i64::from(run.site.policy.document.lab_days).days();
        start.date.last_day().checked_add(span).is_ok_and(|until| until >= on.first_day())
    };
    last.map_or_else(recent, |last| last >= on.first_day())
}
