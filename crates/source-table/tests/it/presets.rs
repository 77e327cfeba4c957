//! The mapping files that come with the program.

use std::{collections::BTreeSet, fs, path::PathBuf};
use tsugite_issue::Lang;
use tsugite_source_table::{Mapping, draw, presets};

/// Every mapping file below `mappings/` that describes a layout, as (path, text).
fn files() -> Vec<(PathBuf, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../mappings");
    let mut files = Vec::new();
    for folder in fs::read_dir(&root).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            let text = fs::read_to_string(file.path()).unwrap_or_default();
            if file.path().extension().is_some_and(|end| end == "toml") && text.contains("\n[[row]]") {
                files.push((file.path(), text));
            }
        }
    }
    files
}

#[test]
fn every_preset_is_without_fault_and_passes_its_own_tests() {
    let files = files();
    assert!(files.len() >= 3);
    for (path, text) in files {
        let name = path.display().to_string();
        let beside = |file: &str| fs::read_to_string(path.with_file_name(file)).ok();
        let checked = Mapping::parse(&name, &text, &beside);
        let drawn: String = checked.issues.iter().map(|issue| draw(issue, &text, Lang::Ja)).collect();
        assert!(checked.issues.is_empty(), "{drawn}");
        let outcomes = checked.mapping.unwrap().run_tests(&text);
        assert!(!outcomes.is_empty(), "{name} has no test");
        for outcome in outcomes {
            let drawn: String = outcome.differences.iter().map(|issue| draw(issue, &text, Lang::Ja)).collect();
            assert!(
                outcome.differences.is_empty(),
                "{}: {drawn}\n{:#?}\n{:?}",
                outcome.title,
                outcome.facts,
                outcome.told
            );
        }
    }
}

#[test]
fn every_preset_is_embedded_under_a_name_of_its_own() {
    let names: BTreeSet<String> = presets().iter().map(|mapping| mapping.name.to_string()).collect();
    assert_eq!(names.len(), files().len());
}

/// What the README shows of the language is of the language.
#[test]
fn the_readme_shows_no_key_that_does_not_exist() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../mappings/README.md");
    let readme = fs::read_to_string(root).unwrap().replace("\r\n", "\n");
    let text = readme.split("```toml\n").nth(1).unwrap().split("\n```").next().unwrap();
    let checked = Mapping::parse("README.md", text, &|_| None);
    // One file cannot have every shape at once; but every key, field and value is one.
    for issue in &checked.issues {
        let code = issue.code();
        assert!(
            !["MAPPING-001", "MAPPING-002", "MAPPING-003", "MAPPING-004", "MAPPING-009"].contains(&code),
            "{}",
            draw(issue, text, Lang::Ja)
        );
    }
}
