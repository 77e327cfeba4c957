//! A year in minutes: the clock is the test's, the centre is in this process.

use super::*;
use crate::{
    cli::Global,
    clock::Clock,
    failure::Failure,
    send::{Cycle, House, files, form, keys},
    session::{Format, Session},
    settings::Settings,
};
use jiff::Timestamp;
use serde_json::Value;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    rc::Rc,
    sync::{Arc, Mutex},
    time::Duration,
};
use tsugite_issue::Issue;
use tsugite_sandbox::{Setup, Terminal};
use tsugite_store::{Approval, LedgerEntry, SubmissionState as State, Unit};
use tsugite_upstream::{Collected, Disposal, Operation, Request, Transport, TransportError};

mod kept;
mod long;
mod overlay;

#[derive(Debug)]
struct TestClock(Mutex<(Timestamp, Duration)>);

impl TestClock {
    fn pass(&self, time: Duration) {
        let mut clock = self.0.lock().unwrap();
        clock.0 = clock.0.checked_add(jiff::SignedDuration::try_from(time).unwrap()).unwrap();
        clock.1 += time;
    }

    /// Until nine in the morning of the next day, in Japan.
    fn sleep(&self) {
        let now = self.now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(9)));
        let morning = now.date().tomorrow().unwrap().at(9, 0, 0, 0).to_zoned(now.time_zone().clone()).unwrap();
        self.pass(Duration::try_from(morning.duration_since(&now)).unwrap());
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().0
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().1
    }
}

/// The centre, and whether it can be reached.
struct Upstream {
    terminal: Terminal,
    down: bool,
}

#[derive(Clone)]
struct Wire(Rc<RefCell<Upstream>>);

impl Wire {
    fn new(now: Timestamp) -> Self {
        let interface = tsugite_upstream::Interface::from_toml(tsugite_mappings::UPSTREAM_CLINS.text).unwrap();
        Self(Rc::new(RefCell::new(Upstream { terminal: Terminal::new(interface, Setup::default(), now), down: false })))
    }

    fn up(&self) -> Result<std::cell::RefMut<'_, Terminal>, TransportError> {
        let upstream = self.0.borrow_mut();
        if upstream.down {
            return Err(TransportError::Io { path: "line".into(), source: io::ErrorKind::HostUnreachable.into() });
        }
        Ok(std::cell::RefMut::map(upstream, |upstream| &mut upstream.terminal))
    }

    /// Bundle-ID and content of what the centre holds.
    fn live(&self) -> BTreeMap<String, Value> {
        let held = self.0.borrow().terminal.registrations().unwrap();
        held.into_iter().map(|one| (one.bundle_id, serde_json::from_str(&one.payload).unwrap())).collect()
    }

    fn requests(&self) -> usize {
        self.0.borrow().terminal.events().len()
    }
}

impl Transport for Wire {
    fn submit(&mut self, request: &Request) -> Result<Vec<Issue>, TransportError> {
        self.up()?.submit(request)
    }

    fn collect(&mut self) -> Result<Vec<Collected>, TransportError> {
        self.up()?.collect()
    }

    fn collect_at(&mut self, now: Timestamp) -> Result<Vec<Collected>, TransportError> {
        self.up()?.collect_at(now)
    }

    fn dispose(&mut self, collected: &Collected, disposal: Disposal) -> Result<(), TransportError> {
        self.up()?.dispose(collected, disposal)
    }

    fn take_back(&mut self, operation: Operation, file_id: &str) -> Result<bool, TransportError> {
        self.up()?.take_back(operation, file_id)
    }
}

/// One clinic; several homes may look at its storage.
struct Clinic {
    dir: tempfile::TempDir,
    clock: Arc<TestClock>,
}

impl Clinic {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(&samples(), &dir.path().join("storage"));
        fs::create_dir(dir.path().join("maps")).unwrap();
        let settings = "[institution]\nnumber = \"1319999999\"\n[source]\nfolders = [\"storage\"]\n\
             [report]\nstart_date = \"2020-01-01\"\n[maps]\nfolder = \"maps\"\n\
             [upstream]\nrequests = \"req\"\nresults = \"res\"\n[resend]\nidentity = \"all\"\n\
             [brake]\npercent = 100\ncount = 1000\nlist_percent = 100\n[review]\nicd10 = []\n[service]\nfree_megabytes = 0\nwithout_packages = true\n";
        fs::write(dir.path().join("tsugite.toml"), settings).unwrap();
        let start: Timestamp = "2026-11-23T09:00:00+09:00".parse().unwrap();
        Self { dir, clock: Arc::new(TestClock(Mutex::new((start, Duration::from_secs(1))))) }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn session(&self, home: &str) -> Session {
        let home = Some(self.path(home));
        let global =
            Global { home, lang: Some(crate::cli::Language::En), format: Format::Text, ig: vec![], quiet: true };
        let mut session = Session::new(crate::default_registry(), global);
        let clock: Arc<dyn Clock> = Arc::<TestClock>::clone(&self.clock);
        session.clock = clock;
        session
    }

    fn settings(&self) -> Settings {
        Settings::load(&self.path("tsugite.toml")).unwrap()
    }

    fn open<'s>(&self, session: &'s Session, wire: &Wire) -> Service<'s> {
        let settings = self.settings();
        let cycle = Cycle::new(session, &settings, None).unwrap();
        let house = House::open(session, &settings).unwrap();
        let config = self.path("tsugite.toml");
        Service::with(session, &config, cycle, house, Box::new(wire.clone()), Stop::default()).unwrap()
    }

    /// Lets the service work until nothing moves any more.
    fn settle(&self, service: &mut Service) {
        let mut still = 0;
        for _ in 0..3000 {
            match service.tick() {
                Ok(_) | Err(Failure::Stopped) => {}
                Err(failure) => panic!("{failure:?}"),
            }
            let store = &mut service.house.store;
            if !store.approved(Approval::Plan, "").unwrap() && !store.proposals().unwrap().is_empty() {
                store.approve_proposals(Approval::Plan, "now", "desk").unwrap();
            }
            let moving = !store.submissions_in(&[State::Queued, State::Sent, State::Lost]).unwrap().is_empty();
            still = if moving { 0 } else { still + 1 };
            // More than a scan apart.
            if still > 20 {
                return;
            }
            self.clock.pass(Duration::from_secs(5));
        }
    }

    /// As `tsugite reprocess --go`: what is made otherwise goes up once.
    fn reprocess(&self, session: &Session, service: &mut Service) {
        let mut cycle = Cycle::new(session, &self.settings(), None).unwrap();
        let store = &mut service.house.store;
        let otherwise = cycle.made_otherwise(store, &store.patients().unwrap(), false).unwrap();
        assert!(otherwise.len() > 5, "{}", otherwise.len());
        store.enqueue(&otherwise, "now", "desk").unwrap();
        self.settle(service);
        let store = &service.house.store;
        assert_eq!(cycle.made_otherwise(store, &store.patients().unwrap(), false).unwrap().len(), 0);
    }

    fn restore(&self, session: &Session) {
        let settings = self.settings();
        let (database, log) = files(session, &settings);
        let copy = tsugite_store::backups(&self.path("backups")).unwrap().remove(0);
        tsugite_store::restore(&copy, &database, &log, &keys(session, &settings).unwrap(), "now", "desk").unwrap();
    }

    fn file(&self, patient: &str, data_type: &str) -> PathBuf {
        let mut found = Vec::new();
        list(&self.path("storage"), &mut found);
        let fits =
            |name: &str| name.starts_with(patient) && name.contains(&format!("_{data_type}_")) && name.ends_with("_1");
        found.into_iter().find(|path| fits(&path.file_name().unwrap().to_string_lossy())).unwrap()
    }

    /// What an update leaves: the old file as history, and a new one with a later time.
    fn update(&self, path: &Path, change: impl Fn(Vec<u8>) -> Vec<u8>) {
        let bytes = fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        fs::rename(path, path.with_file_name(format!("{}2", &name[..name.len() - 1]))).unwrap();
        let mut parts: Vec<String> = name.split('_').map(str::to_owned).collect();
        parts[4] = (parts[4].parse::<u64>().unwrap() + 1_000).to_string();
        fs::write(path.with_file_name(parts.join("_")), change(bytes)).unwrap();
    }

    /// A report of potassium for a patient of the samples.
    fn report(&self, order: u32, value: u32) {
        let sample = self
            .path("storage/000/000/0000000003/20261001/OML-11")
            .join("0000000003_20261001_OML-11_000000000000302_20261002090000000_01_1");
        let sample = fs::read(sample).unwrap_or_else(|_| {
            fs::read(samples().join(
                "000/000/0000000003/20261001/OML-11/0000000003_20261001_OML-11_000000000000302_20261002090000000_01_1",
            ))
            .unwrap()
        });
        let bytes = replace(&sample, "000000000000302", &format!("{order:015}"));
        let bytes = replace(&bytes, "||4.1|", &format!("||{value}|"));
        let folder = self.path("storage/000/000/0000000003/20261001/OML-11");
        fs::write(folder.join(format!("0000000003_20261001_OML-11_{order:015}_20261002090000000_01_1")), bytes)
            .unwrap();
    }
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/clinic/ssmix2/1319999999")
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { list(&path, into) } else { into.push(path) }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut found = Vec::new();
    list(from, &mut found);
    for path in found {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, &target).unwrap();
    }
}

fn replace(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while let Some(at) = rest.windows(from.len()).position(|window| window == from.as_bytes()) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to.as_bytes());
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// Content by Unit, whatever its generation.
fn accepted(ledger: Vec<LedgerEntry>) -> BTreeMap<Unit, [u8; 32]> {
    let live = ledger.into_iter().filter_map(|entry| Some((entry.unit, entry.accepted?.content)));
    live.map(|(unit, content)| (Unit { generation: 0, ..unit }, content)).collect()
}

/// What the centre holds of each Unit, without what differs between homes.
fn said(wire: &Wire, ledger: Vec<LedgerEntry>) -> BTreeMap<Unit, String> {
    let live = wire.live();
    let of = |entry: LedgerEntry| {
        let bundle = live.get(&entry.bundle_id)?;
        Some((Unit { generation: 0, ..entry.unit }, form(bundle.to_string().as_bytes())))
    };
    ledger.into_iter().filter_map(of).collect()
}

/// Another insurer.
fn insure(bytes: &[u8], number: u32) -> Vec<u8> {
    let numbers = (0..100).map(|n| format!("|1399{n:02}|"));
    let old = numbers.into_iter().find(|old| replace(bytes, old, "") != bytes).unwrap();
    replace(bytes, &old, &format!("|1399{number:02}|"))
}

fn diagnose(bytes: &[u8], day: u32) -> Vec<u8> {
    let line = format!(
        "PRB|AD|20261112|20054174^GASTRITIS^MDCDX2|{day:010}-9|||20261112|||K297^^I10^O^^JHSD0004||||||20261112\r"
    );
    [bytes.trim_ascii_end(), b"\r", line.as_bytes()].concat()
}

#[test]
fn after_a_year_the_centre_holds_what_the_sources_say() {
    let clinic = Clinic::new();
    let session = clinic.session("home");
    let wire = Wire::new(clinic.clock.now());
    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    assert!(wire.live().len() >= 10, "{}", wire.live().len());
    let mut quiet_days = 0;
    for day in (1..=365_u32).step_by(3) {
        (0..3).for_each(|_| clinic.clock.sleep());
        let (before, live) = (wire.requests(), wire.live().len());
        let mut changed = true;
        match day {
            // A week without the centre, in which work goes on.
            100 => {
                wire.0.borrow_mut().down = true;
                clinic.report(9100, 991);
            }
            106 => wire.0.borrow_mut().down = false,
            61 | 160 | 301 => clinic.update(&clinic.file("0000000001", "ADT-00"), |bytes| insure(&bytes, day % 97)),
            40 | 250 => clinic.update(&clinic.file("0000000001", "PPR-01"), |bytes| diagnose(&bytes, day)),
            // A map of the site is corrected: nothing goes by itself.
            199 => {
                changed = false;
                fs::write(clinic.path("maps/units.csv"), "printed,ucum,spellings\nmmol/L,mmol/L,mEq/L\n").unwrap();
            }
            202 => {
                clinic.settle(&mut service);
                clinic.reprocess(&session, &mut service);
            }
            // The service starts from yesterday's copy.
            220 => {
                service.house.store.backup(&clinic.path("backups"), 3, &session.now().to_string()).unwrap();
                clinic.report(9000, 777);
                clinic.settle(&mut service);
                clinic.clock.sleep();
                drop(service);
                clinic.restore(&session);
                service = clinic.open(&session, &wire);
            }
            day if day % 15 == 1 => clinic.report(8000 + day, 100 + day),
            day if day % 45 == 4 => {
                let report = clinic.file("0000000003_20261001_OML-11_00000000000", "OML-11");
                clinic.update(&report, |bytes| replace(&bytes, "|F", "|C"));
            }
            // A report is deleted.
            day if day % 90 == 7 => {
                let order = 8000 + (day - 7) / 15 * 15 + 1;
                let name = format!("0000000003_20261001_OML-11_{order:015}_20261002090000000_01_");
                let folder = clinic.path("storage/000/000/0000000003/20261001/OML-11");
                fs::rename(folder.join(format!("{name}1")), folder.join(format!("{name}0"))).unwrap();
            }
            _ => changed = false,
        }
        if (100..106).contains(&day) {
            // It tries, and waits.
            for _ in 0..50 {
                service.tick().unwrap();
                clinic.clock.pass(Duration::from_secs(60));
            }
            assert_eq!(wire.live().len(), live);
            continue;
        }
        clinic.settle(&mut service);
        if !changed && day != 106 {
            assert_eq!(wire.requests(), before, "nothing changed on day {day}, so nothing is said");
            quiet_days += 1;
        }
    }
    assert!(quiet_days > 50, "{quiet_days}");

    // Somebody who has never sent anything, on the same day, would say just this.
    let (fresh, other) = (clinic.session("fresh"), Wire::new(clinic.clock.now()));
    let mut anew = clinic.open(&fresh, &other);
    clinic.settle(&mut anew);
    let ledger = service.house.store.ledger().unwrap();
    let expected = anew.house.store.ledger().unwrap();
    assert!(accepted(expected.clone()).len() > 30, "{}", expected.len());
    assert_eq!(accepted(ledger.clone()), accepted(expected.clone()), "the ledger");
    let (said, expected) = (said(&wire, ledger.clone()), said(&other, expected));
    let differing: Vec<_> =
        said.keys().chain(expected.keys()).filter(|unit| said.get(unit) != expected.get(unit)).collect();
    assert!(differing.is_empty(), "the centre holds something else of {differing:?}");

    // Each Unit under one id, of the year in which it was first said.
    let mut ids: Vec<String> = ledger.iter().filter(|e| e.accepted.is_some()).map(|e| e.bundle_id.clone()).collect();
    ids.sort();
    assert_eq!(wire.live().keys().cloned().collect::<Vec<_>>(), ids);
    assert_eq!(ids.len(), accepted(ledger).len(), "one live id a Unit");
    let years: BTreeSet<_> = ids.iter().filter_map(|id| id.split('^').nth(1)).collect();
    assert_eq!(years.len(), 2, "the year of first issue stays");
    assert!(service.house.store.verify_audit().unwrap().is_ok_and(|rows| rows > 100));
}
