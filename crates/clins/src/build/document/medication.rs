//! 処方: JP_MedicationRequest_eCS, one a drug line.

use super::dosage::{self, Prescribed};
use crate::{
    Defaulted,
    build::{
        contained::{ENCOUNTER, PRACTITIONER, Part, institution_extension, standard_coding},
        frame::{Content, Frame},
        url,
    },
    issues,
    run::Record,
};
use tsugite_clinical::{
    DateTime,
    body::{Body, Concept, Prescription},
    standard::{Coding, PrescriptionStandard, Standard},
};
use tsugite_fhir::{
    Resource, annotation, extension, identifier, meta, reference,
    resources::{
        MedicationRequest, MedicationRequestDispenseRequest, MedicationRequestMedication,
        MedicationRequestSubstitution, MedicationRequestSubstitutionAllowed,
    },
    text_concept,
    types::{CodeableConcept, ExtensionValue, Identifier},
};

pub fn parts<'a>(record: &Record<'a>) -> Option<(&'a Prescription, &'a PrescriptionStandard)> {
    match (&record.fact.body, record.standard) {
        (Body::Prescription(line), Standard::Prescription(standard)) => Some((line, standard)),
        _ => None,
    }
}

/// `written`: the day of the document, for lines that have none of their own.
pub fn medication<'a>(
    frame: &mut Frame<'_, 'a>,
    record: &Record<'a>,
    written: DateTime,
    name: &str,
) -> Option<Content> {
    let (line, standard) = parts(record)?;
    let authored = line.ordered.or(line.start);
    if authored.is_none() {
        frame.defaulted.push(Defaulted { element: "MedicationRequest.authoredOn", value_from: "Composition.date" });
    }
    let start = line.start.or(line.ordered);
    if start.is_none() {
        let step =
            Defaulted { element: "MedicationRequest.dosageInstruction.periodOfUse", value_from: "Composition.date" };
        frame.defaulted.push(step);
    }
    let at = authored.unwrap_or(written);
    let (class, stay) = frame.encounter(&line.care, at);
    let doctor = frame.doctor(&line.care);
    let department = frame.department(&line.care);
    let requester = doctor.is_some();
    let contained =
        frame.contained([Part::Encounter(class, stay)].into_iter().chain(doctor.map(Part::Practitioner)))?;
    let prescribed = dosage::prescribed(line, standard, start.unwrap_or(written));
    if !prescribed.in_words.is_empty() {
        frame.issues.push(record.issue(&issues::AMOUNT_IN_WORDS).path("MedicationRequest.dosageInstruction"));
    }
    let mut extensions = vec![institution_extension(frame.institution())];
    extensions.extend(department);
    let resource = Resource::MedicationRequest(Box::new(MedicationRequest {
        meta: Some(Box::new(meta(url::MEDICATION_PROFILE, &frame.last_updated(std::slice::from_ref(record))))),
        extension: extensions,
        identifier: identifiers(frame, line, name),
        status: "completed".into(),
        intent: "order".into(),
        category: standard.categories.iter().map(category).collect(),
        medication: MedicationRequestMedication::CodeableConcept(Box::new(CodeableConcept {
            coding: standard.drug.iter().map(standard_coding).collect(),
            text: Some(standard.text.trim().into()),
            ..CodeableConcept::default()
        })),
        subject: Box::new(reference(frame.patient_url)),
        encounter: Some(Box::new(reference(&format!("#{ENCOUNTER}")))),
        authored_on: Some(at.to_string().into()),
        requester: requester.then(|| Box::new(reference(&format!("#{PRACTITIONER}")))),
        note: line.notes.iter().map(|note| note.trim()).filter(|note| !note.is_empty()).map(annotation).collect(),
        dispense_request: dispense(line, standard, &prescribed),
        substitution: line.dispensing.iter().any(forbids_substitution).then(no_substitution),
        dosage_instruction: vec![prescribed.dosage],
        ..MedicationRequest::default()
    }));
    Some(Content { resource, contained })
}

fn category(coding: &Coding) -> CodeableConcept {
    CodeableConcept { coding: vec![standard_coding(coding)], ..CodeableConcept::default() }
}

/// Rp番号, the place in it, the prescription's own number where there is one, and the line's own id.
fn identifiers(frame: &Frame, line: &Prescription, name: &str) -> Vec<Identifier> {
    let group = line.group.trim();
    let group = if group.is_empty() { "1" } else { group };
    let place = line.place.max(1).to_string();
    let number = line.prescription_number.as_deref().map(str::trim).filter(|number| !number.is_empty());
    let mut identifiers = vec![identifier(url::RP_NUMBER, group), identifier(url::ORDER_IN_RP, &place)];
    identifiers.extend(number.map(|number| identifier(url::PRESCRIPTION_NUMBER, number)));
    identifiers.push(frame.resource_id(name));
    identifiers
}

fn dispense(
    line: &Prescription,
    standard: &PrescriptionStandard,
    prescribed: &Prescribed,
) -> Option<MedicationRequestDispenseRequest> {
    let mut extensions = Vec::new();
    let told = line.dispensing.iter().chain(&line.instructions).filter(|concept| !forbids_substitution(concept));
    for text in told.filter_map(|concept| concept.name()).map(str::trim).filter(|text| !text.is_empty()) {
        let value = ExtensionValue::CodeableConcept(Box::new(text_concept(text)));
        extensions.push(extension(url::DISPENSE_INSTRUCTION_EXTENSION, value));
    }
    if let Some(times) = standard.times.and_then(|times| i32::try_from(times).ok()) {
        extensions.push(extension(url::REPEAT_COUNT_EXTENSION, ExtensionValue::Integer(times.into())));
    }
    let repeats = line.repeats.as_deref().and_then(|text| text.trim().parse::<u32>().ok());
    let request = MedicationRequestDispenseRequest {
        extension: extensions,
        quantity: standard.total.as_ref().and_then(dosage::quantity_of).map(Box::new),
        expected_supply_duration: prescribed.days.map(|days| Box::new(dosage::days(days))),
        number_of_repeats_allowed: repeats
            .and_then(|uses| uses.checked_sub(1))
            .filter(|more| *more > 0)
            .map(Into::into),
        ..MedicationRequestDispenseRequest::default()
    };
    let says_something = !request.extension.is_empty()
        || request.quantity.is_some()
        || request.expected_supply_duration.is_some()
        || request.number_of_repeats_allowed.is_some();
    says_something.then_some(request)
}

/// 後発品変更不可.
fn forbids_substitution(concept: &Concept) -> bool {
    let text = concept.name().unwrap_or_default();
    text.contains("変更不可") && (text.contains("後発") || text.contains("ジェネリック"))
}

fn no_substitution() -> MedicationRequestSubstitution {
    let coding = tsugite_fhir::coding(url::SUBSTITUTION, "1", "後発品変更不可");
    let concept = tsugite_fhir::concept(coding, None);
    MedicationRequestSubstitution {
        allowed: MedicationRequestSubstitutionAllowed::CodeableConcept(Box::new(concept)),
        id: None,
        extension: Vec::new(),
        modifier_extension: Vec::new(),
        reason: None,
    }
}
