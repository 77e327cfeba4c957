use super::*;
use crate::{Class, EnvelopeError, ResultMessage, interface::tests::default_interface};

fn transport() -> (tempfile::TempDir, TerminalFolder) {
    let home = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let path = home.path().join(name);
        fs::create_dir(&path).unwrap();
        path
    };
    let quarantine = home.path().join("quarantine");
    let mut transport = TerminalFolder::new(default_interface(), folder("req"), folder("res"), quarantine, "TG");
    transport.grace = Duration::ZERO;
    (home, transport)
}

fn request(payload: Vec<u8>) -> Request {
    Request {
        operation: Operation::REGISTER,
        institution: "1319999999".into(),
        file_id: "TG1".into(),
        insured_id: "01234567:1:2:".into(),
        bundle_id: "1319999999^2026^a".into(),
        payload: Some(payload),
        attachment: None,
        signature: None,
    }
}

fn accepted(transport: &TerminalFolder, id: &str) -> Vec<u8> {
    transport.interface.write_result(&ResultMessage {
        file_id: id.into(),
        status: "1".into(),
        code: "SBX0000I".into(),
        ..ResultMessage::default()
    })
}

fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_request_appears_whole_and_can_be_taken_back_until_it_is_fetched() {
    let (_home, mut transport) = transport();
    assert!(transport.submit(&request(b"{}".to_vec())).unwrap().is_empty());
    assert_eq!(listing(&transport.requests), ["CIS-IF-201req_TG1.xml"]);
    assert!(transport.take_back(Operation::REGISTER, "TG1").unwrap());
    assert!(!transport.take_back(Operation::REGISTER, "TG1").unwrap());
    assert!(listing(&transport.requests).is_empty());
}

#[test]
fn what_a_killed_run_left_is_swept_and_nothing_of_others() {
    let (_home, mut transport) = transport();
    for name in ["CIS-IF-201req_TG0.xml.tmp", "CIS-IF-201req_XX0.xml.tmp", "other.tmp", "CIS-IF-201req_TG9.xml"] {
        fs::write(transport.requests.join(name), "half").unwrap();
    }
    transport.submit(&request(b"{}".to_vec())).unwrap();
    assert_eq!(
        listing(&transport.requests),
        ["CIS-IF-201req_TG1.xml", "CIS-IF-201req_TG9.xml", "CIS-IF-201req_XX0.xml.tmp", "other.tmp"]
    );
}

#[test]
fn a_request_never_replaces_another() {
    let (_home, mut transport) = transport();
    transport.submit(&request(b"{}".to_vec())).unwrap();
    transport.submit(&request(b"{}".to_vec())).unwrap();
    let error = transport.submit(&request(b"{ }".to_vec())).unwrap_err();
    assert!(matches!(error, TransportError::Taken(_)) && error.is_retryable(), "{error}");
}

#[test]
fn what_is_too_large_or_cannot_be_written_never_leaves() {
    let (_home, mut transport) = transport();
    let error = transport.submit(&request(vec![b'x'; 8_000_000])).unwrap_err();
    assert!(matches!(error, TransportError::Envelope(EnvelopeError::TooLarge { limit: 10_000_000, .. })), "{error}");
    assert!(!error.is_retryable());
    assert_eq!(error.issue().code(), "UPSTREAM-002");
    assert!(listing(&transport.requests).is_empty());
    let warnings = transport.submit(&request(vec![b'x'; 7_000_000])).unwrap();
    assert_eq!(warnings.iter().map(Issue::code).collect::<Vec<_>>(), ["UPSTREAM-001"]);
    transport.requests = transport.requests.join("missing");
    let lost = transport.submit(&request(vec![])).unwrap_err();
    assert!(matches!(lost, TransportError::Io { .. }) && lost.is_retryable(), "{lost}");
    transport.results = transport.results.join("missing");
    assert!(transport.collect().unwrap_err().is_retryable(), "a lost share is no empty folder");
}

#[test]
fn results_of_others_stay_and_strange_ones_are_told_apart() {
    let (_home, mut transport) = transport();
    let ours = accepted(&transport, "TG1");
    let drop_in = |name: &str, bytes: &[u8]| fs::write(transport.results.join(name), bytes).unwrap();
    drop_in("CIS-IF-202res_TG1.xml", &ours);
    drop_in("CIS-IF-202res_TG2.xml", &ours[..ours.len() / 2]);
    drop_in("CIS-IF-202res_TG3.xml", &ours);
    drop_in("CIS-IF-202res_TG4.xml", b"<a>\x93\xfa</a>");
    drop_in("CIS-IF-202res_TG5.xml", &[&b"\xef\xbb\xbf"[..], &accepted(&transport, "TG5")].concat());
    drop_in("CIS-IF-202res_EHR7.xml", &ours);
    drop_in("EPSsiPIR01res_1.xml", b"");
    fs::create_dir(transport.results.join("CIS-IF-202res_TG6.xml")).unwrap();
    let collected = transport.collect().unwrap();
    let classes: Vec<_> = collected
        .iter()
        .map(|c| (c.handle.as_str(), c.result.as_ref().map(|r| transport.interface.classify(r)).map_err(|e| *e)))
        .collect();
    assert_eq!(
        classes,
        [
            ("CIS-IF-202res_TG1.xml", Ok(Class::Accepted)),
            ("CIS-IF-202res_TG2.xml", Err(Unreadable::Truncated)),
            ("CIS-IF-202res_TG3.xml", Err(Unreadable::Mismatch)),
            ("CIS-IF-202res_TG4.xml", Err(Unreadable::Encoding)),
            ("CIS-IF-202res_TG5.xml", Ok(Class::Accepted)),
            ("CIS-IF-202res_TG6.xml", Err(Unreadable::NotAFile)),
        ]
    );
    let codes: Vec<_> = collected.iter().map(|c| c.issue(Path::new("q")).map(|i| i.code())).collect();
    let [cut, other, encoding, odd] = ["UPSTREAM-014", "UPSTREAM-015", "UPSTREAM-013", "UPSTREAM-025"].map(Some);
    assert_eq!(codes, [None, cut, other, encoding, None, odd]);
    transport.dispose(&collected[0], Disposal::Done).unwrap();
    transport.dispose(&collected[0], Disposal::Done).unwrap();
    transport.dispose(&collected[1], Disposal::Quarantine).unwrap();
    assert_eq!(listing(&transport.quarantine), ["CIS-IF-202res_TG2.xml"]);
    assert!(!listing(&transport.results).iter().any(|name| name.contains("TG1") || name.contains("TG2")));
    assert_eq!(listing(&transport.results).len(), 6);
}

#[test]
fn a_half_written_result_is_left_until_it_stands_still() {
    let (_home, mut transport) = transport();
    transport.grace = Duration::from_secs(10);
    let path = transport.results.join("CIS-IF-202res_TG3.xml");
    let whole = accepted(&transport, "TG3");
    let at = |second: i64| Timestamp::from_second(second).unwrap();
    fs::write(&path, &whole[..20]).unwrap();
    assert!(transport.collect_at(at(100)).unwrap().is_empty(), "it may still be written");
    fs::write(&path, &whole[..40]).unwrap();
    assert!(transport.collect_at(at(120)).unwrap().is_empty(), "it grows");
    assert!(transport.collect_at(at(129)).unwrap().is_empty());
    assert!(transport.collect_at(at(50)).unwrap().is_empty(), "the clock was set back: the grace begins anew");
    assert!(transport.collect_at(at(59)).unwrap().is_empty());
    assert_eq!(transport.collect_at(at(60)).unwrap()[0].result, Err(Unreadable::Truncated));
    fs::write(&path, &whole).unwrap();
    assert!(transport.collect_at(at(61)).unwrap()[0].result.is_ok());
    fs::write(&path, &whole[..40]).unwrap();
    assert!(transport.collect_at(at(62)).unwrap().is_empty());
}

#[test]
fn awaited_results_are_read_by_name_and_nothing_else_is() {
    let (_home, mut transport) = transport();
    for id in ["TG1", "TG2"] {
        let bytes = accepted(&transport, id);
        fs::write(transport.results.join(format!("CIS-IF-202res_{id}.xml")), bytes).unwrap();
    }
    let awaited = |id: &str, operation| [(operation, id.to_owned())];
    let mut read = |id: &str, operation| {
        let collected = transport.collect_awaited(&awaited(id, operation), Timestamp::UNIX_EPOCH).unwrap();
        collected.into_iter().map(|one| one.handle).collect::<Vec<_>>()
    };
    assert_eq!(read("TG2", Operation::REGISTER), ["CIS-IF-202res_TG2.xml"]);
    assert_eq!(read("TG2", Operation::CHANGE), [""; 0]);
    assert_eq!(read("TG3", Operation::REGISTER), [""; 0]);
    transport.results = transport.results.join("missing");
    let lost = transport.collect_awaited(&awaited("TG1", Operation::REGISTER), Timestamp::UNIX_EPOCH);
    assert!(lost.unwrap_err().is_retryable(), "a lost share is no missing result");
}

#[cfg(unix)]
#[test]
fn nothing_is_read_or_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let (home, mut transport) = transport();
    let secret = home.path().join("secret");
    fs::write(&secret, accepted(&transport, "TG1")).unwrap();
    symlink(&secret, transport.results.join("CIS-IF-202res_TG1.xml")).unwrap();
    let collected = transport.collect().unwrap();
    assert_eq!((collected[0].result.clone(), collected[0].raw.len()), (Err(Unreadable::NotAFile), 0));
    transport.dispose(&collected[0], Disposal::Quarantine).unwrap();
    assert!(!transport.quarantine.exists() && listing(&transport.results).len() == 1, "it stays where it is");
    assert!(transport.collect().unwrap().is_empty(), "and is told once");

    symlink(&secret, transport.requests.join("CIS-IF-201req_TG1.xml.tmp")).unwrap();
    let before = fs::read(&secret).unwrap();
    transport.swept = true;
    transport.submit(&request(b"{}".to_vec())).unwrap();
    assert_eq!(fs::read(&secret).unwrap(), before);
    let path = transport.requests.join("CIS-IF-201req_TG1.xml");
    assert!(fs::symlink_metadata(&path).unwrap().is_file());
    fs::remove_file(&path).unwrap();
    symlink(&secret, &path).unwrap();
    assert!(matches!(transport.submit(&request(b"{}".to_vec())), Err(TransportError::Taken(_))));
}

#[test]
fn quarantine_keeps_everything_and_a_newer_result_is_not_thrown_away() {
    let (_home, mut transport) = transport();
    let path = transport.results.join("CIS-IF-202res_TG1.xml");
    for text in ["<a", "<a", "<b"] {
        fs::write(&path, text).unwrap();
        let collected = transport.collect().unwrap();
        transport.dispose(&collected[0], Disposal::Quarantine).unwrap();
        assert!(!path.exists());
    }
    assert_eq!(listing(&transport.quarantine), ["CIS-IF-202res_TG1.xml", "CIS-IF-202res_TG1.xml.2"]);

    fs::write(&path, accepted(&transport, "TG1")).unwrap();
    let collected = transport.collect().unwrap();
    fs::write(&path, [accepted(&transport, "TG1"), b"\n".to_vec()].concat()).unwrap();
    transport.dispose(&collected[0], Disposal::Done).unwrap();
    assert!(path.exists(), "it was not the one that was read");
}
