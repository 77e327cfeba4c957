//! Messages written for these tests, and what came of reading them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_charset::GaijiTable;
use tsugite_clinical::{End, Fact, RecordKind, Statement};
use tsugite_source::{Context, Input, Output, Sink, Source as _};
use tsugite_source_mml::Mml;

/// A message of the test patient with these module items.
pub fn message(items: &[String]) -> String {
    let header = "<MmlHeader><masterId><Id type='facility'>000123</Id></masterId></MmlHeader>";
    format!("<Mml version='2.3' createDate='2026-03-10T12:00:00'>{header}<MmlBody>{}</MmlBody></Mml>", items.concat())
}

pub fn item(uid: &str, at: &str, content: &str) -> String {
    item_of(uid, at, "", content)
}

pub fn item_of(uid: &str, at: &str, ids: &str, content: &str) -> String {
    format!(
        "<MmlModuleItem><docInfo><docId><uid>{uid}</uid>{ids}</docId><confirmDate>{at}</confirmDate></docInfo><content>{content}</content></MmlModuleItem>"
    )
}

pub fn context() -> Context {
    Context { instance: "mml".into(), id_space: "clinic".into(), gaiji: Arc::new(GaijiTable::default()) }
}

pub fn read(bytes: &[u8]) -> Output {
    read_by(&Mml::default(), bytes)
}

pub fn read_by(source: &Mml, bytes: &[u8]) -> Output {
    let input = Input::new("x.xml", bytes);
    let mut sink = Sink::new();
    source.read(&input, &context(), &mut sink);
    sink.finish()
}

pub fn facts(output: &Output) -> Vec<&Fact> {
    output.statements.iter().filter_map(|s| if let Statement::Fact(fact) = s { Some(fact) } else { None }).collect()
}

/// The bodies of one kind.
macro_rules! bodies {
    ($output:expr, $kind:ident) => {
        crate::support::facts(&$output)
            .into_iter()
            .filter_map(|fact| match &fact.body {
                tsugite_clinical::body::Body::$kind(body) => Some(body.as_ref()),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}
pub(crate) use bodies;

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

/// Records of a kind: facts, and those that ended while reading.
pub fn records(output: &Output, kind: RecordKind) -> usize {
    let stated = facts(output).into_iter().filter(|fact| fact.kind() == Some(kind)).count();
    stated + output.ended.iter().filter(|end| end.kind == kind).count()
}

/// The shared development samples; absent on other machines.
pub fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/mml/dev");
    if !folder.exists() {
        eprintln!("skipped: {} is not here", folder.display());
        return None;
    }
    Some(folder)
}
