//! Messages written for these tests, and what came of reading them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_charset::GaijiTable;
use tsugite_clinical::{End, Fact, RecordKind, Statement, WholeList};
use tsugite_source::{Context, Input, Output, Sink, Source as _};
use tsugite_source_ssmix2::Ssmix2;

pub const PATIENT: &str = "0012345678";
pub const PID: &str = "PID|0001||0012345678^^^^PI||仮山^花^^^^^L^I~カリヤマ^ハナ^^^^^L^P||19800203|F";
pub const PV1: &str = "PV1|0001|O|01^^^^^C||||D07^仮森^医師^^^^^^^L^^^^^I";

/// A message of a type (`OUL^R22`) with these segments behind its MSH.
pub fn message(kind: &str, segments: &[&str]) -> String {
    let msh = format!(
        "MSH|^~\\&|HIS|A|GW|B|20240316122434||{kind}|1|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO"
    );
    let mut text = msh;
    for segment in segments {
        text.push('\r');
        text.push_str(segment);
    }
    text + "\r"
}

/// The file name of the test patient's message.
pub fn name(data_type: &str, day: &str, order: &str, flag: u8) -> String {
    format!("{PATIENT}_{day}_{data_type}_{order}_20240316122434000_01_{flag}")
}

/// Its path in a storage.
pub fn path(data_type: &str, day: &str, order: &str, flag: u8) -> String {
    format!("1319999999/001/234/{PATIENT}/{day}/{data_type}/{}", name(data_type, day, order, flag))
}

/// Reads a message as the valid file of its data type.
pub fn read_as(data_type: &str, kind: &str, segments: &[&str]) -> Output {
    let (day, order) = match data_type {
        "ADT-00" | "ADT-61" | "PPR-01" => ("-", "999999999999999"),
        _ => ("20240316", "000000000000077"),
    };
    let mut all = vec![PID];
    all.extend(segments);
    read(&path(data_type, day, order, 1), message(kind, &all).as_bytes())
}

pub fn context() -> Context {
    Context { instance: "storage".into(), id_space: "clinic".into(), gaiji: Arc::new(GaijiTable::default()) }
}

pub fn read(path: &str, bytes: &[u8]) -> Output {
    let input = Input::new(path, bytes);
    let mut sink = Sink::new();
    Ssmix2.read(&input, &context(), &mut sink);
    sink.finish()
}

pub fn facts(output: &Output) -> Vec<&Fact> {
    output.statements.iter().filter_map(|s| if let Statement::Fact(fact) = s { Some(fact) } else { None }).collect()
}

/// The bodies of one kind, with their presence.
macro_rules! bodies {
    ($output:expr, $kind:ident) => {
        crate::support::facts(&$output)
            .into_iter()
            .filter_map(|fact| match &fact.body {
                tsugite_clinical::body::Body::$kind(body) => Some((body.as_ref(), fact)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}
pub(crate) use bodies;

pub fn lists(output: &Output) -> Vec<&WholeList> {
    output.statements.iter().filter_map(|s| if let Statement::List(list) = s { Some(list) } else { None }).collect()
}

/// Key items with ordinals, in reading order.
pub fn items(output: &Output) -> Vec<String> {
    facts(output).iter().map(|fact| format!("{}+{}", fact.key.item, fact.key.ordinal)).collect()
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

/// Records of a kind: facts with their comment lines, and those that ended while reading.
pub fn records(output: &Output, kind: RecordKind) -> usize {
    let stated = facts(output).into_iter().filter(|fact| fact.kind() == Some(kind));
    let stated: usize = stated.map(|fact| 1 + fact.comment_origins().len()).sum();
    stated + output.ended.iter().filter(|end| end.kind == kind).count()
}

/// The shared development samples; absent on other machines.
pub fn samples(part: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/ssmix2/dev").join(part);
    if !folder.exists() {
        eprintln!("skipped: {} is not here", folder.display());
        return None;
    }
    Some(folder)
}

/// All files below a folder, with their paths from it, in order.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
