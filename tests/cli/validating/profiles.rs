//! Profiles: those that are named, those that are missing, and those that hold what the program itself makes.

use super::{Ended, PROFILE, Place, definition, patient};
use serde_json::Value;
use std::{fs, path::Path};

#[test]
fn a_profile_with_a_typo_is_a_wrong_call_that_names_the_right_one() {
    let place = Place::new();
    place.write("a.json", patient(""));
    let without = place.validate(&["a.json", "--profile", PROFILE]);
    assert_eq!(without.status, 2);
    assert!(without.err.contains(PROFILE) && without.err.contains("tsugite ig add"), "{}", without.err);
    let known =
        place.validate(&["a.json", "--profile", "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"]);
    assert!(known.err.contains("jp-eCSCLINS.r4"), "{}", known.err);

    let package = place.package();
    let package = package.to_str().unwrap();
    for typo in [
        "http://example.org/fhir/StructureDefinition/sample-pateint",
        "http://example.com/StructureDefinition/Sample-Patient",
        "sample-patient",
    ] {
        let ended = place.validate(&["a.json", "--ig", package, "--profile", typo]);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{typo}");
        assert!(ended.err.contains(typo) && ended.err.contains(PROFILE), "{}", ended.err);
    }
    let ended = place.validate(&["a.json", "--ig", package, "--profile", PROFILE, "--format", "json"]);
    assert_eq!((ended.status, ended.codes()), (1, vec!["FHIR-009".to_owned()]));
    place.write("b.json", patient(r#","gender":"male""#));
    assert_eq!(place.validate(&["b.json", "--ig", package, "--profile", PROFILE]).status, 0);
}

#[test]
fn what_is_not_checked_is_said_and_may_fail_the_call() {
    let place = Place::new();
    place.write("a.json", patient(&format!(r#","gender":"male","meta":{{"profile":["{PROFILE}"]}}"#)));
    let first = |ended: &Ended| ended.out.lines().next().unwrap().to_owned();
    for arguments in [&["a.json"][..], &["a.json", "--quiet"]] {
        let ended = place.validate(arguments);
        assert_eq!(ended.status, 0);
        assert!(first(&ended).contains("Profiles are not checked") && first(&ended).contains("tsugite ig add"));
    }
    assert_eq!(place.validate(&["a.json", "--require-profiles"]).status, 1);
    assert_eq!(place.validate(&["a.json", "--format", "json"]).json()["profiles_checked"], false);

    let package = place.package();
    assert_eq!(place.call(&["ig", "add", package.to_str().unwrap()], b"").status, 0);
    let ended = place.validate(&["a.json", "--require-profiles"]);
    assert_eq!(ended.status, 0);
    assert!(first(&ended).contains("sample.r4#1.0.0"), "{}", ended.out);

    // A profile of a package that is not there.
    let other = r#","meta":{"profile":["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"]}"#;
    place.write("other.json", patient(other));
    let ended = place.validate(&["other.json"]);
    assert!(ended.out.contains("jp-eCSCLINS.r4") && ended.out.contains("tsugite ig add"), "{}", ended.out);
    let status = |more: &[&str]| place.validate(&[&["other.json", "--profile-only"], more].concat()).status;
    assert_eq!((status(&[]), status(&["--require-profiles"])), (0, 1));
}

#[test]
fn profile_only_leaves_the_strict_rules_out() {
    let place = Place::new();
    place.write(
        "a.json",
        r#"{"resourceType":"Bundle","type":"collection","meta":{"profile":
        ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"]}}"#,
    );
    let strict = |arguments: &[&str]| {
        let codes = place.validate(&[&["a.json", "--format", "json"], arguments].concat()).codes();
        codes.into_iter().filter(|code| code.starts_with("STRICT")).count()
    };
    assert!(strict(&[]) > 3);
    assert_eq!(strict(&["--profile-only"]), 0);
}

/// What is installed also judges what the program itself makes, before anything leaves.
#[test]
fn convert_and_the_queue_are_held_by_the_profiles_of_installed_packages() {
    const EXTENSIONS: [&str; 5] = [
        "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
        "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
        "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_Department",
        "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_DiagnosisType",
        "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePrefixModifier",
    ];
    let clinic = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/clinic/ssmix2").canonicalize().unwrap();
    let clinic = clinic.to_str().unwrap();
    let pack = |place: &Place, demanded: Option<&str>| {
        let patient = definition("http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS", "Patient", demanded);
        let extensions = EXTENSIONS.map(|url| definition(url, "Extension", None));
        let all: Vec<Value> = [patient].into_iter().chain(extensions).collect();
        place.pack("jp.tgz", &all)
    };
    let place = Place::new();
    let convert = |more: &[&str]| {
        let fixed = ["convert", clinic, "--as-of", "2026-11-22", "--out", "out", "--fail-on", "none"];
        assert_eq!(place.call(&[&fixed, more].concat(), b"").status, 0);
        let report: Value = serde_json::from_slice(&fs::read(place.path("out/report.json")).unwrap()).unwrap();
        let by = |row: &&Value| row["rule"] == "FHIR-009" && row["text"].as_str().unwrap().contains("maritalStatus");
        let held = report["held"].as_array().unwrap().iter().filter(by).count() as u64;
        (report["units"]["built"].as_u64().unwrap(), held)
    };
    let (built, held) = convert(&[]);
    assert!(built > 5 && held == 0);
    // Not installed, but named.
    let file = pack(&place, Some("Patient.maritalStatus"));
    assert_eq!(convert(&["--ig", file.to_str().unwrap()]), (0, built));
    assert!(fs::read_to_string(place.path("out/held.csv")).unwrap().contains("maritalStatus"));
    // One that is content changes nothing.
    pack(&place, Some("Patient.gender"));
    assert_eq!(convert(&["--ig", file.to_str().unwrap()]), (built, 0));
    // Installed, it holds in the whole way too: nothing goes up.
    pack(&place, Some("Patient.maritalStatus"));
    assert_eq!(place.call(&["ig", "add", file.to_str().unwrap()], b"").status, 0);
    assert_eq!(convert(&[]), (0, built));
    let demo = place.call(&["demo", "--dir", "demo", "--format", "json"], b"");
    assert_eq!(demo.status, 0, "{}", demo.err);
    let demo: Value = serde_json::from_str(&demo.out).unwrap();
    for half in demo["halves"].as_array().unwrap() {
        assert_eq!(half["registered"], 0, "{demo}");
    }
}
