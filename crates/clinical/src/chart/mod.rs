//! All statements about one patient. The chart is a set; what holds is a pure function of it (`rules` §3).

use crate::{Fact, Identity, Presence, Scope, Statement, Version, WholeList};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tsugite_issue::Origin;

/// A fact with the further places that say exactly the same.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedFact {
    pub fact: Fact,
    /// Identical repeats elsewhere: their records are superseded, silently.
    pub repeats: Vec<Origin>,
}

/// The set of all facts of one patient. Merging is union: commutative, associative and idempotent.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Chart {
    facts: Vec<StatedFact>,
    lists: BTreeSet<WholeList>,
    identities: Vec<Identity>,
}

/// What the chart says of one fact, before any rule of reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    /// A newer statement of its key stands for it, or the source marked it as history.
    Superseded,
    /// Deleted by its source, or left out of a newer whole list.
    Retracted,
    /// Another statement of the same key and version says something else: both are held.
    Conflict,
    /// Its input disagrees with the current master of the patient on birth date or sex: held.
    OtherPerson,
}

/// A chart with the standing of each of its facts, in the chart's order.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    pub chart: &'a Chart,
    pub standings: Vec<Standing>,
}

impl Chart {
    pub fn new(statements: impl IntoIterator<Item = Statement>) -> Self {
        let mut facts = Vec::new();
        let mut lists = BTreeSet::new();
        let mut identities = Vec::new();
        for statement in statements {
            match statement {
                Statement::Fact(fact) => facts.push(fact),
                Statement::List(list) => drop(lists.insert(list)),
                Statement::Identity(identity) => identities.push(identity),
            }
        }
        identities.sort_by(|a, b| {
            (a.input.digest, a.version, &a.input.path).cmp(&(b.input.digest, b.version, &b.input.path))
        });
        identities.dedup_by(|a, b| a.input.digest == b.input.digest && a.version == b.version);
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

    /// Facts ordered by key, then newest first.
    pub fn facts(&self) -> &[StatedFact] {
        &self.facts
    }

    pub const fn lists(&self) -> &BTreeSet<WholeList> {
        &self.lists
    }

    /// Whom each input says that it is about.
    pub fn identities(&self) -> &[Identity] {
        &self.identities
    }

    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.lists.is_empty()
    }

    /// active ⇔ present ∧ greatest version of its key ∧ no list of its scope with a greater version that omits it.
    pub fn resolve(&self) -> Resolved<'_> {
        let newest_lists = self.newest_lists();
        let mut standings = Vec::with_capacity(self.facts.len());
        for same_key in self.facts.chunk_by(|a, b| a.fact.key == b.fact.key) {
            let newest = same_key.iter().map(|s| (s.fact.version, s.fact.presence)).max();
            let Some((version, presence)) = newest else { continue };
            let rivals = same_key.iter().filter(|s| s.fact.version == version).count();
            let listed = same_key.first().and_then(|s| newest_lists.get(&s.fact.key.scope));
            let omitted = listed.is_some_and(|list| *list > version);
            standings.extend(same_key.iter().map(|stated| {
                let fact = &stated.fact;
                match fact.presence {
                    Presence::Deleted => Standing::Retracted,
                    Presence::Superseded => Standing::Superseded,
                    Presence::Present if presence == Presence::Deleted || omitted => Standing::Retracted,
                    Presence::Present if fact.version < version => Standing::Superseded,
                    Presence::Present if rivals > 1 => Standing::Conflict,
                    Presence::Present => Standing::Active,
                }
            }));
        }
        Resolved { chart: self, standings }
    }

    fn newest_lists(&self) -> BTreeMap<&Arc<Scope>, Version> {
        let mut newest = BTreeMap::new();
        for list in &self.lists {
            let version = newest.entry(&list.scope).or_insert(list.version);
            *version = list.version.max(*version);
        }
        newest
    }
}

impl StatedFact {
    fn into_facts(self) -> impl Iterator<Item = Fact> {
        let repeats = self.repeats.into_iter().map({
            let mut fact = self.fact.clone();
            fact.take_comment_origins();
            move |origin| Fact { origin, ..fact.clone() }
        });
        std::iter::once(self.fact).chain(repeats)
    }
}

impl<'a> Resolved<'a> {
    pub fn iter(&self) -> impl Iterator<Item = (&'a StatedFact, Standing)> {
        self.chart.facts.iter().zip(self.standings.iter().copied())
    }

    pub fn active(&self) -> impl Iterator<Item = &'a Fact> {
        self.iter().filter(|(_, standing)| *standing == Standing::Active).map(|(stated, _)| &stated.fact)
    }
}

/// Sorts, and folds identical statements into one with all their origins. The same place read twice counts once.
fn distinct(mut facts: Vec<Fact>) -> Vec<StatedFact> {
    facts.sort_by(|a, b| {
        let order = |f: &Fact| (Reverse(f.version), f.presence);
        a.key.cmp(&b.key).then_with(|| order(a).cmp(&order(b))).then_with(|| a.origin.cmp(&b.origin))
    });
    let mut distinct: Vec<StatedFact> = Vec::with_capacity(facts.len());
    let mut group = 0;
    for mut fact in facts {
        let peer = |s: &StatedFact| {
            s.fact.key == fact.key && s.fact.version == fact.version && s.fact.presence == fact.presence
        };
        if !distinct.last().is_some_and(peer) {
            group = distinct.len();
        }
        let same = distinct.get_mut(group..).and_then(|peers| peers.iter_mut().find(|s| s.fact.body == fact.body));
        match same {
            Some(stated) if stated.fact.origin == fact.origin || stated.repeats.contains(&fact.origin) => {}
            Some(stated) => {
                // The comment lines of a repeat are repeats as well.
                let places = std::iter::once(fact.origin.clone()).chain(fact.take_comment_origins());
                for place in places {
                    if !stated.repeats.contains(&place) {
                        stated.repeats.push(place);
                    }
                }
            }
            None => distinct.push(StatedFact { fact, repeats: Vec::new() }),
        }
    }
    distinct
}
