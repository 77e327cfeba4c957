//! Gateway and centre as a state machine: whatever is lost, repeated or interrupted, no Unit ever has two live Bundle-IDs, and in
//! the end the centre holds what the sources say.

use crate::{DESK, NOW, bundle_id, new, open, unit};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use tempfile::TempDir;
use tsugite_store::{
    Answer, Decision, IdentityPolicy, Latest, Operation, Store, SubmissionState as State, Unit, Wanted, decide,
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
    ]
}

struct Request {
    file_id: String,
    operation: Operation,
    bundle_id: String,
    payload: Vec<u8>,
}

struct World {
    home: TempDir,
    store: Store,
    truth: BTreeMap<u8, Option<u8>>,
    requests: VecDeque<Request>,
    answers: Vec<(String, Answer)>,
    /// Bundle-ID to payload.
    centre: BTreeMap<String, Vec<u8>>,
    sent: usize,
}

impl World {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = open(home.path());
        Self {
            home,
            store,
            truth: BTreeMap::new(),
            requests: VecDeque::new(),
            answers: Vec::new(),
            centre: BTreeMap::new(),
            sent: 0,
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
        let wanted = match says {
            Some(_) => Wanted::Report { content: &content, identity: &[1; 32] },
            None => Wanted::Emptied,
        };
        let latest = Latest { entry: entry.as_ref(), submissions: &submissions };
        match decide(latest, wanted, IdentityPolicy::Next) {
            Decision::Nothing => {}
            Decision::Withdraw => drop(self.store.withdraw(&unit, NOW, DESK).unwrap()),
            Decision::Enqueue(operation) => {
                let new = new(&unit, operation, says.unwrap_or(0), 1);
                self.store.enqueue(&[new], NOW, DESK).unwrap();
            }
            other => panic!("{other:?} although the ledger was never lost"),
        }
    }

    fn send(&mut self) -> bool {
        let Some(due) = self.store.next_due(&BTreeSet::new()).unwrap() else { return false };
        self.sent += 1;
        let file_id = format!("TG{}", self.sent);
        self.store.start_attempt(due.id, &file_id, NOW, DESK).unwrap();
        let payload = self.store.payload(due.id).unwrap();
        self.requests.push_back(Request { file_id, operation: due.operation, bundle_id: due.bundle_id, payload });
        true
    }

    fn deliver(&mut self, fault: Option<Answer>) {
        let Some(request) = self.requests.pop_front() else { return };
        let held = self.centre.get(&request.bundle_id);
        let answer = fault.unwrap_or(match (request.operation, held) {
            (Operation::Register, Some(held)) if *held == request.payload => Answer::Duplicate,
            (Operation::Register, Some(_)) => Answer::Exists,
            (Operation::Change | Operation::Cancel, None) => Answer::NotRegistered,
            _ => Answer::Accepted,
        });
        if answer == Answer::Accepted {
            match request.operation {
                Operation::Cancel => drop(self.centre.remove(&request.bundle_id)),
                _ => drop(self.centre.insert(request.bundle_id, request.payload)),
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
        self.store.settle(&file_id, answer, "C", "", b"", NOW).unwrap();
    }

    fn deadline(&mut self) {
        let sent: Vec<_> = self.store.submissions_in(&[State::Sent]).unwrap().iter().map(|s| s.id).collect();
        self.store.lose(&sent, NOW, DESK).unwrap();
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
        }
    }

    fn check(&self) {
        let log = std::fs::read_to_string(self.home.path().join("issued.log")).unwrap();
        for number in 0..UNITS {
            let base = bundle_id(&unit(&number.to_string(), 0));
            let prefix = &base[..base.len() - 1];
            let live: Vec<_> = self.centre.keys().filter(|id| id.starts_with(prefix)).collect();
            assert!(live.len() <= 1, "two live Bundle-IDs: {live:?}");
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
                let _ = self.store.release(refused.id, NOW, DESK);
            }
            for (number, says) in self.truth.clone() {
                self.observe(number, says);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

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
            prop_assert_eq!(held, says.map(|content| vec![content; 8]), "unit {}", number);
        }
        prop_assert!(world.store.verify_audit().unwrap().is_ok());
    }
}
