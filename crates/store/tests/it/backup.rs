//! Backups and the way back: what was sent after a backup goes again under its id, and nothing gets a second one.

use crate::{DESK, NOW, bundle_id, files, keys, new, open, unit};
use std::{fs, path::Path};
use tsugite_store::{
    Answer, Decision, IdentityPolicy, Keys, Latest, Operation, Reader, Restored, Store, StoreError, SubmissionState,
    Unit, UnitState, Wanted, backups, decide, restore, verify_backup,
};

fn register(store: &mut Store, unit: &Unit, file_id: &str, answer: Option<Answer>) {
    let ids = store.enqueue(&[new(unit, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    store.start_attempt(ids[0], file_id, NOW, DESK).unwrap();
    if let Some(answer) = answer {
        store.settle(file_id, answer, "C", "", b"", NOW).unwrap();
    }
}

fn change(store: &mut Store, unit: &Unit, content: u8, identity: u8, file_id: &str) {
    let ids = store.enqueue(&[new(unit, Operation::Change, content, identity)], NOW, DESK).unwrap();
    store.start_attempt(ids[0], file_id, NOW, DESK).unwrap();
    store.settle(file_id, Answer::Accepted, "C", "", b"", NOW).unwrap();
}

fn back(home: &Path) -> (Store, Restored) {
    let (database, log) = files(home);
    let generation = backups(&home.join("backups")).unwrap().remove(0);
    let restored = restore(&generation, &database, &log, &keys(home), NOW, DESK).unwrap();
    (open(home), restored)
}

fn wants(store: &Store, unit: &Unit, wanted: Wanted) -> Decision {
    let entry = store.ledger_entry(unit).unwrap();
    let submissions = store.submissions_of(unit).unwrap();
    decide(Latest { entry: entry.as_ref(), submissions: &submissions }, wanted, IdentityPolicy::Next)
}

const SAME: Wanted = Wanted::Report { content: &[1; 32], identity: &[1; 32] };

#[test]
fn what_was_sent_after_the_backup_goes_again_under_the_same_id() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    register(&mut store, &unit("known", 0), "TG1", Some(Answer::Accepted));
    register(&mut store, &unit("changed", 0), "TG2", Some(Answer::Accepted));
    store.backup(&home.path().join("backups"), 3, NOW).unwrap();
    change(&mut store, &unit("changed", 0), 2, 1, "TG3");
    register(&mut store, &unit("new", 0), "TG4", Some(Answer::Accepted));
    drop(store);

    let (store, restored) = back(home.path());
    assert_eq!(restored.doubtful, 2);
    assert!(restored.moved_aside.is_some_and(|aside| aside.exists()));
    let known = store.ledger_entry(&unit("known", 0)).unwrap().unwrap();
    assert_eq!((known.state, known.doubtful), (UnitState::Accepted, false));
    assert_eq!(wants(&store, &unit("known", 0), SAME), Decision::Nothing);
    for (patient, operation) in [("changed", Operation::Change), ("new", Operation::Register)] {
        let unit = unit(patient, 0);
        let entry = store.ledger_entry(&unit).unwrap().unwrap();
        assert_eq!((entry.state, entry.doubtful), (UnitState::Unknown, true), "{patient}");
        assert_eq!(entry.bundle_id, bundle_id(&unit));
        assert_eq!(wants(&store, &unit, SAME), Decision::Enqueue(operation), "{patient}");
        assert_eq!(store.generation("condition", "1319999999", &unit.patient, "").unwrap(), 0);
    }
    assert!(store.verify_audit().unwrap().is_ok());
}

#[test]
fn an_accepted_answer_ends_the_doubt() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let mine = unit("1", 0);
    register(&mut store, &mine, "TG1", Some(Answer::Accepted));
    store.backup(&home.path().join("backups"), 3, NOW).unwrap();
    change(&mut store, &mine, 2, 1, "TG2");
    drop(store);
    let (mut store, _) = back(home.path());
    change(&mut store, &mine, 2, 1, "TG3");
    assert_eq!(store.doubtful_units().unwrap(), 0);
    drop(store);
    assert_eq!(open(home.path()).doubtful_units().unwrap(), 0, "and the log now says no more than the database");
}

#[test]
fn a_cancel_after_the_backup_is_known_and_the_next_generation_stands() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let (first, second) = (unit("1", 0), unit("1", 1));
    register(&mut store, &first, "TG1", Some(Answer::Accepted));
    store.backup(&home.path().join("backups"), 3, NOW).unwrap();
    let cancel = tsugite_store::NewSubmission { insured: String::new(), ..new(&first, Operation::Cancel, 0, 0) };
    let ids = store.enqueue(&[cancel], NOW, DESK).unwrap();
    store.start_attempt(ids[0], "TG2", NOW, DESK).unwrap();
    store.settle("TG2", Answer::Accepted, "C", "", b"", NOW).unwrap();
    drop(store);

    // The log tells of the cancel: what the centre says to a change is its outcome.
    let (mut store, _) = back(home.path());
    let ids = store.enqueue(&[new(&first, Operation::Change, 1, 1)], NOW, DESK).unwrap();
    store.start_attempt(ids[0], "TG3", NOW, DESK).unwrap();
    store.settle("TG3", Answer::NotRegistered, "C", "", b"", NOW).unwrap();
    assert_eq!(store.ledger_entry(&first).unwrap().unwrap().state, UnitState::Cancelled);
    register(&mut store, &second, "TG4", Some(Answer::Accepted));
    drop(store);

    // Once a later generation was issued, the one before it is closed whatever an older database says.
    let (store, _) = back(home.path());
    assert_eq!(store.generation("condition", "1319999999", "clinic/1", "").unwrap(), 1);
    assert_eq!(store.ledger_entry(&first).unwrap().unwrap().state, UnitState::Cancelled);
    assert!(store.ledger_entry(&second).unwrap().unwrap().doubtful);
}

#[test]
fn after_a_change_of_insurance_both_insured_ids_are_tried() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let mine = unit("1", 0);
    register(&mut store, &mine, "TG1", Some(Answer::Accepted));
    store.backup(&home.path().join("backups"), 3, NOW).unwrap();
    change(&mut store, &mine, 2, 2, "TG2");
    drop(store);
    let (mut store, _) = back(home.path());
    let ids = store.enqueue(&[new(&mine, Operation::Change, 3, 2)], NOW, DESK).unwrap();
    let addressed = |store: &Store| store.submission(ids[0]).unwrap().addressed;
    assert_eq!(addressed(&store), "01234567:1:2:01", "what was sent last");
    store.start_attempt(ids[0], "TG3", NOW, DESK).unwrap();
    store.settle("TG3", Answer::NotRegistered, "C", "", b"", NOW).unwrap();
    assert_eq!(store.submission(ids[0]).unwrap().state, SubmissionState::Queued);
    assert_eq!(addressed(&store), "01234567:1:1:01", "what was there before");
    store.start_attempt(ids[0], "TG4", NOW, DESK).unwrap();
    store.settle("TG4", Answer::Accepted, "C", "", b"", NOW).unwrap();
    assert_eq!(store.ledger_entry(&mine).unwrap().unwrap().accepted.unwrap().insured, "01234567:1:2:01");
}

#[test]
fn without_its_log_every_unit_is_doubtful() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    register(&mut store, &unit("1", 0), "TG1", Some(Answer::Accepted));
    store.enqueue(&[new(&unit("2", 0), Operation::Register, 1, 1)], NOW, DESK).unwrap();
    store.backup(&home.path().join("backups"), 3, NOW).unwrap();
    drop(store);
    fs::remove_file(files(home.path()).1).unwrap();
    let (store, restored) = back(home.path());
    assert_eq!(restored.doubtful, 1, "what was never sent is in no doubt");
    assert_eq!(wants(&store, &unit("1", 0), SAME), Decision::Enqueue(Operation::Change));
}

#[test]
fn generations_are_kept_verified_and_nothing_else_is_touched() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    register(&mut store, &unit("1", 0), "TG1", None);
    let folder = home.path().join("backups");
    fs::create_dir(&folder).unwrap();
    fs::create_dir(folder.join("tsugite-of-somebody-else")).unwrap();
    for minute in 0..5 {
        store.backup(&folder, 3, &format!("2026-11-22T09:0{minute}:00+09:00")).unwrap();
    }
    let kept = backups(&folder).unwrap();
    let names: Vec<_> = kept.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(names[0], "tsugite-2026-11-22T09-04-00-09-00");
    assert_eq!(names.len(), 3);
    assert!(folder.join("tsugite-of-somebody-else").exists());
    let (_, log) = files(home.path());
    assert!(!kept[0].join("issued.log").exists() && log.exists(), "the log is no part of a backup");
    assert!(!fs::read(kept[0].join("tsugite.db")).unwrap().windows(8).any(|w| w == b"01234567"), "sealed too");

    let mut bytes = fs::read(kept[0].join("tsugite.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(kept[0].join("tsugite.db"), bytes).unwrap();
    assert!(matches!(verify_backup(&kept[0], &keys(home.path())), Err(StoreError::Backup { .. })));
    let others = Keys::create(&home.path().join("other.keys")).unwrap();
    assert!(matches!(verify_backup(&kept[1], &others), Err(StoreError::WrongKey)));
    let (database, _) = files(home.path());
    let before = fs::read(&database).unwrap();
    assert!(restore(&kept[0], &database, &log, &keys(home.path()), NOW, DESK).is_err());
    assert_eq!(fs::read(&database).unwrap(), before, "a damaged generation restores nothing");
}

#[test]
fn a_reader_backs_up_beside_the_writer() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let reader = Reader::open(&files(home.path()).0, &keys(home.path())).unwrap();
    register(&mut store, &unit("1", 0), "TG1", None);
    let backup = reader.backup(&home.path().join("backups"), 3, NOW).unwrap();
    assert_eq!(backup.audit_rows, 2);
    assert_eq!(verify_backup(&backup.folder, &keys(home.path())).unwrap().audit_rows, 2);
    let files = fs::read_dir(&backup.folder).unwrap().count();
    assert_eq!(files, 2, "a check writes nothing beside it: a generation may lie on what is written once");
}
