//! The wrong and the right example of each code, where the table says that they stand.

use crate::bundles::{ALL, CONDITION, options, parse};
use crate::profiles::newest;
use serde_json::Value;
use std::collections::BTreeSet;
use tsugite_issue::Lang;
use tsugite_validate::issues::{self, Example, example};
use tsugite_validate::strict::RULES;
use tsugite_validate::{Options, Report, Validator, check, reference};

/// Puts the members of the snippet in the place of those that either snippet shows.
fn in_context(example: &Example, snippet: &str) -> String {
    if example.at.is_empty() {
        return snippet.to_owned();
    }
    let (kind, steps) = example.at.split_once('.').unwrap_or((example.at, ""));
    let type_of = |value: &Value| value["resourceType"] == kind;
    let bundles = ALL.iter().map(|text| parse(text));
    let holds = |bundle: &Value| bundle["entry"].as_array().unwrap().iter().any(|e| type_of(&e["resource"]));
    let mut bundle = if kind == "Bundle" { parse(CONDITION) } else { bundles.into_iter().find(holds).unwrap() };
    let mut place = if kind == "Bundle" {
        &mut bundle
    } else {
        let entries = bundle["entry"].as_array_mut().unwrap();
        &mut entries.iter_mut().find(|e| type_of(&e["resource"])).unwrap()["resource"]
    };
    for step in steps.split('.').filter(|step| !step.is_empty()) {
        let (name, index) = step.split_once('[').unwrap_or((step, ""));
        place = &mut place[name];
        if let Some(index) = index.strip_suffix(']') {
            place = &mut place[index.parse::<usize>().unwrap()];
        }
    }
    let members = place.as_object_mut().unwrap_or_else(|| panic!("{}: {} is no object", example.code, example.at));
    for shown in [example.wrong, example.right] {
        for name in parse(shown).as_object().unwrap().keys() {
            members.shift_remove(name);
        }
    }
    // One value[x] takes the place of another, and so does the reason why there is none; its range goes with it.
    let shown = parse(snippet);
    if shown.as_object().unwrap().keys().any(|name| name.starts_with("value") || name == "dataAbsentReason") {
        members.retain(|name, _| !name.starts_with("value") && name != "referenceRange");
    }
    members.extend(shown.as_object().unwrap().clone());
    bundle.to_string()
}

fn codes(report: &Report) -> BTreeSet<&'static str> {
    report.issues.iter().map(|i| i.code()).collect()
}

/// What is wrong with an example, given what is found in its two snippets.
fn judge(example: &Example, run: impl Fn(&str) -> Report) -> Option<String> {
    let (wrong, right) =
        (codes(&run(&in_context(example, example.wrong))), codes(&run(&in_context(example, example.right))));
    let holds = wrong.contains(example.code) && !right.contains(example.code);
    (!holds).then(|| format!("{} wrong {wrong:?} right {right:?}", example.code))
}

#[test]
fn every_strict_rule_has_a_wrong_and_a_right_example() {
    let mut faults = Vec::new();
    for rule in RULES {
        let Some(example) = rule.example() else {
            faults.push(format!("{} has no example", rule.key));
            continue;
        };
        let options = Options { require_clins: rule.key == "clins-bundle", ..options() };
        let run = |text: &str| check(text.as_bytes(), &options);
        faults.extend(judge(example, run));
        // What is right is right in every other way too, unless entries are only hinted at.
        let right = run(&in_context(example, example.right));
        let whole = !example.right.contains("\"entry\"") && !options.require_clins;
        if whole && !codes(&right).is_empty() {
            faults.push(format!("{}: the right example gives {:?}", rule.key, codes(&right)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn examples_of_syntax_and_base_r4() {
    let base = Validator::base();
    let options = Options { profile_only: true, unchecked: true, ..Options::default() };
    let faults: Vec<String> = issues::ALL
        .iter()
        .filter_map(|definition| example(definition.code))
        .filter(|e| !e.code.starts_with("STRICT-") && !needs_packages(e.code))
        .filter_map(|e| judge(e, |text| base.validate(text.as_bytes(), &options)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is said of profiles, and of extensions that no package defines.
fn needs_packages(code: &str) -> bool {
    matches!(code, "FHIR-020" | "FHIR-025" | "FHIR-026") || code.starts_with("FHIR-07") || code.starts_with("FHIR-08")
}

#[test]
fn examples_of_profiles() {
    let Some(validator) = newest() else {
        return;
    };
    let options = Options { profile_only: true, ..Options::default() };
    let faults: Vec<String> = issues::ALL
        .iter()
        .filter_map(|definition| example(definition.code))
        .filter(|e| needs_packages(e.code))
        .filter_map(|e| judge(e, |text| validator.validate(text.as_bytes(), &options)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The reference as it is checked in; `SNAPSHOTS=overwrite` writes it anew.
#[test]
fn the_reference_is_current() {
    for (file, lang) in [("RULES.md", Lang::Ja), ("RULES.en.md", Lang::En)] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = reference(lang);
        if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        assert!(kept == text, "{file} is out of date: run this test with SNAPSHOTS=overwrite");
        for definition in issues::ALL {
            assert!(text.contains(&format!("### {} ", definition.code)), "{} is not in {file}", definition.code);
        }
    }
}
