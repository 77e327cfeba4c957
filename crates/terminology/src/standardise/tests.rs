use crate::{Tables, standardise};
use std::sync::Arc;
use tsugite_clinical::{
    Chart, Fact, Key, PatientId, Presence, Scope, Statement, Version,
    body::{Allergy, Body, Care, Code, CommentOrigins, Concept, Diagnosis, LabReport, LabResult, LabValue, Specimen},
    policy::Policy,
    standard::{
        AllergyCategory, AllergyStandard, AllergyVerdict, ClinicalStatus, Coding, DiagnosisStandard, LabStandard,
        Range, SharedCode, Standard, Unmapped, Value,
    },
};
use tsugite_issue::{InputName, Issue, Origin};

/// Standards in the order of the bodies given, with what was said.
struct Outcome {
    standards: Vec<Standard>,
    issues: Vec<Issue>,
    unmapped: Vec<Unmapped>,
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
    Outcome { standards: done.standards, issues: done.issues, unmapped: done.unmapped }
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

fn allergy(category: &str, allergen: &[&str], policy: &Policy) -> (AllergyStandard, Outcome) {
    let allergy = Allergy { category: Some(code(category)), allergen: concept(allergen), ..Allergy::default() };
    let outcome = run_with(vec![Body::Allergy(Box::new(allergy))], &Tables::embedded(), policy);
    let Standard::Allergy(standard) = &outcome.standards[0] else { panic!("no allergy") };
    ((**standard).clone(), outcome)
}

#[test]
fn allergens_and_categories() {
    use AllergyCategory::{Environment, Food, Medication};
    let policy = Policy::default();
    for (category, allergen, coded, expected, uncoded) in [
        ("FA^食物^HL70127", "J9FC12000000^貝類^J-FAGY", "J9FC12000000", Some(Food), false),
        ("PA^植物^HL70127", "J9NK12150000^ブタクサ^J-FAGY", "J9NK12150000", Some(Environment), false),
        ("MA^種々^HL70127", "J9NP14110000^ラテックス^J-FAGY", "J9NP14110000", Some(Environment), false),
        ("AA^動物^HL70127", "J9NJ12110000^犬^J-FAGY", "J9NJ12110000", Some(Environment), false),
        ("DA^薬剤^HL70127", "1124017F1030^某錠^YJ", "YCM1124017F1030", Some(Medication), false),
        ("DA^薬剤^HL70127", "2260701F1ZZZ^某液^YJ", "GCM2260701F1ZZZ", Some(Medication), false),
        ("DA^薬剤^HL70127", "123812902^カロナール錠^HOT9", "D9M000000000", Some(Medication), true),
        ("DA^薬剤^HL70127", "^ペニシリン系^", "D9M000000000", Some(Medication), true),
        ("FA^食物^HL70127", "12^そば^99XYZ", "D9F000000000", Some(Food), true),
        ("LA^花粉^HL70127", "5A1002216023023^スギ^JC10", "D9N000000000", Some(Environment), true),
        ("MA^種々^HL70127", "7^ほこり^99XYZ", "D9N000000000", None, true),
        ("MA^種々^HL70127", "123812902^カロナール錠^HOT9", "D9M000000000", Some(Medication), true),
        ("MC^禁忌^HL70127", "123812902^カロナール錠^HOT9", "D9M000000000", Some(Medication), true),
    ] {
        let (standard, outcome) = allergy(category, &[allergen], &policy);
        assert_eq!(&*standard.coding.unwrap().code, coded, "{allergen}");
        assert_eq!((standard.category, standard.uncoded), (expected, uncoded), "{allergen}");
        assert_eq!(standard.verdict, AllergyVerdict::Allergy);
        assert_eq!(outcome.unmapped.len(), usize::from(uncoded), "{allergen}");
    }
}

#[test]
fn contraindications_of_unclear_things_are_left_to_a_person() {
    let unclear = ["J9NT11000000^アルコール^J-FAGY", "1^造影剤^99XYZ"];
    for allergen in unclear {
        let (standard, _) = allergy("MC^禁忌^HL70127", &[allergen], &Policy::default());
        assert_eq!(standard.verdict, AllergyVerdict::ContraindicationUnclear, "{allergen}");
    }
    let mut policy = Policy::default();
    policy.allergy.contraindicated_drugs = vec!["造影剤".into()];
    let (standard, _) = allergy("MC^禁忌^HL70127", &[unclear[1]], &policy);
    assert_eq!((standard.category, standard.verdict), (Some(AllergyCategory::Medication), AllergyVerdict::Allergy));
}

#[test]
fn no_known_allergy_is_no_allergy_and_disagreement_is_told() {
    for allergen in ["0^なし^99XYZ", "^特になし^", "^－^", "^(なし)^", "^^"] {
        let (standard, outcome) = allergy("DA^薬剤^HL70127", &[allergen], &Policy::default());
        assert_eq!(standard.verdict, AllergyVerdict::NoKnownAllergy, "{allergen}");
        assert!(outcome.unmapped.is_empty());
    }
    let (standard, outcome) = allergy("DA^薬剤^HL70127", &["J9FC12000000^貝類^J-FAGY"], &Policy::default());
    assert_eq!(standard.category, Some(AllergyCategory::Medication));
    assert_eq!(outcome.codes(), ["TERM-021"]);
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

fn labs(results: Vec<LabResult>) -> (Vec<LabStandard>, Outcome) {
    let outcome = run(results.into_iter().map(|result| Body::LabResult(Box::new(result))).collect());
    let standard = |standard: &Standard| match standard {
        Standard::Lab(lab) => (**lab).clone(),
        other => panic!("{other:?}"),
    };
    (outcome.standards.iter().map(standard).collect(), outcome)
}

fn one_lab(result: LabResult) -> (LabStandard, Outcome) {
    let (mut standards, outcome) = labs(vec![result]);
    (standards.remove(0), outcome)
}

#[test]
fn laboratory_codes() {
    let core = "JP_CLINS_ObsLabResult_CoreLabo_CS";
    let infection = "JP_CLINS_ObsLabResult_InfectionLabo_CS";
    let uncoded = "JP_CLINS_ObsLabResult_Uncoded_CS 99999999999999999 未標準化コード項目(JLAC)";
    for (test, local, shared, general) in [
        (
            &["3A015000002327101^アルブミン^JC10"][..],
            "3A015000002327101 アルブミン",
            Some(format!("{core} 3A015000002327101 ALB")),
            None,
        ),
        (
            &["30005^ＨＧＢ 値^99LAB", "2A030000001930901^ヘモグロビン^JC10"],
            "30005 ＨＧＢ値",
            Some(format!("{core} 2A030000001930901 Hb")),
            None,
        ),
        (
            &["5F016141002305111^HBs抗原(判定)^JC10", "X-1^ＨＢｓ^99LAB"],
            "X-1 ＨＢｓ",
            Some(format!("{infection} 5F016141002305111 HBs抗原(定性)")),
            None,
        ),
        (
            &["2A010000001930101^白血球 数^JC10"],
            "2A010000001930101 白血球数",
            None,
            Some("master-JLAC10-17digits 2A010000001930101 白血球数".to_owned()),
        ),
        (&["12345^ｲﾝﾌﾙｴﾝｻﾞ^99LAB"], "12345 インフルエンザ", Some(uncoded.to_owned()), None),
        (&["5F560155002305111^HIV抗原抗体^JC10"], "5F560155002305111 HIV抗原抗体", Some(uncoded.to_owned()), None),
        (&["AB^^99LAB"], "AB AB", Some(uncoded.to_owned()), None),
    ] {
        let (standard, _) = one_lab(result(test, "5"));
        assert_eq!(said(standard.local.as_slice()), [format!("JP_CLINS_ObsLabResult_LocalCode_CS {local}")]);
        let coding = standard.shared.map(|shared| match shared {
            SharedCode::Core(coding) | SharedCode::Infection(coding) | SharedCode::Uncoded(coding) => coding,
        });
        assert_eq!(said(coding.as_slice()).pop(), shared, "{test:?}");
        assert_eq!(said(standard.general.as_slice()).pop(), general, "{test:?}");
    }
}

#[test]
fn one_local_code_of_two_specimens_gets_the_specimen() {
    let of = |material: &str, test: &str| {
        let specimen = Specimen { material: concept(&[material]), ..Specimen::default() };
        LabResult { specimen: Some(Arc::new(specimen)), ..result(&[test], "1") }
    };
    let (standards, _) = labs(vec![
        of("023^血清^JC10", "K1^カリウム^99LAB"),
        of("001^尿(含むその他)^JC10", "K1^カリウム^99LAB"),
        of("023^血清^JC10", "NA^ナトリウム^99LAB"),
        of("^血液^99LAB", "NA2^ナトリウム^99LAB"),
    ]);
    let locals: Vec<_> = standards.iter().map(|lab| lab.local.as_ref().unwrap().code.to_string()).collect();
    assert_eq!(locals, ["K1_023", "K1_001", "NA", "NA2"]);
    assert_eq!(said(standards[1].specimen.as_slice()), ["JP_ObservationSampleMaterialCode_CS 001 尿(含むその他)"]);
    assert_eq!((standards[3].specimen.clone(), standards[3].specimen_text.as_str()), (None, "血液"));
    let (derived, _) = one_lab(result(&["3A015000002327101^アルブミン^JC10"], "4"));
    assert_eq!(said(derived.specimen.as_slice()), ["JP_ObservationSampleMaterialCode_CS 023 血清"]);
}

fn with_unit(test: &str, value: &str, unit: &str) -> LabResult {
    LabResult { unit: Some(code(unit)), ..result(&[test], value) }
}

/// A value in one line: comparator, number, `[printed|ucum]`, or `{code}text`, `text`, `!reason text`.
fn shown(values: &[Value]) -> String {
    let one = |value: &Value| match value {
        Value::Quantity { comparator, number, unit } => {
            let unit = unit.as_ref().map(|unit| format!("[{}|{}]", unit.display, unit.ucum.as_deref().unwrap_or("-")));
            format!("{}{number}{}", comparator.unwrap_or_default(), unit.unwrap_or_default())
        }
        Value::Coded { codings, text } => {
            let codes: Vec<_> =
                codings.iter().map(|coding| format!("{{{} {}}}", coding.code, coding.display)).collect();
            format!("{}\"{text}\"", codes.concat())
        }
        Value::Text(text) => format!("\"{text}\" only"),
        Value::Absent { reason, text } => format!("!{reason} {text}"),
    };
    values.iter().map(one).collect::<Vec<_>>().join(" & ")
}

#[test]
fn values_and_units() {
    let urine = "1A990000000190153^尿蛋白^JC10";
    let hbs = "5F016141002305111^HBs抗原^JC10";
    for (test, value, unit, expected) in [
        ("A^A^99L", "4.10", "g/dl^g/dl^99XYZ", "4.10[g/dL|g/dL]"),
        ("A^A^99L", "23.0", "10^4/μL^10", "23.0[×10^4/μL|10*4/uL]"),
        ("A^A^99L", "<0.5", "COI^COI^99XYZ", "<0.5[COI|{COI}]"),
        ("A^A^99L", "5", "zz^zz^99XYZ", "5[zz|-]"),
        ("A^A^99L", "5", "", "5"),
        ("A^A^99L", "5", "なし^なし^99XYZ", "5"),
        ("A^A^99L", "4.9g/dl", "", "4.9[g/dL|g/dL]"),
        ("A^A^99L", "4.9g/dl", "g/dL^g/dL^99", "4.9[g/dL|g/dL]"),
        ("A^A^99L", "4.9g/dl", "mg/dL^mg/dL^99", "\"4.9g/dl\" only"),
        ("A^A^99L", "8倍未満", "倍^倍^99XYZ", "<8[倍|{titer}]"),
        ("A^A^99L", "×80", "", "80[倍|{titer}]"),
        ("A^A^99L", "1-4", "/HPF^/HPF^99", "\"1-4 /HPF\" only"),
        ("A^A^99L", "3+(300)", "mg/dL^mg/dL^99", "\"3+\" & 300[mg/dL|mg/dL]"),
        ("A^A^99L", "<1.2 (-)", "LogIU/mL^^", "<1.2[LogIU/mL|{Log_IU}/mL] & \"-\""),
        ("A^A^99L", "(−)", "", "\"(−)\""),
        (urine, "(2+)", "", "{4 ２＋}\"(2+)\""),
        (urine, "  -", "", "{1 －}\"-\""),
        (urine, "(+-)", "", "{2 ±}\"(+-)\""),
        (urine, "陽性", "", "\"陽性\""),
        (hbs, "陰性", "", "{2 陰性}\"陰性\""),
        (hbs, "(-)", "", "{2 陰性}\"(-)\""),
        (hbs, "＋", "", "{1 陽性}\"＋\""),
        (hbs, "判定保留", "", "{3 判定保留}\"判定保留\""),
        (hbs, "(±)", "", "\"(±)\""),
        ("5H010000001910114^ABO^JC10", "AB型", "", "{3 ＡＢ}\"AB型\""),
        ("5H010000001910114^ABO^JC10", "Ｏ", "", "{4 Ｏ}\"Ｏ\""),
        ("5H010000001910114^ABO^JC10", "亜型", "", "\"亜型\" only"),
        ("5H020000001910114^Rh^JC10", "(+)", "", "{1 ＋}\"(+)\""),
        ("5H020000001910114^Rh^JC10", "Rh(-)", "", "{2 －}\"Rh(-)\""),
        ("A^A^99L", "検体不足", "", "!not-performed 検体不足"),
        ("A^A^99L", "検査中止", "", "!not-performed 検査中止"),
        ("A^A^99L", "測定不能", "", "!error 測定不能"),
        ("A^A^99L", " ", "", "!unknown 結果値なし"),
        ("A^A^99L", "大腸菌①", "", "\"大腸菌(1)\" only"),
    ] {
        let (standard, _) = one_lab(with_unit(test, value, unit));
        assert_eq!(shown(&standard.values), expected, "{test} {value} {unit}");
    }
}

#[test]
fn ranges_and_flags() {
    let range = |low: Option<&str>, high: Option<&str>, text: Option<&str>| {
        Some(Range { low: low.map(str::to_owned), high: high.map(str::to_owned), text: text.map(str::to_owned) })
    };
    for (written, expected) in [
        ("3.7-5.5", range(Some("3.7"), Some("5.5"), None)),
        ("11.3 ～ 15.20", range(Some("11.3"), Some("15.20"), None)),
        ("<5", range(None, Some("5"), Some("<5"))),
        ("40以上", range(Some("40"), None, Some("40以上"))),
        ("(-)", range(None, None, Some("(-)"))),
        ("M:13-17", range(None, None, Some("M:13-17"))),
        (" ", None),
    ] {
        let flags = ["H", "HH~", "", "H"].map(str::to_owned).to_vec();
        let (standard, outcome) =
            one_lab(LabResult { reference_range: Some(written.into()), flags, ..result(&["A^A^99L"], "5") });
        assert_eq!(standard.range, expected, "{written}");
        assert_eq!(said(&standard.interpretations), ["v3-ObservationInterpretation H High"]);
        assert!(outcome.unmapped.iter().any(|unmapped| unmapped.kind == "interpretation" && unmapped.code == "HH~"));
    }
}

#[test]
fn departments_by_their_first_two_digits() {
    let with = |department: &str| {
        let care = Care { department: Some(code(department)), ..Care::default() };
        Body::Diagnosis(Box::new(Diagnosis {
            care,
            disease: concept(&["20054174^胃炎^MDCDX2"]),
            ..Diagnosis::default()
        }))
    };
    let stated = ["01^^", "062^肝胆膵科^HL70069", "05^耳鼻科^99Z01", "01^内科^99Z01", "7B^^"];
    let statements: Vec<_> = stated.iter().map(|department| with(department)).collect();
    let outcome = run(statements.clone());
    let unmapped: Vec<_> = outcome.unmapped.iter().map(|unmapped| unmapped.code.as_str()).collect();
    assert_eq!(unmapped, ["05", "7B"]);
}

#[test]
fn only_active_facts_get_codes() {
    let outcome = run(vec![Body::Patient(Box::default()), lab(&["A^A^99L"], "5")]);
    assert!(matches!(outcome.standards[0], Standard::None));
    assert!(matches!(outcome.standards[1], Standard::Lab(_)));
}
