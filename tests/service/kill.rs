//! Killed at any moment, the gateway and the centre lose nothing and say nothing twice. Letters go with files that travel apart, and
//! nothing of them goes again before the centre was asked.
//!
//! `TSUGITE_KILLS=300 TSUGITE_SEED=7 cargo test -p tsugite-gateway --test service kill`

use super::house::{House, Lab, Letter, PATIENTS, Running, files, samples};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs, thread,
    time::{Duration, Instant},
};

/// SplitMix64: the same seed, the same moments.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }
}

/// Writes reports and remembers what it wrote: order number → (patient, newest value).
#[derive(Default)]
struct Producer {
    written: BTreeMap<u32, (&'static str, u32)>,
    versions: BTreeMap<u32, u32>,
    dropped: BTreeSet<String>,
    /// Letter → newest version.
    letters: BTreeMap<u32, u32>,
}

impl Producer {
    /// A new report or a new version of an old one, into the storage or the watched folder.
    fn write(&mut self, house: &House, chance: &mut Chance) {
        let new = self.written.is_empty() || chance.next(3) > 0;
        let count = u32::try_from(self.written.len()).unwrap();
        let order = if new { 5001 + count } else { 5001 + u32::try_from(chance.next(u64::from(count))).unwrap() };
        // A report stays where it began: two places would be two files of one name.
        let patient = PATIENTS[usize::try_from(order % 2).unwrap()];
        let version = self.versions.entry(order).and_modify(|version| *version += 1).or_insert(0);
        let lab = Lab { patient, order, version: *version, value: order * 100 + *version };
        if order % 3 == 0 {
            let name = lab.name('1');
            house.drop_file(&name, &lab.bytes());
            self.dropped.insert(name);
        } else {
            // As a storage does: the new file, then the old one becomes history.
            house.store_file(&lab.path(), &lab.bytes());
            if let Some(old) = version.checked_sub(1) {
                let old = Lab { version: old, ..Lab { patient, order, version: 0, value: 0 } };
                let path = house.path("storage").join(old.path());
                fs::rename(&path, path.with_file_name(old.name('2'))).unwrap();
            }
        }
        self.written.insert(order, (patient, lab.value));
    }

    /// A new letter or a new version of an old one, with a file that stays and one that does not.
    fn write_letter(&mut self, house: &House, chance: &mut Chance) {
        let number = u32::try_from(chance.next(6)).unwrap();
        let version = self.letters.entry(number).and_modify(|version| *version += 1).or_insert(1);
        let letter = Letter { number, version: *version };
        house.drop_file(&letter.name(), letter.toml().as_bytes());
        self.dropped.insert(letter.name());
    }
}

const FAULTS: &str = r#"
[[fault]]
kind = "lose-answer"
rate = 0.03
[[fault]]
kind = "duplicate-answer"
rate = 0.1
seconds = [0, 1]
[[fault]]
kind = "lose-request"
rate = 0.03
[[fault]]
kind = "processing"
rate = 0.2
[[fault]]
kind = "truncate-answer"
rate = 0.02
[[fault]]
kind = "reject"
class = "transport"
rate = 0.03
"#;

#[test]
fn killed_at_any_moment_nothing_is_lost_and_nothing_lives_twice() {
    let number = |name: &str, default: u64| env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (kills, seed) = (number("TSUGITE_KILLS", 40), number("TSUGITE_SEED", 20_261_122));
    println!("{kills} kills, seed {seed}");
    let mut chance = Chance(seed);
    let further =
        "[brake]\npercent = 100\ncount = 1000\n[document]\nattachments = \"apart\"\n[resend]\ninquiries = 1000\n";
    let house = House::new(Some(&samples()), further);
    fs::write(house.path("faults.toml"), FAULTS).unwrap();
    let faults = house.path("faults.toml");
    let faulty = |turn: u64| house.centre(&["--faults", faults.to_str().unwrap(), "--seed", &turn.to_string()]);

    let (mut gateway, mut centre) = (Some(house.serve()), Some(faulty(seed)));
    house.approve_the_plan();
    let mut producer = Producer::default();
    let start = Instant::now();
    let mut killed = 0;
    while killed < kills {
        let lives = Duration::from_millis(200 + chance.next(1600));
        let born = Instant::now();
        while born.elapsed() < lives {
            producer.write(&house, &mut chance);
            if chance.next(4) == 0 {
                producer.write_letter(&house, &mut chance);
            }
            thread::sleep(Duration::from_millis(20 + chance.next(120)));
        }
        let victims = chance.next(4);
        if victims != 1 {
            gateway.take().into_iter().for_each(Running::kill);
            killed += 1;
        }
        if victims == 1 || victims == 2 {
            centre.take().into_iter().for_each(Running::kill);
            killed += 1;
        }
        gateway = gateway.or_else(|| Some(house.serve()));
        centre = centre.or_else(|| Some(faulty(seed + killed)));
    }
    println!("{killed} kills in {:?}; {} reports written", start.elapsed(), producer.written.len());
    centre.take().into_iter().for_each(Running::kill);
    let _centre = house.centre(&[]);
    let orders = || live_reports(&house);
    let start = Instant::now();
    loop {
        let live = orders();
        let stale = |(order, (_, value)): &(&u32, &(&str, u32))| live.get(order).is_none_or(|held| held != &[*value]);
        let missing: Vec<_> =
            producer.written.iter().filter(stale).map(|(order, is)| (order, is, live.get(order))).collect();
        let live = live_letters(&house);
        let unread: Vec<_> =
            producer.letters.iter().filter(|(number, version)| live.get(number) != Some(&vec![**version])).collect();
        if missing.is_empty() && unread.is_empty() && house.is_quiet() {
            break;
        }
        let list = || house.tell(&["queue", "list"]).1;
        assert!(
            start.elapsed() < Duration::from_secs(90),
            "not at the centre: {missing:?} {unread:?}\n{}\n{}",
            list(),
            house.log()
        );
        thread::sleep(Duration::from_millis(200));
    }
    println!("settled after {:?}", start.elapsed());

    // Every file that was taken out of the watched folder lies in the folder for what was read.
    let mut done = Vec::new();
    files(&house.path("drop/done"), &mut done);
    let done: BTreeSet<String> =
        done.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert!(producer.dropped.is_subset(&done), "{:?}", producer.dropped.difference(&done).collect::<Vec<_>>());
    let verified = house.json(&["audit", "verify"]);
    assert_eq!(verified["holds"], Value::Bool(true), "{verified}");
    if let Some(gateway) = gateway {
        gateway.kill();
    }
    println!("{} inquiries about letters", nothing_went_again_unasked(&house));
    for (order, values) in orders() {
        assert_eq!(values.len(), 1, "report {order} lives under {} Bundle-IDs", values.len());
    }
}

const DEAF: &str = r#"
[[fault]]
kind = "lose-answer"
rate = 0.5
operations = ["register", "change", "attachment"]
[[fault]]
kind = "lose-request"
rate = 0.1
operations = ["register", "change"]
[[fault]]
kind = "lose-answer"
rate = 0.2
operations = ["inquiry"]
[[fault]]
kind = "processing"
rate = 0.3
"#;

#[test]
fn killed_around_its_inquiries_the_gateway_says_no_letter_twice_and_loses_none() {
    let number = |name: &str, default: u64| env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (kills, seed) = (number("TSUGITE_KILLS", 40) / 2, number("TSUGITE_SEED", 20_261_122));
    let mut chance = Chance(seed);
    let further = "[brake]\npercent = 100\n[document]\nattachments = \"apart\"\n[resend]\ninquiries = 1000\n";
    let house = House::new(Some(&samples()), further);
    let settings = fs::read_to_string(house.path("tsugite.toml")).unwrap();
    fs::write(house.path("tsugite.toml"), settings.replace("wait_seconds = 3", "wait_seconds = 1")).unwrap();
    let interface = fs::read_to_string(house.path("clins.toml")).unwrap();
    fs::write(house.path("clins.toml"), interface.replace("concurrent = 1", "concurrent = 4")).unwrap();
    fs::write(house.path("faults.toml"), DEAF).unwrap();
    let faults = house.path("faults.toml");
    let deaf = |turn: u64| house.centre(&["--faults", faults.to_str().unwrap(), "--seed", &turn.to_string()]);

    let (mut gateway, centre) = (house.serve(), house.centre(&[]));
    house.approve_the_plan();
    house.until("the lists are at the centre", || house.live().len() > 5 && house.is_quiet());
    centre.kill();
    let mut centre = deaf(seed);
    let mut producer = Producer::default();
    for turn in 0..kills {
        if turn % 2 == 0 {
            producer.write_letter(&house, &mut chance);
        }
        thread::sleep(Duration::from_millis(100 + chance.next(3000)));
        if chance.next(4) == 0 {
            centre.kill();
            centre = deaf(seed + turn);
        } else {
            gateway.kill();
            gateway = house.serve();
        }
    }
    centre.kill();
    let _centre = house.centre(&[]);
    house.until("every letter is at the centre", || {
        let live = live_letters(&house);
        producer.letters.iter().all(|(number, version)| live.get(number) == Some(&vec![*version])) && house.is_quiet()
    });
    gateway.kill();
    let asked = nothing_went_again_unasked(&house);
    println!("{kills} kills, seed {seed}: {asked} inquiries");
    assert!(asked > 0, "the seed lost no answer");
}

/// The potassium values that the centre holds of each written report, one a Bundle-ID. A value names its report.
fn live_reports(house: &House) -> BTreeMap<u32, Vec<u32>> {
    let mut reports: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for payload in house.live().values() {
        let bundle: Value = serde_json::from_str(payload).unwrap();
        let resources = bundle["entry"].as_array().into_iter().flatten().map(|entry| &entry["resource"]);
        let values =
            resources.filter_map(|resource| resource["valueQuantity"]["value"].to_string().parse::<u32>().ok());
        for value in values.filter(|value| *value >= 500_000) {
            reports.entry(value / 100).or_default().push(value);
        }
    }
    reports
}

/// The versions that the centre holds of each letter, one a Bundle-ID.
fn live_letters(house: &House) -> BTreeMap<u32, Vec<u32>> {
    let mut letters: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for payload in house.live().values() {
        if let Some(letter) = Letter::read(payload) {
            letters.entry(letter.number).or_default().push(letter.version);
        }
    }
    letters
}

/// Of a letter, the same is never said twice without an inquiry in between, unless the centre answered that it had not processed it. Gives
/// the number of inquiries.
fn nothing_went_again_unasked(house: &House) -> u32 {
    let mut before: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
    let (mut asked, mut files) = (0, 0_u32);
    for event in tsugite_sandbox::events(&house.path("terminal")).unwrap() {
        if !event.file.starts_with("CIS-IF-1") {
            continue;
        }
        match event.operation.as_str() {
            "inquiry" => {
                asked += 1;
                before.remove(&event.bundle_id);
            }
            "attachment" => files += 1,
            operation => {
                let said = (operation.to_owned(), event.content.clone());
                let again = before.get(&event.bundle_id) == Some(&said);
                assert!(!again, "{} went again unasked: {event:?}", event.bundle_id);
                assert_ne!(event.code, "SBX1001W", "it was there: {event:?}");
                if event.code == "SBX9001E" {
                    before.remove(&event.bundle_id);
                } else {
                    before.insert(event.bundle_id.clone(), said);
                }
            }
        }
    }
    assert!(files > 0);
    asked
}
