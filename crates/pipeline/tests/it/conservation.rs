//! Every record ends in one place, and nothing leaves that must not.

use crate::house::{Run, by_visit, files, group};
use proptest::prelude::*;
use tsugite_clinical::{RecordKind, Tally};
use tsugite_pipeline::{Group, report::Sums};
use tsugite_validate::Day;

fn tally(sums: &Sums, kind: RecordKind) -> Tally {
    sums.records.get(&kind).copied().unwrap_or_default()
}

fn closes(sums: &Sums) -> bool {
    sums.records.values().all(|tally| tally.closes()) && sums.total().closes()
}

#[test]
fn every_line_of_the_storage_is_accounted_for() {
    let outcome = Run::default().over(vec![], vec![group(0), group(1)]);
    assert!(closes(&outcome.sums));
    // Two patients: three diagnoses, one allergy and seven reports of 21 results each.
    for (kind, lines) in [(RecordKind::Condition, 6), (RecordKind::Allergy, 2), (RecordKind::LabResult, 294)] {
        let tally = tally(&outcome.sums, kind);
        assert_eq!((tally.total, tally.reported), (lines, lines), "{kind}");
    }
    assert_eq!(outcome.sums.inputs.read, 20);
    assert!(!outcome.sums.anything_held(), "{:?}", outcome.held);
    let report: serde_json::Value = serde_json::from_str(&outcome.report).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(report["records"]["total"], 302);
    assert_eq!(report["records"]["by_kind"]["lab_result"]["reported"], 294);
    assert_eq!(report["bundles"].as_array().unwrap().len(), 18);
}

#[test]
fn a_file_that_cannot_be_read_keeps_the_list_back_and_lets_the_labs_go() {
    let mut broken = Group { entries: by_visit(0), whole: true };
    broken.entries.last_mut().unwrap().bytes = None;
    let outcome = Run::default().over(vec![], vec![broken, group(1)]);
    assert!(closes(&outcome.sums));
    assert_eq!(outcome.sums.inputs.unreadable, 1);
    let built = |kind: &str| outcome.rows.iter().filter(|row| row.kind == kind).count();
    assert_eq!((built("condition"), built("allergy"), built("lab")), (1, 2, 13));
    let units: Vec<_> = outcome.held.iter().filter_map(|row| row.kind.as_deref()).collect();
    assert_eq!(units, ["condition"]);
}

#[test]
fn a_folder_that_was_not_listed_to_its_end_is_no_baseline() {
    let outcome = Run::default().over(vec![], vec![Group { entries: by_visit(0), whole: false }]);
    assert_eq!(outcome.sums.units_total().built, 8);
    assert_eq!(outcome.sums.units_total().held, 1);
}

#[test]
fn what_the_gate_refuses_is_held_with_its_records() {
    // For a gate that stands in 2026-04-03 all but the first reports lie in the future.
    let run = Run { gate_clock: Day::new(2026, 4, 3).unwrap(), ..Run::default() };
    let outcome = run.over(vec![], vec![group(0)]);
    assert!(closes(&outcome.sums));
    let results = tally(&outcome.sums, RecordKind::LabResult);
    assert_eq!((results.reported, results.held), (21, 126));
    let labs: Vec<_> = outcome.held.iter().filter(|row| row.kind.as_deref() == Some("lab")).collect();
    assert_eq!(labs.len(), 6);
    for row in labs {
        assert!(row.rule.starts_with("STRICT-") && row.origins.len() == 21, "{row:?}");
    }
    assert!(outcome.bundles.len() < 9 && outcome.rows.len() == outcome.bundles.len());
}

#[test]
fn what_is_no_input_is_told_and_the_rest_goes_through() {
    let mut group = group(0);
    for (name, bytes) in [("note.txt", &b"an ordinary note"[..]), ("empty", b""), ("zeros", &[0; 64])] {
        let mut file = group.entries[0].clone();
        file.path = file.path.replace(file.path.rsplit('/').next().unwrap(), name);
        file.bytes = Some(bytes.to_vec());
        group.entries.push(file);
    }
    let outcome = Run::default().over(vec![], vec![group]);
    assert_eq!(outcome.sums.inputs.skipped, 3);
    assert_eq!(outcome.sums.units_total().built, 9);
    let told: Vec<_> =
        ["PIPELINE-002", "PIPELINE-003"].iter().map(|code| outcome.issues.matches(code).count()).collect();
    assert_eq!(told, [2, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Damage anywhere: the sums close, and nothing panics.
    #[test]
    fn the_sums_close_over_damaged_files(
        damages in prop::collection::vec((0_usize..10, 0_usize..6000, any::<u8>(), 0_u8..3), 1..8),
        jobs in 1_usize..3,
    ) {
        let mut entries = files(3);
        for (file, at, byte, how) in damages {
            let bytes = entries[file].bytes.get_or_insert_default();
            let at = at % bytes.len().max(1);
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => bytes.truncate(at),
                _ => bytes.insert(at, byte),
            }
        }
        let mixed = entries.clone();
        let grouped = Run { jobs, ..Run::default() }.over(vec![], vec![Group { entries, whole: true }]);
        prop_assert!(closes(&grouped.sums));
        let by_disk = Run { jobs, baseline: true, ..Run::default() }.over(mixed, vec![]);
        prop_assert!(closes(&by_disk.sums));
        prop_assert_eq!(grouped.sums.records, by_disk.sums.records);
    }
}
