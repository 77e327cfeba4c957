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

/// As a version left it that understood nothing of it.
fn unknown<'a>(path: &'a str, known: &'a Remembered) -> InputReading<'a> {
    InputReading {
        instance: INSTANCE,
        path,
        size: known.size,
        mtime: &known.mtime,
        digest: known.digest,
        valid: false,
        records: 0,
        reader: "0.0.0",
        statements: &[],
    }
}

/// The one report of [`NAME`] in a zip file, as a laboratory delivers it.
fn pack(clinic: &Clinic) {
    let file = clinic.path(&format!("drop/000/000/0000000003/20261001/OML-11/{NAME}"));
    let mut zip = zip::ZipWriter::new(fs::File::create(clinic.path("drop/lab.zip")).unwrap());
    zip.start_file(NAME, zip::write::SimpleFileOptions::default()).unwrap();
    io::Write::write_all(&mut zip, &fs::read(&file).unwrap()).unwrap();
    zip.finish().unwrap();
    fs::remove_file(file).unwrap();
}

#[test]
fn a_dropped_zip_is_kept_whole_and_read_again_with_its_members() {
    let clinic = clinic();
    pack(&clinic);
    let bytes = fs::read(clinic.path("drop/lab.zip")).unwrap();
    let (session, wire) = (clinic.session("home"), Wire::new(clinic.clock.now()));
    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    let live = wire.live();
    assert_eq!(fs::read(clinic.path("drop/done/lab.zip")).unwrap(), bytes);

    // One raw input; its member is an input of its own.
    let store = &mut service.house.store;
    let known = store.remembered(INSTANCE).unwrap();
    let rows: Vec<_> = known.iter().filter(|(path, _)| path.starts_with("drop/lab.zip")).collect();
    let [(member, said), (zip, itself)] = rows[..] else { panic!("{rows:?}") };
    assert!(member.starts_with(&format!("drop/lab.zip/{NAME}@")) && zip.starts_with("drop/lab.zip@"), "{rows:?}");
    assert!(said.records > 0 && itself.records == 0);
    assert!(store.raw_input(INSTANCE, member).unwrap().is_none());
    let raw = store.raw_input(INSTANCE, zip).unwrap().unwrap();
    assert_eq!(store.input_bytes(raw.id).unwrap(), Some(bytes));

    // Another version left both, and the file is gone.
    fs::remove_dir_all(clinic.path("drop/done")).unwrap();
    let run = store.begin_run("now", "now").unwrap();
    store.scan(run).record(&[unknown(member, said), unknown(zip, itself)]).unwrap();
    drop(service);
    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    assert_eq!(service.house.store.remembered(INSTANCE).unwrap(), known, "as they were read");
    assert_eq!(wire.live(), live, "nothing is gone from the centre");
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
    let reading = unknown(&path, &known);
    store.scan(run).record(&[reading]).unwrap();
    drop(service);

    let mut service = clinic.open(&session, &wire);
    clinic.settle(&mut service);
    assert_eq!(remembered(&service.house.store).1, known, "as it was read");
    assert_eq!(wire.live(), live, "nothing is gone from the centre");
}
