//! Which ids mean one person: what is joined, what parts again, what a person decides.

use super::{
    house::{House, files, replace, samples},
    year::centre::Upstream,
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs};

const TODAY: Date = date(2026, 11, 22);
const BRAKE_OFF: &str = "[brake]\npercent = 100\n";
const OWN: &str = "0000000001";

/// Two watched folders: `own` of the clinic's own system, `drop` of another one. `feed`: what is set of that, `further`: other sections.
fn settings(house: &House, feed: &str, further: &str) {
    house.settings(further);
    let _ = fs::create_dir(house.path("own"));
    let text = fs::read_to_string(house.path("tsugite.toml")).unwrap();
    let text = text.replace("[source]\n", &format!("[source]\nfeeds = [{{ folder = \"drop\", {feed} }}]\n"));
    let text = text.replace("folders = [\"drop\"]", "folders = [\"drop\", \"own\"]");
    fs::write(house.path("tsugite.toml"), text).unwrap();
}

/// A message of the first patient under another id, dropped into a folder.
fn drop_message(house: &House, folder: &str, data_type: &str, id: &str) {
    let mut found = Vec::new();
    files(&samples().join("000/000").join(OWN), &mut found);
    let file = found.iter().find(|path| path.to_string_lossy().contains(&format!("_{data_type}_"))).unwrap();
    let bytes = fs::read(file).unwrap();
    let mut message = replace(&bytes, format!("||{OWN}^").as_bytes(), format!("||{id}^").as_bytes());
    if data_type == "OML-11" {
        // Of another day and order.
        for (from, to) in [("000000000000101", "000000000000777"), ("20261110", "20261111")] {
            while let Some(at) = message.windows(from.len()).position(|window| window == from.as_bytes()) {
                message[at..at + from.len()].copy_from_slice(to.as_bytes());
            }
        }
    }
    fs::write(house.path(folder).join(format!("{data_type}-{id}.hl7")), message).unwrap();
}

/// Under whose ids the dropped report is registered.
fn reported_under(upstream: &Upstream) -> Vec<String> {
    let of_order = upstream.registrations().into_iter().filter(|held| held.payload.contains(DROPPED));
    let mut ids: Vec<String> = of_order
        .map(|held| {
            let bundle: Value = serde_json::from_str(&held.payload).unwrap();
            let identifiers = bundle["entry"][0]["resource"]["identifier"].as_array().unwrap().clone();
            let local = identifiers.iter().find(|id| id["system"].as_str().unwrap().starts_with("urn:oid:")).unwrap();
            local["value"].as_str().unwrap().to_owned()
        })
        .collect();
    ids.sort();
    ids
}

fn held(house: &House, rule: &str) -> BTreeSet<String> {
    let rows = house.json(&["held"]);
    let rows = rows.as_array().unwrap().iter().filter(|row| row["rule"] == rule);
    rows.map(|row| row["patient"].as_str().unwrap().to_owned()).collect()
}

fn operations(upstream: &mut Upstream) -> Vec<String> {
    let mut sent: Vec<String> = upstream.run_in_doubt(TODAY).into_iter().map(|event| event.operation).collect();
    sent.sort();
    sent
}

fn decide(house: &House, feed: &str, row: &str) {
    fs::write(house.path("patients.csv"), format!("患者番号,扱い,新しい番号,相手の番号\n{row}\n")).unwrap();
    settings(house, feed, &format!("{BRAKE_OFF}[overlay]\npatients = \"patients.csv\"\n"));
}

/// The other system is told from the clinic's own.
const LAB: &str = "instance = \"lab\"";
/// When the dropped specimen was taken.
const DROPPED: &str = "2026-11-11T09:15";

#[test]
fn zeros_are_folded_until_one_system_writes_both_and_then_a_person_decides() {
    for (row, sent, under, doubles) in [
        ("1,別人,,0000000001", vec!["cancel", "register"], "1", json!([])),
        ("1,番号変更,0000000001,", vec![], OWN, json!([])),
    ] {
        let house = House::new(Some(&samples()), BRAKE_OFF);
        settings(&house, LAB, BRAKE_OFF);
        let mut upstream = Upstream::new(&house);
        let before = upstream.run(TODAY);
        drop_message(&house, "drop", "OML-11", "1");
        assert_eq!(operations(&mut upstream), ["register"], "{}", house.json(&["held"]));
        assert_eq!(reported_under(&upstream), [OWN]);
        assert_eq!(house.json(&["patients"])["likely_doubles"], json!([]));

        // The clinic's own system has a patient 1, too: nobody knows whose report it was.
        drop_message(&house, "own", "ADT-00", "1");
        assert!(operations(&mut upstream).is_empty());
        assert_eq!(held(&house, "CLINICAL-005"), [OWN.to_owned(), "1".to_owned()].into());
        assert_eq!(house.json(&["patients"])["likely_doubles"], json!([[OWN, "1"]]));
        assert_eq!(upstream.registrations().len(), before + 1);

        decide(&house, LAB, row);
        assert_eq!(operations(&mut upstream), sent, "{row}");
        assert_eq!(reported_under(&upstream), [under], "{row}");
        assert!(held(&house, "CLINICAL-005").is_empty());
        assert_eq!(house.json(&["patients"])["likely_doubles"], doubles);
        assert!(operations(&mut upstream).is_empty());
    }
}

#[test]
fn zeros_are_not_folded_where_that_is_not_set() {
    let house = House::new(Some(&samples()), "");
    settings(&house, LAB, "[identity]\nfold_zeros = false\n");
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    drop_message(&house, "drop", "OML-11", "1");
    assert!(operations(&mut upstream).is_empty(), "nobody knows patient 1");
    assert_eq!(held(&house, "CLINS-020"), ["1".to_owned()].into());
}

#[test]
fn two_id_spaces_meet_by_insured_number_only_where_that_is_set() {
    const JOIN: &str = "[brake]\npercent = 100\n[identity]\njoin_by_insured_number = true\n";
    const SPACE: &str = "id_space = \"lab\"";
    let house = House::new(Some(&samples()), BRAKE_OFF);
    settings(&house, SPACE, BRAKE_OFF);
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    drop_message(&house, "drop", "ADT-00", "L77");
    drop_message(&house, "drop", "OML-11", "L77");
    assert_eq!(operations(&mut upstream), ["register"]);
    assert_eq!(reported_under(&upstream), ["L77"]);
    assert_eq!(house.json(&["patients"])["likely_doubles"], json!([["lab/L77", OWN]]));

    // Received under the clinic's own id before it is given up under the other.
    settings(&house, SPACE, JOIN);
    let mut sent = operations(&mut upstream);
    sent.extend(operations(&mut upstream));
    assert_eq!(sent, ["register", "cancel"]);
    assert_eq!(reported_under(&upstream), [OWN]);
    assert!(operations(&mut upstream).is_empty());

    // It is set no more: what went up as one person's waits for somebody to look.
    settings(&house, SPACE, BRAKE_OFF);
    assert!(operations(&mut upstream).is_empty());
    assert_eq!(held(&house, "CLINICAL-005"), [OWN.to_owned(), "L77".to_owned()].into());
}
