//! Files that were cut, joined or torn on their way: nothing of one patient becomes another's, and no list withdraws what it lacks.

use std::sync::Arc;
use tsugite_clinical::{End, Fact, Statement, body::Body};
use tsugite_source::{Context, Input, Output, Sink, Source};
use tsugite_source_table::{Mapping, TableSource, presets};

fn read_by(source: &TableSource, file: &str, text: &str) -> Output {
    let context = Context { instance: "test".into(), id_space: "test".into(), gaiji: Arc::default() };
    let mut sink = Sink::new();
    source.read(&Input::new(file, text.as_bytes()), &context, &mut sink);
    sink.finish()
}

fn read(file: &str, text: &str) -> Output {
    read_by(&TableSource::new(presets()), file, text)
}

fn facts(output: &Output) -> impl Iterator<Item = &Fact> {
    output.statements.iter().filter_map(|statement| match statement {
        Statement::Fact(fact) => Some(fact),
        Statement::List(_) | Statement::Identity(_) => None,
    })
}

/// `patient name`, of each record that became a fact.
fn said(output: &Output) -> Vec<String> {
    let name = |body: &Body| match body {
        Body::Diagnosis(diagnosis) => diagnosis.disease.name().map(str::to_owned),
        Body::Allergy(allergy) => allergy.allergen.name().map(str::to_owned),
        Body::LabResult(result) => Some(format!("{} {:?}", result.test.name().unwrap_or_default(), result.value)),
        Body::Patient(patient) => Some(format!("{:?}", patient.sex)),
        _ => None,
    };
    facts(output).filter_map(|fact| Some(format!("{} {}", fact.patient.id, name(&fact.body)?))).collect()
}

fn held(output: &Output) -> Vec<&'static str> {
    let rule = |end: &End| match end {
        End::Held(rule) => Some(rule.code),
        _ => None,
    };
    output.ended.iter().filter_map(|ended| rule(&ended.end)).collect()
}

fn lists(output: &Output) -> usize {
    output.statements.iter().filter(|statement| matches!(statement, Statement::List(_))).count()
}

const PROBLEMS: &str = "患者番号,病名,傷病名コード,開始日,転帰,転帰日,主病名,疑い\n";

fn problems(rows: &str) -> Output {
    read("a.csv", &format!("{PROBLEMS}{rows}"))
}

#[test]
fn strayed_quotes_give_no_patient_what_another_has() {
    let output = problems(
        "123,\"甲病,,2026/3/1,,,,\n124,乙病,,2026/3/2,,,,\n124,\"丙病,,2026/3/3,,,,\n125,丁病\",,2026/3/4,,,,\n",
    );
    assert_eq!(said(&output), ["123 甲病", "124 乙病", "124 丙病", "125 丁病\""]);
    let output = problems("123,\"甲病,,2026/3/1,,,,\n124,乙病\",,2026/3/2,,,,\n");
    assert_eq!(said(&output), ["123 甲病", "124 乙病\""]);
    // A line end that belongs to a value stays in it.
    let output = problems("123,\"甲病,\n再発\",,2026/3/1,,,,\n124,乙病,,2026/3/2,,,,\n");
    assert_eq!(said(&output), ["123 甲病,\n再発", "124 乙病"]);
}

#[test]
fn a_comma_too_many_holds_its_row_even_where_the_last_cells_are_empty() {
    let output = problems("123,胃炎,,2026/3/1,,,,\n123,胃炎,急性,,2026/3/1,,,,\n124,乙病,,2026/3/2,,,,\n");
    assert_eq!((said(&output), held(&output)), (vec!["123 胃炎".into(), "124 乙病".into()], vec!["TABLE-028"]));
    // A comma at the end of every line is none too many.
    let output = problems("123,胃炎,,2026/3/1,,,,,\n124,乙病,,2026/3/2,,,,,\n");
    assert_eq!((said(&output).len(), held(&output)), (2, vec![]));
    let row = |name: &str| format!("L01,123,20260401,試験,M,,,,2,,,,1,,{name},,13-30,45,U/L,,,,,,\n");
    let output = read("k.dat", &[row("AST"), row("AST,GOT"), row("ALT")].concat());
    assert_eq!(said(&output), ["123 AST Text(\"45\")", "123 ALT Text(\"45\")"]);
    assert_eq!(held(&output), ["TABLE-028"]);
}

#[test]
fn a_file_that_ends_in_a_row_is_no_whole_list() {
    let rows = "患者番号,分類,アレルゲン,症状\n123,食物,そば,\n123,薬剤,ペニシリン,";
    for (cut, names, rules, whole) in [
        ("", 2, vec![], 1),
        ("\n", 2, vec![], 1),
        ("\n123,薬", 2, vec!["TABLE-029"], 0),
        // An editor that writes no end of the last line.
        ("\n123,食物,えび,", 3, vec![], 1),
    ] {
        let output = read("a.csv", &format!("{rows}{cut}"));
        assert_eq!((said(&output).len(), held(&output), lists(&output)), (names, rules, whole), "{cut:?}");
    }
    // Something is said of an allergen without a name.
    let output = read("a.csv", &format!("{rows}\n123,薬剤,,発疹\n"));
    assert_eq!((held(&output), lists(&output)), (vec!["TABLE-004"], 0));
}

#[test]
fn joined_files_are_read_as_long_as_their_columns_are_the_same() {
    let output = problems(&format!("123,胃炎,,2026/3/1,,,,\n{PROBLEMS}124,乙病,,2026/3/2,,,,\n"));
    assert_eq!((said(&output), held(&output)), (vec!["123 胃炎".into(), "124 乙病".into()], vec![]));
    let output = problems("123,胃炎,,2026/3/1,,,,\n患者番号,開始日,病名,主病名\n124,2026/3/2,乙病,\n");
    assert_eq!((said(&output), held(&output)), (vec!["123 胃炎".into()], vec!["TABLE-034"]));
}

#[test]
fn what_decides_whether_a_disease_is_sent_is_not_guessed() {
    let suspected = |output: &Output| {
        facts(output).any(|fact| matches!(&fact.body, Body::Diagnosis(diagnosis) if diagnosis.suspected))
    };
    for (row, rules, doubt) in [
        ("123,胃癌,,2026/3/1,,,,", vec![], false),
        ("123,胃癌（疑）,,2026/3/1,,,,", vec![], true),
        ("123,胃癌？,,2026/3/1,,,,", vec![], true),
        ("123,胃癌,,2026/3/1,,,,疑い", vec![], true),
        ("123,胃癌,,2026/3/1,,,,確定", vec![], false),
        ("123,胃癌,,2026/3/1,,,,9", vec!["TABLE-030"], false),
        ("123,胃癌,,2026/3/1,,2026/2/30,,", vec!["TABLE-031"], false),
        ("123,胃癌,急性,2026/3/1,,,,", vec!["TABLE-025"], false),
    ] {
        let output = problems(&format!("{row}\n"));
        assert_eq!((held(&output), suspected(&output)), (rules, doubt), "{row}");
    }
}

#[test]
fn modifiers_that_lost_a_digit_are_not_read() {
    let text = |codes: &str| format!("患者番号,病名,修飾語コード,開始日\n123,胃癌,{codes},2026/3/1\n");
    for (codes, rules) in [
        ("20568002", vec![]),
        ("2056 8002", vec![]),
        ("568002", vec!["TABLE-032"]),
        ("2056 802", vec!["TABLE-032"]),
        ("ZZZ8002", vec!["TABLE-032"]),
    ] {
        let output = read("a.csv", &text(codes));
        assert_eq!(held(&output), rules, "{codes}");
        let doubt = facts(&output).any(|fact| matches!(&fact.body, Body::Diagnosis(diagnosis) if diagnosis.suspected));
        assert_eq!(doubt, rules.is_empty(), "{codes}");
    }
}

#[test]
fn results_arrive_one_by_one_and_withdraw_nothing() {
    let row = |day: &str, code: &str, status: &str| {
        format!("L01,123,{day},試験,M,,,,{status},,,,{code},,T{code},,,45,U/L,,,,,,\n")
    };
    assert_eq!(lists(&read("k.dat", &row("20260401", "1", "2"))), 0);
    assert_eq!(held(&read("k.dat", &row("20260401", "1", "削除"))), ["TABLE-030"]);
    // One test at two times of a day is two results, whatever files bring them.
    let keys = |day: &str| facts(&read("k.dat", &row(day, "1", "2"))).next().map(|fact| fact.key.clone());
    assert_ne!(keys("202604010800"), keys("202604011000"));
}

#[test]
fn a_key_that_two_patients_have_gives_its_details_to_neither() {
    let mapping = r#"format = 1
name = "keyed"
title = "見出しと明細"
[file]
[recognise]
file = ["*.csv"]
[[row]]
when = { column = 1, is = ["H"] }
role = "header"
key = 2
[row.lab]
patient = 3
collected = 4
[[row]]
when = { column = 1, is = ["D"] }
key = 2
[row.lab]
name = 3
value = 4
"#;
    let checked = Mapping::parse("keyed.toml", mapping, &|_| None);
    let source = TableSource::new([checked.mapping.unwrap()]);
    let output = read_by(
        &source,
        "a.csv",
        "H,1,123,20260401\nH,2,124,20260401\nH,1,125,20260402\nD,1,AST,45\nD,2,AST,30\nD,1,ALT,20\n",
    );
    assert_eq!(said(&output), ["124 AST Text(\"30\")"]);
    assert_eq!(held(&output), ["TABLE-035", "TABLE-035"]);
}

#[test]
fn days_that_a_spreadsheet_has_rewritten_are_no_eras() {
    let began = |written: &str| {
        let output = problems(&format!("123,胃炎,,{written},,,,\n"));
        let day = facts(&output).find_map(|fact| match &fact.body {
            Body::Diagnosis(diagnosis) => Some(diagnosis.onset.map(|at| at.to_string())),
            _ => None,
        });
        day.flatten()
    };
    for (written, day) in [
        ("42005", None),
        ("R7.4.1", Some("2025-04-01")),
        ("5070401", Some("2025-04-01")),
        ("2026/4/1 0:00:00", Some("2026-04-01")),
    ] {
        assert_eq!(began(written).as_deref(), day, "{written}");
    }
}

#[test]
fn of_two_columns_of_one_name_somebody_must_know() {
    let output = read("a.csv", "患者番号,分類,アレルゲン,アレルゲン\n123,食物,そば,卵\n");
    assert_eq!(said(&output), ["123 そば"]);
    assert!(output.issues.iter().any(|issue| issue.code() == "TABLE-038"));
}
