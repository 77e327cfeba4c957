//! What would be sent: every patient's chart reported and compared with the ledger.

use super::{
    brake::{ListLoss, list_loss},
    units::{Known, unit_of},
};
use crate::failure::Failure;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{
    PatientId,
    policy::{Baselines, Overlay, PatientDecision},
};
use tsugite_clins::{BuiltUnit, Site, UnitKey};
use tsugite_issue::{Issue, Lang};
use tsugite_pipeline::{Known as KnownFacts, PatientResult, Settings, report_patient};
use tsugite_store::{
    Decision, HeldRow, HeldWhat, IdentityPolicy, Latest, LedgerEntry, NewSubmission, Operation, Store, StoreError,
    Submission, SubmissionState, Unit, Unmapped, Wanted, decide,
};
use tsugite_upstream::{Interface, Request};

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
    groups: BTreeMap<String, usize>,
    members: Vec<Group>,
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
    pub incomplete: &'a BTreeSet<String>,
    pub identity: IdentityPolicy,
    /// What was accepted before this day is sent once more, before the centre drops it.
    pub renewed_before: Option<jiff::civil::Date>,
    pub interface: &'a Interface,
    pub list_percent: u32,
    pub lang: Lang,
}

/// Ids that mean one patient, the first the one under which all is reported.
pub type Group = Vec<PatientId>;

/// Whose Units are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// As the ledger writes patients.
    Patients(BTreeSet<String>),
}

impl Scope {
    fn holds(&self, group: &Group) -> bool {
        match self {
            Self::All => true,
            Self::Patients(patients) => group.iter().any(|id| patients.contains(&ledger_name(id))),
        }
    }
}

/// A patient as the ledger writes it.
pub fn ledger_name(id: &PatientId) -> String {
    format!("{}/{}", id.space, id.id)
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
        let groups = groups_of(store, scope, self.settings.site.overlay)?;
        for (at, group) in groups.iter().enumerate() {
            self.patient(store, group, at, &mut intentions)?;
            between(store)?;
        }
        self.moved_away(store, &groups, &mut intentions)?;
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
        for intention in &into.enqueue {
            into.groups.entry(intention.unit.patient.clone()).or_insert(at);
        }
        Ok(())
    }

    fn report(
        &self,
        store: &Store,
        group: &Group,
    ) -> Result<(PatientResult, BTreeMap<&'static str, ListLoss>), Failure> {
        let mut statements = Vec::new();
        for id in group {
            statements.extend(store.statements(id)?);
        }
        let losses = list_loss(&statements, self.list_percent);
        let Some(patient) = group.first().cloned() else { return Err(Failure::Io("no patient".to_owned())) };
        let incomplete = group.iter().any(|id| self.incomplete.contains(&*id.id));
        let facts = KnownFacts { statements, ended: Vec::new(), scanned: false };
        let result = if incomplete {
            let nothing = Baselines::default();
            let site = Site { baselines: &nothing, ..self.settings.site };
            report_patient(patient, facts, &with_site(self.settings, site))
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

    /// What cannot leave in a request waits for a person: too large (a 報告単位 is never split), or of a form that is refused.
    fn refused(&self, built: &BuiltUnit) -> Option<HeldRow> {
        let request = Request {
            operation: tsugite_upstream::Operation::Register,
            institution: built.key.institution.clone(),
            file_id: "0".repeat(20),
            insured_id: built.insured_id.clone(),
            bundle_id: built.bundle_id.clone(),
            payload: Some(built.bytes.clone()),
        };
        let error = self.interface.write_request(&request).err()?;
        Some(unit_row(&unit_of(&built.key), error.issue(), self.lang))
    }

    /// Puts intentions into the outbox, a patient's at a time, with bytes built again.
    pub fn enqueue(&self, store: &mut Store, intentions: &Intentions, now: &str, who: &str) -> Result<(), Failure> {
        let mut by_patient: BTreeMap<&str, Vec<&Intention>> = BTreeMap::new();
        for intention in &intentions.enqueue {
            by_patient.entry(&intention.unit.patient).or_default().push(intention);
        }
        for (patient, wanted) in by_patient {
            let group = intentions.groups.get(patient).and_then(|at| intentions.members.get(*at));
            let built = match group {
                Some(group) => self.report(store, group)?.0.built,
                None => Vec::new(),
            };
            let new: Vec<NewSubmission> =
                wanted.into_iter().filter_map(|intention| self.submission(intention, &built)).collect();
            store.enqueue(&new, now, who)?;
        }
        Ok(())
    }

    fn submission(&self, intention: &Intention, built: &[BuiltUnit]) -> Option<NewSubmission> {
        let Intention { unit, bundle_id, operation, members, review, .. } = intention;
        let ig = self.made(&[]);
        let new = NewSubmission {
            unit: unit.clone(),
            bundle_id: bundle_id.clone(),
            operation: *operation,
            content: intention.content,
            identity: [0; 32],
            insured: String::new(),
            members: *members,
            ig,
            bytes: Vec::new(),
            review: *review,
        };
        if *operation == Operation::Cancel {
            return Some(new);
        }
        let same = |b: &&BuiltUnit| unit_of(&b.key) == *unit && b.content_hash.0 == intention.content;
        let built = built.iter().find(same)?;
        Some(NewSubmission {
            identity: built.identity_hash.0,
            insured: built.insured_id.clone(),
            bytes: built.bytes.clone(),
            ig: self.made(&built.bytes),
            ..new
        })
    }

    /// The version of the guide, and a print of what was made of the content: both may change while the content stays.
    fn made(&self, bytes: &[u8]) -> String {
        let ig = &self.settings.site.ig;
        if bytes.is_empty() { ig.to_string() } else { format!("{ig} {}", form(bytes)) }
    }

    /// Units that the centre holds with just this content, but made otherwise: with other maps, packages or policies. In the order of
    /// the patients. `all`: those that are made alike, too.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn made_otherwise(
        &self,
        store: &Store,
        patients: &[PatientId],
        all: bool,
    ) -> Result<Vec<NewSubmission>, Failure> {
        let mut otherwise = Vec::new();
        for patient in patients {
            let scope = Scope::Patients(BTreeSet::from([ledger_name(patient)]));
            for group in groups_of(store, &scope, self.settings.site.overlay)? {
                for built in self.report(store, &group)?.0.built {
                    otherwise.extend(self.if_otherwise(store, &built, all)?);
                }
            }
        }
        Ok(otherwise)
    }

    fn if_otherwise(&self, store: &Store, built: &BuiltUnit, all: bool) -> Result<Option<NewSubmission>, Failure> {
        let unit = unit_of(&built.key);
        let Some(accepted) = store.ledger_entry(&unit)?.and_then(|entry| entry.accepted) else { return Ok(None) };
        let ig = self.made(&built.bytes);
        let open = store.submissions_of(&unit)?.iter().any(|s| s.state.is_waiting() || s.state.is_in_flight());
        let alike = accepted.content == built.content_hash.0 && (all || accepted.ig != ig);
        if open || !alike || self.refused(built).is_some() {
            return Ok(None);
        }
        Ok(Some(NewSubmission {
            unit,
            bundle_id: built.bundle_id.clone(),
            operation: Operation::Change,
            content: built.content_hash.0,
            identity: built.identity_hash.0,
            insured: built.insured_id.clone(),
            members: u32::try_from(built.resources).unwrap_or(u32::MAX),
            ig,
            bytes: built.bytes.clone(),
            review: false,
        }))
    }
}

/// A print of a bundle without what changes with the moment, the Bundle-ID and the person's own data.
pub fn form(bytes: &[u8]) -> String {
    let mut bundle: Value = serde_json::from_slice(bytes).unwrap_or_default();
    if let Some(entries) = bundle.get_mut("entry").and_then(Value::as_array_mut) {
        let is_patient = |entry: &Value| entry.pointer("/resource/resourceType").is_some_and(|kind| kind == "Patient");
        entries.retain(|entry| !is_patient(entry));
    }
    strip(&mut bundle);
    let print = Sha256::digest(bundle.to_string().as_bytes());
    print.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !matches!(name.as_str(), "timestamp" | "lastUpdated" | "fullUrl" | "reference"));
            if members.get("resourceType").is_some_and(|kind| kind == "Bundle") {
                members.remove("identifier");
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

const fn is_open(state: tsugite_store::UnitState) -> bool {
    use tsugite_store::UnitState;
    matches!(state, UnitState::Draft | UnitState::Queued | UnitState::Sent | UnitState::Unknown)
}

fn with_site<'a>(settings: &'a Settings<'a>, site: Site<'a>) -> Settings<'a> {
    Settings {
        registry: settings.registry,
        source: settings.source.clone(),
        context: settings.context.clone(),
        tables: settings.tables,
        site,
        gate: settings.gate.clone(),
        validator: settings.validator,
        jobs: settings.jobs,
        scratch: settings.scratch,
    }
}

/// Those of the scope. Where no number was changed, nobody else needs to be looked at.
pub fn groups_of(store: &Store, scope: &Scope, overlay: &Overlay) -> Result<Vec<Group>, StoreError> {
    let aliases = overlay.patients.iter().any(|rule| matches!(rule.decision, PatientDecision::Alias(_)));
    let patients = match scope {
        Scope::Patients(names) if !aliases => names.iter().filter_map(|name| patient_of(name)).collect(),
        _ => store.patients()?,
    };
    Ok(groups(patients, overlay).into_iter().filter(|group| scope.holds(group)).collect())
}

/// A patient from the name in the ledger.
fn patient_of(name: &str) -> Option<PatientId> {
    let (space, id) = name.rsplit_once('/')?;
    Some(PatientId { space: space.into(), id: id.into() })
}

/// Ids that the overlay joins stand together, the last number first.
fn groups(patients: Vec<PatientId>, overlay: &Overlay) -> Vec<Group> {
    let mut groups: BTreeMap<PatientId, Group> = BTreeMap::new();
    for patient in patients {
        let mut target = patient.clone();
        for _ in 0..overlay.patients.len() {
            match overlay.patient(&target.id) {
                Some(PatientDecision::Alias(next)) => target.id = next.as_str().into(),
                _ => break,
            }
        }
        let group = groups.entry(target.clone()).or_insert_with(|| vec![target.clone()]);
        if patient != target {
            group.push(patient);
        }
    }
    groups.into_values().collect()
}

fn held_row(row: tsugite_pipeline::report::HeldRow) -> HeldRow {
    let what = match &*row.what {
        "input" => HeldWhat::Input,
        "patient" => HeldWhat::Patient,
        "unit" => HeldWhat::Unit,
        _ => HeldWhat::Record,
    };
    HeldRow {
        what,
        kind: row.kind.unwrap_or_default().into_owned(),
        unit: row.unit.unwrap_or_default(),
        patient: row.patient.unwrap_or_default(),
        rule: row.rule.into_owned(),
        text: row.text,
        remedy: row.remedy,
        origins: row.origins.into_iter().map(|place| place_text(&place.input, &place.address)).collect(),
        since: String::new(),
    }
}

/// `*` is the whole of an input.
fn place_text(input: &str, address: &str) -> String {
    if address == "*" { input.to_owned() } else { format!("{input} {address}") }
}

/// An input that is held as a whole.
pub fn held_input(input: &tsugite_pipeline::HeldInput, told: &[Issue], lang: Lang) -> HeldRow {
    held_row(tsugite_pipeline::report::held_input(input, told, lang))
}

fn unit_row(unit: &Unit, issue: Issue, lang: Lang) -> HeldRow {
    let issue = issue.with("kind", &unit.kind);
    let patient = unit.patient.rsplit_once('/').map_or(unit.patient.as_str(), |(_, id)| id);
    HeldRow {
        what: HeldWhat::Unit,
        kind: unit.kind.clone(),
        unit: unit.report.clone(),
        patient: patient.to_owned(),
        rule: issue.code().to_owned(),
        text: issue.text(lang),
        remedy: issue.remedy(lang),
        origins: Vec::new(),
        since: String::new(),
    }
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
