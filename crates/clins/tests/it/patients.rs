use crate::clinic::{Clinic, date, disease, food, gastritis, insurance, name, patient, result};
use serde_json::json;
use tsugite_clinical::{
    body::{Patient, Representation, Sex, Telecom},
    policy::{Missing, PatientDecision, PatientRule},
};
use tsugite_clins::IgVersion;

/// A change of the master data, and the rule that holds everything then.
type Case = (fn(&mut Patient), &'static str);

#[test]
fn a_patient_who_lacks_what_is_required_is_held_with_everything() {
    let cases: [Case; 8] = [
        (|p| p.birth_date = None, "CLINS-021"),
        (|p| p.names.clear(), "CLINS-022"),
        (|p| p.names = vec![name(Representation::Alphabetic, "KAKU", "TARO")], "CLINS-022"),
        (|p| p.names[0].given.clear(), "CLINS-023"),
        (|p| p.address = None, "CLINS-024"),
        (|p| p.address.as_mut().unwrap().text = " ".into(), "CLINS-024"),
        (|p| p.insurances.clear(), "CLINICAL-010"),
        (|p| p.insurances = vec![insurance("12131234", "", "1234567", None)], "CLINICAL-012"),
    ];
    for (change, rule) in cases {
        let mut someone = patient();
        change(&mut someone);
        let mut clinic = Clinic::of(someone);
        let reported =
            clinic.diagnosis(gastritis()).allergy(food("ソバ")).lab(result("1", "20261120", "ALB", "4.1")).report();
        assert!(reported.outcome.built.is_empty(), "{rule}");
        assert_eq!(reported.held(), [rule; 3]);
        assert_eq!(reported.ends(), [format!("held {rule}"), format!("held {rule}"), format!("held {rule}")]);
        assert_eq!(reported.outcome.patient_held.map(|rule| rule.code), Some(rule));
    }
    let unknown = Clinic::without_patient().lab(result("1", "20261120", "ALB", "4.1")).report();
    assert_eq!(unknown.held(), ["CLINS-020"]);
}

#[test]
fn what_is_missing_may_be_said_to_be_absent() {
    let mut someone = patient();
    someone.address = None;
    someone.names = vec![name(Representation::Ideographic, "架空七子", "")];
    someone.sex = None;
    let mut clinic = Clinic::of(someone);
    clinic.policy.patient.address_missing = Missing::DataAbsent;
    clinic.policy.patient.name_unsplit = Missing::DataAbsent;
    let reported = clinic.diagnosis(gastritis()).report();
    let unknown =
        json!([{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]);
    let patient = &reported.bundle()["entry"][0]["resource"];
    assert_eq!(patient["name"][0]["family"], "架空七子");
    assert_eq!(patient["name"][0]["_given"], json!([{"extension": unknown}]));
    assert_eq!(patient["address"], json!([{"_text": {"extension": unknown}}]));
    assert_eq!(patient["gender"], "unknown");
    let elements: Vec<&str> = reported.outcome.defaulted.iter().map(|step| step.element).collect();
    assert_eq!(elements, ["Patient.name.given", "Patient.address", "Patient.gender"]);
}

#[test]
fn a_kana_name_in_one_piece_is_left_out_with_an_issue() {
    let mut someone = patient();
    someone.names[1] = name(Representation::Syllabic, "カクウタロウ", "");
    let reported = Clinic::of(someone).diagnosis(gastritis()).report();
    let patient = &reported.bundle()["entry"][0]["resource"];
    assert_eq!(patient["name"].as_array().unwrap().len(), 1);
    assert_eq!(reported.said(), ["CLINS-057"]);
}

#[test]
fn the_patient_is_written_as_the_profile_asks() {
    let mut someone = patient();
    someone.names[0] = name(Representation::Ideographic, "架空\u{3000}", "太郎");
    someone.telecoms = vec![Telecom { number: "099-999-0000".into(), work: false }];
    someone.sex = Some(Sex::Female);
    let bundle = Clinic::of(someone).diagnosis(gastritis()).report().bundle();
    let representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
    let expected = json!({
        "resourceType": "Patient",
        "meta": {
            "lastUpdated": "2026-10-01T09:00:00.000+09:00",
            "profile": ["http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Patient_eCS"]
        },
        "extension": [{
            "url": "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber",
            "valueIdentifier": {
                "system": "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no",
                "value": "1319999999"
            }
        }],
        "identifier": [
            {"system": "urn:oid:1.2.392.100495.20.3.51.11319999999", "value": "0000000001"},
            {"system": "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID", "value": "06139999:12:345:01"}
        ],
        "name": [
            {"extension": [{"url": representation, "valueCode": "IDE"}], "text": "架空 太郎", "family": "架空", "given": ["太郎"]},
            {"extension": [{"url": representation, "valueCode": "SYL"}], "text": "カクウ タロウ", "family": "カクウ", "given": ["タロウ"]}
        ],
        "telecom": [{"system": "phone", "value": "099-999-0000", "use": "home"}],
        "gender": "female",
        "birthDate": "1960-04-01",
        "address": [{"text": "東京都千代田区架空町1-2-3", "city": "千代田区", "state": "東京都", "postalCode": "100-0000"}]
    });
    assert_eq!(bundle["entry"][0]["resource"], expected);
}

#[test]
fn the_insured_id_is_that_of_the_care_day() {
    let mut someone = patient();
    let mut old = insurance("06139999", "1", "old", Some("01"));
    old.valid_to = date("20260331");
    let mut new = insurance("138057", "2", "new", Some("01"));
    new.valid_from = date("20260401");
    someone.insurances = vec![new, old];
    let mut clinic = Clinic::of(someone);
    let reported = clinic.diagnosis(gastritis()).lab(result("1", "20260301", "ALB", "4.1")).report();
    let ids: Vec<&str> = reported.outcome.built.iter().map(|unit| unit.insured_id.as_str()).collect();
    assert_eq!(ids, ["00138057:2:new:01", "06139999:1:old:01"]);
}

#[test]
fn welfare_ids_go_under_a_guide_that_has_them() {
    let mut someone = patient();
    someone.insurances = vec![insurance("12131234", "", "1234567", None)];
    let mut clinic = Clinic::of(someone);
    clinic.ig = IgVersion::V1_11;
    let bundle = clinic.diagnosis(gastritis()).report().bundle();
    let identifier = &bundle["entry"][0]["resource"]["identifier"][1];
    assert_eq!(identifier["system"], "http://jpfhir.jp/fhir/clins/Idsystem/JP_PublicPayer_memberID");
    assert_eq!(identifier["value"], "12131234::1234567:");
}

#[test]
fn an_excluded_or_test_patient_is_never_sent_and_what_was_sent_is_cancelled() {
    for (decision, rule) in [(PatientDecision::Exclude, "CLINS-001"), (PatientDecision::Test, "CLINS-002")] {
        let mut clinic = Clinic::default();
        clinic.overlay.patients = vec![PatientRule { id: "0000*".into(), decision }];
        let reported = clinic
            .diagnosis(disease("20061566", "高血圧症", "2020"))
            .lab(result("1", "20261120", "ALB", "4.1"))
            .report();
        assert_eq!(reported.ends(), [format!("not carried {rule}"), format!("not carried {rule}")]);
        let emptied: Vec<String> =
            reported.outcome.emptied.iter().map(|key| format!("{} {}", key.kind, key.report)).collect();
        assert_eq!(emptied, ["condition ", "lab 2026-11-20/1"]);
        assert_eq!(reported.outcome.patient_held, None);
    }
}

#[test]
fn an_alias_reports_under_the_new_id() {
    let mut clinic = Clinic::default();
    let alias = PatientDecision::Alias("9".into());
    clinic.overlay.patients = vec![PatientRule { id: "0000000001".into(), decision: alias }];
    let reported = clinic.diagnosis(gastritis()).report();
    assert_eq!(reported.outcome.built[0].key.patient, "storage/9");
    assert_eq!(reported.bundle()["entry"][0]["resource"]["identifier"][0]["value"], "9");
}
