//! The rows of the lists, as they stand in `report.json` and the NDJSON files.

use crate::{
    patient::{Ending, PatientResult},
    read::{Ended, HeldInput, Told},
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};
use tsugite_clinical::{End, PatientId};
use tsugite_clins::{BuiltUnit, HeldUnit, UnitKey};
use tsugite_issue::{Definition, Issue, Lang, Origin};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleRow {
    /// Below the output folder.
    pub file: String,
    pub bundle_id: String,
    pub kind: String,
    /// 診療日 and order number of a lab report; empty for a list.
    pub unit: String,
    pub patient: String,
    pub institution: String,
    pub resources: usize,
    pub content_hash: String,
    /// A person must look at it before its first registration.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub review: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldRow {
    /// `patient`, `unit`, `input` or `record`.
    pub what: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<String>,
    pub issues: Vec<Cow<'static, str>>,
    pub rule: Cow<'static, str>,
    /// The rule in words.
    pub text: String,
    pub remedy: String,
    pub origins: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub input: String,
    pub address: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IssueRow {
    pub code: &'static str,
    pub severity: tsugite_issue::Severity,
    pub text: String,
    /// FHIR element path, where the issue concerns a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    pub origin: Option<Place>,
}

impl From<&Origin> for Place {
    fn from(origin: &Origin) -> Self {
        Self { input: origin.input.path.clone(), address: origin.address.to_string() }
    }
}

/// Where a Unit's bytes lie below the output folder.
pub fn bundle_file(key: &UnitKey) -> String {
    format!("bundles/{}/{}.json", key.kind, key.local_id())
}

impl From<&BuiltUnit> for BundleRow {
    fn from(unit: &BuiltUnit) -> Self {
        let key = &unit.key;
        Self {
            file: bundle_file(key),
            bundle_id: unit.bundle_id.clone(),
            kind: key.kind.name().to_owned(),
            unit: key.report.clone(),
            patient: local_patient(&key.patient).to_owned(),
            institution: key.institution.clone(),
            resources: unit.resources,
            content_hash: unit.content_hash.to_string(),
            review: unit.review,
        }
    }
}

/// The patient id without its id space.
fn local_patient(patient: &str) -> &str {
    patient.split_once('/').map_or(patient, |(_, id)| id)
}

pub fn issue_row(issue: &Issue, lang: Lang) -> IssueRow {
    IssueRow {
        code: issue.code(),
        severity: issue.severity(),
        text: issue.text(lang),
        path: issue.path.clone(),
        origin: issue.origin.as_ref().map(Place::from),
    }
}

pub fn held_input(input: &HeldInput, told: &[Issue], lang: Lang) -> HeldRow {
    let reason = told.iter().find(|issue| issue.definition == input.rule && same_input(issue, &input.origin));
    HeldRow {
        what: "input".into(),
        kind: None,
        unit: None,
        patient: None,
        issues: codes([input.rule].into_iter().chain(input.issues.iter().copied())),
        origins: vec![Place::from(&input.origin)],
        ..words(input.rule, reason, lang)
    }
}

fn same_input(issue: &Issue, origin: &Origin) -> bool {
    issue.origin.as_ref().is_some_and(|at| at.input == origin.input)
}

/// What is held of one patient: the patient, its Units, and the records that are held by themselves.
pub fn held_of(result: &PatientResult, lang: Lang) -> Vec<HeldRow> {
    let mut rows = Vec::new();
    let patient = Some(result.patient.id.to_string());
    if let Some(rule) = result.patient_held {
        // What holds a patient may have been told of each Unit.
        let mut told = result.issues.iter().chain(result.held.iter().flat_map(|unit| &unit.issues));
        let reason = told.find(|issue| issue.definition == rule);
        rows.push(HeldRow {
            what: "patient".into(),
            patient: patient.clone(),
            origins: result.master.iter().map(Place::from).collect(),
            ..words(rule, reason, lang)
        });
    }
    rows.extend(result.held.iter().map(|unit| held_unit(unit, &result.patient, lang)));
    let reasons: BTreeMap<(&Origin, &str), &Issue> =
        (result.issues.iter()).filter_map(|issue| Some(((issue.origin.as_ref()?, issue.code()), issue))).collect();
    for Ending { kind, origin, end, with_larger, told } in &result.ends {
        let (End::Held(rule), false) = (end, with_larger) else { continue };
        let read = filled(rule, told);
        let reason = reasons.get(&(origin, rule.code)).copied().or(read.as_ref());
        rows.push(HeldRow {
            what: "record".into(),
            kind: Some(kind.name().into()),
            patient: patient.clone(),
            issues: codes([*rule]),
            origins: vec![Place::from(origin)],
            ..words(rule, reason, lang)
        });
    }
    rows
}

fn held_unit(unit: &HeldUnit, patient: &PatientId, lang: Lang) -> HeldRow {
    let reason = unit.issues.iter().find(|issue| issue.definition == unit.rule);
    HeldRow {
        what: "unit".into(),
        kind: Some(unit.key.kind.name().into()),
        unit: Some(unit.key.report.clone()),
        patient: Some(patient.id.to_string()),
        issues: codes([unit.rule].into_iter().chain(unit.issues.iter().map(|issue| issue.definition))),
        origins: unit.origins.iter().map(Place::from).collect(),
        ..words(unit.rule, reason, lang)
    }
}

/// A record that is held since its input was read; `None` for any other, and where the whole input is listed.
pub fn held_record(ended: &Ended, lang: Lang) -> Option<HeldRow> {
    let Ended { record, with_input: false, told } = ended else { return None };
    let End::Held(rule) = record.end else { return None };
    Some(HeldRow {
        what: "record".into(),
        kind: Some(record.kind.name().into()),
        patient: record.patient.clone(),
        issues: codes([rule]),
        origins: vec![Place::from(&record.origin)],
        ..words(rule, filled(rule, told).as_ref(), lang)
    })
}

/// What told a rule, from its parameters.
fn filled(rule: &'static Definition, told: &Told) -> Option<Issue> {
    let parameter = |place: &'static str| told.iter().find(|(name, _)| name == place).map(|(_, value)| (place, value));
    let fill = |issue: Issue, (place, value): (&'static str, &String)| issue.with(place, value);
    (!told.is_empty()).then(|| rule.places().filter_map(parameter).fold(Issue::new(rule), fill))
}

/// A row with the words of its rule: with the parameters of the issue that told it, where there is one.
fn words(rule: &'static Definition, reason: Option<&Issue>, lang: Lang) -> HeldRow {
    let text = reason.map_or_else(|| rule.text.unfilled(lang), |reason| reason.text(lang));
    let remedy = reason.map_or_else(|| rule.remedy.unfilled(lang), |reason| reason.remedy(lang));
    HeldRow {
        what: "record".into(),
        kind: None,
        unit: None,
        patient: None,
        issues: codes([rule]),
        rule: rule.code.into(),
        text,
        remedy,
        origins: Vec::new(),
    }
}

/// Each code once, the rule first.
fn codes(definitions: impl IntoIterator<Item = &'static Definition>) -> Vec<Cow<'static, str>> {
    let mut codes: Vec<Cow<'static, str>> = Vec::new();
    for definition in definitions {
        if !codes.iter().any(|code| code == definition.code) {
            codes.push(definition.code.into());
        }
    }
    codes
}
