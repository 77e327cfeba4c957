//! Packages that cannot be used, and what resources say about theirs.

use super::{PROFILE, archive, description, found, judge, load, profile};
use serde_json::json;
use tsugite_issue::Lang;
use tsugite_validate::{Options, Validator};

fn sample() -> serde_json::Value {
    profile(
        "Patient",
        json!([{ "id": "Patient.gender", "min": 1, "max": "1", "base": { "path": "Patient.gender", "min": 0, "max": "1" }, "type": [{ "code": "code" }] }]),
    )
}

fn codes(file: &[u8]) -> Vec<&'static str> {
    Validator::load([("sample.tgz", file)].into_iter()).1.iter().map(|i| i.code()).collect()
}

#[test]
fn what_cannot_be_used_is_said() {
    assert_eq!(codes(b"no archive"), ["FHIR-100"]);
    assert_eq!(codes(b""), ["FHIR-100"]);
    let whole = archive(&description(), &[sample()]);
    assert_eq!(codes(&whole), [""; 0]);
    for cut in [10, whole.len() / 2, whole.len() - 9] {
        assert_eq!(codes(&whole[..cut]), ["FHIR-100"], "{cut} bytes");
    }
    let other = json!({ "name": "sample.r5", "version": "1", "fhirVersions": ["5.0.0"] });
    assert_eq!(codes(&archive(&other, &[sample()])), ["FHIR-104"]);
    let mut differential = sample();
    differential["snapshot"].take();
    differential.as_object_mut().unwrap().remove("snapshot");
    assert_eq!(codes(&archive(&description(), &[differential])), ["FHIR-101"]);
    let mut nameless = sample();
    nameless.as_object_mut().unwrap().remove("url");
    assert_eq!(codes(&archive(&description(), &[nameless, sample()])), ["FHIR-102"]);
}

#[test]
fn an_invariant_beyond_the_evaluator_is_loud() {
    let mut odd = sample();
    odd["snapshot"]["element"][0]["constraint"] =
        json!([{ "key": "odd-1", "severity": "error", "human": "x", "expression": "name.telepathy()" }]);
    let file = archive(&description(), &[odd]);
    let (validator, issues) = Validator::load([("sample.tgz", file)].into_iter());
    assert_eq!(issues.iter().map(|i| i.code()).collect::<Vec<_>>(), ["FHIR-103"]);
    assert!(issues[0].text(Lang::En).contains("odd-1") && issues[0].text(Lang::En).contains("telepathy"));
    assert_eq!(Validator::from_cache(validator.to_cache()).unwrap().uncheckable(), issues);
}

#[test]
fn a_cache_is_read_back_or_refused() {
    let validator = load(&[sample()]);
    let cache = validator.to_cache();
    let again = Validator::from_cache(cache).unwrap();
    assert_eq!(again.packages().collect::<Vec<_>>(), [("sample.r4", "1.0.0")]);
    let resource = json!({ "resourceType": "Patient", "meta": { "profile": [PROFILE] } });
    assert_eq!(judge(&again, &resource), judge(&validator, &resource));
    for end in 0..cache.len() {
        assert!(Validator::from_cache(&cache[..end]).is_none(), "{end}");
    }
}

#[test]
fn profiles_that_are_named_wrongly() {
    let validator = load(&[sample()]);
    let named = |url: &str| json!({ "resourceType": "Patient", "gender": "male", "meta": { "profile": [url] } });
    assert_eq!(found(&validator, &named(PROFILE)), [""; 0]);
    assert_eq!(found(&validator, &named(&format!("{PROFILE}|1.0.0"))), [""; 0]);
    assert_eq!(found(&validator, &named(&format!("{PROFILE}|9"))), ["FHIR-071 Patient.meta.profile[0]"]);
    let typo = judge(&validator, &named("http://example.org/StructureDefinition/sampel"));
    assert_eq!(typo[0].code(), "FHIR-070");
    assert!(typo[0].remedy(Lang::En).contains(PROFILE), "{}", typo[0].remedy(Lang::En));
    let missing = judge(&validator, &named("http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"));
    assert!(missing[0].remedy(Lang::Ja).contains("jp-eCSCLINS.r4"), "{}", missing[0].remedy(Lang::Ja));
    let wrong = json!({ "resourceType": "Basic", "code": { "text": "a" }, "meta": { "profile": [PROFILE] } });
    assert_eq!(found(&validator, &wrong), ["FHIR-072 Basic.meta.profile[0]"]);
}

#[test]
fn a_given_profile_replaces_the_named_ones() {
    let validator = load(&[sample()]);
    let profiles = [PROFILE.to_owned()];
    let options = Options { profiles: &profiles, profile_only: true, ..Options::default() };
    let report = validator.validate(br#"{"resourceType":"Patient"}"#, &options);
    assert_eq!(report.issues.iter().map(|i| i.code()).collect::<Vec<_>>(), ["FHIR-009"]);
}

#[test]
fn one_validator_serves_many_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&load(&[sample()]));
}
