//! Health checks of some 18 KB to validated documents in memory, on one core, in documents a second, from bytes of an unknown format to
//! bytes that may leave. The lower bound in the same run is what no program can do without: the bytes are checked to be UTF-8, an XML
//! parser (quick-xml by itself) gives their elements and attributes (`bound_read`), and the JSON that comes out is written from a tree
//! that is there (`bound_write`). The parts show where the time goes.
//!
//! `cargo bench -p tsugite-pipeline --bench checkup`

use divan::{Bencher, counter::ItemsCount};
use quick_xml::events::Event;
use std::{fmt::Write as _, hint::black_box, num::NonZeroUsize, path::Path, sync::LazyLock};
use tsugite_clinical::{
    Chart, DateTime, PatientId, Statement,
    policy::{Baselines, IdentityPolicy, Institution, Overlay, Policy},
};
use tsugite_clins::{IgVersion, NeverIssued, Site};
use tsugite_pipeline::{Known, Settings, report_patient};
use tsugite_source::{Context, Input, Registry, Sink};
use tsugite_source_cda::Cda;
use tsugite_source_jahis::Jahis;
use tsugite_source_mml::Mml;
use tsugite_source_ssmix2::Ssmix2;
use tsugite_source_table::{TableSource, presets};
use tsugite_source_uke::Uke;
use tsugite_terminology::{Tables, standardise};
use tsugite_validate::{Memory, Options, Validator, check_in};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Items with a number, and the unit of each.
const MEASURED: [(&str, &str); 14] = [
    ("9N001000000000001", "cm"),
    ("9N006000000000001", "kg"),
    ("9N011000000000001", "kg/m2"),
    ("9N016160100000001", "cm"),
    ("9A751000000000001", "mmHg"),
    ("9A761000000000001", "mmHg"),
    ("3F015000002327101", "mg/dL"),
    ("3F070000002327101", "mg/dL"),
    ("3F077000002327101", "mg/dL"),
    ("3B035000002327201", "U/L"),
    ("3B045000002327201", "U/L"),
    ("3B090000002327101", "U/L"),
    ("3D046000001906202", "%"),
    ("3D010000001926101", "mg/dL"),
];

/// はい or いいえ (OID …6.2003).
const ASKED: [&str; 17] = [
    "9N701000000000011",
    "9N706000000000011",
    "9N711000000000011",
    "9N716000000000011",
    "9N721000000000011",
    "9N726000000000011",
    "9N731000000000011",
    "9N741000000000011",
    "9N746000000000011",
    "9N751000000000011",
    "9N756000000000011",
    "9N766000000000011",
    "9N771000000000011",
    "9N781000000000011",
    "9N796000000000011",
    "9N808000000000011",
    "9N736000000000011",
];

/// A 特定健診 report as programs indent it.
static REPORT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <code code=\"10\" codeSystem=\"1.2.392.200119.6.1001\"/><effectiveTime value=\"20240415\"/><recordTarget><patientRole>\
         <id extension=\"06139999\" root=\"1.2.392.200119.6.101\"/><id extension=\"１０１\" root=\"1.2.392.200119.6.204\"/>\
         <id extension=\"２３４５６７\" root=\"1.2.392.200119.6.205\"/><id extension=\"01\" root=\"1.2.392.200119.6.211\"/>\
         <addr><postalCode>100-0000</postalCode>東京都架空区継手町１－２－３</addr><patient><name>ツギテ　ケンイチ</name>\
         <administrativeGenderCode code=\"1\" codeSystem=\"1.2.392.200119.6.1104\"/><birthTime value=\"19620519\"/></patient>\
         </patientRole></recordTarget><author><time value=\"20240415\"/><assignedAuthor><id nullFlavor=\"NI\"/>\
         <representedOrganization><id extension=\"1319999999\" root=\"1.2.392.200119.6.102\"/><name>架空診療所</name>\
         <telecom value=\"tel:03-0000-0000\"/><addr><postalCode>100-0000</postalCode>東京都架空区継手町９－９</addr>\
         </representedOrganization></assignedAuthor></author><documentationOf><serviceEvent>\
         <code code=\"010\" codeSystem=\"1.2.392.200119.6.1002\"/><effectiveTime value=\"20240410\"/></serviceEvent>\
         </documentationOf><component><structuredBody><component><section>\
         <code code=\"01010\" codeSystem=\"1.2.392.200119.6.1010\"/><title>検査・問診結果セクション</title><text/>\n",
    );
    let mut entry = |code: &str, value: &str| {
        let _ = write!(
            text,
            "            <entry>\n              <observation classCode=\"OBS\" moodCode=\"EVN\">\n                \
             <code code=\"{code}\" codeSystem=\"1.2.392.200119.6.1005\" displayName=\"特定健診の検査項目の名称\"/>\n                \
             <value {value}/>\n                \
             <methodCode code=\"\" codeSystem=\"1.2.392.200119.6.1007\" displayName=\"特定健診の検査方法の名称\"/>\n                \
             <effectiveTime value=\"20240410\"/>\n              </observation>\n            </entry>\n"
        );
    };
    for (code, unit) in MEASURED {
        entry(code, &format!("xsi:type=\"PQ\" value=\"65.5\" unit=\"{unit}\""));
    }
    for code in ASKED {
        entry(code, "xsi:type=\"CD\" code=\"2\" codeSystem=\"1.2.392.200119.6.2003\"");
    }
    text.push_str("</section></component></structuredBody></component></ClinicalDocument>\n");
    text.into_bytes()
});

/// Base R4 and the packages; `None` where they are not at hand.
static WITH_PACKAGES: LazyLock<Option<Validator>> = LazyLock::new(|| {
    const NAMES: [&str; 3] =
        ["jp-core.r4-1.1.2-clins.tgz", "jp-eCheckupReport.r4-1.5.0-snap.tgz", "jp-eCSCLINS.r4-1.10.0-snap.tgz"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fhir-packages");
    let read = |name: &str| Some((name.to_owned(), std::fs::read(folder.join(name)).ok()?));
    let packages: Vec<_> = NAMES.iter().filter_map(|name| read(name)).collect();
    (packages.len() == NAMES.len()).then(|| Validator::load(packages.into_iter()).0)
});

static BASE: LazyLock<Validator> = LazyLock::new(Validator::base);

struct House {
    registry: Registry,
    institution: Institution,
    policy: Policy,
    overlay: Overlay,
    baselines: Baselines,
    tables: Tables,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let mut policy = Policy::default();
    policy.defaults.practitioner = Some("架空 医子".to_owned());
    House {
        registry: Registry::default()
            .with(Ssmix2)
            .with(Uke::default())
            .with(Cda::default())
            .with(Mml::default())
            .with(Jahis::default())
            .with(TableSource::new(presets())),
        institution: Institution::new("1319999999").unwrap_or_else(Institution::trial),
        policy,
        overlay: Overlay::default(),
        baselines: Baselines::default(),
        tables: Tables::embedded(),
    }
});

fn settings(validator: Option<&'static Validator>) -> Settings<'static> {
    let as_of = DateTime::parse_hl7("20261122").unwrap_or_else(|| unreachable!("a day"));
    Settings {
        registry: &HOUSE.registry,
        source: None,
        feeds: &[],
        identity: IdentityPolicy::default(),
        context: Context { instance: "bench".into(), id_space: "bench".into(), gaiji: std::sync::Arc::default() },
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
        gate: Options::default(),
        validator,
        jobs: NonZeroUsize::MIN,
        scratch: Path::new("."),
    }
}

fn read(settings: &Settings) -> Vec<Statement> {
    let input = Input::new("h.xml", black_box(REPORT.as_slice()));
    let mut sink = Sink::new();
    let known = settings.registry.recognise(&input);
    known.map_or_else(|| unreachable!("no format"), |(source, _)| source.read(&input, &settings.context, &mut sink));
    sink.finish().statements
}

/// The bytes of the document.
fn convert(settings: &Settings) -> Vec<u8> {
    let statements = read(settings);
    let patient = statements.first().map(|statement| statement.patient().clone());
    let nobody = || PatientId { space: "".into(), id: "".into() };
    let known = Known { statements, ..Known::default() };
    let result = report_patient(patient.unwrap_or_else(nobody), known, settings);
    let why = || {
        result.held.iter().flat_map(|unit| &unit.issues).map(|issue| (issue.code(), &issue.path)).collect::<Vec<_>>()
    };
    let unit = result.built.into_iter().next();
    unit.map_or_else(|| unreachable!("the document is held: {:?}", why()), |unit| unit.bytes)
}

static BUNDLE: LazyLock<Vec<u8>> = LazyLock::new(|| convert(&settings(None)));

/// The whole way with base R4: the figure that counts.
#[divan::bench]
fn checkup_to_validated_bundle(bencher: Bencher<'_, '_>) {
    let settings = settings(Some(&BASE));
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| convert(&settings));
}

/// The same with all profiles and their invariants.
#[divan::bench]
fn checkup_to_bundle_with_packages(bencher: Bencher<'_, '_>) {
    if let Some(validator) = WITH_PACKAGES.as_ref() {
        let settings = settings(Some(validator));
        bencher.counter(ItemsCount::new(1_u32)).bench_local(|| convert(&settings));
    }
}

/// What no program can do without.
#[divan::bench]
fn bound(bencher: Bencher<'_, '_>) {
    let tree: serde_json::Value = serde_json::from_slice(&BUNDLE).unwrap_or_default();
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| (walk(black_box(&REPORT)), write(black_box(&tree))));
}

#[divan::bench]
fn bound_read(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| walk(black_box(&REPORT)));
}

#[divan::bench]
fn bound_write(bencher: Bencher<'_, '_>) {
    let tree: serde_json::Value = serde_json::from_slice(&BUNDLE).unwrap_or_default();
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| write(black_box(&tree)));
}

/// Elements, attributes and texts, looked at once.
fn walk(bytes: &[u8]) -> usize {
    let mut parser = quick_xml::Reader::from_str(str::from_utf8(bytes).unwrap_or_default());
    let mut seen = 0;
    loop {
        match parser.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                seen += tag.attributes().flatten().map(|it| it.value.len()).sum::<usize>();
            }
            Ok(Event::Text(text)) => seen += text.len(),
            Ok(Event::Eof) | Err(_) => return seen,
            Ok(_) => {}
        }
    }
}

fn write(tree: &serde_json::Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(BUNDLE.len());
    let _ = serde_json::to_writer(&mut out, tree);
    out
}

#[divan::bench]
fn part_0_recognise(bencher: Bencher<'_, '_>) {
    let input = Input::new("h.xml", REPORT.as_slice());
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| HOUSE.registry.recognise(black_box(&input)).is_some());
}

/// With recognising the format.
#[divan::bench]
fn part_1_read(bencher: Bencher<'_, '_>) {
    let settings = settings(None);
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| read(&settings));
}

#[divan::bench]
fn part_2_standardise(bencher: Bencher<'_, '_>) {
    let settings = settings(None);
    let chart = Chart::new(read(&settings));
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench_local(|| standardise(chart.resolve(), settings.tables, settings.site.policy).standards.len());
}

#[divan::bench]
fn part_3_build(bencher: Bencher<'_, '_>) {
    let settings = settings(None);
    let chart = Chart::new(read(&settings));
    let standardised = standardise(chart.resolve(), settings.tables, settings.site.policy);
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench_local(|| tsugite_clins::report(&standardised, &settings.site).built.len());
}

#[divan::bench]
fn part_4_gate(bencher: Bencher<'_, '_>) {
    let (options, mut memory) = (Options::default(), Memory::default());
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| check_in(&mut memory, black_box(&BUNDLE), &options));
}

#[divan::bench]
fn part_4_gate_with_base(bencher: Bencher<'_, '_>) {
    let (options, mut memory) = (Options::default(), Memory::default());
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| BASE.validate_in(&mut memory, black_box(&BUNDLE), &options));
}
