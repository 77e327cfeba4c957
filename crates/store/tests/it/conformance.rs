//! What every kind of store has to do, whatever it is made of: asked of a fresh one, through the public calls only.

use crate::{DESK, NOW, open};
use std::sync::Arc;
use tsugite_clinical::{PatientId, Presence, Scope, Statement, Version, WholeList};
use tsugite_issue::{Digest, InputName};
use tsugite_store::{
    Answer, AuditFilter, Considered, HeldRow, HeldWhat, InputReading, NewInput, Operation, Selection, Store, Unmapped,
};

type Fresh = fn() -> (tempfile::TempDir, Store);
type Case = (&'static str, fn(&mut Store));

const LATER: &str = "2026-11-23T09:00:00+09:00";

const CASES: &[Case] = &[
    ("a new message touches its patients only", a_new_message_touches_its_patients_only),
    ("what changes while considered is considered again", what_changes_while_considered_is_considered_again),
    ("unmapped codes are counted by patient and go by themselves", unmapped_codes_are_counted_by_patient),
    ("patients are selected by what concerns them", patients_are_selected_by_what_concerns_them),
    ("held lines of a scope are replaced alone", held_lines_of_a_scope_are_replaced_alone),
    ("insurance is asked for until something newer is said", insurance_is_asked_for),
    ("raw inputs come back byte by byte, once", raw_inputs_come_back),
    ("the audit list is filtered", the_audit_list_is_filtered),
    ("the settings' history is kept", the_settings_history_is_kept),
];

fn suite(fresh: Fresh) {
    for (name, case) in CASES {
        let (_home, mut store) = fresh();
        case(&mut store);
        assert!(store.verify_audit().unwrap().is_ok(), "{name}");
    }
}

#[test]
fn sqlite_does_what_every_store_has_to_do() {
    suite(|| {
        let home = tempfile::tempdir().unwrap();
        let store = open(home.path());
        (home, store)
    });
}

fn patient(id: &str) -> PatientId {
    PatientId { space: "clinic".into(), id: id.into() }
}

fn says(id: &str, time: u64) -> Statement {
    let scope = Scope { source: "storage".into(), feed: "PPR-01".into(), part: "".into() };
    Statement::List(WholeList {
        patient: patient(id),
        scope: Arc::new(scope),
        version: Version { time, ..Version::default() },
        presence: Presence::Present,
        input: Arc::new(InputName { path: "a".into(), digest: Digest([7; 16]) }),
    })
}

fn record(store: &mut Store, instance: &str, path: &str, statements: &[Statement], now: &str) {
    let run = store.begin_run(now, now).unwrap();
    let (digest, mtime, reader) = (Digest([7; 16]), "m", "0.1.0");
    let reading = InputReading { instance, path, size: 1, mtime, digest, valid: true, records: 1, reader, statements };
    store.scan(run).record(&[reading]).unwrap();
}

fn changed(store: &Store) -> Vec<String> {
    store.changed_patients(100).unwrap().iter().map(|(patient, _)| patient.id.to_string()).collect()
}

fn consider_all(store: &mut Store, tables: &str, issues: &[&str], unmapped: &[Unmapped]) {
    let due = store.changed_patients(100).unwrap();
    let done: Vec<_> =
        due.iter().map(|(patient, mark)| Considered { patient, mark: *mark, tables, issues, unmapped }).collect();
    store.considered(&done, NOW).unwrap();
}

fn a_new_message_touches_its_patients_only(store: &mut Store) {
    record(store, "storage", "a", &[says("2", 1), says("1", 1)], NOW);
    record(store, "storage", "b", &[says("3", 1)], NOW);
    assert_eq!(changed(store), ["2", "1", "3"], "in the order of their receipt");
    consider_all(store, "t1", &[], &[]);
    assert!(changed(store).is_empty());
    record(store, "storage", "c", &[says("1", 2)], NOW);
    assert_eq!(changed(store), ["1"]);
    consider_all(store, "t1", &[], &[]);
    record(store, "storage", "a", &[says("2", 1), says("1", 1)], NOW);
    assert!(changed(store).is_empty(), "the same again says nothing new");
    record(store, "storage", "a", &[says("2", 1)], NOW);
    assert_eq!(changed(store), ["1"], "what is no longer said concerns its patient");
    consider_all(store, "t1", &[], &[]);
    store.touch(&[patient("3")]).unwrap();
    assert_eq!(changed(store), ["3"]);
    assert_eq!(store.touch_all().unwrap(), 3);
    assert_eq!(changed(store).len(), 3);
}

fn what_changes_while_considered_is_considered_again(store: &mut Store) {
    record(store, "storage", "a", &[says("1", 1)], NOW);
    let due = store.changed_patients(1).unwrap();
    record(store, "storage", "b", &[says("1", 2)], NOW);
    let done = Considered { patient: &due[0].0, mark: due[0].1, tables: "t1", issues: &[], unmapped: &[] };
    store.considered(&[done], NOW).unwrap();
    assert_eq!(changed(store), ["1"]);
}

fn code(code: &str) -> Unmapped {
    Unmapped { kind: "lab_result".into(), system: "L".into(), code: code.into(), text: format!("item {code}") }
}

fn unmapped_codes_are_counted_by_patient(store: &mut Store) {
    record(store, "storage", "a", &[says("1", 1), says("2", 1)], NOW);
    consider_all(store, "t1", &[], &[code("x"), code("x")]);
    record(store, "storage", "b", &[says("2", 2)], NOW);
    consider_all(store, "t1", &[], &[code("x"), code("y")]);
    let list: Vec<_> = store.unmapped().unwrap().into_iter().map(|u| (u.unmapped.code, u.patients)).collect();
    assert_eq!(list, [("x".to_owned(), 2), ("y".to_owned(), 1)]);
    store.touch_all().unwrap();
    consider_all(store, "t2", &[], &[]);
    assert!(store.unmapped().unwrap().is_empty());
}

fn patients_are_selected_by_what_concerns_them(store: &mut Store) {
    record(store, "storage", "a", &[says("1", 1)], NOW);
    consider_all(store, "t1", &["LAB-001"], &[]);
    record(store, "lab", "b", &[says("2", 1)], LATER);
    consider_all(store, "t2", &["LAB-002"], &[]);
    record(store, "lab", "c", &[says("3", 1)], LATER);
    let select = |store: &Store, selection: Selection| {
        let found = store.select_patients(&selection).unwrap();
        found.iter().map(|patient| patient.id.to_string()).collect::<Vec<_>>().join(" ")
    };
    let all = Selection::default();
    let two = patient("2");
    for (selection, found) in [
        (all, "1 2 3"),
        (Selection { instance: Some("lab"), ..all }, "2 3"),
        (Selection { instance: Some("lab"), seen_to: Some(NOW), ..all }, ""),
        (Selection { seen_from: Some("2026-11-23T00:00:00Z"), ..all }, "2 3"),
        (Selection { seen_to: Some("2026-11-22T23:00:00Z"), ..all }, "1"),
        (Selection { issue: Some("LAB-001"), ..all }, "1"),
        (Selection { patient: Some(&two), ..all }, "2"),
        (Selection { other_tables_than: Some("t2"), ..all }, "1"),
        (Selection { other_tables_than: Some("t3"), ..all }, "1 2"),
    ] {
        assert_eq!(select(store, selection), found, "{selection:?}");
    }
}

fn held(patient: &str, origin: &str) -> HeldRow {
    HeldRow {
        what: HeldWhat::Patient,
        kind: String::new(),
        unit: String::new(),
        patient: patient.into(),
        rule: "X-001".into(),
        text: String::new(),
        remedy: String::new(),
        origins: vec![origin.into()],
        since: String::new(),
    }
}

fn held_lines_of_a_scope_are_replaced_alone(store: &mut Store) {
    store.replace_held_of("patient:1", &[held("1", "a"), held("1", "b")], NOW).unwrap();
    store.replace_held_of("patient:2", &[held("2", "a")], NOW).unwrap();
    store.replace_held_of("patient:1", &[held("1", "c")], LATER).unwrap();
    let lines: Vec<_> = store.held().unwrap().into_iter().map(|l| (l.patient, l.origins, l.since)).collect();
    let line = |patient: &str, origin: &str| (patient.to_owned(), vec![origin.to_owned()], NOW.to_owned());
    assert_eq!(lines, [line("1", "c"), line("2", "a")]);
    store.replace_held_of("patient:2", &[], LATER).unwrap();
    assert_eq!(store.held().unwrap().len(), 1);
    assert_eq!(store.held_since_before(LATER).unwrap().len(), 1);
    assert!(store.held_since_before(NOW).unwrap().is_empty());
}

fn insurance_is_asked_for(store: &mut Store) {
    let unit = crate::unit("1", 0);
    let ids = store.enqueue(&[crate::new(&unit, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    store.start_attempt(ids[0], "TG1", NOW, DESK).unwrap();
    store.settle("TG1", Answer::Qualification, "Q01", "", b"", NOW).unwrap();
    let asked = store.insurance_to_ask().unwrap();
    assert_eq!((asked.len(), asked[0].patient.as_str(), asked[0].units), (1, "clinic/1", 1));
    assert_eq!((asked[0].since.as_str(), asked[0].result_code.as_str()), (NOW, "Q01"));
    store.enqueue(&[crate::new(&unit, Operation::Register, 1, 2)], LATER, DESK).unwrap();
    assert!(store.insurance_to_ask().unwrap().is_empty());
}

fn raw_inputs_come_back(store: &mut Store) {
    let bytes: Vec<u8> = (0..=255).cycle().take(50_000).collect();
    let input = |path, bytes| NewInput { instance: "in", path, bytes };
    let ids = store.receive(&[input("a", &bytes), input("b", b"")], NOW).unwrap();
    assert_eq!(store.receive(&[input("a", &bytes)], LATER).unwrap(), ids[..1], "handed over twice");
    let newer = store.receive(&[input("a", b"newer")], LATER).unwrap();
    assert_eq!(store.raw_input("in", "a").unwrap().unwrap().id, newer[0]);
    assert_eq!(store.input_bytes(ids[0]).unwrap().unwrap(), bytes);
    assert_eq!(store.input_bytes(ids[1]).unwrap().unwrap(), b"");
    assert_eq!(store.input_bytes(99).unwrap(), None);
    assert_eq!(store.unread(10).unwrap().iter().map(|i| i.path.as_str()).collect::<Vec<_>>(), ["a", "b", "a"]);
    store.mark_read(&ids, LATER).unwrap();
    assert_eq!((store.unread_count().unwrap(), store.unread(10).unwrap()[0].id), (1, newer[0]));
}

fn the_audit_list_is_filtered(store: &mut Store) {
    store.audit(NOW, "a", "look", "x").unwrap();
    store.audit(LATER, "b", "look", "y").unwrap();
    store.audit_about(LATER, "b", "open", "y", "clinic/1").unwrap();
    let all = AuditFilter::default();
    for (filter, count) in [
        (all, 3),
        (AuditFilter { limit: Some(2), ..all }, 2),
        (AuditFilter { who: Some("b"), ..all }, 2),
        (AuditFilter { who: Some("b"), what: Some("look"), ..all }, 1),
        (AuditFilter { from: Some(LATER), ..all }, 2),
        (AuditFilter { to: Some(NOW), ..all }, 1),
        (AuditFilter { outcome: Some("x"), ..all }, 1),
        (AuditFilter { patient: Some("clinic/1"), ..all }, 1),
        (AuditFilter { patient: Some("clinic/2"), ..all }, 0),
        (AuditFilter { bundle_id: Some("none"), ..all }, 0),
    ] {
        assert_eq!(store.audit_list(&filter).unwrap().len(), count, "{filter:?}");
    }
}

fn the_settings_history_is_kept(store: &mut Store) {
    for (text, now) in [("a", NOW), ("b", LATER), ("a", LATER)] {
        store.remember_settings(text, now).unwrap();
    }
    let line = |now: &str, text: &str| (now.to_owned(), text.to_owned());
    assert_eq!(store.settings_history().unwrap(), [line(LATER, "b"), line(NOW, "a")]);
}
