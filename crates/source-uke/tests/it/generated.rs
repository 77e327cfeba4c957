//! A clinic of many patients over three months, with a resubmission.

use crate::{
    receipts::{CODES, Style, file, people},
    support::{count, diagnoses, facts, read, records},
};
use std::collections::BTreeMap;
use tsugite_clinical::{Chart, End, PatientId, RecordKind, Standing, Statement, receipt};

#[test]
fn every_row_is_accounted_for_and_every_diagnosis_says_what_was_written() {
    let people = people(11, 150, &CODES);
    let (mut rows, mut suspected, mut uncoded, mut modified) = (0, 0, 0, 0);
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for (month, style) in [(0, Style::default()), (1, Style { era: true, ..Style::default() }), (2, Style::default())] {
        let bytes = file(&people, month, 1, style);
        let output = read(&bytes);
        let of = |kind| records(&output).get(&kind).copied().unwrap_or_default();
        assert_eq!(of(RecordKind::Condition), count(&bytes, "SY"));
        assert_eq!(of(RecordKind::Prescription) + of(RecordKind::Injection), count(&bytes, "IY"));
        assert_eq!(of(RecordKind::LabOrder), 2 * count(&bytes, "RE"), "two series under 60 in each receipt");
        assert_eq!(facts(&output).filter(|fact| fact.kind().is_none()).count(), count(&bytes, "RE"));
        for (fact, diagnosis) in diagnoses(&output) {
            rows += 1;
            let person = people.iter().find(|person| person.id == *fact.patient.id).unwrap();
            let code = &diagnosis.disease.codes[0].code;
            let modifiers = || diagnosis.prefixes.iter().chain(&diagnosis.suffixes).map(|m| m.codes[0].code.as_str());
            let written = person.problems.iter().find(|problem| {
                let began = format!("{:04}-{:02}-{:02}", problem.began.0, problem.began.1, problem.began.2);
                problem.code == *code
                    && diagnosis.established.unwrap().to_string() == began
                    && modifiers().eq(problem.modifiers.iter().map(String::as_str))
            });
            let written = written.unwrap();
            assert_eq!(diagnosis.suspected, written.is_suspected());
            assert_eq!(diagnosis.disease.text.as_deref().unwrap_or_default(), written.text);
            assert_eq!(diagnosis.main, written.main);
            suspected += usize::from(diagnosis.suspected);
            uncoded += usize::from(code == "0000999");
            modified += usize::from(!diagnosis.prefixes.is_empty() && !diagnosis.suffixes.is_empty());
            *outcomes.entry(diagnosis.outcome.as_ref().unwrap().code.clone()).or_default() += 1;
        }
    }
    assert!(rows >= 500 && suspected > 10 && uncoded > 10 && modified > 10, "{rows} {suspected} {uncoded} {modified}");
    assert_eq!(outcomes.len(), 4);
}

fn charts(statements: Vec<Statement>) -> BTreeMap<PatientId, Chart> {
    let mut by_patient: BTreeMap<PatientId, Vec<Statement>> = BTreeMap::new();
    for statement in statements {
        by_patient.entry(statement.patient().clone()).or_default().push(statement);
    }
    by_patient.into_iter().map(|(patient, statements)| (patient, Chart::new(statements))).collect()
}

#[test]
fn a_resubmission_takes_away_what_it_omits_of_its_month_and_nothing_else() {
    let mut people = people(11, 40, &CODES);
    let mut statements = Vec::new();
    for month in 0..2 {
        statements.extend(read(&file(&people, month, 1, Style::default())).statements);
    }
    for person in &mut people {
        person.problems.truncate(1);
    }
    statements.extend(read(&file(&people, 0, 4, Style::default())).statements);
    let (mut retracted, mut kept) = (0, 0);
    for chart in charts(statements).values() {
        for (stated, standing) in chart.resolve().iter() {
            let Some(month) = receipt::month_of(&stated.fact.key.scope) else { continue };
            if stated.fact.kind() != Some(RecordKind::Condition) {
                continue;
            }
            match (month.month(), standing) {
                (Some(4), Standing::Retracted) => retracted += 1,
                (Some(4), _) => {}
                (_, standing) => {
                    assert_eq!(standing, Standing::Active, "{:?}", stated.fact.key);
                    kept += 1;
                }
            }
        }
    }
    assert!(retracted > 20 && kept > 60, "{retracted} {kept}");
}

#[test]
fn no_record_ends_in_a_way_of_no_rule() {
    let output = read(&file(&people(11, 40, &CODES), 0, 1, Style::default()));
    assert!(output.ended.iter().all(|ended| matches!(ended.end, End::NotCarried(_))));
    assert!(output.issues.is_empty(), "{:?}", output.issues);
}
