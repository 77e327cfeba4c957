//! A year of a clinic in a minute: what its system writes, day by day, against a model that knows nothing of the gateway.
//!
//! Every simulated day the sources change as a seed says; `run --as-of` that day follows; then what the centre holds must be what the
//! model says, value by value. Most days of the year are passed over; `TSUGITE_DAYS=365` lives through all of them:
//!
//! `TSUGITE_DAYS=365 TSUGITE_SEED=7 cargo test -p tsugite-gateway --test service year`

#[path = "year/centre.rs"]
pub mod centre;
#[path = "year/sources.rs"]
mod sources;

use self::{
    centre::Upstream,
    sources::{Name, Sources},
};
use super::house::House;
use jiff::{ToSpan as _, civil::Date};
use std::{collections::BTreeMap, env, fs};

const START: Date = jiff::civil::date(2026, 11, 23);
/// Days of the year on which something happens to the clinic as a whole.
const MAP_CORRECTED: i32 = 60;
const BACKUP: i32 = 150;
const RESTORE: i32 = 151;
const LOST_ANSWERS: i32 = 200;
/// From the first day without the centre up to the first one with it.
const DOWN: std::ops::Range<i32> = 250..257;

const WRONG: &str = "system,code,jlac10\n99ZZL,ZK,3H010000002327201\n";
const RIGHT: &str = "system,code,jlac10\n99ZZL,ZK,3H015000002327201\n";

/// SplitMix64: the same seed, the same year.
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(bound)).unwrap()
    }
}

/// What one Unit says: insured number and rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pub patient: String,
    pub insured: u32,
    pub rows: Vec<String>,
}

/// What the centre should hold: a Unit is said anew when its statements change, and at no other time.
#[derive(Default)]
struct Model {
    known: BTreeMap<Name, Vec<String>>,
    said: BTreeMap<Name, Said>,
    ids: BTreeMap<Name, String>,
}

impl Model {
    /// What goes up on a day on which the centre listens. Gives how many Units differ from before.
    fn follow(&mut self, sources: &Sources, today: Date) -> usize {
        let now = sources.statements();
        let gone: Vec<Name> = self.known.keys().filter(|name| !now.contains_key(name)).cloned().collect();
        let mut differ = gone.len();
        for name in gone {
            self.known.remove(&name);
            self.said.remove(&name);
            self.ids.remove(&name);
        }
        for (name, statements) in now {
            if self.known.get(&name) != Some(&statements) {
                differ += 1;
                self.said.insert(name.clone(), sources.said(&name, today));
                self.known.insert(name, statements);
            }
        }
        differ
    }

    /// Everything is made anew, because somebody asks for it: what would be said otherwise today goes up. Gives how many Units that are.
    fn reprocess(&mut self, sources: &Sources, today: Date) -> usize {
        let mut otherwise = 0;
        for (name, said) in &mut self.said {
            let new = sources.said(name, today);
            if new.rows != said.rows {
                *said = new;
                otherwise += 1;
            }
        }
        otherwise
    }

    /// The centre holds each Unit once, with these values, under the id that it had before.
    fn compare(&mut self, upstream: &Upstream, when: &str) {
        let live = upstream.live();
        let mut held: Vec<&Said> = live.iter().map(|(_, said)| said).collect();
        let mut expected: Vec<&Said> = self.said.values().collect();
        held.sort();
        expected.sort();
        if held != expected {
            let extra: Vec<_> = held.iter().filter(|said| !expected.contains(said)).collect();
            let missing: Vec<_> = expected.iter().filter(|said| !held.contains(said)).collect();
            let counts = (held.len(), expected.len());
            panic!("{when}: {counts:?}; only at the centre: {extra:#?}; only in the sources: {missing:#?}");
        }
        for (name, said) in &self.said {
            let (id, _) = live.iter().find(|(_, held)| held == said).unwrap();
            let before = self.ids.insert(name.clone(), id.clone());
            assert!(before.is_none_or(|before| before == *id), "{when}: {name:?} has another id");
        }
    }
}

/// Evenly spread days, and all those that something of the story needs.
fn days(number: i32) -> Vec<i32> {
    let step = (365 / number.clamp(1, 365)).max(1);
    let told = |day: &i32| {
        let story = [MAP_CORRECTED, BACKUP, RESTORE, LOST_ANSWERS, LOST_ANSWERS + 1];
        day % step == 0 || story.contains(day) || (DOWN.start..=DOWN.end).contains(day)
    };
    (1..=365).filter(told).collect()
}

#[test]
fn after_a_year_the_centre_holds_what_the_sources_say_value_by_value() {
    let number = |name: &str, default: u64| env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (seed, count) = (number("TSUGITE_SEED", 3), number("TSUGITE_DAYS", 40));
    let mut chance = Chance(seed);
    let house = House::new(
        None,
        "[brake]\npercent = 100\ncount = 10000\nlist_percent = 100\n[review]\nicd10 = []\n[maps]\nfolder = \"maps\"\n[defaults]\ndepartment = { code = \"01\", name = \"内科\" }\n",
    );
    fs::create_dir(house.path("maps")).unwrap();
    fs::write(house.path("maps/labs.csv"), WRONG).unwrap();
    let mut upstream = Upstream::new(&house);
    let mut sources = Sources::new(house.path("storage"));
    for _ in 0..6 {
        sources.new_patient(START, &mut chance);
    }
    let mut model = Model::default();
    model.follow(&sources, START);
    upstream.run(START);
    model.compare(&upstream, "the first day");

    let (mut quiet, mut requests) = (0, 0);
    let days = days(i32::try_from(count).unwrap());
    println!("{} days of a year, seed {seed}", days.len());
    for &day in &days {
        let (today, when) = (START + day.days(), format!("day {day}, seed {seed}"));
        let down = DOWN.contains(&day);
        let story = down || [BACKUP, RESTORE, LOST_ANSWERS, LOST_ANSWERS + 1].contains(&day);
        for _ in 0..chance.below(4) {
            sources.something_happens(today, story, &mut chance);
        }
        if down {
            upstream.unplugged(today, day % 2 == 0);
            continue;
        }
        let differ = model.follow(&sources, today);
        if day == LOST_ANSWERS {
            upstream.deaf(today);
            continue;
        }
        if day == LOST_ANSWERS + 1 {
            // What was taken while nobody heard may lie under a new insured number by now, and is looked for there.
            upstream.run_in_doubt(today);
        }
        let sent = upstream.run(today);
        requests += sent;
        if differ == 0 && day != LOST_ANSWERS + 1 && day != DOWN.end {
            assert_eq!(sent, 0, "{when}: nothing was said, so nothing is sent");
            quiet += 1;
        }
        model.compare(&upstream, &when);
        match day {
            MAP_CORRECTED => {
                sources.map = "3H015000002327201";
                fs::write(house.path("maps/labs.csv"), RIGHT).unwrap();
                assert_eq!(upstream.run(today), 0, "a map by itself sends nothing");
                model.compare(&upstream, "before it is asked for");
                let as_of = today.to_string();
                let reprocess = ["reprocess", "--as-of", &as_of];
                let differ = house.json(&reprocess)["differ"].as_array().unwrap().len();
                assert_eq!(upstream.run(today), 0, "nor does looking");
                house.tell(&[&reprocess[..], &["--go", "--over-brake"]].concat());
                assert_eq!(upstream.run(today), differ);
                let expected = model.reprocess(&sources, today);
                assert!(expected == differ && differ > 0, "{expected} {differ}");
                model.compare(&upstream, "the map corrected");
            }
            BACKUP => assert_eq!(house.tell(&["backup"]).0, Some(0)),
            RESTORE => {
                let (code, out, words) = house.tell(&["restore"]);
                assert_eq!(code, Some(0), "{out} {words}");
                upstream.run_in_doubt(today);
                model.compare(&upstream, "after the restore");
                assert_eq!(upstream.run(today), 0, "and then all is quiet");
            }
            _ => {}
        }
    }
    println!("{requests} requests, {quiet} quiet days, {} Units live", model.said.len());
    assert!(quiet > 0 && model.said.len() > 20);
    let years = model.ids.values().filter_map(|id| id.split('^').nth(1)).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(years.len(), 2, "the year of first issue stays in the id");
    assert_eq!(house.json(&["queue", "list"])["submissions"], serde_json::json!([]));
    assert_eq!(house.json(&["audit", "verify"])["holds"], true);
    assert_eq!(tsugite_sandbox::two_live(&upstream.registrations()), vec![]);
}
