//! What is asked before anything goes again, and files that go before their document.

use crate::{DESK, NOW, new, open, unit};
use std::collections::BTreeSet;
use tsugite_store::{
    Answer, Inquired, InquiryPolicy, NewAttachment, NewSubmission, Operation, Purpose, Receipt, Settled, Signature,
    Step, Store, StoreError, Submission, SubmissionState as State, Unit, UnitState,
};

fn due(store: &Store) -> Option<Submission> {
    store.next_due(&BTreeSet::new()).unwrap()
}

/// Hands over what is due and loses the answer.
fn lose(store: &mut Store, file_id: &str) -> Submission {
    let next = due(store).unwrap();
    assert_eq!(store.next_step(&next, true).unwrap(), Step::Send);
    store.start_attempt(next.id, file_id, NOW, DESK).unwrap();
    store.lose(&[next.id], NOW, DESK).unwrap();
    store.submission(next.id).unwrap()
}

fn ask(store: &mut Store, file_id: &str) {
    let next = due(store).unwrap();
    assert_eq!(store.next_step(&next, true).unwrap(), Step::Inquire, "asked before anything goes again");
    store.start_inquiry(next.id, file_id, NOW, DESK).unwrap();
    assert_eq!(due(store), None, "nothing goes while the inquiry is under way");
}

fn told_by(store: &mut Store, file_id: &str, inquired: &Inquired, policy: InquiryPolicy) -> Submission {
    let receipt = Receipt { code: "C", text: "", raw: b"<xml/>" };
    match store.settle_inquiry(file_id, inquired, receipt, &policy, NOW).unwrap() {
        Settled::Now(submission) => *submission,
        other => panic!("{other:?}"),
    }
}

fn told(store: &mut Store, file_id: &str, inquired: &Inquired) -> Submission {
    told_by(store, file_id, inquired, InquiryPolicy::default())
}

fn registered(same: Option<bool>, request: &str) -> Inquired {
    Inquired::Registered { same, request: request.into() }
}

fn accept(store: &mut Store, file_id: &str) {
    let next = due(store).unwrap();
    store.start_attempt(next.id, file_id, NOW, DESK).unwrap();
    store.settle(file_id, Answer::Accepted, "C", "", b"", NOW).unwrap();
}

/// A Unit whose newest operation has an unknown outcome; what is held is content 1.
fn lost(store: &mut Store, unit: &Unit, operation: Operation) {
    if operation != Operation::Register {
        store.enqueue(&[new(unit, Operation::Register, 1, 1)], NOW, DESK).unwrap();
        accept(store, "first");
    }
    let next = match operation {
        Operation::Cancel => NewSubmission { insured: String::new(), ..new(unit, operation, 0, 0) },
        _ => new(unit, operation, 2, 1),
    };
    store.enqueue(&[next], NOW, DESK).unwrap();
    lose(store, "lost");
}

#[test]
fn what_the_centre_says_decides_what_becomes_of_an_unknown_outcome() {
    use Operation::{Cancel, Change, Register};
    let none = || Inquired::Absent;
    // (operation, the centre's word, its state then, what goes next: nothing, or an operation)
    for (operation, said, state, next) in [
        (Register, registered(Some(true), ""), State::Accepted, None),
        (Register, registered(None, "lost"), State::Accepted, None),
        (Register, registered(None, ""), State::Accepted, None),
        (Register, registered(Some(false), "x"), State::Queued, Some(Change)),
        (Register, none(), State::Lost, Some(Register)),
        (Register, Inquired::Cancelled, State::Unclear, None),
        (Change, registered(Some(true), "lost"), State::Accepted, None),
        (Change, registered(Some(false), "first"), State::Lost, Some(Change)),
        (Change, registered(None, ""), State::Lost, Some(Change)),
        (Change, none(), State::Unclear, None),
        (Change, Inquired::Cancelled, State::Unclear, None),
        (Cancel, none(), State::Accepted, None),
        (Cancel, Inquired::Cancelled, State::Accepted, None),
        (Cancel, registered(Some(false), "first"), State::Lost, Some(Cancel)),
        (Register, Inquired::Unknown, State::Unclear, None),
    ] {
        let home = tempfile::tempdir().unwrap();
        let (mut store, mine) = (open(home.path()), unit("1", 0));
        lost(&mut store, &mine, operation);
        ask(&mut store, "asked");
        assert_eq!(told(&mut store, "asked", &said).state, state, "{operation:?} {said:?}");
        let going = due(&store);
        assert_eq!(going.as_ref().map(|due| due.operation), next, "{operation:?} {said:?}");
        if let Some(going) = going {
            assert_eq!(store.next_step(&going, true).unwrap(), Step::Send, "it is asked once");
            assert!(operation == Cancel || store.payload(going.id).unwrap()[0] == 2);
        }
        let entry = store.ledger_entry(&mine).unwrap().unwrap();
        let held = entry.accepted.map(|accepted| accepted.content[0]);
        match (operation, state) {
            (Cancel, State::Accepted) => assert_eq!((held, entry.state), (None, UnitState::Cancelled)),
            (_, State::Accepted) => assert_eq!(held, Some(2)),
            _ => {}
        }
        assert!(store.verify_audit().unwrap().is_ok());
    }
}

#[test]
fn a_policy_holds_what_is_foreign_and_registers_anew_what_is_gone() {
    let policy = InquiryPolicy { replace_other: false, register_gone: true, ..InquiryPolicy::default() };
    for (operation, said, state) in [
        (Operation::Register, registered(Some(false), "x"), State::Unclear),
        (Operation::Change, registered(Some(false), "x"), State::Unclear),
        // An earlier content of our own is no other.
        (Operation::Change, registered(Some(false), "first"), State::Lost),
        (Operation::Change, Inquired::Absent, State::Withdrawn),
        (Operation::Change, Inquired::Cancelled, State::Withdrawn),
    ] {
        let home = tempfile::tempdir().unwrap();
        let (mut store, mine) = (open(home.path()), unit("1", 0));
        lost(&mut store, &mine, operation);
        ask(&mut store, "asked");
        assert_eq!(told_by(&mut store, "asked", &said, policy).state, state, "{operation:?} {said:?}");
        if state == State::Withdrawn {
            assert_eq!(store.generation("condition", "1319999999", "clinic/1", "").unwrap(), 1, "under another id");
        }
    }
}

#[test]
fn a_lost_inquiry_is_asked_again_and_too_many_wait_for_a_person() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    lost(&mut store, &mine, Operation::Register);
    let policy = InquiryPolicy { most: 3, ..InquiryPolicy::default() };
    ask(&mut store, "a");
    assert_eq!(store.open_errands().unwrap()[0].purpose, Purpose::Inquiry);
    drop(store);
    // Killed while it was under way: the next process asks anew.
    let mut store = open(home.path());
    assert_eq!(store.open_errands().unwrap().len(), 1);
    let give_up = |store: &mut Store, file_id: &str| {
        store.lose_errand(file_id, ("SEND-010", "look"), &policy, NOW, DESK).unwrap().unwrap()
    };
    assert_eq!(give_up(&mut store, "a").state, State::Lost);
    ask(&mut store, "b");
    assert_eq!(told_by(&mut store, "b", &Inquired::Processing, policy).state, State::Lost);
    ask(&mut store, "c");
    let held = give_up(&mut store, "c");
    assert_eq!((held.state, held.result_code.as_deref()), (State::Unclear, Some("SEND-010")));
    assert_eq!(due(&store), None, "never sent blindly");

    // A person lets it be asked once more; what was asked before counts no more.
    store.release(held.id, NOW, DESK).unwrap();
    ask(&mut store, "d");
    assert_eq!(give_up(&mut store, "d").state, State::Lost);
    // A late answer to an earlier inquiry about the same attempt is as good.
    assert_eq!(told(&mut store, "c", &registered(Some(true), "")).state, State::Accepted);
    assert!(matches!(
        store.settle_inquiry("d", &Inquired::Absent, Receipt::default(), &policy, NOW).unwrap(),
        Settled::Repeated
    ));
    assert_eq!(store.submission(held.id).unwrap().state, State::Accepted);
}

#[test]
fn an_answer_about_an_earlier_attempt_says_nothing_of_a_newer_one() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    lost(&mut store, &mine, Operation::Register);
    ask(&mut store, "a");
    store.lose_errand("a", ("X", ""), &InquiryPolicy::default(), NOW, DESK).unwrap();
    ask(&mut store, "b");
    told(&mut store, "b", &Inquired::Absent);
    lose(&mut store, "again");
    let late =
        store.settle_inquiry("a", &Inquired::Absent, Receipt::default(), &InquiryPolicy::default(), NOW).unwrap();
    assert_eq!(late, Settled::Repeated);
    ask(&mut store, "c");
}

#[test]
fn without_an_inquiry_and_by_a_persons_word_the_same_bytes_go_again() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    lost(&mut store, &mine, Operation::Register);
    let next = due(&store).unwrap();
    assert_eq!(store.next_step(&next, false).unwrap(), Step::Send, "the five infos and health checks");
    ask(&mut store, "a");
    let held = told(&mut store, "a", &Inquired::Unknown);
    store.release(held.id, NOW, DESK).unwrap();
    store.waive_inquiry(held.id, NOW, DESK).unwrap();
    let next = due(&store).unwrap();
    assert_eq!(store.next_step(&next, true).unwrap(), Step::Send);
}

#[test]
fn a_change_that_moved_the_insured_id_is_found_under_the_new_one_by_asking() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    store.enqueue(&[new(&mine, Operation::Register, 1, 1)], NOW, DESK).unwrap();
    accept(&mut store, "first");
    store.enqueue(&[new(&mine, Operation::Change, 2, 2)], NOW, DESK).unwrap();
    lose(&mut store, "moved");
    ask(&mut store, "a");
    let next = told(&mut store, "a", &Inquired::Absent);
    assert_eq!((next.state, next.addressed.as_str()), (State::Queued, "01234567:1:2:01"));
    ask(&mut store, "b");
    assert_eq!(told(&mut store, "b", &registered(Some(true), "moved")).state, State::Accepted);
    let accepted = store.ledger_entry(&mine).unwrap().unwrap().accepted.unwrap();
    assert_eq!((accepted.content, accepted.insured.as_str()), ([2; 32], "01234567:1:2:01"));
}

fn file(name: &str) -> NewAttachment {
    NewAttachment {
        reference: format!("urn:x:{name}"),
        content_type: "application/pdf".into(),
        title: "画像".into(),
        bytes: name.repeat(100).into_bytes(),
    }
}

fn with_files(unit: &Unit, operation: Operation, content: u8, files: &[&str]) -> NewSubmission {
    NewSubmission { attachments: files.iter().map(|name| file(name)).collect(), ..new(unit, operation, content, 1) }
}

/// The file that is to go next, started; `None` when it is the document's turn.
fn next_file(store: &mut Store, file_id: &str) -> Option<String> {
    let next = due(store).expect("something is due");
    match store.next_step(&next, true).unwrap() {
        Step::Attach(attachment) => {
            assert_eq!(attachment.bytes, file(attachment.reference.trim_start_matches("urn:x:")).bytes);
            store.start_attachment(next.id, attachment.id, file_id, NOW, DESK).unwrap();
            Some(attachment.reference)
        }
        Step::Send => None,
        Step::Inquire => panic!("nothing is in doubt"),
    }
}

fn settle_file(store: &mut Store, file_id: &str, answer: Answer) -> State {
    let receipt = Receipt { code: "C9", text: "words", raw: b"" };
    match store.settle_attachment(file_id, answer, receipt, NOW).unwrap() {
        Settled::Now(submission) => submission.state,
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_go_before_their_document_in_order_and_once() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    let id = store.enqueue(&[with_files(&mine, Operation::Register, 1, &["a", "b", "a"])], NOW, DESK).unwrap()[0];
    assert_eq!(next_file(&mut store, "f1").as_deref(), Some("urn:x:a"));
    assert!(matches!(store.start_attempt(id, "early", NOW, DESK), Err(StoreError::State { .. })), "one at a time");
    assert_eq!(settle_file(&mut store, "f1", Answer::Accepted), State::Queued);
    assert_eq!(next_file(&mut store, "f2").as_deref(), Some("urn:x:b"));
    drop(store);
    // Killed: the file goes again under its name, and a late answer to the first counts.
    let mut store = open(home.path());
    store.lose_errand("f2", ("X", ""), &InquiryPolicy::default(), NOW, DESK).unwrap();
    assert_eq!(next_file(&mut store, "f3").as_deref(), Some("urn:x:b"));
    assert_eq!(settle_file(&mut store, "f3", Answer::Transport), State::Queued);
    assert_eq!(settle_file(&mut store, "f2", Answer::Duplicate), State::Queued);
    let attached = store.attached(id).unwrap();
    assert_eq!((attached.files, attached.held), (3, 3), "the third is the first");
    assert_eq!(next_file(&mut store, "none"), None);
    accept(&mut store, "document");

    // A changed document brings only what is new; another generation brings all of it.
    store.enqueue(&[with_files(&mine, Operation::Change, 2, &["b", "c"])], NOW, DESK).unwrap();
    assert_eq!(next_file(&mut store, "f4").as_deref(), Some("urn:x:c"));
    assert_eq!(settle_file(&mut store, "f4", Answer::Accepted), State::Queued);
    assert_eq!(next_file(&mut store, "none"), None);
    accept(&mut store, "changed");
    let cancel = NewSubmission { insured: String::new(), ..new(&mine, Operation::Cancel, 0, 0) };
    store.enqueue(&[cancel], NOW, DESK).unwrap();
    accept(&mut store, "cancelled");
    store.enqueue(&[with_files(&unit("1", 1), Operation::Register, 2, &["b"])], NOW, DESK).unwrap();
    assert_eq!(next_file(&mut store, "f5").as_deref(), Some("urn:x:b"));
}

#[test]
fn a_refused_file_holds_its_document_until_a_person_or_newer_content_comes() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    let id = store.enqueue(&[with_files(&mine, Operation::Register, 1, &["a"])], NOW, DESK).unwrap()[0];
    next_file(&mut store, "f1");
    assert_eq!(settle_file(&mut store, "f1", Answer::Unknown), State::Rejected);
    let held = store.submission(id).unwrap();
    assert_eq!((held.result_code.as_deref(), held.result_text.as_deref()), (Some("C9"), Some("words")));
    assert_eq!(due(&store), None);
    store.release(id, NOW, DESK).unwrap();
    assert_eq!(next_file(&mut store, "f2").as_deref(), Some("urn:x:a"));
    // Newer content while the file is under way: its answer counts for whatever names the same file.
    store.enqueue(&[with_files(&mine, Operation::Register, 2, &["a", "b"])], NOW, DESK).unwrap();
    assert_eq!(due(&store), None, "one request of a patient and kind at a time");
    assert_eq!(settle_file(&mut store, "f2", Answer::Accepted), State::Withdrawn);
    assert_eq!(next_file(&mut store, "f3").as_deref(), Some("urn:x:b"));
}

#[test]
fn a_document_is_signed_once_before_it_goes() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    let id = store.enqueue(&[new(&mine, Operation::Register, 1, 1)], NOW, DESK).unwrap()[0];
    assert_eq!(store.signature(id).unwrap(), None);
    let refused = store.refuse(id, ("SEND-013", "no card"), NOW, DESK).unwrap();
    assert_eq!((refused.state, refused.attempts), (State::Rejected, 0));
    store.release(id, NOW, DESK).unwrap();
    store.sign(id, &Signature::Detached(vec![7; 9]), None, NOW, DESK).unwrap();
    assert_eq!(store.signature(id).unwrap(), Some(Signature::Detached(vec![7; 9])));
    store.sign(id, &Signature::Inside, Some(b"signed"), NOW, DESK).unwrap();
    assert_eq!(
        (store.signature(id).unwrap(), store.payload(id).unwrap()),
        (Some(Signature::Inside), b"signed".to_vec())
    );
    let sent = lose(&mut store, "lost");
    assert_eq!(sent.content, [1; 32], "the content is that of the unsigned document");
    assert!(store.sign(id, &Signature::Inside, Some(b"other"), NOW, DESK).is_err(), "what is in flight is frozen");
}

#[test]
fn files_and_signatures_tell_of_nobody_at_rest() {
    let home = tempfile::tempdir().unwrap();
    let (mut store, mine) = (open(home.path()), unit("1", 0));
    let mut new = with_files(&mine, Operation::Register, 1, &["a"]);
    new.attachments[0].title = "KAKUU TARO".into();
    new.attachments[0].bytes = b"KAKUU TARO, chest".to_vec();
    let id = store.enqueue(&[new], NOW, DESK).unwrap()[0];
    store.sign(id, &Signature::Detached(b"KAKUU TARO".to_vec()), None, NOW, DESK).unwrap();
    drop(store);
    let (database, _) = crate::files(home.path());
    for suffix in ["", "-wal"] {
        let mut path = database.clone().into_os_string();
        path.push(suffix);
        let bytes = std::fs::read(path).unwrap_or_default();
        assert!(!bytes.windows(5).any(|window| window == b"KAKUU"));
    }
}
