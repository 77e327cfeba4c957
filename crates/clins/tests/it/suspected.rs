//! 疑い病名 in documents: said in words, and by no entry, however its source writes it.

use crate::{
    clinic::{code, disease},
    judged::{entries, narrative, resources, sound},
    letters::{FEED, ID, clinic, drug, key, minimal_referral, state, text},
};
use serde_json::Value;
use tsugite_clinical::{
    body::{Body, Concept, Diagnosis, Document, Section, SectionKind},
    standard::{DiagnosisStandard, Modifier, Standard},
};

/// Its facts stand under 傷病名, below what the author says there.
fn referral(said: &str, (stated, standard): (Diagnosis, DiagnosisStandard)) -> Value {
    let mut document: Document = minimal_referral();
    document.sections[1] = Section { entries: vec![key("doubt")], ..text(SectionKind::Problems, said) };
    let mut clinic = clinic();
    state(&mut clinic, document);
    clinic.fact(FEED, ID, "doubt", Body::Diagnosis(Box::new(stated)), Standard::Diagnosis(Box::new(standard)));
    sound(&clinic.report())
}

/// As each source states it: by flag (SS-MIX2, MML), by the name alone (letters, MML), by a modifier (CDA, receipts).
fn suspected() -> Vec<(&'static str, &'static str, (Diagnosis, DiagnosisStandard))> {
    let cancer = || disease("20058894", "肺癌", "20261001");
    let named = |name: &str| {
        let (mut stated, mut standard) = cancer();
        stated.disease.text = Some(name.to_owned());
        standard.text = name.to_owned();
        (stated, standard)
    };
    let modified = |receipt: &str, named: &str| {
        let (mut stated, mut standard) = cancer();
        stated.suffixes = vec![Concept { codes: vec![code(receipt, named, "MASTERZ")], text: None }];
        standard.suffixes = vec![Modifier { text: "の疑い".into(), codings: vec![] }];
        standard.text = "肺癌の疑い".to_owned();
        (stated, standard)
    };
    let (mut flagged, standard) = cancer();
    flagged.suspected = true;
    vec![
        ("flag", "肺癌の疑い", (flagged, standard)),
        ("name", "肺癌の疑い", named("肺癌の疑い")),
        ("name in brackets", "肺癌（疑い）", named("肺癌（疑い）")),
        ("name that asks", "肺癌？", named("肺癌？")),
        ("modifier with its name", "肺癌の疑い", modified("8002", "の疑い")),
        ("modifier by its code", "肺癌の疑い", modified("8002", "")),
    ]
}

#[test]
fn a_suspected_disease_is_never_a_condition_of_a_document() {
    for (how, shown, fact) in suspected() {
        let bundle = referral("上腹部痛", fact);
        assert!(resources(&bundle, "Condition").is_empty(), "{how}");
        assert_eq!(entries(&bundle, "340"), [""; 0], "{how}");
        let told = narrative(&bundle, "340");
        assert!(told.contains(&format!("<li>{shown}（2026-10-01発症）</li>")), "{how}: {told}");
    }
}

#[test]
fn a_text_speaks_of_a_suspicion_only_where_it_says_so_of_the_same_disease() {
    let (_, _, flagged) = suspected().remove(0);
    for (said, listed) in
        [("肺癌の疑い", false), ("肺癌を疑い精査中", false), ("肺癌。胃癌の疑い。", true), ("疑いのある影", true)]
    {
        let told = narrative(&referral(said, flagged.clone()), "340");
        assert_eq!(told.contains("<li>肺癌の疑い"), listed, "{told}");
    }
}

#[test]
fn a_modifier_that_nobody_can_name_holds_the_letter() {
    let (mut stated, mut standard) = disease("20058894", "肺癌", "20261001");
    stated.suffixes = vec![Concept { codes: vec![code("8999", "", "MASTERZ")], text: None }];
    standard.suffixes = vec![Modifier { text: "8999".into(), codings: vec![] }];
    standard.text = "肺癌8999".into();
    let mut clinic = clinic();
    state(&mut clinic, minimal_referral());
    clinic.fact(FEED, ID, "odd", Body::Diagnosis(Box::new(stated)), Standard::Diagnosis(Box::new(standard)));
    assert_eq!(clinic.report().ends(), ["held CLINS-062", "held CLINS-062"]);
}

/// 「なし」 in a place for a disease or a drug.
#[test]
fn words_for_nothing_are_said_and_no_entry() {
    let (mut stated, mut standard) = disease("", "なし", "20261101");
    stated.onset = None;
    (standard.uncoded, standard.text) = (true, "なし".into());
    let bundle = referral("上腹部痛", (stated, standard));
    assert!(resources(&bundle, "Condition").is_empty());

    let mut clinic = clinic();
    state(&mut clinic, minimal_referral());
    let (mut line, mut standard) = drug();
    line.drug = Concept { codes: vec![], text: Some("特になし".into()) };
    (standard.uncoded, standard.text) = (true, "特になし".into());
    clinic.fact(FEED, ID, "rp", Body::Prescription(Box::new(line)), Standard::Prescription(Box::new(standard)));
    assert!(resources(&sound(&clinic.report()), "MedicationRequest").is_empty());
}

#[test]
fn words_for_nothing_stand_in_no_list() {
    let mut clinic = clinic();
    let (stated, mut standard) = disease("99999999", "なし", "20261101");
    standard.uncoded = true;
    clinic.diagnosis((stated, standard));
    assert_eq!(clinic.report().ends(), ["held CLINS-045"]);
}
