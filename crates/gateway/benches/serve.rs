//! What the whole service costs, as a process of its own with a centre beside it: from a file in the watched folder to the outbox and
//! to the centre, how much it takes in, the first load of a site, and what it needs when nothing happens. The disk's own rate of
//! durable writes is measured in the same run: nothing durable can be faster.
//!
//! `cargo bench -p tsugite-gateway --bench serve`; `TSUGITE_PATIENTS=2000` for a larger site.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "../../../tests/common.rs"]
mod common;
#[path = "../../../tests/service/house.rs"]
#[allow(dead_code)]
mod house;
#[path = "../../pipeline/benches/storage/mod.rs"]
mod storage;

use house::{House, Lab, PATIENTS, files, samples};
use std::{
    env, fs,
    io::Write as _,
    path::Path,
    process::Child,
    thread,
    time::{Duration, Instant},
};
use tsugite_store::{Keys, Reader, SubmissionState};

fn number(name: &str, default: u32) -> u32 {
    env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

fn main() {
    if !env::args().any(|argument| argument == "--bench") {
        return;
    }
    durable_writes();
    one_by_one(number("TSUGITE_FILES", 60));
    first_load(number("TSUGITE_PATIENTS", 200));
}

/// The lower bound of everything that must survive.
fn durable_writes() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = fs::File::create(folder.path().join("file")).unwrap();
    let start = Instant::now();
    let count = 200;
    for _ in 0..count {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
    }
    report("the disk: 4 KiB written and synced", rate(count, start.elapsed()));
}

/// A clinic at work: one report now and then; then a burst; then nothing.
fn one_by_one(count: u32) {
    let house = House::new(Some(&samples()), "");
    fast(&house);
    let (serve, _centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());

    let home = house.path("home");
    let keys = Keys::from_file(&home.join("issued.log.key")).unwrap();
    let reader = Reader::open(&home.join("tsugite.db"), &keys).unwrap();
    let queued = || reader.submissions_in(&SubmissionState::ALL).unwrap().len();
    let (mut outbox, mut centre) = (Vec::new(), Vec::new());
    for number in 0..count {
        let lab = Lab { patient: PATIENTS[number as usize % 2], order: 8000 + number, version: 0, value: 800_000 };
        let (before, registered) = (queued(), registrations(&house));
        let start = Instant::now();
        house.drop_file(&lab.name('1'), &lab.bytes());
        wait(|| queued() > before);
        outbox.push(start.elapsed());
        wait(|| registrations(&house) > registered);
        centre.push(start.elapsed());
    }
    report("a file dropped → outbox (looked for each second)", percentiles(&mut outbox));
    report("a file dropped → registered at the centre", percentiles(&mut centre));

    let burst = count * 10;
    let start = Instant::now();
    for number in 0..burst {
        let lab = Lab { patient: PATIENTS[number as usize % 2], order: 20_000 + number, version: 0, value: 800_000 };
        house.drop_file(&lab.name('1'), &lab.bytes());
    }
    let taken = || count_files(&house.path("drop/done"));
    wait(|| taken() == (burst + count) as usize);
    report("a burst of files: durable and moved away", rate(burst, start.elapsed()));
    wait(|| house.is_quiet() && house.live().len() >= (10 + burst + count) as usize);
    report("the same burst: registered at the centre", rate(burst, start.elapsed()));
    idle(&serve.0);
}

/// Everything of a site that begins.
fn first_load(patients: u32) {
    let house = House::new(None, "[brake]\npercent = 100\ncount = 100000\n");
    fast(&house);
    for file in (0..patients).flat_map(storage::patient) {
        let target = house.path("storage/1319999999").join(&file.path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, file.bytes).unwrap();
    }
    let units = patients * (storage::REPORTS + 2);
    let start = Instant::now();
    let (serve, _centre) = (house.serve(), house.centre(&[]));
    wait(|| {
        let list = house.json(&["queue", "list"]);
        list["waits_for_approval"].as_array().is_some_and(|asks| !asks.is_empty())
    });
    report(&format!("a site of {patients} patients: read and planned (submissions)"), rate(units, start.elapsed()));
    let start = Instant::now();
    house.tell(&["queue", "approve", "--plan"]);
    wait(|| registrations(&house) >= units as usize && house.is_quiet());
    report("the same: queued, sent and answered (submissions)", rate(units, start.elapsed()));
    idle(&serve.0);
}

/// As many requests side by side as a test of the program's own speed needs; the real terminal takes one.
fn fast(house: &House) {
    let file = house.path("clins.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(file, text.replace("concurrent = 1", "concurrent = 16")).unwrap();
}

fn registrations(house: &House) -> usize {
    count_files(&house.path("terminal/registrations"))
}

fn count_files(folder: &Path) -> usize {
    let mut found = Vec::new();
    files(folder, &mut found);
    found.len()
}

fn wait(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(3600), "it never came");
        thread::sleep(Duration::from_millis(2));
    }
}

/// Memory, and the share of one core, over some seconds in which nothing happens.
fn idle(process: &Child) {
    const WHILE: Duration = Duration::from_secs(10);
    thread::sleep(Duration::from_secs(2));
    let Some((before, _)) = used(process.id()) else {
        return println!("memory and processor: not told by this system");
    };
    thread::sleep(WHILE);
    let Some((after, memory)) = used(process.id()) else { return };
    // Clock ticks are hundredths of a second wherever Linux runs.
    let share = f64::from(after - before) / WHILE.as_secs_f64();
    report("idle: of one core", format!("{share:.1} %"));
    report("idle: memory", format!("{memory} KiB"));
}

/// Clock ticks so far, and resident memory in KiB.
fn used(process: u32) -> Option<(u32, u32)> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let ticks: Vec<u32> =
        stat.rsplit(')').next()?.split_whitespace().skip(11).take(2).filter_map(|n| n.parse().ok()).collect();
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some((ticks.iter().sum(), memory.split_whitespace().next()?.parse().ok()?))
}

fn rate(count: u32, time: Duration) -> String {
    format!("{:.0} a second ({count} in {:.2} s)", f64::from(count) / time.as_secs_f64(), time.as_secs_f64())
}

fn percentiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_millis();
    format!("p50 {} ms, p99 {} ms", at(50), at(99))
}

fn report(what: &str, figure: impl std::fmt::Display) {
    println!("{what}: {figure}");
}
