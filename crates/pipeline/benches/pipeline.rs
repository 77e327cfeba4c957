//! Storage to gated bundles in memory, on one core, in lab messages a second, beside the lower bound over the same bytes: decode,
//! visit every component, write the JSON. The parts between show where the time goes.
//!
//! `cargo bench -p tsugite-pipeline`

mod storage;

use divan::{Bencher, counter::ItemsCount};
use std::{
    hint::black_box,
    io,
    num::NonZeroUsize,
    path::Path,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};
use tsugite_charset::{GaijiTable, decode, detect};
use tsugite_clinical::{
    Chart, DateTime,
    policy::{Baselines, IdentityPolicy, Institution, Overlay, Policy},
};
use tsugite_clins::{BuiltUnit, IgVersion, NeverIssued, Site};
use tsugite_er7::{Part, declared_encoding, messages};
use tsugite_issue::Lang;
use tsugite_pipeline::{Deliver, Destination, Entry, Group, NotLoaded, ReadOutput, Settings, report::Report, run};
use tsugite_source::{Context, Registry};
use tsugite_source_ssmix2::Ssmix2;
use tsugite_terminology::{Tables, standardise};
use tsugite_validate::{Memory, Options, Validator, check_in};

const PATIENTS: u32 = 40;
const MESSAGES: u32 = PATIENTS * storage::REPORTS;

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

#[derive(Clone)]
struct InMemory(Arc<storage::File>);

impl Entry for InMemory {
    fn path(&self) -> &str {
        &self.0.path
    }

    fn load(&self) -> Result<Vec<u8>, NotLoaded> {
        Ok(self.0.bytes.clone())
    }
}

static PATIENT_FILES: LazyLock<Vec<Vec<InMemory>>> = LazyLock::new(|| {
    let files = |number| storage::patient(number).into_iter().map(|file| InMemory(Arc::new(file))).collect();
    (0..PATIENTS).map(files).collect()
});

/// Base R4 and the packages of JP-CLINS; `None` where they are not at hand.
static WITH_PACKAGES: LazyLock<Option<Validator>> = LazyLock::new(|| {
    const NAMES: [&str; 3] =
        ["jp-core.r4-1.1.2-clins.tgz", "jp-eCheckupReport.r4-1.5.0-snap.tgz", "jp-eCSCLINS.r4-1.10.0-snap.tgz"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fhir-packages");
    let read = |name: &str| Some((name.to_owned(), std::fs::read(folder.join(name)).ok()?));
    let packages: Vec<_> = NAMES.iter().filter_map(|name| read(name)).collect();
    (packages.len() == NAMES.len()).then(|| Validator::load(packages.into_iter()).0)
});

/// Everything that a run needs besides its inputs.
struct House {
    registry: Registry,
    institution: Institution,
    policy: Policy,
    overlay: Overlay,
    baselines: Baselines,
    tables: Tables,
    scratch: tempfile::TempDir,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| House {
    registry: Registry::default().with(Ssmix2),
    institution: Institution::new("1319999999").unwrap_or_else(Institution::trial),
    policy: Policy::default(),
    overlay: Overlay::default(),
    baselines: Baselines { scanned: ["bench".to_owned()].into() },
    tables: Tables::embedded(),
    scratch: tempfile::tempdir().unwrap_or_else(|error| unreachable!("no folder for temporary files: {error}")),
});

fn settings() -> Settings<'static> {
    let as_of = DateTime::parse_hl7("20261122").unwrap_or_else(|| unreachable!("a day"));
    Settings {
        registry: &HOUSE.registry,
        source: None,
        feeds: &[],
        identity: IdentityPolicy::default(),
        context: Context { instance: "bench".into(), id_space: "bench".into(), gaiji: Arc::default() },
        tables: &HOUSE.tables,
        site: Site {
            institution: &HOUSE.institution,
            policy: &HOUSE.policy,
            overlay: &HOUSE.overlay,
            baselines: &HOUSE.baselines,
            as_of,
            since: None,
            issued: &NeverIssued,
            ig: IgVersion::default(),
            subject: None,
        },
        gate: Options { require_clins: true, ..Options::default() },
        validator: None,
        jobs: NonZeroUsize::MIN,
        scratch: HOUSE.scratch.path(),
    }
}

/// Keeps or only counts what is delivered.
#[derive(Default)]
struct Taken {
    bytes: AtomicUsize,
    kept: Option<Mutex<Vec<Vec<u8>>>>,
}

impl Deliver for Taken {
    fn deliver(&self, unit: &BuiltUnit) -> io::Result<()> {
        self.bytes.fetch_add(unit.bytes.len(), Relaxed);
        if let Some(Ok(mut kept)) = self.kept.as_ref().map(Mutex::lock) {
            kept.push(unit.bytes.clone());
        }
        Ok(())
    }
}

fn convert(taken: &Taken) -> u64 {
    let settings = settings();
    let groups = PATIENT_FILES.iter().map(|entries| Ok(Group { entries: entries.clone(), whole: true }));
    let mut report = Report::new(HOUSE.scratch.path());
    let mut to = Destination { units: taken, report: &mut report, lang: Lang::En, progress: &mut |_| {} };
    let ran = run(&settings, std::iter::empty::<io::Result<InMemory>>(), groups, &mut to);
    ran.unwrap_or_else(|error| unreachable!("nothing is written: {error}"));
    report.sums().units_total().built
}

static BUNDLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let taken = Taken { kept: Some(Mutex::default()), ..Taken::default() };
    let built = convert(&taken);
    // All reports and both lists of each patient: a bench over held patients would measure nothing.
    assert_eq!(built, u64::from(PATIENTS * (storage::REPORTS + 2)));
    taken.kept.and_then(|kept| kept.into_inner().ok()).unwrap_or_default()
});

/// The whole way: the figure that counts.
#[divan::bench]
fn storage_to_bundles(bencher: Bencher<'_, '_>) {
    LazyLock::force(&BUNDLES);
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| convert(&Taken::default()));
}

/// What no program can do without: decoding and visiting all that comes in, and writing all that goes out, from trees that lie
/// ready in the cache.
#[divan::bench]
fn bound(bencher: Bencher<'_, '_>) {
    // Patients are alike, so those of the first stand for all.
    let first = BUNDLES.iter().take(BUNDLES.len() / PATIENT_FILES.len());
    let trees: Vec<serde_json::Value> =
        first.map(|bundle| serde_json::from_slice(bundle).unwrap_or_default()).collect();
    let gaiji = GaijiTable::default();
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        let mut length = 0;
        for entry in PATIENT_FILES.iter().flatten() {
            length += scan(&entry.0.bytes, &gaiji);
        }
        let mut out = Vec::new();
        for tree in PATIENT_FILES.iter().flat_map(|_| &trees) {
            out.clear();
            let _ = serde_json::to_writer(&mut out, black_box(tree));
            length += out.len();
        }
        length
    });
}

/// Decodes and visits every component.
fn scan(bytes: &[u8], gaiji: &GaijiTable) -> usize {
    let encoding = detect(bytes, declared_encoding(bytes)).encoding;
    let decoded = decode(black_box(bytes), encoding, gaiji);
    let mut length = 0;
    for part in messages(&decoded) {
        let Part::Message(message) = part else { continue };
        for segment in message.segments() {
            for field in segment.fields() {
                for repetition in field.repetitions() {
                    length += repetition.components().map(|component| component.raw().len()).sum::<usize>();
                }
            }
        }
    }
    length
}

/// Files to statements.
#[divan::bench]
fn part_1_read(bencher: Bencher<'_, '_>) {
    let settings = settings();
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .bench_local(|| PATIENT_FILES.iter().map(|files| read(files, &settings).statements.len()).sum::<usize>());
}

fn read(files: &[InMemory], settings: &Settings) -> ReadOutput {
    let mut output = ReadOutput::default();
    files.iter().for_each(|file| output.read(file, settings));
    output
}

/// Statements to a chart, resolved.
#[divan::bench]
fn part_2_chart(bencher: Bencher<'_, '_>) {
    let settings = settings();
    let statements = || PATIENT_FILES.iter().map(|files| read(files, &settings).statements).collect::<Vec<_>>();
    bencher.counter(ItemsCount::new(MESSAGES)).with_inputs(statements).bench_local_values(|patients| {
        patients.into_iter().map(|statements| Chart::new(statements).resolve().standings.len()).sum::<usize>()
    });
}

fn charts(settings: &Settings) -> Vec<Chart> {
    PATIENT_FILES.iter().map(|files| Chart::new(read(files, settings).statements)).collect()
}

/// A chart to standard codes.
#[divan::bench]
fn part_3_standardise(bencher: Bencher<'_, '_>) {
    let settings = settings();
    let charts = charts(&settings);
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        let one = |chart: &Chart| standardise(chart.resolve(), settings.tables, settings.site.policy).standards.len();
        charts.iter().map(one).sum::<usize>()
    });
}

/// Standard codes to bundle bytes.
#[divan::bench]
fn part_4_build(bencher: Bencher<'_, '_>) {
    let settings = settings();
    let charts = charts(&settings);
    let all: Vec<_> =
        charts.iter().map(|chart| standardise(chart.resolve(), settings.tables, settings.site.policy)).collect();
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        all.iter().map(|standardised| tsugite_clins::report(standardised, &settings.site).built.len()).sum::<usize>()
    });
}

/// Bundle bytes through the strict rules.
#[divan::bench]
fn part_5_gate(bencher: Bencher<'_, '_>) {
    let gate = settings().gate;
    let mut memory = Memory::default();
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        BUNDLES.iter().filter(|bundle| check_in(&mut memory, black_box(bundle), &gate).has_errors()).count()
    });
}

/// The same with base R4.
#[divan::bench]
fn part_5_gate_with_base(bencher: Bencher<'_, '_>) {
    with(bencher, &Validator::base());
}

/// The same with base R4, the profiles and all their invariants.
#[divan::bench]
fn part_5_gate_with_packages(bencher: Bencher<'_, '_>) {
    if let Some(validator) = WITH_PACKAGES.as_ref() {
        with(bencher, validator);
    }
}

fn with(bencher: Bencher<'_, '_>, validator: &Validator) {
    let (options, mut memory) = (settings().gate, Memory::default());
    let mut clean = |bundle: &Vec<u8>| !validator.validate_in(&mut memory, black_box(bundle), &options).has_errors();
    assert!(BUNDLES.iter().all(&mut clean), "a bundle is judged wrong");
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| BUNDLES.iter().filter(|bundle| clean(bundle)).count());
}
