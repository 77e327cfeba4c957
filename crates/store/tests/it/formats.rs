//! Every format that was ever released stays readable, and what older ones kept in plain is sealed.

use crate::{DESK, NOW, files, keys, open, unit};
use std::fs;
use tsugite_clinical::PatientId;
use tsugite_store::{Approval, IdentityPolicy, Latest, Operation, Store, SubmissionState, UnitState, Wanted, decide};

const FORMAT_1: &str = include_str!("formats/1.sql");
const LOG_1: &str = include_str!("formats/1.issued.log");
/// What became of it, and its keys.
const FORMAT_2: &str = include_str!("formats/2.sql");
const LOG_2: &str = include_str!("formats/2.issued.log");
const KEYS_2: &str = include_str!("formats/2.keys");

/// Database, log and keys as a program of format 2 left them.
fn lay_2(home: &std::path::Path) {
    let (database, log) = files(home);
    rusqlite::Connection::open(database).unwrap().execute_batch(FORMAT_2).unwrap();
    fs::write(log, LOG_2).unwrap();
    fs::write(home.join("tsugite.keys"), KEYS_2).unwrap();
}

fn lay(home: &std::path::Path) {
    let (database, log) = files(home);
    rusqlite::Connection::open(database).unwrap().execute_batch(FORMAT_1).unwrap();
    fs::write(log, LOG_1).unwrap();
}

#[test]
fn a_database_of_format_1_says_what_it_said() {
    let home = tempfile::tempdir().unwrap();
    lay(home.path());
    says_what_it_said(open(home.path()));
}

#[test]
fn a_database_of_format_2_says_what_it_said() {
    let home = tempfile::tempdir().unwrap();
    lay_2(home.path());
    let store = open(home.path());
    let old = rusqlite::Connection::open(store.migrated().unwrap()).unwrap();
    assert_eq!(
        old.query_row("pragma user_version", [], |row| row.get::<_, i64>(0)).unwrap(),
        2,
        "a copy stands beside it"
    );
    says_what_it_said(store);
}

fn says_what_it_said(mut store: Store) {
    let patient = |id: &str| PatientId { space: "clinic".into(), id: id.into() };
    assert_eq!(store.patients().unwrap(), [patient("0000000001"), patient("0000000002")]);
    assert_eq!(store.statements(&patient("0000000001")).unwrap().len(), 2);
    let remembered = store.remembered("storage").unwrap();
    assert_eq!(remembered.keys().collect::<Vec<_>>(), ["000/001/0000000001/a", "000/001/0000000001/b"]);
    assert!(store.baselines().unwrap().contains("storage"));
    assert_eq!(store.settings_history().unwrap().len(), 1);

    let states: Vec<_> = store.ledger().unwrap().into_iter().map(|e| (e.unit.patient, e.state, e.doubtful)).collect();
    let row = |patient: &str, state| (format!("clinic/{patient}"), state, false);
    assert_eq!(
        states,
        [
            row("1", UnitState::Queued),
            row("2", UnitState::Sent),
            row("3", UnitState::Queued),
            row("4", UnitState::Cancelled),
            row("5", UnitState::Rejected),
        ]
    );
    let entry = store.ledger_entry(&unit("1", 0)).unwrap().unwrap();
    assert_eq!(entry.accepted.as_ref().unwrap().insured, "01234567:1:1:01");
    let submissions = store.submissions_of(&unit("1", 0)).unwrap();
    assert_eq!(submissions[1].addressed, "01234567:1:1:01");
    assert_eq!(store.payload(submissions[1].id).unwrap(), [2; 8]);
    let latest = Latest { entry: Some(&entry), submissions: &submissions };
    let same = Wanted::Report { content: &[2; 32], identity: &[1; 32] };
    assert_eq!(decide(latest, same, IdentityPolicy::Next), tsugite_store::Decision::Nothing);
    let refused = store.submissions_in(&[SubmissionState::Rejected]).unwrap();
    assert_eq!(refused[0].result_text.as_deref(), Some("insured not found"));
    assert_eq!(store.generation("condition", "1319999999", "clinic/4", "").unwrap(), 1);

    assert!(store.approved(Approval::Plan, "").unwrap());
    let proposals = store.proposals().unwrap();
    assert_eq!(proposals[0].1, "subject 1");
    let held = store.held().unwrap();
    assert_eq!((held[0].patient.as_str(), held[0].since.as_str()), ("0000000002", NOW));
    assert!(store.verify_audit().unwrap().is_ok_and(|rows| rows > 10), "the old chain holds");
    let lost = store.submissions_in(&[SubmissionState::Sent]).unwrap();
    store.lose(&[lost[0].id], NOW, DESK).unwrap();
    store.start_attempt(lost[0].id, "TG9", NOW, DESK).unwrap();
    assert!(store.verify_audit().unwrap().is_ok(), "and goes on");
    assert_eq!(lost[0].operation, Operation::Register);
}

#[test]
fn the_copy_before_a_migration_is_whole_and_the_migrated_files_tell_of_nobody() {
    let home = tempfile::tempdir().unwrap();
    lay(home.path());
    let store = open(home.path());
    let copy = store.migrated().unwrap().to_owned();
    let old = rusqlite::Connection::open(&copy).unwrap();
    assert_eq!(old.query_row("pragma user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    assert_eq!(old.query_row("select count(*) from statements", [], |row| row.get::<_, i64>(0)).unwrap(), 3);
    drop(old);
    assert!(open(home.path()).migrated().is_none(), "once");
    let telling = ["0000000001", "0000000002", "01234567", "clinic/", "insured not found", "<receipt/>", "PPR-01"];
    let (database, log) = files(home.path());
    assert!(fs::read_to_string(&log).unwrap().contains("1319999999^2026^clinic-1-0"), "no id is lost");
    for file in [database.clone(), format!("{}-wal", database.display()).into(), log] {
        let bytes = fs::read(&file).unwrap();
        for text in telling {
            let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!found, "{text} in {}", file.display());
        }
    }
}

#[test]
fn a_migration_that_was_cut_off_leaves_the_old_format() {
    let home = tempfile::tempdir().unwrap();
    lay(home.path());
    let (database, log) = files(home.path());
    // Something in the way of the new tables makes the step fail in its middle.
    let raw = rusqlite::Connection::open(&database).unwrap();
    raw.execute_batch("create table raw_inputs (id integer)").unwrap();
    assert!(Store::open_with(&database, &log, &keys(home.path())).is_err());
    assert_eq!(raw.query_row("pragma user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    assert_eq!(raw.query_row("select count(*) from statements", [], |row| row.get::<_, i64>(0)).unwrap(), 3);
    raw.execute_batch("drop table raw_inputs").unwrap();
    drop(raw);
    assert_eq!(open(home.path()).patients().unwrap().len(), 2);
}
