//! Mutants of the official examples: one element deleted, retyped, changed, duplicated or renamed. What an independent validator
//! said about them is recorded (`tests/oracle`), so that both must give the same verdict.

use crate::mutations::Random;
use crate::official::shared;
use crate::profiles::{files, loaded, profile_only};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tsugite_issue::{Lang, Severity};
use tsugite_validate::Memory;
use tsugite_validate::json::{Arena, Kind, Limits, Node};

/// Mutants whose verdicts are recorded.
struct Record {
    name: &'static str,
    /// The packages that judge them: an index into [`crate::profiles::SETS`].
    set: usize,
    /// The folders of examples that they are made of.
    folders: &'static [&'static str],
    seed: u64,
    count: usize,
    /// So many of them are looked at in every run of the tests.
    always: usize,
    /// What the independent validator said, one sign a mutant.
    verdicts: &'static str,
    /// Where we differ and why.
    differences: &'static str,
}

const RECORDS: [Record; 3] = [
    Record {
        name: "newest",
        set: 0,
        folders: &["clins-1.10.0", "eCheckup-1.5.0", "jp-core-1.1.2"],
        seed: 1,
        count: 2_000,
        always: 300,
        verdicts: include_str!("../oracle/verdicts.txt"),
        differences: include_str!("../oracle/differences.txt"),
    },
    Record {
        name: "clins-1.5.2",
        set: 1,
        folders: &["clins-1.5.2"],
        seed: 2,
        count: 500,
        always: 100,
        verdicts: include_str!("../oracle/verdicts-clins-1.5.2.txt"),
        differences: include_str!("../oracle/differences-clins-1.5.2.txt"),
    },
    Record {
        name: "eCheckup-1.5.0",
        set: 0,
        folders: &["eCheckup-1.5.0"],
        seed: 3,
        count: 500,
        always: 100,
        verdicts: include_str!("../oracle/verdicts-eCheckup-1.5.0.txt"),
        differences: include_str!("../oracle/differences-eCheckup-1.5.0.txt"),
    },
];

pub struct Mutant {
    /// What was done to what.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The same for a seed, everywhere.
fn mutants(folders: &[&str], seed: u64, count: usize) -> Option<Vec<Mutant>> {
    let examples = shared("fhir-examples")?;
    let mut sources = Vec::new();
    for folder in folders {
        sources.extend(files(&examples.join(folder)));
    }
    let mut random = Random::new(seed);
    let mut made = Vec::new();
    while made.len() < count {
        let (name, bytes) = &sources[random.below(sources.len())];
        made.extend(mutate(name, bytes, &mut random));
    }
    Some(made)
}

fn mutate(name: &str, bytes: &[u8], random: &mut Random) -> Option<Mutant> {
    let mut arena = Arena::new();
    let tree = arena.read(bytes, &Limits::default(), &mut Vec::new())?;
    let nodes: Vec<Node> = tree.nodes().skip(1).collect();
    let node = nodes[random.below(nodes.len())];
    let (what, text) = match random.below(5) {
        0 => ("delete", delete(node, bytes)),
        1 => ("retype", replace(node, bytes, &retyped(node, random))),
        2 => ("change", replace(node, bytes, &changed(node, random)?)),
        3 => ("duplicate", duplicate(node, bytes)),
        _ => ("rename", rename(node, bytes)?),
    };
    Some(Mutant { name: format!("{what} {} in {name}", node.path()), bytes: text })
}

fn splice(bytes: &[u8], start: usize, end: usize, with: &[u8]) -> Vec<u8> {
    [&bytes[..start], with, &bytes[end..]].concat()
}

/// The value with its key, and one of the commas beside it.
fn delete(node: Node<'_>, bytes: &[u8]) -> Vec<u8> {
    let (start, end) = (node.span().0 as usize, node.span().1 as usize);
    let mut start = node.key_span().map_or(start, |(key, _)| key as usize - 1);
    let mut end = end;
    let is_blank = |b: &u8| b.is_ascii_whitespace();
    let after = end + bytes[end..].iter().take_while(|b| is_blank(b)).count();
    if bytes[after] == b',' {
        end = after + 1;
    } else {
        let before = start - bytes[..start].iter().rev().take_while(|b| is_blank(b)).count();
        if bytes[before - 1] == b',' {
            start = before - 1;
        }
    }
    splice(bytes, start, end, b"")
}

fn replace(node: Node<'_>, bytes: &[u8], with: &str) -> Vec<u8> {
    splice(bytes, node.span().0 as usize, node.span().1 as usize, with.as_bytes())
}

/// A value of another JSON type.
fn retyped(node: Node<'_>, random: &mut Random) -> String {
    let others = ["\"text\"", "12", "true", "{}", "[]", "{\"a\": 1}", "[\"text\"]", "null"];
    let of_kind = |text: &str| match node.kind() {
        Kind::String => text.starts_with('"'),
        Kind::Number => text == "12",
        Kind::True | Kind::False => text == "true",
        Kind::Object => text.starts_with('{'),
        Kind::Array => text.starts_with('['),
        Kind::Null => text == "null",
    };
    let others: Vec<&str> = others.into_iter().filter(|t| !of_kind(t)).collect();
    others[random.below(others.len())].to_owned()
}

/// Another value of the same JSON type; `None` for objects and arrays.
fn changed(node: Node<'_>, random: &mut Random) -> Option<String> {
    Some(match node.kind() {
        Kind::True => "false".into(),
        Kind::False => "true".into(),
        Kind::Number => ["-1", "0.5", "99999"][random.below(3)].into(),
        Kind::String => {
            let text = node.source();
            let inner = &text[1..text.len() - 1];
            match random.below(6) {
                0 => format!("\"{inner}x\""),
                1 => format!("\" {inner}\""),
                2 => format!("\"x{inner}\""),
                3 => "\"changed\"".into(),
                4 => format!("\"{}\"", inner.to_uppercase()),
                // Without its last character, unless that belongs to an escape.
                _ if inner.contains('\\') => return None,
                _ => format!("\"{}\"", inner.chars().take(inner.chars().count().saturating_sub(1)).collect::<String>()),
            }
        }
        _ => return None,
    })
}

/// An item of an array stands there twice; a member becomes an array of two.
fn duplicate(node: Node<'_>, bytes: &[u8]) -> Vec<u8> {
    let text = node.source();
    let twice = if node.index().is_some() { format!("{text}, {text}") } else { format!("[{text}, {text}]") };
    replace(node, bytes, &twice)
}

fn rename(node: Node<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, end) = node.key_span()?;
    Some(splice(bytes, end as usize, end as usize, b"X"))
}

fn folder(name: &str) -> Option<std::path::PathBuf> {
    std::env::var_os(name).map(std::path::PathBuf::from)
}

/// For comparing with the oracle: `MUTANTS=folder RECORD=newest SEED=1 COUNT=300 cargo test --test it -- --ignored write_mutants`
/// writes the mutants and, in `ours.tsv`, our verdicts. Without SEED and COUNT they are those of the record.
#[test]
#[ignore = "writes files for tests/oracle/compare.mjs"]
fn write_mutants() {
    let name = std::env::var("RECORD").unwrap_or_else(|_| "newest".into());
    let record = RECORDS.iter().find(|r| r.name == name).unwrap();
    let (Some(out), Some(validator)) = (folder("MUTANTS"), loaded(record.set)) else {
        return;
    };
    let number = |name: &str, default: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (seed, count) = (number("SEED", record.seed), number("COUNT", record.count as u64));
    std::fs::create_dir_all(&out).unwrap();
    let mut lines = String::new();
    let mut all = Vec::new();
    for (at, mutant) in mutants(record.folders, seed, usize::try_from(count).unwrap()).unwrap().into_iter().enumerate()
    {
        std::fs::write(out.join(format!("{at:05}.json")), &mutant.bytes).unwrap();
        let report = validator.validate(&mutant.bytes, &profile_only());
        let issue = |i: &tsugite_issue::Issue| serde_json::json!({ "code": i.code(), "sev": i.severity(), "path": i.path, "text": i.text(Lang::En) });
        all.push(serde_json::json!({ "file": format!("{at:05}"), "issues": report.issues.iter().map(issue).collect::<Vec<_>>() }));
        let first = report.issues.iter().find(|i| i.severity() == Severity::Error);
        let verdict = if report.has_errors() { "fail" } else { "pass" };
        let why = first.map(|i| format!("{} {} {}", i.code(), i.path.as_deref().unwrap_or_default(), i.text(Lang::En)));
        writeln!(lines, "{at:05}\t{verdict}\t{}\t{}", mutant.name, why.unwrap_or_default()).unwrap();
    }
    std::fs::write(out.join("ours.tsv"), lines).unwrap();
    // No mutant is named so, and the comparison of verdicts leaves it out.
    std::fs::create_dir_all(out.join("ours")).unwrap();
    std::fs::write(out.join("ours/issues.json"), serde_json::Value::from(all).to_string()).unwrap();
}

#[test]
fn recorded_verdicts_of_the_oracle_agree() {
    RECORDS.iter().for_each(|record| agree(record, record.always));
}

#[test]
#[ignore = "takes a while without optimisation"]
fn all_recorded_verdicts_of_the_oracle_agree() {
    RECORDS.iter().for_each(|record| agree(record, record.count));
}

fn agree(record: &Record, count: usize) {
    let Record { name, verdicts: recorded, differences: explained, .. } = *record;
    let (Some(validator), Some(mutants)) = (loaded(record.set), mutants(record.folders, record.seed, count)) else {
        return;
    };
    let verdicts: Vec<bool> =
        recorded.lines().filter(|l| !l.starts_with('#')).flat_map(str::chars).map(|c| c == '+').collect();
    assert_eq!(verdicts.len(), record.count, "{name}: the record is not of these mutants");
    let explained: BTreeMap<usize, &str> = explained
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|l| l.split_once(' ').unwrap())
        .map(|(number, why)| (number.parse().unwrap(), why))
        .filter(|(number, _)| *number < count)
        .collect();
    let mut memory = Memory::default();
    let mut different = BTreeMap::new();
    for (at, (mutant, passes)) in mutants.iter().zip(&verdicts).enumerate() {
        let report = validator.validate_in(&mut memory, &mutant.bytes, &profile_only());
        if report.has_errors() == *passes {
            let found: Vec<String> = report.issues.iter().map(|i| format!("{} {:?}", i.code(), i.path)).collect();
            different.insert(at, format!("{} {found:?}", mutant.name));
        }
    }
    let unexplained: Vec<_> = different.iter().filter(|(at, _)| !explained.contains_key(at)).collect();
    assert!(unexplained.is_empty(), "{name}: {unexplained:#?}");
    let stale: Vec<_> = explained.keys().filter(|at| !different.contains_key(at)).collect();
    assert!(stale.is_empty(), "{name}: explained, but no difference: {stale:?}");
    assert!(different.len() * 100 <= mutants.len(), "{name}: {} of {} differ", different.len(), mutants.len());
}
