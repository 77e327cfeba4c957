//! The gate judges by the profiles of loaded packages.

use crate::house::{Run, group};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use tsugite_validate::Validator;

/// Extensions that our bundles use: with a package loaded, one without a definition is an error.
const EXTENSIONS: [&str; 3] = [
    "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
    "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
    "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_Department",
];

fn definition(url: &str, kind: &str, of: &str, more: Option<Value>) -> Value {
    let root = json!({"id": of, "path": of, "min": 0, "max": "*"});
    let elements: Vec<Value> = [root].into_iter().chain(more).collect();
    json!({
        "resourceType": "StructureDefinition", "url": url, "version": "0.0.1", "kind": kind, "type": of,
        "derivation": "constraint", "baseDefinition": format!("http://hl7.org/fhir/StructureDefinition/{of}"),
        "context": [{"type": "element", "expression": "Element"}],
        "snapshot": {"element": elements}
    })
}

/// A package with a profile on Patient, under the URL that our bundles name, that says this of one element.
fn package(element: &str, says: &Value) -> Vec<u8> {
    let mut rule = json!({"id": element, "path": element, "min": 0, "max": "1"});
    rule.as_object_mut().unwrap().extend(says.as_object().unwrap().clone());
    let patient = "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS";
    let description = json!({"name": "sample.r4", "version": "0.0.1", "fhirVersions": ["4.0.1"]});
    let profile = definition(patient, "resource", "Patient", Some(rule));
    let extensions = EXTENSIONS.map(|url| definition(url, "complex-type", "Extension", None));
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (number, file) in [description, profile].into_iter().chain(extensions).enumerate() {
        let (text, name) = (file.to_string(), format!("package/StructureDefinition-{number}.json"));
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        let name = if number == 0 { "package/package.json" } else { &name };
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

fn with(element: &str, says: &Value) -> Run {
    let (validator, issues) = Validator::load([("sample.tgz", package(element, says))].into_iter());
    assert_eq!(issues, []);
    Run { validator: Some(validator), ..Run::default() }
}

/// Codes of the issues at an element of the Patient, with the input that each names.
fn told<'a>(issues: &'a [Value], element: &str) -> Vec<(&'a str, &'a str)> {
    let at = |row: &&Value| row["path"].as_str().is_some_and(|path| path.ends_with(element));
    let row = |row: &'a Value| Some((row["code"].as_str()?, row["origin"]["input"].as_str()?));
    issues.iter().filter(at).filter_map(row).collect()
}

#[test]
fn a_unit_that_breaks_a_profile_is_held_with_its_issue_and_goes_up_without_the_package() {
    let without = Run::default().over(vec![], vec![group(0)]);
    let base = Run { validator: Some(Validator::base()), ..Run::default() }.over(vec![], vec![group(0)]);
    assert_eq!(without.bundles.len(), 9);
    assert_eq!((&base.bundles, &base.held), (&without.bundles, &without.held));

    let outcome = with("Patient.maritalStatus", &json!({"min": 1})).over(vec![], vec![group(0)]);
    assert_eq!(outcome.bundles.len(), 0);
    assert_eq!((outcome.sums.units_total().held, outcome.sums.total().reported), (9, 0));
    for row in &outcome.held {
        // It says what is missing, and names the records to look at.
        assert_eq!((&*row.what, &*row.rule), ("unit", "FHIR-009"), "{row:?}");
        assert!(row.text.contains("maritalStatus") && !row.origins.is_empty(), "{row:?}");
    }
    let issues: Vec<Value> = outcome.issues.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let missing = told(&issues, "maritalStatus");
    assert_eq!(missing.len(), 9);
    assert!(missing.iter().all(|(code, input)| *code == "FHIR-009" && input.starts_with("root/")), "{missing:?}");
}

#[test]
fn a_warning_goes_up_and_stands_in_the_report_with_the_file_of_its_bundle() {
    let never = json!({"constraint": [
        {"key": "sample-1", "severity": "warning", "human": "never", "expression": "false"}
    ]});
    let outcome = with("Patient.gender", &never).over(vec![], vec![group(0)]);
    assert_eq!((outcome.bundles.len(), outcome.held.len()), (9, 0));
    let issues: Vec<Value> = outcome.issues.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let warned = told(&issues, "gender");
    assert_eq!(warned.len(), 9);
    assert!(warned.iter().all(|(code, file)| *code == "FHIR-091" && outcome.bundles.contains_key(*file)), "{warned:?}");
}

#[test]
fn the_gate_says_the_same_on_any_number_of_threads() {
    let over = |jobs| {
        let run = Run { jobs, ..with("Patient.maritalStatus", &json!({"min": 1})) };
        run.over(vec![], vec![group(0), group(1), group(2)])
    };
    assert_eq!(over(1), over(3));
}
