//! A sender that follows the rules (frozen bytes, one outstanding a Unit, resend after the deadline under the same Bundle-ID) against
//! any weather: when the weather clears, what lives is what it wanted last, once.

use crate::{
    faults::{at, setup},
    semantics::{self, BUNDLE, BUNDLE_ID, interface, request},
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::{collections::BTreeMap, path::Path, time::Duration};
use tsugite_sandbox::{Centre, Faults, Registration, Setup, Terminal, two_live, two_live_by};
use tsugite_upstream::{
    Arrival, Backoff, Class, Collected, Concurrency, Interface, Operation, Request, Standing, TerminalFolder,
    Transport, mix,
};

pub const UNITS: usize = 3;
const DEADLINE: Duration = Duration::from_secs(120);
const BACKOFF: Backoff = Backoff { first: Duration::from_secs(5), cap: Duration::from_secs(60) };

/// Gateway's side of one Unit.
#[derive(Clone, Debug, Default)]
struct Unit {
    /// What the sources say; `None`: nothing.
    wanted: Option<String>,
    accepted: Option<String>,
    in_flight: Option<InFlight>,
}

#[derive(Clone, Debug)]
struct InFlight {
    operation: Operation,
    payload: Option<String>,
    attempts: Vec<String>,
    /// An earlier attempt has no answer that is sure.
    doubt: bool,
    /// Of the attempt that is awaited.
    awaited: Option<String>,
    next: Timestamp,
}

#[derive(Debug)]
pub struct Sender {
    interface: Interface,
    units: Vec<Unit>,
    concurrency: Concurrency,
    sent: u32,
    answered: BTreeMap<String, Vec<u8>>,
    told: BTreeMap<&'static str, u32>,
}

fn bundle_id(unit: usize) -> String {
    BUNDLE_ID.replace("0001", &format!("000{unit}"))
}

impl Sender {
    pub fn new() -> Self {
        Self {
            interface: interface(),
            units: vec![Unit::default(); UNITS],
            concurrency: Concurrency::new(2),
            sent: 0,
            answered: BTreeMap::new(),
            told: BTreeMap::new(),
        }
    }

    pub fn edit(&mut self, unit: usize, edition: Option<u32>) {
        let text = |edition| format!("{}{}", BUNDLE.replace(BUNDLE_ID, &bundle_id(unit)), " ".repeat(edition));
        self.units[unit].wanted = edition.map(|edition| text(usize::try_from(edition).unwrap()));
    }

    pub fn is_done(&self) -> bool {
        self.units.iter().all(|unit| unit.in_flight.is_none() && unit.wanted == unit.accepted)
    }

    pub fn round(&mut self, transport: &mut dyn Transport, now: Timestamp) {
        for one in transport.collect_at(now).unwrap() {
            self.take(&one, transport, now);
        }
        for id in self.concurrency.overdue(now, DEADLINE) {
            self.concurrency.finish(&id);
            for flight in self.units.iter_mut().filter_map(|unit| unit.in_flight.as_mut()) {
                if flight.awaited.as_deref() == Some(&id) {
                    let unfetched = transport.take_back(flight.operation, &id).unwrap();
                    flight.doubt |= !unfetched;
                    (flight.awaited, flight.next) = (None, now);
                }
            }
        }
        for unit in 0..UNITS {
            self.send(unit, transport, now);
        }
    }

    fn send(&mut self, at: usize, transport: &mut dyn Transport, now: Timestamp) {
        let line = format!("line {at}");
        let unit = &mut self.units[at];
        if unit.in_flight.is_none() && unit.wanted != unit.accepted {
            let operation = match (&unit.wanted, &unit.accepted) {
                (Some(_), None) => Operation::REGISTER,
                (Some(_), Some(_)) => Operation::CHANGE,
                _ => Operation::CANCEL,
            };
            let (payload, attempts) = (unit.wanted.clone(), Vec::new());
            unit.in_flight = Some(InFlight { operation, payload, attempts, doubt: false, awaited: None, next: now });
        }
        let Some(flight) = &mut unit.in_flight else { return };
        let id = format!("TG{}", self.sent);
        if flight.awaited.is_some() || flight.next > now || !self.concurrency.start(&id, &line, now) {
            return;
        }
        self.sent += 1;
        let payload = flight.payload.clone().map(String::into_bytes);
        transport.submit(&Request { bundle_id: bundle_id(at), payload, ..request(flight.operation, &id) }).unwrap();
        flight.attempts.push(id.clone());
        flight.awaited = Some(id);
    }

    fn standing(&self, id: &str, raw: &[u8]) -> Standing {
        if let Some(earlier) = self.answered.get(id) {
            return Standing::Answered { same: earlier == raw };
        }
        let flights = || self.units.iter().filter_map(|unit| unit.in_flight.as_ref());
        match () {
            () if flights().any(|flight| flight.awaited.as_deref() == Some(id)) => Standing::Awaited,
            () if flights().any(|flight| flight.attempts.iter().any(|attempt| attempt == id)) => Standing::Lost,
            () if id[2..].parse::<u32>().is_ok_and(|number| number < self.sent) => Standing::Answered { same: false },
            () => Standing::Unknown,
        }
    }

    fn take(&mut self, one: &Collected, transport: &mut dyn Transport, now: Timestamp) {
        let arrival = Arrival::of(one, |id| self.standing(id, &one.raw));
        if let Some(issue) = arrival.issue(&one.handle, Path::new("q")) {
            *self.told.entry(issue.code()).or_default() += 1;
        }
        if arrival.applies() {
            let result = one.result.as_ref().unwrap();
            self.answered.insert(result.file_id.clone(), one.raw.clone());
            self.settle(&result.file_id, self.interface.classify(result), now);
        }
        transport.dispose(one, arrival.disposal()).unwrap();
    }

    fn settle(&mut self, id: &str, class: Class, now: Timestamp) {
        let is_its = |unit: &&mut Unit| {
            unit.in_flight.as_ref().is_some_and(|flight| flight.attempts.iter().any(|attempt| attempt == id))
        };
        let unit = self.units.iter_mut().find(is_its).unwrap();
        let flight = unit.in_flight.as_mut().unwrap();
        let is_awaited = flight.awaited.as_deref() == Some(id);
        let gone = class == Class::NotRegistered && flight.operation == Operation::CANCEL && flight.doubt;
        if matches!(class, Class::Accepted | Class::Duplicate) || gone {
            if let Some(awaited) = &flight.awaited {
                self.concurrency.finish(awaited);
            }
            unit.accepted.clone_from(&flight.payload);
            unit.in_flight = None;
        } else if is_awaited {
            // Whatever parks it in the house, somebody sees to it: the same bytes go again.
            self.concurrency.finish(id);
            let attempt = u32::try_from(flight.attempts.len()).unwrap();
            let wait = BACKOFF.delay(attempt, mix(1, u64::from(self.sent)));
            (flight.awaited, flight.next) =
                (None, now.checked_add(jiff::SignedDuration::try_from(wait).unwrap()).unwrap());
        }
    }

    /// What lives is what is wanted, once.
    pub fn check(&self, live: &[Registration]) {
        let live_now: BTreeMap<_, _> = live.iter().map(|held| (held.bundle_id.clone(), held.payload.clone())).collect();
        let wanted = self.units.iter().enumerate();
        let wanted: BTreeMap<_, _> =
            wanted.filter_map(|(at, unit)| Some((bundle_id(at), unit.wanted.clone()?))).collect();
        assert_eq!(live_now, wanted);
        assert_eq!(two_live_by(live, |held| Some(held.bundle_id.clone())), []);
        // The units here are three lists of one person: what the centre's own eye must find.
        assert_eq!(two_live(live).len(), usize::from(wanted.len() > 1));
    }
}

/// What happens at a second: an edit of a Unit, or a cancel.
fn edits() -> impl Strategy<Value = Vec<(i64, usize, Option<u32>)>> {
    let edition = prop::option::weighted(0.8, 0_u32..50);
    prop::collection::vec((0_i64..1500, 0..UNITS, edition), 1..25)
}

fn weather() -> impl Strategy<Value = String> {
    const KINDS: [&str; 12] = [
        "kind = \"delay\"\nseconds = [1, 400]",
        "kind = \"reorder\"\nbehind = 2\nseconds = [1, 300]",
        "kind = \"lose-request\"",
        "kind = \"lose-answer\"",
        "kind = \"duplicate-answer\"\nseconds = [0, 600]",
        "kind = \"truncate-answer\"",
        "kind = \"wrong-encoding\"",
        "kind = \"foreign-answer\"",
        "kind = \"reject\"\nclass = \"transport\"",
        "kind = \"reject\"\nclass = \"qualification\"",
        "kind = \"reject\"\nclass = \"content\"",
        "kind = \"reject\"\nclass = \"unknown\"",
    ];
    let rule = (prop::sample::select(&KINDS[..]), 0_u32..60, any::<bool>());
    let rule = rule.prop_map(|(kind, rate, cancels)| {
        let only = if cancels { "\noperations = [\"cancel\"]" } else { "" };
        format!("[[fault]]\n{kind}\nrate = 0.{rate:02}{only}\n")
    });
    let away = (0_i64..1400, 1_i64..600).prop_map(|(from, long)| {
        format!("[[fault]]\nkind = \"unavailable\"\nfrom = \"{}\"\nuntil = \"{}\"\n", at(from), at(from + long))
    });
    (prop::collection::vec(rule, 0..6), prop::collection::vec(away, 0..2))
        .prop_map(|(rules, away)| rules.concat() + &away.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_befalls_it_resending_ends_with_one_live_registration_of_the_newest_bytes(
        edits in edits(), weather in weather(), seed: u64,
    ) {
        let mut terminal = Terminal::new(interface(), setup(&weather, seed), at(0));
        let mut sender = Sender::new();
        for second in (0..1500).step_by(5) {
            for (_, unit, edition) in edits.iter().filter(|(when, ..)| (second..second + 5).contains(when)) {
                sender.edit(*unit, *edition);
            }
            sender.round(&mut terminal, at(second));
        }
        terminal.set_faults(Faults::none(), 0);
        for second in (1500..4000).step_by(5) {
            sender.round(&mut terminal, at(second));
        }
        prop_assert!(sender.is_done(), "{:?}", sender.units);
        sender.check(&terminal.registrations().unwrap());
        prop_assert_eq!(terminal.pending(), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_over_folders_with_a_centre_and_a_terminal_that_start_anew(
        edits in edits(), weather in weather(), seed: u64, restarts in prop::collection::vec(any::<bool>(), 100),
    ) {
        let home = tempfile::tempdir().unwrap();
        let mut clear = false;
        let open = |clear: bool| {
            let faults = if clear { Setup { faults: Faults::none(), ..setup("", 0) } } else { setup(&weather, seed) };
            semantics::open(home.path(), faults)
        };
        let folder = |centre: &Centre| {
            let (requests, results) = (centre.requests().to_owned(), centre.results().to_owned());
            let mut folder = TerminalFolder::new(interface(), requests, results, home.path().join("quarantine"), "TG");
            folder.grace = Duration::from_secs(10);
            folder
        };
        let mut centre = open(clear);
        let mut transport = folder(&centre);
        let mut sender = Sender::new();
        for (step, second) in (0..5000).step_by(15).enumerate() {
            if second >= 1500 && !clear {
                clear = true;
                centre.set_faults(Faults::none(), 0);
            }
            if restarts[step % restarts.len()] {
                drop(centre);
                centre = open(clear);
                transport = folder(&centre);
            }
            for (_, unit, edition) in edits.iter().filter(|(when, ..)| (second..second + 15).contains(when)) {
                sender.edit(*unit, *edition);
            }
            sender.round(&mut transport, at(second));
            centre.process_at(at(second)).unwrap();
            if clear && sender.is_done() && centre.pending() == 0 {
                break;
            }
        }
        sender.round(&mut transport, at(6000));
        prop_assert!(sender.is_done(), "{:?}", sender.units);
        sender.check(&centre.registrations().unwrap());
    }
}

/// Nothing that a sender could need is thrown away: each odd result of a storm is told by an issue of its own.
#[test]
fn each_kind_of_odd_result_is_told_by_its_own_issue() {
    let storm = include_str!("storm.toml");
    let mut terminal = Terminal::new(interface(), setup(storm, 11), at(0));
    let mut sender = Sender::new();
    for second in (0..30_000).step_by(10) {
        if second % 200 == 0 {
            let edition = (second % 1400 != 0).then(|| u32::try_from(second / 200 % 40).unwrap());
            sender.edit(usize::try_from(second / 200 % 3).unwrap(), edition);
        }
        sender.round(&mut terminal, at(second));
    }
    let told: Vec<&str> = sender.told.keys().copied().collect();
    assert_eq!(told, ["UPSTREAM-013", "UPSTREAM-014", "UPSTREAM-016", "UPSTREAM-017", "UPSTREAM-018"]);
    let kept = sender.told.iter().filter(|(code, _)| **code != "UPSTREAM-018").map(|(_, count)| *count).sum::<u32>();
    assert_eq!(u32::try_from(terminal.quarantine.len()).unwrap(), kept, "what is not in the ledger is in quarantine");
}

/// Daily changes, a bad line all the time, nights and a week without the centre: the clock is an argument, so it takes a moment.
#[test]
fn a_year_of_daily_changes_ends_with_what_the_sources_say() {
    const DAY: i64 = 86_400;
    let (from, until) = (at(100 * DAY), at(107 * DAY));
    let away = format!("[[fault]]\nkind = \"unavailable\"\nfrom = \"{from}\"\nuntil = \"{until}\"\n");
    let nights = "[[fault]]\nkind = \"unavailable\"\nhours = \"22:00-06:00\"\n";
    let faults = format!("{}{away}{nights}", include_str!("storm.toml"));
    let mut terminal = Terminal::new(interface(), setup(&faults, 23), at(0));
    let mut sender = Sender::new();
    for second in (0..365 * DAY).step_by(1800) {
        let day = second / DAY;
        if second % DAY == 0 {
            let edition = (day % 90 != 89).then(|| u32::try_from(day % 50).unwrap());
            sender.edit(usize::try_from(day % 3).unwrap(), edition);
        }
        sender.round(&mut terminal, at(second));
        if day == 106 {
            assert!(!sender.is_done(), "a week without the centre");
        }
    }
    terminal.set_faults(Faults::none(), 0);
    for second in (365 * DAY..366 * DAY).step_by(600) {
        sender.round(&mut terminal, at(second));
    }
    assert!(sender.is_done(), "{sender:?}");
    sender.check(&terminal.registrations().unwrap());
    assert!(terminal.events().len() > 365, "{}", terminal.events().len());
}

/// `TSUGITE_DRAIN=100000 cargo test --release -p tsugite-sandbox drain` for the long form.
#[test]
fn a_long_queue_is_drained_without_waiting() {
    let count = std::env::var("TSUGITE_DRAIN").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000_u32);
    let setup = Setup { digests_only: true, ..setup("", 0) };
    let mut terminal = Terminal::new(interface(), setup, at(0));
    let began = std::time::Instant::now();
    for number in 0..count {
        let (id, bundle_id) = (format!("TG{number}"), BUNDLE_ID.replace("0001", &number.to_string()));
        let payload = Some(BUNDLE.replace(BUNDLE_ID, &bundle_id).into_bytes());
        terminal.submit(&Request { bundle_id, payload, ..request(Operation::REGISTER, &id) }).unwrap();
        let awaited = [(Operation::REGISTER, id)];
        let collected = terminal.collect_awaited(&awaited, at(0)).unwrap();
        assert_eq!(interface_class(&collected), [Class::Accepted]);
        terminal.dispose(&collected[0], tsugite_upstream::Disposal::Done).unwrap();
    }
    let (live, took) = (terminal.registrations().unwrap().len(), began.elapsed());
    assert_eq!(live, usize::try_from(count).unwrap());
    println!("{count} submissions drained in {took:.1?}");
}

fn interface_class(collected: &[Collected]) -> Vec<Class> {
    thread_local! { static INTERFACE: Interface = interface(); }
    INTERFACE.with(|interface| collected.iter().map(|one| interface.classify(one.result.as_ref().unwrap())).collect())
}
