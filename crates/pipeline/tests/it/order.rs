//! Whatever the order, the number of threads and the way: the same bytes.

use crate::house::{InMemory, Run, by_visit, files, group};
use tsugite_pipeline::Group;

const PATIENTS: u32 = 5;

#[test]
fn one_thread_and_several_give_the_same_bytes() {
    let groups = || (0..PATIENTS).map(group).collect();
    let one = Run::default().over(vec![], groups());
    assert_eq!(one.bundles.len(), 45);
    assert_eq!(one, Run { jobs: 3, ..Run::default() }.over(vec![], groups()));
}

#[test]
fn arrival_decides_nothing() {
    let expected = Run::default().over(vec![], (0..PATIENTS).map(group).collect());
    let mut groups: Vec<_> = (0..PATIENTS).rev().map(group).collect();
    groups.iter_mut().for_each(|group| group.entries.reverse());
    let reversed = Run::default().over(vec![], groups);
    assert_eq!(reversed, expected);
}

#[test]
fn mixed_inputs_are_folded_by_patient() {
    let expected = Run::default().over(vec![], (0..PATIENTS).map(group).collect());
    let mixed: Vec<_> = (0..PATIENTS).rev().flat_map(files).collect();
    for jobs in [1, 2] {
        let run = Run { jobs, baseline: true, ..Run::default() };
        assert_eq!(run.over(mixed.clone(), vec![]), expected);
    }
}

#[test]
fn single_files_are_no_baseline_of_a_list() {
    let single = Run::default().over((0..PATIENTS).flat_map(by_visit).collect(), vec![]);
    assert_eq!((single.sums.units_total().built, single.sums.units_total().held), (40, 5));
    let folder = |number| Group { entries: by_visit(number), whole: true };
    assert_eq!(Run::default().over(vec![], (0..PATIENTS).map(folder).collect()).sums.units_total().built, 45);
}

#[test]
fn what_stands_in_a_folder_and_in_a_mixed_input_meets() {
    let expected = Run::default().over(vec![], (0..PATIENTS).map(group).collect());
    // The last report of each patient comes by itself.
    let mut mixed = Vec::new();
    let mut groups: Vec<_> = (0..PATIENTS).map(group).collect();
    groups.iter_mut().for_each(|group| mixed.extend(group.entries.pop()));
    let met = Run::default().over(mixed, groups);
    assert_eq!(met.bundles, expected.bundles);
    assert_eq!(met.sums, expected.sums);
}

#[test]
fn rows_stand_by_kind_patient_and_unit() {
    let outcome = Run { jobs: 2, ..Run::default() }.over(vec![], (0..PATIENTS).map(group).collect());
    let keys: Vec<_> = outcome.rows.iter().map(|row| (&row.kind, &row.patient, &row.unit)).collect();
    assert!(keys.is_sorted());
    assert_eq!(keys.len(), outcome.bundles.len());
    assert!(outcome.rows.iter().all(|row| outcome.bundles.contains_key(&row.file)));
}

#[test]
fn a_copy_of_the_storage_changes_nothing() {
    let expected = Run::default().over(vec![], vec![group(1)]);
    let mut twice = files(1);
    twice.extend(files(1).into_iter().map(|mut file| {
        file.path = file.path.replace("root/", "copy/");
        file
    }));
    let outcome = Run::default().over(vec![], vec![Group { entries: twice.clone(), whole: true }]);
    assert_eq!(outcome.bundles, expected.bundles);
    assert_eq!(outcome.sums.records, expected.sums.records);
    assert_eq!(outcome.sums.inputs.skipped, expected.sums.inputs.read);
    let mixed = Run { baseline: true, jobs: 2, ..Run::default() }.over(twice, vec![]);
    assert_eq!(mixed.sums, outcome.sums);
}

#[test]
fn a_list_that_nothing_dates_counts_anew_when_it_comes_again() {
    let list = |folder: &str, names: &[&str]| {
        let rows: String = names.iter().map(|name| format!("0001,食物,{name}\n")).collect();
        let bytes = format!("患者番号,分類,アレルゲン\n{rows}").into_bytes();
        InMemory { path: format!("{folder}/list.csv"), bytes: Some(bytes), opens: true }
    };
    let (both, one) = (["そば", "卵"], ["そば"]);
    let retracted = |lists: Vec<InMemory>| {
        let outcome = Run::default().over(lists, vec![]);
        let total = outcome.sums.total();
        assert!(total.closes());
        (outcome.sums.inputs.read, total.retracted)
    };
    assert_eq!(retracted(vec![list("1", &both), list("2", &one)]), (2, 1));
    assert_eq!(retracted(vec![list("1", &both), list("2", &one), list("3", &both)]), (3, 0));
}
