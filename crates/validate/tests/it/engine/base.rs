//! Base R4, without any package.

use super::{found, judge};
use serde_json::{Value, json};
use tsugite_issue::Lang;
use tsugite_validate::{Options, Validator};

#[track_caller]
fn check(validator: &Validator, resource: &Value, expected: &[&str]) {
    assert_eq!(found(validator, resource), expected, "{resource}");
}

#[test]
fn structure_of_resources_and_types() {
    let base = Validator::base();
    let patient = |member: &str, value: Value| json!({ "resourceType": "Patient", member: value });
    for (resource, expected) in [
        (json!({ "resourceType": "Patient" }), &[][..]),
        (json!({ "resourceType": "Patiemt" }), &["FHIR-001 Patiemt"]),
        (json!({ "id": "a" }), &["FHIR-016 $"]),
        (json!([]), &["FHIR-016 $"]),
        (patient("gendre", json!("male")), &["FHIR-002 Patient.gendre"]),
        (patient("name", json!({ "text": "a" })), &["FHIR-003 Patient.name"]),
        (patient("gender", json!(["male"])), &["FHIR-004 Patient.gender"]),
        (patient("gender", json!("man")), &["FHIR-060 Patient.gender"]),
        (patient("active", json!("true")), &["FHIR-005 Patient.active"]),
        (patient("name", json!(["a"])), &["FHIR-005 Patient.name[0]"]),
        (patient("name", json!([{}])), &["FHIR-007 Patient.name[0]"]),
        (patient("name", json!([])), &["FHIR-007 Patient.name"]),
        (patient("name", json!([null])), &["FHIR-007 Patient.name[0]"]),
        (patient("birthDate", json!("2026-02-30")), &["FHIR-006 Patient.birthDate"]),
        (patient("birthDate", json!("")), &["FHIR-007 Patient.birthDate"]),
        (patient("id", json!("a_b")), &["FHIR-006 Patient.id"]),
        (patient("multipleBirthInteger", json!(2)), &[]),
        (patient("multipleBirthInteger", json!(2.5)), &["FHIR-006 Patient.multipleBirthInteger"]),
        (patient("multipleBirthString", json!("2")), &["FHIR-002 Patient.multipleBirthString"]),
        (
            json!({ "resourceType": "Patient", "deceasedBoolean": true, "deceasedDateTime": "2026" }),
            &["FHIR-010 Patient.deceased[x]"],
        ),
        (patient("contact", json!([{ "gender": "male" }])), &["FHIR-090 Patient.contact[0]"]),
        (
            patient(
                "contact",
                json!([{ "period": { "start": "2026-02", "end": "2026-01" }, "name": { "text": "a" } }]),
            ),
            &["FHIR-090 Patient.contact[0].period"],
        ),
        (patient("link", json!([{ "type": "refer" }])), &["FHIR-009 Patient.link[0].other"]),
        (
            patient("identifier", json!([{ "system": "1.2.3", "value": "a" }])),
            &["FHIR-015 Patient.identifier[0].system"],
        ),
        (
            patient(
                "text",
                json!({ "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>" }),
            ),
            &[],
        ),
        (patient("text", json!({ "status": "generated", "div": "<div>a</div>" })), &["FHIR-012 Patient.text.div"]),
        (
            patient(
                "text",
                json!({ "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>a</script></div>" }),
            ),
            &["FHIR-012 Patient.text.div"],
        ),
        (
            patient("managingOrganization", json!({ "reference": "Patient/1" })),
            &["FHIR-043 Patient.managingOrganization.reference"],
        ),
        (
            patient("managingOrganization", json!({ "reference": "#a" })),
            &["FHIR-040 Patient.managingOrganization.reference"],
        ),
        (
            patient(
                "maritalStatus",
                json!({ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "ZZ" }] }),
            ),
            &["FHIR-061 Patient.maritalStatus", "FHIR-064 Patient.maritalStatus.coding[0].code"],
        ),
        (patient("language", json!(" ja")), &["FHIR-006 Patient.language"]),
    ] {
        check(&base, &resource, expected);
    }
}

#[test]
fn primitives_with_extensions_only_and_beside_their_values() {
    let base = Validator::base();
    let reason = json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] });
    for (resource, expected) in [
        (json!({ "resourceType": "Patient", "_birthDate": reason }), &[][..]),
        (json!({ "resourceType": "Patient", "birthDate": "2026", "_birthDate": { "id": "a" } }), &[]),
        (json!({ "resourceType": "Patient", "name": [{ "given": ["a", null], "_given": [null, reason] }] }), &[]),
        (
            json!({ "resourceType": "Patient", "name": [{ "given": ["a", null], "_given": [null, null] }] }),
            &["FHIR-007 Patient.name[0].given[1]"],
        ),
        (json!({ "resourceType": "Patient", "_birthDate": { "value": "a" } }), &["FHIR-002 Patient._birthDate.value"]),
        (json!({ "resourceType": "Patient", "_name": [{ "id": "a" }] }), &["FHIR-002 Patient._name"]),
        (
            json!({ "resourceType": "Patient", "_birthDate": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueString": "a" }] } }),
            &["FHIR-008 Patient._birthDate.extension[0].valueString"],
        ),
        (
            json!({ "resourceType": "Patient", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason" }] }),
            &["FHIR-022 Patient.extension[0]", "FHIR-009 Patient.extension[0].value[x]"],
        ),
        (
            json!({ "resourceType": "Patient", "extension": [{ "url": "reason", "valueString": "a" }] }),
            &["FHIR-023 Patient.extension[0].url"],
        ),
        (
            json!({ "resourceType": "Patient", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/patient-nationality",
                "extension": [{ "url": "code", "valueCodeableConcept": { "text": "a" } }, { "url": "cod", "valueString": "a" }] }] }),
            &["FHIR-024 Patient.extension[0].extension[1].url"],
        ),
        // Only an element of a Coding may have it.
        (
            json!({ "resourceType": "Patient", "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1 }] }),
            &["FHIR-021 Patient.extension[0]"],
        ),
    ] {
        check(&base, &resource, expected);
    }
}

#[test]
fn contained_resources() {
    let base = Validator::base();
    let organization = |id: &str| json!({ "resourceType": "Organization", "id": id, "name": "見本" });
    let patient = |contained: Value, reference: &str| json!({ "resourceType": "Patient", "contained": contained, "managingOrganization": { "reference": reference } });
    for (resource, expected) in [
        (patient(json!([organization("a")]), "#a"), &[][..]),
        (
            patient(json!([organization("a")]), "#b"),
            &["FHIR-031 Patient.contained[0]", "FHIR-040 Patient.managingOrganization.reference"],
        ),
        (patient(json!([organization("a"), organization("a")]), "#a"), &["FHIR-032 Patient.contained[1]"]),
        (
            patient(
                json!([{ "resourceType": "Organization", "id": "a", "name": "見本", "meta": { "versionId": "1" } }]),
                "#a",
            ),
            &["FHIR-033 Patient.contained[0].meta.versionId"],
        ),
        (patient(json!([{ "resourceType": "Organization", "id": "a" }]), "#a"), &["FHIR-090 Patient.contained[0]"]),
        (
            patient(
                json!([{ "resourceType": "Organization", "id": "a", "name": "見本", "contained": [organization("b")], "partOf": { "reference": "#b" } }]),
                "#a",
            ),
            &["FHIR-030 Patient.contained[0].contained", "FHIR-040 Patient.contained[0].partOf.reference"],
        ),
    ] {
        check(&base, &resource, expected);
    }
}

fn bundle(kind: &str, entries: Value) -> Value {
    json!({ "resourceType": "Bundle", "type": kind, "entry": entries })
}

#[test]
fn references_inside_a_bundle() {
    let base = Validator::base();
    let url = |n: u8| format!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f9a{n:02}");
    let patient = |n: u8| json!({ "fullUrl": url(n), "resource": { "resourceType": "Patient" } });
    let observation = |n: u8, reference: &str| {
        let code = json!({ "text": "見本" });
        json!({ "fullUrl": url(n), "resource": { "resourceType": "Observation", "status": "final", "code": code, "subject": { "reference": reference } } })
    };
    for (resource, expected) in [
        (bundle("collection", json!([patient(1), observation(2, &url(1))])), &[][..]),
        (
            bundle("collection", json!([patient(1), observation(2, &url(3))])),
            &["FHIR-041 Bundle.entry[1].resource.subject.reference"],
        ),
        (
            bundle("collection", json!([patient(1), observation(2, "Patient/9")])),
            &["FHIR-042 Bundle.entry[1].resource.subject.reference"],
        ),
        (
            bundle("collection", json!([patient(1), observation(2, &url(2))])),
            &["FHIR-043 Bundle.entry[1].resource.subject.reference"],
        ),
        (
            bundle("collection", json!([patient(1), patient(1)])),
            &["FHIR-090 Bundle", "FHIR-047 Bundle.entry[1].fullUrl"],
        ),
        (
            bundle(
                "collection",
                json!([{ "fullUrl": url(1).to_uppercase(), "resource": { "resourceType": "Patient" } }]),
            ),
            &["FHIR-048 Bundle.entry[0].fullUrl"],
        ),
        (bundle("collection", json!([{ "resource": { "resourceType": "Patient" } }])), &["FHIR-051 Bundle.entry[0]"]),
        (
            bundle(
                "collection",
                json!([{ "fullUrl": "http://example.org/Patient/a", "resource": { "resourceType": "Patient", "id": "b" } }]),
            ),
            &["FHIR-049 Bundle.entry[0].fullUrl"],
        ),
    ] {
        check(&base, &resource, expected);
    }
}

#[test]
fn a_document_hangs_together() {
    let base = Validator::base();
    let url = |n: u8| format!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f9a{n:02}");
    let document = |author: u8| {
        let composition = json!({
            "resourceType": "Composition", "status": "final", "type": { "text": "見本" }, "date": "2026", "title": "見本",
            "author": [{ "reference": url(author) }]
        });
        let mut bundle = bundle(
            "document",
            json!([
                { "fullUrl": url(1), "resource": composition },
                { "fullUrl": url(2), "resource": { "resourceType": "Practitioner" } },
                { "fullUrl": url(3), "resource": { "resourceType": "Practitioner" } }
            ]),
        );
        bundle["timestamp"] = json!("2026-04-01T00:00:00Z");
        bundle["identifier"] =
            json!({ "system": "urn:ietf:rfc:3986", "value": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f9a00" });
        bundle
    };
    check(&base, &document(2), &["FHIR-046 Bundle.entry[2]"]);
    check(
        &base,
        &document(9),
        &[
            "FHIR-041 Bundle.entry[0].resource.author[0].reference",
            "FHIR-046 Bundle.entry[1]",
            "FHIR-046 Bundle.entry[2]",
        ],
    );
}

#[test]
fn findings_say_what_and_where_in_both_languages() {
    let base = Validator::base();
    let issues = judge(&base, &json!({ "resourceType": "Patient", "birthDate": "2026/4/1" }));
    let [issue] = &issues[..] else { panic!("{issues:?}") };
    assert_eq!(issue.found.as_deref(), Some("2026/4/1"));
    assert!(issue.text(Lang::En).contains("2026-04-01") && issue.text(Lang::Ja).contains("date 型"));
    assert_eq!(issue.origin.as_ref().unwrap().span.end - issue.origin.as_ref().unwrap().span.start, 10);
}

#[test]
fn without_packages_profiles_and_foreign_extensions_are_left_alone() {
    let base = Validator::base();
    let resource = json!({
        "resourceType": "Patient", "meta": { "profile": ["http://example.org/unknown"] },
        "extension": [{ "url": "http://example.org/unknown", "valueString": "a" }]
    });
    check(&base, &resource, &[]);
}

#[test]
fn hostile_input_ends_in_a_finding() {
    let base = Validator::base();
    let options = Options { profile_only: true, ..Options::default() };
    let deep = format!("{}{}", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":".repeat(60), "1");
    let contained = format!("{}{}", "{\"resourceType\":\"Patient\",\"contained\":[".repeat(80), "]}".repeat(80));
    let extensions = format!(
        "{{\"resourceType\":\"Patient\",\"extension\":{}1{}}}",
        "[{\"url\":\"a\",\"extension\":".repeat(100),
        "}]".repeat(100)
    );
    let twice = format!("{{\"resourceType\":\"Patient\"{}}}", ",\"birthDate\":\"x\"".repeat(50_000));
    let unknown = format!("{{\"resourceType\":\"Patient\"{}}}", ",\"x\":1".repeat(50_000));
    let names = format!("{{\"resourceType\":\"Patient\",\"name\":[{}0]}}", "{\"use\":\"x\"},".repeat(50_000));
    for text in [deep, contained, extensions, twice, unknown, names] {
        let report = base.validate(text.as_bytes(), &options);
        assert!(report.has_errors() && report.issues.len() <= options.max_issues, "{}", text.get(..80).unwrap());
    }
}

/// What is the same to the byte is judged once only where nothing was found, and where its bytes alone decide.
#[test]
fn equal_members_of_many_resources_are_each_judged() {
    let validator = Validator::base();
    let entry = |number: u8, members: Value| {
        let mut resource = json!({ "resourceType": "Patient" });
        resource.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        json!({ "fullUrl": format!("urn:uuid:00000000-0000-4000-8000-00000000000{number}"), "resource": resource })
    };
    let bundle = |members: [Value; 3]| {
        let entries: Vec<Value> = members.into_iter().zip(1..).map(|(members, n)| entry(n, members)).collect();
        json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
    };
    let contact =
        |gender: &str| json!({ "contact": [{ "gender": gender, "name": { "text": "the same in all of them" } }] });
    let all = bundle([contact("male"), contact("male"), contact("male")]);
    assert_eq!(found(&validator, &all), [""; 0]);
    let all = bundle([contact("male"), contact("wrong"), contact("wrong")]);
    assert_eq!(
        found(&validator, &all),
        ["FHIR-060 Bundle.entry[1].resource.contact[0].gender", "FHIR-060 Bundle.entry[2].resource.contact[0].gender"]
    );
    // The same reference, but only the first has what it refers to.
    let reference = json!({ "reference": "#organization-of-the-patient" });
    let contained = json!([{ "resourceType": "Organization", "id": "organization-of-the-patient", "name": "a" }]);
    let with = json!({ "contained": contained, "managingOrganization": reference });
    let without = json!({ "managingOrganization": reference });
    assert_eq!(
        found(&validator, &bundle([with.clone(), with, without])),
        ["FHIR-040 Bundle.entry[2].resource.managingOrganization.reference"]
    );
}
