//! 歯止め: what is too much to be believed without a person (`rules` §4). Pure.

use super::{groups::local, intend::Intention, issues};
use crate::settings::BrakeSettings;
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{Fact, Presence, Scope, Statement, Version, body::Body};
use tsugite_issue::Issue;
use tsugite_store::Operation;

/// A whole list that became much shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListLoss {
    pub before: usize,
    pub after: usize,
}

/// By kind of Unit, the list whose newest statement is shorter than the one before by more than the percentage, and by more than one
/// row: a list of three that loses one is daily life.
pub fn list_loss(statements: &[Statement], percent: u32) -> BTreeMap<&'static str, ListLoss> {
    let mut lists: BTreeMap<(&Scope, Version), usize> = BTreeMap::new();
    for statement in statements {
        // A list that its source withdrew is a deletion, which the brake counts as such.
        if let Statement::List(list) = statement
            && list.presence == Presence::Present
        {
            lists.insert((&list.scope, list.version), 0);
        }
    }
    let mut kinds: BTreeMap<&Scope, &'static str> = BTreeMap::new();
    // A letter is written anew as its author likes: it is no list of the patient.
    let documents: BTreeSet<&Scope> = statements.iter().filter_map(document_scope).collect();
    for fact in statements.iter().filter_map(member).filter(|fact| !documents.contains(&*fact.key.scope)) {
        if let Some(rows) = lists.get_mut(&(&*fact.key.scope, fact.version)) {
            *rows += 1;
            kinds.insert(&fact.key.scope, kind(&fact.body));
        }
    }
    let mut losses = BTreeMap::new();
    let rows: Vec<(&Scope, usize)> = lists.into_iter().map(|((scope, _), rows)| (scope, rows)).collect();
    for of_scope in rows.chunk_by(|a, b| a.0 == b.0) {
        let [.., (_, before), (scope, after)] = of_scope else { continue };
        let lost = before.saturating_sub(*after);
        let allowed = before.saturating_mul(usize::try_from(percent).unwrap_or(0)) / 100;
        if lost > 1
            && lost > allowed
            && let Some(kind) = kinds.get(scope)
        {
            losses.insert(*kind, ListLoss { before: *before, after: *after });
        }
    }
    losses
}

fn document_scope(statement: &Statement) -> Option<&Scope> {
    match statement {
        Statement::Fact(fact) if matches!(fact.body, Body::Document(_)) => Some(&fact.key.scope),
        _ => None,
    }
}

fn member(statement: &Statement) -> Option<&Fact> {
    match statement {
        Statement::Fact(fact) if fact.presence == Presence::Present && !kind(&fact.body).is_empty() => Some(fact),
        _ => None,
    }
}

const fn kind(body: &Body) -> &'static str {
    match body {
        Body::Diagnosis(_) => "condition",
        Body::Allergy(_) => "allergy",
        _ => "",
    }
}

/// What the brake says about a round.
#[derive(Debug, Default)]
pub struct Verdict {
    pub issues: Vec<Issue>,
    /// What a person must say yes to: subject, and a line to show.
    pub asks: Vec<(String, String)>,
    /// How many Units would be cancelled or shrink.
    pub losing: usize,
}

/// The subject of a person's yes: this operation with this content.
pub fn subject(intention: &Intention) -> String {
    let content: String = intention.content.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} {} {content}", intention.bundle_id, intention.operation.name())
}

/// Judges what was not approved before. `recent`: what counts as of the same run; `live`: Units at the centre.
pub fn judge(unapproved: &[&Intention], recent: usize, live: u32, settings: &BrakeSettings) -> Verdict {
    let mut verdict = Verdict::default();
    let losing: Vec<&Intention> = unapproved.iter().copied().filter(|i| loses(i)).collect();
    verdict.losing = losing.len();
    let count = losing.len() + recent;
    if !losing.is_empty() && over(count, live, settings) {
        let issue = Issue::new(&issues::BRAKE).with("count", count.to_string()).with("live", live.to_string());
        verdict.issues.push(issue);
        verdict.asks.extend(losing.into_iter().map(ask));
    }
    for intention in unapproved {
        let Some(ListLoss { before, after }) = intention.list_loss else { continue };
        let issue = Issue::new(&issues::LIST_SHORTER).with("before", before.to_string());
        verdict.issues.push(issue.with("after", after.to_string()));
        verdict.asks.push(ask(intention));
    }
    verdict
}

/// More than the number or the percentage.
pub fn over(count: usize, of: u32, settings: &BrakeSettings) -> bool {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    count > u64::from(settings.count) || count * 100 > u64::from(of) * u64::from(settings.percent)
}

fn loses(intention: &Intention) -> bool {
    let shrinks = intention.before.is_some_and(|before| intention.members < before);
    intention.operation == Operation::Cancel || shrinks
}

fn ask(intention: &Intention) -> (String, String) {
    let unit = &intention.unit;
    let patient = local(&unit.patient);
    let before = intention.before.map_or_else(|| "?".to_owned(), |before| before.to_string());
    let line = format!(
        "{} {} {patient} {} ({before} → {})",
        intention.operation.name(),
        unit.kind,
        unit.report,
        intention.members
    );
    (subject(intention), line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_store::Unit;

    fn intention(operation: Operation, before: u32, members: u32) -> Intention {
        Intention {
            unit: Unit {
                kind: "lab".into(),
                institution: "1319999999".into(),
                patient: "s/1".into(),
                report: "r".into(),
                generation: 0,
            },
            bundle_id: "b".into(),
            operation,
            content: [1; 32],
            members,
            before: Some(before),
            list_loss: None,
            review: false,
        }
    }

    #[test]
    fn more_than_five_percent_or_twenty_units_stop_the_round() {
        let settings = BrakeSettings::default();
        for (count, live, stops) in [
            (0, 0, false),
            (1, 20, false),
            (1, 19, true),
            (5, 100, false),
            (6, 100, true),
            (20, 1000, false),
            (21, 1000, true),
        ] {
            let cancels = vec![intention(Operation::Cancel, 1, 0); count];
            let verdict = judge(&cancels.iter().collect::<Vec<_>>(), 0, live, &settings);
            assert_eq!(!verdict.issues.is_empty(), stops, "{count} of {live}");
            assert_eq!(verdict.asks.len(), if stops { count } else { 0 });
        }
    }

    #[test]
    fn losses_that_come_one_by_one_add_up_to_a_run() {
        let cancel = intention(Operation::Cancel, 1, 0);
        for (recent, stops) in [(0, false), (19, false), (20, true)] {
            assert_eq!(
                !judge(&[&cancel], recent, 1000, &BrakeSettings::default()).issues.is_empty(),
                stops,
                "{recent}"
            );
        }
        assert!(judge(&[], 21, 1000, &BrakeSettings::default()).issues.is_empty(), "nothing new is lost");
    }

    #[test]
    fn what_grows_or_begins_is_no_reason_to_stop() {
        let grows = intention(Operation::Change, 1, 2);
        let new = Intention { before: None, ..intention(Operation::Register, 0, 1) };
        assert!(judge(&[&grows, &new], 0, 1, &BrakeSettings::default()).issues.is_empty());
        let shrinks = intention(Operation::Change, 2, 1);
        assert_eq!(judge(&[&shrinks], 0, 1, &BrakeSettings::default()).issues.len(), 1);
    }

    #[test]
    fn a_list_that_lost_much_stops_the_round_by_itself() {
        let mut short = intention(Operation::Change, 10, 12);
        short.list_loss = Some(ListLoss { before: 10, after: 7 });
        assert_eq!(judge(&[&short], 0, 1000, &BrakeSettings::default()).issues.len(), 1);
    }
}
