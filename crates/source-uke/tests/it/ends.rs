//! Files that end where they should not, or are several in one.

use crate::support::{diagnoses, facts, read};
use tsugite_clinical::{End, Statement};
use tsugite_source::Output;

const IR: &str = "IR,1,13,1,9999999,,,202605,00,\r\n";
const RE: &str = "RE,1,1112,202604,仮山　花,2,19800203,,,,,,,00698\r\nHO,01999999,12,34\r\n";

fn names(output: &Output) -> Vec<(String, bool)> {
    let name = |diagnosis: &tsugite_clinical::body::Diagnosis| diagnosis.disease.name().unwrap_or_default().to_owned();
    diagnoses(output).map(|(_, diagnosis)| (name(diagnosis), diagnosis.suspected)).collect()
}

fn held(output: &Output) -> Vec<&'static str> {
    let rule = |end: End| match end {
        End::Held(rule) => Some(rule.code),
        _ => None,
    };
    output.ended.iter().filter_map(|ended| rule(ended.end)).collect()
}

fn lists(output: &Output) -> usize {
    output.statements.iter().filter(|statement| matches!(statement, Statement::List(_))).count()
}

fn of(text: &str) -> Output {
    read(text.as_bytes())
}

#[test]
fn a_row_that_was_cut_is_held() {
    let whole = format!("{IR}{RE}SY,0000999,20260401,1,,胃炎,,\r\nSY,0000999,20260401,1,,胃癌の疑い,,");
    let at = whole.find("の疑い").unwrap();
    for (text, said, rules) in [
        (whole.get(..at).unwrap(), vec![("胃炎".to_owned(), false)], vec!["UKE-022"]),
        (&format!("{whole}\r\n"), vec![("胃炎".to_owned(), false), ("胃癌の疑い".to_owned(), true)], vec![]),
        // Behind the end nothing is missing.
        (&format!("{whole}\r\nGO,1,1,99"), vec![("胃炎".to_owned(), false), ("胃癌の疑い".to_owned(), true)], vec![]),
    ] {
        let output = of(text);
        assert_eq!((names(&output), held(&output)), (said, rules));
    }
    let number = format!("{IR}{RE}SY,0000999,20260401,1,,胃炎,,\r\nRE,2,1112,202604,仮山　一,1,19800203,,,,,,,0069");
    assert!(facts(&of(&number)).all(|fact| &*fact.patient.id == "00698"), "a number that was cut is nobody's");
}

#[test]
fn a_name_with_a_comma_keeps_its_doubt() {
    let output = of(&format!(
        "{IR}{RE}SY,0000999,20260401,1,,\"胃癌,再発の疑い\",01,\r\nSY,0000999,20260401,1,,肺癌（疑）,,\r\nGO,1,1,99\r\n"
    ));
    assert_eq!(names(&output), [("胃癌,再発の疑い".to_owned(), true), ("肺癌（疑）".to_owned(), true)]);
}

#[test]
fn of_joined_files_each_must_have_its_end() {
    let sy = "SY,0000999,20260401,1,,胃炎,,\r\n";
    let go = "GO,1,1,99\r\n";
    for (text, whole) in [
        (format!("{IR}{RE}{sy}{go}"), 1),
        (format!("{IR}{RE}{sy}"), 0),
        (format!("{IR}{RE}{sy}{go}{IR}{RE}{sy}"), 1),
        (format!("{IR}{RE}{sy}{IR}{RE}{sy}{go}"), 1),
        (format!("{IR}{RE}{sy}{go}{IR}{RE}{sy}{go}"), 2),
    ] {
        assert_eq!(lists(&of(&text)), whole, "{text}");
    }
}
