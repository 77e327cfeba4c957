//! Laboratory reports: one Unit a (診療日, order number), interim and final alike (`rules` §4).

use crate::{
    HeldUnit, UnitKind,
    build::{Plan, build},
    hash::Decided,
    issues,
    run::{Record, Run, Verdict},
    select::{effective, laboratory_verdict},
};
use std::collections::BTreeMap;
use tsugite_clinical::{
    Date, End, Standing,
    body::{Body, LabResult},
};
use tsugite_issue::{Definition, Issue};

pub(crate) fn report(run: &mut Run) {
    let mut reports: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for record in &run.records {
        if let (false, Body::LabResult(result)) = (record.in_document, &record.fact.body) {
            reports.entry(report_key(record, result)).or_default().push(*record);
        }
    }
    for (key, records) in reports {
        one(run, key, records);
    }
}

/// 診療日 and order number; a report without a number is known by what its source adds.
fn report_key(record: &Record, result: &LabResult) -> String {
    let day = result.report.care_day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let number = match result.report.order_number.trim() {
        "" => &*record.fact.key.scope.part,
        number => number,
    };
    format!("{day}/{number}")
}

fn one<'a>(run: &mut Run<'a>, report: String, mut records: Vec<Record<'a>>) {
    run.set_others_aside(&mut records);
    let (mut members, mut held) = (Vec::new(), Vec::new());
    let (mut withdrawn, mut kept_back) = (0, 0);
    for record in &records {
        match record.standing {
            Standing::Superseded => continue,
            Standing::Retracted => {
                withdrawn += 1;
                continue;
            }
            Standing::Active | Standing::Conflict | Standing::OtherPerson => {}
        }
        match laboratory_verdict(run, record) {
            Verdict::Member => members.push(*record),
            Verdict::Retracted => {
                run.end(record, End::Retracted);
                withdrawn += 1;
            }
            Verdict::NotCarried(rule) => {
                run.end(record, End::NotCarried(rule));
                if run.excluded.is_some() { withdrawn += 1 } else { kept_back += 1 }
            }
            Verdict::Held(rule) => {
                run.end(record, End::Held(rule));
                held.push((*record, rule));
            }
        }
    }
    let key = run.key(UnitKind::Lab, report);
    if members.is_empty() && held.is_empty() {
        if withdrawn > 0 && kept_back == 0 && !run.is_doubtful() {
            run.outcome.emptied.push(key);
        }
        return;
    }
    // A preliminary result is no part of the report yet; any other doubt holds the report, which is never sent in part.
    let doubt = held.iter().map(|(_, rule)| *rule).find(|rule| *rule != &issues::PRELIMINARY);
    let rule = match &run.person {
        Err(rule) => Some(*rule),
        Ok(_) if members.is_empty() => doubt.or(held.first().map(|(_, rule)| *rule)),
        Ok(_) => doubt,
    };
    if let Some(rule) = rule {
        return hold(run, key, &members, &held, rule);
    }
    run.outcome.issues.extend(held.iter().map(|(record, rule)| record.issue(rule)));
    let decided = |record: &Record<'a>, held| Decided {
        body: &record.fact.body,
        held,
        deleted: false,
        lapsed: false,
        tags: Vec::new(),
    };
    let sent = members.iter().map(|record| decided(record, false));
    let plan = Plan {
        key,
        decided: sent.chain(held.iter().map(|(record, _)| decided(record, true))).collect(),
        day: care_day(run, &members),
        groups: members.into_iter().map(|record| vec![record]).collect(),
        review: false,
        issues: Vec::new(),
    };
    let built = build(run, plan);
    run.take(built, held.iter().map(|(record, _)| record.index));
}

/// For the insured id: 診療日, else the day of collection.
fn care_day(run: &Run, members: &[Record]) -> Date {
    let result = members.iter().find_map(|record| match &record.fact.body {
        Body::LabResult(result) => Some(result),
        _ => None,
    });
    let day = result.and_then(|result| result.report.care_day.or_else(|| effective(result).map(|(at, _)| at.date)));
    day.unwrap_or_else(|| Date::from_civil(run.today))
}

fn hold(
    run: &mut Run,
    key: crate::UnitKey,
    members: &[Record],
    held: &[(Record, &'static Definition)],
    rule: &'static Definition,
) {
    let of_record = held.iter().any(|(_, own)| *own == rule);
    let because = if of_record { &issues::HELD_WITH_UNIT } else { rule };
    members.iter().for_each(|record| run.end(record, End::Held(because)));
    let mut told: Vec<Issue> = held.iter().map(|(record, own)| record.issue(own)).collect();
    if !of_record {
        told.insert(0, run.patient_issue(rule));
    }
    let all = || members.iter().chain(held.iter().map(|(record, _)| record));
    let mut indexes: Vec<usize> = all().map(|record| record.index).collect();
    indexes.sort_unstable();
    let origins = all().map(|record| record.fact.origin.clone()).collect();
    run.outcome.held.push(HeldUnit { key, rule, issues: told, members: indexes, origins });
}
