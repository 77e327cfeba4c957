//! A clinic of which nothing but receipts is known.

use super::clinic::*;
use encoding_rs::SHIFT_JIS;
use serde_json::Value;
use std::fs;

const SITE: &str = "[patient]\naddress_missing = \"data-absent\"\n[defaults]\ndepartment = { name = \"内科\" }\n";

/// The file of a month: one patient, and rows of diagnoses.
fn month(clinic: &Clinic, care: &str, billed: &str, diagnoses: &[&str]) {
    let mut lines = vec![
        format!("IR,1,13,1,9999999,,仮の診療所,{billed},00,03-0000-0000"),
        format!("RE,1,1112,{care},仮山　花子,2,19800203,,,,,,,00012345"),
        "HO,06139999,１２,３４５,1,500".to_owned(),
        "SN,1,01,,,,01,,".to_owned(),
    ];
    lines.extend(diagnoses.iter().map(|row| (*row).to_owned()));
    lines.push("GO,1,500,99".to_owned());
    let text = lines.join("\r\n") + "\r\n";
    fs::write(clinic.path(&format!("storage/{care}-{billed}.UKE")), SHIFT_JIS.encode(&text).0).unwrap();
}

fn clinic(further: &str) -> Clinic {
    let empty = tempfile::tempdir().unwrap();
    let clinic = Clinic::of(empty.path(), &format!("{SITE}{further}"));
    fs::create_dir_all(clinic.path("storage")).unwrap();
    month(&clinic, "202609", "202610", &["SY,0000999,20260901,1,,仮の胃炎,01,", "SY,0000999,20260902,1,,仮の頭痛,,"]);
    clinic
}

fn waiting(clinic: &Clinic) -> Vec<Value> {
    clinic.json(&["queue", "list"])["submissions"].as_array().unwrap().clone()
}

#[test]
fn diagnoses_of_receipts_wait_for_a_person_and_then_follow_the_months() {
    let mut clinic = clinic("[brake]\npercent = 100\n");
    clinic.run().sent_nothing();
    let drafts = waiting(&clinic);
    assert_eq!((drafts.len(), &drafts[0]["state"]), (1, &"draft".into()));
    clinic.tell(&["queue", "approve", &drafts[0]["number"].to_string()]);
    assert_eq!(clinic.run().operations(), ["register"]);
    // A month that says the same sends nothing; one with an outcome is a change, without asking again.
    month(&clinic, "202610", "202611", &["SY,0000999,20260901,1,,仮の胃炎,01,", "SY,0000999,20260902,1,,仮の頭痛,,"]);
    clinic.run().sent_nothing();
    month(&clinic, "202611", "202612", &["SY,0000999,20260901,2,,仮の胃炎,01,", "SY,0000999,20260902,1,,仮の頭痛,,"]);
    assert_eq!(clinic.run().operations(), ["change"]);
    // A month in which nobody came has no receipt, and a file that is gone takes nothing back.
    fs::remove_file(clinic.path("storage/202610-202611.UKE")).unwrap();
    let round = clinic.run();
    assert_eq!(round.operations(), Vec::<&str>::new(), "{}", round.summary);
    assert_eq!(clinic.live().len(), 1);
}

#[test]
fn diagnoses_of_receipts_go_or_stay_where_that_is_set() {
    let mut sending = clinic("[condition]\nuke = \"send\"\n");
    assert_eq!(sending.run().operations(), ["register"]);
    let mut never = clinic("[condition]\nuke = \"never\"\n");
    never.run().sent_nothing();
    assert!(waiting(&never).is_empty());
}
