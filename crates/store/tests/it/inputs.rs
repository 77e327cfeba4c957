use crate::{NOW, open};
use std::sync::Arc;
use tsugite_clinical::{PatientId, Presence, Scope, Statement, Version, WholeList};
use tsugite_issue::{Digest, InputName};
use tsugite_store::{Approval, InputReading, Store};

fn patient(id: &str) -> PatientId {
    PatientId { space: "clinic".into(), id: id.into() }
}

fn list(id: &str, time: u64) -> Statement {
    let scope = Scope { source: "storage".into(), feed: "PPR-01".into(), part: "".into() };
    Statement::List(WholeList {
        patient: patient(id),
        scope: Arc::new(scope),
        version: Version { time, ..Version::default() },
        presence: Presence::Present,
        input: Arc::new(InputName { path: "a".into(), digest: Digest([7; 16]) }),
    })
}

fn scan(store: &mut Store, files: &[(&str, &[Statement])]) -> Vec<String> {
    let run = store.begin_run(NOW, NOW).unwrap();
    let readings: Vec<_> = files
        .iter()
        .map(|(path, statements)| InputReading {
            instance: "storage",
            path,
            size: 1,
            mtime: "m",
            digest: Digest([7; 16]),
            valid: true,
            records: 1,
            reader: "0.1.0",
            statements,
        })
        .collect();
    let mut writer = store.scan(run);
    writer.record(&readings).unwrap();
    let renamed = |path: &str| files.iter().any(|(now, _)| now[..now.len() - 1] == path[..path.len() - 1]);
    writer.finish("storage", renamed).unwrap().into_iter().map(|v| v.path).collect()
}

#[test]
fn statements_come_back_as_they_were_and_hang_on_their_input() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    assert!(store.baselines().unwrap().is_empty());
    scan(&mut store, &[("a_1", &[list("1", 1), list("2", 1)]), ("b_1", &[list("1", 2)])]);
    assert_eq!(store.patients().unwrap(), [patient("1"), patient("2")]);
    assert_eq!(store.statements(&patient("1")).unwrap(), [list("1", 1), list("1", 2)]);
    // The same input read again says something else now.
    scan(&mut store, &[("a_1", &[list("1", 3)]), ("b_1", &[list("1", 2)])]);
    let said = store.statements(&patient("1")).unwrap();
    assert!(said.len() == 2 && said.contains(&list("1", 2)) && said.contains(&list("1", 3)));
    assert_eq!(store.patients().unwrap(), [patient("1")]);
    assert!(store.baselines().unwrap().contains("storage"));
}

#[test]
fn a_vanished_input_is_an_alarm_until_accepted_and_its_statements_stay() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    scan(&mut store, &[("a_1", &[list("1", 1)]), ("b_1", &[list("2", 1)])]);
    assert_eq!(scan(&mut store, &[("b_1", &[list("2", 1)])]), ["a_1"]);
    assert_eq!(scan(&mut store, &[("b_1", &[list("2", 1)])]), ["a_1"], "said until someone answers");
    assert_eq!(store.statements(&patient("1")).unwrap(), [list("1", 1)]);
    store.propose(&[(Approval::Vanished, "a_1".into(), String::new())]).unwrap();
    assert_eq!(store.approve_proposals(Approval::Vanished, NOW, "desk").unwrap(), 1);
    assert!(store.proposals().unwrap().is_empty());
    assert!(scan(&mut store, &[("b_1", &[list("2", 1)])]).is_empty());
    // A file that came back can vanish again.
    scan(&mut store, &[("a_1", &[list("1", 1)]), ("b_1", &[list("2", 1)])]);
    assert_eq!(scan(&mut store, &[("b_1", &[list("2", 1)])]), ["a_1"]);
}

#[test]
fn a_renamed_input_is_no_alarm_and_both_names_speak() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    scan(&mut store, &[("a_1", &[list("1", 1)])]);
    assert!(scan(&mut store, &[("a_0", &[list("1", 2)])]).is_empty());
    assert_eq!(store.statements(&patient("1")).unwrap(), [list("1", 1), list("1", 2)]);
}

#[test]
fn a_scanner_that_compares_names_itself_writes_only_what_changed() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    scan(&mut store, &[("a_1", &[list("1", 1)]), ("b_1", &[list("2", 1)]), ("c_1", &[list("3", 1)])]);
    let run = store.begin_run(NOW, NOW).unwrap();
    let mut writer = store.scan(run);
    writer.gone("storage", &[("a_1".into(), false), ("b_1".into(), true)]).unwrap();
    writer.complete("storage").unwrap();
    let gone = |store: &Store| store.vanished("storage").unwrap().into_iter().map(|v| v.path).collect::<Vec<_>>();
    assert_eq!(gone(&store), ["a_1"], "a renamed one is no alarm");
    assert_eq!(store.remembered("storage").unwrap().into_keys().collect::<Vec<_>>(), ["c_1"]);
    assert_eq!(store.patients().unwrap().len(), 3, "a vanished file is no retraction");
    let run = store.begin_run(NOW, NOW).unwrap();
    store.scan(run).seen("storage", &["a_1".into()]).unwrap();
    assert!(gone(&store).is_empty(), "it came back");
}
