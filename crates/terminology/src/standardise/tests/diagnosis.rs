use super::{Outcome, code, concept, run, said};
use tsugite_clinical::{
    body::{Body, Diagnosis},
    standard::{ClinicalStatus, DiagnosisStandard, Standard},
};

fn diagnosis(diagnosis: Diagnosis) -> (DiagnosisStandard, Outcome) {
    let outcome = run(vec![Body::Diagnosis(Box::new(diagnosis))]);
    let Standard::Diagnosis(standard) = &outcome.standards[0] else { panic!("no diagnosis") };
    ((**standard).clone(), outcome)
}

#[test]
fn a_disease_is_coded_from_either_triplet() {
    for triplets in [&["20054174^胃炎^MDCDX2"][..], &["D01^慢性胃炎^99XYZ", "20054174^胃炎^MDCDX2"]] {
        let (standard, outcome) = diagnosis(Diagnosis {
            disease: concept(triplets),
            exchange: Some(code("TSQF^胃炎^MDCDX2")),
            icd10: vec![code("K297^^I10")],
            ..Diagnosis::default()
        });
        let name = triplets[0].split('^').nth(1).unwrap();
        assert_eq!(
            said(&standard.codings),
            [
                "master-disease-keyNumber 20054174 胃炎".to_owned(),
                "master-disease-exCode TSQF 胃炎".to_owned(),
                format!("ICD10-2013-full K297 {name}"),
            ]
        );
        assert!(!standard.uncoded && outcome.unmapped.is_empty() && outcome.issues.is_empty());
    }
}

#[test]
fn a_disease_without_number_is_said_in_text() {
    for triplet in ["99999999^腰痛症^99XYZ", "20084317^腰痛症^MDCDX2", "^腰痛症^", "A1^腰痛症^MDCDX2"] {
        let (standard, outcome) = diagnosis(Diagnosis {
            disease: concept(&[triplet]),
            icd10: vec![code("M54.5^^I10"), code("??^^I10")],
            outcome: Some(code("F^完全に回復^HL70241")),
            ..Diagnosis::default()
        });
        let expected =
            ["master-disease-keyNumber 99999999 未コード化傷病名", "ICD10-2013-full M54.5 腰痛症"].map(str::to_owned);
        assert_eq!(said(&standard.codings), expected, "{triplet}");
        assert!(standard.uncoded);
        assert_eq!(standard.text, "腰痛症");
        assert_eq!(standard.outcome.status, ClinicalStatus::Resolved);
        assert_eq!(outcome.codes(), ["TERM-010", "TERM-012"]);
        assert_eq!((&*outcome.unmapped[0].kind, &*outcome.unmapped[0].text), ("condition", "腰痛症"));
    }
}

#[test]
fn modifiers_need_a_number_and_stand_once_in_the_text() {
    let (standard, outcome) = diagnosis(Diagnosis {
        disease: concept(&["20064049^十二指腸潰瘍^MDCDX2"]),
        prefixes: vec![concept(&["3216^過敏性^MDCDX2"])],
        suffixes: vec![concept(&["27000358^の初期^MDCDX2", "1111^の初期^MDCDX2"]), concept(&["^^"])],
        ..Diagnosis::default()
    });
    assert_eq!(standard.text, "過敏性十二指腸潰瘍の初期");
    assert!(standard.prefixes[0].codings.is_empty(), "an exchange code alone makes no extension");
    let suffix = ["master-disease-modExCode 1111 の初期", "master-disease-modKeyNumber 27000358 の初期"];
    assert_eq!(said(&standard.suffixes[0].codings), suffix);
    assert_eq!(standard.suffixes.len(), 1);
    assert_eq!(outcome.codes(), ["TERM-011"]);
    assert_eq!(&*outcome.unmapped[0].kind, "modifier");
}
