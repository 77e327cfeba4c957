use crate::clinic::{CORE, Clinic, coding, result, time};
use serde_json::json;
use std::sync::Arc;
use tsugite_clinical::{
    Presence,
    body::{Care, LabReport, LabResult, LabValue, Specimen},
    standard::{LabStandard, Range, SharedCode, Unit, Value},
};
use tsugite_clins::IgVersion;

fn albumin() -> (LabResult, LabStandard) {
    let (mut lab, mut standard) = result("000000000000123", "20261120", "アルブミン", "4.10");
    standard.shared = Some(SharedCode::Core(coding(CORE, "3A015000002327101", "ALB")));
    let unit = Unit { display: "g/dL".into(), ucum: Some("g/dL".into()) };
    standard.values = vec![Value::Quantity { comparator: None, number: "4.10".into(), unit: Some(unit) }];
    standard.range = Some(Range { low: Some("4.1".into()), high: Some("5.1".into()), text: None });
    lab.comments = vec!["溶血なし".into()];
    (lab, standard)
}

fn of(status: &str) -> (LabResult, LabStandard) {
    let (mut lab, standard) = result("1", "20261120", "ALB", "4.1");
    lab.status = status.into();
    (lab, standard)
}

#[test]
fn a_result_is_written_as_the_profile_asks() {
    let mut clinic = Clinic::default();
    let reported = clinic.lab(albumin()).report();
    let observation = reported.resource();
    let number = json!({"value": 4.10, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL"});
    assert_eq!(observation["valueQuantity"].to_string(), number.to_string().replace("4.1,", "4.10,"));
    assert_eq!(observation["referenceRange"][0]["low"]["unit"], "g/dL");
    assert_eq!(observation["referenceRange"][0]["high"]["code"], "g/dL");
    let systems: Vec<_> =
        observation["code"]["coding"].as_array().unwrap().iter().map(|c| c["system"].clone()).collect();
    assert_eq!(systems, [crate::clinic::LOCAL, CORE]);
    assert_eq!(observation["status"], "final");
    assert_eq!(observation["effectiveDateTime"], "2026-11-20T09:00:00.000+09:00");
    assert_eq!(observation["issued"], "2026-11-20T15:30:00.000+09:00");
    assert_eq!(observation["note"], json!([{"text": "溶血なし"}]));
    assert_eq!(observation["performer"], json!([{"reference": "#practitioner"}]));
    assert_eq!(observation["specimen"], json!({"reference": "#specimen"}));
    assert_eq!(observation["contained"][1]["type"]["text"], "血清");
    let number = &observation["contained"][2]["identifier"][0];
    assert_eq!(number["system"], "urn:oid:1.2.392.100495.20.3.41.11319999999");
    assert_eq!(reported.outcome.built[0].key.report, "2026-11-20/000000000000123");
}

#[test]
fn one_report_is_one_unit_and_two_reports_are_two() {
    let mut clinic = Clinic::default();
    clinic.lab(result("1", "20261120", "ALB", "4")).lab(result("1", "20261120", "TP", "7"));
    clinic.lab(result("2", "20261120", "ALB", "4")).lab(result("1", "20261121", "ALB", "4"));
    let reported = clinic.report();
    let units: Vec<_> = reported.outcome.built.iter().map(|unit| (unit.key.report.as_str(), unit.resources)).collect();
    assert_eq!(units, [("2026-11-20/1", 2), ("2026-11-20/2", 1), ("2026-11-21/1", 1)]);
}

#[test]
fn obx_11_decides_what_goes_up() {
    for (status, end) in [
        ("F", "reported"),
        ("C", "reported"),
        ("X", "reported"),
        ("", "reported"),
        ("P", "held CLINS-035"),
        ("D", "retracted"),
        ("W", "retracted"),
        ("O", "not carried CLINS-011"),
        ("I", "not carried CLINS-011"),
        ("S", "not carried CLINS-011"),
        ("?", "held CLINS-036"),
    ] {
        let mut clinic = Clinic::default();
        assert_eq!(clinic.lab(of(status)).report().end("ALB"), end, "{status}");
    }
}

#[test]
fn statuses_become_those_of_fhir() {
    for (status, fhir) in [("C", "corrected"), ("X", "cancelled"), ("F", "final")] {
        let mut clinic = Clinic::default();
        let observation = clinic.lab(of(status)).report().resource();
        assert_eq!(observation["status"], fhir);
    }
    let mut clinic = Clinic::default();
    clinic.policy.lab.preliminary = true;
    assert_eq!(clinic.lab(of("P")).report().resource()["status"], "preliminary");
}

#[test]
fn a_cancelled_result_says_why_and_has_no_value() {
    let mut clinic = Clinic::default();
    let (mut lab, standard) = of("X");
    lab.value = LabValue::Text("検体凝固".into());
    let observation = clinic.lab((lab, standard)).report().resource();
    assert_eq!(observation.get("valueString"), None);
    assert_eq!(observation["dataAbsentReason"]["text"], "検体凝固");
}

#[test]
fn a_preliminary_result_waits_and_the_rest_of_the_report_goes() {
    let mut clinic = Clinic::default();
    let (mut waiting, standard) = result("1", "20261120", "CRP", "0.1");
    waiting.status = "P".into();
    clinic.lab(result("1", "20261120", "ALB", "4")).lab((waiting, standard));
    let reported = clinic.report();
    assert_eq!((reported.end("ALB"), reported.end("CRP")), ("reported", "held CLINS-035"));
    assert_eq!(reported.said(), ["CLINS-035"]);
}

#[test]
fn a_report_with_a_doubtful_result_is_never_sent_in_part() {
    let mut clinic = Clinic::default();
    let (lab, mut standard) = result("1", "20261120", "CRP", "0.1");
    standard.local = None;
    clinic.lab(result("1", "20261120", "ALB", "4")).lab((lab, standard)).lab(result("2", "20261120", "TP", "7"));
    let reported = clinic.report();
    assert_eq!(reported.held(), ["CLINS-037"]);
    assert_eq!((reported.end("ALB"), reported.end("CRP")), ("held CLINS-030", "held CLINS-037"));
    assert_eq!(reported.end("TP"), "reported");
}

#[test]
fn the_effective_time_comes_by_its_chain() {
    let base = || {
        let (mut lab, standard) = result("1", "20261120", "ALB", "4");
        lab.ordered_for = None;
        (lab, standard)
    };
    let (mut by_specimen, standard) = base();
    by_specimen.specimen = Some(Arc::new(Specimen { collected: time("202611200830"), ..Specimen::default() }));
    by_specimen.observed = time("202611201000");
    let (mut by_observation, _) = base();
    by_observation.observed = time("202611201000");
    let (by_day, _) = base();
    for (lab, at, step) in [
        (by_specimen, "2026-11-20T08:30:00.000+09:00", None),
        (by_observation, "2026-11-20T10:00:00.000+09:00", Some("OBX-14")),
        (by_day, "2026-11-20", Some("care day")),
    ] {
        let mut clinic = Clinic::default();
        let reported = clinic.lab((lab, standard.clone())).report();
        assert_eq!(reported.resource()["effectiveDateTime"], at);
        assert_eq!(reported.outcome.defaulted.first().map(|step| step.value_from), step);
        assert_eq!(reported.said().contains(&"CLINS-056"), step == Some("care day"));
    }
    let (mut undated, standard) = base();
    undated.report = Arc::new(LabReport { order_number: "1".into(), care_day: None });
    let mut clinic = Clinic::default();
    assert_eq!(clinic.lab((undated, standard)).report().held(), ["CLINS-038"]);
}

#[test]
fn issued_needs_a_time() {
    let mut clinic = Clinic::default();
    let (mut lab, standard) = result("1", "20261120", "ALB", "4");
    lab.reported = time("20261120");
    assert_eq!(clinic.lab((lab, standard)).report().resource().get("issued"), None);
}

#[test]
fn a_range_has_the_unit_of_the_value_or_is_a_text() {
    let mut clinic = Clinic::default();
    let (lab, mut standard) = albumin();
    standard.values = vec![Value::Text("測定範囲外".into())];
    let observation = clinic.lab((lab, standard)).report().resource();
    assert_eq!(observation["valueString"], "測定範囲外");
    assert_eq!(observation["referenceRange"], json!([{"text": "4.1-5.1"}]));
}

#[test]
fn a_number_that_json_does_not_know_is_a_text() {
    let mut clinic = Clinic::default();
    let (lab, mut standard) = albumin();
    standard.values = vec![Value::Quantity { comparator: Some("<"), number: "1e5".into(), unit: None }];
    let observation = clinic.lab((lab, standard)).report().resource();
    assert_eq!(observation["valueString"], "<1e5");
}

#[test]
fn a_missing_value_says_why() {
    let mut clinic = Clinic::default();
    let (lab, mut standard) = albumin();
    standard.values = vec![Value::Absent { reason: "not-performed", text: "検体不足".into() }];
    let observation = clinic.lab((lab, standard)).report().resource();
    let reason = &observation["dataAbsentReason"];
    assert_eq!((&reason["coding"][0]["code"], &reason["text"]), (&json!("not-performed"), &json!("検体不足")));
}

#[test]
fn a_composite_value_is_what_its_code_asks_for_else_as_written() {
    let number = || Value::Quantity { comparator: None, number: "300".into(), unit: None };
    let quality = |codings| Value::Coded { codings, text: "3+".into() };
    let urine = coding("http://jpfhir.jp/fhir/LaboResult/CodeSystem/JP_Urine_Code_CS", "5", "３＋");
    let mut clinic = Clinic::default();
    let (mut lab, mut standard) = albumin();
    lab.comments.clear();
    lab.value = LabValue::Text("3+(300)".into());
    standard.values = vec![quality(vec![urine]), number()];
    let reported = clinic.lab((lab.clone(), standard.clone())).report();
    let observation = reported.resource();
    assert_eq!(observation["valueCodeableConcept"]["coding"][0]["code"], "5");
    assert_eq!(observation["note"], json!([{"text": "記載された結果: 3+(300)"}]));
    assert_eq!(reported.said(), ["CLINS-059"]);

    standard.values = vec![quality(vec![]), number()];
    let mut clinic = Clinic::default();
    assert_eq!(clinic.lab((lab, standard)).report().resource()["valueString"], "3+(300)");
}

#[test]
fn a_doctor_is_needed_and_a_name_suffices() {
    let mut clinic = Clinic::default();
    let (mut lab, standard) = albumin();
    lab.care = Arc::new(Care { practitioner: None, ..crate::clinic::care() });
    clinic.lab((lab, standard));
    assert_eq!(clinic.report().held(), ["CLINS-042"]);
    clinic.policy.defaults.practitioner = Some("見本 院長".into());
    let reported = clinic.report();
    let practitioner = reported.resource()["contained"][2].clone();
    assert_eq!(practitioner["name"][0]["text"], "見本 院長");
    assert_eq!(practitioner.get("identifier"), None);
    let steps: Vec<&str> = reported.outcome.defaulted.iter().map(|step| step.value_from).collect();
    assert_eq!(steps, ["OBR-7", "defaults.practitioner"]);
}

#[test]
fn results_collected_before_the_start_are_not_carried() {
    let mut clinic = Clinic::default();
    clinic.since = Some("20261120");
    clinic.lab(result("1", "20261119", "ALB", "4")).lab(result("2", "20261120", "TP", "7"));
    let reported = clinic.report();
    assert_eq!((reported.end("ALB"), reported.end("TP")), ("not carried CLINS-008", "reported"));
    assert!(reported.outcome.emptied.is_empty());
}

#[test]
fn a_report_whose_every_result_was_withdrawn_is_emptied() {
    let mut clinic = Clinic::default();
    clinic.lab(result("1", "20261120", "ALB", "4")).last(|fact| fact.presence = Presence::Deleted);
    clinic.lab(of("D"));
    let reported = clinic.report();
    assert_eq!(reported.ends(), ["retracted", "retracted"]);
    assert_eq!(reported.outcome.emptied[0].report, "2026-11-20/1");
    clinic.lab(result("1", "20261120", "TP", "7")).last(|fact| fact.presence = Presence::Superseded);
    assert_eq!(clinic.report().outcome.emptied.len(), 1);
    let mut history = Clinic::default();
    history.lab(result("1", "20261120", "TP", "7")).last(|fact| fact.presence = Presence::Superseded);
    assert!(history.report().outcome.emptied.is_empty());
}

#[test]
fn the_category_is_that_of_the_guide_in_force() {
    for (ig, system) in [
        (IgVersion::V1_10, "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS"),
        (IgVersion::V1_12, "http://terminology.hl7.org/CodeSystem/observation-category"),
    ] {
        let mut clinic = Clinic::default();
        clinic.ig = ig;
        let observation = clinic.lab(albumin()).report().resource();
        assert_eq!(observation["category"][0]["coding"][0]["system"], system);
    }
}

#[test]
fn prescriptions_and_vital_signs_are_not_carried() {
    use tsugite_clinical::{
        body::{Body, Vital},
        standard::Standard,
    };
    let mut clinic = Clinic::default();
    clinic.fact("OMP-01", "1", "drug", Body::Prescription(Box::default()), Standard::None);
    let height = Vital { item: Default::default(), value: LabValue::Absent, unit: None };
    clinic.fact("ADT-00", "", "height", Body::Vital(Box::new(height)), Standard::None);
    let reported = clinic.report();
    assert_eq!((reported.end("drug"), reported.end("height")), ("not carried CLINS-012", "not carried CLINS-013"));
}

/// A file whose birth date is another's stands under this patient's id.
#[test]
fn an_input_about_another_person_is_held_itself() {
    let mut clinic = Clinic::default();
    clinic.lab(result("1", "20261120", "ALB", "4")).allergy(crate::clinic::food("ソバ"));
    clinic.allergy(crate::clinic::food("エビ")).of_another_person();
    clinic.lab(result("1", "20261120", "TP", "7")).of_another_person();
    let reported = clinic.report();
    assert_eq!((reported.end("ALB"), reported.end("ソバ")), ("reported", "reported"));
    assert_eq!((reported.end("TP"), reported.end("エビ")), ("held CLINICAL-002", "held CLINICAL-002"));
    assert!(reported.held().is_empty());
    assert_eq!(reported.said(), ["CLINICAL-002", "CLINICAL-002"]);
}
