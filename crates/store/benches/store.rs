//! What durability costs: intake with one caller and with many, the queue of a clinic that was offline for long, and opening a large
//! store. `sync` is the lower bound: the disk's own rate for the same bytes in the same run.
//!
//! `STORE_BENCH_DIR` names the folder to work in (a disk, not memory); else the system's temporary folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use divan::{Bencher, counter::ItemsCount};
use std::{
    collections::BTreeSet,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
};
use tempfile::TempDir;
use tsugite_clinical::{PatientId, Presence, Scope, Statement, Version, WholeList};
use tsugite_issue::{Digest, InputName};
use tsugite_store::{
    Answer, InputReading, Keys, NewInput, NewSubmission, Operation, Reader, Store, Submission, Unit, WriteHandle,
    Writer,
};

const NOW: &str = "2026-11-22T09:00:00+09:00";
const LAB_MESSAGE: usize = 4096;
const QUEUED: u32 = 100_000;
const FACTS: u64 = 1_000_000;
const FACTS_A_PATIENT: u64 = 100;

fn main() {
    divan::main();
}

fn folder() -> TempDir {
    match std::env::var_os("STORE_BENCH_DIR") {
        Some(folder) => tempfile::tempdir_in(PathBuf::from(folder)).unwrap(),
        None => tempfile::tempdir().unwrap(),
    }
}

fn keys(home: &Path) -> Keys {
    Keys::from_file_or_create(&home.join("keys")).unwrap().0
}

fn open(home: &Path) -> Store {
    Store::open_with(&home.join("tsugite.db"), &home.join("issued.log"), &keys(home)).unwrap()
}

/// 4 KiB that compress as a lab message does, and are new each time.
fn message(n: u64) -> Vec<u8> {
    let line =
        |row: u64| format!("OBX|{row}|NM|3F0150000023272{row:02}^item {row}^JC10||{}|mg/dL|||||F\r", n * 7 + row * 13);
    let mut text = format!("MSH|^~\\&|{n:016}\r").into_bytes();
    let mut rows = (0..).map(line);
    while text.len() < LAB_MESSAGE {
        text.extend(rows.next().unwrap_or_default().as_bytes());
    }
    text.truncate(LAB_MESSAGE);
    text
}

#[divan::bench]
fn sync_4_kib(bencher: Bencher) {
    let home = folder();
    let mut file = File::create(home.path().join("file")).unwrap();
    let bytes = message(1);
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        file.write_all(&bytes).unwrap();
        file.sync_data().unwrap();
    });
}

#[divan::bench]
fn intake_single(bencher: Bencher) {
    let home = folder();
    let mut store = open(home.path());
    let mut n = 0;
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        n += 1;
        let path = n.to_string();
        store.receive(&[NewInput { instance: "in", path: &path, bytes: &message(n) }], NOW).unwrap();
    });
}

/// Many callers, each waiting for its own file.
#[divan::bench(args = [8, 64], sample_count = 20)]
fn intake_group(bencher: Bencher, callers: u64) {
    const EACH: u64 = 16;
    let home = folder();
    let writer = Writer::start(open(home.path())).unwrap();
    let next = AtomicU64::new(0);
    let one = |handle: &WriteHandle| {
        let n = next.fetch_add(1, Relaxed);
        let (path, bytes) = (n.to_string(), message(n));
        let job =
            move |store: &mut Store| store.receive(&[NewInput { instance: "in", path: &path, bytes: &bytes }], NOW);
        handle.write(job).unwrap();
    };
    bencher.counter(ItemsCount::new(callers * EACH)).bench_local(|| {
        thread::scope(|scope| {
            for _ in 0..callers {
                let (handle, one) = (writer.handle(), &one);
                scope.spawn(move || (0..EACH).for_each(|_| one(&handle)));
            }
        });
    });
}

fn submission(n: u32) -> NewSubmission {
    let unit = Unit {
        kind: "lab".into(),
        institution: "1319999999".into(),
        patient: format!("clinic/{}", n / 5),
        report: format!("2026-11-22/{n}"),
        generation: 0,
    };
    NewSubmission {
        bundle_id: format!("1319999999^2026^{n:08}"),
        unit,
        operation: Operation::Register,
        content: [1; 32],
        identity: [1; 32],
        insured: "01234567:1:1:01".into(),
        members: 20,
        ig: "1.10.0".into(),
        bytes: message(u64::from(n)).repeat(15),
        attachments: Vec::new(),
        review: false,
    }
}

fn enqueue(store: &mut Store) {
    let mut numbers = 0..QUEUED;
    loop {
        let batch: Vec<_> = numbers.by_ref().take(500).map(submission).collect();
        if batch.is_empty() {
            break;
        }
        store.enqueue(&batch, NOW, "bench").unwrap();
    }
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn enqueue_100_000(bencher: Bencher) {
    let made = || {
        let home = folder();
        let store = open(home.path());
        (home, store)
    };
    bencher.counter(ItemsCount::new(QUEUED)).with_inputs(made).bench_local_values(|(home, mut store)| {
        enqueue(&mut store);
        (home, store)
    });
}

/// Against a centre that answers at once, so many side by side: each attempt durable before it is sent, each answer when it came.
#[divan::bench(args = [16, 128], sample_count = 1, sample_size = 1)]
fn drain_100_000(bencher: Bencher, side_by_side: usize) {
    let made = || {
        let home = folder();
        let mut store = open(home.path());
        enqueue(&mut store);
        (home, store)
    };
    let file_id = |due: &Submission| format!("TG{}", due.id);
    bencher.counter(ItemsCount::new(QUEUED)).with_inputs(made).bench_local_values(|(home, mut store)| {
        loop {
            let due = store.due(side_by_side, &BTreeSet::new()).unwrap();
            if due.is_empty() {
                break;
            }
            let ids: Vec<_> = due.iter().map(|due| (due.id, file_id(due))).collect();
            let starts: Vec<_> = ids.iter().map(|(id, file_id)| (*id, file_id.as_str())).collect();
            store.start_attempts(&starts, NOW, "bench").unwrap();
            for due in &due {
                divan::black_box(store.payload(due.id).unwrap());
            }
            let settle = |store: &mut Store| {
                ids.iter().try_for_each(|(_, file_id)| {
                    store.settle(file_id, Answer::Accepted, "0", "", b"<receipt/>", NOW).map(drop)
                })
            };
            store.together(settle).unwrap();
        }
        (home, store)
    });
}

fn list(patient: u64, time: u64) -> Statement {
    Statement::List(WholeList {
        patient: PatientId { space: "clinic".into(), id: format!("{patient:010}").into() },
        scope: Arc::new(Scope { source: "storage".into(), feed: "PPR-01".into(), part: "".into() }),
        version: Version { time, ..Version::default() },
        presence: Presence::Present,
        input: Arc::new(InputName { path: "a".into(), digest: Digest([7; 16]) }),
    })
}

/// A store of a million facts, made once.
fn large() -> &'static Path {
    static LARGE: OnceLock<TempDir> = OnceLock::new();
    let made = LARGE.get_or_init(|| {
        let home = folder();
        let mut store = open(home.path());
        let run = store.begin_run(NOW, NOW).unwrap();
        let patients = FACTS / FACTS_A_PATIENT;
        for first in (0..patients).step_by(100) {
            let of = |patient| (0..FACTS_A_PATIENT).map(|time| list(patient, time)).collect::<Vec<_>>();
            let stated: Vec<_> =
                (first..first + 100).map(|patient| (format!("{patient:010}/a"), of(patient))).collect();
            let readings: Vec<_> = stated
                .iter()
                .map(|(path, statements)| InputReading {
                    instance: "storage",
                    path,
                    size: 1,
                    mtime: "m",
                    digest: Digest([7; 16]),
                    valid: true,
                    records: 1,
                    reader: "0.1.0",
                    statements,
                })
                .collect();
            store.scan(run).record(&readings).unwrap();
        }
        home
    });
    made.path()
}

#[divan::bench(sample_count = 10)]
fn open_with_1_000_000_facts(bencher: Bencher) {
    let home = large();
    bencher.bench_local(|| open(home));
}

#[divan::bench(sample_count = 100)]
fn one_patient_of_1_000_000_facts(bencher: Bencher) {
    let home = large();
    let reader = Reader::open(&home.join("tsugite.db"), &keys(home)).unwrap();
    let patient = PatientId { space: "clinic".into(), id: "0000005000".into() };
    bencher.bench_local(|| {
        let statements = reader.statements(&patient).unwrap();
        assert_eq!(statements.len(), 100);
        statements
    });
}
