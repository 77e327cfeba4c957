use super::{Outcome, code, concept, result, run, said};
use proptest::prelude::*;
use std::sync::Arc;
use tsugite_clinical::{
    body::{Body, LabResult, Specimen},
    standard::{LabStandard, Range, SharedCode, Standard, Value},
};

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

proptest! {
    #[test]
    fn any_result_keeps_its_words_and_gets_a_legal_code(
        code in "[0-9A-Z]{5}|[0-9][A-Z][0-9]{13,15}|\\PC{0,8}",
        name in "\\PC{0,12}",
        value in "\\PC{0,12}|[<>]?[0-9.]{1,5}(倍|mg/dL)?",
        unit in "mg/dL|10\\^4/uL|\\PC{0,6}",
        range in "[0-9.]{1,4}-[0-9.]{1,4}|\\PC{0,10}",
    ) {
        let code = code.replace('^', "");
        let test = format!("{code}^{}^JC10", name.replace('^', ""));
        let given = LabResult { reference_range: Some(range), ..with_unit(&test, &value, &format!("{unit}^{unit}^99")) };
        let (standard, outcome) = one_lab(given);
        prop_assert_eq!(standard.values.is_empty(), false);
        if let Some(local) = &standard.local {
            prop_assert!(!local.code.is_empty() && !local.display.is_empty());
            prop_assert!(local.code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')), "{}", local.code);
            prop_assert!(!local.display.contains(char::is_whitespace), "{:?}", local.display);
        }
        let coded = usize::from(standard.shared.is_some()) + usize::from(standard.general.is_some());
        prop_assert_eq!(coded, 1, "shared, general or uncoded");
        let uncoded = matches!(standard.shared, Some(SharedCode::Uncoded(_)));
        prop_assert_eq!(uncoded, outcome.unmapped.iter().any(|unmapped| unmapped.kind == "lab_result"));
    }
}
