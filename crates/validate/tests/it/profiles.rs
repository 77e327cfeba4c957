//! Profiles of the official packages, where they are at hand.

use crate::official::shared;
use std::path::Path;
use std::sync::OnceLock;
use tsugite_issue::{Lang, Severity};
use tsugite_validate::{Options, Report, Validator};

/// The packages that belong together, with the folders of examples that they judge.
pub const SETS: [(&[&str], &[&str]); 2] = [
    (
        &["jp-core.r4-1.1.2-clins.tgz", "jp-eCheckupReport.r4-1.5.0-snap.tgz", "jp-eCSCLINS.r4-1.10.0-snap.tgz"],
        &["clins-1.10.0", "eCheckup-1.5.0", "jp-core-1.1.2"],
    ),
    (
        &["jp-core.r4-1.1.2-url.tgz", "jp-eCheckupReport.r4-1.5.0-snap.tgz", "jp-clins.r4-1.5.2-snap.tgz"],
        &["clins-1.5.2"],
    ),
];

pub fn packages(names: &[&str]) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = shared("fhir-packages")?;
    Some(names.iter().map(|name| (name.to_string(), std::fs::read(folder.join(name)).unwrap())).collect())
}

/// The newest set, loaded once for all tests.
pub fn newest() -> Option<&'static Validator> {
    loaded(0)
}

/// One of [`SETS`], loaded once for all tests.
pub fn loaded(set: usize) -> Option<&'static Validator> {
    static LOADED: [OnceLock<Option<Validator>>; SETS.len()] = [OnceLock::new(), OnceLock::new()];
    let load = || {
        let (validator, issues) = Validator::load(packages(SETS[set].0)?.into_iter());
        assert_eq!(issues, []);
        Some(validator)
    };
    LOADED[set].get_or_init(load).as_ref()
}

pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    paths.sort();
    let json = paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "json"));
    json.map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&p).unwrap())).collect()
}

pub fn profile_only() -> Options<'static> {
    Options { profile_only: true, ..Options::default() }
}

fn errors(report: &Report) -> Vec<String> {
    let errors = report.issues.iter().filter(|i| i.severity() == Severity::Error);
    errors.map(|i| format!("{} {:?} {}", i.code(), i.path, i.text(Lang::En))).collect()
}

#[test]
fn every_official_valid_example_passes() {
    let Some(examples) = shared("fhir-examples") else {
        return;
    };
    let mut count = 0;
    for (names, folders) in SETS {
        let Some(packages) = packages(names) else {
            return;
        };
        let (validator, issues) = Validator::load(packages.into_iter());
        assert_eq!(issues, []);
        let again = Validator::from_cache(validator.to_cache()).unwrap();
        for folder in folders {
            for (name, bytes) in files(&examples.join(folder)) {
                let report = validator.validate(&bytes, &profile_only());
                assert_eq!(errors(&report), [""; 0], "{folder}/{name}");
                assert_eq!(
                    again.validate(&bytes, &profile_only()).issues,
                    report.issues,
                    "{folder}/{name}: the cache differs"
                );
                count += 1;
            }
        }
    }
    assert!(count > 60, "only {count} examples");
}

#[test]
fn strict_rules_give_the_newest_examples_no_error_either() {
    let (Some(validator), Some(examples)) = (newest(), shared("fhir-examples")) else {
        return;
    };
    for (name, bytes) in files(&examples.join("clins-1.10.0")) {
        assert_eq!(errors(&validator.validate(&bytes, &Options::default())), [""; 0], "{name}");
    }
}

#[test]
fn differential_packages_are_refused_with_what_is_needed() {
    let Some(packages) = packages(&["jp-eCSCLINS.r4-1.10.0.tgz"]) else {
        return;
    };
    let (validator, issues) = Validator::load(packages.into_iter());
    assert!(!validator.has_profiles());
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].code(), "FHIR-101");
    assert!(issues[0].remedy(Lang::En).contains("jp-eCSCLINS.r4#1.10.0"), "{}", issues[0].remedy(Lang::En));
}

#[test]
fn packages_of_one_name_stand_side_by_side() {
    let all = [
        "jp-clins.r4-1.5.2-snap.tgz",
        "jp-core.r4-1.1.2-clins.tgz",
        "jp-core.r4-1.1.2-url.tgz",
        "jp-eCSCLINS.r4-1.10.0-snap.tgz",
    ];
    let (Some(packages), Some(examples)) = (packages(&all), shared("fhir-examples")) else {
        return;
    };
    // The newest goes first in whatever order they come.
    for packages in [packages.clone(), packages.into_iter().rev().collect()] {
        let (validator, issues) = Validator::load(packages.into_iter());
        assert_eq!(issues, []);
        assert_eq!(validator.packages().count(), 4);
        for (name, bytes) in files(&examples.join("clins-1.10.0")) {
            assert_eq!(errors(&validator.validate(&bytes, &profile_only())), [""; 0], "{name}");
        }
    }
}

#[test]
fn a_package_alone_says_what_belongs_with_it() {
    let (Some(packages), Some(examples)) = (packages(&["jp-eCSCLINS.r4-1.10.0-snap.tgz"]), shared("fhir-examples"))
    else {
        return;
    };
    let (validator, issues) = Validator::load(packages.into_iter());
    assert_eq!(issues.iter().map(|i| i.code()).collect::<Vec<_>>(), ["FHIR-106"]);
    assert!(issues[0].remedy(Lang::Ja).contains("jp-core.r4"), "{}", issues[0].remedy(Lang::Ja));
    // What cannot be checked breaks nothing, except that extensions of the other package are unknown.
    for (name, bytes) in files(&examples.join("clins-1.10.0")) {
        let report = validator.validate(&bytes, &profile_only());
        let errors = report.issues.iter().filter(|i| i.severity() == Severity::Error && i.code() != "FHIR-026");
        let errors: Vec<_> = errors.map(|i| format!("{} {:?} {}", i.code(), i.path, i.text(Lang::En))).collect();
        assert_eq!(errors, [""; 0], "{name}");
    }
}

#[test]
fn urls_that_are_misspelt_or_of_other_packages_are_told_apart() {
    let Some(packages) = packages(&["jp-eCSCLINS.r4-1.10.0-snap.tgz"]) else {
        return;
    };
    let (validator, _) = Validator::load(packages.into_iter());
    let root = "http://jpfhir.jp/fhir";
    for (element, url, code, remedy) in [
        ("profile", "eCS/StructureDefinition/JP_Patient_ecs", "FHIR-079", "eCS/StructureDefinition/JP_Patient_eCS"),
        ("profile", "core/StructureDefinition/JP_Patient", "FHIR-080", "jp-core.r4"),
        ("profile", "eCS/StructureDefinition/Something_altogether_different", "FHIR-070", "tsugite ig add"),
        (
            "extension",
            "eCS/Extension/StructureDefinition/JP_eCS_Departmnt",
            "FHIR-025",
            "eCS/Extension/StructureDefinition/JP_eCS_Department",
        ),
        ("extension", "core/Extension/StructureDefinition/JP_Patient_Race", "FHIR-026", "jp-core.r4"),
        ("extension", "elsewhere", "FHIR-020", "package"),
    ] {
        let members = match element {
            "profile" => format!(r#""meta":{{"profile":["{root}/{url}"]}}"#),
            _ => format!(r#""extension":[{{"url":"{root}/{url}","valueString":"a"}}]"#),
        };
        let text = format!(r#"{{"resourceType":"Patient",{members}}}"#);
        let report = validator.validate(text.as_bytes(), &profile_only());
        let told = &report.issues[0];
        assert_eq!(told.code(), code, "{url}");
        assert!(told.remedy(Lang::En).contains(remedy), "{url}: {}", told.remedy(Lang::En));
    }
}
