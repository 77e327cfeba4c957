//! Small inputs that show one rule each: what comes of them, conservation, any order, and broken variants.

use std::collections::BTreeSet;
use tsugite_source::testkit::Kit;
use tsugite_source_table::{TableSource, issues, presets};

/// What ends records and is no issue, what mapping files of a kind that no preset is make it say, and what is told of files that
/// break off or are damaged (`damaged`, `sheets`, `hostile`).
const ELSEWHERE: &[&str] = &[
    "TABLE-001",
    "TABLE-002",
    "TABLE-010",
    "TABLE-011",
    "TABLE-017",
    "TABLE-018",
    "TABLE-020",
    "TABLE-022",
    "TABLE-024",
    "TABLE-026",
    "TABLE-027",
    "TABLE-029",
    "TABLE-030",
    "TABLE-031",
    "TABLE-032",
    "TABLE-033",
    "TABLE-034",
    "TABLE-035",
    "TABLE-036",
    "TABLE-037",
    "TABLE-038",
];

#[test]
fn every_case_gives_what_stands_beside_it_and_breaks_into_no_panic() {
    let source = TableSource::new(presets());
    let verdict = Kit::new(&source).check_cases("../../samples/cases/table".as_ref());
    assert_eq!(verdict.findings, Vec::<String>::new());
    let told: BTreeSet<&str> = verdict.told.into_iter().collect();
    let untold: Vec<&str> = issues::ALL
        .iter()
        .map(|definition| definition.code)
        .filter(|code| code.starts_with("TABLE-") && !told.contains(code) && !ELSEWHERE.contains(code))
        .collect();
    assert_eq!(untold, Vec::<&str>::new());
}
