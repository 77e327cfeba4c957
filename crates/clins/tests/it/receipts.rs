//! Diagnoses of receipts: problems over months, review, and what other sources know better.

use crate::clinic::{Clinic, Reported, disease, ended, insurance, name, patient, time};
use tsugite_clinical::{
    Key,
    body::{Body, Concept, Diagnosis, Patient, Representation},
    policy::{Baselines, Missing, UkeDiagnoses, UkeUnlisted},
    standard::{ClinicalStatus, DiagnosisStandard, Modifier, Standard},
};

/// The end of a month, billed so many months later.
fn at(month: u64, later: u64) -> u64 {
    (20_260_028 + month * 100) * 1_000_000_000 + later
}

fn part(month: u64) -> String {
    format!("1319999999/2026-{month:02}")
}

/// A clinic of which only receipts are known.
fn clinic() -> Clinic {
    let mut clinic = Clinic::default();
    clinic.baselines = Baselines::default();
    clinic
}

trait Receipts {
    fn month(&mut self, month: u64, later: u64) -> &mut Self;
    fn listed(&mut self, item: &str, month: u64, said: (Diagnosis, DiagnosisStandard)) -> &mut Self;
}

impl Receipts for Clinic {
    /// The receipts of a month are a whole list.
    fn month(&mut self, month: u64, later: u64) -> &mut Self {
        self.whole_list_of("UKE", &part(month), at(month, later))
    }

    fn listed(&mut self, item: &str, month: u64, said: (Diagnosis, DiagnosisStandard)) -> &mut Self {
        let (body, standard) = (Body::Diagnosis(Box::new(said.0)), Standard::Diagnosis(Box::new(said.1)));
        self.fact("UKE", &part(month), item, body, standard).last(|fact| fact.version.time = at(month, 1))
    }
}

/// As a receipt says it: no onset, but 診療開始日.
fn gastritis() -> (Diagnosis, DiagnosisStandard) {
    billed("20054174", "胃炎")
}

fn billed(number: &str, text: &str) -> (Diagnosis, DiagnosisStandard) {
    let (mut diagnosis, standard) = disease(number, text, "20260410");
    (diagnosis.established, diagnosis.onset, diagnosis.recorded) = (diagnosis.onset, None, None);
    diagnosis.care.practitioner = None;
    (diagnosis, standard)
}

fn cured(month: &str) -> (Diagnosis, DiagnosisStandard) {
    let (mut diagnosis, mut standard) = gastritis();
    diagnosis.ended = time(month);
    standard.outcome = ended(ClinicalStatus::Resolved, None);
    (diagnosis, standard)
}

fn status(reported: &Reported, text: &str) -> String {
    let resources = reported.resources();
    let condition = resources.iter().find(|condition| condition["code"]["text"] == text).unwrap();
    condition["clinicalStatus"]["coding"][0]["code"].as_str().unwrap().to_owned()
}

#[test]
fn the_newest_month_speaks_for_a_problem() {
    let mut clinic = clinic();
    clinic.month(4, 1).listed("04", 4, gastritis()).month(5, 1).listed("05", 5, cured("202605"));
    let reported = clinic.report();
    assert_eq!((reported.end("04"), reported.end("05")), ("superseded", "reported"));
    let condition = reported.resource();
    assert_eq!(condition["clinicalStatus"]["coding"][0]["code"], "resolved");
    assert_eq!(condition["abatementDateTime"], "2026-05");
    assert_eq!(condition["onsetDateTime"], "2026-04-10");
    assert_eq!(reported.outcome.defaulted[0].value_from, "SY-2");
}

#[test]
fn a_month_says_the_same_again_without_a_change_of_content() {
    let mut first = clinic();
    first.month(4, 1).listed("04", 4, gastritis());
    let mut both = clinic();
    both.month(4, 1).listed("04", 4, gastritis()).month(5, 1).listed("05", 5, gastritis());
    let hash = |clinic: &Clinic| clinic.report().outcome.built[0].content_hash;
    assert_eq!(hash(&first), hash(&both));
}

#[test]
fn a_problem_that_began_another_day_is_another() {
    let mut clinic = clinic();
    let (mut again, standard) = gastritis();
    again.established = time("20260501");
    clinic.month(4, 1).listed("04", 4, cured("202604")).month(5, 1).listed("05", 5, (again, standard));
    assert_eq!(clinic.report().resources().len(), 2);
}

#[test]
fn a_month_without_a_receipt_says_nothing() {
    let mut clinic = clinic();
    clinic.month(4, 1).listed("04", 4, gastritis());
    let reported = clinic.report();
    assert_eq!((reported.end("04"), status(&reported, "胃炎").as_str()), ("reported", "active"));
    assert!(!reported.said().contains(&"CLINS-061"));
}

#[test]
fn what_newer_receipts_no_longer_list_is_told_and_ends_only_where_the_site_says_so() {
    let mut clinic = clinic();
    clinic.month(4, 1).listed("04", 4, gastritis());
    clinic.month(6, 1).listed("06", 6, billed("20052424", "糖尿病"));
    let reported = clinic.report();
    assert_eq!((status(&reported, "胃炎").as_str(), status(&reported, "糖尿病").as_str()), ("active", "active"));
    assert_eq!(reported.said().iter().filter(|code| **code == "CLINS-061").count(), 1);
    let told = reported.outcome.built[0].content_hash;

    clinic.policy.condition.uke_unlisted = UkeUnlisted::End;
    let reported = clinic.report();
    assert_eq!((status(&reported, "胃炎").as_str(), status(&reported, "糖尿病").as_str()), ("resolved", "active"));
    let resources = reported.resources();
    let lapsed = resources.iter().find(|condition| condition["code"]["text"] == "胃炎").unwrap();
    assert!(lapsed["note"][0]["text"].as_str().unwrap().contains("2026-04"));
    assert!(lapsed["_abatementDateTime"]["extension"][0]["valueCode"] == "unknown", "nobody says on which day");
    assert!(!reported.said().contains(&"CLINS-061"));
    assert_ne!(reported.outcome.built[0].content_hash, told);
}

#[test]
fn a_resubmission_takes_back_what_it_omits_of_its_month_only() {
    let mut clinic = clinic();
    clinic.month(4, 1).listed("04", 4, gastritis()).listed("04 too", 4, billed("20052424", "糖尿病"));
    clinic.month(5, 1).listed("05", 5, gastritis());
    clinic.month(5, 4);
    let reported = clinic.report();
    assert_eq!((reported.end("04"), reported.end("05"), reported.end("04 too")), ("reported", "retracted", "reported"));
    assert_eq!(status(&reported, "胃炎"), "active");
}

#[test]
fn two_receipts_of_a_month_that_disagree_on_the_outcome_are_held() {
    let mut clinic = clinic();
    clinic.month(4, 1).listed("one", 4, gastritis()).listed("other", 4, cured("202604"));
    clinic.listed("third", 4, billed("20052424", "糖尿病"));
    let reported = clinic.report();
    assert_eq!((reported.end("one"), reported.end("other")), ("held CLINICAL-001", "held CLINICAL-001"));
    assert_eq!(reported.end("third"), "reported");
    let mut agreeing = self::clinic();
    agreeing.month(4, 1).listed("one", 4, gastritis()).listed("other", 4, gastritis());
    assert_eq!(agreeing.report().resources().len(), 1);
}

#[test]
fn diagnoses_of_receipts_wait_for_a_person_or_go_or_do_not() {
    let mut clinic = clinic();
    clinic.month(4, 1).listed("04", 4, gastritis());
    assert!(clinic.report().outcome.built[0].review, "the default");
    clinic.policy.condition.uke = UkeDiagnoses::Send;
    assert!(!clinic.report().outcome.built[0].review);
    clinic.policy.condition.uke = UkeDiagnoses::Never;
    let reported = clinic.report();
    assert_eq!(reported.end("04"), "not carried CLINS-060");
    assert!(reported.outcome.built.is_empty() && reported.held().is_empty());
    assert!(reported.outcome.emptied.is_empty(), "a setting cancels nothing");
}

#[test]
fn receipts_never_overrule_a_better_list() {
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis());
    clinic.month(9, 1).listed("same", 9, gastritis()).listed("more", 9, billed("20052424", "糖尿病"));
    let reported = clinic.report();
    assert_eq!((reported.end("same"), reported.end("more")), ("superseded", "not carried CLINS-006"));
    assert!(reported.said().contains(&"CLINS-054"));
    assert!(!reported.outcome.built[0].review, "what is sent is of the other list");
}

#[test]
fn what_the_name_says_is_suspected_is_not_carried() {
    let mut clinic = clinic();
    clinic.month(4, 1).listed("04", 4, billed("20054174", "胃炎の疑い"));
    assert!(clinic.report().end("04").starts_with("not carried"));
}

#[test]
fn a_code_that_nobody_can_name_is_held() {
    let unknown = |code: &str, system: &str| Concept { codes: vec![crate::clinic::code(code, "", system)], text: None };
    let (mut diagnosis, mut standard) = gastritis();
    diagnosis.disease = unknown("4871015", "MASTERB");
    (standard.text, standard.uncoded) = ("4871015".into(), true);
    let mut clinic = clinic();
    clinic.month(4, 1).listed("disease", 4, (diagnosis, standard));
    let (mut diagnosis, mut standard) = billed("20052424", "糖尿病8070");
    diagnosis.suffixes = vec![unknown("8070", "MASTERZ")];
    standard.suffixes = vec![Modifier { codings: vec![], text: "8070".into() }];
    clinic.listed("modifier", 4, (diagnosis, standard)).listed("named", 4, gastritis());
    let reported = clinic.report();
    assert_eq!((reported.end("disease"), reported.end("modifier")), ("held CLINS-062", "held CLINS-062"));
    assert_eq!(reported.end("named"), "reported");
}

#[test]
fn a_patient_is_put_together_from_all_who_know_of_them() {
    let of_receipt = Patient {
        names: vec![name(Representation::Syllabic, "カクウ", "タロウ")],
        address: None,
        insurances: vec![insurance("01139999", "99", "7", Some("02"))],
        ..patient()
    };
    let of_list = Patient { insurances: vec![], ..patient() };
    let mut clinic = Clinic::of(of_list);
    let part = "1319999999/patient O/01139999";
    clinic.fact("UKE", part, Key::DOCUMENT_HEAD, Body::Patient(Box::new(of_receipt)), Standard::None);
    clinic.last(|fact| fact.version.time = at(11, 1));
    clinic.baselines = Baselines::default();
    clinic.month(4, 1).listed("04", 4, gastritis());
    let reported = clinic.report();
    let bundle = reported.bundle();
    let person = &bundle["entry"][0]["resource"];
    assert_eq!(person["name"][0]["family"], "架空", "kanji, where one has them");
    assert!(person["address"][0]["text"].as_str().unwrap().contains("架空町"));
    assert_eq!(reported.outcome.built[0].insured_id, "01139999:99:7:02");

    let mut alone = Clinic::of(Patient { address: None, ..patient() });
    alone.baselines = Baselines::default();
    alone.month(4, 1).listed("04", 4, gastritis());
    assert_eq!(alone.report().outcome.built.len(), 0, "no address by itself");
    alone.policy.patient.address_missing = Missing::DataAbsent;
    assert_eq!(alone.report().outcome.built.len(), 1);
}
