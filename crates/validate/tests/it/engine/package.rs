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
    assert_eq!(typo[0].code(), "FHIR-079");
    assert!(typo[0].remedy(Lang::En).contains(PROFILE), "{}", typo[0].remedy(Lang::En));
    let missing = judge(&validator, &named("http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"));
    assert_eq!(missing[0].code(), "FHIR-080");
    let remedy = missing[0].remedy(Lang::Ja);
    assert!(remedy.contains("jp-eCSCLINS.r4") && remedy.contains("tsugite ig add"), "{remedy}");
    let unknown = judge(&validator, &named("http://example.com/somewhere/else"));
    assert_eq!(unknown[0].code(), "FHIR-070");
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

#[test]
fn packages_that_are_missing_are_named_also_from_the_cache() {
    let dependent = json!({
        "name": "sample.r4", "version": "1.0.0", "fhirVersions": ["4.0.1"],
        "dependencies": { "hl7.fhir.r4.core": "4.0.1", "other.r4": "2.0.0" }
    });
    let mut patient = sample();
    patient["snapshot"]["element"].as_array_mut().unwrap().push(json!({
        "id": "Patient.managingOrganization", "path": "Patient.managingOrganization", "min": 0, "max": "1",
        "base": { "path": "Patient.managingOrganization", "min": 0, "max": "1" },
        "type": [{ "code": "Reference",
            "targetProfile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_Organization"] }]
    }));
    let mut nameless = sample();
    nameless.as_object_mut().unwrap().remove("url");
    let file = archive(&dependent, &[patient, nameless]);
    let (validator, issues) = Validator::load([("sample.tgz", &file)].into_iter());
    assert_eq!(issues.iter().map(|i| i.code()).collect::<Vec<_>>(), ["FHIR-102", "FHIR-105", "FHIR-106"]);
    assert!(issues[1].remedy(Lang::Ja).contains("other.r4#2.0.0"), "{}", issues[1].remedy(Lang::Ja));
    assert!(issues[2].remedy(Lang::En).contains("jp-core.r4"), "{}", issues[2].remedy(Lang::En));
    assert_eq!(Validator::from_cache(validator.to_cache()).unwrap().package_issues(), issues);

    let other = |version: &str| archive(&json!({ "name": "other.r4", "version": version }), &[]);
    let codes = |version: &str| {
        let files = [("sample.tgz", file.clone()), ("other.tgz", other(version))];
        let issues = Validator::load(files.into_iter()).1;
        issues.iter().map(|i| format!("{} {}", i.code(), i.text(Lang::En))).collect::<Vec<_>>()
    };
    assert!(codes("1.0.0")[1].ends_with("other.r4#2.0.0, which is not installed (installed versions: 1.0.0)"));
    assert!(!codes("2.0.0").iter().any(|c| c.starts_with("FHIR-105")));
}

/// Two versions of one package: the sample wants a gender in the old one, a birth date in the new one.
fn two_versions() -> Validator {
    let element = |name: &str, kind: &str| {
        let path = format!("Patient.{name}");
        let mut of = profile(
            "Patient",
            json!([{ "id": path, "min": 1, "max": "1", "base": { "path": path, "min": 0, "max": "1" }, "type": [{ "code": kind }] }]),
        );
        of["version"] = json!(if name == "gender" { "1.0.0" } else { "2.0.0" });
        of
    };
    let old = archive(&description(), &[element("gender", "code")]);
    let new = json!({ "name": "sample.r4", "version": "2.0.0", "fhirVersions": ["4.0.1"] });
    let new = archive(&new, &[element("birthDate", "date")]);
    let (validator, issues) = Validator::load([("new.tgz", new), ("old.tgz", old)].into_iter());
    assert_eq!(issues, []);
    validator
}

#[test]
fn two_versions_side_by_side() {
    let validator = two_versions();
    assert_eq!(validator.packages().collect::<Vec<_>>(), [("sample.r4", "1.0.0"), ("sample.r4", "2.0.0")]);
    let named = |profiles: &[&str]| json!({ "resourceType": "Patient", "meta": { "profile": profiles } });
    let (old, new) = (format!("{PROFILE}|1.0.0"), format!("{PROFILE}|2.0.0"));
    assert_eq!(found(&validator, &named(&[&old])), ["FHIR-009 Patient.gender"]);
    assert_eq!(found(&validator, &named(&[&new])), ["FHIR-009 Patient.birthDate"]);
    // One that names both must keep both.
    assert_eq!(found(&validator, &named(&[&old, &new])), ["FHIR-009 Patient.gender", "FHIR-009 Patient.birthDate"]);
    // One that names neither is held against the newest, and that is said.
    let open = judge(&validator, &named(&[PROFILE]));
    assert_eq!(open.iter().map(|i| i.code()).collect::<Vec<_>>(), ["FHIR-009", "FHIR-081"]);
    let text = open[1].text(Lang::En);
    assert!(text.contains("sample.r4#1.0.0, sample.r4#2.0.0") && text.ends_with(&format!("{PROFILE}|2.0.0")), "{text}");
    assert!(!judge(&validator, &named(&[&old])).iter().any(|i| i.code() == "FHIR-081"));
}

#[test]
fn a_package_that_comes_twice_is_one() {
    let file = archive(&description(), &[sample()]);
    let (validator, issues) = Validator::load([("a.tgz", &file), ("b.tgz", &file)].into_iter());
    assert_eq!(issues, []);
    assert_eq!(validator.packages().count(), 1);
}
