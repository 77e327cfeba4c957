//! Gateway and centre over the two folders of a terminal.

use crate::semantics::{BUNDLE_ID, interface, options, request};
use std::{fs, time::Duration};
use tsugite_sandbox::Centre;
use tsugite_upstream::{Class, Disposal, Operation, TerminalFolder, Transport};

fn terminal(home: &tempfile::TempDir) -> (Centre, TerminalFolder) {
    let centre = Centre::open(home.path(), interface(), options()).unwrap();
    let (requests, results) = (centre.requests().to_owned(), centre.results().to_owned());
    let mut transport = TerminalFolder::new(interface(), requests, results, home.path().join("quarantine"), "TG");
    transport.grace = Duration::ZERO;
    (centre, transport)
}

#[test]
fn a_request_goes_up_and_its_result_comes_back_until_it_is_put_away() {
    let home = tempfile::tempdir().unwrap();
    let (mut centre, mut transport) = terminal(&home);
    for (id, operation, class) in [
        ("TG1", Operation::REGISTER, Class::Accepted),
        ("TG2", Operation::REGISTER, Class::Duplicate),
        ("TG3", Operation::CHANGE, Class::Accepted),
        ("TG4", Operation::CANCEL, Class::Accepted),
    ] {
        assert!(transport.submit(&request(operation, id)).unwrap().is_empty());
        assert!(transport.collect().unwrap().is_empty());
        assert_eq!(centre.process().unwrap()[0].bundle_id, BUNDLE_ID);
        for _ in 0..2 {
            let collected = transport.collect().unwrap();
            assert_eq!(collected.len(), 1, "it stays until it is put away");
            let result = collected[0].result.as_ref().unwrap();
            assert_eq!((result.file_id.as_str(), collected[0].operation), (id, operation));
            assert_eq!(transport.interface.classify(result), class);
            assert_eq!(result.institution, "1319999999");
        }
        let collected = transport.collect().unwrap();
        transport.dispose(&collected[0], Disposal::Done).unwrap();
        assert!(transport.collect().unwrap().is_empty());
    }
}

#[test]
fn what_is_taken_back_was_never_there_and_what_was_handled_cannot_be_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let (mut centre, mut transport) = terminal(&home);
    transport.submit(&request(Operation::REGISTER, "TG1")).unwrap();
    assert!(transport.take_back(Operation::REGISTER, "TG1").unwrap());
    assert!(centre.process().unwrap().is_empty());
    transport.submit(&request(Operation::REGISTER, "TG2")).unwrap();
    assert_eq!(centre.process().unwrap().len(), 1);
    assert!(!transport.take_back(Operation::REGISTER, "TG2").unwrap());
    assert_eq!(centre.registrations().unwrap().len(), 1);
}

#[test]
fn a_share_that_is_lost_and_comes_back_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (mut centre, mut transport) = terminal(&home);
    transport.submit(&request(Operation::REGISTER, "TG1")).unwrap();
    centre.process().unwrap();
    let (results, away) = (transport.results.clone(), home.path().join("away"));
    fs::rename(&results, &away).unwrap();
    assert!(transport.collect().unwrap_err().is_retryable());
    fs::rename(&away, &results).unwrap();
    assert_eq!(transport.collect().unwrap().len(), 1);
}
