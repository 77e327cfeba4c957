use crate::{DESK, NOW, bundle_id, files, keys, new, open, unit};
use std::fs;
use tsugite_store::{
    Decision, IdentityPolicy, Latest, LedgerEntry, Operation, Store, StoreError, UnitState, Wanted, decide,
};

#[test]
fn a_newer_or_foreign_database_is_refused() {
    let home = tempfile::tempdir().unwrap();
    drop(open(home.path()));
    let (database, log) = files(home.path());
    let raw = |sql: &str| {
        let status = rusqlite::Connection::open(&database).unwrap().execute_batch(sql);
        status.unwrap();
    };
    raw("pragma user_version = 99");
    assert!(matches!(Store::open_with(&database, &log, &keys(home.path())), Err(StoreError::TooNew { found: 99, .. })));
    raw("pragma user_version = 0; pragma application_id = 7");
    assert!(matches!(Store::open_with(&database, &log, &keys(home.path())), Err(StoreError::Foreign(_))));
}

#[test]
fn an_older_database_learns_what_was_issued_and_sends_it_under_the_same_id() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let mine = unit("1", 2);
    let ids = store.enqueue(&[new(&mine, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    store.start_attempt(ids[0], "TG1", NOW, DESK).unwrap();
    drop(store);

    let (database, _) = files(home.path());
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", database.display()));
    }
    let store = open(home.path());
    let entry = store.ledger_entry(&mine).unwrap().unwrap();
    assert_eq!((entry.state, entry.bundle_id.as_str()), (UnitState::Unknown, bundle_id(&mine).as_str()));
    assert_eq!(store.generation("condition", "1319999999", "clinic/1", "").unwrap(), 2);
    assert_eq!(store.issued_year(&mine).unwrap(), Some(2026));
    let latest = Latest { entry: Some(&entry), submissions: &[] };
    let report = Wanted::Report { content: &[1; 32], identity: &[1; 32] };
    assert_eq!(decide(latest, report, IdentityPolicy::Next), Decision::Enqueue(Operation::Register));
    assert_eq!(decide(latest, Wanted::Emptied, IdentityPolicy::Next), Decision::Enqueue(Operation::Cancel));
    let lost = LedgerEntry { doubtful: false, ..entry.clone() };
    let latest = Latest { entry: Some(&lost), submissions: &[] };
    assert_eq!(
        decide(latest, Wanted::Emptied, IdentityPolicy::Next),
        Decision::CancelByHand,
        "an old line does not say under which insured id"
    );
}

#[test]
fn a_line_cut_short_is_dropped_and_a_damaged_one_stops_everything() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let ids = store.enqueue(&[new(&unit("1", 0), Operation::Register, 1, 1)], NOW, DESK).unwrap();
    store.start_attempt(ids[0], "TG1", NOW, DESK).unwrap();
    drop(store);
    let (database, log) = files(home.path());
    let whole = fs::read_to_string(&log).unwrap();
    assert_eq!(whole.lines().count(), 1);

    fs::write(&log, format!("{whole}{{\"bundle_id\":\"13199")).unwrap();
    drop(open(home.path()));
    assert_eq!(fs::read_to_string(&log).unwrap(), whole);

    fs::write(&log, format!("garbled\n{whole}")).unwrap();
    assert!(matches!(
        Store::open_with(&database, &log, &keys(home.path())),
        Err(StoreError::IssuedLog { line: 1, .. })
    ));

    fs::remove_file(&log).unwrap();
    drop(open(home.path()));
    let again = fs::read_to_string(&log).unwrap();
    assert!(
        again.contains(&bundle_id(&unit("1", 0))) && again.contains("TG1") && !again.contains("clinic/"),
        "a lost log is written again"
    );
}
