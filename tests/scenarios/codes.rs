//! A person confirms what a local code stands for: what the centre holds is made again from the stored records, behind the brake.

use super::clinic::*;
use serde_json::Value;

const CONFIRM: [&str; 14] = [
    "codes",
    "confirm",
    "--as-of",
    TODAY,
    "--kind",
    "disease",
    "--system",
    "99KTG",
    "--code",
    "99999",
    "--text",
    "継手医院腰痛症",
    "--standard",
    "20900009",
];

fn texts(codes: &Value) -> Vec<String> {
    codes.as_array().unwrap().iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_confirmed_code_is_made_again_behind_the_brake_and_sent() {
    let mut clinic = Clinic::new();
    clinic.run();
    let before = texts(&clinic.json(&["codes", "list"]));
    assert!(before.contains(&"継手医院腰痛症".to_owned()), "{before:?}");
    // No master knows the number, so a person says its name.
    assert!(clinic.tell(&CONFIRM).contains("--display"));
    let confirm = [&CONFIRM[..], &["--display", "継手腰痛症"]].concat();
    let told = clinic.json(&confirm);
    let differ = told[0]["differ"].as_array().unwrap();
    assert_eq!((differ.len(), differ[0]["kind"].as_str()), (1, Some("condition")), "{told}");
    clinic.run_with(&["run", "--as-of", TODAY]).sent_nothing();
    // One of ten Units is more than the brake allows.
    let go = [&confirm[..], &["--go"]].concat();
    assert!(clinic.tell(&go).contains("--over-brake"));
    clinic.run_with(&["run", "--as-of", TODAY]).sent_nothing();
    let over = [&go[..], &["--over-brake"]].concat();
    clinic.json(&over);
    let round = clinic.run_with(&["run", "--as-of", TODAY]);
    assert_eq!(round.operations(), ["change"], "{}", round.summary);
    let after = texts(&clinic.json(&["codes", "list"]));
    assert!(!after.contains(&"継手医院腰痛症".to_owned()) && after.len() == before.len() - 1, "{after:?}");
    // The map holds the row once, however often it was confirmed.
    let map = std::fs::read_to_string(clinic.path("home/maps/diseases.csv")).unwrap();
    assert_eq!(map.matches("20900009").count(), 1, "{map}");
}
