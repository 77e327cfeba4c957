//! What entries have in common, patients, conditions and allergies.

use super::{Case, push, remove, repeat, set};
use crate::bundles::{ALLERGY, CONDITION, OBSERVATION};
use serde_json::json;

pub const RESOURCE: &[Case] = &[
    (&["extension-once"], CONDITION, |b| repeat(b, "/entry/1/resource/extension/0", "/entry/1/resource/extension")),
    (&["extension-once"], CONDITION, |b| repeat(b, "/entry/1/resource/extension/1", "/entry/1/resource/extension")),
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

pub const PATIENT: &[Case] = &[
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

pub const CONDITIONS: &[Case] = &[
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

pub const ALLERGIES: &[Case] = &[
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
