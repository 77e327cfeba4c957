//! The bytes of what was dropped.

use super::*;
use tsugite_store::{InputReading, RawInput, Remembered, Store};

const NAME: &str = "0000000003_20261001_OML-11_000000000000302_20261002090000000_01_1";

/// A clinic whose files are dropped into a folder.
fn clinic() -> Clinic {
    let clinic = Clinic::new();
    fs::rename(clinic.path("storage"), clinic.path("drop")).unwrap();
    let settings = fs::read_to_string(clinic.path("tsugite.toml")).unwrap();
    let settings = settings.replace("[source]\nfolders = [\"storage\"]", "[source]\ninstance = \"in\"");
    let watch = "[watch]\nfolders = [\"drop\"]\nready = \"rename\"\n[store.retention]\ninputs = 30\n";
    fs::write(clinic.path("tsugite.toml"), settings + watch).unwrap();
    clinic
}

const INSTANCE: &str = "in (watched)";

fn remembered(store: &Store) -> (String, Remembered) {
    let all = store.remembered(INSTANCE).unwrap();
    all.into_iter().find(|(path, _)| path.contains(NAME)).unwrap()
}

fn raw(store: &Store) -> RawInput {
    store.raw_input(INSTANCE, &remembered(store).0).unwrap().unwrap()
}

#[test]
fn the_bytes_of_a_dropped_file_are_kept_for_as_long_as_the_settings_say() {
    let clinic = clinic();
    let bytes = fs::read(clinic.path(&format!("drop/000/000/0000000003/20261001/OML-11/{NAME}"))).unwrap();
    let (session, wire) = (clinic.session("home"), Wire::new(clinic.clock.now()));
    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    assert!(!clinic.path(&format!("drop/000/000/0000000003/20261001/OML-11/{NAME}")).exists(), "put away");
    let input = raw(&service.house.store);
    assert_eq!(service.house.store.input_bytes(input.id).unwrap(), Some(bytes));
    assert!(service.house.store.unread(1).unwrap().is_empty());

    (0..29).for_each(|_| clinic.clock.sleep());
    clinic.settle(&mut service);
    assert!(!raw(&service.house.store).pruned, "not yet");
    (0..3).for_each(|_| clinic.clock.sleep());
    clinic.settle(&mut service);
    assert!(raw(&service.house.store).pruned);
    let audit = service.house.store.audit_rows(50).unwrap();
    assert!(audit.iter().any(|row| row.what == "prune"), "told in the audit");
}

#[test]
fn another_version_reads_what_was_dropped_again() {
    let clinic = clinic();
    let (session, wire) = (clinic.session("home"), Wire::new(clinic.clock.now()));
    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    let live = wire.live();
    assert!(!live.is_empty());

    // As a version left it that understood nothing of this file; the file itself is gone.
    fs::remove_dir_all(clinic.path("drop/done")).unwrap();
    let (path, known) = remembered(&service.house.store);
    let store = &mut service.house.store;
    let run = store.begin_run("now", "now").unwrap();
    let reading = InputReading {
        instance: INSTANCE,
        path: &path,
        size: known.size,
        mtime: &known.mtime,
        digest: known.digest,
        valid: false,
        records: 0,
        reader: "0.0.0",
        statements: &[],
    };
    store.scan(run).record(&[reading]).unwrap();
    drop(service);

    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    assert_eq!(remembered(&service.house.store).1, known, "as it was read");
    assert_eq!(wire.live(), live, "nothing is gone from the centre");
}
