//! A centre that dies between any two steps, and whatever else needs the steps. What a client sees is in `tests/it`.

use super::*;
use tsugite_upstream::{Class, Operation, Request};

const BUNDLE: &str = include_str!("../../../validate/tests/it/bundles/condition.json");
const INSURED: &str = "00999901:１２:３４５:01";

fn interface() -> Interface {
    Interface::from_toml(include_str!("../../../../mappings/upstream/clins.toml")).unwrap()
}

fn open(dir: &Path) -> Centre {
    Centre::open(dir, interface(), Options::default()).unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

fn moment() -> Moment {
    Moment { now: at(0), today: None }
}

/// `edition` makes another payload of the same Bundle-ID.
fn request(operation: Operation, id: &str, edition: &str) -> (String, Vec<u8>) {
    let request = Request {
        operation,
        institution: "1319999999".into(),
        file_id: id.into(),
        insured_id: INSURED.into(),
        bundle_id: "1319999999^2026^test-0001".into(),
        payload: operation.action.has_payload().then(|| format!("{BUNDLE}{edition}").into_bytes()),
        attachment: None,
        signature: None,
    };
    (interface().request_name(operation, id), interface().write_request(&request).unwrap())
}

fn answers(dir: &Path) -> Vec<(String, Class)> {
    let mut answers: Vec<_> = fs::read_dir(dir.join("res"))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let result = interface().read_result(&fs::read(entry.path()).unwrap()).unwrap();
            (entry.file_name().into_string().unwrap(), interface().classify(&result))
        })
        .collect();
    answers.sort();
    answers
}

const STEPS: [Step; 5] = [Step::Claimed, Step::Logged, Step::Applied, Step::Answered, Step::Removed];

#[test]
fn each_request_counts_once_wherever_the_centre_is_killed() {
    // The same story, killed at each step of each request; the order of the folder is that of the story.
    let story = [
        (Operation::REGISTER, "T1", "", Class::Accepted),
        (Operation::REGISTER, "T2", "", Class::Duplicate),
        (Operation::CHANGE, "T3", " ", Class::Accepted),
        (Operation::REGISTER, "T4", "", Class::Exists),
        (Operation::CANCEL, "T5", "", Class::Accepted),
        (Operation::CHANGE, "T6", "", Class::NotRegistered),
        (Operation::REGISTER, "T7", "\n", Class::Accepted),
    ];
    for killed in 0..story.len() * STEPS.len() {
        let home = tempfile::tempdir().unwrap();
        let mut left = killed;
        for (operation, id, edition, _) in story {
            let (name, bytes) = request(operation, id, edition);
            let mut centre = open(home.path());
            fs::write(centre.requests().join(name), bytes).unwrap();
            let die = |_: Step| {
                left = left.wrapping_sub(1);
                left == usize::MAX
            };
            centre.process_until(moment(), die).unwrap();
            drop(centre);
            // A killed centre left its request half done; the next one finishes it.
            open(home.path()).process().unwrap();
        }
        let centre = open(home.path());
        let codes: Vec<_> = centre.events().iter().map(|event| event.correlation.as_str()).collect();
        assert_eq!(codes, ["T1", "T2", "T3", "T4", "T5", "T6", "T7"], "killed at step {killed}");
        let mut expected: Vec<_> =
            story.iter().map(|(operation, id, _, class)| (interface().result_name(*operation, id), *class)).collect();
        expected.sort();
        assert_eq!(answers(home.path()), expected, "killed at step {killed}");
        let held = centre.registrations().unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!((held[0].registered_by.as_str(), held[0].changed_by.as_deref()), ("T7", None));
        assert_eq!(held[0].payload, format!("{BUNDLE}\n"));
        assert!(fs::read_dir(&centre.requests).unwrap().next().is_none());
        assert!(fs::read_dir(&centre.inbox).unwrap().next().is_none());
    }
}

#[test]
fn a_request_that_was_answered_before_is_answered_alike_without_effect() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = open(home.path());
    let mut send = |(name, bytes): (String, Vec<u8>)| {
        fs::write(home.path().join("req").join(name), bytes).unwrap();
        centre.process().unwrap().len()
    };
    assert_eq!(send(request(Operation::REGISTER, "T1", "")), 1);
    assert_eq!(send(request(Operation::CANCEL, "T2", "")), 1);
    fs::remove_dir_all(home.path().join("res")).unwrap();
    fs::create_dir(home.path().join("res")).unwrap();
    assert_eq!(send(request(Operation::REGISTER, "T1", "")), 0);
    assert_eq!(answers(home.path()), [("CIS-IF-202res_T1.xml".to_owned(), Class::Accepted)]);
    assert!(centre.registrations().unwrap().is_empty(), "the cancel stands");
}

#[test]
fn a_change_moves_a_registration_to_the_insured_id_of_its_bundle_also_when_done_twice() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = open(home.path());
    let (name, bytes) = request(Operation::REGISTER, "T1", "");
    fs::write(centre.requests().join(name), bytes).unwrap();
    centre.process().unwrap();
    let moved = Request {
        operation: Operation::CHANGE,
        institution: "1319999999".into(),
        file_id: "T2".into(),
        insured_id: INSURED.into(),
        bundle_id: "1319999999^2026^test-0001".into(),
        payload: Some(BUNDLE.replace(INSURED, "00999901:１２:９９９:").into_bytes()),
        attachment: None,
        signature: None,
    };
    for _ in 0..2 {
        centre.desk.apply_request(moved.clone()).unwrap();
        let held = centre.registrations().unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!(held[0].insured_id, "00999901:１２:９９９:");
        assert_eq!((held[0].registered_by.as_str(), held[0].changed_by.as_deref()), ("T1", Some("T2")));
    }
}

#[test]
fn one_folder_has_one_centre() {
    let home = tempfile::tempdir().unwrap();
    let centre = open(home.path());
    let second = Centre::open(home.path(), interface(), Options::default());
    assert!(matches!(second, Err(CentreError::Busy(_))));
    drop(centre);
    open(home.path());
}

#[test]
fn with_answers_held_back_and_repeated_a_killed_centre_still_gives_each_and_applies_once() {
    let faults = "[[fault]]\nkind = \"delay\"\nrequests = [1, 4]\nseconds = [5, 50]\n\
                  [[fault]]\nkind = \"reorder\"\nrequests = [2]\n\
                  [[fault]]\nkind = \"duplicate-answer\"\nrequests = [3]\nseconds = [1, 9]\n\
                  [[fault]]\nkind = \"lose-answer\"\nrequests = [5]\n\
                  [[fault]]\nkind = \"lose-request\"\nrequests = [6]\n\
                  [[fault]]\nkind = \"truncate-answer\"\nrequests = [7]";
    let setup = Setup { faults: Faults::from_toml(faults).unwrap(), seed: 7, ..Setup::default() };
    let story = [
        (Operation::REGISTER, "T1", ""),
        (Operation::REGISTER, "T2", ""),
        (Operation::CHANGE, "T3", " "),
        (Operation::CANCEL, "T4", ""),
        (Operation::REGISTER, "T5", "\n"),
        (Operation::CANCEL, "T6", ""),
        (Operation::CHANGE, "T7", "\t"),
    ];
    let tell = |killed: usize| {
        let home = tempfile::tempdir().unwrap();
        let open = || Centre::open_with(home.path(), interface(), setup.clone()).unwrap();
        let (mut left, mut steps) = (killed, 0);
        let mut given = Vec::new();
        for second in (0..100).step_by(10) {
            let mut centre = open();
            if let Some((operation, id, edition)) = story.get(usize::try_from(second / 10).unwrap()) {
                let (name, bytes) = request(*operation, id, edition);
                fs::write(centre.requests().join(name), bytes).unwrap();
            }
            let die = |_: Step| {
                steps += 1;
                left = left.wrapping_sub(1);
                left == usize::MAX
            };
            centre.process_until(Moment { now: at(second), today: None }, die).unwrap();
            drop(centre);
            // A killed centre is started again at once.
            open().process_at(at(second)).unwrap();
            for entry in fs::read_dir(home.path().join("res")).unwrap() {
                let path = entry.unwrap().path();
                given.push((path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()));
                fs::remove_file(path).unwrap();
            }
        }
        let centre = open();
        assert_eq!((centre.pending(), fs::read_dir(&centre.inbox).unwrap().count()), (0, 0), "killed at {killed}");
        let events: Vec<_> =
            centre.events().iter().map(|e| (e.correlation.clone(), e.code.clone(), e.faults.clone())).collect();
        given.sort();
        (steps, events, given, centre.registrations().unwrap())
    };
    let (steps, events, given, held) = tell(usize::MAX);
    let mut ids: Vec<&str> = given.iter().map(|(name, _)| &name[14..16]).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["T1", "T2", "T3", "T3", "T4", "T7"], "T5 and T6 get no answer");
    assert!(steps > 40, "{steps}");
    for killed in 0..steps {
        let (_, events_now, mut given_now, held_now) = tell(killed);
        assert_eq!((&events_now, &held_now), (&events, &held), "killed at {killed}");
        // Killed between giving an answer and forgetting it, it may come once more.
        let more = given_now.len() - given.len();
        given_now.dedup();
        let mut once = given.clone();
        once.dedup();
        assert!(more <= 1 && given_now == once, "killed at {killed}");
    }
}

#[test]
fn a_centre_whose_disk_fails_goes_on_when_it_works_again() {
    let faults = Faults::from_toml("[[fault]]\nkind = \"duplicate-answer\"\nseconds = [1, 1]").unwrap();
    for folder in ["res", "registrations", "pending", "inbox"] {
        let home = tempfile::tempdir().unwrap();
        let setup = Setup { faults: faults.clone(), ..Setup::default() };
        let mut centre = Centre::open_with(home.path(), interface(), setup).unwrap();
        let (name, bytes) = request(Operation::REGISTER, "T1", "");
        fs::write(centre.requests().join(name), bytes).unwrap();
        fs::rename(home.path().join(folder), home.path().join("away")).unwrap();
        for _ in 0..2 {
            assert!(matches!(centre.process_at(at(0)), Err(CentreError::Io { .. })), "{folder}");
        }
        fs::rename(home.path().join("away"), home.path().join(folder)).unwrap();
        centre.process_at(at(0)).unwrap();
        assert_eq!(answers(home.path()), [("CIS-IF-202res_T1.xml".to_owned(), Class::Accepted)], "{folder}");
        assert_eq!((centre.events().len(), centre.pending()), (1, 1), "{folder}");
        assert_eq!(centre.registrations().unwrap()[0].payload, BUNDLE, "{folder}");
    }
}
