//! Zip files that lie in the clinic's folder.

use super::clinic::*;
use serde_json::Value;
use std::{fs, io::Write, path::Path};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The next report of a laboratory, as a storage names it.
fn reports(clinic: &Clinic) -> Vec<(String, Vec<u8>)> {
    let path = clinic.file("0000000003", "OML-11");
    let bytes = fs::read(&path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    fs::remove_file(path).unwrap();
    vec![(name, bytes)]
}

fn pack(path: &Path, members: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn files(round: &Round) -> (u64, u64) {
    let count = |what: &str| round.summary["files"][what].as_u64().unwrap();
    (count("read"), count("unchanged"))
}

fn asks(clinic: &Clinic) -> Vec<Value> {
    clinic.json(&["queue", "list"])["waits_for_approval"].as_array().unwrap().clone()
}

#[test]
fn a_zip_in_the_storage_is_opened_once_and_again_when_it_changed() {
    let mut clinic = Clinic::new();
    let mut members = reports(&clinic);
    let zip = clinic.path("storage/lab.zip");
    pack(&zip, &members);
    let first = clinic.run();
    assert_eq!(first.events.len(), 10, "{}", first.summary);
    let (read, _) = files(&first);

    // As it was, it is not opened.
    let again = clinic.run();
    again.sent_nothing();
    assert_eq!(files(&again), (0, read), "the zip instead of its member: {}", again.summary);
    assert!(asks(&clinic).is_empty());

    // With one more in it, and one that cannot be used, only what is new is read; the bad one is told in every round.
    let inner = fs::read(&zip).unwrap();
    members.push(("inner.zip".to_owned(), inner));
    members.push(("../outside".to_owned(), b"MSH|".to_vec()));
    pack(&zip, &members);
    for _ in 0..2 {
        let round = clinic.run();
        round.sent_nothing();
        assert!(round.said("INTAKE-013"), "{}", round.summary);
    }
    assert!(asks(&clinic).is_empty());

    // Cut short while it is copied: what it said before stays.
    let whole = fs::read(&zip).unwrap();
    fs::write(&zip, &whole[..whole.len() / 2]).unwrap();
    let round = clinic.run();
    round.sent_nothing();
    assert!(round.said("INTAKE-008"), "{}", round.summary);
    assert_eq!(round.summary["files"]["vanished"], 0, "{}", round.summary);

    // Gone, its report is missed as one of the storage would be, and nothing is taken back.
    fs::remove_file(&zip).unwrap();
    let round = clinic.run_with(&["run", "--as-of", TODAY]);
    round.sent_nothing();
    assert_eq!(round.summary["files"]["vanished"], 1, "{}", round.summary);
    assert_eq!(clinic.live().len(), 10);
}
