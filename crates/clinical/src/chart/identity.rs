//! Who is who (`rules` §2): the current master of a patient, and the inputs that speak of somebody else.

use super::{Chart, OtherPersons, Standing, StatedFact};
use crate::{
    Date, Version,
    body::{Body, Patient, Representation, Sex},
    issues,
};
use tsugite_issue::Definition;

/// Who a patient id stands for now.
#[derive(Clone, Copy, Debug, Default)]
pub struct PatientStanding<'a> {
    /// The current master: the newest patient fact.
    pub current: Option<&'a Patient>,
    /// Its place in the chart's facts.
    pub fact: Option<usize>,
    /// Why everything of this patient is held.
    pub held: Option<&'static Definition>,
}

/// One version of the master data.
struct Master<'a> {
    index: usize,
    version: Version,
    standing: Standing,
    /// Of a document's head.
    head: bool,
    patient: &'a Patient,
}

impl Master<'_> {
    const fn stands(&self) -> bool {
        matches!(self.standing, Standing::Active | Standing::Conflict)
    }
}

fn masters<'a>(chart: &'a Chart, standings: &[Standing]) -> Vec<Master<'a>> {
    let master = |(index, (stated, standing)): (usize, (&'a StatedFact, &Standing))| match &stated.fact.body {
        Body::Patient(patient) => {
            let head = stated.fact.is_document_head();
            Some(Master { index, version: stated.fact.version, standing: *standing, head, patient })
        }
        _ => None,
    };
    let mut masters: Vec<_> = chart.facts.iter().zip(standings).enumerate().filter_map(master).collect();
    masters.sort_by_key(|master| (master.version, master.index));
    masters
}

pub(super) fn patient_standing<'a>(chart: &'a Chart, standings: &[Standing]) -> PatientStanding<'a> {
    let mut masters = masters(chart, standings);
    // Heads of documents speak only where no master does.
    if masters.iter().any(|m| !m.head && m.stands()) {
        masters.retain(|m| !m.head);
    }
    let Some(newest) = masters.iter().filter(|m| m.stands()).map(|m| m.version).max() else {
        return PatientStanding::default();
    };
    let mut candidates = masters.iter().filter(|m| m.stands() && m.version == newest);
    let Some(first) = candidates.next() else { return PatientStanding::default() };
    let contradicts =
        |m: &Master| m.standing == Standing::Conflict || !Person::of(m.patient).agrees(Person::of(first.patient));
    let held = if contradicts(first) || candidates.any(contradicts) {
        Some(&issues::PATIENT_CONFLICT)
    } else if became_another(&masters) {
        Some(&issues::PATIENT_REUSED)
    } else {
        None
    };
    PatientStanding { current: Some(first.patient), fact: Some(first.index), held }
}

/// The masters that stand, the current one first, then newest first: those of one person with it.
pub(super) fn patients<'a>(
    chart: &'a Chart,
    standings: &[Standing],
    current: &PatientStanding<'a>,
) -> Vec<&'a Patient> {
    let Some(first) = current.current else { return Vec::new() };
    let others = masters(chart, standings).into_iter().rev().filter(|master| {
        let stands = master.standing == Standing::Active && Some(master.index) != current.fact;
        stands && Person::of(master.patient).agrees(Person::of(first))
    });
    std::iter::once(first).chain(others.map(|master| master.patient)).collect()
}

/// The inputs that disagree with the current master. An earlier version of the master speaks for an input as long as only one of
/// birth date and sex was corrected since.
pub(super) fn other_persons(chart: &Chart, standing: &PatientStanding) -> OtherPersons {
    let (Some(current), Some(index)) = (standing.current, standing.fact) else { return OtherPersons::new() };
    let current = Person::of(current);
    let newest = chart.facts.get(index).map(|stated| &stated.fact);
    let version = newest.map(|fact| fact.version);
    // A document does not speak for itself where a master does.
    let master = newest.is_some_and(|fact| !fact.is_document_head());
    let earlier = |stated: &StatedFact| match &stated.fact.body {
        Body::Patient(_) if master && stated.fact.is_document_head() => None,
        Body::Patient(patient) if Some(stated.fact.version) < version => Some(Person::of(patient)),
        _ => None,
    };
    let known: Vec<Person> =
        chart.facts.iter().filter_map(earlier).filter(|person| person.differences(current) < 2).collect();
    let agrees = |person: Person| person.agrees(current) || known.iter().any(|earlier| person.agrees(*earlier));
    let stranger = |identity: &&crate::Identity| {
        !agrees(Person { birth_date: identity.birth_date, sex: identity.sex.filter(|sex| *sex != Sex::Unknown) })
    };
    chart.identities.iter().filter(stranger).map(|identity| identity.input.digest).collect()
}

/// What tells one person from another; nothing known agrees with everything.
#[derive(Clone, Copy)]
struct Person {
    birth_date: Option<Date>,
    sex: Option<Sex>,
}

impl Person {
    fn of(patient: &Patient) -> Self {
        Self { birth_date: patient.birth_date, sex: patient.sex.filter(|sex| *sex != Sex::Unknown) }
    }

    fn agrees(self, other: Self) -> bool {
        self.differences(other) == 0
    }

    /// 0, 1 or 2: how many of birth date and sex cannot be the same.
    fn differences(self, other: Self) -> u8 {
        let births = self.birth_date.zip(other.birth_date).is_some_and(|(a, b)| !a.compatible(b));
        let sexes = self.sex.zip(other.sex).is_some_and(|(a, b)| a != b);
        u8::from(births) + u8::from(sexes)
    }
}

/// Whether birth date and kana name changed together between two versions that follow each other. What a version leaves out
/// (a deletion message) is what the one before it said.
fn became_another(masters: &[Master]) -> bool {
    let (mut birth_date, mut name): (Option<Date>, Option<String>) = (None, None);
    for master in masters {
        let next_birth = master.patient.birth_date;
        let next_name = kana_name(master.patient);
        let born_else = birth_date.zip(next_birth).is_some_and(|(a, b)| !a.compatible(b));
        let named_else = name.as_ref().zip(next_name.as_ref()).is_some_and(|(a, b)| a != b);
        if born_else && named_else {
            return true;
        }
        birth_date = next_birth.or(birth_date);
        name = next_name.or(name);
    }
    false
}

/// The kana name as it sounds: katakana, without blanks.
pub fn kana_name(patient: &Patient) -> Option<String> {
    let kana = patient.names.iter().find(|name| name.representation == Representation::Syllabic)?;
    let katakana = |c: char| match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        other => other,
    };
    let name: String =
        kana.family.chars().chain(kana.given.chars()).filter(|c| !c.is_whitespace()).map(katakana).collect();
    (!name.is_empty()).then_some(name)
}
