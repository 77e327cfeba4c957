//! What the entries of each section are: the profiles fix it, and a fact that a section may not refer to says nothing else elsewhere.

use crate::{
    clinic::{disease, food, result},
    judged::{entries, narrative, resources, sound},
    letters::{FEED, ID, clinic, drug, key, minimal_discharge, minimal_referral, own_diagnosis, state, text, vital},
};
use serde_json::{Value, json};
use tsugite_clinical::{
    body::{Block, Body, Document, Section, SectionKind},
    standard::Standard,
};

/// A letter whose section names facts.
fn told(mut document: Document, section: SectionKind, facts: Vec<(Body, Standard)>) -> Value {
    let names: Vec<String> = (0..facts.len()).map(|place| format!("fact {place}")).collect();
    let entries = names.iter().map(|name| key(name)).collect();
    document.sections.push(Section { kind: section, title: None, text: vec![], entries });
    let mut clinic = clinic();
    state(&mut clinic, document);
    for (name, (body, standard)) in names.iter().zip(facts) {
        clinic.fact(FEED, ID, name, body, standard);
    }
    own_diagnosis(&mut clinic, "discharge");
    sound(&clinic.report())
}

fn finding(item: &str, value: &str) -> (Body, Standard) {
    (Body::Vital(Box::new(vital(item, value, None))), Standard::None)
}

#[test]
fn a_finding_is_what_its_section_may_refer_to() {
    use SectionKind as S;
    for (section, code, item, value, kind) in [
        (S::FamilyHistory, "550", "父", "胃癌", "FamilyMemberHistory"),
        (S::FamilyHistory, "550", "母方の祖母", "", "FamilyMemberHistory"),
        (S::Immunization, "530", "インフルエンザワクチン", "2025-11-04", "Immunization"),
        (S::Immunization, "530", "肺炎球菌ワクチン", "令和元年", "Immunization"),
        (S::Immunization, "530", "麻疹ワクチン", "", "Immunization"),
        (S::Surgery, "730", "虫垂切除術", "1998", "Procedure"),
        (S::Surgery, "730", "胆嚢摘出術", "30歳ころ", "Procedure"),
        (S::Transfusion, "740", "赤血球輸血", "", "Procedure"),
        (S::Treatment, "720", "胃洗浄", "2026-11-01", "Procedure"),
        (S::MedicalDevices, "810", "ペースメーカー", "2019-05", "DeviceUseStatement"),
        (S::MedicalDevices, "810", "補聴器", "右のみ", "DeviceUseStatement"),
        (S::PhysicalStatus, "610", "体温", "38.5", "Observation"),
        (S::SocialHistory, "640", "喫煙", "20本/日", "Observation"),
    ] {
        let bundle = told(minimal_referral(), section, vec![finding(item, value)]);
        assert_eq!(entries(&bundle, code), [kind], "{item}");
        assert!(narrative(&bundle, code).contains(item), "{item}");
    }
    for (section, code, kind) in [
        (S::Surgery, "713", "Procedure"),
        (S::FamilyHistory, "550", "FamilyMemberHistory"),
        (S::MedicalDevices, "810", "DeviceUseStatement"),
    ] {
        let bundle = told(minimal_discharge(), section, vec![finding("父", "2019")]);
        assert_eq!(entries(&bundle, code), [kind]);
    }
}

#[test]
fn a_resource_says_name_and_time_as_they_are_written() {
    use SectionKind as S;
    let one = |section, item: &str, value: &str, kind: &str| {
        let bundle = told(minimal_referral(), section, vec![finding(item, value)]);
        resources(&bundle, kind)[0].clone()
    };
    let father = one(S::FamilyHistory, "父", "胃癌", "FamilyMemberHistory");
    assert_eq!(father["relationship"]["coding"][0]["code"], "FTH");
    assert_eq!(father["condition"][0]["code"]["text"], "胃癌");
    assert_eq!(one(S::FamilyHistory, "母", "特になし", "FamilyMemberHistory")["condition"], Value::Null);
    assert_eq!(one(S::Surgery, "虫垂切除術", "1998", "Procedure")["performedDateTime"], "1998");
    assert_eq!(one(S::Surgery, "虫垂切除術", "30歳ころ", "Procedure")["performedString"], "30歳ころ");
    assert_eq!(one(S::Immunization, "仮ワクチン", "2025-11-04", "Immunization")["occurrenceDateTime"], "2025-11-04");
    let device = one(S::MedicalDevices, "ペースメーカー", "2019-05", "DeviceUseStatement");
    assert_eq!(
        device["contained"][0]["deviceName"],
        json!([{ "name": "ペースメーカー", "type": "user-friendly-name" }])
    );
    assert_eq!((&device["timingDateTime"], &device["device"]["reference"]), (&json!("2019-05"), &json!("#device")));
}

#[test]
fn what_nothing_can_say_stays_in_the_text() {
    use SectionKind as S;
    for (section, code, item, value) in [
        (S::FamilyHistory, "550", "家系", "糖尿病が多い"),
        (S::AdvanceDirective, "410", "蘇生処置", "希望しない"),
        (S::Research, "830", "仮の治験", "参加中"),
        (S::ClinicalCourse, "330", "体温", "38.5"),
    ] {
        let bundle = told(minimal_referral(), section, vec![finding(item, value)]);
        assert!(entries(&bundle, code).is_empty(), "{item}");
        assert!(narrative(&bundle, code).contains(&format!("{item}: {value}")), "{item}");
    }
}

#[test]
fn a_disease_of_the_family_is_no_disease_of_the_patient() {
    let (stated, standard) = disease("20058894", "肺癌", "20100401");
    let fact = (Body::Diagnosis(Box::new(stated)), Standard::Diagnosis(Box::new(standard)));
    let bundle = told(minimal_referral(), SectionKind::FamilyHistory, vec![fact]);
    let conditions = resources(&bundle, "Condition").into_iter().map(|it| it["code"]["text"].clone());
    assert_eq!(conditions.collect::<Vec<_>>(), ["胃炎"]);
    assert!(narrative(&bundle, "550").contains("肺癌"));
}

#[test]
fn a_drug_of_the_past_is_no_drug_of_today_and_a_result_is_one_wherever_it_stands() {
    let (line, standard) = drug();
    let (lab, known) = result("77", "20261110", "ALB", "4.0");
    let (allergy, allergen) = food("そば");
    let facts = vec![
        (Body::Prescription(Box::new(line)), Standard::Prescription(Box::new(standard))),
        (Body::LabResult(Box::new(lab)), Standard::Lab(Box::new(known))),
        (Body::Allergy(Box::new(allergy)), Standard::Allergy(Box::new(allergen))),
    ];
    let bundle = told(minimal_referral(), SectionKind::PastIllness, facts);
    assert!(resources(&bundle, "MedicationRequest").is_empty());
    assert!(narrative(&bundle, "370").contains("見本錠"));
    assert_eq!(
        (entries(&bundle, "620"), entries(&bundle, "510")),
        (vec!["Observation".into()], vec!["AllergyIntolerance".into()])
    );
}

#[test]
fn a_course_in_words_is_a_document_too() {
    let mut document = minimal_referral();
    document.sections.push(text(SectionKind::ClinicalCourse, "制酸薬で軽快した。"));
    let mut clinic = clinic();
    state(&mut clinic, document);
    let bundle = sound(&clinic.report());
    assert_eq!(entries(&bundle, "330"), ["DocumentReference"]);
    let mut silent = minimal_referral();
    silent.sections.push(Section { text: vec![Block::Paragraph(" ".into())], ..text(SectionKind::ClinicalCourse, "") });
    let mut clinic = crate::letters::clinic();
    state(&mut clinic, silent);
    assert!(resources(&sound(&clinic.report()), "DocumentReference").is_empty());
}
