use crate::toy::Toy;
use std::{fs, path::Path};
use tsugite_source::testkit::{Kit, Verdict};

fn case(folder: &Path) {
    fs::create_dir_all(folder.join("input")).unwrap();
    fs::write(folder.join("input/a.toy"), "1|cold\n2|gout\nbroken\n").unwrap();
}

/// What the kit says of a source, apart from the expected results, which are not there.
fn findings(toy: Toy) -> Verdict {
    let folder = tempfile::tempdir().unwrap();
    case(folder.path());
    Kit::new(&toy).check_inputs(&folder.path().join("input"))
}

#[test]
fn a_sound_source_passes() {
    let verdict = findings(Toy::Sound);
    assert_eq!(verdict.findings, Vec::<String>::new());
    assert_eq!(verdict.inputs, 1);
    assert_eq!(verdict.told.into_iter().collect::<Vec<_>>(), ["SOURCE-002", "TOY-001"]);
}

#[test]
fn every_defect_is_found() {
    for (toy, expected) in [
        (Toy::Loses, "ended nowhere"),
        (Toy::Panics, "reading panics"),
        (Toy::Contradicts, "contradict each other"),
        (Toy::Overshoots, "does not lie in the 21 bytes"),
        (Toy::OnePlace, "two records stand at 1:1"),
        (Toy::Blind, "is not recognised"),
    ] {
        let found = findings(toy).findings;
        assert!(found.iter().any(|finding| finding.contains(expected)), "{toy:?}: {found:?}");
    }
}

#[test]
fn what_comes_of_a_case_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    case(&folder.path().join("rule"));
    let kit = Kit::new(&Toy::Sound).mutations(0);
    assert_eq!(kit.check_cases(folder.path()).findings.len(), 2, "facts.json and issues.json are missing");
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(kit.check_cases(empty.path()).findings.len(), 1);
}
