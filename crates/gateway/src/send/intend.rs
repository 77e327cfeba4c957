//! What would be sent: every patient's chart reported and compared with the ledger.

use super::{
    brake::{ListLoss, list_loss},
    groups::{Group, Scope, groups_of, ledger_name},
    held::{held_row, unit_row},
    units::{Known, unit_of},
    who::Who,
};
use crate::failure::Failure;
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{PatientId, Statement, policy::Baselines};
use tsugite_clins::{BuiltUnit, Site, UnitKey};
use tsugite_issue::{Issue, Lang};
use tsugite_pipeline::{Known as KnownFacts, PatientResult, Settings, report_patient};
use tsugite_store::{
    Decision, HeldRow, IdentityPolicy, Latest, LedgerEntry, Operation, Store, Submission, SubmissionState, Unit,
    Unmapped, Wanted, decide,
};
use tsugite_upstream::Interface;

/// One operation that the comparison asks for. The bytes are built again when it goes into the outbox: the same chart gives the same.
#[derive(Clone, Debug)]
pub struct Intention {
    pub unit: Unit,
    pub bundle_id: String,
    pub operation: Operation,
    pub content: [u8; 32],
    /// Resources now, and in what the centre holds.
    pub members: u32,
    pub before: Option<u32>,
    pub list_loss: Option<ListLoss>,
    pub review: bool,
}

/// The result of comparing everything.
#[derive(Debug, Default)]
pub struct Intentions {
    pub enqueue: Vec<Intention>,
    pub withdraw: Vec<Unit>,
    pub held: Vec<HeldRow>,
    pub patients: u64,
    pub unchanged: u64,
    pub held_units: u64,
    pub issues: Vec<Issue>,
    /// Everybody who was looked at, as the clinic writes the number.
    pub patient_ids: BTreeSet<String>,
    /// By patient: whose chart an intention comes from.
    pub(super) groups: BTreeMap<String, usize>,
    pub(super) members: Vec<Group>,
    /// What was found of whom.
    pub found: Vec<Found>,
}

/// What was found of a patient, for `tsugite reprocess` and the list of unmapped codes.
#[derive(Clone, Debug)]
pub struct Found {
    pub patient: PatientId,
    pub issues: Vec<&'static str>,
    pub unmapped: Vec<Unmapped>,
}

impl Found {
    fn of(patient: &PatientId, result: &PatientResult) -> Self {
        let told = result.issues.iter().map(Issue::code).chain(result.held.iter().map(|held| held.rule.code));
        let issues: BTreeSet<&'static str> = told.collect();
        let unmapped = result.unmapped.iter().map(|unmapped| Unmapped {
            kind: unmapped.kind.to_string(),
            system: unmapped.system.clone(),
            code: unmapped.code.clone(),
            text: unmapped.text.clone(),
        });
        Self { patient: patient.clone(), issues: issues.into_iter().collect(), unmapped: unmapped.collect() }
    }
}

/// What all of it is compared with.
pub struct Comparison<'a> {
    pub settings: &'a Settings<'a>,
    pub known: &'a Known,
    pub who: &'a Who,
    pub incomplete: &'a BTreeSet<String>,
    pub identity: IdentityPolicy,
    /// What was accepted before this day is sent once more, before the centre drops it.
    pub renewed_before: Option<jiff::civil::Date>,
    pub interface: &'a Interface,
    pub list_percent: u32,
    /// Institution numbers that are over and whose lists are cancelled.
    pub replaced: BTreeSet<String>,
    pub lang: Lang,
}

/// Called between two patients or files of a long round: a service delivers, and looks whether it shall stop.
pub type Between<'b> = dyn FnMut(&mut Store) -> Result<(), Failure> + 'b;

/// By kind; of a patient what grows before what shrinks or goes: a result that moves to another report is never missing at the centre.
fn in_turn(intentions: &mut [Intention]) {
    let turn = |intention: &Intention| match intention.operation {
        Operation::Cancel => 2,
        Operation::Change if intention.before.is_some_and(|before| intention.members < before) => 1,
        Operation::Register | Operation::Change => 0,
    };
    let place = |i: &Intention| (i.unit.kind.clone(), i.unit.institution.clone(), i.unit.patient.clone(), turn(i));
    intentions.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.unit.cmp(&b.unit)));
}

impl Comparison<'_> {
    /// Reports the patients of the scope and decides on their Units.
    pub fn intentions(&self, store: &mut Store, scope: &Scope, between: &mut Between) -> Result<Intentions, Failure> {
        let mut intentions = Intentions::default();
        let groups = groups_of(scope, self.who);
        for (at, group) in groups.iter().enumerate() {
            self.patient(store, group, at, &mut intentions)?;
            between(store)?;
        }
        self.moved_away(store, &groups, &mut intentions)?;
        self.replaced(store, &groups, &mut intentions)?;
        intentions.patient_ids.extend(groups.iter().flatten().map(|id| id.id.to_string()));
        intentions.members.extend(groups);
        in_turn(&mut intentions.enqueue);
        Ok(intentions)
    }

    fn patient(&self, store: &Store, group: &Group, at: usize, into: &mut Intentions) -> Result<(), Failure> {
        let (result, losses) = self.report(store, group)?;
        into.patients += u64::from(result.charted);
        into.found.extend(group.iter().map(|patient| Found::of(patient, &result)));
        into.held_units += u64::try_from(result.held.len()).unwrap_or(u64::MAX);
        into.held.extend(tsugite_pipeline::report::held_of(&result, self.lang).into_iter().map(held_row));
        for unit in &result.built {
            self.built(store, unit, &losses, into)?;
        }
        for (key, wanted) in result
            .emptied
            .iter()
            .map(|key| (key, Wanted::Emptied))
            .chain(result.held.iter().map(|held| (&held.key, Wanted::Held)))
        {
            self.other(store, key, wanted, &losses, into)?;
        }
        if self.who.lost_something(&result.patient) && result.patient_held.is_none() {
            self.anothers(store, &result, into)?;
        }
        for intention in &into.enqueue {
            into.groups.entry(intention.unit.patient.clone()).or_insert(at);
        }
        Ok(())
    }

    pub(super) fn report(
        &self,
        store: &Store,
        group: &Group,
    ) -> Result<(PatientResult, BTreeMap<&'static str, ListLoss>), Failure> {
        self.report_with(store, group, Vec::new())
    }

    /// The same as it would be with further statements.
    pub(super) fn report_with(
        &self,
        store: &Store,
        group: &Group,
        further: Vec<Statement>,
    ) -> Result<(PatientResult, BTreeMap<&'static str, ListLoss>), Failure> {
        let mut statements = further;
        for id in group {
            statements.extend(store.statements(id)?);
        }
        let losses = list_loss(&statements, self.list_percent);
        let Some(patient) = group.first().cloned() else { return Err(Failure::Io("no patient".to_owned())) };
        let incomplete = group.iter().any(|id| self.incomplete.contains(&*id.id));
        let doubt = self.who.doubt(&patient);
        let facts = KnownFacts { statements, doubt, ..KnownFacts::default() };
        let result = if incomplete {
            let nothing = Baselines::default();
            let site = Site { baselines: &nothing, ..self.settings.site };
            report_patient(patient, facts, &self.settings.with_site(site))
        } else {
            report_patient(patient, facts, self.settings)
        };
        Ok((result, losses))
    }

    fn built(
        &self,
        store: &Store,
        built: &BuiltUnit,
        losses: &BTreeMap<&'static str, ListLoss>,
        into: &mut Intentions,
    ) -> Result<(), Failure> {
        let unit = unit_of(&built.key);
        let wanted = Wanted::Report { content: &built.content_hash.0, identity: &built.identity_hash.0 };
        match self.decide(store, &unit, wanted)? {
            Decision::Nothing => into.unchanged += 1,
            Decision::Withdraw => into.withdraw.push(unit),
            Decision::Enqueue(operation) => {
                if let Some(row) = self.refused(built) {
                    into.held.push(row);
                    into.held_units += 1;
                    return Ok(());
                }
                let snapshot = built.key.kind.is_snapshot() && operation == Operation::Change;
                into.enqueue.push(Intention {
                    before: self.members_before(&unit),
                    bundle_id: built.bundle_id.clone(),
                    operation,
                    content: built.content_hash.0,
                    members: u32::try_from(built.resources).unwrap_or(u32::MAX),
                    list_loss: snapshot.then(|| losses.get(built.key.kind.name()).copied()).flatten(),
                    review: built.review && operation == Operation::Register,
                    unit,
                });
            }
            Decision::IdentityDiffers => {
                into.held_units += 1;
                into.held.push(unit_row(&unit, Issue::new(&tsugite_store::issues::IDENTITY_DIFFERS), self.lang));
            }
            Decision::CancelByHand => {}
        }
        Ok(())
    }

    /// A Unit without bytes: emptied, or held.
    fn other(
        &self,
        store: &Store,
        key: &UnitKey,
        wanted: Wanted,
        losses: &BTreeMap<&'static str, ListLoss>,
        into: &mut Intentions,
    ) -> Result<(), Failure> {
        let unit = unit_of(key);
        let Some(entry) = self.known.entries.get(&unit) else { return Ok(()) };
        match self.decide(store, &unit, wanted)? {
            Decision::Enqueue(operation) => into.enqueue.push(Intention {
                before: self.members_before(&unit),
                bundle_id: entry.bundle_id.clone(),
                operation,
                content: [0; 32],
                members: 0,
                list_loss: key.kind.is_snapshot().then(|| losses.get(key.kind.name()).copied()).flatten(),
                review: false,
                unit,
            }),
            Decision::Withdraw => into.withdraw.push(unit),
            Decision::CancelByHand => {
                let issue = Issue::new(&tsugite_store::issues::CANCEL_BY_HAND);
                into.held.push(unit_row(&unit, issue.with("bundle_id", &entry.bundle_id), self.lang));
            }
            Decision::Nothing | Decision::IdentityDiffers => {}
        }
        Ok(())
    }

    /// Units that the chart says nothing of: another person's, who was taken for this one until somebody said otherwise.
    fn anothers(&self, store: &Store, result: &PatientResult, into: &mut Intentions) -> Result<(), Failure> {
        let said = result.built.iter().map(|unit| &unit.key).chain(result.held.iter().map(|held| &held.key));
        let said: BTreeSet<Unit> = said.chain(&result.emptied).map(unit_of).collect();
        let patient = ledger_name(&result.patient);
        let own = self.known.entries.values().filter(|entry| entry.unit.patient == patient);
        for entry in own.filter(|entry| entry.accepted.is_some() && !said.contains(&entry.unit)) {
            self.cancel(store, entry, into)?;
        }
        Ok(())
    }

    /// Lists under a number that is over: cancelled once the centre has the one under the new number, and nothing of that waits.
    fn replaced(&self, store: &Store, groups: &[Group], into: &mut Intentions) -> Result<(), Failure> {
        if self.replaced.is_empty() {
            return Ok(());
        }
        let heads: BTreeSet<String> = groups.iter().filter_map(|group| group.first()).map(ledger_name).collect();
        let is_list = |unit: &Unit| unit.report.is_empty();
        let old = |unit: &Unit| self.replaced.contains(&unit.institution) && is_list(unit);
        let entries = || self.known.entries.values().filter(|entry| heads.contains(&entry.unit.patient));
        for entry in entries().filter(|entry| old(&entry.unit) && entry.accepted.is_some()) {
            let successor = |unit: &Unit| {
                is_list(unit) && !old(unit) && unit.kind == entry.unit.kind && unit.patient == entry.unit.patient
            };
            let waits = into.enqueue.iter().any(|intention| successor(&intention.unit));
            let mut successors = entries().filter(|other| successor(&other.unit));
            let stands = successors.clone().any(|other| other.accepted.is_some());
            if stands && !waits && !successors.any(|other| is_open(other.state)) {
                self.cancel(store, entry, into)?;
            }
        }
        Ok(())
    }

    fn cancel(&self, store: &Store, entry: &LedgerEntry, into: &mut Intentions) -> Result<(), Failure> {
        if let Decision::Enqueue(operation) = self.decide(store, &entry.unit, Wanted::Emptied)? {
            into.enqueue.push(Intention {
                unit: entry.unit.clone(),
                bundle_id: entry.bundle_id.clone(),
                operation,
                content: [0; 32],
                members: 0,
                before: self.members_before(&entry.unit),
                list_loss: None,
                review: false,
            });
        }
        Ok(())
    }

    /// Units of ids that were given another number: cancelled under their own id, once nothing of the new number waits.
    fn moved_away(&self, store: &Store, groups: &[Group], into: &mut Intentions) -> Result<(), Failure> {
        for group in groups {
            let Some((target, old)) = group.split_first() else { continue };
            let target = ledger_name(target);
            let open = into.enqueue.iter().any(|i| i.unit.patient == target)
                || self.known.entries.values().any(|e| e.unit.patient == target && is_open(e.state));
            for id in old.iter().filter(|_| !open) {
                let patient = ledger_name(id);
                let entries = self.known.entries.values().filter(|entry| entry.unit.patient == patient);
                for entry in entries.filter(|entry| entry.accepted.is_some()) {
                    self.cancel(store, entry, into)?;
                }
            }
        }
        Ok(())
    }

    fn decide(&self, store: &Store, unit: &Unit, wanted: Wanted) -> Result<Decision, Failure> {
        // Asked now: in a service the centre answers while others are compared.
        let entry = store.ledger_entry(unit)?;
        let submissions = if entry.is_some() { store.submissions_of(unit)? } else { Vec::new() };
        let decision = decide(Latest { entry: entry.as_ref(), submissions: &submissions }, wanted, self.identity);
        // What a person asked to be sent once more says nothing else than the centre holds, and stays.
        let once_more = |s: &Submission| matches!(wanted, Wanted::Report { content, .. } if s.content == *content);
        match decision {
            Decision::Withdraw if submissions.iter().any(|s| s.state.is_waiting() && once_more(s)) => {
                Ok(Decision::Nothing)
            }
            Decision::Nothing
                if matches!(wanted, Wanted::Report { .. }) && self.grows_old(entry.as_ref(), &submissions) =>
            {
                Ok(Decision::Enqueue(Operation::Change))
            }
            decision => Ok(decision),
        }
    }

    /// Accepted so long ago that it is to be renewed; nothing of it is under way, nor was a renewal refused.
    fn grows_old(&self, entry: Option<&LedgerEntry>, submissions: &[Submission]) -> bool {
        let accepted = entry.and_then(|entry| entry.accepted.as_ref());
        let day = accepted.and_then(|accepted| accepted.at.get(..10)?.parse::<jiff::civil::Date>().ok());
        let newest = submissions.iter().rfind(|s| s.state != SubmissionState::Withdrawn);
        day.zip(self.renewed_before).is_some_and(|(day, before)| day < before)
            && newest.is_none_or(|newest| newest.state == SubmissionState::Accepted)
    }

    fn members_before(&self, unit: &Unit) -> Option<u32> {
        Some(self.known.entries.get(unit)?.accepted.as_ref()?.members)
    }
}

const fn is_open(state: tsugite_store::UnitState) -> bool {
    use tsugite_store::UnitState;
    matches!(state, UnitState::Draft | UnitState::Queued | UnitState::Sent | UnitState::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_patient_what_grows_goes_before_what_shrinks_and_that_before_what_goes() {
        let intention = |report: &str, operation, members, before| Intention {
            unit: Unit {
                kind: "lab".into(),
                institution: "1319999999".into(),
                patient: "clinic/1".into(),
                report: report.into(),
                generation: 0,
            },
            bundle_id: String::new(),
            operation,
            content: [0; 32],
            members,
            before,
            list_loss: None,
            review: false,
        };
        let mut intentions = [
            intention("a", Operation::Cancel, 0, Some(1)),
            intention("b", Operation::Change, 4, Some(5)),
            intention("c", Operation::Change, 6, Some(5)),
            intention("d", Operation::Register, 1, None),
        ];
        in_turn(&mut intentions);
        assert_eq!(intentions.map(|i| i.unit.report), ["c", "d", "b", "a"]);
    }
}
