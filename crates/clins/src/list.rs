//! The problem list and the allergy list: snapshots of everything that is known (`rules` §3–5).

use crate::{
    HeldUnit, UnitKind,
    build::{Plan, build},
    hash::Decided,
    issues,
    run::{Record, Run, Verdict},
    select::{self, Owner},
};
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{
    Date, End, Standing,
    body::Body,
    policy::{UkeDiagnoses, UkeUnlisted, WithHeld},
    receipt,
};
use tsugite_issue::{Definition, Issue};

/// The records of one list, judged.
#[derive(Default)]
struct Judged<'a> {
    members: Vec<Record<'a>>,
    held: Vec<(Record<'a>, &'static Definition)>,
    /// Members once, and members still for all that the content hash knows.
    outside_window: Vec<Record<'a>>,
    /// Withdrawn by the source, or by the clinic.
    withdrawn: usize,
    /// Not carried for a reason that may pass.
    kept_back: usize,
}

pub(crate) fn report(run: &mut Run, kind: UnitKind) {
    let mut records: Vec<Record> = run.records.iter().filter(|record| is_of(record, kind)).copied().collect();
    run.set_others_aside(&mut records);
    let unwanted = |record: &mut Record| is_unwanted_receipt(run, record) && is_live(record);
    for record in records.extract_if(.., unwanted).collect::<Vec<_>>() {
        run.end(&record, End::NotCarried(&issues::RECEIPT_DIAGNOSIS));
    }
    let stated = records.iter().filter(|record| record.standing != Standing::Superseded).count();
    if stated == 0 {
        return;
    }
    if let Some(rule) = run.excluded {
        records.iter().filter(|record| is_live(record)).for_each(|record| run.end(record, End::NotCarried(rule)));
        let key = run.key(kind, String::new());
        run.outcome.emptied.push(key);
        return;
    }
    let owner = select::owner(run, &records, authority(run, kind));
    let judged = judge(run, kind, &records, &owner);
    let is_empty = judged.members.is_empty() && judged.held.is_empty();
    match owner {
        _ if is_empty => {
            let known = owner != Owner::Nobody && !run.is_doubtful();
            if known && judged.withdrawn > 0 && judged.kept_back == 0 {
                let key = run.key(kind, String::new());
                run.outcome.emptied.push(key);
            }
        }
        Owner::Nobody => hold(run, kind, &judged, &issues::NO_BASELINE),
        Owner::Feed(_) | Owner::All => list(run, kind, &judged),
    }
}

fn is_of(record: &Record, kind: UnitKind) -> bool {
    !record.in_document
        && matches!(
            (&record.fact.body, kind),
            (Body::Diagnosis(_), UnitKind::Condition) | (Body::Allergy(_), UnitKind::Allergy)
        )
}

/// `condition.uke = "never"`.
fn is_unwanted_receipt(run: &Run, record: &Record) -> bool {
    let of_receipt = *record.fact.key.scope.feed == *receipt::FEED && matches!(record.fact.body, Body::Diagnosis(_));
    of_receipt && run.site.policy.condition.uke == UkeDiagnoses::Never
}

const fn is_live(record: &Record) -> bool {
    !matches!(record.standing, Standing::Retracted | Standing::Superseded)
}

fn authority<'a>(run: &Run<'a>, kind: UnitKind) -> &'a [String] {
    match kind {
        UnitKind::Allergy => &run.site.policy.allergy.authority,
        _ => &run.site.policy.condition.authority,
    }
}

fn with_held(run: &Run, kind: UnitKind) -> WithHeld {
    match kind {
        UnitKind::Allergy => run.site.policy.allergy.with_held,
        _ => run.site.policy.condition.with_held,
    }
}

fn says(run: &Run, kind: UnitKind, record: &Record) -> String {
    match kind {
        UnitKind::Allergy => select::says_allergy(record),
        _ => select::says_condition(run, record),
    }
}

/// Decides on every record of the list; what is not a member ends here.
fn judge<'a>(run: &mut Run<'a>, kind: UnitKind, records: &[Record<'a>], owner: &Owner) -> Judged<'a> {
    let whole_list = not_made(run);
    let deleted = select::deleted(run, records);
    let mut judged = Judged::default();
    let (mut others, mut shown) = (Vec::new(), Vec::new());
    let live: Vec<Record> = records.iter().filter(|record| is_live(record)).copied().collect();
    let months = select::months(run, &live);
    let ends = run.site.policy.condition.uke_unlisted == UkeUnlisted::End;
    if ends {
        run.lapsed.extend(&months.lapsed);
    }
    for record in records {
        let owned = *owner == Owner::Nobody || owner.owns(record);
        if months.older.contains(&record.index) {
            run.end(record, End::Superseded);
            continue;
        }
        if !is_live(record) {
            match deleted.get(&record.index).filter(|_| owned && verdict(run, kind, record) == Verdict::Member) {
                Some(at) => shown.push((*record, select::still_shown(run, *at))),
                None => judged.withdrawn += usize::from(owned && record.standing == Standing::Retracted),
            }
            continue;
        }
        let verdict = match verdict(run, kind, record) {
            Verdict::Member if months.contradicted.contains(&record.index) => Verdict::Held(CONTRADICTED),
            verdict => verdict,
        };
        if verdict == Verdict::Member
            && owned
            && !ends
            && let Some(last) = months.lapsed.get(&record.index)
        {
            select::tell_lapsed(run, record, *last);
        }
        match (verdict, whole_list) {
            (Verdict::Retracted, _) => {
                run.end(record, End::Retracted);
                judged.withdrawn += usize::from(owned);
            }
            (Verdict::NotCarried(rule), _) => {
                run.end(record, End::NotCarried(rule));
                if rule == &issues::OUTSIDE_WINDOW && owned {
                    judged.outside_window.push(*record);
                    judged.kept_back += 1;
                } else if rule == &issues::DIAGNOSIS_EXCLUDED {
                    judged.withdrawn += usize::from(owned);
                }
            }
            (Verdict::Member | Verdict::Held(_), Some(rule)) => {
                run.end(record, End::NotCarried(rule));
                judged.kept_back += usize::from(owned);
            }
            (Verdict::Member | Verdict::Held(_), None) if !owned => others.push(*record),
            (Verdict::Member, None) => judged.members.push(*record),
            (Verdict::Held(rule), None) => {
                run.end(record, End::Held(rule));
                judged.held.push((*record, rule));
            }
        }
    }
    leave_to_owner(run, kind, &judged, &others, owner);
    show_deleted(run, kind, shown, whole_list.is_none(), &mut judged);
    judged
}

/// Two receipts of the newest month disagree on what became of a disease.
const CONTRADICTED: &Definition = &tsugite_clinical::issues::STATEMENTS_CONFLICT;

fn verdict(run: &Run, kind: UnitKind, record: &Record) -> Verdict {
    match kind {
        UnitKind::Allergy => select::allergy_verdict(run, record),
        _ => select::condition_verdict(run, record),
    }
}

/// What was deleted is shown as ended, unless it was entered again. `shown`: each with whether it still lies in the window.
fn show_deleted<'a>(run: &Run, kind: UnitKind, shown: Vec<(Record<'a>, bool)>, is_made: bool, judged: &mut Judged<'a>) {
    let live: BTreeSet<String> = judged.members.iter().map(|record| says(run, kind, record)).collect();
    for (record, in_window) in shown {
        if live.contains(&says(run, kind, &record)) {
            judged.withdrawn += 1;
        } else if !is_made {
            judged.kept_back += 1;
        } else if in_window {
            judged.members.push(record);
        } else {
            judged.outside_window.push(record);
            judged.kept_back += 1;
        }
    }
    judged.members.sort_by_key(|record| record.index);
}

/// What other sources say: the same again, or more, which is shown and not sent.
fn leave_to_owner(run: &mut Run, kind: UnitKind, judged: &Judged, others: &[Record], owner: &Owner) {
    let owned = judged.members.iter().chain(judged.held.iter().map(|(record, _)| record));
    let known: BTreeSet<String> = owned.map(|record| says(run, kind, record)).collect();
    let mut more: BTreeMap<&str, usize> = BTreeMap::new();
    for record in others {
        if known.contains(&says(run, kind, record)) {
            run.end(record, End::Superseded);
        } else {
            run.end(record, End::NotCarried(&issues::OTHER_OWNER));
            *more.entry(&record.fact.key.scope.feed).or_default() += 1;
        }
    }
    let Owner::Feed(owner) = owner else { return };
    for (feed, count) in more {
        let issue = Issue::new(&issues::OTHER_SOURCE_HAS_MORE).with("owner", *owner).with("feed", feed);
        run.outcome.issues.push(issue.with("count", count.to_string()));
    }
}

/// Why no list is made at all: the patient died, or was not seen since the start date.
fn not_made(run: &Run) -> Option<&'static Definition> {
    let deceased = run.resolved.patient().current.and_then(|patient| patient.deceased);
    if deceased.is_some_and(|day| day.first_day() <= run.today) {
        return Some(&issues::AFTER_DEATH);
    }
    let since = run.site.since?;
    (!was_seen(run, since)).then_some(&issues::NOT_SEEN_SINCE_START)
}

/// A visit, a test, a prescription or an entry on or after a day.
fn was_seen(run: &Run, since: Date) -> bool {
    run.resolved.active().any(|fact| {
        let dates = match &fact.body {
            Body::Document(document) => [document.written, None, None],
            Body::CheckupItem(item) => [item.performed, None, None],
            Body::Patient(_) | Body::Vital(_) => [None; 3],
            Body::Encounter(encounter) => [encounter.at, None, None],
            Body::Diagnosis(diagnosis) => {
                // Listed in a receipt: treated in that month.
                let month = receipt::month_of(&fact.key.scope).map(tsugite_clinical::DateTime::day);
                [diagnosis.recorded.or(month), diagnosis.established, diagnosis.onset]
            }
            Body::Allergy(allergy) => [allergy.recorded, None, None],
            Body::LabResult(result) => {
                let day = result.report.care_day.map(tsugite_clinical::DateTime::day);
                [day, result.observed, result.ordered_for]
            }
            Body::Prescription(prescription) => [prescription.ordered, prescription.start, None],
        };
        dates.into_iter().flatten().any(|at| at.date.last_day() >= since.first_day())
    })
}

/// The Unit of a list with at least one member or held record.
fn list<'a>(run: &mut Run<'a>, kind: UnitKind, judged: &Judged<'a>) {
    if let Err(rule) = run.person {
        return hold(run, kind, judged, rule);
    }
    let first_held = judged.held.first().map(|(_, rule)| *rule);
    if let Some(rule) = first_held
        && (judged.members.is_empty() || with_held(run, kind) == WithHeld::HoldUnit)
    {
        return hold(run, kind, judged, rule);
    }
    let mut told = Vec::new();
    for (record, rule) in &judged.held {
        run.outcome.issues.push(record.issue(rule));
        told.push(record.issue(&issues::LEFT_OUT_OF_LIST).with("reason", rule.code));
    }
    let groups = groups(run, kind, &judged.members);
    let plan = Plan {
        key: run.key(kind, String::new()),
        groups,
        decided: decided(run, judged),
        day: Date::from_civil(run.today),
        review: judged.members.iter().any(|record| select::needs_review(run, record)),
        issues: told,
    };
    let built = build(run, plan);
    run.take(built, judged.held.iter().map(|(record, _)| record.index));
}

/// Rows that say the same, the newest first; in the order of the chart.
pub(crate) fn groups<'a>(run: &Run<'a>, kind: UnitKind, members: &[Record<'a>]) -> Vec<Vec<Record<'a>>> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<Record>> = Vec::new();
    for record in members {
        let place = *places.entry(says(run, kind, record)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(*record),
            None => groups.push(vec![*record]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|record| (std::cmp::Reverse(record.fact.version), record.index));
    }
    groups
}

/// Leaving the window is no difference of content; being held or released is one.
fn decided<'a>(run: &Run<'a>, judged: &Judged<'a>) -> Vec<Decided<'a>> {
    let decided = |record: &Record<'a>, held| Decided {
        body: &record.fact.body,
        held,
        deleted: select::is_deleted(record),
        lapsed: run.lapsed.contains_key(&record.index),
        tags: select::problem(run, record).map(|problem| problem.tags).unwrap_or_default(),
    };
    let sent = judged.members.iter().chain(&judged.outside_window).map(|record| decided(record, false));
    sent.chain(judged.held.iter().map(|(record, _)| decided(record, true))).collect()
}

/// Holds the whole list. A record with a rule of its own keeps it.
fn hold(run: &mut Run, kind: UnitKind, judged: &Judged, rule: &'static Definition) {
    let because = if judged.held.iter().any(|(_, own)| *own == rule) { &issues::HELD_WITH_UNIT } else { rule };
    let live = judged.members.iter().filter(|record| is_live(record));
    live.for_each(|record| run.end(record, End::Held(because)));
    let held = judged.held.iter().map(|(record, own)| record.issue(own));
    let mut told: Vec<Issue> = held.collect();
    if because == rule {
        told.insert(0, run.patient_issue(rule));
    }
    let all = || judged.members.iter().chain(judged.held.iter().map(|(record, _)| record));
    let mut members: Vec<usize> = all().map(|record| record.index).collect();
    members.sort_unstable();
    let origins = all().map(|record| record.fact.origin.clone()).collect();
    let key = run.key(kind, String::new());
    run.outcome.held.push(HeldUnit { key, rule, issues: told, members, origins });
}
