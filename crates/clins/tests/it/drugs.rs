//! One prescription that several feeds of a clinic tell.

use crate::{
    clinic::{Clinic, code, coding, time},
    judged::{resources, sound},
    letters::{clinic, drug, minimal_referral, party, state},
};
use tsugite_clinical::{
    body::{Body, ChartPart, Concept, Document, Prescription},
    standard::{Amount, PrescriptionStandard, Standard},
};

type Line = (Prescription, PrescriptionStandard);

const YJ: &str = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
const GENERAL: &str = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode";

/// A drug of a day, by a standard code and a name.
fn line(day: &str, system: &'static str, drug_code: &str, text: &str) -> Line {
    let (mut stated, mut standard) = drug();
    (stated.start, stated.ordered) = (time(day), time(day));
    stated.drug = Concept { codes: vec![code(drug_code, text, "99ABC")], text: None };
    standard.drug = vec![coding(system, drug_code, text)];
    (standard.text, standard.days) = (text.into(), Some(28));
    (stated, standard)
}

/// A drug that no table knows, under a local code of its feed.
fn uncoded(day: &str, text: &str) -> Line {
    let nocoded = "http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS";
    let (mut stated, mut standard) = line(day, nocoded, "NOCODED", text);
    stated.drug.codes = vec![code(text, text, "")];
    standard.uncoded = true;
    (stated, standard)
}

fn composed(lines: Vec<(&str, &str, Line)>) -> Clinic {
    let mut clinic = clinic();
    state(&mut clinic, Document { include: vec![ChartPart::Prescriptions], ..minimal_referral() });
    for (feed, item, (stated, standard)) in lines {
        clinic.fact(feed, item, item, Body::Prescription(Box::new(stated)), Standard::Prescription(Box::new(standard)));
    }
    clinic
}

/// The names of the drugs in the letter, and what it remarks.
fn listed(clinic: &mut Clinic) -> (Vec<String>, Vec<&'static str>) {
    let reported = clinic.report();
    let bundle = sound(&reported);
    let names = resources(&bundle, "MedicationRequest").into_iter();
    let names = names.map(|drug| drug["medicationCodeableConcept"]["text"].as_str().unwrap().to_owned()).collect();
    let unit = reported.outcome.built.iter().find(|unit| unit.key.kind.is_document()).unwrap();
    let about_drugs =
        unit.issues.iter().map(|issue| issue.code()).filter(|code| ["CLINS-094", "CLINS-095"].contains(code));
    (names, about_drugs.collect())
}

#[test]
fn one_prescription_of_several_feeds_is_listed_once() {
    let order = line("20261115", YJ, "2171022F2010", "先発錠５ｍｇ");
    let symbol = line("20261115", GENERAL, "2171022F2ZZZ", "【般】後発錠5mg");
    let filled = line("20261117", YJ, "2171022F2099", "後発錠5mg「仮」");
    let month = line("202611", YJ, "2171022F2010", "先発錠5mg");
    let mut clinic = composed(vec![
        ("UKE", "uke", month),
        ("JAHISTC", "book", filled),
        ("JAHIS-RX", "qr", symbol),
        ("OMP-01", "omp", order),
    ]);
    assert_eq!(listed(&mut clinic), (vec!["先発錠５ｍｇ".to_owned()], vec![]));
    let reported = clinic.report();
    for (item, end) in [("omp", "reported"), ("qr", "superseded"), ("book", "superseded"), ("uke", "superseded")] {
        assert_eq!(reported.end(item), end, "{item}");
    }
}

#[test]
fn another_drug_or_another_day_stays_in_the_letter() {
    let order = || line("20261115", YJ, "2171022F2010", "甲錠");
    for (feed, other) in [
        ("JAHIS-RX", line("20261115", YJ, "2325003F1020", "乙錠")),
        ("JAHIS-RX", line("20261110", YJ, "2171022F2010", "甲錠")),
        ("OMP-01", line("20261115", YJ, "2171022F2010", "甲錠")),
        ("UKE", line("20261115", YJ, "2171022F1013", "甲錠２．５ｍｇ")),
    ] {
        let (names, remarks) = listed(&mut composed(vec![("OMP-01", "omp", order()), (feed, "other", other)]));
        assert_eq!((names.len(), remarks.len()), (2, 0), "{feed}");
    }
}

#[test]
fn a_drug_that_cannot_be_compared_is_left_out_and_said() {
    let order = || line("20261115", YJ, "2171022F2010", "甲錠");
    let mut clinic = composed(vec![("OMP-01", "omp", order()), ("UKE", "uke", uncoded("202611", "620004567"))]);
    assert_eq!(listed(&mut clinic), (vec!["甲錠".to_owned()], vec!["CLINS-094"]));
    assert_eq!(clinic.report().end("uke"), "not carried CLINS-094");
    // The same name needs no code; another day is another prescription.
    let (names, remarks) =
        listed(&mut composed(vec![("OMP-01", "omp", order()), ("UKE", "uke", uncoded("20261115", "甲 錠"))]));
    assert_eq!((names.len(), remarks.len()), (1, 0));
    let (names, remarks) =
        listed(&mut composed(vec![("OMP-01", "omp", order()), ("UKE", "uke", uncoded("20261101", "620004567"))]));
    assert_eq!((names.len(), remarks.len()), (2, 0));
}

#[test]
fn feeds_that_disagree_are_told_and_the_order_is_the_sites() {
    let order = || line("20261115", YJ, "2171022F2010", "甲錠");
    let symbol = || {
        let (stated, standard) = line("20261115", YJ, "2171022F2010", "甲錠（紙）");
        let more = Amount { number: "6".into(), unit: "錠".into(), code: None };
        (stated, PrescriptionStandard { daily_dose: Some(more), ..standard })
    };
    let both = || composed(vec![("OMP-01", "omp", order()), ("JAHIS-RX", "qr", symbol())]);
    assert_eq!(listed(&mut both()), (vec!["甲錠".to_owned()], vec!["CLINS-095"]));
    let mut other = both();
    other.policy.document.prescription_authority = vec!["JAHIS-RX".into()];
    assert_eq!(listed(&mut other), (vec!["甲錠（紙）".to_owned()], vec!["CLINS-095"]));
}

#[test]
fn what_another_institution_prescribed_stands_for_nothing_of_ours() {
    let (mut theirs, standard) = line("20261115", YJ, "2171022F2010", "甲錠");
    theirs.prescribed_by = Some(party("1311234567", "見本病院"));
    let order = line("20261115", YJ, "2171022F2010", "甲錠");
    let mut clinic = composed(vec![("OMP-01", "theirs", (theirs, standard)), ("UKE", "uke", order)]);
    assert_eq!(listed(&mut clinic).0.len(), 1);
    assert_eq!(clinic.report().end("uke"), "reported");
}
