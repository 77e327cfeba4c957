use super::{Chart, OtherPersons, PatientStanding, StatedFact, identity};
use crate::{Fact, PatientId, Presence, Scope, Version, body::Patient};
use std::collections::BTreeMap;
use tsugite_issue::{Digest, Origin};

/// What the chart says of one fact, before any rule of reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    /// A newer statement of its key stands for it, or the source marked it as history.
    Superseded,
    /// Deleted by its source, or left out of a newer whole list.
    Retracted,
    /// Another statement of the same key and version says something else: both are held
    /// ([`crate::issues::STATEMENTS_CONFLICT`]).
    Conflict,
    /// Its input disagrees with the current master of the patient on birth date or sex: held ([`crate::issues::OTHER_PERSON`]).
    OtherPerson,
}

/// A chart with the standing of each of its facts, in the chart's order.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    pub chart: &'a Chart,
    pub standings: Vec<Standing>,
    patient: PatientStanding<'a>,
    others: OtherPersons,
}

impl<'a> Resolved<'a> {
    pub(super) fn new(chart: &'a Chart) -> Self {
        let standings = standings(chart, &OtherPersons::new());
        let patient = identity::patient_standing(chart, &standings);
        let others = identity::other_persons(chart, &patient);
        let standings = if others.is_empty() { standings } else { self::standings(chart, &others) };
        Self { chart, standings, patient, others }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'a StatedFact, Standing)> {
        self.chart.facts.iter().zip(self.standings.iter().copied())
    }

    pub fn active(&self) -> impl Iterator<Item = &'a Fact> {
        self.iter().filter(|(_, standing)| *standing == Standing::Active).map(|(stated, _)| &stated.fact)
    }

    /// Who the patient is now.
    pub const fn patient(&self) -> &PatientStanding<'a> {
        &self.patient
    }

    /// What all sources say of the patient now, the current master first, then newest first; those who speak of somebody else are left
    /// out. What one of them does not carry (a receipt has no address, a list no insurance) may stand in another.
    pub fn masters(&self) -> Vec<&'a Patient> {
        identity::patients(self.chart, &self.standings, &self.patient)
    }

    /// Whether the input of an origin speaks of another person: its record is held, even where others say the same of the patient.
    pub fn is_other_person(&self, origin: &Origin) -> bool {
        self.others.contains(&origin.input.digest)
    }

    #[cfg(test)]
    pub(super) const fn others(&self) -> &OtherPersons {
        &self.others
    }
}

/// active ⇔ present ∧ greatest version of its key ∧ no list of its scope with a greater version that omits it.
///
/// Statements of inputs about another person are superseded and retracted like all others, but they themselves supersede, retract
/// and contradict nothing that is said of the patient.
fn standings(chart: &Chart, others: &OtherPersons) -> Vec<Standing> {
    let all_lists = newest_lists(chart, |_| true);
    let own_lists = newest_lists(chart, |digest| !others.contains(digest));
    let is_other = |s: &StatedFact| {
        let mut origins = std::iter::once(&s.fact.origin).chain(&s.repeats);
        !others.is_empty() && origins.all(|origin| others.contains(&origin.input.digest))
    };
    let mut standings = Vec::with_capacity(chart.facts.len());
    for same_key in chart.facts.chunk_by(|a, b| a.name() == b.name()) {
        let newest = |lists: &Lists, of_all: bool| {
            let stated = same_key.iter().filter(|s| of_all || !is_other(s));
            Newest::of(stated.map(|s| &s.fact), lists)
        };
        let (all, own) = (newest(&all_lists, true), newest(&own_lists, false));
        standings.extend(same_key.iter().map(|s| match is_other(s) {
            false => own.standing(&s.fact),
            true => match all.standing(&s.fact) {
                Standing::Active | Standing::Conflict => Standing::OtherPerson,
                settled => settled,
            },
        }));
    }
    standings
}

/// The newest list of each scope of each patient.
type Lists<'a> = BTreeMap<(&'a PatientId, &'a Scope), Version>;

fn newest_lists(chart: &Chart, counts: impl Fn(&Digest) -> bool) -> Lists<'_> {
    let mut newest = Lists::new();
    for list in chart.lists.iter().filter(|list| counts(&list.input.digest)) {
        let version = newest.entry((&list.patient, &*list.scope)).or_insert(list.version);
        *version = list.version.max(*version);
    }
    newest
}

/// The newest statements of one key.
#[derive(Default)]
struct Newest {
    version: Version,
    deleted: bool,
    superseded: bool,
    /// How many different contents stand for the newest version.
    present: usize,
    /// A newer list of the scope does not hold the key.
    omitted: bool,
}

impl Newest {
    fn of<'f>(facts: impl Iterator<Item = &'f Fact> + Clone, lists: &Lists) -> Self {
        let Some(version) = facts.clone().map(|fact| fact.version).max() else { return Self::default() };
        let mut newest = Self { version, ..Self::default() };
        for fact in facts.filter(|fact| fact.version == version) {
            match fact.presence {
                Presence::Present => newest.present += 1,
                Presence::Superseded => newest.superseded = true,
                Presence::Deleted => newest.deleted = true,
            }
            newest.omitted = lists.get(&(&fact.patient, &*fact.key.scope)).is_some_and(|list| *list > version);
        }
        newest
    }

    fn standing(&self, fact: &Fact) -> Standing {
        if fact.presence == Presence::Deleted || self.deleted || self.omitted {
            Standing::Retracted
        } else if fact.presence == Presence::Superseded || self.superseded || fact.version < self.version {
            Standing::Superseded
        } else if self.present > 1 {
            Standing::Conflict
        } else {
            Standing::Active
        }
    }
}
