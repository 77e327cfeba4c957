//! Symbols written for these tests, and what came of reading them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_charset::GaijiTable;
use tsugite_clinical::{
    End, Fact, RecordKind, Statement,
    body::{Body, Prescription},
};
use tsugite_source::{Context, Input, Output, Sink, Source as _};
use tsugite_source_jahis::Jahis;

pub const HEAD: &str =
    "JAHIS10\n1,1,9999999,13,見本町内科医院\n5,,,見本 一郎\n11,000123,例示 花子,\n12,2\n13,19800203\n51,20260310\n";

pub fn context() -> Context {
    Context { instance: "qr".into(), id_space: "clinic".into(), gaiji: Arc::new(GaijiTable::default()) }
}

pub fn read(bytes: &[u8]) -> Output {
    read_by(&Jahis::default(), bytes)
}

pub fn read_by(source: &Jahis, bytes: &[u8]) -> Output {
    let input = Input::new("qr.txt", bytes);
    let mut sink = Sink::new();
    source.read(&input, &context(), &mut sink);
    sink.finish()
}

pub fn facts(output: &Output) -> Vec<&Fact> {
    output.statements.iter().filter_map(|s| if let Statement::Fact(fact) = s { Some(fact) } else { None }).collect()
}

pub fn prescriptions(output: &Output) -> Vec<&Prescription> {
    let of = |fact: &&Fact| matches!(fact.body, Body::Prescription(_));
    facts(output)
        .into_iter()
        .filter(of)
        .filter_map(|fact| if let Body::Prescription(line) = &fact.body { Some(line.as_ref()) } else { None })
        .collect()
}

/// Ends of the records that became no fact.
pub fn ends(output: &Output) -> Vec<(RecordKind, &'static str)> {
    let name = |end: End| match end {
        End::Retracted => "retracted",
        End::Superseded => "superseded",
        End::NotCarried(reason) | End::Held(reason) => reason.code,
        End::Reported => "reported",
    };
    output.ended.iter().map(|record| (record.kind, name(record.end))).collect()
}

pub fn codes(output: &Output) -> Vec<&str> {
    output.issues.iter().map(|issue| issue.code()).collect()
}

/// The shared development samples; absent on other machines.
pub fn samples(part: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples").join(part);
    if !folder.exists() {
        eprintln!("skipped: {} is not here", folder.display());
        return None;
    }
    Some(folder)
}
