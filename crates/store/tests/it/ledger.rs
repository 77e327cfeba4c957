use crate::{DESK, NOW, files, keys, new, open, unit};
use std::collections::BTreeSet;
use tsugite_store::{
    Answer, Decision, IdentityPolicy, Latest, NewSubmission, Operation, Settled, Store, StoreError, Submission,
    SubmissionState as State, Unit, UnitState, Wanted, decide,
};

fn decision(store: &Store, unit: &Unit, wanted: Wanted, policy: IdentityPolicy) -> Decision {
    let (entry, submissions) = (store.ledger_entry(unit).unwrap(), store.submissions_of(unit).unwrap());
    decide(Latest { entry: entry.as_ref(), submissions: &submissions }, wanted, policy)
}

fn report(store: &Store, unit: &Unit, content: u8, identity: u8) -> Decision {
    let wanted = Wanted::Report { content: &[content; 32], identity: &[identity; 32] };
    decision(store, unit, wanted, IdentityPolicy::Next)
}

fn send(store: &mut Store, file_id: &str) -> Submission {
    let due = store.next_due(&BTreeSet::new()).unwrap().expect("something is due");
    store.start_attempt(due.id, file_id, NOW, DESK).unwrap();
    due
}

fn answer(store: &mut Store, file_id: &str, answer: Answer) -> State {
    match store.settle(file_id, answer, "C", "", b"<xml/>", NOW).unwrap() {
        Settled::Now(submission) => submission.state,
        other => panic!("{other:?}"),
    }
}

/// Registers content 1 under identity 1.
fn accepted(store: &mut Store, unit: &Unit) {
    store.enqueue(&[new(unit, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    send(store, "first");
    assert_eq!(answer(store, "first", Answer::Accepted), State::Accepted);
}

#[test]
fn only_a_difference_of_content_sends_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    assert_eq!(report(&store, &mine, 1, 1), Decision::Enqueue(Operation::Register));
    accepted(&mut store, &mine);
    assert_eq!(report(&store, &mine, 1, 1), Decision::Nothing);
    assert_eq!(report(&store, &mine, 1, 2), Decision::Nothing);
    assert_eq!(report(&store, &mine, 2, 1), Decision::Enqueue(Operation::Change));
    assert_eq!(report(&store, &mine, 2, 2), Decision::Enqueue(Operation::Change));
    let other = Wanted::Report { content: &[1; 32], identity: &[2; 32] };
    assert_eq!(decision(&store, &mine, other, IdentityPolicy::All), Decision::Enqueue(Operation::Change));
    assert_eq!(decision(&store, &mine, other, IdentityPolicy::Never), Decision::Nothing);
    let both = Wanted::Report { content: &[2; 32], identity: &[2; 32] };
    assert_eq!(decision(&store, &mine, both, IdentityPolicy::Never), Decision::IdentityDiffers);
    assert_eq!(decision(&store, &mine, Wanted::Held, IdentityPolicy::Next), Decision::Nothing);
    assert_eq!(decision(&store, &mine, Wanted::Emptied, IdentityPolicy::Next), Decision::Enqueue(Operation::Cancel));
}

#[test]
fn change_and_cancel_are_addressed_with_the_insured_id_of_the_ledger() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    accepted(&mut store, &mine);
    store.enqueue(&[new(&mine, Operation::Change, 2, 2)], NOW, DESK).unwrap();
    assert_eq!(send(&mut store, "TG2").addressed, "01234567:1:1:01");
    answer(&mut store, "TG2", Answer::Accepted);
    assert_eq!(store.ledger_entry(&mine).unwrap().unwrap().accepted.unwrap().insured, "01234567:1:2:01");
}

#[test]
fn a_lost_answer_to_a_change_that_moved_the_insured_id_is_found_under_the_new_one() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    accepted(&mut store, &mine);
    store.enqueue(&[new(&mine, Operation::Change, 2, 2)], NOW, DESK).unwrap();
    let lost = send(&mut store, "TG2");
    store.lose(&[lost.id], NOW, DESK).unwrap();
    assert_eq!(send(&mut store, "TG3").addressed, "01234567:1:1:01");
    // The centre had taken it.
    assert_eq!(answer(&mut store, "TG3", Answer::NotRegistered), State::Queued);
    assert_eq!(send(&mut store, "TG4").addressed, "01234567:1:2:01");
    assert_eq!(answer(&mut store, "TG4", Answer::Duplicate), State::Accepted);
    assert_eq!(store.ledger_entry(&mine).unwrap().unwrap().accepted.unwrap().insured, "01234567:1:2:01");

    // Where no answer was lost there is nothing to find.
    store.enqueue(&[new(&mine, Operation::Change, 3, 3)], NOW, DESK).unwrap();
    send(&mut store, "TG5");
    assert_eq!(answer(&mut store, "TG5", Answer::NotRegistered), State::Rejected);
}

#[test]
fn what_is_in_flight_is_frozen_and_newer_content_waits_behind() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    store.enqueue(&[new(&mine, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    let first = send(&mut store, "TG1");
    assert_eq!(report(&store, &mine, 2, 1), Decision::Enqueue(Operation::Change));
    store.enqueue(&[new(&mine, Operation::Change, 2, 1)], NOW, DESK).unwrap();
    assert_eq!(store.next_due(&BTreeSet::new()).unwrap(), None);

    store.lose(&[first.id], NOW, DESK).unwrap();
    assert_eq!(store.ledger_entry(&mine).unwrap().unwrap().state, UnitState::Unknown);
    let again = send(&mut store, "TG2");
    assert_eq!((again.id, store.payload(again.id).unwrap()), (first.id, vec![1; 8]));
    // The centre had taken the first attempt.
    assert_eq!(answer(&mut store, "TG2", Answer::Duplicate), State::Accepted);
    assert_eq!(store.settle("TG1", Answer::Accepted, "C", "", b"", NOW).unwrap(), Settled::Repeated);
    assert_eq!(send(&mut store, "TG3").operation, Operation::Change);
    answer(&mut store, "TG3", Answer::Accepted);
    assert_eq!(report(&store, &mine, 2, 1), Decision::Nothing);
}

#[test]
fn a_refusal_leaves_the_accepted_version_as_the_truth() {
    for refusal in [Answer::Content, Answer::Qualification, Answer::NotRegistered] {
        let home = tempfile::tempdir().unwrap();
        let (mut store, mine) = (open(home.path()), unit("1", 0));
        accepted(&mut store, &mine);
        store.enqueue(&[new(&mine, Operation::Change, 2, 1)], NOW, DESK).unwrap();
        send(&mut store, "TG2");
        assert_eq!(answer(&mut store, "TG2", refusal), State::Rejected);
        let entry = store.ledger_entry(&mine).unwrap().unwrap();
        assert_eq!((entry.state, entry.accepted.unwrap().content), (UnitState::Rejected, [1; 32]));
        assert_eq!(report(&store, &mine, 2, 1), Decision::Nothing, "just this was refused");
        assert_eq!(report(&store, &mine, 2, 2), Decision::Enqueue(Operation::Change), "new insurance data arrived");
        assert_eq!(report(&store, &mine, 3, 1), Decision::Enqueue(Operation::Change));
    }
}

#[test]
fn a_change_behind_a_refused_registration_becomes_the_registration() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    store.enqueue(&[new(&mine, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    send(&mut store, "TG1");
    store.enqueue(&[new(&mine, Operation::Change, 2, 1)], NOW, DESK).unwrap();
    answer(&mut store, "TG1", Answer::Content);
    assert_eq!(send(&mut store, "TG2").operation, Operation::Register);
}

#[test]
fn an_unexplained_answer_waits_for_a_person_and_then_sends_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    store.enqueue(&[new(&mine, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    let first = send(&mut store, "TG1");
    assert_eq!(answer(&mut store, "TG1", Answer::Unknown), State::Unclear);
    assert_eq!(store.next_due(&BTreeSet::new()).unwrap(), None);
    store.release(first.id, NOW, DESK).unwrap();
    assert_eq!(send(&mut store, "TG2").id, first.id);
}

#[test]
fn an_accepted_cancel_opens_the_next_generation() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    accepted(&mut store, &mine);
    store.enqueue(&[new(&mine, Operation::Cancel, 0, 0)], NOW, DESK).unwrap();
    send(&mut store, "TG2");
    assert_eq!(report(&store, &mine, 1, 1), Decision::Nothing, "the next generation waits for the cancel");
    answer(&mut store, "TG2", Answer::Accepted);
    assert_eq!(store.generation("condition", "1319999999", "clinic/1", "").unwrap(), 1);
    assert_eq!(store.ledger_entry(&mine).unwrap().unwrap().state, UnitState::Cancelled);
    assert_eq!(report(&store, &unit("1", 1), 1, 1), Decision::Enqueue(Operation::Register));
}

#[test]
fn what_waits_is_replaced_or_taken_back_and_what_a_person_declined_stays_away() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    accepted(&mut store, &mine);
    store.enqueue(&[new(&mine, Operation::Change, 2, 1)], NOW, DESK).unwrap();
    assert_eq!(report(&store, &mine, 2, 1), Decision::Nothing);
    assert_eq!(report(&store, &mine, 1, 1), Decision::Withdraw);
    let ids = store.enqueue(&[new(&mine, Operation::Change, 3, 1)], NOW, DESK).unwrap();
    assert_eq!(store.submissions_in(&[State::Queued]).unwrap().len(), 1);
    assert_eq!(store.count_in(&[State::Queued]).unwrap(), 1);
    assert_eq!(store.count_in(&[State::Queued, State::Accepted]).unwrap(), 2);
    store.decline(ids[0], NOW, DESK).unwrap();
    assert_eq!(store.ledger_entry(&mine).unwrap().unwrap().state, UnitState::Accepted);
    assert_eq!(report(&store, &mine, 3, 1), Decision::Nothing);
    assert_eq!(report(&store, &mine, 4, 1), Decision::Enqueue(Operation::Change));
}

#[test]
fn a_draft_goes_only_after_approval() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let mut draft = new(&unit("1", 0), Operation::Register, 1, 1);
    draft.review = true;
    let ids = store.enqueue(&[draft], NOW, DESK).unwrap();
    assert_eq!(store.next_due(&BTreeSet::new()).unwrap(), None);
    store.release(ids[0], NOW, DESK).unwrap();
    send(&mut store, "TG1");
    assert!(store.release(ids[0], NOW, DESK).is_err(), "what is in flight is not touched");
    assert!(store.decline(ids[0], NOW, DESK).is_err());
}

#[test]
fn one_answer_is_awaited_per_patient_and_kind_and_cancels_go_last() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let mut lab = |report: &str, operation| {
        let mut lab = new(&unit("1", 0), operation, 1, 1);
        lab.unit.kind = "lab".into();
        lab.unit.report = report.into();
        lab.bundle_id = format!("1319999999^2026^{report}");
        store.enqueue(&[lab], NOW, DESK).unwrap()
    };
    lab("a", Operation::Register);
    lab("b", Operation::Register);
    send(&mut store, "TG1");
    assert_eq!(store.next_due(&BTreeSet::new()).unwrap(), None);
    answer(&mut store, "TG1", Answer::Accepted);
    let mut cancel = new(&unit("1", 0), Operation::Cancel, 0, 0);
    cancel.unit.kind = "lab".into();
    cancel.unit.report = "a".into();
    cancel.bundle_id = "1319999999^2026^a".into();
    store.enqueue(&[cancel], NOW, DESK).unwrap();
    assert_eq!(send(&mut store, "TG2").unit.report, "b");
}

#[test]
fn of_a_patient_and_kind_one_request_is_outstanding() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let report = |report: &str, kind: &str| {
        let unit = Unit { report: report.into(), kind: kind.into(), ..unit("1", 0) };
        NewSubmission { bundle_id: format!("1319999999^2026^{report}-{kind}"), ..new(&unit, Operation::Register, 1, 1) }
    };
    let new = [report("a", "lab"), report("b", "lab"), report("c", "referral")];
    let ids = store.enqueue(&new, NOW, DESK).unwrap();
    let log = || std::fs::read_to_string(files(home.path()).1).unwrap().lines().count();
    let due: Vec<_> = store.due(9, &BTreeSet::new()).unwrap().into_iter().map(|due| due.id).collect();
    assert_eq!(due, [ids[0], ids[2]], "side by side, but one of a patient and kind");
    assert!(store.start_attempts(&[(ids[0], "TG1"), (ids[1], "TG2")], NOW, DESK).is_err());
    assert_eq!(log(), 0, "nothing is logged of what may not go");
    store.start_attempts(&[(ids[0], "TG1"), (ids[2], "TG3")], NOW, DESK).unwrap();
    assert!(matches!(store.start_attempt(ids[1], "TG2", NOW, DESK), Err(StoreError::State { .. })));
    assert_eq!(log(), 2);
    assert_eq!(store.next_due(&BTreeSet::new()).unwrap(), None);
    store.settle("TG1", Answer::Accepted, "0", "", b"", NOW).unwrap();
    assert_eq!(store.next_due(&BTreeSet::new()).unwrap().map(|due| due.id), Some(ids[1]));
    store.start_attempt(ids[1], "TG2", NOW, DESK).unwrap();
}

#[test]
fn beside_the_sender_everything_may_be_changed_and_nothing_sent() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let ids = store.enqueue(&[new(&unit("1", 0), Operation::Register, 1, 1)], NOW, DESK).unwrap();
    let before = store.data_version().unwrap();
    let mut beside = Store::open_beside(&files(home.path()).0, &keys(home.path())).unwrap();
    assert!(matches!(beside.start_attempt(ids[0], "TG1", NOW, DESK), Err(StoreError::Closed)));
    beside.pause(true, NOW, DESK).unwrap();
    assert!(store.paused().unwrap());
    assert_ne!(store.data_version().unwrap(), before);
    beside.pause(false, NOW, DESK).unwrap();
    assert!(!store.paused().unwrap());
    let told: Vec<_> = store.audit_rows(2).unwrap().into_iter().map(|row| row.what).collect();
    assert_eq!(told, ["resume", "pause"]);
}

#[test]
fn what_a_person_wants_sent_again_goes_under_its_id() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let mine = unit("1", 0);
    assert!(!store.resend_unit(&mine, NOW, DESK).unwrap());
    accepted(&mut store, &mine);
    assert_eq!(report(&store, &mine, 1, 1), Decision::Nothing);
    assert!(store.resend_unit(&mine, NOW, DESK).unwrap());
    assert_eq!(report(&store, &mine, 1, 1), Decision::Enqueue(Operation::Change));
    store.enqueue(&[new(&mine, Operation::Change, 1, 1)], NOW, DESK).unwrap();
    send(&mut store, "TG9");
    answer(&mut store, "TG9", Answer::Accepted);
    assert_eq!(report(&store, &mine, 1, 1), Decision::Nothing, "once");
}
