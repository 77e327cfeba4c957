mod allergy;
mod checkup;
mod diagnosis;
mod laboratory;
mod masters;

use crate::{Tables, standardise};
use std::{collections::BTreeMap, sync::Arc};
use tsugite_clinical::{
    Chart, Fact, Key, PatientId, Presence, Scope, Statement, Version,
    body::{Allergy, Body, Care, Code, CommentOrigins, Concept, Diagnosis, LabReport, LabResult, LabValue},
    policy::Policy,
    standard::{AllergyCategory, AllergyVerdict, Coding, SharedCode, Standard, Unmapped},
};
use tsugite_issue::{InputName, Issue, Origin};

/// Standards in the order of the bodies given, with what was said.
struct Outcome {
    standards: Vec<Standard>,
    issues: Vec<Issue>,
    unmapped: Vec<Unmapped>,
    departments: BTreeMap<Code, Coding>,
}

impl Outcome {
    fn codes(&self) -> Vec<&'static str> {
        self.issues.iter().map(Issue::code).collect()
    }
}

fn run_with(bodies: Vec<Body>, tables: &Tables, policy: &Policy) -> Outcome {
    let scope = Arc::new(Scope { source: "store".into(), feed: "TEST".into(), part: "".into() });
    let input = Arc::new(InputName { path: "test".into(), digest: Default::default() });
    let statements = bodies.into_iter().enumerate().map(|(index, body)| {
        let key = Key { scope: Arc::clone(&scope), item: format!("{index:03}").into(), ordinal: 0 };
        Statement::Fact(Fact {
            patient: PatientId { space: "store".into(), id: "1".into() },
            key,
            version: Version::default(),
            presence: Presence::Present,
            body,
            origin: Origin::whole(Arc::clone(&input)),
        })
    });
    let chart = Chart::new(statements);
    let done = standardise(chart.resolve(), tables, policy);
    Outcome { standards: done.standards, issues: done.issues, unmapped: done.unmapped, departments: done.departments }
}

fn run(bodies: Vec<Body>) -> Outcome {
    run_with(bodies, &Tables::embedded(), &Policy::default())
}

/// `code^display^system`.
fn code(triplet: &str) -> Code {
    let mut parts = triplet.split('^').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    Code { code: next(), display: next(), system: next() }
}

fn concept(triplets: &[&str]) -> Concept {
    Concept { codes: triplets.iter().map(|triplet| code(triplet)).collect(), text: None }
}

fn said(codings: &[Coding]) -> Vec<String> {
    let short = |coding: &Coding| coding.system.rsplit('/').next().unwrap_or_default().to_owned();
    codings.iter().map(|coding| format!("{} {} {}", short(coding), coding.code, coding.display)).collect()
}

fn result(test: &[&str], value: &str) -> LabResult {
    LabResult {
        report: Arc::new(LabReport::default()),
        care: Arc::new(Care::default()),
        specimen: None,
        test: concept(test),
        panel: None,
        sub_id: None,
        value: LabValue::Text(value.to_owned()),
        unit: None,
        reference_range: None,
        flags: Vec::new(),
        status: "F".into(),
        ordered_for: None,
        observed: None,
        reported: None,
        comments: Vec::new(),
        comment_origins: CommentOrigins::default(),
    }
}

fn lab(test: &[&str], value: &str) -> Body {
    Body::LabResult(Box::new(result(test, value)))
}

#[test]
fn a_sites_files_come_first() {
    let files = [
        ("diseases.csv", "system,code,medis,display\n99XYZ,D01,20054174,胃炎\n"),
        ("modifiers.csv", "code,medis,display\n3216,27000001,過敏性\n"),
        ("labs.csv", "system,code,jlac10\n99LAB,30005,3A015000002327101\n"),
        ("allergens.csv", "text,standard,category\n造影剤,,medication\nカロナール,1141007F1020,\n"),
    ];
    let mut issues = Vec::new();
    let tables = Tables::embedded().with_operator_files(files, &mut issues);
    assert!(issues.is_empty(), "{issues:?}");
    let allergy = |category: &str, name: &str| {
        Body::Allergy(Box::new(Allergy {
            category: Some(code(category)),
            allergen: concept(&[&format!("1^{name}^99XYZ")]),
            ..Allergy::default()
        }))
    };
    let disease = Diagnosis {
        disease: concept(&["D01^ただれ^99XYZ"]),
        prefixes: vec![concept(&["3216^過敏性^MDCDX2"])],
        ..Diagnosis::default()
    };
    let bodies = vec![
        Body::Diagnosis(Box::new(disease)),
        lab(&["30005^ALB^99LAB"], "4.1"),
        allergy("MC^種々の禁忌^HL70127", "造影剤"),
        allergy("DA^薬剤^HL70127", "カロナール"),
    ];
    let outcome = run_with(bodies, &tables, &Policy::default());
    let [Standard::Diagnosis(disease), Standard::Lab(lab), Standard::Allergy(contrast), Standard::Allergy(drug)] =
        &outcome.standards[..]
    else {
        panic!("{:?}", outcome.standards)
    };
    assert_eq!(said(&disease.codings), ["master-disease-keyNumber 20054174 胃炎"]);
    assert_eq!(said(&disease.prefixes[0].codings)[1], "master-disease-modKeyNumber 27000001 過敏性");
    assert!(matches!(&lab.shared, Some(SharedCode::Core(coding)) if &*coding.display == "ALB"));
    assert_eq!((contrast.category, contrast.verdict), (Some(AllergyCategory::Medication), AllergyVerdict::Allergy));
    assert_eq!(said(drug.coding.as_slice()), ["JP_JfagyMedicationAllergen_CS YCM1141007F1020 カロナール"]);
}

#[test]
fn departments_by_their_first_two_digits() {
    let with = |department: &&str| {
        let care = Care { department: Some(code(department)), ..Care::default() };
        let disease = concept(&["20054174^胃炎^MDCDX2"]);
        Body::Diagnosis(Box::new(Diagnosis { care, disease, ..Diagnosis::default() }))
    };
    let stated = ["01^^", "062^肝胆膵科^HL70069", "05^耳鼻科^99Z01", "01^内科^99Z01", "7B^^", "^外科^"];
    let outcome = run(stated.iter().map(with).collect());
    let unmapped: Vec<_> = outcome.unmapped.iter().map(|unmapped| unmapped.code.as_str()).collect();
    assert_eq!(unmapped, ["05", "7B"]);
    let known = |stated: &str| outcome.departments.get(&code(stated)).map(|coding| (&*coding.code, &*coding.display));
    for (stated, expected) in stated.into_iter().zip([
        Some(("01", "内科")),
        Some(("062", "肝胆膵科")),
        None,
        Some(("01", "内科")),
        None,
        None,
    ]) {
        assert_eq!(known(stated), expected, "{stated}");
    }
}

#[test]
fn only_active_facts_get_codes() {
    let outcome = run(vec![Body::Patient(Box::default()), lab(&["A^A^99L"], "5")]);
    assert!(matches!(outcome.standards[0], Standard::None));
    assert!(matches!(outcome.standards[1], Standard::Lab(_)));
}
