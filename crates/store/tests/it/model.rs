//! Gateway and centre as a state machine: whatever is lost, repeated, interrupted or restored from a backup, no Unit ever has two
//! live Bundle-IDs, one operation a Unit is outstanding, resent bytes are the same, and in the end the centre holds what the sources
//! say.

use crate::{DESK, bundle_id, files, keys, new, open, unit};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use tempfile::TempDir;
use tsugite_store::{
    Answer, Decision, IdentityPolicy, Latest, NewSubmission, Operation, Store, SubmissionState as State, Unit, Wanted,
    backups, decide, restore,
};

const UNITS: u8 = 3;

#[derive(Clone, Copy, Debug)]
enum Action {
    /// The sources say this of a Unit now; `None`: all retracted.
    Observe(u8, Option<u8>),
    Send,
    /// The centre takes the oldest request; with a fault it refuses it.
    Deliver(Option<Answer>),
    LoseRequest,
    Answer(usize),
    RepeatAnswer(usize),
    LoseAnswer(usize),
    Deadline,
    Crash,
    /// What was said of one patient id is said of another from now on.
    Alias(u8, u8),
    /// The patient has another insured id from now on.
    InsurerChange(u8),
    /// Days, forwards or backwards.
    ClockJump(i32),
    Backup,
    /// From the newest, or the one before.
    Restore(usize),
}

fn action() -> impl Strategy<Value = Action> {
    let fault = prop_oneof![
        6 => Just(None),
        1 => Just(Some(Answer::Content)),
        1 => Just(Some(Answer::Qualification)),
        1 => Just(Some(Answer::Transport)),
    ];
    prop_oneof![
        4 => (0..UNITS, proptest::option::weighted(0.75, 1..4_u8)).prop_map(|(unit, says)| Action::Observe(unit, says)),
        5 => Just(Action::Send),
        5 => fault.prop_map(Action::Deliver),
        1 => Just(Action::LoseRequest),
        5 => (0..4_usize).prop_map(Action::Answer),
        1 => (0..4_usize).prop_map(Action::RepeatAnswer),
        1 => (0..4_usize).prop_map(Action::LoseAnswer),
        1 => Just(Action::Deadline),
        1 => Just(Action::Crash),
        1 => (0..UNITS, 0..UNITS).prop_map(|(from, to)| Action::Alias(from, to)),
        1 => (0..UNITS).prop_map(Action::InsurerChange),
        1 => prop_oneof![Just(-1), Just(1), Just(40)].prop_map(Action::ClockJump),
        1 => Just(Action::Backup),
        1 => (0..2_usize).prop_map(Action::Restore),
    ]
}

struct Request {
    file_id: String,
    operation: Operation,
    bundle_id: String,
    payload: Vec<u8>,
    addressed: String,
    insured: String,
}

/// A Unit as the centre holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Registered {
    payload: Vec<u8>,
    insured: String,
}

struct World {
    home: TempDir,
    store: Store,
    truth: BTreeMap<u8, Option<u8>>,
    /// The number of the patient's insurance.
    insurance: BTreeMap<u8, u8>,
    day: i32,
    requests: VecDeque<Request>,
    answers: Vec<(String, Answer)>,
    /// By Bundle-ID.
    centre: BTreeMap<String, Registered>,
    sent: usize,
    /// The bytes of each submission at its first attempt.
    frozen: BTreeMap<i64, Vec<u8>>,
}

impl World {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = open(home.path());
        Self {
            home,
            store,
            truth: BTreeMap::new(),
            insurance: BTreeMap::new(),
            day: 0,
            requests: VecDeque::new(),
            answers: Vec::new(),
            centre: BTreeMap::new(),
            sent: 0,
            frozen: BTreeMap::new(),
        }
    }

    fn now(&self) -> String {
        let day = self.day.rem_euclid(336);
        format!("2026-{:02}-{:02}T09:00:00+09:00", 1 + day / 28, 1 + day % 28)
    }

    /// Content and insurance, as the bundle of a patient says them.
    fn submission(&self, number: u8, unit: &Unit, operation: Operation, says: Option<u8>) -> NewSubmission {
        let insurance = self.insurance.get(&number).copied().unwrap_or(1);
        match says {
            Some(content) => {
                NewSubmission { bytes: vec![content, insurance], ..new(unit, operation, content, insurance) }
            }
            None => NewSubmission { bytes: Vec::new(), insured: String::new(), ..new(unit, operation, 0, 0) },
        }
    }

    fn current(&self, number: u8) -> Unit {
        let base = unit(&number.to_string(), 0);
        let generation = self.store.generation(&base.kind, &base.institution, &base.patient, "").unwrap();
        Unit { generation, ..base }
    }

    fn observe(&mut self, number: u8, says: Option<u8>) {
        self.truth.insert(number, says);
        let unit = self.current(number);
        let (entry, submissions) = (self.store.ledger_entry(&unit).unwrap(), self.store.submissions_of(&unit).unwrap());
        let content = [says.unwrap_or(0); 32];
        let identity = [self.insurance.get(&number).copied().unwrap_or(1); 32];
        let wanted = match says {
            Some(_) => Wanted::Report { content: &content, identity: &identity },
            None => Wanted::Emptied,
        };
        let latest = Latest { entry: entry.as_ref(), submissions: &submissions };
        match decide(latest, wanted, IdentityPolicy::All) {
            Decision::Nothing => {}
            Decision::Withdraw => drop(self.store.withdraw(&unit, &self.now(), DESK).unwrap()),
            Decision::Enqueue(operation) => {
                let new = self.submission(number, &unit, operation, says);
                self.store.enqueue(&[new], &self.now(), DESK).unwrap();
            }
            other => panic!("{other:?} although the log knows all"),
        }
    }

    fn send(&mut self) -> bool {
        let Some(due) = self.store.next_due(&BTreeSet::new()).unwrap() else { return false };
        self.sent += 1;
        let file_id = format!("TG{}", self.sent);
        self.store.start_attempt(due.id, &file_id, &self.now(), DESK).unwrap();
        let payload = self.store.payload(due.id).unwrap();
        let first = self.frozen.entry(due.id).or_insert_with(|| payload.clone());
        assert_eq!(*first, payload, "other bytes than before under the same submission");
        let (addressed, insured) = (due.addressed, due.insured);
        let bundle_id = due.bundle_id;
        self.requests.push_back(Request { file_id, operation: due.operation, bundle_id, payload, addressed, insured });
        true
    }

    fn deliver(&mut self, fault: Option<Answer>) {
        let Some(request) = self.requests.pop_front() else { return };
        let held = self.centre.get(&request.bundle_id);
        let new = Registered { payload: request.payload, insured: request.insured };
        let answer = fault.unwrap_or(match (request.operation, held) {
            (Operation::Register | Operation::Change, Some(held)) if *held == new => Answer::Duplicate,
            (Operation::Register, Some(_)) => Answer::Exists,
            (Operation::Change | Operation::Cancel, Some(held)) if held.insured != request.addressed => {
                Answer::NotRegistered
            }
            (Operation::Change | Operation::Cancel, None) => Answer::NotRegistered,
            _ => Answer::Accepted,
        });
        if answer == Answer::Accepted {
            match request.operation {
                Operation::Cancel => drop(self.centre.remove(&request.bundle_id)),
                _ => drop(self.centre.insert(request.bundle_id, new)),
            }
        }
        self.answers.push((request.file_id, answer));
    }

    fn settle(&mut self, at: usize, keep: bool) {
        if self.answers.is_empty() {
            return;
        }
        let at = at % self.answers.len();
        let (file_id, answer) = if keep { self.answers[at].clone() } else { self.answers.remove(at) };
        self.store.settle(&file_id, answer, "C", "", b"", &self.now()).unwrap();
    }

    fn deadline(&mut self) {
        let sent: Vec<_> = self.store.submissions_in(&[State::Sent]).unwrap().iter().map(|s| s.id).collect();
        self.store.lose(&sent, &self.now(), DESK).unwrap();
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Observe(unit, says) => self.observe(unit, says),
            Action::Send => drop(self.send()),
            Action::Deliver(fault) => self.deliver(fault),
            Action::LoseRequest => drop(self.requests.pop_front()),
            Action::Answer(at) => self.settle(at, false),
            Action::RepeatAnswer(at) => self.settle(at, true),
            Action::LoseAnswer(at) => {
                if !self.answers.is_empty() {
                    self.answers.remove(at % self.answers.len());
                }
            }
            Action::Deadline => self.deadline(),
            Action::Crash => self.store = open(self.home.path()),
            Action::Alias(from, to) if from != to => {
                let moved = self.truth.get(&from).copied().flatten();
                if moved.is_some() {
                    self.observe(to, moved);
                    self.observe(from, None);
                }
            }
            Action::Alias(..) => {}
            Action::InsurerChange(number) => {
                let insurance = self.insurance.entry(number).or_insert(1);
                *insurance += 1;
                if let Some(says) = self.truth.get(&number).copied() {
                    self.observe(number, says);
                }
            }
            Action::ClockJump(days) => self.day += days,
            Action::Backup => {
                self.day += 1;
                self.store.backup(&self.home.path().join("backups"), 2, &self.now()).unwrap();
            }
            Action::Restore(at) => self.restore(at),
        }
    }

    fn restore(&mut self, at: usize) {
        let generations = backups(&self.home.path().join("backups")).unwrap();
        let Some(generation) = generations.get(at).or(generations.first()) else { return };
        let (database, log) = files(self.home.path());
        restore(generation, &database, &log, &keys(self.home.path()), &self.now(), DESK).unwrap();
        self.store = open(self.home.path());
        // Submissions after the backup never were, and their numbers are given again.
        let kept =
            self.frozen.keys().copied().filter(|id| self.store.payload(*id).is_ok_and(|bytes| !bytes.is_empty()));
        let kept: BTreeSet<i64> = kept.collect();
        self.frozen.retain(|id, bytes| kept.contains(id) && self.store.payload(*id).unwrap() == *bytes);
        for (number, says) in self.truth.clone() {
            self.observe(number, says);
        }
    }

    fn check(&self) {
        let log = std::fs::read_to_string(self.home.path().join("issued.log")).unwrap();
        for number in 0..UNITS {
            let base = bundle_id(&unit(&number.to_string(), 0));
            let prefix = &base[..base.len() - 1];
            let live: Vec<_> = self.centre.keys().filter(|id| id.starts_with(prefix)).collect();
            assert!(live.len() <= 1, "two live Bundle-IDs: {live:?}");
            for generation in 0..3 {
                let submissions = self.store.submissions_of(&unit(&number.to_string(), generation)).unwrap();
                let flying = submissions.iter().filter(|s| s.state.is_in_flight()).count();
                let waiting = submissions.iter().filter(|s| s.state.is_waiting()).count();
                assert!(flying <= 1 && waiting <= 1, "{flying} in flight, {waiting} waiting");
            }
            assert!(live.iter().all(|id| log.contains(*id)), "sent before it was logged");
        }
    }

    /// The network is well again and a person has looked at what was refused.
    fn calm(&mut self) {
        for _ in 0..6 {
            loop {
                while !self.requests.is_empty() {
                    self.deliver(None);
                }
                while !self.answers.is_empty() {
                    self.settle(0, false);
                }
                self.deadline();
                if !self.send() {
                    break;
                }
            }
            for refused in self.store.submissions_in(&[State::Rejected, State::Unclear]).unwrap() {
                // Older ones are refused: something newer stands for them.
                let _ = self.store.release(refused.id, &self.now(), DESK);
            }
            for (number, says) in self.truth.clone() {
                self.observe(number, says);
            }
        }
    }
}

/// More by `TSUGITE_MODEL_CASES`.
fn cases() -> u32 {
    std::env::var("TSUGITE_MODEL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_centre_comes_to_hold_what_the_sources_say(actions in proptest::collection::vec(action(), 1..60)) {
        let mut world = World::new();
        for action in actions {
            world.act(action);
            world.check();
        }
        world.calm();
        world.check();
        for (number, says) in &world.truth {
            let unit = world.current(*number);
            let held = world.centre.get(&bundle_id(&unit)).cloned();
            let insurance = world.insurance.get(number).copied().unwrap_or(1);
            let said = says.map(|content| Registered {
                payload: vec![content, insurance],
                insured: format!("01234567:1:{insurance}:01"),
            });
            prop_assert_eq!(held, said, "unit {}", number);
        }
        prop_assert!(world.store.verify_audit().unwrap().is_ok());
    }
}
