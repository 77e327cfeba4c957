//! 健診結果報告書.

use crate::{
    clinic::patient,
    judged::{codes, entries, narrative, resources, sound},
    letters::{FEED, ID, clinic, letter, maximal_checkup, minimal_checkup, minimal_checkup_with, party, state},
};
use serde_json::Value;
use tsugite_clinical::{
    body::{Body, Document, DocumentKind},
    standard::Standard,
};

#[test]
fn the_smallest_health_check_is_one_item() {
    let mut clinic = clinic();
    minimal_checkup(&mut clinic);
    // Whom it is about is told by the document itself, in its own scope.
    clinic.fact(FEED, ID, "patient", Body::Patient(Box::new(patient())), Standard::None);
    let reported = clinic.report();
    let bundle = sound(&reported);
    assert_eq!(codes(&bundle), ["01011"]);
    assert_eq!(reported.outcome.built[0].key.kind.name(), "checkup");
    let height = resources(&bundle, "Observation")[0];
    assert_eq!(height["valueQuantity"]["value"].to_string(), "162.3");
    assert_eq!(height["category"][0]["coding"][0]["code"], "body-measurement");
    let composition = &bundle["entry"][0]["resource"];
    assert_eq!(composition["category"][0]["coding"][0]["code"], "10");
    assert_eq!(composition["event"][0]["code"][0]["coding"][0]["code"], "010");
}

#[test]
fn a_full_health_check_holds_every_item_once() {
    let mut clinic = clinic();
    maximal_checkup(&mut clinic);
    let reported = clinic.report();
    let bundle = sound(&reported);
    assert!(reported.ends().iter().all(|end| *end == "reported"), "{:?}", reported.ends);
    assert_eq!(codes(&bundle), ["01011", "01012", "01995"]);
    let observations = resources(&bundle, "Observation");
    let of = |code: &str| *observations.iter().find(|o| o["code"]["coding"][0]["code"] == code).unwrap();
    assert_eq!(of("9N056000000000011")["component"][0]["valueString"], "膀胱炎");
    assert_eq!(of("3D046000001906202")["status"], "cancelled");
    assert_eq!(of("3D046000001906202")["dataAbsentReason"]["text"], "未実施");
    assert_eq!(of("9N011000000000001")["dataAbsentReason"]["text"], "測定不能");
    assert_eq!(of("3F015000002327101")["interpretation"][0]["coding"][0]["code"], "H");
    let group = of("9A110");
    let relations: Vec<&Value> =
        group["hasMember"].as_array().unwrap().iter().map(|m| &m["extension"][0]["valueCode"]).collect();
    assert_eq!(relations, ["COMP", "RSON"]);
    assert_eq!(resources(&bundle, "Coverage").len(), 2);
    assert_eq!(resources(&bundle, "Practitioner").len(), 2, "the author judged one item, another doctor the other");
    let told = narrative(&bundle, "01011");
    assert!(
        told.contains("<td>骨密度</td><td>95 %</td>") && told.contains("<td>具体的な既往歴</td><td>膀胱炎</td>"),
        "{told}"
    );
    assert!(entries(&bundle, "01012").iter().all(|kind| kind == "Observation"));
}

#[test]
fn a_health_check_lacks_what_its_profile_demands() {
    let mut clinic = clinic();
    state(&mut clinic, letter(DocumentKind::Checkup));
    let reported = clinic.report();
    let told: Vec<&str> = reported.outcome.held[0].issues.iter().map(|issue| issue.code()).collect();
    assert_eq!(told, ["CLINS-085", "CLINS-086", "CLINS-087"]);
}

#[test]
fn a_health_check_elsewhere_is_reported_by_whoever_reports_it() {
    let check = |provider: &str, author: &str| {
        let change = |document: &mut Document| {
            document.author = Some(party(author, "作成機関"));
            document.checkup.as_mut().unwrap().provider = Some(party(provider, "実施機関"));
        };
        let mut changed = clinic();
        minimal_checkup_with(&mut changed, change);
        changed.report()
    };
    let bundle = sound(&check("1311234567", "1319999999"));
    assert_eq!(resources(&bundle, "Organization").len(), 3, "who reports, who examined, the insurer");
    let visit = resources(&bundle, "Encounter")[0];
    assert_ne!(visit["serviceProvider"], bundle["entry"][0]["resource"]["custodian"]);
    assert_eq!(resources(&sound(&check("1319999999", "1311234567")), "Organization").len(), 2);
    assert_eq!(check("1311234567", "1311111111").ends(), ["not carried CLINS-070", "not carried CLINS-070"]);
}
