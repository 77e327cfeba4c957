//! Whom the Units are about: the master data, and what of them is missing (`rules` §1–2).

use crate::{Defaulted, Site, issues};
use tsugite_clinical::{
    Date, Resolved,
    body::{Insurance, Name, Patient, Representation},
    insurance::{Insured, insured_on},
    policy::{Missing, PatientPolicy},
};
use tsugite_issue::{Definition, Issue, Origin};

/// The master data of a patient who can be reported.
pub(crate) struct Person<'a> {
    pub patient: &'a Patient,
    /// What all sources say of the patient, the current master first.
    masters: Vec<&'a Patient>,
    pub birth_date: Date,
    /// Names to send, the ideographic one first.
    pub names: Vec<&'a Name>,
    /// Family and given name are not told apart, and are sent so.
    pub unsplit: bool,
    /// Version stamp of the master.
    pub stamp: u64,
    pub origin: &'a Origin,
    pub defaulted: Vec<Defaulted>,
    pub issues: Vec<Issue>,
}

impl<'a> Person<'a> {
    /// # Errors
    /// Why everything of this patient is held.
    pub fn new(resolved: &Resolved<'a>, site: &Site) -> Result<Self, &'static Definition> {
        let standing = resolved.patient();
        if let Some(rule) = site.subject.and_then(|subject| subject.doubt).or(standing.held) {
            return Err(rule);
        }
        let (Some(patient), Some(index)) = (standing.current, standing.fact) else { return Err(&issues::NO_PATIENT) };
        let fact = resolved.chart.facts().get(index).ok_or(&issues::NO_PATIENT)?;
        let masters = resolved.masters();
        let birth_date = masters.iter().find_map(|master| master.birth_date);
        let mut person = Self {
            patient,
            masters,
            birth_date: birth_date.ok_or(&issues::NO_BIRTH_DATE)?,
            names: Vec::new(),
            unsplit: false,
            stamp: fact.fact.version.time,
            origin: &fact.fact.origin,
            defaulted: Vec::new(),
            issues: Vec::new(),
        };
        let policy = &site.policy.patient;
        person.take_names(policy)?;
        person.check_address(policy)?;
        if patient.sex.is_none() {
            person.absent("Patient.gender", "unknown");
        }
        Ok(person)
    }

    /// The insured id on a day of care.
    pub fn insured(&self, day: Date, site: &Site) -> Insured {
        let welfare = site.ig.takes_welfare_ids();
        match self.masters.as_slice() {
            [only] => insured_on(&only.insurances, Some(day), welfare),
            all => {
                let rows: Vec<Insurance> = all.iter().flat_map(|master| &master.insurances).cloned().collect();
                insured_on(&rows, Some(day), welfare)
            }
        }
    }

    /// The names of the first source that tells family and given name apart, in kanji where one does: a claims system writes kana in
    /// the place of a kanji that it cannot write.
    fn spelled(&self) -> &'a Patient {
        let has = |test: fn(&Name) -> bool| self.masters.iter().find(|master| master.names.iter().any(test)).copied();
        let kanji = |name: &Name| is_split(name) && name.representation == Representation::Ideographic;
        let split = |name: &Name| is_split(name) && name.representation == Representation::Syllabic;
        has(kanji).or_else(|| has(split)).unwrap_or(self.patient)
    }

    fn take_names(&mut self, policy: &PatientPolicy) -> Result<(), &'static Definition> {
        let order = |name: &&Name| match name.representation {
            Representation::Ideographic => 0,
            Representation::Syllabic => 1,
            Representation::Alphabetic => 2,
        };
        let named = |name: &&Name| !name.family.trim().is_empty() || !name.given.trim().is_empty();
        self.names = self.spelled().names.iter().filter(named).collect();
        self.names.sort_by_key(order);
        // JP-CLINS R1112: kanji or kana.
        let Some(first) = self.names.iter().find(|name| name.representation != Representation::Alphabetic) else {
            return Err(&issues::NO_NAME);
        };
        if is_split(first) {
            let before = self.names.len();
            self.names.retain(|name| is_split(name));
            if self.names.len() < before {
                self.issues.push(Issue::new(&issues::NAME_LEFT_OUT).at(self.origin.clone()).path("Patient.name"));
            }
            return Ok(());
        }
        match policy.name_unsplit {
            Missing::Hold => Err(&issues::NAME_UNSPLIT),
            Missing::DataAbsent => {
                self.unsplit = true;
                self.absent("Patient.name.given", "data-absent");
                Ok(())
            }
        }
    }

    fn check_address(&mut self, policy: &PatientPolicy) -> Result<(), &'static Definition> {
        if self.address().is_some() {
            return Ok(());
        }
        match policy.address_missing {
            Missing::Hold => Err(&issues::NO_ADDRESS),
            Missing::DataAbsent => {
                self.absent("Patient.address", "data-absent");
                Ok(())
            }
        }
    }

    /// The address, if it has a text.
    pub fn address(&self) -> Option<&'a tsugite_clinical::body::Address> {
        let addresses = self.masters.iter().filter_map(|master| master.address.as_ref());
        addresses.into_iter().find(|address| !address.text.trim().is_empty())
    }

    fn absent(&mut self, element: &'static str, value_from: &'static str) {
        self.defaulted.push(Defaulted { element, value_from });
        let issue = Issue::new(&issues::PATIENT_PART_ABSENT).with("element", element);
        self.issues.push(issue.at(self.origin.clone()).path(element));
    }
}

fn is_split(name: &Name) -> bool {
    !name.family.trim().is_empty() && !name.given.trim().is_empty()
}
