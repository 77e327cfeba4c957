//! Each rule is silent on the valid Bundles and speaks, alone, when its one thing is broken.

use crate::bundles::{ALL, ALLERGY, CONDITION, OBSERVATION, judge, keys, options, parse};
use serde_json::{Value, json};
use std::collections::HashSet;
use tsugite_issue::Severity;
use tsugite_validate::{Options, check};

type Change = fn(&mut Value);

fn set(bundle: &mut Value, path: &str, value: Value) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    match bundle.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(members) => {
            members.insert(key.to_owned(), value);
        }
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{parent} is {other}"),
    }
}

fn remove(bundle: &mut Value, path: &str) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let gone = match bundle.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(members) => members.shift_remove(key).is_some(),
        Value::Array(items) => {
            items.remove(key.parse().unwrap());
            true
        }
        _ => false,
    };
    assert!(gone, "no {path}");
}

fn push(bundle: &mut Value, path: &str, value: Value) {
    bundle.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")).as_array_mut().unwrap().push(value);
}

/// Copies what stands at `from` to the end of the array `to`.
fn repeat(bundle: &mut Value, from: &str, to: &str) {
    let copy = bundle.pointer(from).unwrap_or_else(|| panic!("no {from}")).clone();
    push(bundle, to, copy);
}

/// The rules that speak, the Bundle that is changed, and how.
type Case = (&'static [&'static str], &'static str, Change);

const CONTENT: &[Case] = &[
    (&["resource-type"], CONDITION, |b| remove(b, "/resourceType")),
    (&["empty-value"], CONDITION, |b| set(b, "/entry/1/resource/note/0/text", json!(""))),
    (&["empty-value"], CONDITION, |b| set(b, "/entry/1/resource/note", json!([]))),
    (&["empty-value"], CONDITION, |b| set(b, "/entry/1/resource/severity", json!({}))),
    (&["null-value"], CONDITION, |b| set(b, "/entry/1/resource/note", json!(null))),
    (&["null-value"], CONDITION, |b| set(b, "/entry/0/resource/name/0/given", json!(["花子", null]))),
    (&["control-character"], CONDITION, |b| set(b, "/entry/1/resource/note/0/text", json!("a\u{1}b"))),
    (&["invisible-character"], CONDITION, |b| set(b, "/entry/1/resource/code/text", json!("見本\n病"))),
    (&["invisible-character"], CONDITION, |b| set(b, "/entry/1/resource/code/text", json!("見本\u{200b}病"))),
    (&["half-width-kana"], CONDITION, |b| set(b, "/entry/1/resource/code/coding/0/display", json!("ﾐﾎﾝ"))),
    (&["half-width-kana"], CONDITION, |b| set(b, "/entry/0/resource/name/1/given/0", json!("ﾊﾅｺ"))),
    (&["half-width-kana"], OBSERVATION, |b| set(b, "/entry/1/resource/contained/1/name/0/text", json!("ﾐﾎﾝ"))),
    (&["full-width-space"], CONDITION, |b| set(b, "/entry/1/resource/code/text", json!("見本　病"))),
    (&["full-width-space"], OBSERVATION, |b| set(b, "/entry/1/resource/contained/1/name/0/text", json!("見　本"))),
    (&["private-use-character"], CONDITION, |b| set(b, "/entry/1/resource/code/text", json!("見本\u{e000}"))),
    (&["machine-dependent-character"], CONDITION, |b| set(b, "/entry/1/resource/code/text", json!("見本①"))),
    (&["machine-dependent-character"], OBSERVATION, |b| {
        set(b, "/entry/2/resource/valueCodeableConcept/text", json!("Ⅲ"));
    }),
];

const BUNDLE: &[Case] = &[
    (&["bundle-type-is-collection"], CONDITION, |b| set(b, "/type", json!("batch"))),
    (&["bundle-type-is-collection"], CONDITION, |b| remove(b, "/type")),
    (&["valid-system-bundleIdenfifier"], CONDITION, |b| set(b, "/identifier/system", json!("http://example.org"))),
    (&["valid-system-bundleIdenfifier"], CONDITION, |b| {
        let one = b["identifier"].clone();
        set(b, "/identifier", json!([one]));
    }),
    (&["valid-value-bundleIdenfifier"], CONDITION, |b| set(b, "/identifier/value", json!("1319999999^2026^a_b"))),
    (&["valid-value-bundleIdenfifier"], CONDITION, |b| set(b, "/identifier/value", json!("1319999999^2046^a"))),
    (&["valid-value-bundleIdenfifier"], CONDITION, |b| set(b, "/identifier/value", json!("1349999999^2026^a"))),
    (&["valid-value-bundleIdenfifier"], CONDITION, |b| set(b, "/identifier/value", json!("131999999^2026^a"))),
    (&["valid-value-bundleIdenfifier"], CONDITION, |b| set(b, "/identifier/value", json!("1319999999^2026^"))),
    (&["valid-value-bundleIdenfifier"], CONDITION, |b| {
        set(b, "/identifier/value", json!(format!("1319999999^2026^{}", "a".repeat(37))));
    }),
    (&["bundle-identifier-year"], CONDITION, |b| set(b, "/identifier/value", json!("1319999999^2027^a"))),
    (&["bundle-timestamp"], CONDITION, |b| set(b, "/timestamp", json!("2026-11-22T13:28:17.239"))),
    (&["bundle-timestamp"], CONDITION, |b| remove(b, "/timestamp")),
    (&["meta-lastUpdated"], CONDITION, |b| remove(b, "/meta/lastUpdated")),
    (&["meta-lastUpdated"], CONDITION, |b| set(b, "/entry/1/resource/meta/lastUpdated", json!("2026-11-22"))),
    (&["milliseconds"], CONDITION, |b| set(b, "/timestamp", json!("2026-11-22T13:28:17+09:00"))),
    (&["milliseconds"], CONDITION, |b| set(b, "/entry/0/resource/meta/lastUpdated", json!("2026-11-22T04:28:17.239Z"))),
    (&["bundle-profile-is-JP-Bundle-CLINS"], CONDITION, |b| remove(b, "/meta/profile")),
    (&["bundle-meta-tag-resourceType-exists"], CONDITION, |b| remove(b, "/meta/tag")),
    (&["bundle-meta-tag-resourceType-valid"], CONDITION, |b| set(b, "/meta/tag/0/code", json!("MedicationRequest"))),
    (&["bundle-meta-tag-resourceType-valid"], CONDITION, |b| repeat(b, "/meta/tag/0", "/meta/tag")),
    (&["mustHaveOneMoreResources-with-designatedResourceType"], CONDITION, |b| remove(b, "/entry/1")),
    (&["only-resources-of-designatedResourceType"], ALLERGY, |b| {
        let condition = parse(CONDITION);
        let mut entry = condition["entry"][1].clone();
        entry["fullUrl"] = json!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a99");
        push(b, "/entry", entry);
    }),
    (&["medicationRequest-never-alone"], CONDITION, |b| set(b, "/entry/1", prescription())),
    (&["only-resources-of-designatedResourceType"], CONDITION, |b| {
        let mut entry = prescription();
        entry["fullUrl"] = json!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a99");
        push(b, "/entry", entry);
    }),
    (&["first-bundle-entry-is-Patient", "only-resources-of-designatedResourceType"], CONDITION, |b| {
        set(b, "/entry/0/resource/resourceType", json!("Person"));
    }),
    (&["one-patient", "all-entries-needs-extension-of-institutionNumber"], CONDITION, |b| {
        repeat(b, "/entry/0", "/entry");
        set(b, "/entry/2/fullUrl", json!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a99"));
    }),
    (&["patients-profile-is-JP-Patient-eCS"], CONDITION, |b| remove(b, "/entry/0/resource/meta/profile")),
    (&["validEntryProfile-Condition"], CONDITION, |b| remove(b, "/entry/1/resource/meta/profile")),
    (&["validEntryProfile-AllergyIntolerance"], ALLERGY, |b| {
        set(b, "/entry/1/resource/meta/profile/0", json!("http://example.org"));
    }),
    (&["validEntryProfile-ObservationLabResult"], OBSERVATION, |b| {
        push(b, "/entry/1/resource/meta/profile", json!("http://example.org|1"));
    }),
    (&["medicationRequest-never-alone", "validEntryProfile-MedicationRequest"], CONDITION, |b| {
        set(b, "/entry/1", prescription());
        remove(b, "/entry/1/resource/meta/profile");
    }),
    (&["closed-entry"], CONDITION, |b| set(b, "/entry/1/search", json!({"mode": "match"}))),
    (&["closed-entry"], CONDITION, |b| set(b, "/entry/0/link", json!([{"relation": "self", "url": "urn:x"}]))),
    (&["entry-resource"], CONDITION, |b| {
        push(b, "/entry", json!({"fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a99"}));
    }),
    (&["all-entries-needs-extension-of-institutionNumber", "entry-resource", "meta-lastUpdated"], CONDITION, |b| {
        let entry = json!({"fullUrl": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a99", "resource": {"id": "a"}});
        push(b, "/entry", entry);
    }),
    (&["fullUrl-is-uuid"], CONDITION, |b| remove(b, "/entry/1/fullUrl")),
    (&["fullUrl-is-uuid"], CONDITION, |b| set(b, "/entry/1/fullUrl", json!("urn:uuid:1"))),
    (&["fullUrl-is-uuid"], CONDITION, |b| set(b, "/entry/1/fullUrl", json!("http://example.org/Condition/1"))),
    (&["bdl-7"], OBSERVATION, |b| {
        let url = b["entry"][1]["fullUrl"].clone();
        set(b, "/entry/2/fullUrl", url);
    }),
];

fn prescription() -> Value {
    let condition = parse(CONDITION);
    let mut entry = condition["entry"][1].clone();
    let extension = entry["resource"]["extension"][0].clone();
    entry["resource"] = json!({
        "resourceType": "MedicationRequest",
        "meta": {
            "lastUpdated": "2026-11-20T09:00:00.000+09:00",
            "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_MedicationRequest_eCS|1.10.0"]
        },
        "extension": [extension],
        "subject": condition["entry"][1]["resource"]["subject"]
    });
    entry
}

const INSTITUTION: &[Case] = &[
    (&["all-entries-needs-extension-of-institutionNumber"], ALLERGY, |b| remove(b, "/entry/1/resource/extension")),
    (&["all-entries-needs-valid-institutionNumber"], ALLERGY, |b| {
        set(b, "/entry/1/resource/extension/0/valueIdentifier/value", json!("131999999"));
    }),
    (&["all-entries-needs-valid-institutionNumber"], ALLERGY, |b| {
        set(b, "/entry/1/resource/extension/0/valueIdentifier/value", json!("13199999990"));
    }),
    (&["institutionNumber-system"], ALLERGY, |b| {
        set(b, "/entry/1/resource/extension/0/valueIdentifier/system", json!("http://example.org"));
    }),
    (&["institutionNumber-agrees"], ALLERGY, |b| {
        set(b, "/entry/2/resource/extension/0/valueIdentifier/value", json!("1319999998"));
    }),
    (&["institutionNumber-agrees"], ALLERGY, |b| {
        set(b, "/entry/0/resource/identifier/1/system", json!("urn:oid:1.2.392.100495.20.3.51.11319999998"));
    }),
    (&["practitioner-institution-agrees"], OBSERVATION, |b| {
        let system = json!("urn:oid:1.2.392.100495.20.3.41.11319999998");
        set(b, "/entry/1/resource/contained/1/identifier/0/system", system);
    }),
];

const RESOURCE: &[Case] = &[
    (&["reference-to-patient"], CONDITION, |b| {
        set(b, "/entry/1/resource/subject/reference", json!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a77"));
    }),
    (&["reference-to-patient"], ALLERGY, |b| remove(b, "/entry/1/resource/patient")),
    (&["reference-to-patient"], OBSERVATION, |b| {
        set(b, "/entry/3/resource/subject", json!({"display": "見本"}));
    }),
    (&["ref-1"], ALLERGY, |b| set(b, "/entry/1/resource/encounter", json!({"reference": "#nowhere"}))),
    (&["no-outward-reference"], ALLERGY, |b| {
        set(b, "/entry/1/resource/recorder", json!({"reference": "Practitioner/1"}));
    }),
    (&["no-outward-reference"], CONDITION, |b| {
        let url = json!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a77");
        set(b, "/entry/1/resource/contained/0/subject", json!({ "reference": url }));
    }),
    (&["dom-3"], OBSERVATION, |b| set(b, "/entry/1/resource/specimen", json!({"display": "血清"}))),
    (&["contained-id"], ALLERGY, |b| {
        set(b, "/entry/1/resource/contained", json!([{"resourceType": "Location"}]));
    }),
    (&["contained-id"], OBSERVATION, |b| repeat(b, "/entry/1/resource/contained/2", "/entry/1/resource/contained")),
    (&["dom-2"], CONDITION, |b| {
        set(b, "/entry/1/resource/contained/0/meta/lastUpdated", json!("2026-11-20T09:00:00.000+09:00"));
    }),
    (&["dom-2"], CONDITION, |b| {
        set(b, "/entry/1/resource/contained/0/contained", json!([{"resourceType": "Location", "id": "x"}]));
    }),
    (&["resourceIdentifier"], CONDITION, |b| remove(b, "/entry/1/resource/identifier")),
    (&["resourceIdentifier"], ALLERGY, |b| {
        repeat(b, "/entry/1/resource/identifier/0", "/entry/1/resource/identifier");
    }),
    (&["resourceIdentifier"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/identifier/0/system", json!("http://example.org"));
    }),
    (&["flag-allowed"], OBSERVATION, |b| set(b, "/entry/2/resource/meta/tag/0/code", json!("UNINFORMED"))),
    (&["flag-allowed"], ALLERGY, |b| {
        let tag =
            json!([{"system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "UNDELIVERED"}]);
        set(b, "/entry/1/resource/meta/tag", tag);
    }),
    (&["flag-form"], OBSERVATION, |b| set(b, "/entry/2/resource/meta/tag/0/version", json!("1"))),
    (&["flag-form"], OBSERVATION, |b| repeat(b, "/entry/2/resource/meta/tag/0", "/entry/2/resource/meta/tag")),
    (&["date-form"], CONDITION, |b| set(b, "/entry/1/resource/onsetDateTime", json!("2025-2-3"))),
    (&["date-form"], OBSERVATION, |b| set(b, "/entry/1/resource/issued", json!("2026-11-19"))),
    (&["date-form"], OBSERVATION, |b| set(b, "/entry/1/resource/effectiveDateTime", json!("2026-11-31"))),
    (&["future-onset-or-effective"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/effectiveDateTime", json!("2026-11-24"));
    }),
    (&["future-date"], CONDITION, |b| set(b, "/entry/1/resource/recordedDate", json!("2027"))),
    (&["before-birth"], CONDITION, |b| set(b, "/entry/1/resource/onsetDateTime", json!("1959"))),
    (&["encounter-status"], CONDITION, |b| set(b, "/entry/1/resource/contained/0/status", json!("planned"))),
    (&["encounter-class"], CONDITION, |b| remove(b, "/entry/1/resource/contained/0/class/display")),
    (&["encounter-class"], CONDITION, |b| remove(b, "/entry/1/resource/contained/0/class")),
    (&["encounter-class"], CONDITION, |b| {
        set(b, "/entry/1/resource/contained/0/class/system", json!("http://example.org"));
    }),
    (&["ext-1"], CONDITION, |b| {
        push(b, "/entry/1/resource/extension", json!({"url": "http://example.org/e"}));
    }),
    (&["ext-1", "kanjiName-or-kanaName"], CONDITION, |b| {
        remove(b, "/entry/0/resource/name/1");
        remove(b, "/entry/0/resource/name/0/extension/0/valueCode");
    }),
    (&["extension-url"], CONDITION, |b| {
        push(b, "/entry/1/resource/extension", json!({"valueString": "a"}));
    }),
    (&["contained-id", "condition-needs-contained-of-Encounter"], CONDITION, |b| {
        remove(b, "/entry/1/resource/contained/0/resourceType");
    }),
];

const PATIENT: &[Case] = &[
    (&["valid-system-insurance-patientIdentifier"], CONDITION, |b| remove(b, "/entry/0/resource/identifier/0")),
    (&["valid-system-insurance-patientIdentifier"], CONDITION, |b| {
        repeat(b, "/entry/0/resource/identifier/0", "/entry/0/resource/identifier");
    }),
    (&["valid-value-insurance-patientIdentifier"], CONDITION, |b| {
        set(b, "/entry/0/resource/identifier/0/value", json!("999901:１２:３４５:01"));
    }),
    (&["valid-value-insurance-patientIdentifier"], CONDITION, |b| {
        set(b, "/entry/0/resource/identifier/0/value", json!("00999901:１　２:３４５:01"));
    }),
    (&["valid-value-insurance-patientIdentifier"], CONDITION, |b| {
        set(b, "/entry/0/resource/identifier/0/value", json!("00999901:１２:３４５:1"));
    }),
    (&["valid-value-insurance-patientIdentifier"], CONDITION, |b| {
        set(b, "/entry/0/resource/identifier/0/value", json!("00999901:１２:３４５"));
    }),
    (&["insured-id-width"], CONDITION, |b| {
        set(b, "/entry/0/resource/identifier/0/value", json!("00999901:１２:345:01"));
    }),
    (&["valid-system-local-patientID"], CONDITION, |b| {
        set(b, "/entry/0/resource/identifier/1/system", json!("urn:oid:1.2.392.100495.20.3.51.21319999999"));
    }),
    (&["valid-system-local-patientID"], CONDITION, |b| {
        repeat(b, "/entry/0/resource/identifier/1", "/entry/0/resource/identifier");
    }),
    (&["patient-identifier-value"], CONDITION, |b| remove(b, "/entry/0/resource/identifier/1/value")),
    (&["kanjiName-or-kanaName"], CONDITION, |b| {
        remove(b, "/entry/0/resource/name/1");
        remove(b, "/entry/0/resource/name/0/extension");
    }),
    (&["kanjiName-kanaName-donot-contain-ZenkakuKuuhaku"], CONDITION, |b| {
        set(b, "/entry/0/resource/name/0/text", json!("試験　花子"));
    }),
    (&["patient-name-parts"], CONDITION, |b| remove(b, "/entry/0/resource/name/0/family")),
    (&["patient-gender"], CONDITION, |b| remove(b, "/entry/0/resource/gender")),
    (&["patient-gender"], CONDITION, |b| set(b, "/entry/0/resource/gender", json!("F"))),
    (&["patient-birthDate"], CONDITION, |b| remove(b, "/entry/0/resource/birthDate")),
    (&["patient-birthDate"], CONDITION, |b| set(b, "/entry/0/resource/birthDate", json!("1960-02-30"))),
    (&["patient-address"], CONDITION, |b| remove(b, "/entry/0/resource/address")),
    (&["patient-address"], CONDITION, |b| repeat(b, "/entry/0/resource/address/0", "/entry/0/resource/address")),
    (&["patient-address"], CONDITION, |b| set(b, "/entry/0/resource/address", json!([{"city": "見本市"}]))),
];

const CONDITIONS: &[Case] = &[
    (&["condition-medisRecordNo"], CONDITION, |b| remove(b, "/entry/1/resource/code/coding/0")),
    (&["condition-medisRecordNo-form"], CONDITION, |b| {
        set(b, "/entry/1/resource/code/coding/0/code", json!("ABC1"));
    }),
    (&["condition-coding"], CONDITION, |b| remove(b, "/entry/1/resource/code/coding/1/display")),
    (&["condition-coding"], CONDITION, |b| remove(b, "/entry/1/resource/code/coding/0/code")),
    (&["condition-code-text"], CONDITION, |b| remove(b, "/entry/1/resource/code/text")),
    (&["condition-needs-onsetDateTime"], CONDITION, |b| remove(b, "/entry/1/resource/onsetDateTime")),
    (&["condition-clinicalStatus-code"], CONDITION, |b| {
        set(b, "/entry/1/resource/clinicalStatus/coding/0/code", json!("inactive"));
    }),
    (&["condition-status-coding"], CONDITION, |b| remove(b, "/entry/1/resource/clinicalStatus/coding/0/display")),
    (&["condition-status-coding"], CONDITION, |b| {
        set(b, "/entry/1/resource/verificationStatus/coding/0/system", json!("http://example.org"));
    }),
    (&["con-4"], CONDITION, |b| set(b, "/entry/1/resource/clinicalStatus/coding/0/code", json!("active"))),
    (&["condition-needs-abatementDateTime"], CONDITION, |b| remove(b, "/entry/1/resource/abatementDateTime")),
    (&["condition-abatement-type"], CONDITION, |b| {
        remove(b, "/entry/1/resource/abatementDateTime");
        set(b, "/entry/1/resource/abatementString", json!("昨年"));
    }),
    (&["condition-abatement-order"], CONDITION, |b| {
        set(b, "/entry/1/resource/abatementDateTime", json!("2025-01"));
    }),
    (&["condition-verificationStatus"], CONDITION, |b| remove(b, "/entry/1/resource/verificationStatus")),
    (&["condition-confirmed"], CONDITION, |b| {
        set(b, "/entry/1/resource/verificationStatus/coding/0/code", json!("unconfirmed"));
    }),
    (&["condition-category"], CONDITION, |b| remove(b, "/entry/1/resource/category")),
    (&["condition-category-code"], CONDITION, |b| {
        set(b, "/entry/1/resource/category/0/coding/0/code", json!("problem-list-item"));
    }),
    (&["condition-needs-contained-of-Encounter"], CONDITION, |b| {
        let versioned = json!("http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Encounter_eCS|1.10.0");
        set(b, "/entry/1/resource/contained/0/meta/profile/0", versioned);
    }),
    (&["condition-needs-extension-of-Department"], CONDITION, |b| remove(b, "/entry/1/resource/extension/1")),
    (&["condition-needs-encounter"], CONDITION, |b| {
        let reference = b["entry"][1]["resource"]["encounter"].clone();
        remove(b, "/entry/1/resource/encounter");
        set(b, "/entry/1/resource/evidence", json!([{"detail": [reference]}]));
    }),
    (&["con-3", "con-4"], CONDITION, |b| remove(b, "/entry/1/resource/clinicalStatus")),
];

const ALLERGIES: &[Case] = &[
    (&["allergy-coding"], ALLERGY, |b| remove(b, "/entry/1/resource/code/coding")),
    (&["allergy-coding"], ALLERGY, |b| remove(b, "/entry/1/resource/code/coding/0/display")),
    (&["allergy-code-system"], ALLERGY, |b| {
        set(b, "/entry/1/resource/code/coding/0/system", json!("http://example.org"));
    }),
    (&["allergy-code-form"], ALLERGY, |b| {
        set(b, "/entry/2/resource/code/coding/0/code", json!("620000001234"));
    }),
    (&["allergy-code-form"], ALLERGY, |b| {
        let generic = json!("http://jpfhir.jp/fhir/core/CodeSystem/GCM/JP_JfagyMedicationAllergen_CS");
        set(b, "/entry/2/resource/code/coding/0/system", generic);
        set(b, "/entry/2/resource/code/coding/0/code", json!("YCM123456789012"));
    }),
    (&["allergy-code-form", "allergy-family"], ALLERGY, |b| {
        set(b, "/entry/2/resource/code/coding/0/code", json!("D9F000000000"));
    }),
    (&["allergy-dummy-code"], ALLERGY, |b| set(b, "/entry/2/resource/code/coding/0/code", json!("D9M000000001"))),
    (&["allergy-code-text"], ALLERGY, |b| remove(b, "/entry/1/resource/code/text")),
    (&["allergy-status-coding"], ALLERGY, |b| remove(b, "/entry/1/resource/clinicalStatus/coding/0/display")),
    (&["allergy-status-coding"], ALLERGY, |b| {
        set(b, "/entry/1/resource/verificationStatus", json!({"text": "確認済み"}));
    }),
    (&["allergy-status-code"], ALLERGY, |b| {
        set(b, "/entry/1/resource/clinicalStatus/coding/0/code", json!("remission"));
    }),
    (&["ait-1"], ALLERGY, |b| remove(b, "/entry/1/resource/clinicalStatus")),
    (&["ait-2"], ALLERGY, |b| {
        set(b, "/entry/1/resource/verificationStatus/coding/0/code", json!("entered-in-error"));
    }),
    (&["allergy-category"], ALLERGY, |b| push(b, "/entry/1/resource/category", json!("drug"))),
    (&["allergy-category-biologic"], ALLERGY, |b| push(b, "/entry/2/resource/category", json!("biologic"))),
    (&["allergy-family"], ALLERGY, |b| set(b, "/entry/1/resource/category/0", json!("medication"))),
    (&["allergy-family"], ALLERGY, |b| remove(b, "/entry/2/resource/category")),
    (&["allergy-manifestation-text"], ALLERGY, |b| {
        set(b, "/entry/1/resource/reaction/0/manifestation/0", json!({"coding": [{"code": "1"}]}));
    }),
];

const OBSERVATIONS: &[Case] = &[
    (&["observation-status"], OBSERVATION, |b| remove(b, "/entry/1/resource/status")),
    (&["observation-status"], OBSERVATION, |b| set(b, "/entry/1/resource/status", json!("F"))),
    (&["observation-status-unused"], OBSERVATION, |b| set(b, "/entry/1/resource/status", json!("amended"))),
    (&["observation-category"], OBSERVATION, |b| remove(b, "/entry/1/resource/category")),
    (&["observation-category"], OBSERVATION, |b| {
        repeat(b, "/entry/1/resource/category/0", "/entry/1/resource/category");
    }),
    (&["observation-category"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/category/0/coding/0/code", json!("exam"));
    }),
    (&["needs-localCode-observation-laboresult"], OBSERVATION, |b| remove(b, "/entry/1/resource/code/coding/0")),
    (&["localCode-once"], OBSERVATION, |b| {
        repeat(b, "/entry/1/resource/code/coding/0", "/entry/1/resource/code/coding");
    }),
    (&["localCode-form"], OBSERVATION, |b| set(b, "/entry/1/resource/code/coding/0/code", json!("K 001"))),
    (&["localCode-form"], OBSERVATION, |b| set(b, "/entry/1/resource/code/coding/0/code", json!("Ｋ００１"))),
    (&["localCode-display"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/code/coding/0/display", json!("見本 検査"));
    }),
    (&["sharedCode-once"], OBSERVATION, |b| {
        let other = json!({
            "system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_CoreLabo_CS",
            "code": "X", "display": "ALB"
        });
        push(b, "/entry/1/resource/code/coding", other);
    }),
    (&["uncoded-form"], OBSERVATION, |b| {
        set(b, "/entry/3/resource/code/coding/1/code", json!("9999999999999999"));
    }),
    (&["uncoded-form"], OBSERVATION, |b| {
        set(b, "/entry/3/resource/code/coding/1/display", json!("未標準化"));
    }),
    (&["uncoded-beside-shared"], OBSERVATION, |b| {
        repeat(b, "/entry/3/resource/code/coding/1", "/entry/1/resource/code/coding");
    }),
    (&["generalCode-once"], OBSERVATION, |b| {
        for code in ["3A015000001827101", "3A015000001827102"] {
            let system = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits";
            push(b, "/entry/1/resource/code/coding", json!({"system": system, "code": code, "display": "見本"}));
        }
    }),
    (&["standardCode"], OBSERVATION, |b| remove(b, "/entry/1/resource/code/coding/1")),
    (&["observation-coding"], OBSERVATION, |b| remove(b, "/entry/1/resource/code/coding/1/display")),
    (&["observation-coding"], OBSERVATION, |b| remove(b, "/entry/1/resource/code/coding/0/code")),
    (&["observation-code-text"], OBSERVATION, |b| remove(b, "/entry/1/resource/code/text")),
    (&["sharedCode-in-table"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/code/coding/1/code", json!("3A015000001827109"));
    }),
    (&["sharedCode-display"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/code/coding/1/display", json!("見本検査"));
    }),
    (&["observation-effectiveDateTime"], OBSERVATION, |b| remove(b, "/entry/1/resource/effectiveDateTime")),
    (&["observation-needs-performer", "dom-3"], OBSERVATION, |b| remove(b, "/entry/1/resource/performer")),
    (&["observation-needs-contained-of-Practitioner"], OBSERVATION, |b| {
        remove(b, "/entry/1/resource/contained/1/meta");
    }),
    (&["observation-has-no-hasMember"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/hasMember", json!([{"display": "見本"}]));
    }),
    (&["observation-specimen", "dom-3"], OBSERVATION, |b| remove(b, "/entry/1/resource/specimen")),
    (&["obs-6"], OBSERVATION, |b| set(b, "/entry/3/resource/valueString", json!("3.9"))),
    (&["observation-value-or-reason"], OBSERVATION, |b| remove(b, "/entry/3/resource/dataAbsentReason")),
    (&["observation-reason-text"], OBSERVATION, |b| {
        set(b, "/entry/3/resource/dataAbsentReason", json!({"coding": [{"code": "error"}]}));
    }),
    (&["observation-value-type"], OBSERVATION, |b| {
        remove(b, "/entry/2/resource/valueCodeableConcept");
        set(b, "/entry/2/resource/valueBoolean", json!(false));
    }),
    (&["observation-value-type"], OBSERVATION, |b| set(b, "/entry/2/resource/valueString", json!("(-)"))),
    (&["quantity-value"], OBSERVATION, |b| set(b, "/entry/1/resource/valueQuantity/value", json!("3.9"))),
    (&["observation-value-or-reason"], OBSERVATION, |b| remove(b, "/entry/1/resource/valueQuantity/value")),
    (&["qty-3"], OBSERVATION, |b| remove(b, "/entry/1/resource/valueQuantity/system")),
    (&["qty-3"], OBSERVATION, |b| remove(b, "/entry/1/resource/referenceRange/0/high/system")),
    (
        &[
            "quantity-unit",
            "referenceRangeHighUnits-isSameAs-resultValueUnits",
            "referenceRangeLowUnits-isSameAs-resultValueUnits",
        ],
        OBSERVATION,
        |b| remove(b, "/entry/1/resource/valueQuantity/unit"),
    ),
    (&["referenceRange-closed"], OBSERVATION, |b| {
        let extension = json!([{"url": "http://example.org", "valueString": "a"}]);
        set(b, "/entry/1/resource/referenceRange/0/extension", extension);
    }),
    (&["referenceRange-closed"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/referenceRange/0/low/comparator", json!("<"));
    }),
    (&["referenceRange-value"], OBSERVATION, |b| remove(b, "/entry/1/resource/referenceRange/0/low/value")),
    (&["referenceRangeLowUnits-isSameAs-resultValueUnits"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/referenceRange/0/low/unit", json!("mg/dL"));
    }),
    (&["referenceRangeHighUnits-isSameAs-resultValueUnits"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/referenceRange/0/high/code", json!("mg/dL"));
    }),
    (&["check-LTS-MemberOf-infectionLabo"], OBSERVATION, |b| {
        let tag = b["entry"][2]["resource"]["meta"]["tag"].clone();
        set(b, "/entry/1/resource/meta/tag", tag);
    }),
    (&["observation-needs-contained-of-Encounter"], OBSERVATION, |b| {
        push(b, "/entry/1/resource/contained/0/meta/profile", json!("http://example.org"));
    }),
    (&["observation-needs-extension-of-Department"], OBSERVATION, |b| remove(b, "/entry/1/resource/extension/1")),
    (&["observation-needs-encounter", "dom-3"], OBSERVATION, |b| remove(b, "/entry/1/resource/encounter")),
];

fn cases() -> impl Iterator<Item = &'static Case> {
    [CONTENT, BUNDLE, INSTITUTION, RESOURCE, PATIENT, CONDITIONS, ALLERGIES, OBSERVATIONS].into_iter().flatten()
}

#[test]
fn the_valid_bundles_give_nothing_at_all() {
    for bundle in ALL {
        let report = check(bundle.as_bytes(), &Options { require_clins: true, ..options() });
        assert_eq!(keys(&report), <[&str; 0]>::default(), "{:#?}", report.issues);
        assert!(!report.has_errors());
    }
}

#[test]
fn each_rule_speaks_alone() {
    let mut wrong = Vec::new();
    for (number, (expected, bundle, change)) in cases().enumerate() {
        let mut bundle = parse(bundle);
        change(&mut bundle);
        let report = judge(&bundle);
        let found = keys(&report);
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("case {number}: expected {expected:?}, found {found:?}"));
        }
        for issue in &report.issues {
            assert!(issue.path.is_some() && issue.origin.is_some(), "{issue:?} has no place");
            for lang in [tsugite_issue::Lang::Ja, tsugite_issue::Lang::En] {
                assert!(!issue.text(lang).contains('{'), "{} has an unfilled place", issue.code());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let covered: HashSet<&str> = cases().flat_map(|(keys, ..)| keys.iter().copied()).collect();
    let missing: Vec<&str> = tsugite_validate::strict::RULES
        .iter()
        .map(|rule| rule.key)
        // This one has a test of its own below.
        .filter(|&key| key != "clins-bundle" && !covered.contains(key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_gate_demands_a_bundle() {
    let patient = parse(CONDITION)["entry"][0]["resource"].to_string();
    let gate = Options { require_clins: true, ..options() };
    assert_eq!(keys(&check(patient.as_bytes(), &gate)), ["clins-bundle"]);
    assert_eq!(keys(&check(patient.as_bytes(), &options())), <[&str; 0]>::default());
    // Without the demand a Bundle that claims nothing is nothing to us.
    let other = br#"{"resourceType":"Bundle","type":"collection"}"#;
    assert_eq!(keys(&check(other, &options())), <[&str; 0]>::default());
    assert!(check(other, &gate).has_errors());
}

#[test]
fn what_holds_only_in_bundles_is_not_asked_of_single_resources() {
    let mut condition = parse(CONDITION)["entry"][1]["resource"].clone();
    for element in ["encounter", "contained", "onsetDateTime", "abatementDateTime", "extension"] {
        condition.as_object_mut().unwrap().shift_remove(element).unwrap();
    }
    assert_eq!(keys(&judge(&condition)), <[&str; 0]>::default());
    condition["code"]["coding"].as_array_mut().unwrap().remove(0);
    assert_eq!(keys(&judge(&condition)), ["condition-medisRecordNo"]);
    // Without the claim it is any Condition.
    condition["meta"].as_object_mut().unwrap().shift_remove("profile").unwrap();
    assert_eq!(keys(&judge(&condition)), <[&str; 0]>::default());
}

#[test]
fn the_future_begins_the_day_after_tomorrow_and_only_with_a_clock() {
    for (day, future) in
        [("2026-11-23", false), ("2026-11-23T23:59:59+09:00", false), ("2026-11-24", true), ("2026", false)]
    {
        let mut bundle = parse(OBSERVATION);
        set(&mut bundle, "/entry/1/resource/effectiveDateTime", json!(day));
        let found = keys(&judge(&bundle));
        assert_eq!(found.contains(&"future-onset-or-effective"), future, "{day}: {found:?}");
        let text = bundle.to_string();
        assert_eq!(keys(&check(text.as_bytes(), &Options::default())), <[&str; 0]>::default());
    }
}

#[test]
fn severities_follow_what_the_centre_is_known_to_refuse() {
    let warnings: HashSet<&str> = tsugite_validate::strict::RULES
        .iter()
        .filter(|rule| rule.definition.severity == Severity::Warning)
        .map(|rule| rule.key)
        .collect();
    for key in
        ["half-width-kana", "localCode-form", "insured-id-width", "practitioner-institution-agrees", "before-birth"]
    {
        assert!(warnings.contains(key), "{key}");
    }
    for key in ["institutionNumber-agrees", "sharedCode-once", "uncoded-beside-shared", "future-onset-or-effective"] {
        assert!(!warnings.contains(key), "{key}");
    }
}
