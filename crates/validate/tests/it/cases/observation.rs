//! Laboratory results.

use super::{Case, push, remove, repeat, set};
use crate::bundles::OBSERVATION;
use serde_json::json;

pub const OBSERVATIONS: &[Case] = &[
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
    (&["uncoded-once"], OBSERVATION, |b| {
        repeat(b, "/entry/3/resource/code/coding/1", "/entry/3/resource/code/coding");
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
    (&["sharedCode-designation"], OBSERVATION, |b| {
        set(b, "/entry/1/resource/code/coding/1/display", json!("アルブミン"));
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
