//! `snapshot.deleted = "ended"`: what its source deleted is shown as ended.

use crate::clinic::{Clinic, Reported, disease, food, gastritis};
use serde_json::{Value, json};
use tsugite_clinical::{Presence, policy::DeletedEntries};

fn clinic() -> Clinic {
    let mut clinic = Clinic::default();
    clinic.policy.snapshot.deleted = DeletedEntries::Ended;
    clinic
}

/// The only resource's status, its note, and whether its end is given.
fn shown(reported: &Reported) -> (Value, Value, Value) {
    let resource = reported.resource();
    let status = resource["clinicalStatus"]["coding"][0]["code"].clone();
    (status, resource["note"][0]["text"].clone(), resource["_abatementDateTime"]["extension"][0]["valueCode"].clone())
}

#[test]
fn a_deleted_diagnosis_is_shown_as_ended_where_that_is_set() {
    let mut clinic = clinic();
    let active = clinic.diagnosis(gastritis()).report();
    clinic.last(|fact| fact.presence = Presence::Deleted);
    let reported = clinic.report();
    assert_eq!(shown(&reported), (json!("resolved"), json!("電子カルテで削除された記録"), json!("unknown")));
    assert!(reported.outcome.emptied.is_empty());
    assert_eq!(reported.end("胃炎"), "reported");
    assert!(reported.said().is_empty(), "{:?}", reported.said());
    assert_ne!(active.outcome.built[0].content_hash, reported.outcome.built[0].content_hash);

    clinic.policy.snapshot.deleted = DeletedEntries::Drop;
    let dropped = clinic.report();
    assert_eq!((dropped.outcome.built.len(), dropped.outcome.emptied.len()), (0, 1));
    assert_eq!(dropped.end("胃炎"), "retracted");
}

#[test]
fn what_a_newer_list_omits_is_shown_as_ended() {
    let mut clinic = clinic();
    clinic.diagnosis(gastritis()).diagnosis(disease("20061566", "高血圧症", "20200101"));
    clinic.last(|fact| fact.version.time = 20_261_101_000_000_000).whole_list("PPR-01", 20_261_101_000_000_000);
    let status = |reported: &Reported| {
        let of = |r: &Value| (r["code"]["text"].to_string(), r["clinicalStatus"]["coding"][0]["code"].to_string());
        reported.resources().iter().map(of).collect::<Vec<_>>()
    };
    let expected = [("\"胃炎\"", "\"resolved\""), ("\"高血圧症\"", "\"active\"")];
    assert_eq!(status(&clinic.report()), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    // Five years after it was left out it leaves the list, and that is no difference of content.
    let before = clinic.report().outcome.built[0].content_hash;
    clinic.as_of = "20311101";
    assert_eq!(clinic.report().resources().len(), 2);
    clinic.as_of = "20311102";
    let later = clinic.report();
    assert_eq!(later.resources().len(), 1);
    assert_eq!(later.outcome.built[0].content_hash, before);
}

#[test]
fn what_is_entered_again_is_shown_once_and_what_left_the_window_cancels_nothing() {
    let mut clinic = clinic();
    clinic.diagnosis(gastritis()).last(|fact| fact.presence = Presence::Deleted);
    clinic.diagnosis(gastritis());
    let reported = clinic.report();
    assert_eq!(reported.resource()["clinicalStatus"]["coding"][0]["code"], "active");

    let mut clinic = self::clinic();
    clinic.diagnosis(gastritis()).last(|fact| fact.presence = Presence::Deleted);
    clinic.as_of = "20360101";
    let reported = clinic.report();
    assert!(reported.outcome.built.is_empty() && reported.outcome.emptied.is_empty());
}

#[test]
fn a_deleted_allergy_is_shown_as_no_longer_active_where_that_is_set() {
    let mut clinic = clinic();
    clinic.allergy(food("卵")).last(|fact| fact.presence = Presence::Deleted);
    let reported = clinic.report();
    assert_eq!(shown(&reported).0, "inactive");
    assert_eq!(shown(&reported).1, "電子カルテで削除された記録");
}
