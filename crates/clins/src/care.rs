//! Under which care a record arose: the chains of `rules` §1 for class, department and doctor.

use crate::{Defaulted, Site, run::Run};
use std::borrow::Cow;
use tsugite_clinical::{
    DateTime,
    body::{Care, CareClass, Code, Name, Practitioner, Representation},
};

/// The name that settings would give, in a trial run without them.
const UNSET: &str = "未設定";

/// 診療科 as it is sent: a text without a code is legal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Department<'a> {
    /// SS-MIX2 統一診療科コード.
    pub code: Option<Cow<'a, str>>,
    pub name: Cow<'a, str>,
}

/// 入院期間.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    pub start: DateTime,
    pub end: Option<DateTime>,
}

/// A value with the step of its chain that gave it; `None` for the first step.
pub(crate) type Chained<T> = (T, Option<Defaulted>);

const fn step(element: &'static str, value_from: &'static str) -> Option<Defaulted> {
    Some(Defaulted { element, value_from })
}

/// The department of the record, else the default; `None` where the chain ends nowhere.
pub(crate) fn department<'a>(run: &Run<'a>, care: &'a Care) -> Option<Chained<Department<'a>>> {
    let site = run.site;
    if let Some(department) = care.department.as_ref().and_then(|code| stated_department(run, code)) {
        return Some((department, None));
    }
    if let Some(default) = &site.policy.defaults.department {
        let code = default.code.as_deref().map(Cow::Borrowed);
        let department = Department { code, name: Cow::Borrowed(&default.name) };
        return Some((department, step("Department", "defaults.department")));
    }
    let unset = || Department { code: None, name: Cow::Borrowed(UNSET) };
    site.institution.trial.then(|| (unset(), step("Department", "trial")))
}

/// The standard code where the tables know it, else what a person would read.
pub(crate) fn stated_department<'d>(run: &Run<'d>, stated: &'d Code) -> Option<Department<'d>> {
    if let Some(known) = run.departments.get(stated) {
        return Some(Department { code: Some(Cow::Borrowed(&known.code)), name: Cow::Borrowed(&known.display) });
    }
    let name = if stated.display.is_empty() { &stated.code } else { &stated.display };
    (!name.is_empty()).then_some(Department { code: None, name: Cow::Borrowed(name) })
}

/// The doctor of the record, else the default.
pub(crate) fn practitioner<'a>(care: &'a Care, site: &Site<'a>) -> Option<Chained<Cow<'a, Practitioner>>> {
    if let Some(doctor) = stated_practitioner(care) {
        return Some((Cow::Borrowed(doctor), None));
    }
    let named = |name: &str| {
        let name = Name { representation: Representation::Ideographic, family: name.to_owned(), given: String::new() };
        Cow::Owned(Practitioner { id: None, name: Some(name) })
    };
    if let Some(default) = &site.policy.defaults.practitioner {
        return Some((named(default), step("Observation.performer", "defaults.practitioner")));
    }
    site.institution.trial.then(|| (named(UNSET), step("Observation.performer", "trial")))
}

pub(crate) fn stated_practitioner(care: &Care) -> Option<&Practitioner> {
    let says_something = |doctor: &&Practitioner| {
        let named = doctor.name.as_ref().is_some_and(|name| !name.family.is_empty() || !name.given.is_empty());
        named || doctor.id.as_deref().is_some_and(|id| !id.is_empty())
    };
    care.practitioner.as_ref().filter(says_something)
}

/// The class of the record, else of the stay or visit that covers its day, else the default.
pub(crate) fn class(care: &Care, covering: Option<CareClass>, site: &Site) -> Chained<CareClass> {
    match (care.class, covering) {
        (Some(class), _) => (class, None),
        (None, Some(class)) => (class, step("Encounter.class", "ADT-12/22/52")),
        (None, None) => (site.policy.defaults.encounter_class, step("Encounter.class", "defaults.encounter_class")),
    }
}
