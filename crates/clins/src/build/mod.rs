//! From the members of a Unit to the bytes of its bundle.

mod allergy;
mod condition;
mod contained;
mod document;
mod frame;
mod observation;
mod patient;
mod time;
mod url;
mod version;

use crate::{
    BuiltUnit, Defaulted, Hash, HeldUnit, UnitKey, UnitKind,
    hash::{self, Decided},
    issues,
    person::Person,
    run::{Record, Run},
};
use frame::{Content, Frame, Seed};
use tsugite_clinical::{Date, DateTime, body::Body, insurance::InsuredId, standard::Standard};
use tsugite_fhir::{BundleWriter, Resource, coding, identifier, meta, resources::Bundle, types::Coding};
use tsugite_issue::{Definition, Issue};

pub(crate) use document::{Script, build_document};
pub(crate) use url::ICD10;

/// The note of an entry that its source deleted and that the site shows as ended.
const DELETED: &str = "電子カルテで削除された記録";

/// A Unit that is ready to be built.
pub(crate) struct Plan<'a> {
    pub key: UnitKey,
    /// One group a resource, in the order of the bundle; the first record of each speaks where only one can.
    pub groups: Vec<Vec<Record<'a>>>,
    /// Everything that the content hash is taken over.
    pub decided: Vec<Decided<'a>>,
    /// 診療日, for the insured id.
    pub day: Date,
    pub review: bool,
    pub issues: Vec<Issue>,
}

/// A Unit and the steps of chains that its values took.
pub(crate) struct Built {
    pub unit: BuiltUnit,
    pub defaulted: Vec<Defaulted>,
}

/// The bytes of a Unit.
///
/// # Errors
/// The Unit, held: the patient cannot be named to the centre, or the bundle cannot be written.
pub(crate) fn build(run: &Run, plan: Plan) -> Result<Built, Box<HeldUnit>> {
    let opening = match open(run, &plan.key, &plan.decided, plan.day) {
        Ok(opening) => opening,
        Err((rule, told)) => return Err(held(run, plan, rule, told)),
    };
    let Opening { person, insured: id, content_hash, identity_hash, clock, bundle_id, seed, updated, .. } = opening;
    let patient_url = seed.full_url("Patient");
    let mut frame = Frame::new(run, &patient_url, &clock);
    frame.issues = opening.issues;
    frame.defaulted.extend(opening.defaulted);
    let patient = patient::patient(run, person, &id, &updated, url::PATIENT_PROFILE);
    let bytes = write(&mut frame, &plan, bundle(run, &plan.key, &bundle_id, &clock), &patient, &seed);
    let Frame { issues: mut told, defaulted, .. } = frame;
    told.extend(plan.issues.iter().cloned());
    let Some(bytes) = bytes else { return Err(held(run, plan, &issues::CANNOT_WRITE, told)) };

    let resources = plan.groups.len();
    let members = members(&plan);
    let Plan { key, review, .. } = plan;
    let unit = BuiltUnit {
        key,
        bundle_id,
        bytes,
        content_hash,
        identity_hash,
        insured_id: id.to_string(),
        members,
        resources,
        apart: Vec::new(),
        review,
        issues: told,
    };
    Ok(Built { unit, defaulted })
}

/// What every bundle begins with.
struct Opening<'r> {
    person: &'r Person<'r>,
    insured: InsuredId,
    content_hash: Hash,
    identity_hash: Hash,
    /// The clock as an instant.
    clock: String,
    bundle_id: String,
    seed: Seed,
    /// When the master data were changed last.
    updated: String,
    issues: Vec<Issue>,
    defaulted: Vec<Defaulted>,
}

/// # Errors
/// Why the patient cannot be named to the centre.
fn open<'r>(
    run: &'r Run,
    key: &UnitKey,
    decided: &[Decided],
    day: Date,
) -> Result<Opening<'r>, (&'static Definition, Vec<Issue>)> {
    let person = run.person.as_ref().map_err(|rule| (*rule, Vec::new()))?;
    let insured = person.insured(day, run.site);
    let mut issues: Vec<Issue> = insured.issues.into_iter().map(|issue| issue.at(person.origin.clone())).collect();
    let insured = match insured.id {
        Ok(id) => id,
        Err(rule) => return Err((rule, issues)),
    };
    issues.extend(person.issues.iter().cloned());
    let content_hash = hash::content(decided);
    let clock = time::instant(run.site.as_of).unwrap_or_else(|| time_of_today(run));
    let year = run.site.issued.year(key).unwrap_or_else(|| run.today.year());
    let bundle_id = key.bundle_id(year);
    let moment = run.site.policy.bundle.fresh_fullurl.then_some(clock.as_str());
    Ok(Opening {
        person,
        identity_hash: hash::identity(&insured, &person.names, person.birth_date, person.patient.sex),
        insured,
        content_hash,
        seed: Seed::new(&bundle_id, content_hash, moment),
        updated: time::instant_of_stamp(person.stamp).unwrap_or_else(|| clock.clone()),
        clock,
        bundle_id,
        issues,
        defaulted: person.defaulted.clone(),
    })
}

/// The bundle with the patient and a resource a group; `None` where one of them cannot be written.
fn write<'a>(
    frame: &mut Frame<'_, 'a>,
    plan: &Plan<'a>,
    bundle: Bundle,
    patient: &Resource,
    seed: &Seed,
) -> Option<Vec<u8>> {
    let mut writer = BundleWriter::new(bundle).ok()?;
    writer.entry(frame.patient_url, patient, &[]).ok()?;
    for group in &plan.groups {
        let name = frame::key_text(group.first()?.fact);
        let Content { resource, contained } = content(frame, plan.key.kind, group, &name)?;
        writer.entry(&seed.full_url(&name), &resource, &contained).ok()?;
    }
    Some(writer.finish())
}

/// A clock of partial precision means the first moment that it can mean.
fn time_of_today(run: &Run) -> String {
    time::instant(DateTime::day(Date::from_civil(run.today))).unwrap_or_default()
}

fn members(plan: &Plan) -> Vec<usize> {
    let mut members: Vec<usize> = plan.groups.iter().flatten().map(|record| record.index).collect();
    members.sort_unstable();
    members
}

fn held(run: &Run, plan: Plan, rule: &'static Definition, mut told: Vec<Issue>) -> Box<HeldUnit> {
    if !told.iter().any(|issue| issue.definition == rule) {
        told.push(run.patient_issue(rule));
    }
    let members = members(&plan);
    let origins = plan.groups.iter().flatten().map(|record| record.fact.origin.clone()).collect();
    Box::new(HeldUnit { key: plan.key, rule, issues: told, members, origins })
}

/// `name`: what the resource is known by.
fn content<'a>(frame: &mut Frame<'_, 'a>, kind: UnitKind, group: &[Record<'a>], name: &str) -> Option<Content> {
    match kind {
        UnitKind::Condition => condition::condition(frame, group, name),
        UnitKind::Allergy => allergy::allergy(frame, group, name),
        UnitKind::Lab => observation::observation(frame, group.first()?, name),
        // Documents are built by a script of their own.
        UnitKind::Referral | UnitKind::Discharge | UnitKind::Checkup => None,
    }
}

/// JP_Bundle_CLINS, without its entries.
fn bundle(run: &Run, key: &UnitKey, bundle_id: &str, clock: &str) -> Bundle {
    let resource_type = key.kind.resource_type();
    let mut meta = meta(url::BUNDLE_PROFILE, clock);
    let tag = |code| Coding { display: None, ..coding(url::RESOURCE_TYPE_TAG, code, "") };
    meta.tag.extend(resource_type.map(tag));
    meta.tag.extend(trial_tag(run));
    Bundle {
        meta: Some(Box::new(meta)),
        identifier: Some(Box::new(identifier(url::BUNDLE_ID, bundle_id))),
        r#type: "collection".into(),
        timestamp: Some(clock.into()),
        ..Bundle::default()
    }
}

/// Nothing of a trial run may be sent.
fn trial_tag(run: &Run) -> Option<Coding> {
    run.site.institution.trial.then(|| coding(url::TRIAL_TAG, "trial", "試行"))
}

/// Whether a record is said in text because no standard code was found.
pub(crate) fn is_uncoded(record: &Record) -> bool {
    use tsugite_clinical::standard::SharedCode;
    match (&record.fact.body, record.standard) {
        (Body::Diagnosis(_), Standard::Diagnosis(standard)) => standard.uncoded,
        (Body::Allergy(_), Standard::Allergy(standard)) => standard.uncoded,
        (Body::Prescription(_), Standard::Prescription(standard)) => standard.uncoded,
        (Body::CheckupItem(_), Standard::CheckupItem(standard)) => standard.code.is_none(),
        (Body::LabResult(_), Standard::Lab(standard)) => matches!(standard.shared, Some(SharedCode::Uncoded(_))),
        _ => false,
    }
}
