//! Ids that mean one person in a run.

use crate::house::{InMemory, Outcome, Run, files, group};
use tsugite_clinical::policy::{IdentityPolicy, Overlay, PatientDecision, PatientRule};
use tsugite_pipeline::Feed;

/// The files of a patient under another id, without the names of a storage.
fn renamed(number: u32, feed: &str, to: &str, folder: &str) -> Vec<InMemory> {
    let id = id(number);
    let of_feed = files(number).into_iter().filter(|file| file.path.contains(&format!("_{feed}_")));
    let file = |(at, file): (usize, InMemory)| {
        let text = String::from_utf8_lossy(&file.bytes.unwrap()).replace(&id, to);
        InMemory { path: format!("{folder}/{to}-{feed}-{at}.hl7"), bytes: Some(text.into_bytes()), ..file }
    };
    of_feed.enumerate().map(file).collect()
}

/// The id that the invented storage gives a patient.
fn id(number: u32) -> String {
    let path = files(number)[0].path.clone();
    path.rsplit('/').next().unwrap().split('_').next().unwrap().to_owned()
}

/// Insured under a number with a 枝番, in the master data of any id.
fn insured(mut files: Vec<InMemory>) -> Vec<InMemory> {
    for file in &mut files {
        let text = String::from_utf8_lossy(file.bytes.as_deref().unwrap());
        let insured = text.replace("|06139999|||||||", "|06139999|||||||S~345~01|||||||||||||||");
        file.bytes = Some(insured.into_bytes());
    }
    files
}

fn bare(number: u32) -> String {
    id(number).trim_start_matches('0').to_owned()
}

/// By patient: how many bundles.
fn bundles_of(outcome: &Outcome, patient: &str) -> usize {
    outcome.rows.iter().filter(|row| row.patient == patient).count()
}

#[test]
fn zeros_are_folded_in_a_conversion_unless_one_feed_writes_both() {
    let all = |number| bundles_of(&Run::default().over(vec![], vec![group(number)]), &id(number));
    let (whole, labs) = (all(1), renamed(1, "OML-11", &bare(1), "lab").len());
    assert!(labs > 1 && id(1) != bare(1));
    let without_labs =
        || -> Vec<InMemory> { files(1).into_iter().filter(|file| !file.path.contains("_OML-11_")).collect() };
    let run = |further: Vec<InMemory>, fold_zeros| {
        let identity = IdentityPolicy { fold_zeros, ..IdentityPolicy::default() };
        let mixed = [without_labs(), renamed(1, "OML-11", &bare(1), "lab"), further].concat();
        Run { baseline: true, identity, jobs: 2, ..Run::default() }.over(mixed, vec![])
    };
    // One feed in the house that writes both ids, but by two systems.
    let of_two = |feeds: Vec<Feed>| {
        let mixed = [files(1), renamed(1, "OML-11", &bare(1), "lab")].concat();
        Run { baseline: true, feeds, ..Run::default() }.over(mixed, vec![])
    };
    assert!(of_two(vec![]).issues.contains("CLINICAL-006"));
    let feed = Feed { folder: "lab".into(), instance: Some("lab".into()), ..Feed::default() };
    assert!(!of_two(vec![feed]).issues.contains("CLINICAL-006"));
    let met = run(vec![], true);
    assert_eq!((bundles_of(&met, &id(1)), bundles_of(&met, &bare(1))), (whole, 0));
    let apart = run(vec![], false);
    assert_eq!((bundles_of(&apart, &id(1)), bundles_of(&apart, &bare(1))), (whole - labs, 0));
    // Another patient whose id differs from that of a third in zeros only: nothing is folded, and that is told.
    let told = run([renamed(2, "ADT-00", "77", "x"), renamed(3, "ADT-00", "0077", "x")].concat(), true);
    assert_eq!(bundles_of(&told, &id(1)), whole - labs);
    assert!(told.issues.contains("CLINICAL-006") && !met.issues.contains("CLINICAL-006"));
    let closes = |outcome: &Outcome| outcome.sums.records.values().all(|tally| tally.closes());
    assert!([&met, &apart, &told].into_iter().all(closes));
}

#[test]
fn an_alias_and_its_target_are_one_patient_of_a_conversion() {
    let rule = PatientRule { id: "old".into(), decision: PatientDecision::Alias(id(1)) };
    let overlay = Overlay { patients: vec![rule], ..Overlay::default() };
    let labs = renamed(1, "OML-11", "old", "lab");
    let whole = Run::default().over(vec![], vec![group(1)]);
    let mut entries = group(1);
    entries.entries.retain(|file| !file.path.contains("_OML-11_"));
    let met = Run { overlay, ..Run::default() }.over(labs, vec![entries]);
    assert_eq!(met.rows.len(), whole.rows.len());
    assert!(met.rows.iter().all(|row| row.patient == id(1)));
}

#[test]
fn a_folder_of_another_id_space_meets_by_insured_number_only() {
    let space = || vec![Feed { folder: "lab".into(), id_space: Some("lab-company".into()), ..Feed::default() }];
    let labs = || insured([renamed(1, "ADT-00", "5", "lab"), renamed(1, "OML-11", "5", "lab")].concat());
    let run = |feeds, join_by_insured_number| {
        let identity = IdentityPolicy { join_by_insured_number, ..IdentityPolicy::default() };
        let mut own = group(1);
        own.entries.retain(|file| !file.path.contains("_OML-11_"));
        own.entries = insured(own.entries);
        Run { identity, feeds, ..Run::default() }.over(labs(), vec![own])
    };
    let number = renamed(1, "OML-11", "5", "lab").len();
    for (feeds, joins, of_own) in [(space(), false, false), (space(), true, true), (vec![], true, false)] {
        let outcome = run(feeds, joins);
        let of = |patient: &str| outcome.rows.iter().filter(|row| row.kind == "lab" && row.patient == patient).count();
        assert_eq!((of(&id(1)), of("5")), if of_own { (number, 0) } else { (0, number) });
        // Reported apart they are a likely double.
        assert_eq!(outcome.issues.matches("CLINICAL-007").count(), if of_own { 0 } else { 2 });
    }
}

#[test]
fn an_id_of_another_space_is_no_id_of_this_one() {
    let feeds = vec![Feed { folder: "lab".into(), id_space: Some("lab-company".into()), ..Feed::default() }];
    let labs = renamed(1, "OML-11", &id(1), "lab");
    let mut own = group(1);
    own.entries.retain(|file| !file.path.contains("_OML-11_"));
    let outcome = Run { feeds, ..Run::default() }.over(labs, vec![own]);
    assert!(outcome.rows.iter().all(|row| row.kind != "lab"), "nobody knows whose they are");
    assert_eq!(outcome.sums.patients.total, 2);
}
