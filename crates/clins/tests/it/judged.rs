//! Documents as the profiles take them, and what stands in them.

use crate::clinic::Reported;
use serde_json::Value;
use std::{path::Path, sync::OnceLock};
use tsugite_issue::{Lang, Severity};
use tsugite_validate::{Options, Validator};

/// The official packages, where they lie beside the checkout; else a printed line.
fn validator() -> Option<&'static Validator> {
    static LOADED: OnceLock<Option<Validator>> = OnceLock::new();
    let load = || {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fhir-packages");
        if !folder.is_dir() {
            println!("skipped: the official packages are not at hand");
            return None;
        }
        let names =
            ["jp-core.r4-1.1.2-clins.tgz", "jp-eCheckupReport.r4-1.5.0-snap.tgz", "jp-eCSCLINS.r4-1.10.0-snap.tgz"];
        let packages: Vec<_> = names.iter().map(|name| (*name, std::fs::read(folder.join(name)).unwrap())).collect();
        let (validator, issues) = Validator::load(packages.into_iter());
        assert_eq!(issues, []);
        Some(validator)
    };
    LOADED.get_or_init(load).as_ref()
}

/// For a validator of others (`tests/conformance.sh`): the document under its test's name, where a folder for it is named.
fn hand_over(document: &[u8]) {
    let Some(folder) = std::env::var_os("TSUGITE_TEST_DOCUMENTS") else { return };
    let folder = Path::new(&folder).join("bundles");
    std::fs::create_dir_all(&folder).unwrap();
    let name = std::thread::current().name().unwrap().replace("::", "-");
    std::fs::write(folder.join(name).with_extension("json"), document).unwrap();
}

/// The only document, which the profiles and the strict rules take.
pub fn sound(reported: &Reported) -> Value {
    assert!(reported.outcome.held.is_empty(), "{:#?}", reported.outcome.held);
    let documents: Vec<_> = reported.outcome.built.iter().filter(|unit| unit.key.kind.is_document()).collect();
    assert_eq!(documents.len(), 1);
    let bytes = &documents[0].bytes;
    hand_over(bytes);
    if let Some(validator) = validator() {
        let report = validator.validate(bytes, &Options::default());
        let errors = report.issues.iter().filter(|issue| issue.severity() == Severity::Error);
        let errors: Vec<String> = errors.map(|i| format!("{} {:?} {}", i.code(), i.path, i.text(Lang::En))).collect();
        assert_eq!(errors, [""; 0]);
    }
    serde_json::from_slice(bytes).unwrap()
}

pub fn resources<'b>(bundle: &'b Value, kind: &str) -> Vec<&'b Value> {
    let all = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    all.filter(|resource| resource["resourceType"] == kind).collect()
}

/// Code, title and the types of the entries of each section, in order.
fn sections(bundle: &Value) -> Vec<(String, Vec<String>)> {
    fn walk(bundle: &Value, section: &Value, found: &mut Vec<(String, Vec<String>)>) {
        let of = |reference: &Value| {
            let entries = bundle["entry"].as_array().unwrap();
            let entry = entries.iter().find(|entry| entry["fullUrl"] == reference["reference"]).unwrap();
            entry["resource"]["resourceType"].as_str().unwrap().to_owned()
        };
        let entries = section["entry"].as_array().into_iter().flatten().map(of).collect();
        found.push((section["code"]["coding"][0]["code"].as_str().unwrap().to_owned(), entries));
        section["section"].as_array().into_iter().flatten().for_each(|section| walk(bundle, section, found));
    }
    let mut found = Vec::new();
    let composition = &bundle["entry"][0]["resource"];
    composition["section"].as_array().unwrap().iter().for_each(|section| walk(bundle, section, &mut found));
    found
}

pub fn codes(bundle: &Value) -> Vec<String> {
    sections(bundle).into_iter().map(|(code, _)| code).collect()
}

pub fn entries(bundle: &Value, wanted: &str) -> Vec<String> {
    let found = sections(bundle).into_iter().find(|(code, _)| code == wanted);
    found.unwrap_or_else(|| panic!("no section {wanted}")).1
}

pub fn narrative(bundle: &Value, wanted: &str) -> String {
    fn find<'v>(section: &'v Value, wanted: &str) -> Option<&'v Value> {
        if section["code"]["coding"][0]["code"] == wanted {
            return Some(section);
        }
        section["section"].as_array().into_iter().flatten().find_map(|section| find(section, wanted))
    }
    let composition = &bundle["entry"][0]["resource"];
    let found = composition["section"].as_array().unwrap().iter().find_map(|section| find(section, wanted)).unwrap();
    assert_eq!(found["text"]["status"], "additional");
    found["text"]["div"].as_str().unwrap().to_owned()
}
