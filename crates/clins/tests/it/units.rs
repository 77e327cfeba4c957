//! What names a Unit and tells one content from another.

use crate::clinic::{Clinic, Reported, disease, ended, gastritis, insurance, patient, result, time};
use tsugite_clinical::{
    body::{Address, Diagnosis, Patient, Telecom},
    policy::{DiagnosisDecision, DiagnosisRule},
    standard::{ClinicalStatus, DiagnosisStandard},
};
use tsugite_clins::{BuiltUnit, IgVersion, Issued, UnitKey, UnitKind};

fn unit(reported: &Reported) -> &BuiltUnit {
    assert_eq!(reported.outcome.built.len(), 1, "{:?}", reported.outcome.held);
    &reported.outcome.built[0]
}

#[test]
fn only_what_the_source_said_and_decisions_change_the_content() {
    let base = unit(&Clinic::default().diagnosis(gastritis()).report()).clone();
    let with = |change: fn(&mut Diagnosis, &mut DiagnosisStandard)| {
        let (mut diagnosis, mut standard) = gastritis();
        change(&mut diagnosis, &mut standard);
        unit(&Clinic::default().diagnosis((diagnosis, standard)).report()).content_hash
    };
    for change in [
        (|d: &mut Diagnosis, _: &mut _| d.onset = time("20240302")) as fn(&mut Diagnosis, &mut DiagnosisStandard),
        |d, _| d.main = true,
        |d, _| d.disease.codes[0].display = "慢性胃炎".into(),
        |d, _| d.care.practitioner = None,
        |d, _| d.outcome = Some(crate::clinic::code("N", "", "")),
    ] {
        assert_ne!(with(change), base.content_hash);
    }
    for change in [
        (|_: &mut Diagnosis, s: &mut DiagnosisStandard| s.text = "another map".into())
            as fn(&mut Diagnosis, &mut DiagnosisStandard),
        |_, s| s.uncoded = true,
        |d, _| d.problem_id = Some("renumbered".into()),
    ] {
        assert_eq!(with(change), base.content_hash);
    }
}

#[test]
fn clock_guide_version_and_telephone_change_no_hash() {
    let base = unit(&Clinic::default().diagnosis(gastritis()).report()).clone();
    let mut other = Clinic::of(Patient {
        telecoms: vec![Telecom { number: "099-000-0000".into(), work: true }],
        address: Some(Address { text: "大阪府大阪市架空区1".into(), postal_code: None }),
        ..patient()
    });
    other.as_of = "20261123";
    other.ig = IgVersion::V1_12;
    let later = other.diagnosis(gastritis()).report();
    let later = unit(&later);
    assert_eq!((later.content_hash, later.identity_hash), (base.content_hash, base.identity_hash));
    assert_ne!(later.bytes, base.bytes);
}

#[test]
fn insured_id_and_name_change_the_identity_only() {
    let base = unit(&Clinic::default().diagnosis(gastritis()).report()).clone();
    let changes: [fn(&mut Patient); 3] = [
        |p| p.insurances = vec![insurance("06139999", "12", "999", Some("01"))],
        |p| p.names[0].family = "見本".into(),
        |p| p.sex = None,
    ];
    for change in changes {
        let mut someone = patient();
        change(&mut someone);
        let reported = Clinic::of(someone).diagnosis(gastritis()).report();
        assert_eq!(unit(&reported).content_hash, base.content_hash);
        assert_ne!(unit(&reported).identity_hash, base.identity_hash);
    }
}

#[test]
fn leaving_the_window_is_no_difference_of_content() {
    let list = |as_of| {
        let mut clinic = Clinic::default();
        clinic.as_of = as_of;
        let (mut old, mut standard) = disease("20061566", "肺炎", "2010");
        old.ended = time("20211122");
        standard.outcome = ended(ClinicalStatus::Resolved, None);
        clinic.diagnosis(gastritis()).diagnosis((old, standard));
        unit(&clinic.report()).clone()
    };
    let (today, tomorrow) = (list("20261122"), list("20261123"));
    assert_eq!((today.resources, tomorrow.resources), (2, 1));
    assert_eq!(today.content_hash, tomorrow.content_hash);
}

#[test]
fn a_decision_or_a_release_is_a_difference_of_content() {
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis());
    let plain = unit(&clinic.report()).content_hash;
    clinic.overlay.diagnoses = vec![DiagnosisRule {
        patient: None,
        code: None,
        text: Some("胃炎".into()),
        decision: DiagnosisDecision::Undelivered,
    }];
    assert_ne!(unit(&clinic.report()).content_hash, plain);

    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis()).diagnosis(disease("20061566", "肺炎", "20261125"));
    let held = unit(&clinic.report()).clone();
    clinic.as_of = "20261125";
    let released = unit(&clinic.report()).clone();
    assert_eq!((held.resources, released.resources), (1, 2));
    assert_ne!(held.content_hash, released.content_hash);
}

#[test]
fn the_place_of_a_line_and_its_time_are_no_content() {
    let report = |time: u64| {
        let mut clinic = Clinic::default();
        clinic.lab(result("1", "20261120", "ALB", "4")).last(|fact| fact.version.time = time);
        unit(&clinic.report()).content_hash
    };
    assert_eq!(report(20_261_120_000_000_000), report(20_261_121_000_000_000));
}

struct Ledger;

impl Issued for Ledger {
    fn generation(&self, kind: UnitKind, institution: &str, patient: &str, report: &str) -> u32 {
        assert_eq!((kind, institution, patient, report), (UnitKind::Condition, "1319999999", "storage/0000000001", ""));
        2
    }

    fn year(&self, key: &UnitKey) -> Option<i16> {
        (key.generation == 2).then_some(2024)
    }
}

#[test]
fn a_unit_keeps_the_year_of_its_first_issue_and_counts_its_cancels() {
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis());
    let (fresh, known) = (clinic.report(), clinic.report_with(&Ledger));
    let (fresh, known) = (unit(&fresh), unit(&known));
    assert!(fresh.bundle_id.starts_with("1319999999^2026^"));
    assert!(known.bundle_id.starts_with("1319999999^2024^"));
    assert_ne!(fresh.key.local_id(), known.key.local_id());
}

#[test]
fn equal_content_has_equal_urls_and_resource_ids_do_not_change_with_it() {
    let report = |value: &str, as_of| {
        let mut clinic = Clinic::default();
        clinic.as_of = as_of;
        clinic.lab(result("1", "20261120", "ALB", value));
        clinic.report().bundle()
    };
    let url = |bundle: &serde_json::Value| bundle["entry"][1]["fullUrl"].clone();
    let id = |bundle: &serde_json::Value| bundle["entry"][1]["resource"]["identifier"][0]["value"].clone();
    let (base, later, changed) = (report("4", "20261122"), report("4", "20261123"), report("5", "20261122"));
    assert_eq!(url(&base), url(&later));
    assert_ne!(url(&base), url(&changed));
    assert_eq!(id(&base), id(&changed));
}
