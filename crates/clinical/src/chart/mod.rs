//! All statements about one patient. The chart is a set; what holds is a pure function of it (`rules` §2–3).

mod identity;
mod resolve;

pub use identity::{PatientStanding, kana_name};
pub use resolve::{Resolved, Standing};

use crate::{Fact, Identity, Key, PatientId, Statement, WholeList};
use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeSet,
};
use tsugite_issue::{Digest, Origin};

/// A fact with the further places that say exactly the same.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedFact {
    pub fact: Fact,
    /// Identical repeats elsewhere: their records are superseded, silently.
    pub repeats: Vec<Origin>,
}

/// The set of all facts of one patient. Merging is union: commutative, associative and idempotent.
///
/// A chart may hold several patient ids when a site's alias joins them; statements then still meet inside one id only.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Chart {
    facts: Vec<StatedFact>,
    lists: BTreeSet<WholeList>,
    identities: BTreeSet<Identity>,
}

impl Chart {
    pub fn new(statements: impl IntoIterator<Item = Statement>) -> Self {
        let mut chart = Self::default();
        for statement in statements {
            match statement {
                Statement::Fact(fact) => chart.facts.push(StatedFact { fact, repeats: Vec::new() }),
                Statement::List(list) => drop(chart.lists.insert(list)),
                Statement::Identity(identity) => drop(chart.identities.insert(identity)),
            }
        }
        Self { facts: distinct(chart.facts), ..chart }
    }

    #[must_use]
    pub fn merge(mut self, mut other: Self) -> Self {
        self.facts.append(&mut other.facts);
        self.lists.append(&mut other.lists);
        self.identities.append(&mut other.identities);
        Self { facts: distinct(self.facts), ..self }
    }

    /// Facts ordered by patient and key, then newest first.
    pub fn facts(&self) -> &[StatedFact] {
        &self.facts
    }

    pub const fn lists(&self) -> &BTreeSet<WholeList> {
        &self.lists
    }

    /// Whom each input says that it is about.
    pub const fn identities(&self) -> &BTreeSet<Identity> {
        &self.identities
    }

    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.lists.is_empty()
    }

    /// What holds, without any rule of reporting.
    pub fn resolve(&self) -> Resolved<'_> {
        Resolved::new(self)
    }
}

impl StatedFact {
    /// Who states what: statements meet by this.
    fn name(&self) -> (&PatientId, &Key) {
        (&self.fact.patient, &self.fact.key)
    }

    fn is_of(&self, other: &Self) -> bool {
        let version = |s: &Self| (s.fact.version, s.fact.presence);
        self.name() == other.name() && version(self) == version(other)
    }

    /// Takes the places of an identical statement over.
    fn absorb(&mut self, mut other: Self) {
        self.repeats.append(&mut other.repeats);
        self.repeats.extend(other.fact.take_comment_origins());
        self.repeats.push(other.fact.origin);
    }

    /// The same place read twice counts once.
    fn settle_repeats(&mut self) {
        let Self { fact, repeats } = self;
        repeats.retain(|place| *place != fact.origin && !fact.comment_origins().contains(place));
        repeats.sort_by(in_order);
        repeats.dedup();
    }
}

/// Two copies of a file are one origin: the lesser path stands for both, so that arrival does not choose.
fn in_order(a: &Origin, b: &Origin) -> Ordering {
    a.cmp(b).then_with(|| a.input.path.cmp(&b.input.path))
}

/// Sorts, and folds identical statements into one with all their origins.
fn distinct(mut facts: Vec<StatedFact>) -> Vec<StatedFact> {
    facts.sort_by(|a, b| {
        let newest_first = |s: &StatedFact| (Reverse(s.fact.version), s.fact.presence);
        a.name()
            .cmp(&b.name())
            .then_with(|| newest_first(a).cmp(&newest_first(b)))
            .then_with(|| in_order(&a.fact.origin, &b.fact.origin))
    });
    let mut distinct: Vec<StatedFact> = Vec::with_capacity(facts.len());
    let mut group = 0;
    for stated in facts {
        if !distinct.last().is_some_and(|last| last.is_of(&stated)) {
            group = distinct.len();
        }
        let mut peers = distinct.get_mut(group..).into_iter().flatten();
        match peers.find(|peer| peer.fact.body == stated.fact.body) {
            Some(peer) => peer.absorb(stated),
            None => distinct.push(stated),
        }
    }
    distinct.iter_mut().filter(|stated| !stated.repeats.is_empty()).for_each(StatedFact::settle_repeats);
    distinct
}

/// The inputs that speak of another person than the current master of the patient.
type OtherPersons = BTreeSet<Digest>;

#[cfg(test)]
mod tests;
