use super::{
    DELETED,
    contained::{ENCOUNTER, Part, institution_extension, standard_coding},
    frame::{Content, Frame},
    url,
};
use crate::{
    run::Record,
    select::{Allergen, allergen, is_deleted},
};
use tsugite_clinical::{DateTime, body::Allergy, standard::AllergyCategory};
use tsugite_fhir::{
    Resource, annotation, coding, concept, meta, reference,
    resources::{AllergyIntolerance, AllergyIntoleranceOnset, AllergyIntoleranceReaction},
    text_concept,
    types::{Annotation, CodeableConcept},
};

/// JP_AllergyIntolerance_eCS from the entries that name the same allergen: all their reactions; the first speaks where only one can.
pub fn allergy<'a>(frame: &mut Frame<'_, 'a>, group: &[Record<'a>], name: &str) -> Option<Content> {
    let first = group.first()?;
    let Allergen { allergy, standard } = allergen(first)?;
    let deleted = is_deleted(first);
    let all: Vec<Allergen> = group.iter().filter_map(allergen).collect();
    let recorded = all.iter().filter_map(|entry| entry.allergy.recorded).min_by_key(|at| at.stamp());
    let stated_at = recorded.or_else(|| DateTime::from_stamp(first.fact.version.time));
    // The encounter is optional here: it is told only where the source or a stay tells it.
    let known = stated_at.and_then(|at| frame.known_encounter(&allergy.care, at));
    let mut extensions = vec![institution_extension(frame.institution())];
    extensions.extend(frame.stated_department(&allergy.care));
    let coding = standard.coding.as_ref()?;
    let contained = frame.contained(known.map(|(class, stay)| Part::Encounter(class, stay)))?;
    let resource = Resource::AllergyIntolerance(Box::new(AllergyIntolerance {
        meta: Some(Box::new(meta(url::ALLERGY_PROFILE, &frame.last_updated(group)))),
        extension: extensions,
        identifier: vec![frame.resource_id(name)],
        clinical_status: Some(Box::new(clinical_status(allergy, deleted))),
        verification_status: Some(Box::new(verification(allergy))),
        category: standard.category.map(AllergyCategory::code).map(Into::into).into_iter().collect(),
        code: Some(Box::new(concept(standard_coding(coding), Some(&standard.text)))),
        patient: Box::new(reference(frame.patient_url)),
        encounter: known.map(|_| Box::new(reference(&format!("#{ENCOUNTER}")))),
        onset: onset(&all).map(|at| AllergyIntoleranceOnset::DateTime(at.to_string().into())),
        recorded_date: recorded.map(|at| at.to_string().into()),
        note: notes(&all, deleted),
        reaction: reactions(&all),
        ..AllergyIntolerance::default()
    }));
    Some(Content { resource, contained })
}

/// IAM-17 (HL70438) I: confirmed, but no longer active.
fn clinical_status(allergy: &Allergy, deleted: bool) -> CodeableConcept {
    let (code, display) = match stated_verification(allergy) {
        _ if deleted => ("inactive", "Inactive"),
        "I" => ("inactive", "Inactive"),
        _ => ("active", "Active"),
    };
    concept(coding(url::ALLERGY_CLINICAL, code, display), None)
}

/// What is not said to be doubtful was entered by the clinic, and is confirmed.
fn verification(allergy: &Allergy) -> CodeableConcept {
    let (code, display) = match stated_verification(allergy) {
        "U" | "P" | "S" | "D" => ("unconfirmed", "Unconfirmed"),
        _ => ("confirmed", "Confirmed"),
    };
    concept(coding(url::ALLERGY_VERIFICATION, code, display), None)
}

fn stated_verification(allergy: &Allergy) -> &str {
    allergy.verification.as_ref().map_or("", |code| &code.code)
}

fn onset(all: &[Allergen]) -> Option<DateTime> {
    all.iter().filter_map(|entry| entry.allergy.onset).min_by_key(|at| at.stamp())
}

/// Each manifestation once, with the severity of its entry.
fn reactions(all: &[Allergen]) -> Vec<AllergyIntoleranceReaction> {
    let mut said: Vec<(&str, Option<&'static str>)> = Vec::new();
    for entry in all {
        for text in entry.allergy.reactions.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            if !said.contains(&(text, entry.standard.severity)) {
                said.push((text, entry.standard.severity));
            }
        }
    }
    let reaction = |(text, severity): (&str, Option<&'static str>)| AllergyIntoleranceReaction {
        manifestation: vec![text_concept(text)],
        severity: severity.map(Into::into),
        ..AllergyIntoleranceReaction::default()
    };
    said.into_iter().map(reaction).collect()
}

/// What has no element of its own: an onset in words, and a severity without a manifestation.
fn notes(all: &[Allergen], deleted: bool) -> Vec<Annotation> {
    let mut notes: Vec<String> = deleted.then(|| DELETED.to_owned()).into_iter().collect();
    for Allergen { allergy, standard } in all {
        let onset = allergy.onset_text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let severity =
            allergy.severity.as_ref().filter(|_| allergy.reactions.is_empty() || standard.severity.is_none());
        let severity = severity.map(|code| if code.display.is_empty() { &code.code } else { &code.display });
        let severity = severity.filter(|text| !text.is_empty());
        let said = onset
            .map(|text| format!("発症時期: {text}"))
            .into_iter()
            .chain(severity.map(|text| format!("重症度: {text}")));
        notes.extend(said);
    }
    notes.sort_unstable();
    notes.dedup();
    notes.iter().map(|note| annotation(note)).collect()
}
