//! What profiles add: cardinality, fixed values, slices of every kind, bindings, types and invariants.

use super::{PROFILE, found, load, profile};
use serde_json::{Value, json};

const SYSTEM: &str = "http://example.org/CodeSystem/sample";

fn code_system() -> Value {
    json!({
        "resourceType": "CodeSystem", "url": SYSTEM, "version": "1", "content": "complete",
        "concept": [{ "code": "a", "display": "甲" }, { "code": "b", "concept": [{ "code": "c" }] }]
    })
}

fn value_set() -> Value {
    json!({
        "resourceType": "ValueSet", "url": "http://example.org/ValueSet/sample",
        "compose": { "include": [{ "system": SYSTEM, "filter": [{ "property": "concept", "op": "is-a", "value": "b" }] }] }
    })
}

/// Each case: what the profile says beyond base R4, the resource, and what is found.
#[track_caller]
fn check(kind: &str, elements: Value, cases: Value) {
    let validator = load(&[profile(kind, elements), code_system(), value_set()]);
    for case in cases.as_array().unwrap() {
        let mut resource = case[0].clone();
        resource["resourceType"] = json!(kind);
        resource["meta"] = json!({ "profile": [PROFILE] });
        assert_eq!(json!(found(&validator, &resource)), case[1], "{}", case[0]);
    }
}

#[test]
fn cardinality_fixed_pattern_and_bounds() {
    check(
        "Patient",
        json!([
            { "id": "Patient.name", "min": 1, "max": "2", "base": { "path": "Patient.name", "min": 0, "max": "*" }, "type": [{ "code": "HumanName" }] },
            { "id": "Patient.name.text", "min": 1, "max": "1", "base": { "path": "HumanName.text", "min": 0, "max": "1" }, "type": [{ "code": "string" }], "maxLength": 3 },
            { "id": "Patient.name.family", "max": "0", "base": { "path": "HumanName.family", "min": 0, "max": "1" }, "type": [{ "code": "string" }] },
            { "id": "Patient.active", "max": "1", "base": { "path": "Patient.active", "min": 0, "max": "1" }, "type": [{ "code": "boolean" }], "fixedBoolean": true },
            { "id": "Patient.maritalStatus", "max": "1", "base": { "path": "Patient.maritalStatus", "min": 0, "max": "1" }, "type": [{ "code": "CodeableConcept" }],
              "patternCodeableConcept": { "coding": [{ "system": "urn:x", "code": "1" }] } },
            { "id": "Patient.deceased[x]", "max": "1", "base": { "path": "Patient.deceased[x]", "min": 0, "max": "1" }, "type": [{ "code": "dateTime" }] },
            { "id": "Patient.multipleBirth[x]", "max": "1", "base": { "path": "Patient.multipleBirth[x]", "min": 0, "max": "1" }, "type": [{ "code": "integer" }, { "code": "boolean" }], "maxValueInteger": 9 }
        ]),
        json!([
            [{ "name": [{ "text": "a" }] }, []],
            [{}, ["FHIR-009 Patient.name"]],
            [{ "name": [{ "text": "a" }, { "text": "a" }, { "text": "a" }] }, ["FHIR-010 Patient.name"]],
            [{ "name": [{ "given": ["a"] }] }, ["FHIR-009 Patient.name[0].text"]],
            [{ "name": [{ "text": "a", "family": "b" }] }, ["FHIR-010 Patient.name[0].family"]],
            [{ "name": [{ "text": "山田花" }] }, []],
            [{ "name": [{ "text": "山田花子" }] }, ["FHIR-013 Patient.name[0].text"]],
            [{ "name": [{ "text": "a" }], "active": true }, []],
            [{ "name": [{ "text": "a" }], "active": false }, ["FHIR-073 Patient.active"]],
            [{ "name": [{ "text": "a" }], "_active": { "id": "a" } }, ["FHIR-073 Patient._active"]],
            [{ "name": [{ "text": "a" }], "maritalStatus": { "coding": [{ "system": "urn:y", "code": "2" }, { "system": "urn:x", "code": "1", "display": "d" }] } }, ["FHIR-061 Patient.maritalStatus"]],
            [{ "name": [{ "text": "a" }], "maritalStatus": { "coding": [{ "system": "urn:x", "code": "2" }] } }, ["FHIR-061 Patient.maritalStatus", "FHIR-074 Patient.maritalStatus"]],
            [{ "name": [{ "text": "a" }], "deceasedDateTime": "2026" }, []],
            [{ "name": [{ "text": "a" }], "deceasedBoolean": true }, ["FHIR-008 Patient.deceasedBoolean"]],
            [{ "name": [{ "text": "a" }], "multipleBirthInteger": 9 }, []],
            [{ "name": [{ "text": "a" }], "multipleBirthInteger": 10 }, ["FHIR-014 Patient.multipleBirthInteger"]]
        ]),
    );
}

/// Identifiers in two slices by system.
fn identifiers(rules: &str, ordered: bool) -> Value {
    let slicing =
        json!({ "discriminator": [{ "type": "value", "path": "system" }], "rules": rules, "ordered": ordered });
    let base = json!({ "path": "Patient.identifier", "min": 0, "max": "*" });
    let system = json!({ "path": "Identifier.system", "min": 0, "max": "1" });
    json!([
        { "id": "Patient.identifier", "max": "*", "base": base, "type": [{ "code": "Identifier" }], "slicing": slicing },
        { "id": "Patient.identifier:first", "min": 1, "max": "1", "base": base, "type": [{ "code": "Identifier" }] },
        { "id": "Patient.identifier:first.system", "min": 1, "max": "1", "base": system, "type": [{ "code": "uri" }], "fixedUri": "urn:x:1" },
        { "id": "Patient.identifier:first.value", "min": 1, "max": "1", "base": { "path": "Identifier.value", "min": 0, "max": "1" }, "type": [{ "code": "string" }] },
        { "id": "Patient.identifier:second", "max": "*", "base": base, "type": [{ "code": "Identifier" }] },
        { "id": "Patient.identifier:second.system", "min": 1, "max": "1", "base": system, "type": [{ "code": "uri" }], "patternUri": "urn:x:2" }
    ])
}

fn systems(list: &[&str]) -> Value {
    let identifiers: Vec<Value> =
        list.iter().map(|s| json!({ "system": format!("urn:x:{s}"), "value": "a" })).collect();
    json!({ "identifier": identifiers })
}

#[test]
fn slices_by_value_open_closed_and_ordered() {
    check(
        "Patient",
        identifiers("open", false),
        json!([
            [systems(&["1"]), []],
            [systems(&["3", "2", "1", "2"]), []],
            [systems(&["2"]), ["FHIR-075 Patient.identifier"]],
            [{}, ["FHIR-075 Patient.identifier"]],
            [systems(&["1", "1"]), ["FHIR-076 Patient.identifier"]],
            [{ "identifier": [{ "system": "urn:x:1" }] }, ["FHIR-009 Patient.identifier[0].value"]]
        ]),
    );
    check(
        "Patient",
        identifiers("closed", true),
        json!([
            [systems(&["1", "2", "2"]), []],
            [systems(&["1", "3"]), ["FHIR-077 Patient.identifier[1]"]],
            [systems(&["2", "1"]), ["FHIR-078 Patient.identifier[1]"]]
        ]),
    );
}

#[test]
fn slices_of_slices() {
    let coding = json!({ "path": "CodeableConcept.coding", "min": 0, "max": "*" });
    let system = json!({ "path": "Coding.system", "min": 0, "max": "1" });
    let display = json!({ "path": "Coding.display", "min": 0, "max": "1" });
    let by = |path: &str| json!({ "discriminator": [{ "type": "value", "path": path }], "rules": "open" });
    check(
        "Observation",
        json!([
            { "id": "Observation.code", "min": 1, "max": "1", "base": { "path": "Observation.code", "min": 1, "max": "1" }, "type": [{ "code": "CodeableConcept" }] },
            { "id": "Observation.code.coding", "max": "*", "base": coding, "type": [{ "code": "Coding" }], "slicing": by("system") },
            { "id": "Observation.code.coding:outer", "max": "*", "base": coding, "type": [{ "code": "Coding" }], "slicing": by("display") },
            { "id": "Observation.code.coding:outer.system", "min": 1, "max": "1", "base": system, "type": [{ "code": "uri" }], "fixedUri": SYSTEM },
            { "id": "Observation.code.coding:outer/inner", "min": 1, "max": "1", "base": coding, "type": [{ "code": "Coding" }] },
            { "id": "Observation.code.coding:outer/inner.display", "min": 1, "max": "1", "base": display, "type": [{ "code": "string" }], "fixedString": "甲" },
            { "id": "Observation.code.coding:outer/inner.version", "min": 1, "max": "1", "base": { "path": "Coding.version", "min": 0, "max": "1" }, "type": [{ "code": "string" }] }
        ]),
        json!([
            [{ "status": "final", "code": { "coding": [{ "system": SYSTEM, "code": "a", "display": "甲", "version": "1" }] } }, []],
            [{ "status": "final", "code": { "coding": [{ "system": SYSTEM, "code": "a", "display": "甲" }] } }, ["FHIR-009 Observation.code.coding[0].version"]],
            [{ "status": "final", "code": { "coding": [{ "system": SYSTEM, "code": "b" }] } }, ["FHIR-075 Observation.code.coding"]]
        ]),
    );
}

#[test]
fn slices_by_type_exists_and_profile() {
    let value = json!({ "path": "Observation.value[x]", "min": 0, "max": "1" });
    check(
        "Observation",
        json!([
            { "id": "Observation.value[x]", "max": "1", "base": value, "type": [{ "code": "Quantity" }, { "code": "string" }],
              "slicing": { "discriminator": [{ "type": "type", "path": "$this" }], "rules": "open" } },
            { "id": "Observation.value[x]:valueQuantity", "max": "1", "base": value, "type": [{ "code": "Quantity" }] },
            { "id": "Observation.value[x]:valueQuantity.unit", "min": 1, "max": "1", "base": { "path": "Quantity.unit", "min": 0, "max": "1" }, "type": [{ "code": "string" }] },
            { "id": "Observation.note", "max": "*", "base": { "path": "Observation.note", "min": 0, "max": "*" }, "type": [{ "code": "Annotation" }],
              "slicing": { "discriminator": [{ "type": "exists", "path": "time" }], "rules": "open" } },
            { "id": "Observation.note:timed", "max": "1", "base": { "path": "Observation.note", "min": 0, "max": "*" }, "type": [{ "code": "Annotation" }] },
            { "id": "Observation.note:timed.time", "min": 1, "max": "1", "base": { "path": "Annotation.time", "min": 0, "max": "1" }, "type": [{ "code": "dateTime" }] }
        ]),
        json!([
            [{ "status": "final", "code": { "text": "a" }, "valueQuantity": { "value": 1, "unit": "g" } }, []],
            [{ "status": "final", "code": { "text": "a" }, "valueString": "1" }, []],
            [{ "status": "final", "code": { "text": "a" }, "valueQuantity": { "value": 1 } }, ["FHIR-009 Observation.valueQuantity.unit"]],
            [{ "status": "final", "code": { "text": "a" }, "valueBoolean": true }, ["FHIR-008 Observation.valueBoolean"]],
            [{ "status": "final", "code": { "text": "a" }, "note": [{ "text": "a" }, { "text": "a" }, { "text": "a", "time": "2026" }] }, []],
            [{ "status": "final", "code": { "text": "a" }, "note": [{ "text": "a", "time": "2026" }, { "text": "a", "time": "2026" }] }, ["FHIR-076 Observation.note"]]
        ]),
    );
}

#[test]
fn entries_by_profile_closed() {
    let entry = json!({ "path": "Bundle.entry", "min": 0, "max": "*" });
    let resource = json!({ "path": "Bundle.entry.resource", "min": 0, "max": "1" });
    let inner = "http://example.org/StructureDefinition/inner";
    let mut bundle = profile(
        "Bundle",
        json!([
            { "id": "Bundle.entry", "min": 1, "max": "*", "base": entry, "type": [{ "code": "BackboneElement" }],
              "slicing": { "discriminator": [{ "type": "profile", "path": "resource" }], "rules": "closed" } },
            { "id": "Bundle.entry:patient", "min": 1, "max": "1", "base": entry, "type": [{ "code": "BackboneElement" }] },
            { "id": "Bundle.entry:patient.resource", "min": 1, "max": "1", "base": resource, "type": [{ "code": "Patient", "profile": [inner] }] }
        ]),
    );
    bundle["url"] = json!(PROFILE);
    let mut patient = profile(
        "Patient",
        json!([
            { "id": "Patient.gender", "min": 1, "max": "1", "base": { "path": "Patient.gender", "min": 0, "max": "1" }, "type": [{ "code": "code" }] }
        ]),
    );
    patient["url"] = json!(inner);
    let validator = load(&[bundle, patient]);
    let of = |resource: Value| {
        json!({
            "resourceType": "Bundle", "type": "collection", "meta": { "profile": [PROFILE] },
            "entry": [{ "fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f9a01", "resource": resource }]
        })
    };
    for (resource, expected) in [
        (json!({ "resourceType": "Patient", "gender": "male" }), &[][..]),
        (json!({ "resourceType": "Patient" }), &["FHIR-075 Bundle.entry", "FHIR-077 Bundle.entry[0]"]),
        // What claims the profile is told what is wrong with it.
        (
            json!({ "resourceType": "Patient", "meta": { "profile": [inner] } }),
            &["FHIR-009 Bundle.entry[0].resource.gender"],
        ),
        (
            json!({ "resourceType": "Basic", "code": { "text": "a" } }),
            &["FHIR-075 Bundle.entry", "FHIR-077 Bundle.entry[0]"],
        ),
    ] {
        let mut lines = found(&validator, &of(resource.clone()));
        lines.sort();
        assert_eq!(lines, expected, "{resource}");
    }
}

#[test]
fn bindings_displays_and_invariants() {
    let base = json!({ "path": "Observation.code", "min": 1, "max": "1" });
    let own =
        json!({ "key": "own-1", "severity": "error", "human": "要点", "expression": "coding.code.all($this != 'c')" });
    let warning = json!({ "key": "own-2", "severity": "warning", "human": "注意", "expression": "text.exists()" });
    check(
        "Observation",
        json!([{ "id": "Observation.code", "min": 1, "max": "1", "base": base, "type": [{ "code": "CodeableConcept" }],
            "binding": { "strength": "required", "valueSet": "http://example.org/ValueSet/sample" }, "constraint": [own, warning] }]),
        json!([
            [{ "status": "final", "code": { "text": "a", "coding": [{ "system": SYSTEM, "code": "b" }] } }, []],
            [{ "status": "final", "code": { "coding": [{ "system": SYSTEM, "code": "b" }] } }, ["FHIR-091 Observation.code"]],
            [{ "status": "final", "code": { "text": "a", "coding": [{ "system": SYSTEM, "code": "c" }] } }, ["FHIR-090 Observation.code"]],
            [{ "status": "final", "code": { "text": "a", "coding": [{ "system": SYSTEM, "code": "a", "display": "甲" }] } }, ["FHIR-060 Observation.code"]],
            [{ "status": "final", "code": { "text": "a", "coding": [{ "system": SYSTEM, "code": "z" }] } }, ["FHIR-060 Observation.code", "FHIR-064 Observation.code.coding[0].code"]],
            [{ "status": "final", "code": { "text": "a" } }, ["FHIR-063 Observation.code"]]
        ]),
    );
}
