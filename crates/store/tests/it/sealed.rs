//! What the files tell to those without the key, and what becomes of a key.

use crate::{DESK, NOW, files, keys, new, open, unit};
use std::{fs, path::Path};
use tsugite_clinical::PatientId;
use tsugite_store::{
    Answer, Approval, Considered, HeldRow, HeldWhat, Keys, NewInput, Operation, Reader, Retention, Store, StoreError,
    Unmapped, exposed, private_folder, store_files,
};

const SECRETS: &[&str] =
    &["7700000001", "01234567:1:1:01", "Tsugite Taro", "<name>", "Bundle of Taro", "held because of Taro", "ask Taro"];

/// Everything of which a person could be told.
fn fill(store: &mut Store) {
    let mine = unit("7700000001", 0);
    let bytes = b"Bundle of Taro".to_vec();
    let bundle_id = "1319999999^2026^opaque".to_owned();
    let one = tsugite_store::NewSubmission { bytes, bundle_id, ..new(&mine, Operation::Register, 1, 1) };
    let ids = store.enqueue(&[one], NOW, DESK).unwrap();
    store.start_attempt(ids[0], "TG1", NOW, DESK).unwrap();
    store.settle("TG1", Answer::Content, "E1", "Tsugite Taro: refused", b"<name>Tsugite Taro</name>", NOW).unwrap();
    store.receive(&[NewInput { instance: "in", path: "7700000001/a", bytes: b"Tsugite Taro" }], NOW).unwrap();
    let line = |patient: &str| HeldRow {
        what: HeldWhat::Patient,
        kind: String::new(),
        unit: String::new(),
        patient: patient.into(),
        rule: "X-001".into(),
        text: "held because of Taro".into(),
        remedy: "ask Taro".into(),
        origins: vec!["7700000001/a".into()],
        since: String::new(),
    };
    store.replace_held_of("", &[line("7700000001")], NOW).unwrap();
    store.approve(Approval::Shortened, "7700000001/a", NOW, DESK).unwrap();
    store.propose(&[(Approval::Brake, "7700000001".into(), "Tsugite Taro".into())]).unwrap();
    store.touch(&[PatientId { space: "clinic".into(), id: "7700000001".into() }]).unwrap();
    let (patient, mark) = store.changed_patients(1).unwrap().remove(0);
    let text = || "Tsugite Taro".to_owned();
    let unmapped = [Unmapped { kind: text(), system: text(), code: text(), text: text() }];
    let done = Considered { patient: &patient, mark, tables: "t1", issues: &["X-001"], unmapped: &unmapped };
    store.considered(&[done], NOW).unwrap();
    store.audit_about(NOW, DESK, "look", "", "clinic/7700000001").unwrap();
}

fn found(file: &Path) -> Vec<&'static str> {
    let bytes = fs::read(file).unwrap_or_default();
    let holds = |text: &&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    SECRETS.iter().copied().filter(holds).collect()
}

#[test]
fn the_files_tell_of_nobody() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    fill(&mut store);
    let (database, log) = files(home.path());
    for file in [database.clone(), format!("{}-wal", database.display()).into()] {
        assert!(fs::metadata(&file).unwrap().len() > 0);
        assert!(found(&file).is_empty(), "{:?} in {}", found(&file), file.display());
    }
    assert!(found(&log).is_empty(), "{:?}", found(&log));
    assert!(
        fs::read_to_string(&log).unwrap().contains("1319999999^2026^opaque"),
        "read by `convert --ledger` without a key"
    );
    let reader = Reader::open(&database, &keys(home.path())).unwrap();
    assert_eq!(reader.held().unwrap()[0].text, "held because of Taro");
    assert_eq!(reader.proposals().unwrap()[0].2, "Tsugite Taro");
    let look = tsugite_store::AuditFilter { patient: Some("clinic/7700000001"), ..Default::default() };
    let rows = reader.audit_list(&look).unwrap();
    assert!(rows.iter().all(|row| row.patient.as_deref() == Some("clinic/7700000001")));
    assert_eq!(
        rows.iter().map(|row| row.what.as_str()).collect::<Vec<_>>(),
        ["look", "register", "register", "register"]
    );
}

#[test]
fn another_key_opens_nothing() {
    let home = tempfile::tempdir().unwrap();
    drop(open(home.path()));
    let (database, log) = files(home.path());
    let others = Keys::create(&home.path().join("others")).unwrap();
    assert!(matches!(Store::open_with(&database, &log, &others), Err(StoreError::WrongKey)));
}

#[test]
fn a_rotation_reseals_everything_and_may_be_broken_off() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    fill(&mut store);
    drop(store);
    let file = home.path().join("tsugite.keys");
    let both = Keys::add(&file).unwrap();
    let mut store = open(home.path());
    let mut calls = 0;
    loop {
        calls += 1;
        if calls == 3 {
            drop(store);
            store = open(home.path());
        }
        if store.rotate(2).unwrap().complete {
            break;
        }
    }
    assert!(calls > 4, "{calls}");
    assert_eq!(store.rotate(100).unwrap().resealed, 0);
    drop(store);
    let newest = Keys::drop_older(&file).unwrap();
    assert_eq!((both.older(), newest.older()), (1, 0));
    let store = open(home.path());
    assert_eq!(store.payload(1).unwrap(), b"Bundle of Taro");
    assert_eq!(store.submission(1).unwrap().result_text.as_deref(), Some("Tsugite Taro: refused"));
    assert_eq!(store.input_bytes(1).unwrap().unwrap(), b"Tsugite Taro");
    assert_eq!(store.unmapped().unwrap()[0].unmapped.text, "Tsugite Taro");
    assert_eq!((store.held().unwrap().len(), store.proposals().unwrap().len()), (1, 1));
    assert!(store.approved(Approval::Shortened, "7700000001/a").unwrap(), "lookups stay");
    // The log is sealed anew too: an empty database still learns the insured id from it.
    drop(store);
    let (database, _) = files(home.path());
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", database.display()));
    }
    assert!(open(home.path()).ledger_entry(&unit("7700000001", 0)).unwrap().unwrap().doubtful);
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only_and_what_is_not_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("data");
    private_folder(&folder).unwrap();
    let (database, log) = files(&folder);
    fs::write(&log, "").unwrap();
    fs::set_permissions(&log, fs::Permissions::from_mode(0o644)).unwrap();
    let key = home.path().join("keys");
    let store = Store::open_with(&database, &log, &Keys::create(&key).unwrap()).unwrap();
    let mut watched = store_files(&database, &log);
    watched.push(key.clone());
    assert!(watched.iter().filter(|path| path.exists()).count() >= 6, "{watched:?}");
    let check = || exposed(&watched.iter().map(|path| path.as_path()).collect::<Vec<_>>());
    assert_eq!(check(), []);
    let backup = store.backup(&home.path().join("backups"), 1, NOW).unwrap().folder;
    let copies = [backup.clone(), backup.join("tsugite.db"), backup.join("manifest.json")];
    assert_eq!(exposed(&copies.each_ref().map(|path| path.as_path())), []);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(
        check().iter().map(|found| (found.path.as_path(), found.mode)).collect::<Vec<_>>(),
        [(key.as_path(), 0o640)]
    );
}

#[test]
fn pruning_takes_what_is_done_with_and_old_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    fill(&mut store);
    let input = |path, bytes| NewInput { instance: "in", path, bytes };
    let read = store.receive(&[input("b", b"one")], NOW).unwrap()[0];
    store.mark_read(&[read], NOW).unwrap();
    store.remember_settings("old", NOW).unwrap();
    store.remember_settings("new", NOW).unwrap();
    let all = Retention { raw_inputs: Some(30), receipts: Some(30), bodies: Some(30), settings: Some(30) };
    let pruned = store.prune(&all, "2026-12-21T09:00:00+09:00").unwrap();
    assert_eq!(pruned, Default::default(), "29 days");
    let later = "2026-12-23T09:00:00+09:00";
    assert_eq!(store.prune(&Retention::default(), later).unwrap(), Default::default(), "for ever");
    let pruned = store.prune(&all, later).unwrap();
    assert_eq!((pruned.raw_inputs, pruned.receipts, pruned.bodies, pruned.settings), (1, 1, 0, 1));
    assert_eq!(store.input_bytes(read).unwrap(), None);
    assert!(store.raw_input("in", "b").unwrap().unwrap().pruned);
    assert!(store.input_bytes(1).unwrap().is_some(), "unread inputs stay");
    assert_eq!(store.payload(1).unwrap(), b"Bundle of Taro", "a refused one may still be released");
    assert_eq!(store.receive(&[input("b", b"one")], later).unwrap(), [read], "still known by its digest");
    assert!(store.verify_audit().unwrap().is_ok());
    assert_eq!(store.audit_rows(1).unwrap()[0].what, "prune");
}
