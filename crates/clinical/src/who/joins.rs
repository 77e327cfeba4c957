use super::{Acquaintance, folded};
use crate::{
    PatientId,
    policy::{DiagnosisRule, IdentityPolicy, Overlay, PatientDecision, PatientRule},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Ids that mean one person: each with the id under which that person is reported.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Joins {
    heads: BTreeMap<PatientId, PatientId>,
    /// Id spaces in which one feed writes two ids that differ in zeros only: nothing is folded there.
    pub ambiguous: BTreeSet<Arc<str>>,
}

impl Joins {
    /// The id under which this one is reported.
    pub fn head<'i>(&'i self, id: &'i PatientId) -> &'i PatientId {
        self.heads.get(id).unwrap_or(id)
    }

    /// Ids that were joined to another, with that one.
    pub fn iter(&self) -> impl Iterator<Item = (&PatientId, &PatientId)> {
        self.heads.iter().filter(|(id, head)| id != head)
    }

    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The clinic's decisions, with those on a joined id for the one that it is reported under. What forbids sending goes before all.
    pub fn overlay(&self, overlay: &Overlay) -> Overlay {
        let mut all = overlay.clone();
        for (id, head) in self.iter() {
            let own = all.patient(&head.id);
            let weighs = |decision: &&PatientDecision| own.is_none_or(|own| !own.forbids() && decision.forbids());
            if let Some(decision) = overlay.patient(&id.id).filter(weighs).cloned() {
                all.patients.push(PatientRule { id: head.id.to_string(), decision });
            }
            let of_id = overlay.diagnoses.iter().filter(|rule| rule.patient.as_deref() == Some(&*id.id));
            all.diagnoses
                .extend(of_id.map(|rule| DiagnosisRule { patient: Some(head.id.to_string()), ..rule.clone() }));
        }
        all
    }
}

/// What is known of all ids that may be joined with another.
type Known<'k> = BTreeMap<&'k PatientId, &'k Acquaintance>;

/// Decides which ids mean one person. `known`: all ids of all spaces, or at least all that could be joined with any of them.
/// `main`: the id space whose ids patients are reported under.
pub fn joins(known: &Known, policy: &IdentityPolicy, overlay: &Overlay, main: &str) -> Joins {
    let mut sets = Sets { of: BTreeMap::new(), groups: Vec::new(), overlay };
    let mut ambiguous = BTreeSet::new();
    if policy.fold_zeros {
        for (space, classes) in alike(known) {
            if classes.iter().any(|class| is_told_apart(class, known)) {
                ambiguous.insert(space);
            } else {
                classes.iter().filter(|class| all_agree(class, known)).for_each(|class| sets.join(class));
            }
        }
    }
    if policy.join_by_insured_number {
        by_insured(known).iter().for_each(|ids| sets.join(ids));
    }
    Joins { heads: sets.heads(main), ambiguous }
}

/// By id space: the ids that differ in leading zeros only.
fn alike<'k>(known: &Known<'k>) -> BTreeMap<Arc<str>, Vec<Vec<&'k PatientId>>> {
    let mut classes: BTreeMap<(&str, &str), Vec<&PatientId>> = BTreeMap::new();
    for id in known.keys() {
        if let Some(number) = folded(&id.id) {
            classes.entry((&id.space, number)).or_default().push(id);
        }
    }
    let mut spaces: BTreeMap<Arc<str>, Vec<Vec<&PatientId>>> = BTreeMap::new();
    for class in classes.into_values().filter(|class| class.len() > 1) {
        if let Some(id) = class.first() {
            spaces.entry(Arc::clone(&id.space)).or_default().push(class);
        }
    }
    spaces
}

/// One feed writes two of them: there the zeros tell patients apart.
fn is_told_apart(class: &[&PatientId], known: &Known) -> bool {
    let feeds = class.iter().filter_map(|id| known.get(id)).flat_map(|one| &one.feeds);
    let mut seen = BTreeSet::new();
    feeds.into_iter().any(|feed| !seen.insert(feed))
}

fn all_agree(class: &[&PatientId], known: &Known) -> bool {
    let all: Vec<&Acquaintance> = class.iter().filter_map(|id| known.get(id).copied()).collect();
    all.iter().all(|one| all.iter().all(|other| one.agrees(other)))
}

/// Ids of several spaces with one insured number, 枝番 included, and the same birth date and sex. Two such ids in one space are a double,
/// of which nobody knows which one is meant.
fn by_insured<'k>(known: &Known<'k>) -> Vec<Vec<&'k PatientId>> {
    let mut holders: BTreeMap<&str, Vec<(&PatientId, &Acquaintance)>> = BTreeMap::new();
    for (id, one) in known {
        one.insured.iter().for_each(|insured| holders.entry(insured).or_default().push((id, one)));
    }
    let sure = |ids: &Vec<(&PatientId, &Acquaintance)>| {
        let spaces: BTreeSet<&str> = ids.iter().map(|(id, _)| &*id.space).collect();
        let one_person = ids.first().is_some_and(|(_, first)| ids.iter().all(|(_, other)| first.is_surely(other)));
        ids.len() > 1 && spaces.len() == ids.len() && one_person
    };
    let joined = holders.into_values().filter(sure);
    joined.map(|ids| ids.into_iter().map(|(id, _)| id).collect()).collect()
}

/// Groups that grow together.
struct Sets<'o> {
    /// Each id with the place of its group.
    of: BTreeMap<PatientId, usize>,
    groups: Vec<Vec<PatientId>>,
    overlay: &'o Overlay,
}

impl Sets<'_> {
    /// Unless a person said that two of them are not the same.
    fn join(&mut self, ids: &[&PatientId]) {
        let places: BTreeSet<usize> = ids.iter().filter_map(|id| self.of.get(*id).copied()).collect();
        let grown = places.iter().filter_map(|place| self.groups.get(*place)).flatten();
        let all: BTreeSet<PatientId> = grown.cloned().chain(ids.iter().map(|id| (*id).clone())).collect();
        let apart = |a: &PatientId| all.iter().any(|b| a != b && self.overlay.are_apart(&a.id, &b.id));
        if all.iter().any(apart) {
            return;
        }
        for place in places {
            self.groups.get_mut(place).into_iter().for_each(Vec::clear);
        }
        let place = self.groups.len();
        self.of.extend(all.iter().map(|id| (id.clone(), place)));
        self.groups.push(all.into_iter().collect());
    }

    fn heads(self, main: &str) -> BTreeMap<PatientId, PatientId> {
        // As the main space writes it, with all its zeros.
        let rank = |id: &&PatientId| (&*id.space != main, Reverse(id.id.len()), (*id).clone());
        let mut heads = BTreeMap::new();
        for ids in self.groups {
            let Some(head) = ids.iter().min_by_key(rank).cloned() else { continue };
            heads.extend(ids.into_iter().map(|id| (id, head.clone())));
        }
        heads
    }
}

/// Ids that sound like one person and were born on one day: a proposal to a person, never a join. Those that are reported together, or
/// that a person has decided on, are left out; each group in the order of ids.
pub fn doubles<'k>(
    known: impl IntoIterator<Item = (&'k PatientId, &'k Acquaintance)>,
    is_settled: impl Fn(&PatientId, &PatientId) -> bool,
) -> Vec<Vec<&'k PatientId>> {
    let mut alike: BTreeMap<(&str, String), Vec<(&PatientId, &Acquaintance)>> = BTreeMap::new();
    for (id, one) in known {
        let born = one.birth_date.filter(|date| date.is_full());
        if let Some((name, born)) = one.kana_name.as_deref().zip(born) {
            alike.entry((name, born.to_string())).or_default().push((id, one));
        }
    }
    let mut doubles = Vec::new();
    for ids in alike.into_values() {
        let doubtful = |(id, one): &&(&'k PatientId, &'k Acquaintance)| {
            ids.iter().any(|(other, also)| id != other && one.agrees(also) && !is_settled(id, other))
        };
        let group: Vec<&PatientId> = ids.iter().filter(doubtful).map(|(id, _)| *id).collect();
        if group.len() > 1 {
            doubles.push(group);
        }
    }
    doubles.sort_unstable();
    doubles
}
