//! Extensions of a package: where they may stand, and the parts of complex ones.

use super::{archive, description, found, load};
use serde_json::{Value, json};
use tsugite_issue::Lang;
use tsugite_validate::Validator;

const SIMPLE: &str = "http://example.org/StructureDefinition/simple";
const COMPLEX: &str = "http://example.org/StructureDefinition/complex";

fn definition(url: &str, context: Value, elements: Value) -> Value {
    let mut snapshot = vec![json!({ "id": "Extension", "path": "Extension", "min": 0, "max": "*" })];
    for mut element in elements.as_array().unwrap().clone() {
        let id = element["id"].as_str().unwrap().to_owned();
        let steps: Vec<&str> = id.split('.').map(|step| step.split(':').next().unwrap()).collect();
        let name = *steps.last().unwrap();
        let base = if name == "extension" { "*" } else { "1" };
        element["path"] = json!(steps.join("."));
        element["base"] = json!({ "path": format!("Extension.{name}"), "min": 0, "max": base });
        snapshot.push(element);
    }
    json!({
        "resourceType": "StructureDefinition", "url": url, "version": "1.0.0", "kind": "complex-type", "type": "Extension",
        "derivation": "constraint", "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
        "context": context, "snapshot": { "element": snapshot }
    })
}

fn simple(context: Value) -> Value {
    definition(
        SIMPLE,
        context,
        json!([
            { "id": "Extension.extension", "min": 0, "max": "0" },
            { "id": "Extension.url", "min": 1, "max": "1", "fixedUri": SIMPLE, "type": [{ "code": "uri" }] },
            { "id": "Extension.value[x]", "min": 1, "max": "1", "type": [{ "code": "string" }] },
        ]),
    )
}

/// A code, once; notes, at most two, which have an author (a text) inside.
fn complex() -> Value {
    let slicing = json!({ "discriminator": [{ "type": "value", "path": "url" }], "rules": "open" });
    let url = |id: &str, fixed: &str| json!({ "id": format!("{id}.url"), "min": 1, "max": "1", "fixedUri": fixed, "type": [{ "code": "uri" }] });
    let value = |id: &str, min: u8, kind: &str| {
        let types = if kind.is_empty() { json!([]) } else { json!([{ "code": kind }]) };
        json!({ "id": format!("{id}.value[x]"), "min": min, "max": if kind.is_empty() { "0" } else { "1" }, "type": types })
    };
    let part = |id: &str, min: u8, max: &str| {
        let (_, slice) = id.rsplit_once(':').unwrap();
        json!({ "id": id, "min": min, "max": max, "sliceName": slice, "type": [{ "code": "Extension" }] })
    };
    let list = |id: &str, min: u8| json!({ "id": format!("{id}.extension"), "min": min, "max": "*", "slicing": slicing, "type": [{ "code": "Extension" }] });
    let (code, note) = ("Extension.extension:code", "Extension.extension:note");
    let author = "Extension.extension:note.extension:author";
    definition(
        COMPLEX,
        json!([{ "type": "element", "expression": "Patient" }]),
        json!([
            list("Extension", 1),
            part(code, 1, "1"),
            url(code, "code"),
            value(code, 1, "code"),
            part(note, 0, "2"),
            list(note, 0),
            part(author, 1, "1"),
            url(author, "author"),
            value(author, 1, "string"),
            url(note, "note"),
            value(note, 0, ""),
            url("Extension", COMPLEX),
            value("Extension", 0, ""),
        ]),
    )
}

fn patient(extensions: Value) -> Value {
    json!({ "resourceType": "Patient", "extension": extensions })
}

#[test]
fn the_parts_of_a_complex_extension() {
    let validator = load(&[complex()]);
    let outer = |parts: Value| patient(json!([{ "url": COMPLEX, "extension": parts }]));
    let code = json!({ "url": "code", "valueCode": "a" });
    let note = |parts: Value| json!({ "url": "note", "extension": parts });
    let author = json!({ "url": "author", "valueString": "a" });
    let at = "Patient.extension[0].extension";
    for (parts, expected) in [
        (json!([code]), vec![]),
        (json!([code, note(json!([author]))]), vec![]),
        (json!([code, { "url": "cod", "valueCode": "a" }]), vec![format!("FHIR-024 {at}[1].url")]),
        (json!([note(json!([author]))]), vec![format!("FHIR-075 {at}")]),
        (json!([code, code]), vec![format!("FHIR-076 {at}")]),
        (json!([{ "url": "code", "valueString": "a" }]), vec![format!("FHIR-008 {at}[0].valueString")]),
        (json!([{ "url": "code" }]), vec![format!("FHIR-022 {at}[0]"), format!("FHIR-009 {at}[0].value[x]")]),
        // Parts within parts.
        (
            json!([code, note(json!([{ "url": "autor", "valueString": "a" }]))]),
            vec![format!("FHIR-075 {at}[1].extension"), format!("FHIR-024 {at}[1].extension[0].url")],
        ),
        (json!([code, note(json!([author, author]))]), vec![format!("FHIR-076 {at}[1].extension")]),
        (
            json!([code, note(json!([{ "url": "author", "valueCode": "a" }]))]),
            vec![format!("FHIR-008 {at}[1].extension[0].valueCode")],
        ),
        // A part of the outer extension is none of the inner one.
        (
            json!([code, note(json!([author, { "url": "code", "valueCode": "a" }]))]),
            vec![format!("FHIR-024 {at}[1].extension[1].url")],
        ),
        (
            json!([code, { "url": "note", "valueString": "a" }]),
            vec![format!("FHIR-075 {at}[1].extension"), format!("FHIR-010 {at}[1].value[x]")],
        ),
    ] {
        assert_eq!(found(&validator, &outer(parts.clone())), expected, "{parts}");
    }
}

fn placed(context: Value) -> Validator {
    load(&[complex(), simple(context)])
}

#[test]
fn a_context_of_elements() {
    let here = json!({ "url": SIMPLE, "valueString": "a" });
    let on = |expression: &str| placed(json!([{ "type": "element", "expression": expression }]));
    let inside = json!([{ "url": COMPLEX, "extension": [{ "url": "code", "valueCode": "a" }, here] }]);
    let named = json!({ "resourceType": "Patient", "name": [{ "text": "a", "_family": { "extension": [here] } }] });
    let aged = json!({ "resourceType": "Condition", "subject": { "display": "a" }, "onsetAge": { "value": 1, "code": "a",
        "system": "http://unitsofmeasure.org", "extension": [here] } });
    for (expression, resource, place) in [
        ("Element", patient(json!([here])), None),
        ("Patient", patient(json!([here])), None),
        ("DomainResource", patient(json!([here])), None),
        ("Patient.name", patient(json!([here])), Some("Patient.extension[0]")),
        ("HumanName.family", named.clone(), None),
        ("string", named.clone(), None),
        ("http://example.org/StructureDefinition/sample#HumanName.family", named.clone(), None),
        ("HumanName", named, Some("Patient.name[0]._family.extension[0]")),
        // What holds for a type holds for those that specialise it.
        ("Quantity", aged.clone(), None),
        ("Range", aged, Some("Condition.onsetAge.extension[0]")),
        ("Extension", patient(inside.clone()), None),
        ("Patient", patient(inside), Some("Patient.extension[0].extension[1]")),
    ] {
        let expected: Vec<String> = place.map(|p| format!("FHIR-021 {p}")).into_iter().collect();
        let told: Vec<String> =
            found(&on(expression), &resource).into_iter().filter(|f| f.starts_with("FHIR-021")).collect();
        assert_eq!(told, expected, "{expression}");
    }
}

#[test]
fn a_context_of_an_extension() {
    let here = json!({ "url": SIMPLE, "valueString": "a" });
    let code = json!({ "url": "code", "valueCode": "a", });
    let inside = patient(json!([{ "url": COMPLEX, "extension": [code, here] }]));
    let deeper = patient(json!([{ "url": COMPLEX, "extension": [code, { "url": "note", "extension": [
        { "url": "author", "valueString": "a" }, here] }] }]));
    let on = |expression: &str| placed(json!([{ "type": "extension", "expression": expression }]));
    let (whole, part) = (on(COMPLEX), on(&format!("{COMPLEX}#note")));
    assert_eq!(found(&whole, &inside), [""; 0]);
    assert_eq!(found(&part, &deeper), [""; 0]);
    assert_eq!(found(&part, &inside), ["FHIR-021 Patient.extension[0].extension[1]"]);
    assert_eq!(found(&whole, &patient(json!([here]))), ["FHIR-021 Patient.extension[0]"]);
}

#[test]
fn a_context_of_an_expression() {
    let here = json!([{ "url": SIMPLE, "valueString": "a" }]);
    let context = |expression: &str| json!([{ "type": "fhirpath", "expression": expression }]);
    let validator = placed(context("Patient.name.where(use = 'official') | Patient.birthDate"));
    let name = |kind: &str| json!({ "use": kind, "text": "a", "extension": here });
    let resource = json!({ "resourceType": "Patient", "name": [name("official"), name("usual")],
        "birthDate": "2000-01-01", "_birthDate": { "extension": here }, "_gender": { "extension": here } });
    assert_eq!(
        found(&validator, &resource),
        ["FHIR-021 Patient.name[1].extension[0]", "FHIR-021 Patient._gender.extension[0]"]
    );
    let (validator, issues) =
        Validator::load([("sample.tgz", archive(&description(), &[simple(context("telepathy()"))]))].into_iter());
    assert_eq!(issues.iter().map(|i| i.code()).collect::<Vec<_>>(), ["FHIR-107"]);
    assert!(issues[0].text(Lang::En).contains(SIMPLE) && issues[0].text(Lang::En).contains("telepathy"));
    assert_eq!(found(&validator, &patient(here)), [""; 0]);
}
