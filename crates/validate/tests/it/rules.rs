//! Each rule is silent on the valid Bundles and speaks, alone, when its one thing is broken.

use crate::bundles::{ALL, CONDITION, OBSERVATION, judge, keys, options, parse};
use crate::cases;
use serde_json::json;
use std::collections::HashSet;
use tsugite_issue::Severity;
use tsugite_validate::{Options, check};

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
    for (number, (expected, bundle, change)) in cases::all().enumerate() {
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
    let covered: HashSet<&str> = cases::all().flat_map(|(keys, ..)| keys.iter().copied()).collect();
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
    condition["subject"] = json!({"display": "見本"});
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
        cases::set(&mut bundle, "/entry/1/resource/effectiveDateTime", json!(day));
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
