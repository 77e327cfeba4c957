//! Inquiries about documents, and files that come apart from them.

use crate::{
    faults::{at, setup},
    semantics::{INSURED, interface, options},
};
use tsugite_sandbox::{Centre, Terminal};
use tsugite_upstream::{
    Action, Attached, Class, Disposal, Inquired, Operation, Request, ResultMessage, Service, Transport,
};

const ID: &str = "1319999999^2026^letter";

fn bundle(text: &str, file: Option<&str>) -> Vec<u8> {
    let file = file.map_or(String::new(), |url| {
        format!(r#",{{"resource":{{"resourceType":"DocumentReference","content":[{{"attachment":{{"url":"{url}","size":4}}}}]}}}}"#)
    });
    format!(
        r#"{{"resourceType":"Bundle","type":"document","identifier":{{"value":"{ID}"}},"entry":[{{"resource":{{"resourceType":"Patient",
        "identifier":[{{"system":"http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID","value":"{INSURED}"}}]}}}},
        {{"resource":{{"resourceType":"Composition","title":"{text}"}}}}{file}]}}"#
    )
    .into_bytes()
}

fn request(action: Action, id: &str, payload: Option<Vec<u8>>) -> Request {
    Request {
        operation: Operation::of(Service::Document, action),
        institution: "1319999999".into(),
        file_id: id.into(),
        insured_id: INSURED.into(),
        bundle_id: ID.into(),
        payload,
        attachment: (action == Action::Attach).then(|| Attached {
            reference: "urn:x:1".into(),
            content_type: "image/png".into(),
            title: "心電図".into(),
        }),
        signature: None,
    }
}

fn terminal(faults: &str) -> Terminal {
    Terminal::new(interface(), setup(faults, 1), at(0))
}

/// The answer, if there is one.
fn ask(terminal: &mut Terminal, request: &Request) -> Option<ResultMessage> {
    terminal.submit(request).unwrap();
    let collected = terminal.collect_at(at(0)).unwrap().pop()?;
    terminal.dispose(&collected, Disposal::Done).unwrap();
    Some(collected.result.unwrap())
}

fn inquired(terminal: &mut Terminal, id: &str) -> Inquired {
    let result = ask(terminal, &request(Action::Inquire, id, None)).unwrap();
    interface().inquired(&result)
}

#[test]
fn an_inquiry_tells_what_is_held_under_the_id_and_changes_nothing() {
    let mut terminal = terminal("");
    assert_eq!(inquired(&mut terminal, "T1"), Inquired::Absent);
    ask(&mut terminal, &request(Action::Register, "T2", Some(bundle("a", None))));
    let held = terminal.registrations().unwrap();
    let registered = |by: &str, terminal: &Terminal| Inquired::Registered {
        digest: terminal.registrations().unwrap()[0].digest(),
        request: by.into(),
    };
    assert_eq!(inquired(&mut terminal, "T3"), registered("T2", &terminal));
    assert_eq!(terminal.registrations().unwrap(), held);
    ask(&mut terminal, &request(Action::Change, "T4", Some(bundle("b", None))));
    assert_eq!(inquired(&mut terminal, "T5"), registered("T4", &terminal));
    ask(&mut terminal, &request(Action::Cancel, "T6", None));
    assert_eq!(inquired(&mut terminal, "T7"), Inquired::Cancelled);
    let operations: Vec<_> = terminal.events().iter().map(|event| event.operation.as_str()).collect();
    assert_eq!(operations, ["inquiry", "register", "inquiry", "change", "inquiry", "cancel", "inquiry"]);
}

#[test]
fn inquiries_meet_faults_of_their_own() {
    let fault = |kind: &str| format!("[[fault]]\nkind = {kind}\noperations = [\"inquiry\"]");
    for (kind, said) in [
        ("\"processing\"", Some(Inquired::Processing)),
        ("\"reject\"\nclass = \"transport\"", Some(Inquired::Transport)),
        ("\"reject\"\nclass = \"unknown\"", Some(Inquired::Unknown)),
        ("\"reject\"\nclass = \"qualification\"", Some(Inquired::Unknown)),
        ("\"lose-answer\"", None),
        ("\"lose-request\"", None),
        ("\"delay\"", None),
    ] {
        let mut terminal = terminal(&fault(kind));
        ask(&mut terminal, &request(Action::Register, "T1", Some(bundle("a", None)))).unwrap();
        let result = ask(&mut terminal, &request(Action::Inquire, "T2", None));
        assert_eq!(result.map(|result| interface().inquired(&result)), said, "{kind}");
    }
}

#[test]
fn a_document_needs_the_files_that_it_names() {
    let mut terminal = terminal("");
    let class = |terminal: &mut Terminal, request: &Request| interface().classify(&ask(terminal, request).unwrap());
    let letter = request(Action::Register, "T1", Some(bundle("a", Some("urn:x:1"))));
    let again = |id: &str| Request { file_id: id.into(), ..letter.clone() };
    assert_eq!(class(&mut terminal, &letter), Class::Content, "the file is not there");
    assert_eq!(class(&mut terminal, &request(Action::Attach, "T2", Some(b"five!".to_vec()))), Class::Accepted);
    assert_eq!(class(&mut terminal, &again("T3")), Class::Content, "another size than the document says");
    assert_eq!(class(&mut terminal, &request(Action::Cancel, "T4", None)), Class::NotRegistered);
    let mut terminal = self::terminal("");
    assert_eq!(class(&mut terminal, &request(Action::Attach, "T1", Some(b"four".to_vec()))), Class::Accepted);
    assert_eq!(class(&mut terminal, &request(Action::Attach, "T2", Some(b"four".to_vec()))), Class::Duplicate);
    assert_eq!(class(&mut terminal, &request(Action::Attach, "T3", Some(b"4444".to_vec()))), Class::Exists);
    assert_eq!(class(&mut terminal, &again("T5")), Class::Accepted);
    let held = terminal.attachments(ID).unwrap();
    assert_eq!((held.len(), held[0].bytes, held[0].title.as_str()), (1, 4, "心電図"));
    assert_eq!(class(&mut terminal, &request(Action::Cancel, "T6", None)), Class::Accepted);
    assert!(terminal.attachments(ID).unwrap().is_empty(), "they go with their document");
}

#[test]
fn files_outlive_the_centre_of_a_folder() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    let attach = request(Action::Attach, "T1", Some(b"four".to_vec()));
    let bytes = interface().write_request(&attach).unwrap();
    std::fs::write(centre.requests().join(interface().request_name(attach.operation, "T1")), bytes).unwrap();
    let events = centre.process().unwrap();
    assert_eq!((events[0].code.as_str(), events[0].reference.as_deref()), ("SBX0000I", Some("urn:x:1")));
    drop(centre);
    let centre = crate::semantics::open(home.path(), options());
    assert_eq!(centre.attachments(ID).unwrap()[0].digest, events[0].content.clone().unwrap());
}
