//! How much memory judging takes. Measured by the system, in a process of its own for each input: other tests would count too.

use crate::bundles::{ALL, options};
use std::process::Command;
use std::sync::Arc;
use tsugite_validate::{Limits, Memory, Options, Validator, check};

/// Inputs as large as is asked for, each of another kind.
const KINDS: [&str; 8] = ["numbers", "strings", "escapes", "entries", "unknown", "extensions", "duplicates", "deep"];

/// Beside what depends on the input: tables of base R4, 1,000 findings, stacks of threads.
const FIXED: usize = 24 << 20;

fn input(kind: &str, size: usize) -> String {
    let (head, item, tail): (&str, fn(usize) -> String, &str) = match kind {
        "numbers" => (r#"{"resourceType":"Basic","x":["#, |_| "0".into(), "]}"),
        // As many values as are read at all.
        "strings" => (r#"{"resourceType":"Basic","x":["#, |_| r#""fourteen_char_""#.into(), "]}"),
        "escapes" => (r#"{"resourceType":"Binary","contentType":"text/plain","data":""#, |_| "\\u3042".into(), "\"}"),
        "entries" => (
            r#"{"resourceType":"Bundle","type":"collection","entry":["#,
            |i| {
                format!(
                    r#"{{"fullUrl":"urn:uuid:5b6d3d2e-0b7b-5c53-9a43-{i:012x}","resource":{{"resourceType":"Basic","id":"{i}","code":{{"text":"the text of entry {i}"}},"subject":{{"reference":"urn:uuid:5b6d3d2e-0b7b-5c53-9a43-{i:012x}"}}}}}}"#
                )
            },
            "]}",
        ),
        "unknown" => (
            r#"{"resourceType":"Patient","name":["#,
            |i| format!(r#"{{"unknown-element-{i}":{{}},"text":"","use":"none of the codes of names"}}"#),
            "]}",
        ),
        "extensions" => (
            r#"{"resourceType":"Patient","extension":["#,
            |i| format!(r#"{{"url":"http://example.org/{i}","valueString":"aaaaaaaa"}}"#),
            "]}",
        ),
        "duplicates" => (r#"{"resourceType":"Patient"#, |i| format!(r#","name{}":"some text""#, i % 1_000), "}"),
        _ => (r#"{"resourceType":"Patient","x":"#, |_| "[".into(), "}"),
    };
    let mut text = String::with_capacity(size + 1_000);
    text.push_str(head);
    let comma = matches!(kind, "numbers" | "strings" | "entries" | "unknown" | "extensions");
    if kind == "duplicates" {
        text.push('"');
    }
    for i in 0.. {
        if text.len() >= size {
            break;
        }
        if comma && i > 0 {
            text.push(',');
        }
        text.push_str(&item(i));
    }
    text.push_str(tail);
    text
}

/// `VmHWM` or `VmRSS`, in bytes.
fn status(name: &str) -> usize {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1_024
}

/// Runs one ignored test of this binary by itself; false where the system does not tell how much memory a process has.
fn alone(test: &str, variables: &[(&str, &str)]) -> bool {
    if !std::path::Path::new("/proc/self/clear_refs").exists() {
        println!("skipped: this system has no /proc");
        return false;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--include-ignored", "--nocapture", "--test-threads=1"]);
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    print!("{told}");
    assert!(told.contains("1 passed"), "{test} {variables:?}\n{told}\n{}", String::from_utf8_lossy(&output.stderr));
    true
}

/// What [`alone`] runs: one input, told by the environment.
#[test]
#[ignore = "is run by others, alone in its process"]
fn one_large_input() {
    let Ok(kind) = std::env::var("KIND") else {
        return;
    };
    let size: usize = std::env::var("SIZE").unwrap().parse().unwrap();
    let validator = Validator::base();
    let limits = Limits { max_size: 1 << 30, ..Limits::default() };
    let options = Options { limits, ..options() };
    let text = input(&kind, size);
    // What was used before does not count; what the process has from now on does.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS");
    let report = validator.validate(text.as_bytes(), &options);
    let used = status("VmHWM").saturating_sub(before);
    let factor = (used + text.len()) as f64 / text.len() as f64;
    println!("{kind}: {} bytes, {used} more used: {factor:.2} times the input", text.len());
    assert!(used + text.len() <= 4 * text.len() + FIXED, "{kind}: {used} bytes for {}", text.len());
    let expected = match kind.as_str() {
        "numbers" => "JSON-006",
        "deep" => "JSON-005",
        "duplicates" => "JSON-015",
        "strings" | "unknown" => "FHIR-002",
        // Nothing is wrong with them but their size.
        _ => "",
    };
    assert!(expected.is_empty() || report.issues.iter().any(|i| i.code() == expected), "{kind}: no {expected}");
    assert!(report.issues.len() <= 1_000);
}

fn large(size: &str) {
    for kind in KINDS {
        if !alone("memory::one_large_input", &[("KIND", kind), ("SIZE", size)]) {
            return;
        }
    }
}

#[test]
fn memory_stays_within_four_times_the_input() {
    large("4000000");
}

#[test]
#[ignore = "eight inputs of 100 MB"]
fn memory_stays_within_four_times_an_input_of_100_megabytes() {
    large("100000000");
}

/// What [`alone`] runs: many Bundles, one after the other in one memory.
#[test]
#[ignore = "is run by others, alone in its process"]
fn many_bundles() {
    let Ok(count) = std::env::var("COUNT") else {
        return;
    };
    let count: usize = count.parse().unwrap();
    let validator = Validator::base();
    let mut memory = Memory::default();
    let mut after_some = 0;
    for n in 0..count {
        validator.validate_in(&mut memory, ALL[n % ALL.len()].as_bytes(), &options());
        if n == count / 10 {
            after_some = status("VmRSS");
        }
    }
    let grown = status("VmRSS").saturating_sub(after_some);
    println!("{count} bundles: {grown} bytes more at the end than after a tenth");
    assert!(grown < 2 << 20, "{grown}");
}

#[test]
fn memory_is_flat_however_many_bundles() {
    alone("memory::many_bundles", &[("COUNT", "1000")]);
}

#[test]
#[ignore = "takes a while without optimisation"]
fn memory_is_flat_over_10_000_bundles() {
    alone("memory::many_bundles", &[("COUNT", "10000")]);
}

#[test]
fn threads_share_one_validator_and_say_the_same() {
    let validator = Arc::new(Validator::base());
    let expected: Vec<_> = ALL.iter().map(|text| validator.validate(text.as_bytes(), &options()).issues).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut memory = Memory::default();
                for _ in 0..5 {
                    for (text, expected) in ALL.iter().zip(&expected) {
                        assert_eq!(validator.validate_in(&mut memory, text.as_bytes(), &options()).issues, *expected);
                    }
                }
            });
        }
    });
}

/// Each single harm, however large it is made, has its own clear finding.
#[test]
fn what_is_too_large_is_said_with_its_limit() {
    let text = input("strings", 70_000_000);
    let report = check(text.as_bytes(), &Options::default());
    let codes: Vec<&str> = report.issues.iter().map(|i| i.code()).collect();
    assert_eq!(codes, ["JSON-004"]);
    let told = report.issues[0].text(tsugite_issue::Lang::En);
    assert!(told.contains("67108864"), "{told}");
}
