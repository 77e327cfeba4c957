//! Facts with codes that only a master turns into standard ones.

use super::{Outcome, code, concept, run, run_with, said};
use crate::{Tables, masters};
use std::sync::Arc;
use tsugite_clinical::{
    body::{Allergy, Body, Diagnosis, Document, DocumentKind, LabResult, Prescription, Quantity},
    policy::Policy,
    standard::{AllergyCategory, DiagnosisStandard, DosageForm, PrescriptionStandard, SharedCode, Standard, Value},
};

fn tables() -> Tables {
    Tables::embedded().with_masters(Arc::new(masters::tests::sample()))
}

fn diagnosis(tables: &Tables, diagnosis: Diagnosis) -> (DiagnosisStandard, Outcome) {
    let outcome = run_with(vec![Body::Diagnosis(Box::new(diagnosis))], tables, &Policy::default());
    let Standard::Diagnosis(standard) = &outcome.standards[0] else { panic!("no diagnosis") };
    ((**standard).clone(), outcome)
}

/// Beside a document, so that what is said of prescriptions is told.
fn prescription(tables: &Tables, line: Prescription) -> (PrescriptionStandard, Outcome) {
    let bodies =
        vec![Body::Prescription(Box::new(line)), Body::Document(Box::new(Document::new(DocumentKind::Referral, "D1")))];
    let outcome = run_with(bodies, tables, &Policy::default());
    let Standard::Prescription(standard) = &outcome.standards[0] else { panic!("no prescription") };
    ((**standard).clone(), outcome)
}

#[test]
fn a_receipt_code_becomes_all_codes_and_the_name() {
    let receipt = Diagnosis {
        disease: concept(&["8800001^^MASTERB"]),
        prefixes: vec![concept(&["4901^^MASTERZ"])],
        suffixes: vec![concept(&["8902^^MASTERZ"])],
        ..Diagnosis::default()
    };
    let (standard, outcome) = diagnosis(&tables(), receipt);
    assert_eq!(
        said(&standard.codings),
        [
            "master-disease-keyNumber 20900001 つぎて熱",
            "master-disease-exCode TG01 つぎて熱",
            "masterB-disease 8800001 つぎて熱",
            "ICD10-2013-full A491 つぎて熱"
        ]
    );
    assert_eq!(standard.text, "急性つぎて熱の疑い");
    let suffix = [
        "master-disease-modExCode MB02 の疑い",
        "master-disease-modKeyNumber 27900002 の疑い",
        "masterZ-disease-modifier 8902 の疑い",
    ];
    assert_eq!(said(&standard.suffixes[0].codings), suffix);
    assert!(!standard.uncoded && outcome.issues.is_empty() && outcome.unmapped.is_empty());
    // The same disease by its number, as SS-MIX2 has it, gets the same codes.
    let by_number = Diagnosis {
        disease: concept(&["20900001^つぎて熱^MDCDX2"]),
        prefixes: vec![concept(&["MA01^急性^MDCDX2"])],
        suffixes: vec![concept(&["27900002^の疑い^MDCDX2"])],
        ..Diagnosis::default()
    };
    let (same, _) = diagnosis(&tables(), by_number);
    assert_eq!(same, standard);
}

#[test]
fn what_the_masters_do_not_have_is_said_in_text_with_the_reason() {
    let of = |triplet: &str| Diagnosis { disease: concept(&[triplet]), ..Diagnosis::default() };
    for (tables, triplet, codes) in [
        (Tables::embedded(), "8800001^つぎて熱^MASTERB", &["TERM-050", "TERM-010"][..]),
        (tables(), "1234567^つぎて熱^MASTERB", &["TERM-051", "TERM-010"]),
        (tables(), "0000999^つぎて熱^MASTERB", &["TERM-010"]),
    ] {
        let (standard, outcome) = diagnosis(&tables, of(triplet));
        assert!(standard.uncoded && standard.text == "つぎて熱", "{triplet}");
        assert_eq!(&*standard.codings[0].code, "99999999");
        assert_eq!(outcome.codes(), codes, "{triplet}");
        let receipt = said(&standard.codings[1..]);
        let kept = !triplet.starts_with("0000999");
        assert_eq!(receipt.len(), usize::from(kept), "{receipt:?}");
    }
    // A wanted master is told once a patient.
    let bodies = [1, 2].map(|_| Body::Diagnosis(Box::new(of("8800001^つぎて熱^MASTERB"))));
    assert_eq!(run(bodies.into()).codes().iter().filter(|code| **code == "TERM-050").count(), 1);
    let (moved, outcome) = diagnosis(&tables(), of("8800003^^MASTERB"));
    assert_eq!((&*moved.codings[0].code, moved.text.as_str()), ("20900001", "つぎて熱"));
    assert_eq!(outcome.codes(), ["TERM-052"]);
}

#[test]
fn a_drug_line_gets_product_usage_and_amounts() {
    let quantity = |value: &str, unit: &str| Some(Quantity { value: value.into(), unit: Some(code(unit)) });
    let line = Prescription {
        drug: concept(&["190000101^ツギテ錠５^HOT9"]),
        dose: quantity("1", "TAB^錠^MR9P"),
        daily_dose: quantity("３", "^錠^"),
        usages: vec![concept(&["1013044400000000^１日３回毎食後^JAMISDP01"])],
        duration: Some("5^d".into()),
        route: Some(concept(&["PO^口^HL70162"])),
        categories: vec![concept(&["OHP^外来処方^MR9P"]), concept(&["OHI^院内処方^MR9P"])],
        instructions: vec![concept(&["I1100000^１日おき^JAMISUPPLEMENT"])],
        ..Prescription::default()
    };
    let (standard, outcome) = prescription(&tables(), line);
    assert_eq!(said(&standard.drug), ["YJ-code 9999001F1010 ツギテ錠５"]);
    let usage = [
        "JP_CLINS_MedicationUsage_Uncoded_CS 0X0XXXXXXXXX0000 ダミー用法コード",
        "MedicationUsage 1013044400000000 １日３回毎食後",
    ];
    assert_eq!(said(&standard.usage), usage);
    assert_eq!((standard.usage_text.as_str(), standard.form), ("１日３回毎食後", DosageForm::Oral));
    let amounts = [&standard.dose, &standard.daily_dose].map(|amount| {
        let amount = amount.as_ref().unwrap();
        format!("{}{} {}", amount.number, amount.unit, amount.code.as_ref().unwrap().code)
    });
    assert_eq!(amounts, ["1錠 TAB", "3錠 TAB"]);
    assert_eq!((standard.days, standard.times, standard.total), (Some(5), None, None));
    assert_eq!(said(&standard.categories).len(), 2);
    assert_eq!(said(standard.route.as_slice()), ["route-codes PO 口"]);
    assert_eq!(said(standard.additional[0].0.as_slice()), ["MedicationUsageAdditional I1100000 １日おき"]);
    assert_eq!(outcome.codes(), ["TERM-058"]);
}

#[test]
fn a_drug_that_no_master_has_goes_as_text() {
    let drug = |triplets: &[&str]| Prescription {
        drug: concept(triplets),
        dose: Some(Quantity { value: "2/3".into(), unit: Some(code("^さじ^")) }),
        ..Prescription::default()
    };
    let (standard, outcome) = prescription(&Tables::embedded(), drug(&["A1^ツギテ散^99LOCAL"]));
    assert_eq!(said(&standard.drug), ["MedicationCodeNocoded_CS NOCODED 標準コードなし"]);
    assert!(standard.uncoded && standard.dose.is_none());
    assert_eq!((standard.text.as_str(), standard.usage_text.as_str()), ("ツギテ散", "用法の記載なし"));
    assert_eq!(standard.additional, [(None, "1回量 2/3さじ".to_owned())]);
    assert_eq!(outcome.codes(), ["TERM-057", "TERM-058", "TERM-059"]);
    for (triplet, expected, told) in [
        ("629000001^^MASTERY", "YJ-code 9999001F1010 ツギテ錠５ 5mg", &["TERM-058", "TERM-059"][..]),
        (
            "629000003^^MASTERY",
            "MedicationGeneralOrderCode 9999001F1ZZZ 【般】ツギナロール錠５ｍｇ",
            &["TERM-056", "TERM-058", "TERM-059"],
        ),
        ("629000004^^MASTERY", "YJ-code 9999002M1011 ツギテ軟膏", &["TERM-055", "TERM-058", "TERM-059"]),
        (
            "9999001F1ZZZ^^GENERAL",
            "MedicationGeneralOrderCode 9999001F1ZZZ 【般】ツギナロール錠５ｍｇ",
            &["TERM-058", "TERM-059"],
        ),
        ("629000001^^HOT9", "YJ-code 9999001F1010 ツギテ錠５ 5mg", &["TERM-058", "TERM-059"]),
    ] {
        let (standard, outcome) = prescription(&tables(), drug(&[triplet]));
        let found = said(&standard.drug);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(fold(&found[0]), fold(expected), "{triplet}");
        assert!(!standard.uncoded);
        assert_eq!(outcome.codes(), told, "{triplet}");
    }
    // Without a document nothing of a prescription is told: nobody carries it.
    let alone = run(vec![Body::Prescription(Box::new(drug(&["A1^ツギテ散^99LOCAL"])))]);
    assert!(alone.issues.is_empty() && alone.unmapped.is_empty());
}

fn fold(text: &str) -> String {
    tsugite_charset::fold_for_matching(text).replace('\u{3000}', " ")
}

#[test]
fn a_receipt_drug_takes_its_unit_from_the_master() {
    let line = Prescription {
        drug: concept(&["629000001^^MASTERY"]),
        daily_dose: Some(Quantity { value: "3".into(), unit: None }),
        duration: Some("14".into()),
        categories: vec![concept(&["21^内服^JHSP0003"])],
        ..Prescription::default()
    };
    let (standard, _) = prescription(&tables(), line);
    let daily = standard.daily_dose.unwrap();
    assert_eq!((daily.unit.as_str(), &*daily.code.unwrap().code, standard.days), ("錠", "TAB", Some(14)));
}

#[test]
fn a_drug_allergen_is_found_by_any_drug_code() {
    for triplet in ["190000101^ツギテ錠５^HOT9", "629000001^ツギテ錠５^MASTERY", "9999001F1010^ツギテ錠５^YJ"]
    {
        let allergy = Allergy {
            category: Some(code("DA^薬剤アレルギー^HL70127")),
            allergen: concept(&[triplet]),
            ..Allergy::default()
        };
        let outcome = run_with(vec![Body::Allergy(Box::new(allergy))], &tables(), &Policy::default());
        let Standard::Allergy(standard) = &outcome.standards[0] else { panic!() };
        assert_eq!(&*standard.coding.as_ref().unwrap().code, "YCM9999001F1010", "{triplet}");
        assert_eq!(standard.category, Some(AllergyCategory::Medication));
    }
}

#[test]
fn a_confirmed_laboratory_code_holds_for_its_unit_only() {
    let files = [(
        "labs-継手.csv",
        "system,code,jlac10,jlac11,unit,status,name\n99TG,0101,3A015000002327101,,g/dL,confirmed,ALB\n99TG,0102,3A010000002327101,,g/dL,proposed,TP\n",
    )];
    let mut issues = Vec::new();
    let tables = Tables::embedded().with_operator_files(files, &mut issues);
    assert!(issues.is_empty(), "{issues:?}");
    let lab = |test: &str, unit: Option<&str>| {
        let result = LabResult { unit: unit.map(code), ..super::result(&[test], "4.1") };
        let outcome = run_with(vec![Body::LabResult(Box::new(result))], &tables, &Policy::default());
        let Standard::Lab(standard) = &outcome.standards[0] else { panic!() };
        let shared = matches!(standard.shared, Some(SharedCode::Core(_)));
        let unit = match &standard.values[..] {
            [Value::Quantity { unit, .. }] => unit.as_ref().map(|unit| unit.display.clone()),
            other => panic!("{other:?}"),
        };
        (shared, unit, outcome.codes().contains(&"TERM-033"))
    };
    let gram = Some("g/dL".to_owned());
    assert_eq!(lab("0101^ALB^99TG", Some("^G/DL^")), (true, gram.clone(), false));
    assert_eq!(lab("0101^ALB^99TG", Some("^mg/dL^")), (false, Some("mg/dL".to_owned()), true));
    // The confirmed unit stands where the laboratory gives none.
    assert_eq!(lab("0101^ALB^99TG", None), (true, gram, false));
    assert!(!lab("0102^TP^99TG", Some("^g/dL^")).0);
}
