//! Input that means harm: a clear finding, bounded memory, bounded time.

use std::fmt::Write as _;
use tsugite_issue::Severity;
use tsugite_validate::{Limits, Options, check};

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    check(bytes, &Options::default()).issues.iter().map(|i| i.code()).collect()
}

#[test]
fn each_has_its_finding() {
    let deep = "[".repeat(100_000);
    let number = r#"{"resourceType":"Basic","x":1e999999}"#;
    let surrogate = r#"{"resourceType":"Basic","x":"\ud800"}"#;
    let twice = r#"{"resourceType":"Basic","id":"a","id":"b"}"#;
    for (bytes, code) in [
        (deep.as_bytes(), "JSON-005"),
        (number.as_bytes(), "JSON-010"),
        (surrogate.as_bytes(), "JSON-013"),
        (twice.as_bytes(), "JSON-015"),
        (b"{\"resourceType\":\"\x83\x65\"}".as_slice(), "JSON-002"),
        ("\u{feff}{\"resourceType\":\"Basic\"}".as_bytes(), "JSON-003"),
        (b"".as_slice(), "JSON-001"),
        (b"\0\0\0".as_slice(), "JSON-007"),
        (b"[NaN]".as_slice(), "JSON-008"),
        (b"{\"resourceType\":\"Basic\"}{}".as_slice(), "JSON-016"),
    ] {
        assert_eq!(codes(bytes), [code]);
    }
}

#[test]
fn what_is_found_is_cut_short() {
    let long = format!(r#"{{"resourceType":"Basic","{}":"a{}"}}"#, "display", "ｱ".repeat(100_000));
    let report = check(long.as_bytes(), &Options::default());
    assert_eq!(report.issues[0].code(), "STRICT-012");
    assert_eq!(report.issues[0].found.as_ref().unwrap().chars().count(), 121);
}

#[test]
fn a_large_string_and_a_size_limit() {
    let large = format!(r#"{{"resourceType":"Basic","x":"{}"}}"#, "あ\\n".repeat(4 << 20));
    assert_eq!(codes(large.as_bytes()), <[&str; 0]>::default());
    let limits = Limits { max_size: 1 << 20, ..Limits::default() };
    let report = check(large.as_bytes(), &Options { limits, ..Options::default() });
    assert_eq!(report.issues[0].code(), "JSON-004");
}

/// Each is as large as the rules let it be; a rule that compared everything with everything would take minutes.
#[test]
fn large_bundles_take_linear_time() {
    let head = r#"{"resourceType":"Bundle","meta":{"profile":["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS"]},"entry":["#;
    let many = 40_000;
    let join = |item: &dyn Fn(usize) -> String| (0..many).map(item).collect::<Vec<_>>().join(",");
    let entries = join(&|_| {
        r#"{"fullUrl":"urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f8a01","resource":{"resourceType":"Condition"}}"#.into()
    });
    let contained = join(&|i| {
        format!(r#"{{"resourceType":"Basic","id":"contained-{i}","subject":{{"reference":"\u0023contained-x-{i}"}}}}"#)
    });
    let tags =
        join(&|_| r#"{"system":"http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication","code":"LTS"}"#.into());
    let members = join(&|i| format!(r#""member{i}":"value{i}""#));
    for middle in [
        entries,
        format!(r#"{{"resource":{{"resourceType":"Observation","contained":[{contained}]}}}}"#),
        format!(r#"{{"resource":{{"resourceType":"Observation","meta":{{"tag":[{tags}]}}}}}}"#),
        format!(r#"{{"resource":{{"resourceType":"Observation",{members}}}}}"#),
    ] {
        let report = check(format!("{head}{middle}]}}").as_bytes(), &Options::default());
        assert!(report.has_errors());
        assert_eq!(report.issues.iter().filter(|i| i.code().starts_with("JSON")).count(), 0);
    }
}

#[test]
fn a_million_faults_are_counted_not_kept() {
    let mut text = String::from(r#"{"resourceType":"Basic","x":["#);
    for i in 0..200_000 {
        let _ = write!(text, r#"{{"the-first-long-key-{i}":"","the-second-long-key-{i}":null}},"#);
    }
    text.push_str("1]}");
    let report = check(text.as_bytes(), &Options::default());
    assert_eq!(report.issues.len(), 1_000);
    assert_eq!(report.count(Severity::Error), 400_000);
}
