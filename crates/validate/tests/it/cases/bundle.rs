//! Content, the Bundle itself, and the institution number.

use super::{Case, push, remove, repeat, set};
use crate::bundles::{ALLERGY, CONDITION, OBSERVATION, parse};
use serde_json::{Value, json};

pub const CONTENT: &[Case] = &[
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

pub const BUNDLE: &[Case] = &[
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

pub const DOCUMENT: &[Case] = &[
    (&["section-empty"], CONDITION, |b| *b = document("<div>特記事項なし。</div>")),
    (&["section-empty"], CONDITION, |b| {
        *b = document("<div>見本病</div>");
        set(b, "/entry/0/resource/section/0/section/0/emptyReason", json!({"text": "不明"}));
    }),
];

/// A document with a section in a section; none of the rules of JP_Bundle_CLINS holds for it.
fn document(div: &str) -> Value {
    let entry = json!({"reference": "urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a02"});
    let inner = json!({"text": {"status": "generated", "div": div}, "entry": [entry]});
    let composition = json!({"resourceType": "Composition", "section": [{"section": [inner]}]});
    json!({"resourceType": "Bundle", "type": "document", "entry": [{"resource": composition}]})
}

pub const INSTITUTION: &[Case] = &[
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
