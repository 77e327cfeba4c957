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

/// A message of the first patient under another id, dropped as another system would.
fn drop_message(house: &House, data_type: &str, id: &str) {
    let mut found = Vec::new();
    files(&samples().join("000/000").join(OWN), &mut found);
    let file = found.iter().find(|path| path.to_string_lossy().contains(&format!("_{data_type}_"))).unwrap();
    let bytes = fs::read(file).unwrap();
    let mut message = replace(&bytes, format!("||{OWN}^").as_bytes(), format!("||{id}^").as_bytes());
    if data_type == "OML-11" {
        while let Some(at) = message.windows(15).position(|window| window == b"000000000000101") {
            message[at + 12..at + 15].copy_from_slice(b"777");
        }
    }
    fs::write(house.path("drop").join(format!("{data_type}-{id}.hl7")), message).unwrap();
}

/// Under whose ids reports are registered that name this order.
fn reported_under(upstream: &Upstream, order: &str) -> Vec<String> {
    let of_order = upstream.registrations().into_iter().filter(|held| held.payload.contains(order));
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

fn decide(house: &House, further: &str, row: &str) {
    fs::write(house.path("patients.csv"), format!("患者番号,扱い,新しい番号,相手の番号\n{row}\n")).unwrap();
    house.settings(&format!("{further}[overlay]\npatients = \"patients.csv\"\n"));
}

/// The order that [`drop_message`] reports.
const ORDER: &str = "000000000000777";

#[test]
fn zeros_are_folded_until_one_system_writes_both_and_then_a_person_decides() {
    for (row, sent, under, doubles) in [
        ("1,別人,,0000000001", vec!["cancel", "register"], "1", json!([])),
        ("1,番号変更,0000000001,", vec![], OWN, json!([])),
    ] {
        let house = House::new(Some(&samples()), BRAKE_OFF);
        let mut upstream = Upstream::new(&house);
        let before = upstream.run(TODAY);
        drop_message(&house, "OML-11", "1");
        assert_eq!(operations(&mut upstream), ["register"], "{}", house.json(&["held"]));
        assert_eq!(reported_under(&upstream, ORDER), [OWN]);
        assert_eq!(house.json(&["patients"])["likely_doubles"], json!([]));

        // The clinic's own system has a patient 1, too: nobody knows whose report it was.
        drop_message(&house, "ADT-00", "1");
        assert!(operations(&mut upstream).is_empty());
        assert_eq!(held(&house, "CLINICAL-005"), [OWN.to_owned(), "1".to_owned()].into());
        assert_eq!(house.json(&["patients"])["likely_doubles"], json!([[OWN, "1"]]));
        assert_eq!(upstream.registrations().len(), before + 1);

        decide(&house, BRAKE_OFF, row);
        assert_eq!(operations(&mut upstream), sent, "{row}");
        assert_eq!(reported_under(&upstream, ORDER), [under], "{row}");
        assert!(held(&house, "CLINICAL-005").is_empty());
        assert_eq!(house.json(&["patients"])["likely_doubles"], doubles);
        assert!(operations(&mut upstream).is_empty());
    }
}

#[test]
fn zeros_are_not_folded_where_that_is_not_set() {
    let house = House::new(Some(&samples()), "[identity]\nfold_zeros = false\n");
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    drop_message(&house, "OML-11", "1");
    assert!(operations(&mut upstream).is_empty(), "nobody knows patient 1");
    assert_eq!(held(&house, "CLINS-020"), ["1".to_owned()].into());
}

#[test]
fn two_id_spaces_meet_by_insured_number_only_where_that_is_set() {
    const JOIN: &str = "[brake]\npercent = 100\n[identity]\njoin_by_insured_number = true\n";
    let house = House::new(Some(&samples()), BRAKE_OFF);
    let settings = |further: &str| {
        house.settings(further);
        let text = fs::read_to_string(house.path("tsugite.toml")).unwrap();
        let spaces = "[source]\nspaces = [{ folder = \"drop\", id_space = \"lab\" }]\n";
        fs::write(house.path("tsugite.toml"), text.replace("[source]\n", spaces)).unwrap();
    };
    settings(BRAKE_OFF);
    let mut upstream = Upstream::new(&house);
    upstream.run(TODAY);
    drop_message(&house, "ADT-00", "L77");
    drop_message(&house, "OML-11", "L77");
    assert_eq!(operations(&mut upstream), ["register"]);
    assert_eq!(reported_under(&upstream, ORDER), ["L77"]);
    assert_eq!(house.json(&["patients"])["likely_doubles"], json!([["lab/L77", OWN]]));

    // Received under the clinic's own id before it is given up under the other.
    settings(JOIN);
    let mut sent = operations(&mut upstream);
    sent.extend(operations(&mut upstream));
    assert_eq!(sent, ["register", "cancel"]);
    assert_eq!(reported_under(&upstream, ORDER), [OWN]);
    assert!(operations(&mut upstream).is_empty());

    // It is set no more: what went up as one person's waits for somebody to look.
    settings(BRAKE_OFF);
    assert!(operations(&mut upstream).is_empty());
    assert_eq!(held(&house, "CLINICAL-005"), [OWN.to_owned(), "L77".to_owned()].into());
}
