//! Where a finding says it is.

use crate::bundles::{CONDITION, options, parse};
use serde_json::json;
use std::sync::Arc;
use tsugite_issue::{Address, Digest, InputName};
use tsugite_validate::{Memory, Options, check, check_in};

#[test]
fn path_line_column_span_and_found() {
    let text = CONDITION.replace("\"text\": \"見本病\"", "\"text\": \"ﾐﾎﾝ病\"");
    let input = Arc::new(InputName { path: "a.json".into(), digest: Digest::default() });
    let report = check(text.as_bytes(), &Options { input: Some(Arc::clone(&input)), ..options() });
    let issue = &report.issues[0];
    assert_eq!(report.issues.len(), 1);
    assert_eq!(issue.path.as_deref(), Some("Bundle.entry[1].resource.code.text"));
    assert_eq!(issue.found.as_deref(), Some("ﾐﾎﾝ病"));
    let origin = issue.origin.as_ref().unwrap();
    assert_eq!(origin.input, input);
    let [start, end] = [origin.span.start, origin.span.end].map(|at| usize::try_from(at).unwrap());
    assert_eq!(&text[start..end], "\"ﾐﾎﾝ病\"");
    let line = text[..start].matches('\n').count() + 1;
    let column = text[..start].lines().last().unwrap().chars().count() + 1;
    let expected = Address::Position { line: u32::try_from(line).unwrap(), column: u32::try_from(column).unwrap() };
    assert_eq!(origin.address, expected);
}

#[test]
fn what_is_missing_is_placed_in_its_parent() {
    let mut bundle = parse(CONDITION);
    bundle["entry"][1]["resource"]["code"].as_object_mut().unwrap().shift_remove("text");
    bundle["entry"][0]["resource"]["gender"] = json!("F");
    let report = check(bundle.to_string().as_bytes(), &options());
    let paths: Vec<&str> = report.issues.iter().map(|i| i.path.as_deref().unwrap()).collect();
    assert_eq!(paths, ["Bundle.entry[0].resource.gender", "Bundle.entry[1].resource.code.text"]);
}

#[test]
fn issues_beyond_the_limit_are_counted() {
    let text = format!("{{\"resourceType\":\"List\",\"x\":[{}\"a\"]}}", "\"\",".repeat(500));
    let report = check(text.as_bytes(), &Options { max_issues: 10, ..Options::default() });
    assert_eq!((report.issues.len(), report.omitted), (10, 490));
    assert_eq!(report.count(tsugite_issue::Severity::Error), 500);
    let report = check(text.as_bytes(), &Options { max_issues: 0, ..Options::default() });
    assert!(report.has_errors() && report.issues.is_empty());
}

#[test]
fn memory_that_was_used_gives_the_same_answers() {
    let mut memory = Memory::default();
    for text in [CONDITION, "[1,", crate::bundles::OBSERVATION, "{}", CONDITION] {
        let used = check_in(&mut memory, text.as_bytes(), &options());
        assert_eq!(used.issues, check(text.as_bytes(), &options()).issues);
    }
}
