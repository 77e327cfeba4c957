use crate::clinic::{Clinic, food, gastritis, result};
use serde_json::{Value, json};
use tsugite_clinical::policy::Institution;

#[test]
fn the_bundle_is_written_as_the_profile_asks() {
    let mut clinic = Clinic::default();
    clinic.as_of = "20261122132817239";
    let reported = clinic.allergy(food("ソバ")).report();
    let bundle = reported.bundle();
    let clock = "2026-11-22T13:28:17.239+09:00";
    assert_eq!(
        bundle["meta"],
        json!({
            "lastUpdated": clock,
            "profile": ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"],
            "tag": [{"system": "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS", "code": "AllergyIntolerance"}]
        })
    );
    assert_eq!(bundle["timestamp"], clock);
    assert_eq!(bundle["type"], "collection");
    assert_eq!(bundle["identifier"]["system"], "http://jpfhir.jp/fhir/clins/bundle-identifier");
    assert_eq!(bundle["identifier"]["value"], *reported.outcome.built[0].bundle_id);
    let local = reported.outcome.built[0].bundle_id.rsplit('^').next().unwrap();
    assert!(local.len() == 36 && local.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'));
}

#[test]
fn a_trial_run_says_so_in_every_bundle() {
    let mut clinic = Clinic::default();
    clinic.institution = Institution::trial();
    let (mut lab, standard) = result("1", "20261120", "ALB", "4");
    lab.care = Default::default();
    let reported = clinic.lab((lab, standard)).report();
    let bundle = reported.bundle();
    assert_eq!(bundle["meta"]["tag"][1]["code"], "trial");
    let observation = reported.resource();
    assert_eq!(observation["extension"][0]["valueIdentifier"]["value"], "0019999999");
    assert_eq!(observation["extension"][1]["valueCodeableConcept"]["text"], "未設定");
    assert_eq!(observation["contained"][2]["name"][0]["text"], "未設定");
}

#[test]
fn every_entry_has_profile_time_institution_and_a_url_of_its_own() {
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis()).allergy(food("ソバ"));
    for test in ["ALB", "TP", "CRP"] {
        clinic.lab(result("1", "20261120", test, "4"));
    }
    let reported = clinic.report();
    let mut urls = Vec::new();
    for index in 0..reported.outcome.built.len() {
        for entry in reported.bundle_of(index)["entry"].as_array().unwrap() {
            let resource = &entry["resource"];
            assert!(resource["meta"]["profile"][0].is_string() && resource["meta"]["lastUpdated"].is_string());
            let institution = resource["extension"][0]["valueIdentifier"]["value"].as_str();
            assert_eq!(institution, Some("1319999999"));
            // Base R4 dom-4: a contained resource has no lastUpdated.
            let contained = resource["contained"].as_array().into_iter().flatten();
            contained.for_each(|part| assert_eq!(part["meta"].get("lastUpdated"), None));
            urls.push(entry["fullUrl"].to_string());
        }
    }
    let all = urls.len();
    urls.sort();
    urls.dedup();
    assert_eq!((all, urls.len()), (8, 8));
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let clinic = || {
        let mut clinic = Clinic::default();
        clinic.diagnosis(gastritis()).allergy(food("ソバ")).lab(result("1", "20261120", "ALB", "4"));
        let built = clinic.report().outcome.built;
        built.into_iter().map(|unit| unit.bytes).collect::<Vec<_>>()
    };
    assert_eq!(clinic(), clinic());
}

#[test]
fn full_urls_are_new_at_every_issue_only_where_that_is_set() {
    let urls = |fresh: bool, day: &'static str| {
        let mut clinic = Clinic::default();
        clinic.policy.bundle.fresh_fullurl = fresh;
        clinic.as_of = day;
        clinic.diagnosis(gastritis());
        let bundle = clinic.report().bundle();
        let entries = bundle["entry"].as_array().unwrap();
        entries.iter().map(|entry| entry["fullUrl"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(urls(false, "20261122"), urls(false, "20261123"));
    let (one, other) = (urls(true, "20261122"), urls(true, "20261123"));
    assert!(one.iter().zip(&other).all(|(one, other)| one != other));
    assert_eq!(one, urls(true, "20261122"));
}

#[test]
fn nothing_is_empty_or_null() {
    fn walk(value: &Value) {
        match value {
            Value::Null => panic!("null"),
            Value::String(text) => assert!(!text.trim().is_empty()),
            Value::Array(items) => {
                assert!(!items.is_empty());
                items.iter().for_each(walk);
            }
            Value::Object(fields) => {
                assert!(!fields.is_empty());
                fields.values().for_each(walk);
            }
            Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis()).allergy(food("ソバ")).lab(result("1", "20261120", "ALB", "4"));
    let reported = clinic.report();
    (0..reported.outcome.built.len()).for_each(|index| walk(&reported.bundle_of(index)));
}
