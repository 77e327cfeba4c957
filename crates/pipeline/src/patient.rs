//! One patient: statements to gated Units, with the end of every record.

use crate::{
    Settings, gate, issues,
    read::{Ended, Told},
    who::Likeness,
};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use tsugite_clinical::{
    Chart, End, PatientId, RecordKind, Resolved, Statement,
    body::{Body, Sex},
    policy::Baselines,
    standard::{Standardised, Unmapped},
    who::kana_name,
};
use tsugite_clins::{BuiltUnit, Defaulted, HeldUnit, Outcome, Site, Subject, UnitKey};
use tsugite_issue::{Definition, Issue, Origin};

/// Where one record ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    pub kind: RecordKind,
    pub origin: Origin,
    pub end: End,
    /// Held with something larger that is listed itself: its Unit, its patient, its input.
    pub with_larger: bool,
    /// What fills the places of the rule's text, where it was held while reading.
    pub told: Told,
}

/// Everything that became of one patient.
#[derive(Debug)]
pub struct PatientResult {
    pub patient: PatientId,
    /// There are statements about the patient, not only records that ended while reading.
    pub charted: bool,
    /// Units that passed the gate.
    pub built: Vec<BuiltUnit>,
    /// Units that cannot be built, or that the gate kept back.
    pub held: Vec<HeldUnit>,
    /// Units that no longer have a member: what was accepted of them must be cancelled.
    pub emptied: Vec<UnitKey>,
    pub patient_held: Option<&'static Definition>,
    /// What a likely double would share.
    pub(crate) likeness: Option<Likeness>,
    /// Where the patient's current master data stand.
    pub master: Option<Origin>,
    /// Every record of this patient once, in the order of inputs and places.
    pub ends: Vec<Ending>,
    pub defaulted: Vec<Defaulted>,
    /// Kinds of the reported facts that are said in text only.
    pub uncoded: Vec<RecordKind>,
    pub unmapped: Vec<Unmapped>,
    pub issues: Vec<Issue>,
}

/// What is known of one patient.
#[derive(Debug, Default)]
pub struct Known {
    pub statements: Vec<Statement>,
    pub ended: Vec<Ended>,
    /// The patient's folder was read to its end: its lists are whole.
    pub scanned: bool,
    /// Why nothing of the patient is sent: the ids may mean two persons.
    pub doubt: Option<&'static Definition>,
}

/// Folds the statements of one patient, by whatever ids, into a chart and reports it under `patient`. A Unit that fails the gate is held with its records.
pub fn report_patient(patient: PatientId, known: Known, settings: &Settings) -> PatientResult {
    let Known { statements, ended, scanned, doubt } = known;
    let charted = !statements.is_empty();
    let mut ledger = Records::default();
    statements.iter().for_each(|statement| ledger.expect(statement));
    let chart = Chart::new(statements);
    let standardised = tsugite_terminology::standardise(chart.resolve(), settings.tables, settings.site.policy);
    let subject = Subject { id: &patient, doubt };
    let outcome = report(&standardised, scanned, subject, settings);
    let Standardised { resolved, unmapped, issues: mut told, .. } = standardised;
    let Outcome { built, mut held, emptied, ends, patient_held, defaulted, uncoded, issues, .. } = outcome;
    told.extend(issues);
    held.iter_mut().for_each(|unit| origins(unit, &chart));

    let mut passed = Vec::with_capacity(built.len());
    let mut ends = ends;
    for unit in built {
        match gate::pass(unit, settings) {
            Ok((mut unit, found)) => {
                told.append(&mut unit.issues);
                told.extend(found);
                passed.push(unit);
            }
            Err(mut unit) => {
                origins(&mut unit, &chart);
                held.push(unit);
            }
        }
    }
    hold_members(&held, &passed, &mut ends);

    let of_units: BTreeSet<usize> = held.iter().flat_map(|unit| unit.members.iter().copied()).collect();
    for (index, (stated, end)) in chart.facts().iter().zip(&ends).enumerate() {
        let (Some(kind), Some(end)) = (stated.fact.kind(), end) else { continue };
        let with_larger = patient_held.is_some() || of_units.contains(&index);
        for origin in std::iter::once(&stated.fact.origin).chain(stated.fact.comment_origins()) {
            ledger.end(kind, origin, *end, with_larger);
        }
        for origin in &stated.repeats {
            let repeat = match end {
                _ if resolved.is_other_person(origin) => End::Held(&tsugite_clinical::issues::OTHER_PERSON),
                End::Retracted => End::Retracted,
                _ => End::Superseded,
            };
            ledger.end(kind, origin, repeat, false);
        }
    }
    for Ended { record, with_input, told } in ended {
        ledger.end(record.kind, &record.origin, record.end, with_input);
        if !told.is_empty() {
            ledger.told.insert(record.origin, told);
        }
    }
    let ends = ledger.close(&mut told);
    let master = master(&resolved);
    // What is said of the patient as a whole is said of the master data.
    for issue in told.iter_mut().filter(|issue| issue.origin.is_none()) {
        issue.origin.clone_from(&master);
    }
    let likeness = likeness(&patient, &resolved, master.as_ref());
    let fact_kind = |index: usize| chart.facts().get(index).and_then(|stated| stated.fact.kind());
    let uncoded = uncoded.into_iter().filter_map(fact_kind).collect();
    PatientResult {
        patient,
        charted,
        built: passed,
        held,
        emptied,
        patient_held,
        likeness,
        master,
        ends,
        defaulted,
        uncoded,
        unmapped,
        issues: told,
    }
}

fn likeness(patient: &PatientId, resolved: &Resolved, master: Option<&Origin>) -> Option<Likeness> {
    let current = resolved.patient().current?;
    let born = current.birth_date.filter(|date| date.is_full())?;
    Some(Likeness {
        patient: patient.clone(),
        name_and_birth: (kana_name(current)?, born),
        sex: current.sex.filter(|sex| *sex != Sex::Unknown),
        master: master.cloned(),
    })
}

fn master(resolved: &Resolved) -> Option<Origin> {
    let mut active = resolved.active();
    active.find(|fact| matches!(fact.body, Body::Patient(_))).map(|fact| fact.origin.clone())
}

/// The whole folder of a patient is a baseline of its lists; a folder of which a part could not be read is none.
fn report(standardised: &Standardised, scanned: bool, subject: Subject, settings: &Settings) -> Outcome {
    let site = Site { subject: Some(subject), ..settings.site };
    if !scanned {
        return tsugite_clins::report(standardised, &site);
    }
    let mut scanned = settings.site.baselines.scanned.clone();
    scanned.extend(settings.instances().map(ToString::to_string));
    let baselines = Baselines { scanned };
    tsugite_clins::report(standardised, &Site { baselines: &baselines, ..site })
}

/// A held Unit names the places of its members.
fn origins(unit: &mut HeldUnit, chart: &Chart) {
    if unit.origins.is_empty() {
        let members = unit.members.iter().filter_map(|&member| chart.facts().get(member));
        unit.origins = members.map(|stated| stated.fact.origin.clone()).collect();
    }
    for issue in unit.issues.iter_mut().filter(|issue| issue.origin.is_none()) {
        issue.origin = unit.origins.first().cloned();
    }
}

/// A record that only a Unit of the gate would have reported is held with it.
fn hold_members(held: &[HeldUnit], passed: &[BuiltUnit], ends: &mut [Option<End>]) {
    let reported: BTreeSet<usize> = passed.iter().flat_map(|unit| unit.members.iter().copied()).collect();
    for unit in held {
        for &member in unit.members.iter().filter(|member| !reported.contains(member)) {
            if let Some(Some(end)) = ends.get_mut(member)
                && *end == End::Reported
            {
                *end = End::Held(unit.rule);
            }
        }
    }
}

/// Each place once, with the end that it got.
#[derive(Default)]
struct Records {
    ends: BTreeMap<Origin, (RecordKind, Option<(End, bool)>)>,
    told: BTreeMap<Origin, Told>,
}

impl Records {
    /// A record was read; it must get an end.
    fn expect(&mut self, statement: &Statement) {
        let Statement::Fact(fact) = statement else { return };
        let Some(kind) = fact.kind() else { return };
        for origin in std::iter::once(&fact.origin).chain(fact.comment_origins()) {
            self.ends.entry(origin.clone()).or_insert((kind, None));
        }
    }

    /// Of several ends of one place the first in the order of `rules` §8 is true; what any bundle holds is reported.
    fn end(&mut self, kind: RecordKind, origin: &Origin, end: End, with_larger: bool) {
        match self.ends.entry(origin.clone()) {
            Entry::Vacant(place) => drop(place.insert((kind, Some((end, with_larger))))),
            Entry::Occupied(mut place) => match &mut place.get_mut().1 {
                Some((known, _)) if rank(*known) <= rank(end) => {}
                slot => *slot = Some((end, with_larger)),
            },
        }
    }

    /// All ends; a record without one is a defect of this program: it is told and counted as held.
    fn close(self, told: &mut Vec<Issue>) -> Vec<Ending> {
        let mut reasons = self.told;
        let ending = |(origin, (kind, end)): (Origin, (RecordKind, Option<(End, bool)>))| {
            let (end, with_larger) = end.unwrap_or_else(|| {
                told.push(Issue::new(&issues::RECORD_UNACCOUNTED).with("kind", kind.name()).at(origin.clone()));
                (End::Held(&issues::RECORD_UNACCOUNTED), false)
            });
            let told = match end {
                End::Held(_) => reasons.remove(&origin).unwrap_or_default(),
                _ => Told::new(),
            };
            Ending { kind, origin, end, with_larger, told }
        };
        self.ends.into_iter().map(ending).collect()
    }
}

const fn rank(end: End) -> u8 {
    match end {
        End::Reported => 0,
        End::Retracted => 1,
        End::Superseded => 2,
        End::NotCarried(_) => 3,
        End::Held(_) => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tsugite_issue::{Address, Digest, InputName, Span};

    fn place(n: u8) -> Origin {
        let name = InputName { path: "a".into(), digest: Digest([n; 16]) };
        Origin { input: Arc::new(name), span: Span::new(0, 1), address: Address::Whole }
    }

    #[test]
    fn a_place_counts_once_and_ends_in_the_first_place_that_is_true() {
        let mut records = Records::default();
        records.end(RecordKind::LabResult, &place(1), End::Reported, false);
        records.end(RecordKind::LabResult, &place(1), End::Superseded, false);
        records.end(RecordKind::LabResult, &place(1), End::Held(&issues::EMPTY_INPUT), false);
        records.end(RecordKind::Condition, &place(2), End::Held(&issues::EMPTY_INPUT), false);
        records.end(RecordKind::Condition, &place(2), End::Superseded, false);
        let mut told = Vec::new();
        let ends: Vec<_> = records.close(&mut told).into_iter().map(|ending| ending.end).collect();
        assert_eq!(ends, [End::Reported, End::Superseded]);
        assert!(told.is_empty());
    }

    #[test]
    fn a_record_without_an_end_is_told_and_held() {
        let mut records = Records::default();
        records.ends.insert(place(1), (RecordKind::Allergy, None));
        let mut told = Vec::new();
        let ends = records.close(&mut told);
        assert_eq!(ends[0].end, End::Held(&issues::RECORD_UNACCOUNTED));
        assert_eq!(told[0].code(), "PIPELINE-001");
    }
}
