//! What the entries of one bundle share.

use super::{
    contained::{Part, department_extension},
    time::instant_of_stamp,
    url,
};
use crate::{
    Defaulted, Hash,
    care::{self, Stay},
    run::{Record, Run},
};
use std::{borrow::Cow, cell::RefCell};
use tsugite_clinical::{
    DateTime, Fact,
    body::{Care, CareClass, Practitioner},
    care_on,
};
use tsugite_fhir::{
    Resource, Written, identifier, to_bytes,
    types::{Extension, Identifier},
};
use tsugite_issue::Issue;
use uuid::Uuid;

pub struct Frame<'f, 'a> {
    pub(crate) run: &'f Run<'a>,
    /// fullUrl of the patient.
    pub patient_url: &'f str,
    /// The clock as an instant.
    pub clock: &'f str,
    pub issues: Vec<Issue>,
    pub defaulted: Vec<Defaulted>,
    /// The care of the document that the resources stand in, for those that name none.
    pub within: Option<&'a Care>,
    covered: Option<(DateTime, Covering)>,
    /// The records of a source share their time: the stamp that was asked for last, as an instant.
    updated: RefCell<(u64, String)>,
    written: Vec<(Part<'a>, Written)>,
}

/// A resource without what it contains.
pub struct Content {
    pub resource: Resource,
    pub contained: Vec<Written>,
}

impl Content {
    /// Nothing is contained.
    pub const fn plain(resource: Resource) -> Self {
        Self { resource, contained: Vec::new() }
    }
}

/// Class of the stay or visit that covers a time, and its period if it is a stay.
type Covering = Option<(CareClass, Option<Stay>)>;

/// What every fullUrl of a bundle is made from. Same bundle, same content: same URLs (`rules` §7).
pub struct Seed(Uuid);

/// Made once for this product, never to change.
const FULL_URLS: Uuid = Uuid::from_u128(0x0d4c_8f1e_6a52_4f9b_b3d7_2c90_1e7f_a845);
const RESOURCES: Uuid = Uuid::from_u128(0x51b9_e3a7_0c64_4d18_9f2e_87d5_36cb_40fd);

impl Seed {
    /// `moment`: the clock, where every issue shall have new URLs.
    pub fn new(bundle_id: &str, content: Hash, moment: Option<&str>) -> Self {
        let mut name = format!("{bundle_id}\u{1f}{content}");
        if let Some(moment) = moment {
            name.push('\u{1f}');
            name.push_str(moment);
        }
        Self(Uuid::new_v5(&FULL_URLS, name.as_bytes()))
    }

    pub fn full_url(&self, name: &str) -> String {
        urn(self.id(name))
    }

    /// What stands in the fullUrl.
    pub fn id(&self, name: &str) -> Uuid {
        Uuid::new_v5(&self.0, name.as_bytes())
    }
}

/// A fullUrl.
pub fn urn(id: Uuid) -> String {
    id.urn().encode_lower(&mut Uuid::encode_buffer()).to_owned()
}

/// The key of a fact as one text.
pub fn key_text(fact: &Fact) -> String {
    let Fact { patient, key, .. } = fact;
    let scope = &key.scope;
    let ordinal = key.ordinal.to_string();
    [&*patient.space, &*patient.id, &*scope.source, &*scope.feed, &*scope.part, &*key.item, &*ordinal].join("\u{1f}")
}

impl<'f, 'a> Frame<'f, 'a> {
    pub(crate) fn new(run: &'f Run<'a>, patient_url: &'f str, clock: &'f str) -> Self {
        let (issues, defaulted, written) = (Vec::new(), Vec::new(), Vec::new());
        let updated = RefCell::new((0, clock.to_owned()));
        Self { run, patient_url, clock, issues, defaulted, within: None, covered: None, updated, written }
    }

    pub fn institution(&self) -> &str {
        &self.run.site.institution.number
    }

    /// Equal parts of the bundle's resources share their bytes. `None` where one cannot be written.
    pub(crate) fn contained(&mut self, parts: impl IntoIterator<Item = Part<'a>>) -> Option<Vec<Written>> {
        parts.into_iter().map(|part| self.written(part)).collect()
    }

    fn written(&mut self, part: Part<'a>) -> Option<Written> {
        if let Some((_, bytes)) = self.written.iter().find(|(known, _)| *known == part) {
            return Some(Written::clone(bytes));
        }
        let bytes = to_bytes(&part.resource(self.institution())).ok()?;
        self.written.push((part, Written::clone(&bytes)));
        Some(bytes)
    }

    /// Stable as long as the source names the statement alike: no time, no place in a file.
    pub fn resource_id(&self, name: &str) -> Identifier {
        let name = format!("{}\u{1f}{name}", self.institution());
        identifier(url::RESOURCE_ID, &Uuid::new_v5(&RESOURCES, name.as_bytes()).to_string())
    }

    /// Source time of the newest fact, else the clock.
    pub(crate) fn last_updated(&self, group: &[Record]) -> String {
        let newest = group.iter().map(|record| record.fact.version.time).max().unwrap_or_default();
        let mut updated = self.updated.borrow_mut();
        if updated.0 != newest {
            *updated = (newest, instant_of_stamp(newest).unwrap_or_else(|| self.clock.to_owned()));
        }
        updated.1.clone()
    }

    /// The department extension by the whole chain; a chain that ends nowhere was held before.
    pub(crate) fn department(&mut self, care: &Care) -> Option<Extension> {
        let names_one = |care: &Care| care.department.is_some();
        let care = self.within.filter(|within| !names_one(care) && names_one(within)).unwrap_or(care);
        let (department, step) = care::department(self.run, care)?;
        let extension = department_extension(&department);
        self.defaulted.extend(step);
        Some(extension)
    }

    /// The department extension only where the record names one.
    pub(crate) fn stated_department(&self, care: &Care) -> Option<Extension> {
        let (department, step) = care::department(self.run, care)?;
        step.is_none().then(|| department_extension(&department))
    }

    /// The doctor of a record by the whole chain.
    pub(crate) fn doctor(&mut self, stated: &'a Care) -> Option<Cow<'a, Practitioner>> {
        let within = self.within.filter(|_| care::stated_practitioner(stated).is_none());
        let within = within.and_then(care::stated_practitioner).map(Cow::Borrowed);
        within.or_else(|| {
            let (doctor, step) = care::practitioner(stated, self.run.site)?;
            self.defaulted.extend(step);
            Some(doctor)
        })
    }

    /// Class and stay of a record by the whole chain.
    pub(crate) fn encounter(&mut self, stated: &Care, at: DateTime) -> (CareClass, Option<Stay>) {
        let (covering, stay) = self.covering(stated, at).unzip();
        let known = covering.or_else(|| self.within?.class);
        let (class, step) = care::class(stated, known, self.run.site);
        self.defaulted.extend(step);
        (class, stay.flatten().filter(|_| class == CareClass::Inpatient))
    }

    /// Class and stay, where the record or a stay or visit tells them.
    pub(crate) fn known_encounter(&mut self, stated: &Care, at: DateTime) -> Option<(CareClass, Option<Stay>)> {
        let (covering, stay) = self.covering(stated, at).unzip();
        let class = stated.class.or(covering)?;
        Some((class, stay.flatten().filter(|_| class == CareClass::Inpatient)))
    }

    /// The results of a report share their time, so the last answer is kept.
    fn covering(&mut self, stated: &Care, at: DateTime) -> Covering {
        // A visit has no period worth telling.
        if matches!(stated.class, Some(CareClass::Ambulatory | CareClass::Emergency)) {
            return None;
        }
        if let Some((known, covering)) = self.covered
            && known == at
        {
            return covering;
        }
        let covering = care_on(self.run.encounters.iter().copied(), at).map(|period| {
            let stay = Stay { start: period.start, end: period.end };
            (period.class, (period.class == CareClass::Inpatient).then_some(stay))
        });
        self.covered = Some((at, covering));
        covering
    }
}
