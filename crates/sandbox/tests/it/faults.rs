//! One test a fault: what the sender sees, what the centre holds, and that the same seed does the same.

use crate::semantics::{BUNDLE, interface, open, request};
use jiff::Timestamp;
use tsugite_sandbox::{Checks, Faults, Setup, Terminal, events};
use tsugite_upstream::{Class, Disposal, Operation, Transport, Unreadable};

const PLAIN: [Operation; 3] = [Operation::REGISTER, Operation::CHANGE, Operation::CANCEL];

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

pub fn setup(faults: &str, seed: u64) -> Setup {
    Setup { faults: Faults::from_toml(faults).unwrap(), seed, checks: Checks::Envelope, ..Setup::default() }
}

fn terminal(fault: &str) -> Terminal {
    Terminal::new(interface(), setup(&format!("[[fault]]\nkind = {fault}"), 1), at(0))
}

/// (file, class or why not) of what lies ready; it is put away.
fn take(terminal: &mut Terminal, second: i64) -> Vec<(String, Result<Class, Unreadable>)> {
    let collected = terminal.collect_at(at(second)).unwrap();
    for one in &collected {
        terminal.dispose(one, Disposal::Done).unwrap();
    }
    let class =
        |one: &tsugite_upstream::Collected| one.result.as_ref().map(|r| interface().classify(r)).map_err(|e| *e);
    collected.iter().map(|one| (one.handle.split(['_', '.']).nth(1).unwrap().to_owned(), class(one))).collect()
}

fn send(terminal: &mut Terminal, operation: Operation, id: &str) {
    terminal.submit(&request(operation, id)).unwrap();
}

fn accepted(id: &str) -> (String, Result<Class, Unreadable>) {
    (id.to_owned(), Ok(Class::Accepted))
}

const NOTHING: [(String, Result<Class, Unreadable>); 0] = [];

#[test]
fn delay_holds_the_answer_and_not_the_effect() {
    let mut terminal = terminal("\"delay\"\nseconds = [30, 30]");
    send(&mut terminal, Operation::REGISTER, "TG1");
    assert_eq!(take(&mut terminal, 0), NOTHING);
    assert_eq!((terminal.registrations().unwrap().len(), terminal.pending()), (1, 1));
    assert_eq!(take(&mut terminal, 29), NOTHING);
    assert_eq!(take(&mut terminal, 30), [accepted("TG1")]);
}

#[test]
fn a_lost_answer_is_found_again_as_a_duplicate() {
    let mut terminal = terminal("\"lose-answer\"\nrequests = [1]");
    send(&mut terminal, Operation::REGISTER, "TG1");
    assert_eq!(take(&mut terminal, 9999), NOTHING);
    assert_eq!(terminal.registrations().unwrap()[0].payload, BUNDLE);
    send(&mut terminal, Operation::REGISTER, "TG2");
    assert_eq!(take(&mut terminal, 9999), [("TG2".to_owned(), Ok(Class::Duplicate))]);
    let told: Vec<_> = terminal.events().iter().map(|e| (e.is_accepted(), e.faults.clone())).collect();
    assert_eq!(told, [(true, vec!["lose-answer".to_owned()]), (false, vec![])]);
}

#[test]
fn a_lost_request_has_no_effect_and_the_same_file_again_is_a_new_one() {
    let mut terminal = terminal("\"lose-request\"\nrequests = [1]");
    for expected in [&NOTHING[..], &[accepted("TG1")]] {
        send(&mut terminal, Operation::REGISTER, "TG1");
        assert_eq!(take(&mut terminal, 0), expected);
        assert_eq!(terminal.registrations().unwrap().len(), expected.len());
    }
    assert!(terminal.events()[0].is_lost());
}

#[test]
fn a_duplicate_answer_comes_a_second_time() {
    let mut terminal = terminal("\"duplicate-answer\"\nseconds = [10, 10]");
    send(&mut terminal, Operation::REGISTER, "TG1");
    assert_eq!(take(&mut terminal, 0), [accepted("TG1")]);
    assert_eq!(take(&mut terminal, 9), NOTHING);
    assert_eq!(take(&mut terminal, 10), [accepted("TG1")]);
    assert_eq!(take(&mut terminal, 999), NOTHING);
    assert_eq!(terminal.events().len(), 1, "and was done once");
}

#[test]
fn reordered_answers_let_others_pass_and_come_at_last() {
    let mut terminal = terminal("\"reorder\"\nrequests = [1, 4]\nbehind = 2\nseconds = [100, 100]");
    for (id, operation, answers) in [
        ("TG1", Operation::REGISTER, vec![]),
        ("TG2", Operation::CHANGE, vec![accepted("TG2")]),
        ("TG3", Operation::CHANGE, vec![accepted("TG1"), accepted("TG3")]),
        ("TG4", Operation::CHANGE, vec![]),
    ] {
        send(&mut terminal, operation, id);
        let mut taken = take(&mut terminal, 0);
        taken.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(taken, answers, "{id}");
    }
    assert_eq!(take(&mut terminal, 100), [accepted("TG4")], "also when nothing follows");
}

#[test]
fn a_truncated_answer_is_none_wherever_it_is_cut() {
    let mut terminal = terminal("\"truncate-answer\"");
    for number in 0..200 {
        let id = format!("TG{number}");
        send(&mut terminal, Operation::REGISTER, &id);
        let taken = take(&mut terminal, 0);
        assert!(matches!(taken[0].1, Err(Unreadable::Truncated | Unreadable::Empty)), "{taken:?}");
    }
    assert_eq!(terminal.registrations().unwrap().len(), 1);
}

#[test]
fn an_answer_in_another_encoding_is_told_from_a_broken_one() {
    let mut terminal = terminal("\"wrong-encoding\"");
    for (id, operation) in [("TG1", Operation::REGISTER), ("TG2", Operation::REGISTER), ("TG3", Operation::CANCEL)] {
        send(&mut terminal, operation, id);
        assert_eq!(take(&mut terminal, 0), [(id.to_owned(), Err(Unreadable::Encoding))]);
    }
}

#[test]
fn a_foreign_answer_names_what_nobody_asked() {
    let mut terminal = terminal("\"foreign-answer\"");
    send(&mut terminal, Operation::REGISTER, "TG1");
    assert_eq!(take(&mut terminal, 0), [accepted("TG1"), accepted("TG1F")]);
}

#[test]
fn rejects_have_the_class_that_was_asked_for_and_no_effect() {
    for class in [Class::Transport, Class::Qualification, Class::Content, Class::Unknown] {
        let mut terminal = terminal(&format!("\"reject\"\nclass = \"{}\"\noperations = [\"register\"]", class.name()));
        send(&mut terminal, Operation::REGISTER, "TG1");
        assert_eq!(take(&mut terminal, 0), [("TG1".to_owned(), Ok(class))]);
        send(&mut terminal, Operation::CANCEL, "TG2");
        assert_eq!(take(&mut terminal, 0), [("TG2".to_owned(), Ok(Class::NotRegistered))]);
        assert_eq!(terminal.registrations().unwrap(), []);
    }
}

#[test]
fn what_is_dropped_while_the_centre_is_away_lies_there_and_can_be_taken_back() {
    let mut terminal = terminal(&format!("\"unavailable\"\nfrom = \"{}\"\nuntil = \"{}\"", at(10), at(20)));
    send(&mut terminal, Operation::REGISTER, "TG1");
    send(&mut terminal, Operation::CANCEL, "TG2");
    assert_eq!(take(&mut terminal, 10), NOTHING);
    assert!(terminal.take_back(Operation::CANCEL, "TG2").unwrap());
    assert_eq!(take(&mut terminal, 19), NOTHING);
    assert_eq!(terminal.events(), []);
    assert_eq!(take(&mut terminal, 20), [accepted("TG1")]);
    assert_eq!(terminal.registrations().unwrap().len(), 1);
}

const STORM: &str = include_str!("storm.toml");

#[test]
fn a_seed_is_a_story() {
    let story = |seed| {
        let mut terminal = Terminal::new(interface(), setup(STORM, seed), at(0));
        let mut seen = Vec::new();
        for second in 0..300 {
            let operation = PLAIN[usize::try_from(second % 3).unwrap()];
            send(&mut terminal, operation, &format!("TG{second}"));
            seen.push(take(&mut terminal, second));
        }
        (seen, terminal.events().to_vec(), terminal.registrations().unwrap())
    };
    let first = story(3);
    assert_eq!(story(3), first);
    assert_ne!(story(4).0, first.0);
    let befallen: std::collections::BTreeSet<_> = first.1.iter().flat_map(|event| event.faults.clone()).collect();
    assert_eq!(befallen.len(), 9, "{befallen:?}");
}

#[test]
fn folder_and_memory_are_one_centre() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::new(interface(), setup(STORM, 5), at(0));
    for second in 0..120 {
        let operation = PLAIN[usize::try_from(second % 3).unwrap()];
        let request = request(operation, &format!("TG{second}"));
        // Opened anew each time, as if killed.
        let mut centre = open(home.path(), setup(STORM, 5));
        let path = centre.requests().join(interface().request_name(operation, &request.file_id));
        std::fs::write(path, interface().write_request(&request).unwrap()).unwrap();
        centre.process_at(at(second)).unwrap();
        terminal.submit(&request).unwrap();
        let mut collected: Vec<_> =
            terminal.collect_at(at(second)).unwrap().into_iter().map(|one| (one.handle, one.raw)).collect();
        collected.sort();
        let results = std::fs::read_dir(centre.results()).unwrap().map(|entry| entry.unwrap());
        let mut written: Vec<_> = results
            .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
            .collect();
        written.sort();
        assert_eq!(written, collected, "{second}");
        assert_eq!(centre.registrations().unwrap(), terminal.registrations().unwrap());
        assert_eq!(centre.pending(), terminal.pending());
    }
    assert_eq!(events(home.path()).unwrap(), terminal.events());
    let mut centre = open(home.path(), setup(STORM, 5));
    assert!(centre.pending() > 0);
    centre.flush().unwrap();
    assert_eq!(centre.pending(), 0);
    let told = centre.history(crate::semantics::BUNDLE_ID);
    assert!(told.len() > 100 && told.iter().all(|event| event.at.is_some()));
}
