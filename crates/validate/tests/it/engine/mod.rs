//! The engine on small profiles made for these tests: each demand broken and kept.

// JSON literals read best where they are made.
#![allow(clippy::needless_pass_by_value)]

mod base;
mod extension;
mod package;
mod slicing;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tsugite_issue::{Issue, Severity};
use tsugite_validate::{Options, Validator};

/// A package of these definitions.
pub fn archive(description: &Value, definitions: &[Value]) -> Vec<u8> {
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let mut add = |name: String, text: String| {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
    };
    add("package/package.json".into(), description.to_string());
    for (number, definition) in definitions.iter().enumerate() {
        let kind = definition["resourceType"].as_str().unwrap();
        add(format!("package/{kind}-{number}.json"), definition.to_string());
    }
    tar.into_inner().unwrap().finish().unwrap()
}

pub fn description() -> Value {
    json!({ "name": "sample.r4", "version": "1.0.0", "fhirVersions": ["4.0.1"] })
}

pub const PROFILE: &str = "http://example.org/StructureDefinition/sample";

/// A profile: what its snapshot says, element by element. Base cardinalities are those of base R4 (`*` for arrays).
pub fn profile(kind: &str, elements: Value) -> Value {
    let mut snapshot = vec![json!({ "id": kind, "path": kind, "min": 0, "max": "*" })];
    for mut element in elements.as_array().unwrap().clone() {
        let id = element["id"].as_str().unwrap().to_owned();
        let path: Vec<&str> = id.split('.').map(|step| step.split(':').next().unwrap()).collect();
        element["path"] = json!(path.join("."));
        let minimum = element.get("min").cloned().unwrap_or(json!(0));
        element["min"] = minimum;
        snapshot.push(element);
    }
    json!({
        "resourceType": "StructureDefinition", "url": PROFILE, "version": "1.0.0", "kind": "resource", "type": kind,
        "derivation": "constraint", "baseDefinition": format!("http://hl7.org/fhir/StructureDefinition/{kind}"),
        "snapshot": { "element": snapshot }
    })
}

pub fn load(definitions: &[Value]) -> Validator {
    let (validator, issues) = Validator::load([("sample.tgz", archive(&description(), definitions))].into_iter());
    assert_eq!(issues, []);
    validator
}

pub fn judge(validator: &Validator, resource: &Value) -> Vec<Issue> {
    let options = Options { profile_only: true, unchecked: true, ..Options::default() };
    validator.validate(resource.to_string().as_bytes(), &options).issues
}

/// Code and path of each finding, information left out.
pub fn found(validator: &Validator, resource: &Value) -> Vec<String> {
    let issues = judge(validator, resource);
    let told = issues.iter().filter(|i| i.severity() > Severity::Information);
    told.map(|i| format!("{} {}", i.code(), i.path.as_deref().unwrap_or_default())).collect()
}
