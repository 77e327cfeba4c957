//! What is accepted, what is refused and what is held afterwards.

use std::{fs, path::Path};
use tsugite_sandbox::{Centre, CentreError, Options, Setup, registrations};
use tsugite_upstream::{Class, Interface, Operation, Request, ResultMessage};
use tsugite_validate::Day;

pub const BUNDLE: &str = include_str!("../../../validate/tests/it/bundles/condition.json");
pub const INSURED: &str = "00999901:１２:３４５:01";
pub const BUNDLE_ID: &str = "1319999999^2026^test-0001";

pub fn interface() -> Interface {
    Interface::from_toml(include_str!("../../../../mappings/upstream/clins.toml")).unwrap()
}

pub fn options() -> Options {
    Options { today: Day::new(2026, 11, 22), newest_wins: false }
}

/// Opens a folder that was just closed. A process that another test starts holds its lock for the moment between fork and exec.
pub fn open(dir: &Path, setup: impl Into<Setup>) -> Centre {
    let setup = setup.into();
    for _ in 0..1000 {
        match Centre::open_with(dir, interface(), setup.clone()) {
            Err(CentreError::Busy(_)) => std::thread::sleep(std::time::Duration::from_millis(1)),
            opened => return opened.unwrap(),
        }
    }
    panic!("{} stays busy", dir.display());
}

pub fn request(operation: Operation, id: &str) -> Request {
    Request {
        operation,
        institution: "1319999999".into(),
        file_id: id.into(),
        insured_id: INSURED.into(),
        bundle_id: BUNDLE_ID.into(),
        payload: operation.action.has_payload().then(|| BUNDLE.into()),
        attachment: None,
        signature: None,
    }
}

fn edit(operation: Operation, id: &str, edit: impl FnOnce(&mut Request)) -> Request {
    let mut request = request(operation, id);
    edit(&mut request);
    request
}

/// Drops raw bytes as a request and reads the answer, as a terminal would.
fn ask_raw(centre: &mut Centre, operation: Operation, id: &str, bytes: &[u8]) -> ResultMessage {
    fs::write(centre.requests().join(interface().request_name(operation, id)), bytes).unwrap();
    assert_eq!(centre.process().unwrap().len(), 1);
    let result = centre.results().join(interface().result_name(operation, id));
    let answer = interface().read_result(&fs::read(&result).unwrap()).unwrap();
    fs::remove_file(result).unwrap();
    answer
}

pub fn ask(centre: &mut Centre, request: &Request) -> Class {
    let bytes = interface().write_request(request).unwrap();
    interface().classify(&ask_raw(centre, request.operation, &request.file_id, &bytes))
}

fn held(dir: &Path) -> Vec<(String, String, String)> {
    let all = registrations(dir).unwrap();
    all.into_iter().map(|held| (held.insured_id, held.bundle_id, held.payload)).collect()
}

#[test]
fn register_change_cancel() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    let other = |r: &mut Request| r.payload = Some(format!("{BUNDLE} ").into_bytes());
    const REGISTER: Operation = Operation::REGISTER;
    const CHANGE: Operation = Operation::CHANGE;
    const CANCEL: Operation = Operation::CANCEL;
    assert_eq!(ask(&mut centre, &request(CHANGE, "T1")), Class::NotRegistered);
    assert_eq!(ask(&mut centre, &request(CANCEL, "T2")), Class::NotRegistered);
    assert!(held(home.path()).is_empty());
    assert_eq!(ask(&mut centre, &request(REGISTER, "T3")), Class::Accepted);
    assert_eq!(ask(&mut centre, &request(REGISTER, "T4")), Class::Duplicate);
    assert_eq!(ask(&mut centre, &edit(REGISTER, "T5", other)), Class::Exists);
    let one = |payload: String| [(INSURED.to_owned(), BUNDLE_ID.to_owned(), payload)];
    assert_eq!(held(home.path()), one(BUNDLE.to_owned()), "a refused registration changes nothing");
    assert_eq!(ask(&mut centre, &edit(CHANGE, "T6", other)), Class::Accepted);
    assert_eq!(held(home.path()), one(format!("{BUNDLE} ")));
    let stranger = |r: &mut Request| r.insured_id = "00999901:１２:３４６:01".into();
    assert_eq!(ask(&mut centre, &edit(CANCEL, "T7", stranger)), Class::NotRegistered);
    assert_eq!(ask(&mut centre, &edit(CHANGE, "T8", stranger)), Class::NotRegistered);
    assert_eq!(ask(&mut centre, &request(CANCEL, "T9")), Class::Accepted);
    assert!(held(home.path()).is_empty());
    assert_eq!(ask(&mut centre, &request(CANCEL, "T10")), Class::NotRegistered);

    let summary = registrations(home.path()).unwrap();
    assert!(summary.is_empty());
    assert_eq!(ask(&mut centre, &request(REGISTER, "T11")), Class::Accepted);
    let summary = &centre.registrations().unwrap()[0];
    assert_eq!((summary.kind.as_str(), summary.resources), ("Condition", 1));
}

#[test]
fn newest_wins_where_it_is_set() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), Options { newest_wins: true, ..options() }).unwrap();
    assert_eq!(ask(&mut centre, &request(Operation::REGISTER, "T1")), Class::Accepted);
    assert_eq!(ask(&mut centre, &request(Operation::REGISTER, "T2")), Class::Duplicate);
    let other = |r: &mut Request| r.payload = Some(format!("{BUNDLE} ").into_bytes());
    assert_eq!(ask(&mut centre, &edit(Operation::REGISTER, "T3", other)), Class::Accepted);
    assert_eq!(held(home.path())[0].2, format!("{BUNDLE} "));
}

#[test]
fn a_bundle_is_taken_whole_or_not_at_all_and_a_refused_change_rolls_back() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    assert_eq!(ask(&mut centre, &request(Operation::REGISTER, "T1")), Class::Accepted);
    // (what is done to the bundle, the check that finds it)
    let breaks: [(&str, &str); 4] = [
        ("\"type\": \"collection\"", "\"type\": \"document\""),
        ("\"resourceType\": \"Condition\"", "\"resourceType\": \"Basic\""),
        ("1319999999", "1319999998"),
        ("\"entry\"", "\"entries\""),
    ];
    for (at, (from, to)) in breaks.into_iter().enumerate() {
        let id = format!("T{}", at + 2);
        let mut broken = request(Operation::CHANGE, &id);
        assert!(BUNDLE.contains(from));
        broken.payload = Some(BUNDLE.replacen(from, to, 1).into_bytes());
        let answer = ask_raw(&mut centre, Operation::CHANGE, &id, &interface().write_request(&broken).unwrap());
        assert_eq!(interface().classify(&answer), Class::Content, "{from}");
        assert_eq!(held(home.path())[0].2, BUNDLE);
    }
    let mut broken = request(Operation::REGISTER, "T9");
    broken.payload = Some(b"{\"resourceType\":".to_vec());
    let answer = ask_raw(&mut centre, Operation::REGISTER, "T9", &interface().write_request(&broken).unwrap());
    assert_eq!(answer.code, "SBX3001E");
    assert!(!answer.findings.is_empty() && answer.findings.iter().all(|f| !f.code.is_empty()), "{answer:?}");
}

#[test]
fn numbers_that_disagree_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    let sound = String::from_utf8(interface().write_request(&request(Operation::REGISTER, "T1")).unwrap()).unwrap();
    // Our own envelope refuses to write some of these, so the files are edited.
    let cases: [(&str, &str, &str, &str); 6] = [
        ("T2", "<MedicalInstitutionCode>1319999999<", "<MedicalInstitutionCode>1319999998<", "SBX3003E"),
        ("T3", "<MedicalInstitutionCode>1319999999<", "<MedicalInstitutionCode>0019999999<", "SBX3004E"),
        ("T4", "test-0001<", "test-0002<", "SBX3005E"),
        ("T5", "1319999999^2026^test-0001<", "1319999999^2026<", "SBX3005E"),
        ("T6", "Branch", "Brunch", "SBX3007E"),
        ("T7", "<InsurerNumber>0099", "<InsurerNumber>0098", "SBX3007E"),
    ];
    for (id, from, to, code) in cases {
        assert!(sound.contains(from), "{from}");
        let edited = sound.replace(">T1<", &format!(">{id}<")).replace(from, to);
        let answer = ask_raw(&mut centre, Operation::REGISTER, id, edited.as_bytes());
        assert_eq!(format!("{}{}", answer.error_code, answer.code), code, "{id}");
    }
    let unreadable: [(&str, &[u8]); 4] =
        [("T8", b""), ("T9", b"<XmlMsg>"), ("T10", sound.as_bytes()), ("T11", b"<!DOCTYPE x><XmlMsg/>")];
    for (id, bytes) in unreadable {
        let answer = ask_raw(&mut centre, Operation::REGISTER, id, bytes);
        assert_eq!((answer.error_code.as_str(), answer.file_id.as_str()), ("SBX3002E", id));
    }
    let answer = ask_raw(&mut centre, Operation::REGISTER, "T12", &vec![b' '; 10_000_001]);
    assert_eq!(answer.error_code, "SBX3006E");
    assert!(held(home.path()).is_empty());
}

#[test]
fn what_a_trial_run_made_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    let mut trial = request(Operation::REGISTER, "T1");
    let tag = "\"tag\": [{\"system\": \"urn:tsugite:run\", \"code\": \"trial\"},";
    assert!(BUNDLE.contains("\"tag\": ["));
    trial.payload = Some(BUNDLE.replacen("\"tag\": [", tag, 1).into_bytes());
    let answer = ask_raw(&mut centre, Operation::REGISTER, "T1", &interface().write_request(&trial).unwrap());
    assert_eq!(answer.error_code, "SBX3004E");
}

#[test]
fn an_insured_id_that_the_centre_does_not_know_is_a_qualification_error() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    fs::write(home.path().join("unknown-insured.txt"), "# 資格喪失\n00999901:*\n").unwrap();
    assert_eq!(ask(&mut centre, &request(Operation::REGISTER, "T1")), Class::Qualification);
    fs::remove_file(home.path().join("unknown-insured.txt")).unwrap();
    assert_eq!(ask(&mut centre, &request(Operation::REGISTER, "T2")), Class::Accepted);
    fs::write(home.path().join("unknown-insured.txt"), INSURED).unwrap();
    assert_eq!(ask(&mut centre, &request(Operation::CHANGE, "T3")), Class::Qualification);
    assert_eq!(held(home.path()).len(), 1);
}

#[test]
fn the_log_counts_operations_and_names_no_patient() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    ask(&mut centre, &request(Operation::REGISTER, "T1"));
    ask(&mut centre, &request(Operation::CANCEL, "T2"));
    let mut broken = request(Operation::REGISTER, "T3");
    broken.payload = Some(BUNDLE.replace("collection", "document").into_bytes());
    ask(&mut centre, &broken);
    let told: Vec<_> = centre.events().iter().map(|e| (e.number, e.operation.as_str(), e.is_accepted())).collect();
    assert_eq!(told, [(1, "register", true), (2, "cancel", true), (3, "register", false)]);
    let log = fs::read_to_string(home.path().join("centre.log")).unwrap();
    assert_eq!(log.lines().count(), 3);
    for secret in ["試験", "花子", "３４５", "00999901", "000101"] {
        assert!(BUNDLE.contains(secret) && !log.contains(secret), "{secret}");
    }
}

#[test]
fn files_of_others_are_left_alone_and_older_requests_go_first() {
    let home = tempfile::tempdir().unwrap();
    let mut centre = Centre::open(home.path(), interface(), options()).unwrap();
    let requests = centre.requests().to_owned();
    fs::write(requests.join("EPSsiPIR01req_1.xml"), "x").unwrap();
    fs::write(requests.join("CIS-IF-201req_T9.xml.tmp"), "x").unwrap();
    let drop_in = |request: &Request, age: u64| {
        let path = requests.join(interface().request_name(request.operation, &request.file_id));
        fs::write(&path, interface().write_request(request).unwrap()).unwrap();
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(age);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    };
    // By name the change would come last, and the cancel before the registration's sibling.
    drop_in(&request(Operation::CANCEL, "T1"), 10);
    drop_in(&request(Operation::CHANGE, "T2"), 20);
    drop_in(&request(Operation::REGISTER, "T3"), 30);
    let done = centre.process().unwrap();
    let told: Vec<_> = done.iter().map(|e| (e.correlation.as_str(), e.is_accepted())).collect();
    assert_eq!(told, [("T3", true), ("T2", true), ("T1", true)]);
    let mut left: Vec<_> = fs::read_dir(&requests).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["CIS-IF-201req_T9.xml.tmp", "EPSsiPIR01req_1.xml"]);
}
