//! After a 資格エラー: the new insured id, where a site wants it tried.

use crate::{DESK, NOW, new, open, unit};
use std::collections::BTreeSet;
use tsugite_store::{Answer, NewSubmission, Operation, Settled, Store, Submission, SubmissionState as State, Unit};

const OLD: &str = "01234567:1:1:01";
const NEW: &str = "01234567:1:2:01";

fn send(store: &mut Store, file_id: &str) -> Submission {
    let due = store.next_due(&BTreeSet::new()).unwrap().expect("something is due");
    store.start_attempt(due.id, file_id, NOW, DESK).unwrap();
    due
}

fn answer(store: &mut Store, file_id: &str, answer: Answer) -> State {
    match store.settle(file_id, answer, "C", "", b"", NOW).unwrap() {
        Settled::Now(submission) => submission.state,
        other => panic!("{other:?}"),
    }
}

/// The centre holds the Unit under the old insured id; something is refused as 資格エラー.
fn refused(store: &mut Store, unit: &Unit, what: NewSubmission) -> i64 {
    store.enqueue(&[new(unit, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    send(store, "first");
    answer(store, "first", Answer::Accepted);
    let id = store.enqueue(&[what], NOW, DESK).unwrap()[0];
    assert_eq!(send(store, "TG2").addressed, OLD);
    assert_eq!(answer(store, "TG2", Answer::Qualification), State::Rejected);
    id
}

fn insured(store: &Store, unit: &Unit) -> String {
    store.ledger_entry(unit).unwrap().unwrap().accepted.unwrap().insured
}

#[test]
fn after_a_qualification_error_the_new_insured_id_is_tried_once() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    let change = refused(&mut store, &mine, new(&mine, Operation::Change, 2, 2));
    let again = store.try_new_insured(change, NOW, DESK).unwrap().unwrap();
    assert_eq!((again.state, again.addressed.as_str()), (State::Queued, NEW));
    let bytes = store.payload(change).unwrap();
    assert_eq!(send(&mut store, "TG3").addressed, NEW);
    assert_eq!(store.payload(change).unwrap(), bytes);
    assert_eq!(answer(&mut store, "TG3", Answer::Accepted), State::Accepted);
    assert_eq!(insured(&store, &mine), NEW);
}

#[test]
fn where_the_centre_knows_neither_the_ledger_names_the_old_one_again() {
    for second in [Answer::Qualification, Answer::NotRegistered] {
        let home = tempfile::tempdir().unwrap();
        let (mut store, mine) = (open(home.path()), unit("1", 0));
        let change = refused(&mut store, &mine, new(&mine, Operation::Change, 2, 2));
        store.try_new_insured(change, NOW, DESK).unwrap().unwrap();
        send(&mut store, "TG3");
        assert_eq!(answer(&mut store, "TG3", second), State::Rejected);
        assert_eq!(store.try_new_insured(change, NOW, DESK).unwrap(), None, "not for ever");
        assert_eq!(insured(&store, &mine), OLD);
        assert_eq!(store.next_due(&BTreeSet::new()).unwrap(), None);
    }
}

#[test]
fn a_cancel_is_tried_under_what_the_centre_last_accepted_of_the_patient() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    let bare = NewSubmission { insured: String::new(), bytes: Vec::new(), ..new(&mine, Operation::Cancel, 0, 0) };
    let cancel = refused(&mut store, &mine, bare);
    assert_eq!(store.try_new_insured(cancel, NOW, DESK).unwrap(), None, "no other is known");

    let allergies = Unit { kind: "allergy".into(), ..mine };
    let registered =
        NewSubmission { bundle_id: "1319999999^2026^a".into(), ..new(&allergies, Operation::Register, 1, 2) };
    store.enqueue(&[registered], NOW, DESK).unwrap();
    send(&mut store, "TG3");
    answer(&mut store, "TG3", Answer::Accepted);
    assert_eq!(store.try_new_insured(cancel, NOW, DESK).unwrap().unwrap().addressed, NEW);
    send(&mut store, "TG4");
    assert_eq!(answer(&mut store, "TG4", Answer::Accepted), State::Accepted);
}

#[test]
fn a_registration_and_what_was_refused_for_no_other_insurance_wait() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    let change = refused(&mut store, &mine, new(&mine, Operation::Change, 2, 1));
    assert_eq!(store.try_new_insured(change, NOW, DESK).unwrap(), None);
    let other = unit("2", 0);
    let id = store.enqueue(&[new(&other, Operation::Register, 1, 2)], NOW, DESK).unwrap()[0];
    send(&mut store, "TG3");
    answer(&mut store, "TG3", Answer::Qualification);
    assert_eq!(store.try_new_insured(id, NOW, DESK).unwrap(), None);
}
