//! Versions, whole lists and reports: what a later file does to an earlier one.

use std::sync::Arc;
use tsugite_clinical::{Chart, Statement, body::Body};
use tsugite_source::{Context, Input, Sink, Source};
use tsugite_source_table::{Mapping, TableSource, presets};

fn read(source: &TableSource, file: &str, text: &str, received: u64) -> Vec<Statement> {
    let input = Input::new(file, text.as_bytes());
    let context = Context { instance: "test".into(), id_space: "test".into(), gaiji: Arc::default() };
    let mut sink = Sink::new().received(received);
    assert!(source.recognise(&input).is_some(), "{file}");
    source.read(&input, &context, &mut sink);
    sink.finish().statements
}

/// Names of what is active, in order.
fn active(statements: Vec<Statement>) -> Vec<String> {
    let chart = Chart::new(statements);
    let name = |body: &Body| match body {
        Body::Allergy(allergy) => allergy.allergen.name().map(str::to_owned),
        Body::LabResult(result) => Some(format!("{} {:?}", result.test.name().unwrap_or_default(), result.value)),
        _ => None,
    };
    let mut names: Vec<String> = chart.resolve().active().filter_map(|fact| name(&fact.body)).collect();
    names.sort();
    names
}

#[test]
fn a_list_without_a_date_is_newer_than_what_was_received_before() {
    let source = TableSource::new(presets());
    let list = |names: &[&str]| {
        let rows: String = names.iter().map(|name| format!("0001,食物,{name}\n")).collect();
        format!("患者番号,分類,アレルゲン\n{rows}")
    };
    let (first, second) = (list(&["そば", "卵"]), list(&["卵", "えび"]));
    let mut statements = read(&source, "a.csv", &first, 1);
    assert_eq!(active(statements.clone()), ["そば", "卵"]);
    statements.extend(read(&source, "b.csv", &second, 2));
    assert_eq!(active(statements.clone()), ["えび", "卵"]);
    // In whatever order they are put together.
    statements.reverse();
    assert_eq!(active(statements), ["えび", "卵"]);
    let other_way = [read(&source, "a.csv", &first, 2), read(&source, "b.csv", &second, 1)].concat();
    assert_eq!(active(other_way), ["そば", "卵"]);
    // 「なし」 empties the list.
    let none = [read(&source, "a.csv", &first, 1), read(&source, "b.csv", &list(&[""]), 2)].concat();
    assert_eq!(active(none), Vec::<String>::new());
}

const LAB: &str = r#"format = 1
name = "lab"
title = "検査"
HEAD
[file]
header = 1
[[row]]
[row.lab]
patient = "患者番号"
order = "依頼番号"
collected = "採取日"
reported = "報告日"
name = "項目"
value = "結果"
"#;

fn lab(head: &str) -> TableSource {
    let checked = Mapping::parse("lab.toml", &LAB.replace("HEAD", head), &|_| None);
    TableSource::new([checked.mapping.unwrap()])
}

const INTERIM: &str =
    "患者番号,依頼番号,採取日,報告日,項目,結果\n1,K1,20260401,20260402,AST,45\n1,K1,20260401,20260402,ALT,30\n";
const FINAL: &str = "患者番号,依頼番号,採取日,報告日,項目,結果\n1,K1,20260401,20260403,AST,46\n";

#[test]
fn a_report_is_the_whole_list_of_its_results_unless_it_corrects_line_by_line() {
    let text = |names: &[&str]| names.iter().map(|name| format!("{name}\")")).collect::<Vec<_>>();
    for (head, expected) in [
        ("", &["AST Text(\"46"][..]),
        ("partial = true", &["ALT Text(\"30", "AST Text(\"46"]),
        // Rows with times of their own are statements by themselves.
        ("version_from = { field = \"reported\" }", &["ALT Text(\"30", "AST Text(\"46"]),
        ("version_from = { file_name = \"YYYYMMDD\" }", &["AST Text(\"46"]),
    ] {
        let source = lab(head);
        let statements =
            [read(&source, "k_20260402.csv", INTERIM, 1), read(&source, "k_20260403.csv", FINAL, 2)].concat();
        assert_eq!(active(statements), text(expected), "{head}");
    }
}

#[test]
fn a_dated_file_does_not_depend_on_its_receipt() {
    let source = lab("version_from = { file_name = \"YYYYMMDD\" }");
    let late = [read(&source, "k_20260402.csv", INTERIM, 2), read(&source, "k_20260403.csv", FINAL, 1)].concat();
    assert_eq!(active(late), ["AST Text(\"46\")"]);
}

#[test]
fn a_file_that_should_be_dated_and_is_not_is_not_read() {
    let source = lab("version_from = { file_name = \"YYYYMMDD\" }");
    assert_eq!(read(&source, "k.csv", INTERIM, 1), Vec::new());
}

#[test]
fn the_report_key_is_what_the_mapping_says() {
    for (head, orders) in [("", 1), ("report_key = [\"patient\", \"reported\"]", 2)] {
        let source = lab(head);
        let statements = [read(&source, "a.csv", INTERIM, 1), read(&source, "b.csv", FINAL, 2)].concat();
        let mut numbers: Vec<String> = statements
            .iter()
            .filter_map(|statement| match statement {
                Statement::Fact(fact) => match &fact.body {
                    Body::LabResult(result) => Some(result.report.order_number.clone()),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), orders, "{numbers:?}");
    }
}

#[test]
fn what_fits_no_layout_is_of_none() {
    let source = TableSource::new(presets());
    for (file, text) in [
        ("a.csv", "x,y\n1,2\n"),
        ("a.csv", "D,1\nD,2\nT,3\n"),
        ("a.csv", "患者番号,身長\n0001,170\n"),
        ("a.dat", "one line of words\n"),
        ("a.txt", "IR,1,13,1,9999999,,\nRE,1,1112,202604,\n"),
        ("JAHIS.csv", "JAHIS10\r\n1,1,9999999,13,\r\n11,,架空,\r\n"),
        ("a.xlsx", "PK\u{3}\u{4}broken"),
        ("a.csv", ""),
    ] {
        assert_eq!(source.recognise(&Input::new(file, text.as_bytes())), None, "{file} {text:?}");
    }
}

#[test]
fn two_mapping_files_that_fit_equally_are_told() {
    let second = LAB.replace("HEAD", "").replace("name = \"lab\"", "name = \"lab-2\"");
    let mapping = |text: &str| Mapping::parse("lab.toml", text, &|_| None).mapping.unwrap();
    let source = TableSource::new([mapping(&LAB.replace("HEAD", "")), mapping(&second)]);
    let context = Context { instance: "test".into(), id_space: "test".into(), gaiji: Arc::default() };
    let mut sink = Sink::new();
    source.read(&Input::new("a.csv", FINAL.as_bytes()), &context, &mut sink);
    let codes: Vec<_> = sink.finish().issues.iter().map(|issue| issue.code()).collect();
    assert!(codes.contains(&"TABLE-002"), "{codes:?}");
}
