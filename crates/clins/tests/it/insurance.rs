//! Under which insurance a record was done.

use crate::clinic::{Clinic, code, gastritis, result};
use std::sync::Arc;
use tsugite_clinical::body::{Body, Care, Code};

fn care(named: &[Code]) -> Care {
    Care { insurances: named.to_vec(), ..crate::clinic::care() }
}

/// A diagnosis and a result under these insurances.
fn clinic(named: &[Code]) -> Clinic {
    let mut clinic = Clinic::default();
    let (mut diagnosis, standard) = gastritis();
    diagnosis.care = care(named);
    clinic.diagnosis((diagnosis, standard));
    let (mut lab, standard) = result("77", "20261101", "CRP", "0.1");
    lab.care = Arc::new(care(named));
    clinic.lab((lab, standard));
    clinic
}

#[test]
fn care_outside_of_health_insurance_is_not_carried_unless_it_is_set() {
    let insured = code("06", "組合管掌健康保険", "JHSD0001");
    let (own, work, traffic) = (code("98", "自費", ""), code("97", "労災保険", ""), code("96", "自賠責", ""));
    for named in [vec![], vec![insured.clone()], vec![insured, own.clone()]] {
        assert_eq!(clinic(&named).report().ends(), ["reported"; 2], "{named:?}");
    }
    for named in [own, work, traffic] {
        let mut clinic = clinic(std::slice::from_ref(&named));
        let reported = clinic.report();
        assert_eq!(reported.ends(), ["not carried CLINS-014"; 2], "{named:?}");
        // What is not carried cancels nothing.
        assert!(reported.outcome.emptied.is_empty());
        match named.code.as_str() {
            "98" => clinic.policy.care.self_paid = true,
            "97" => clinic.policy.care.work_accident = true,
            _ => clinic.policy.care.traffic_accident = true,
        }
        assert_eq!(clinic.report().ends(), ["reported"; 2], "{named:?}");
    }
}

#[test]
fn the_insurance_of_a_record_is_no_content() {
    let hash = |named: &[Code]| clinic(named).report().outcome.built.iter().map(|u| u.content_hash).collect::<Vec<_>>();
    assert_eq!(hash(&[]), hash(&[code("C0", "国保", "JHSD0001")]));
    let body = Body::Diagnosis(Box::new(gastritis().0));
    assert!(!serde_json::to_string(&body).unwrap().contains("insurances"), "older statements stay as they are");
}
