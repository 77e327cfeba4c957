use super::{
    DELETED,
    contained::{ENCOUNTER, PRACTITIONER, Part, institution_extension, standard_coding},
    frame::{Content, Frame},
    url,
};
use crate::{
    care,
    run::Record,
    select::{Problem, Tag, problem},
};
use std::borrow::Cow;
use tsugite_clinical::standard::{ClinicalStatus, DiagnosisStandard, Modifier};
use tsugite_fhir::{
    Resource, annotation, coding, concept, data_absent, extension, meta, reference,
    resources::{Condition, ConditionAbatement, ConditionOnset},
    types::{self, Annotation, CodeableConcept, Coding, Extension, ExtensionValue},
};

/// JP_Condition_eCS from the rows of a list that say the same; the first one speaks where only one can.
pub fn condition<'a>(frame: &mut Frame<'_, 'a>, group: &[Record<'a>], name: &str) -> Option<Content> {
    let first = group.first()?;
    let problem = problem(frame.run, first)?;
    frame.issues.extend(problem.issues(first));
    frame.defaulted.extend(problem.onset_step);
    let Problem { diagnosis, standard, onset, .. } = problem;
    let onset_at = diagnosis.recorded.or(diagnosis.established).or(onset).unwrap_or(frame.run.site.as_of);
    let (class, stay) = frame.encounter(&diagnosis.care, onset_at);
    let department = frame.department(&diagnosis.care);
    let recorder = care::stated_practitioner(&diagnosis.care);

    let doctor = recorder.map(|doctor| Part::Practitioner(Cow::Borrowed(doctor)));
    let contained = frame.contained([Part::Encounter(class, stay)].into_iter().chain(doctor))?;
    let mut extensions = vec![institution_extension(frame.institution())];
    extensions.extend(department);
    if group.iter().any(is_main) {
        extensions.push(principal());
    }
    let mut meta = meta(url::CONDITION_PROFILE, &frame.last_updated(group));
    meta.tag = tags(frame, group);
    let resource = Resource::Condition(Box::new(Condition {
        meta: Some(Box::new(meta)),
        extension: extensions,
        identifier: vec![frame.resource_id(name)],
        clinical_status: Some(Box::new(clinical_status(problem.status()))),
        verification_status: Some(Box::new(concept(
            coding(url::CONDITION_VERIFICATION, "confirmed", "Confirmed"),
            None,
        ))),
        category: vec![concept(coding(url::CONDITION_CATEGORY, "encounter-diagnosis", "Encounter Diagnosis"), None)],
        code: Some(Box::new(code(standard))),
        subject: Box::new(reference(frame.patient_url)),
        encounter: Some(Box::new(reference(&format!("#{ENCOUNTER}")))),
        onset: onset.map(|onset| ConditionOnset::DateTime(onset.to_string().into())),
        abatement: abatement(&problem),
        recorded_date: diagnosis.recorded.or(diagnosis.established).map(|at| at.to_string().into()),
        recorder: recorder.map(|_| Box::new(reference(&format!("#{PRACTITIONER}")))),
        note: notes(&problem),
        ..Condition::default()
    }));
    Some(Content { resource, contained })
}

fn is_main(record: &Record) -> bool {
    matches!(&record.fact.body, tsugite_clinical::body::Body::Diagnosis(diagnosis) if diagnosis.main)
}

fn principal() -> Extension {
    let kind = concept(coding(url::DIAGNOSIS_TYPE, "principal", "Principal Diagnosis"), None);
    extension(url::DIAGNOSIS_TYPE_EXTENSION, ExtensionValue::CodeableConcept(Box::new(kind)))
}

/// Every tag that the clinic gave to any of the rows.
fn tags(frame: &Frame, group: &[Record]) -> Vec<Coding> {
    let mut tags: Vec<Tag> =
        group.iter().filter_map(|record| problem(frame.run, record)).flat_map(|p| p.tags).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.into_iter().map(|tag| coding(url::INDICATION_TAG, tag.code(), tag.display())).collect()
}

fn clinical_status(status: ClinicalStatus) -> CodeableConcept {
    let (code, display) = match status {
        ClinicalStatus::Active => ("active", "Active"),
        ClinicalStatus::Remission => ("remission", "Remission"),
        ClinicalStatus::Resolved => ("resolved", "Resolved"),
    };
    concept(coding(url::CONDITION_CLINICAL, code, display), None)
}

/// abatement ⇔ remission or resolved; an end that nobody wrote down is said to be unknown.
fn abatement(problem: &Problem) -> Option<ConditionAbatement> {
    if problem.status() == ClinicalStatus::Active {
        return None;
    }
    let absent = || types::DateTime { extension: vec![data_absent("unknown")], ..types::DateTime::default() };
    Some(ConditionAbatement::DateTime(problem.abated().map_or_else(absent, |at| at.to_string().into())))
}

fn code(standard: &DiagnosisStandard) -> CodeableConcept {
    let prefixes = standard.prefixes.iter().map(|modifier| (url::PREFIX_EXTENSION, modifier));
    let suffixes = standard.suffixes.iter().map(|modifier| (url::SUFFIX_EXTENSION, modifier));
    let modifiers = prefixes.chain(suffixes).filter_map(|(url, modifier)| modifier_extension(url, modifier));
    CodeableConcept {
        extension: modifiers.collect(),
        coding: standard.codings.iter().map(standard_coding).collect(),
        text: Some(standard.text.as_str().into()),
        ..CodeableConcept::default()
    }
}

/// The profile asks for a 修飾語管理番号; a modifier without one stands in the text only.
fn modifier_extension(url: &str, modifier: &Modifier) -> Option<Extension> {
    modifier.codings.iter().find(|coding| coding.system == url::MODIFIER_KEY)?;
    let value = CodeableConcept {
        coding: modifier.codings.iter().map(standard_coding).collect(),
        text: (!modifier.text.is_empty()).then(|| modifier.text.as_str().into()),
        ..CodeableConcept::default()
    };
    Some(extension(url, ExtensionValue::CodeableConcept(Box::new(value))))
}

/// The true outcome where the status hides it, and an end date that the status contradicts.
fn notes(problem: &Problem) -> Vec<Annotation> {
    let Problem { diagnosis, standard, deleted, lapsed, .. } = problem;
    let gone = deleted.then(|| annotation(DELETED));
    let lapsed = lapsed.map(|month| annotation(&format!("転帰の記載がなく、{month}より後のレセプトに記載がない")));
    let outcome = standard.outcome.note.as_ref().map(|note| annotation(&format!("転帰: {note}")));
    let active = problem.status() == ClinicalStatus::Active;
    let ended = diagnosis.ended.filter(|_| active).map(|ended| {
        let stated = diagnosis.outcome.as_ref();
        let stated = stated.map(|code| if code.display.is_empty() { &code.code } else { &code.display });
        let outcome =
            stated.filter(|text| !text.is_empty()).map(|text| format!("（転帰: {text}）")).unwrap_or_default();
        annotation(&format!("終了日の記載: {}{outcome}", ended.date))
    });
    gone.into_iter().chain(lapsed).chain(outcome).chain(ended).collect()
}
