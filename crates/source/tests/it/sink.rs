use crate::toy::{BAD_LINE, Toy, context};
use tsugite_clinical::{End, RecordKind, Statement};
use tsugite_issue::{Address, Span};
use tsugite_source::{Input, Output, Sink, Source as _, issues};

fn read(bytes: &[u8]) -> Output {
    let mut sink = Sink::new();
    Toy::Sound.read(&Input::new("a.toy", bytes), &context(), &mut sink);
    sink.finish()
}

fn lists(output: &Output) -> Vec<&str> {
    let patient = |s: &'_ Statement| matches!(s, Statement::List(_)).then(|| s.patient().id.clone());
    let lists: Vec<_> = output.statements.iter().filter_map(patient).collect();
    ["1", "2"].into_iter().filter(|id| lists.iter().any(|list| **list == **id)).collect()
}

#[test]
fn a_record_that_is_dropped_without_an_end_is_told_and_held() {
    let input = Input::new("a.toy", b"x".as_slice());
    let origin = input.origin(Span::new(0, 1), Address::Position { line: 1, column: 1 });
    let mut sink = Sink::new();
    drop(sink.record(RecordKind::Allergy, origin.clone()).of_patient("1"));
    sink.record(RecordKind::Vital, origin.clone()).not_carried(&BAD_LINE);
    let output = sink.finish();
    assert_eq!(output.issues[0].definition, &issues::RECORD_LOST);
    assert_eq!(output.issues[0].origin.as_ref(), Some(&origin));
    let ends: Vec<_> = output.ended.iter().map(|ended| (ended.kind, ended.end, ended.patient.as_deref())).collect();
    assert_eq!(
        ends,
        [
            (RecordKind::Allergy, End::Held(&issues::RECORD_LOST), Some("1")),
            (RecordKind::Vital, End::NotCarried(&BAD_LINE), None)
        ]
    );
}

#[test]
fn a_held_input_holds_its_records_and_its_lists_say_nothing() {
    let mut sink = Sink::new();
    Toy::Sound.read(&Input::new("a.toy", b"1|cold\n2|gout\n".as_slice()), &context(), &mut sink);
    sink.hold_input(&BAD_LINE);
    let output = sink.finish();
    assert!(output.statements.is_empty());
    let ends: Vec<_> = output.ended.iter().map(|ended| (ended.end, ended.patient.as_deref())).collect();
    assert_eq!(ends, [(End::Held(&BAD_LINE), Some("1")), (End::Held(&BAD_LINE), Some("2"))]);
}

#[test]
fn a_list_with_an_unreadable_record_withdraws_nothing() {
    let whole = read(b"1|cold\n2|gout\n");
    assert_eq!((lists(&whole), whole.issues.len()), (vec!["1", "2"], 0));
    // Nobody knows whose record the broken line is.
    let broken = read(b"1|cold\nbroken\n2|gout\n");
    assert_eq!(lists(&broken), Vec::<&str>::new());
    let codes: Vec<_> = broken.issues.iter().map(|issue| issue.code()).collect();
    assert_eq!(codes, ["TOY-001", "SOURCE-002", "SOURCE-002"]);
}

#[test]
fn a_held_record_of_one_patient_leaves_the_lists_of_others_whole() {
    let input = Input::new("a.toy", b"1|cold\n2|gout\n".as_slice());
    let mut sink = Sink::new();
    Toy::Sound.read(&input, &context(), &mut sink);
    let origin = input.origin(Span::new(0, 1), Address::Position { line: 9, column: 1 });
    sink.record(RecordKind::Condition, origin).of_patient("1").held(&BAD_LINE);
    assert_eq!(lists(&sink.finish()), ["2"]);
}
