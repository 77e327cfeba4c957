//! Records that nobody can use, and files that come and go.

use super::clinic::*;
use serde_json::Value;
use std::fs;

fn of_records(clinic: &Clinic) -> Vec<Value> {
    let held = clinic.json(&["held"]);
    held.as_array().unwrap().iter().filter(|row| row["rule"] == "TABLE-004").cloned().collect()
}

/// A laboratory file of one patient that says neither when nor for which order.
fn report(clinic: &Clinic, name: &str, day: &str, result: &str) {
    let row = format!("D,0021,3B035000002327201,AST,{result},U/L,H,13-30,023,血清,");
    let text = format!("H,,0000000001,架空　太郎,M,S330412,{day},内科,架空 医師\n{row}\nT,1\n");
    fs::write(clinic.path(&format!("storage/{name}")), text).unwrap();
}

#[test]
fn a_record_that_cannot_be_used_is_on_the_desks_list_until_its_file_is_put_right() {
    let mut clinic = Clinic::new();
    report(&clinic, "report.csv", "", "45");
    let first = clinic.run();
    assert_eq!((first.code, &first.summary["held_records"]), (1, &1.into()), "{}", first.summary);
    // The next round does not read the file again, and forgets nothing.
    for _ in 0..2 {
        let rows = of_records(&clinic);
        let text = rows[0]["text"].as_str().unwrap();
        assert!(rows.len() == 1 && !text.contains(['{', '…']), "{rows:?}");
        assert!(rows[0]["origins"][0].as_str().unwrap().starts_with("storage/report.csv"), "{rows:?}");
        clinic.run().sent_nothing();
    }
    report(&clinic, "report.csv", "20261101", "45");
    let round = clinic.run();
    assert_eq!(round.operations(), ["register"], "{} {}", round.summary, clinic.json(&["held"]));
    assert_eq!(of_records(&clinic), Vec::<Value>::new());
    // What a person dealt with in another way is taken off the list, once.
    report(&clinic, "other.csv", "", "46");
    clinic.run();
    assert!(clinic.tell(&["held", "--done-with", "storage/another.csv"]).contains("another.csv"));
    assert_eq!(of_records(&clinic).len(), 1);
    clinic.tell(&["held", "--done-with", "storage/other.csv"]);
    clinic.run();
    assert_eq!(of_records(&clinic), Vec::<Value>::new());
}

#[test]
fn a_share_that_is_there_again_in_part_is_not_believed() {
    let mut clinic = Clinic::new();
    clinic.run();
    let live = clinic.live();
    let list = clinic.file("0000000001", "PPR-01");
    let whole = fs::read(&list).unwrap();
    fs::rename(clinic.path("storage"), clinic.path("away")).unwrap();
    fs::create_dir(clinic.path("storage")).unwrap();
    let empty = clinic.run();
    empty.sent_nothing();
    assert!(empty.said("SEND-003"), "{}", empty.summary);
    fs::remove_dir(clinic.path("storage")).unwrap();
    fs::rename(clinic.path("away"), clinic.path("storage")).unwrap();
    let first = whole.windows(5).position(|bytes| bytes == b"\rPRB|").unwrap();
    let second = whole[first + 1..].windows(5).position(|bytes| bytes == b"\rPRB|").map(|at| first + 1 + at);
    fs::write(&list, &whole[..second.unwrap()]).unwrap();
    let half = clinic.run();
    half.sent_nothing();
    assert!(half.said("SEND-004"), "{}", half.summary);
    fs::write(&list, &whole).unwrap();
    clinic.run().sent_nothing();
    assert_eq!(clinic.live(), live);
}

#[test]
fn whom_the_clinic_never_sends_is_not_sent_when_a_spreadsheet_took_the_zeros_away() {
    let mut clinic =
        Clinic::of(&root().join("samples/clinic/ssmix2/1319999999"), "[overlay]\npatients = \"patients.csv\"\n");
    fs::write(clinic.path("patients.csv"), "患者番号,扱い\n1,送信しない\n").unwrap();
    let round = clinic.run();
    assert_eq!(round.events.len(), 10 - 3, "{}", round.summary);
    assert!(clinic.json(&["held"]).as_array().unwrap().iter().all(|row| row["patient"] != "0000000001"));
}
