//! One patient's chart on its way to Units.

use crate::{
    HeldUnit, Outcome, Site, UnitKey, UnitKind,
    build::{Built, is_uncoded},
    document, issues,
    person::Person,
};
use jiff::civil;
use std::collections::BTreeMap;
use tsugite_clinical::{
    Date, DateTime, End, Fact, PatientId, Resolved, Standing,
    body::{Body, Care, Code},
    insurance::outside_insurance,
    policy::PatientDecision,
    standard::{Coding, Standard, Standardised},
};
use tsugite_issue::{Definition, Issue};

/// A fact with everything that decides what becomes of it.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    /// Its place in the chart's facts.
    pub index: usize,
    pub fact: &'a Fact,
    pub standing: Standing,
    pub standard: &'a Standard,
    /// It belongs to a document, and to no list of the patient.
    pub in_document: bool,
}

impl Record<'_> {
    /// Only a document can carry it.
    pub const fn waits_with_document(&self) -> bool {
        self.in_document || matches!(self.fact.body, Body::Prescription(_))
    }

    pub fn issue(&self, definition: &'static Definition) -> Issue {
        Issue::new(definition).at(self.fact.origin.clone())
    }
}

/// What one record is to its Unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Withdrawn by its source in the record itself (OBX-11 D).
    Retracted,
    NotCarried(&'static Definition),
    Held(&'static Definition),
    Member,
}

pub(crate) struct Run<'a> {
    pub site: &'a Site<'a>,
    pub resolved: &'a Resolved<'a>,
    pub today: civil::Date,
    /// The id under which everything of this chart is reported: an alias's target.
    pub patient_id: &'a str,
    /// `id space/patient id`.
    pub patient: String,
    pub person: Result<Person<'a>, &'static Definition>,
    /// The clinic's decision never to send this patient.
    pub excluded: Option<&'static Definition>,
    pub records: Vec<Record<'a>>,
    /// Active visits and ends of stays.
    pub encounters: Vec<&'a Fact>,
    pub departments: &'a BTreeMap<Code, Coding>,
    /// Diagnoses that receipts list no longer and that the site takes for ended, with the month that listed them last.
    pub lapsed: BTreeMap<usize, Date>,
    pub outcome: Outcome,
}

impl<'a> Run<'a> {
    /// `None` for an empty chart.
    pub fn new(standardised: &'a Standardised<'a>, site: &'a Site<'a>) -> Option<Self> {
        let resolved = &standardised.resolved;
        let (space, patient_id) = reported_as(resolved, site)?;
        let decision = site.overlay.patient(patient_id);
        let excluded = match decision {
            Some(PatientDecision::Exclude) => Some(&issues::PATIENT_EXCLUDED),
            Some(PatientDecision::Test) => Some(&issues::TEST_PATIENT),
            Some(PatientDecision::Alias(_)) | None => None,
        };
        let standards = standardised.standards.iter().chain(std::iter::repeat(&Standard::None));
        let record = |(index, ((stated, standing), standard)): (usize, ((&'a tsugite_clinical::StatedFact, _), _))| {
            Record { index, fact: &stated.fact, standing, standard, in_document: false }
        };
        let mut records: Vec<Record> = resolved.iter().zip(standards).enumerate().map(record).collect();
        let documents = document::scopes(&records);
        if !documents.is_empty() {
            let belongs = |record: &mut Record| record.in_document = documents.contains(&document::scope(record));
            records.iter_mut().for_each(belongs);
        }
        let encounters = resolved.active().filter(|fact| matches!(fact.body, Body::Encounter(_))).collect();
        let ends = records.iter().map(|record| first_end(record)).collect();
        Some(Self {
            site,
            resolved,
            today: site.as_of.date.first_day(),
            patient_id,
            patient: format!("{space}/{patient_id}"),
            person: Person::new(resolved, site),
            excluded,
            records,
            encounters,
            departments: &standardised.departments,
            lapsed: BTreeMap::new(),
            outcome: Outcome { ends, ..Outcome::default() },
        })
    }

    /// Nobody knows for certain whom the chart is about: it cancels nothing.
    pub fn is_doubtful(&self) -> bool {
        self.resolved.patient().held.is_some() || self.site.subject.is_some_and(|subject| subject.doubt.is_some())
    }

    /// An issue about the patient, at the place of the master data.
    pub fn patient_issue(&self, definition: &'static Definition) -> Issue {
        let master = self.resolved.patient().fact.and_then(|index| self.resolved.chart.facts().get(index));
        match master {
            Some(master) => Issue::new(definition).at(master.fact.origin.clone()),
            None => Issue::new(definition),
        }
    }

    /// Records of inputs about somebody else are held themselves, and are no part of what is said of the patient (`rules` §2).
    pub fn set_others_aside(&mut self, records: &mut Vec<Record<'a>>) {
        let rule = &tsugite_clinical::issues::OTHER_PERSON;
        for record in records.extract_if(.., |record| record.standing == Standing::OtherPerson) {
            match self.excluded {
                Some(excluded) => self.end(&record, End::NotCarried(excluded)),
                None => {
                    self.end(&record, End::Held(rule));
                    self.outcome.issues.push(record.issue(rule));
                }
            }
        }
    }

    pub fn end(&mut self, record: &Record, end: End) {
        if let Some(slot) = self.outcome.ends.get_mut(record.index) {
            *slot = Some(end);
        }
    }

    /// Takes a Unit that was built, or why it is held; `left_out`: records of it that were held before.
    pub fn take(&mut self, result: Result<Built, Box<HeldUnit>>, left_out: impl Iterator<Item = usize>) {
        let (members, end) = match &result {
            Ok(built) => (built.unit.members.clone(), End::Reported),
            Err(held) => (held.members.clone(), End::Held(held.rule)),
        };
        for index in members {
            if let Some(slot) = self.outcome.ends.get_mut(index) {
                *slot = Some(end);
            }
            let uncoded = self.records.get(index).is_some_and(is_uncoded);
            if uncoded && end == End::Reported && !self.outcome.uncoded.contains(&index) {
                self.outcome.uncoded.push(index);
            }
        }
        match result {
            Ok(Built { unit, defaulted }) => {
                self.outcome.built.push(unit);
                self.outcome.defaulted.extend(defaulted);
            }
            Err(mut held) => {
                held.members.extend(left_out);
                held.members.sort_unstable();
                if held.rule != &issues::CANNOT_WRITE {
                    self.outcome.patient_held = Some(held.rule);
                }
                self.outcome.held.push(*held);
            }
        }
    }

    pub fn key(&self, kind: UnitKind, report: String) -> UnitKey {
        let institution = &self.site.institution.number;
        let generation = self.site.issued.generation(kind, institution, &self.patient, &report);
        UnitKey { kind, institution: institution.clone(), patient: self.patient.clone(), report, generation }
    }

    /// What forbids a record whatever its kind: another statement contradicts it.
    pub fn doubt(record: &Record) -> Option<&'static Definition> {
        (record.standing == Standing::Conflict).then_some(&tsugite_clinical::issues::STATEMENTS_CONFLICT)
    }

    /// Care outside of health insurance that the site does not carry.
    pub fn outside_insurance(&self, care: &Care) -> Option<&'static Definition> {
        let outside = outside_insurance(&care.insurances)?;
        (!self.site.policy.care.carries(outside)).then_some(&issues::OUTSIDE_INSURANCE)
    }

    /// Why a date cannot stand: later than the clock and a day, or before birth.
    pub fn impossible(&self, at: DateTime) -> Option<&'static Definition> {
        let latest = self.today.tomorrow().unwrap_or(civil::Date::MAX);
        let born = self.resolved.patient().current.and_then(|patient| patient.birth_date);
        if at.date.first_day() > latest {
            Some(&issues::FUTURE_DATE)
        } else if born.is_some_and(|born| at.date.last_day() < born.first_day()) {
            Some(&issues::BEFORE_BIRTH)
        } else {
            None
        }
    }
}

/// Where a record ends before any rule of reporting: `Superseded` and `Retracted` stand, the rest is decided later.
fn first_end(record: &Record) -> Option<End> {
    record.fact.kind()?;
    Some(match record.standing {
        Standing::Retracted => End::Retracted,
        Standing::Superseded => End::Superseded,
        Standing::Active | Standing::Conflict | Standing::OtherPerson => End::Held(&issues::CANNOT_WRITE),
    })
}

/// The id space and id of the chart's subject; where an alias joined two ids, its target.
fn reported_as<'a>(resolved: &Resolved<'a>, site: &Site<'a>) -> Option<(&'a str, &'a str)> {
    let facts = resolved.chart.facts().iter().map(|stated| &stated.fact.patient);
    let lists = resolved.chart.lists().iter().map(|list| &list.patient);
    let first = facts.chain(lists).next()?;
    let PatientId { space, id } = site.subject.map_or(first, |subject| subject.id);
    let mut target: &str = id;
    // A chain of aliases is followed, a ring of them is left.
    for _ in 0..site.overlay.patients.len() {
        match site.overlay.patient(target) {
            Some(PatientDecision::Alias(next)) => target = next,
            _ => break,
        }
    }
    Some((space, target))
}
