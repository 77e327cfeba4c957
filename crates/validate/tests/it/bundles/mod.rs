//! A valid Bundle of each kind, all about invented people, and what the tests judge them with.

use serde_json::Value;
use tsugite_validate::{Day, Lookup, Options, Report, SharedLabTable, check};

pub const CONDITION: &str = include_str!("condition.json");
pub const ALLERGY: &str = include_str!("allergy.json");
pub const OBSERVATION: &str = include_str!("observation.json");
pub const ALL: [&str; 3] = [CONDITION, ALLERGY, OBSERVATION];

/// A table with the two items of the observation Bundle; the other JLAC versions are fragments.
pub struct Table;

impl SharedLabTable for Table {
    fn find(&self, system: &str, code: &str) -> Lookup<'_> {
        match (system.contains("JLAC10"), code) {
            (false, _) => Lookup::Unknown,
            (true, "3A015000001827101") => Lookup::Display("ALB"),
            (true, "5E074000002306211") => Lookup::Display("梅毒STS(定性)"),
            _ => Lookup::Absent,
        }
    }

    fn is_designation(&self, _: &str, code: &str, display: &str) -> bool {
        (code, display) == ("3A015000001827101", "アルブミン")
    }
}

pub fn options() -> Options<'static> {
    Options { clock: Day::new(2026, 11, 22), shared_lab: Some(&Table), ..Options::default() }
}

pub fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub fn judge(bundle: &Value) -> Report {
    check(serde_json::to_string(bundle).unwrap().as_bytes(), &options())
}

/// The keys of all strict rules that speak, and the codes of other issues, each once.
pub fn keys(report: &Report) -> Vec<&'static str> {
    let key = |code| tsugite_validate::strict::rule(code).map_or(code, |rule| rule.key);
    let mut keys: Vec<&str> = report.issues.iter().map(|i| key(i.code())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
