//! A run in memory.

use crate::storage;
use std::{
    collections::BTreeMap,
    io,
    num::NonZeroUsize,
    sync::{Arc, Mutex},
};
use tsugite_clinical::{
    DateTime,
    policy::{Baselines, IdentityPolicy, Institution, Overlay, Policy},
};
use tsugite_clins::{BuiltUnit, IgVersion, NeverIssued, Site};
use tsugite_issue::{Issue, Lang};
use tsugite_pipeline::{
    Deliver, Destination, Entry, Feed, Group, NotLoaded, Settings, Streamed, issues,
    report::{BundleRow, Header, HeldRow, Outputs, Report, Sums, Tool, bundle_file},
    run, unread,
};
use tsugite_source::{Context, Registry};
use tsugite_source_ssmix2::Ssmix2;
use tsugite_source_table::{TableSource, presets};
use tsugite_source_uke::Uke;
use tsugite_terminology::Tables;
use tsugite_validate::{Day, Options, Validator};

/// An input in memory; without bytes it cannot be read.
#[derive(Clone, Debug)]
pub struct InMemory {
    pub path: String,
    pub bytes: Option<Vec<u8>>,
    /// It can be read byte by byte.
    pub opens: bool,
}

impl Entry for InMemory {
    fn path(&self) -> &str {
        &self.path
    }

    fn load(&self) -> Result<Vec<u8>, NotLoaded> {
        let refused = || Issue::new(&issues::EMPTY_INPUT).at(unread(&self.path));
        self.bytes.clone().ok_or_else(|| NotLoaded::Unreadable(refused()))
    }

    fn open(&self) -> io::Result<Option<Streamed>> {
        if !self.opens {
            return Ok(None);
        }
        let bytes = self.bytes.clone().ok_or(io::ErrorKind::NotFound)?;
        let size = bytes.len() as u64;
        Ok(Some((Box::new(io::Cursor::new(bytes)), size)))
    }
}

/// One run and what is varied in it.
pub struct Run {
    pub jobs: usize,
    /// Day of the gate's clock.
    pub gate_clock: Day,
    /// The settings' word that the source is complete.
    pub baseline: bool,
    pub validator: Option<Validator>,
    pub overlay: Overlay,
    pub identity: IdentityPolicy,
    pub feeds: Vec<Feed>,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            jobs: 1,
            gate_clock: Day::new(2026, 11, 22).unwrap(),
            baseline: false,
            validator: None,
            overlay: Overlay::default(),
            identity: IdentityPolicy::default(),
            feeds: Vec::new(),
        }
    }
}

/// What came of it.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    /// By file name.
    pub bundles: BTreeMap<String, Vec<u8>>,
    pub report: String,
    pub rows: Vec<BundleRow>,
    pub held: Vec<HeldRow>,
    pub issues: String,
    pub sums: Sums,
}

#[derive(Default)]
struct Folder(Mutex<BTreeMap<String, Vec<u8>>>);

impl Deliver for Folder {
    fn deliver(&self, unit: &BuiltUnit) -> io::Result<()> {
        let before = self.0.lock().unwrap().insert(bundle_file(&unit.key), unit.bytes.clone());
        assert!(before.is_none(), "one Unit came twice");
        Ok(())
    }
}

impl Run {
    pub fn over(&self, mixed: Vec<InMemory>, groups: Vec<Group<InMemory>>) -> Outcome {
        let registry = Registry::default().with(Ssmix2).with(Uke::default()).with(TableSource::new(presets()));
        let institution = Institution::new("1319999999").unwrap();
        let (policy, tables) = (Policy::default(), Tables::embedded());
        let mut baselines = Baselines::default();
        if self.baseline {
            baselines.scanned.insert("test".to_owned());
        }
        let scratch = tempfile::tempdir().unwrap();
        let settings = Settings {
            registry: &registry,
            source: None,
            feeds: &self.feeds,
            identity: self.identity,
            context: Context { instance: "test".into(), id_space: "test".into(), gaiji: Arc::default() },
            tables: &tables,
            site: Site {
                institution: &institution,
                policy: &policy,
                overlay: &self.overlay,
                baselines: &baselines,
                as_of: DateTime::parse_hl7("20261122").unwrap(),
                since: None,
                issued: &NeverIssued,
                ig: IgVersion::default(),
                subject: None,
            },
            gate: Options { clock: Some(self.gate_clock), require_clins: true, ..Options::default() },
            validator: self.validator.as_ref(),
            jobs: NonZeroUsize::new(self.jobs).unwrap(),
            scratch: scratch.path(),
        };
        let folder = Folder::default();
        let mut report = Report::new(scratch.path());
        let mut to = Destination { units: &folder, report: &mut report, lang: Lang::En, progress: &mut |_| {} };
        run(&settings, mixed.into_iter().map(Ok), groups.into_iter().map(Ok), &mut to).unwrap();
        finish(report, folder)
    }
}

fn finish(report: Report, folder: Folder) -> Outcome {
    let header =
        Header { tool: Tool { name: "test", version: "0" }, ig: vec![], as_of: "2026-11-22".into(), trial: false };
    let [mut document, mut bundles, mut held, mut issues, mut unmapped] = [const { Vec::new() }; 5];
    let mut rows = Vec::new();
    let mut outputs = Outputs {
        report: &mut document,
        bundles: &mut bundles,
        held: &mut held,
        issues: &mut issues,
        unmapped: &mut unmapped,
        desk: &mut |row| {
            rows.push(row.clone());
            Ok(())
        },
    };
    let sums = report.finish(&header, &mut outputs).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome {
        bundles: folder.0.into_inner().unwrap(),
        report: text(document),
        rows: text(bundles).lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        held: rows,
        issues: text(issues),
        sums,
    }
}

/// Files of a patient as one group.
pub fn group(number: u32) -> Group<InMemory> {
    Group { entries: files(number), whole: true }
}

/// Files of a patient whose diagnoses come one visit at a time (an ordinary order number) and so are no whole list by themselves.
pub fn by_visit(number: u32) -> Vec<InMemory> {
    let mut files = files(number);
    for file in &mut files {
        file.path = file.path.replace("_PPR-01_999999999999999_", "_PPR-01_000000000000077_");
    }
    files
}

pub fn files(number: u32) -> Vec<InMemory> {
    let file =
        |file: storage::File| InMemory { path: format!("root/{}", file.path), bytes: Some(file.bytes), opens: true };
    storage::patient(number).into_iter().map(file).collect()
}
