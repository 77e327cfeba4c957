//! The public sample of receipts, where it is at hand.
#![allow(clippy::print_stderr)]

use crate::support::{count, diagnoses, facts, read, records};
use std::path::Path;
use tsugite_clinical::{RecordKind, body::Body};

fn sample() -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/uke/dev/gairai_part1.UKE");
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!("skipped: {} is not here", path.display());
            None
        }
    }
}

#[test]
fn every_diagnosis_and_drug_of_the_sample_is_read() {
    let Some(bytes) = sample() else { return };
    let output = read(&bytes);
    let of = |kind| records(&output).get(&kind).copied().unwrap_or_default();
    assert_eq!((count(&bytes, "RE"), count(&bytes, "SY"), count(&bytes, "IY")), (50, 5, 28));
    assert_eq!(of(RecordKind::Condition), 5);
    assert_eq!(of(RecordKind::Prescription) + of(RecordKind::Injection), count(&bytes, "IY"));
    let said: Vec<_> = diagnoses(&output)
        .map(|(fact, diagnosis)| {
            let modifiers: Vec<_> = diagnosis.suffixes.iter().map(|m| m.codes[0].code.as_str()).collect();
            (
                &*fact.patient.id,
                diagnosis.disease.codes[0].code.as_str(),
                modifiers,
                diagnosis.suspected,
                diagnosis.main,
            )
        })
        .collect();
    assert_eq!(said[0], ("00697", "2500013", vec![], false, true));
    assert_eq!(said[1], ("00697", "0000999", vec![], false, false));
    assert_eq!(said[2], ("00697", "0000999", vec![], true, false));
    assert_eq!(said[3], ("00698", "8848176", vec!["8070"], false, true));
    // The drugs of the surgery and the injections are no prescriptions.
    let prescriptions: Vec<_> = facts(&output).filter(|fact| matches!(fact.body, Body::Prescription(_))).collect();
    let of_first: Vec<_> = prescriptions.iter().filter(|fact| &*fact.patient.id == "00697").collect();
    assert_eq!(of_first.len(), 5);
    assert!(output.issues.iter().any(|issue| issue.code() == "UKE-013"), "院外処方 is told");
    assert!(output.issues.iter().any(|issue| issue.code() == "UKE-021"), "the sample was cut out of a larger file");
}
