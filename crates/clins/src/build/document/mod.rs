//! From a document's contents to the bytes of its bundle.

mod attachment;
mod checkup;
mod composition;
mod coverage;
mod dosage;
mod encounter;
mod history;
mod letter;
mod listing;
mod medication;
mod narrative;
mod party;
mod plan;
mod vital;

use super::{
    Built, Opening,
    frame::{Content, Frame, Seed, urn},
    open, patient, time, trial_tag, url,
};
use crate::{
    ApartFile, BuiltUnit, HeldUnit, UnitKey,
    document::{Checked, Letter},
    hash::Decided,
    issues,
    run::Run,
};
use attachment::Apart;
use std::collections::BTreeSet;
use tsugite_clinical::{
    Date,
    body::{Attachment, DocumentKind},
    policy::AttachmentWay,
};
use tsugite_fhir::{BundleWriter, identifier, meta, resources::Bundle};
use tsugite_issue::{Definition, Issue};
use uuid::Uuid;

/// A document that is ready to be built.
pub(crate) struct Script<'a> {
    pub key: UnitKey,
    pub letter: Letter<'a>,
    pub checked: Option<Checked<'a>>,
    pub decided: Vec<Decided<'a>>,
    /// For the insured id.
    pub day: Date,
    pub review: bool,
}

/// The entries of a document under way, in the order of its bundle.
pub(crate) struct Pages<'s> {
    seed: &'s Seed,
    last_updated: String,
    entries: Vec<(String, Content)>,
    known: BTreeSet<Uuid>,
    way: Option<Apart<'s>>,
    /// Files that travel apart, in the order of their sections.
    apart: Vec<ApartFile>,
}

impl<'s> Pages<'s> {
    fn new(seed: &'s Seed, last_updated: String, way: Option<Apart<'s>>) -> Self {
        Self { seed, last_updated, entries: Vec::new(), known: BTreeSet::new(), way, apart: Vec::new() }
    }

    /// The file as it travels apart; `None` where files travel inside.
    pub fn apart(&mut self, attachment: &Attachment, number: usize, otherwise: &str) -> Option<&ApartFile> {
        let file = self.way.as_ref()?.file(attachment, number, otherwise)?;
        self.apart.push(file);
        self.apart.last()
    }

    pub fn url(&self, name: &str) -> String {
        self.seed.full_url(name)
    }

    pub fn last_updated(&self) -> &str {
        &self.last_updated
    }

    /// Adds an entry under its name; its fullUrl. What is named twice stands once.
    pub fn add(&mut self, name: &str, content: Content) -> String {
        let id = self.seed.id(name);
        let url = urn(id);
        if self.known.insert(id) {
            self.entries.push((url.clone(), content));
        }
        url
    }
}

/// The bytes of a document.
///
/// # Errors
/// The Unit, held: the patient cannot be named to the centre, or the bundle cannot be written.
pub(crate) fn build_document(run: &Run, script: Script) -> Result<Built, Box<HeldUnit>> {
    let opening = match open(run, &script.key, &script.decided, script.day) {
        Ok(opening) => opening,
        Err((rule, told)) => return Err(held(run, script, rule, told)),
    };
    let patient_url = opening.seed.full_url("Patient");
    let mut frame = Frame::new(run, &patient_url, &opening.clock);
    frame.within = Some(&script.letter.document.care);
    frame.issues.extend(opening.issues.iter().cloned());
    frame.issues.extend(script.letter.issues.iter().cloned());
    frame.defaulted.extend(&opening.defaulted);
    let written = write(&mut frame, &script, &opening);
    let Frame { issues: told, defaulted, .. } = frame;
    let Some((bytes, resources, apart)) = written else { return Err(held(run, script, &issues::CANNOT_WRITE, told)) };
    let members = members(&script);
    let unit = BuiltUnit {
        key: script.key,
        bundle_id: opening.bundle_id,
        bytes,
        content_hash: opening.content_hash,
        identity_hash: opening.identity_hash,
        insured_id: opening.insured.to_string(),
        members,
        resources,
        apart,
        review: script.review,
        issues: told,
    };
    Ok(Built { unit, defaulted })
}

fn write<'a>(
    frame: &mut Frame<'_, 'a>,
    script: &Script<'a>,
    opening: &Opening,
) -> Option<(Vec<u8>, usize, Vec<ApartFile>)> {
    let letter = &script.letter;
    let source_time = time::instant_of_stamp(letter.record.fact.version.time);
    let run = frame.run;
    let policy = &run.site.policy.document;
    let way = (policy.attachments == AttachmentWay::Apart)
        .then_some(Apart { pattern: &policy.attachment_url, bundle_id: &opening.bundle_id });
    let mut pages = Pages::new(&opening.seed, source_time.unwrap_or_else(|| frame.clock.to_owned()), way);
    let composition = match &script.checked {
        Some(checked) => checkup::checkup(frame, &mut pages, letter, checked)?,
        None => letter::letter(frame, &mut pages, letter)?,
    };
    let Ok(person) = &frame.run.person else { return None };
    let (bundle_profile, patient_profile) = match letter.document.kind {
        DocumentKind::Referral => (url::REFERRAL_BUNDLE_PROFILE, url::PATIENT_PROFILE),
        DocumentKind::Discharge => (url::DISCHARGE_BUNDLE_PROFILE, url::PATIENT_PROFILE),
        DocumentKind::Checkup => (url::CHECKUP_BUNDLE_PROFILE, url::CHECKUP_PATIENT_PROFILE),
    };
    let patient = patient::patient(frame.run, person, &opening.insured, &opening.updated, patient_profile);
    let mut writer = BundleWriter::new(bundle(frame.run, &opening.bundle_id, frame.clock, bundle_profile)).ok()?;
    writer.entry(&opening.seed.full_url("Composition"), &composition, &[]).ok()?;
    writer.entry(frame.patient_url, &patient, &[]).ok()?;
    let resources = pages.entries.len().saturating_add(1);
    for (url, Content { resource, contained }) in pages.entries {
        writer.entry(&url, &resource, &contained).ok()?;
    }
    Some((writer.finish(), resources, pages.apart))
}

fn bundle(run: &Run, bundle_id: &str, clock: &str, profile: &str) -> Bundle {
    let mut meta = meta(profile, clock);
    meta.tag.extend(trial_tag(run));
    Bundle {
        meta: Some(Box::new(meta)),
        identifier: Some(Box::new(identifier(url::BUNDLE_ID, bundle_id))),
        r#type: "document".into(),
        timestamp: Some(clock.into()),
        ..Bundle::default()
    }
}

fn members(script: &Script) -> Vec<usize> {
    let letter = &script.letter;
    let mut members: Vec<usize> = letter.members().map(|record| record.index).collect();
    members.push(letter.record.index);
    members.sort_unstable();
    members.dedup();
    members
}

/// Facts of the chart have ends of their own.
fn held(run: &Run, script: Script, rule: &'static Definition, mut told: Vec<Issue>) -> Box<HeldUnit> {
    if !told.iter().any(|issue| issue.definition == rule) {
        told.push(run.patient_issue(rule));
    }
    let letter = &script.letter;
    let all = || std::iter::once(&letter.record).chain(letter.members().filter(|record| record.waits_with_document()));
    let mut members: Vec<usize> = all().map(|record| record.index).collect();
    members.sort_unstable();
    members.dedup();
    let origins = all().map(|record| record.fact.origin.clone()).collect();
    Box::new(HeldUnit { key: script.key, rule, issues: told, members, origins })
}
