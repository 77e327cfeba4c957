//! All statements about one patient. The chart is a set; what holds is a pure function of it (`rules` §2–3).

mod identity;
mod resolve;

pub use identity::PatientStanding;
pub use resolve::{Resolved, Settled, Standing};

use crate::{Fact, Identity, PatientId, Statement, WholeList, fact::Key};
use std::{cmp::Reverse, collections::BTreeSet};
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
        let mut facts = Vec::new();
        let mut lists = BTreeSet::new();
        let mut identities = BTreeSet::new();
        for statement in statements {
            match statement {
                Statement::Fact(fact) => facts.push(fact),
                Statement::List(list) => drop(lists.insert(list)),
                Statement::Identity(identity) => drop(identities.insert(identity)),
            }
        }
        Self { facts: distinct(facts), lists, identities }
    }

    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let all = |chart: Self| {
            let facts = chart.facts.into_iter().flat_map(StatedFact::into_facts).map(Statement::Fact);
            let identities = chart.identities.into_iter().map(Statement::Identity);
            facts.chain(chart.lists.into_iter().map(Statement::List)).chain(identities)
        };
        Self::new(all(self).chain(all(other)))
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

    fn into_facts(self) -> impl Iterator<Item = Fact> {
        let repeats = self.repeats.into_iter().map({
            let mut fact = self.fact.clone();
            fact.take_comment_origins();
            move |origin| Fact { origin, ..fact.clone() }
        });
        std::iter::once(self.fact).chain(repeats)
    }

    /// Adds the places of an identical statement; the same place read twice counts once.
    fn repeat(&mut self, mut fact: Fact) {
        let comments = fact.take_comment_origins();
        for place in std::iter::once(fact.origin).chain(comments) {
            let known = place == self.fact.origin
                || self.fact.comment_origins().contains(&place)
                || self.repeats.contains(&place);
            if !known {
                self.repeats.push(place);
            }
        }
    }
}

/// Sorts, and folds identical statements into one with all their origins.
fn distinct(mut facts: Vec<Fact>) -> Vec<StatedFact> {
    // Two copies of a file are one origin: the lesser path stands for both, so that arrival does not choose.
    facts.sort_by(|a, b| {
        let newest_first = |f: &Fact| (Reverse(f.version), f.presence);
        (&a.patient, &a.key)
            .cmp(&(&b.patient, &b.key))
            .then_with(|| newest_first(a).cmp(&newest_first(b)))
            .then_with(|| a.origin.cmp(&b.origin))
            .then_with(|| a.origin.input.path.cmp(&b.origin.input.path))
    });
    let mut distinct: Vec<StatedFact> = Vec::with_capacity(facts.len());
    let mut group = 0;
    for fact in facts {
        let peer = |s: &StatedFact| {
            s.name() == (&fact.patient, &fact.key) && s.fact.version == fact.version && s.fact.presence == fact.presence
        };
        if !distinct.last().is_some_and(peer) {
            group = distinct.len();
        }
        let same = distinct.get_mut(group..).and_then(|peers| peers.iter_mut().find(|s| s.fact.body == fact.body));
        match same {
            Some(stated) => stated.repeat(fact),
            None => distinct.push(StatedFact { fact, repeats: Vec::new() }),
        }
    }
    distinct
}

/// The inputs that speak of another person than the current master of the patient.
type OtherPersons = BTreeSet<Digest>;
