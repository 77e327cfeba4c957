//! Disks that are full, that fail, and that lose what was written: under the unmodified program.
//!
//! `TSUGITE_FAULTS=100 cargo test -p tsugite-gateway --test service disk`

use super::house::{House, Lab, PATIENTS, Running, files, samples};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

pub const FREE: &str = "[brake]\npercent = 100\ncount = 1000\n";

pub fn lab(order: u32) -> Lab {
    // A value says which report it is of.
    Lab { patient: PATIENTS[usize::try_from(order % 2).unwrap()], order, version: 0, value: 100_000 + order }
}

/// Every third report is dropped, the others are written to the storage.
fn write(house: &House, lab: &Lab) {
    if lab.order.is_multiple_of(3) {
        house.drop_file(&lab.name('1'), &lab.bytes());
    } else {
        house.store_file(&lab.path(), &lab.bytes());
    }
}

/// Under how many Bundle-IDs the centre holds a report.
pub fn ids(house: &House, order: u32) -> usize {
    let value = format!("\"value\":{}", lab(order).value);
    house.live().values().filter(|bundle| bundle.contains(&value)).count()
}

fn missing(house: &House, orders: &BTreeSet<u32>) -> Vec<u32> {
    let live = house.live();
    let holds = |order: &u32| live.values().any(|bundle| bundle.contains(&format!("\"value\":{}", lab(*order).value)));
    orders.iter().copied().filter(|order| !holds(order)).collect()
}

/// What must be so when everything works again: each report under one id, no dropped file lost, the chain of the audit whole.
fn check(house: &House, orders: &BTreeSet<u32>) {
    for order in orders {
        assert_eq!(ids(house, *order), 1, "report {order}");
    }
    let mut done = Vec::new();
    files(&house.path("drop"), &mut done);
    for order in orders.iter().filter(|order| order.is_multiple_of(3)) {
        let name = lab(*order).name('1');
        assert!(done.iter().any(|path| path.ends_with(&name)), "{name} was taken and not kept");
    }
    let verified = house.json(&["audit", "verify"]);
    assert_eq!(verified["holds"], Value::Bool(true), "{verified}");
}

/// A small disk of its own. `None` where it may not be made.
#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(at: PathBuf, megabytes: u32) -> Option<Self> {
        fs::create_dir_all(&at).unwrap();
        let options = format!("size={megabytes}m,mode=0700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&at).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(at));
        }
        None
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Leaves so many bytes.
    fn fill(&self, room: usize) {
        let reserve = self.0.join("reserve");
        fs::write(&reserve, vec![0; room]).unwrap();
        let mut ballast = fs::File::options().create(true).append(true).open(self.ballast()).unwrap();
        for size in [65_536, 4096, 1] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
        fs::remove_file(reserve).unwrap();
    }

    fn free(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Says that the disk is full, in words that a person can act upon.
fn tells_of_a_full_disk(words: &str) -> bool {
    words.contains("STORE-003") || words.contains("No space left on device")
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_loses_nothing_and_is_got_over() {
    let house = House::new(Some(&samples()), FREE);
    let Some(disk) = SmallDisk::mount(house.path("home"), 12) else {
        println!("skipped: no file system may be mounted here");
        return;
    };
    let _centre = house.centre(&[]);

    // From the first start on, in both languages.
    disk.fill(60_000);
    let (code, _, words) = house.tell(&["run", "--yes"]);
    assert_eq!(code, Some(3), "{words}");
    assert!(tells_of_a_full_disk(&words), "{words}");
    let mut japanese = Command::new(env!("CARGO_BIN_EXE_tsugite"));
    japanese.args(["--lang", "ja", "--home"]).arg(house.path("home")).args(["run", "--yes", "--config"]);
    let words = japanese.arg(house.path("tsugite.toml")).output().unwrap().stderr;
    assert!(
        String::from_utf8_lossy(&words).contains("ディスクに空きがありません"),
        "{}",
        String::from_utf8_lossy(&words)
    );
    assert!(house.live().is_empty(), "nothing goes up that the ledger cannot hold");
    disk.free();
    let (code, _, words) = house.tell(&["run", "--yes"]);
    assert!(matches!(code, Some(0 | 1)), "{words}");
    assert_eq!(house.live().len(), 10);

    let mut orders = BTreeSet::new();
    for (round, room) in [0, 30_000, 120_000, 400_000, 1_000_000].into_iter().enumerate() {
        disk.fill(room);
        let heard = house.log().len();
        let mut serve = Some(house.serve());
        let full = |serve: &mut Option<Running>| {
            if serve.as_mut().is_some_and(|running| running.0.try_wait().unwrap().is_some()) {
                *serve = None;
            }
            tells_of_a_full_disk(&house.log()[heard..])
        };
        let first = 6001 + u32::try_from(round).unwrap() * 100;
        for order in first..first + 100 {
            write(&house, &lab(order));
            orders.insert(order);
            thread::sleep(Duration::from_millis(150));
            if full(&mut serve) {
                break;
            }
        }
        house.until("the full disk is told", || full(&mut serve));
        println!("{room} bytes left: {} reports, ended: {}", orders.len(), serve.is_none());
        // What was put away before is stored: also if the power goes now.
        if round % 2 == 0 {
            serve.take().into_iter().for_each(Running::kill);
        }
        disk.free();
        let serve = serve.unwrap_or_else(|| house.serve());
        house.until("everything is at the centre", || missing(&house, &orders).is_empty() && house.is_quiet());
        assert_eq!(serve.terminate(), Some(0));
    }
    check(&house, &orders);
    assert_eq!(house.live().len(), 10 + orders.len());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_at_the_terminal_is_told_and_got_over() {
    let house = House::new(Some(&samples()), FREE);
    let Some(disk) = SmallDisk::mount(house.path("terminal"), 8) else {
        println!("skipped: no file system may be mounted here");
        return;
    };
    let (serve, _centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    disk.fill(0);
    let orders = BTreeSet::from([6003, 6004]);
    orders.iter().for_each(|order| write(&house, &lab(*order)));
    house.until("the full disk is told", || house.log().contains("UPSTREAM-"));
    thread::sleep(Duration::from_secs(2));
    assert_eq!(missing(&house, &orders), [6003, 6004]);
    disk.free();
    house.until("the reports are at the centre", || missing(&house, &orders).is_empty() && house.is_quiet());
    check(&house, &orders);
    drop(serve);
}

#[test]
fn with_too_little_space_nothing_is_taken_in_and_what_waits_goes_on_its_way() {
    let house = House::new(Some(&samples()), FREE);
    let (_serve, _centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    let text = fs::read_to_string(house.path("tsugite.toml")).unwrap();
    fs::write(house.path("tsugite.toml"), text.replace("free_megabytes = 0", "free_megabytes = 999999999")).unwrap();
    house.until("it is told", || house.log().contains("too little space on the disk: nothing is taken in"));
    let orders = BTreeSet::from([6003, 6004]);
    orders.iter().for_each(|order| write(&house, &lab(*order)));
    thread::sleep(Duration::from_secs(3));
    assert!(house.path("drop").join(lab(6003).name('1')).exists(), "it waits where it was dropped");
    assert_eq!(missing(&house, &orders), [6003, 6004]);
    fs::write(house.path("tsugite.toml"), text).unwrap();
    house.until("the reports are at the centre", || missing(&house, &orders).is_empty() && house.is_quiet());
    check(&house, &orders);
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    let house = House::new(Some(&samples()), FREE);
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let mut serve = house.command(&["serve", "--config"]);
    let mut serve = Running(serve.arg(house.path("tsugite.toml")).stderr(full()).stdout(full()).spawn().unwrap());
    let _centre = house.centre(&[]);
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10);
    assert!(serve.0.try_wait().unwrap().is_none(), "the service works on");
    assert_eq!(serve.terminate(), Some(0));
    let mut run = house.command(&["run", "--config"]);
    let status = run.arg(house.path("tsugite.toml")).stdout(full()).stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(3), "a result that cannot be told is no success, and no panic");
}

/// What fails, with which probability.
const FAULTS: [(&str, f64); 10] = [
    ("posix/io/rw/pwrite", 0.02),
    ("posix/io/rw/write", 0.02),
    ("posix/io/sync/*", 0.03),
    ("posix/io/rw/pwrite/reduce", 0.2),
    ("posix/io/rw/write/reduce", 0.2),
    ("posix/io/oc/open", 0.01),
    ("posix/io/rw/pread", 0.01),
    ("posix/io/rw/read", 0.01),
    ("posix/io/dir/rename", 0.1),
    ("posix/io/rw/ftruncate", 0.3),
];

#[cfg(target_os = "linux")]
#[test]
fn reads_and_writes_that_fail_or_fall_short_lose_nothing() {
    if Command::new("fiu-run").arg("-h").output().is_err() {
        println!("skipped: fiu-run (Debian: fiu-utils) is not here");
        return;
    }
    let rounds = env::var("TSUGITE_FAULTS").ok().and_then(|n| n.parse().ok()).unwrap_or(3 * FAULTS.len());
    let house = House::new(Some(&samples()), FREE);
    let _centre = house.centre(&[]);
    let (mut orders, mut ended) = (BTreeSet::new(), std::collections::BTreeMap::new());
    for round in 0..rounds {
        for order in 0..3 {
            let order = 6001 + u32::try_from(round).unwrap() * 3 + order;
            write(&house, &lab(order));
            orders.insert(order);
        }
        let (name, probability) = FAULTS[round % FAULTS.len()];
        // Seldom enough to get further than the opening, too.
        let probability = probability / [1.0, 4.0, 16.0][round / FAULTS.len() % 3];
        // 5 is EIO; a length that is cut has no number.
        let number = if name.ends_with("reduce") { "" } else { ",failinfo=5" };
        let fault = format!("enable_random name={name},probability={probability}{number}");
        let program = house.command(&["run", "--yes", "--config"]);
        let mut run = Command::new("fiu-run");
        run.args(["-x", "-f", "", "-c", &fault]).arg(program.get_program()).args(program.get_args());
        let output = run.arg(house.path("tsugite.toml")).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!words.contains("panicked") && output.status.code().is_some(), "{name}: {:?} {words}", output.status);
        let code = output.status.code().unwrap();
        *ended.entry((name, code)).or_insert(0) += 1;
        assert!(matches!(code, 0 | 1 | 3), "{name}: {code} {words}");
        assert!(code != 3 || !words.trim().is_empty() || name.contains("write"), "{name}: failed without a word");
    }
    println!("{ended:?}");
    // With a good disk again.
    for _ in 0..3 {
        house.tell(&["run", "--yes"]);
    }
    assert_eq!(missing(&house, &orders), Vec::<u32>::new(), "{}", house.tell(&["queue", "list"]).1);
    assert!(house.is_quiet());
    check(&house, &orders);
    assert_eq!(house.live().len(), 10 + orders.len());
}

#[cfg(target_os = "linux")]
#[test]
fn a_service_outlives_a_disk_that_fails_for_a_while() {
    if Command::new("fiu-ctrl").arg("-h").output().is_err() {
        println!("skipped: fiu-ctrl (Debian: fiu-utils) is not here");
        return;
    }
    let house = House::new(Some(&samples()), FREE);
    let _centre = house.centre(&[]);
    let (control, program) = (house.path("control"), house.command(&["serve", "--config"]));
    let mut serve = Command::new("fiu-run");
    serve.args(["-x", "-f"]).arg(&control).arg(program.get_program()).args(program.get_args());
    let log = fs::File::create(house.path("serve.log")).unwrap();
    let mut serve = Running(serve.arg(house.path("tsugite.toml")).stdout(Stdio::null()).stderr(log).spawn().unwrap());
    let id = serve.0.id().to_string();
    let tell = |command: String| {
        let told = Command::new("fiu-ctrl").arg("-f").arg(&control).args(["-c", &command, &id]).output().unwrap();
        assert!(told.status.success(), "{command}: {}", String::from_utf8_lossy(&told.stderr));
    };
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    let mut orders = BTreeSet::new();
    let faults =
        ["posix/io/rw/pwrite", "posix/io/sync/*", "posix/io/rw/write", "posix/io/dir/rename", "posix/io/rw/pread"];
    for (turn, name) in (0_u32..).zip(faults) {
        tell(format!("enable_random name={name},probability=0.1,failinfo=5"));
        for order in 0..6 {
            let order = 6001 + turn * 6 + order;
            write(&house, &lab(order));
            orders.insert(order);
            thread::sleep(Duration::from_millis(400));
        }
        tell(format!("disable name={name}"));
        thread::sleep(Duration::from_secs(1));
    }
    house.until("the fault was told", || house.log().contains("STORE-004"));
    house.until("everything is at the centre", || missing(&house, &orders).is_empty() && house.is_quiet());
    assert!(serve.0.try_wait().unwrap().is_none(), "it is the same process: {}", house.log());
    assert!(!house.log().contains("a defect of this program"), "{}", house.log());
    assert_eq!(serve.terminate(), Some(0));
    check(&house, &orders);
    assert_eq!(house.live().len(), 10 + orders.len());
}

/// The files of a home, as they were when the power went.
fn lay(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    super::house::copy(from, to);
    let _ = fs::remove_file(to.join("tsugite.db-shm"));
}

fn cut(path: &Path, at: u64) {
    fs::File::options().write(true).open(path).unwrap().set_len(at).unwrap();
}

fn garble(path: &Path, at: usize, length: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at..at + length].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_database_that_lost_its_end_recovers_or_is_told_and_never_begins_empty_in_silence() {
    let house = House::new(Some(&samples()), FREE);
    let (serve, _centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    let orders: BTreeSet<u32> = (6001..6007).collect();
    orders.iter().for_each(|order| write(&house, &lab(*order)));
    house.until("the reports are at the centre", || missing(&house, &orders).is_empty() && house.is_quiet());
    serve.kill();
    let (home, kept) = (house.path("home"), house.path("kept"));
    super::house::copy(&home, &kept);
    let before = house.live();
    let length = fs::metadata(kept.join("tsugite.db-wal")).unwrap().len();
    let pages = fs::metadata(kept.join("tsugite.db")).unwrap().len();
    assert!(length > 100_000, "{length}");

    type Damage = Box<dyn Fn(&Path)>;
    let wal = |at: u64| -> Damage { Box::new(move |home: &Path| cut(&home.join("tsugite.db-wal"), at)) };
    let cases: Vec<(&str, Damage)> = vec![
        ("the log is gone", Box::new(|home| fs::remove_file(home.join("tsugite.db-wal")).unwrap())),
        ("the log is empty", wal(0)),
        ("cut in the log's header", wal(17)),
        ("cut in its middle", wal(length / 2 + 100)),
        ("cut near its end", wal(length - 50)),
        (
            "garbled in its middle",
            Box::new(move |home| garble(&home.join("tsugite.db-wal"), usize::try_from(length / 2).unwrap(), 64)),
        ),
        (
            "the database is gone",
            Box::new(|home| {
                fs::remove_file(home.join("tsugite.db")).unwrap();
                fs::remove_file(home.join("tsugite.db-wal")).unwrap();
            }),
        ),
        (
            "the database is cut",
            Box::new(move |home| {
                cut(&home.join("tsugite.db"), pages / 2);
                cut(&home.join("tsugite.db-wal"), 0);
            }),
        ),
        (
            "the database begins with noise",
            Box::new(|home| {
                garble(&home.join("tsugite.db"), 0, 200);
                cut(&home.join("tsugite.db-wal"), 0);
            }),
        ),
        ("the log of ids is garbled", Box::new(|home| garble(&home.join("issued.log"), 40, 30))),
        ("the key is gone", Box::new(|home| fs::remove_file(home.join("issued.log.key")).unwrap())),
    ];
    for (what, damage) in cases {
        lay(&kept, &home);
        damage(&home);
        let (code, out, words) = house.tell(&["run", "--yes"]);
        let said = format!("{out}{words}");
        let live = house.live();
        assert_eq!(live.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "{what}: {said}");
        if code == Some(3) {
            let told = ["STORE-005", "STORE-007", "STORE-008"].iter().any(|code| words.contains(code));
            assert!(told, "{what}: {words}");
        } else {
            assert!(matches!(code, Some(0 | 1)), "{what}: {code:?} {said}");
            check(&house, &orders);
            let began_anew = home.join("tsugite.db").exists() && what.contains("database is gone");
            assert!(!began_anew || said.contains("STORE-006"), "{what}: {said}");
        }
    }
}

#[test]
fn what_was_put_away_and_then_forgotten_is_read_again() {
    let house = House::new(Some(&samples()), FREE);
    let (serve, _centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the samples are at the centre", || house.live().len() == 10 && house.is_quiet());
    assert_eq!(house.tell(&["backup"]).0, Some(0));
    house.tell(&["queue", "pause"]);
    // Two files of one name: the second is put away under another one.
    let reports = [lab(6006), Lab { order: 6012, ..lab(6012) }];
    for report in &reports {
        house.drop_file("report", &report.bytes());
        house.until("it was put away", || !house.path("drop/report").exists());
    }
    house.until("both are in the outbox", || {
        let list = house.json(&["queue", "list"]);
        list["submissions"].as_array().unwrap().iter().filter(|s| s["state"] == "queued").count() == 2
    });
    serve.kill();
    assert_eq!(house.tell(&["restore"]).0, Some(0));
    let (code, out, words) = house.tell(&["run", "--yes"]);
    assert!(matches!(code, Some(0 | 1)) && out.contains("INTAKE-018"), "{out} {words}");
    assert_eq!(missing(&house, &BTreeSet::from([6006, 6012])), Vec::<u32>::new());
    let mut done = Vec::new();
    files(&house.path("drop/done"), &mut done);
    assert_eq!(done.len(), 2, "they lie where they lay: {done:?}");
    let (_, out, _) = house.tell(&["run", "--yes"]);
    assert!(!out.contains("INTAKE-018"), "{out}");
}
