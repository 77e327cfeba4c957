use crate::clinic::{Clinic, care, code, disease, ended, food, gastritis, time};
use serde_json::json;
use tsugite_clinical::{
    Presence,
    body::{Care, CareClass, EncounterKind},
    policy::{DiagnosisDecision, DiagnosisRule, OnsetMissing, WithHeld},
    standard::{AllergyVerdict, ClinicalStatus, Coding, Modifier},
};

#[test]
fn a_diagnosis_is_written_as_the_profile_asks() {
    let mut clinic = Clinic::default();
    let (mut diagnosis, standard) = gastritis();
    diagnosis.main = true;
    let reported = clinic.diagnosis((diagnosis, standard)).report();
    let condition = reported.resource();
    let extension = &condition["extension"];
    assert_eq!(extension[0]["valueIdentifier"]["value"], "1319999999");
    let department = json!({
        "coding": [{"system": "http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment", "code": "01", "display": "内科"}],
        "text": "内科"
    });
    assert_eq!(extension[1]["valueCodeableConcept"], department);
    assert_eq!(extension[2]["valueCodeableConcept"]["coding"][0]["code"], "principal");
    let profiles: Vec<_> =
        condition["contained"].as_array().unwrap().iter().map(|r| r["meta"]["profile"][0].clone()).collect();
    assert_eq!(
        profiles,
        [
            "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Encounter_eCS",
            "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_Practitioner_eCS"
        ]
    );
    assert_eq!(condition["clinicalStatus"]["coding"][0]["display"], "Active");
    assert_eq!(condition["verificationStatus"]["coding"][0]["code"], "confirmed");
    assert_eq!(condition["category"][0]["coding"][0]["code"], "encounter-diagnosis");
    assert_eq!(condition["onsetDateTime"], "2024-03-01");
    assert_eq!(condition["recordedDate"], "2024-03-01");
    assert_eq!(condition["recorder"]["reference"], "#practitioner");
    assert_eq!(condition["subject"]["reference"], reported.bundle()["entry"][0]["fullUrl"]);
    assert!(reported.said().is_empty() && reported.outcome.defaulted.is_empty());
}

#[test]
fn modifiers_with_a_number_become_extensions_the_others_stay_in_the_text() {
    let mut clinic = Clinic::default();
    let (diagnosis, mut standard) = gastritis();
    let key = |code: &str, text: &str| Coding {
        system: "http://medis.or.jp/CodeSystem/master-disease-modKeyNumber".into(),
        version: None,
        code: code.into(),
        display: text.into(),
    };
    standard.prefixes = vec![
        Modifier { codings: vec![key("27000001", "急性")], text: "急性".into() },
        Modifier { codings: vec![], text: "軽い".into() },
    ];
    standard.suffixes = vec![Modifier { codings: vec![key("28000001", "の再発")], text: "の再発".into() }];
    standard.text = "急性軽い胃炎の再発".into();
    let condition = clinic.diagnosis((diagnosis, standard)).report().resource();
    let extensions = condition["code"]["extension"].as_array().unwrap();
    let said: Vec<_> = extensions.iter().map(|e| &e["valueCodeableConcept"]["coding"][0]["code"]).collect();
    assert_eq!(said, ["27000001", "28000001"]);
    assert!(extensions[1]["url"].as_str().unwrap().ends_with("JP_Condition_DiseasePostfixModifier"));
    assert_eq!(condition["code"]["text"], "急性軽い胃炎の再発");
}

#[test]
fn a_suspected_diagnosis_is_not_carried() {
    let mut clinic = Clinic::default();
    let (mut suspected, standard) = disease("20061566", "高血圧症", "2020");
    suspected.suspected = true;
    let reported = clinic.diagnosis(gastritis()).diagnosis((suspected, standard)).report();
    assert_eq!((reported.end("胃炎"), reported.end("高血圧症")), ("reported", "not carried CLINS-004"));
    assert_eq!(reported.resources().len(), 1);
}

#[test]
fn the_list_holds_what_is_current_or_ended_within_five_years() {
    for (end, inside) in [("20211122", true), ("20211121", false), ("2021", true), ("2020", false)] {
        let mut clinic = Clinic::default();
        let (mut old, mut standard) = disease("20061566", "肺炎", "2010");
        old.ended = time(end);
        standard.outcome = ended(ClinicalStatus::Resolved, None);
        let reported = clinic.diagnosis(gastritis()).diagnosis((old, standard)).report();
        let expected = if inside { "reported" } else { "not carried CLINS-007" };
        assert_eq!(reported.end("肺炎"), expected, "{end}");
    }
}

#[test]
fn outcomes_say_the_status_and_the_truth_stands_in_a_note() {
    let mut clinic = Clinic::default();
    let (mut moved, mut standard) = gastritis();
    moved.ended = time("20260301");
    standard.outcome = ended(ClinicalStatus::Resolved, Some("転医"));
    let condition = clinic.diagnosis((moved, standard)).report().resource();
    assert_eq!(condition["clinicalStatus"]["coding"][0]["code"], "resolved");
    assert_eq!(condition["abatementDateTime"], "2026-03-01");
    assert_eq!(condition["note"], json!([{"text": "転帰: 転医"}]));
}

#[test]
fn an_end_date_with_not_recovered_is_active_with_the_date_in_a_note() {
    let mut clinic = Clinic::default();
    let (mut odd, standard) = gastritis();
    odd.ended = time("20100301");
    odd.outcome = Some(code("N", "回復せず", "HL70241"));
    let reported = clinic.diagnosis((odd, standard)).report();
    let condition = reported.resource();
    assert_eq!(condition["clinicalStatus"]["coding"][0]["code"], "active");
    assert_eq!(condition.get("abatementDateTime"), None);
    assert_eq!(condition["note"], json!([{"text": "終了日の記載: 2010-03-01（転帰: 回復せず）"}]));
    assert_eq!(reported.said(), ["CLINS-051"]);
}

#[test]
fn recovered_without_an_end_date_says_that_the_date_is_unknown() {
    let mut clinic = Clinic::default();
    let (diagnosis, mut standard) = gastritis();
    standard.outcome = ended(ClinicalStatus::Remission, None);
    let reported = clinic.diagnosis((diagnosis, standard)).report();
    let condition = reported.resource();
    assert_eq!(condition["_abatementDateTime"]["extension"][0]["valueCode"], "unknown");
    assert_eq!(reported.said(), ["CLINS-052"]);
}

#[test]
fn a_missing_onset_is_derived_or_held() {
    let (mut diagnosis, standard) = gastritis();
    diagnosis.onset = None;
    diagnosis.established = time("20240310");
    let mut clinic = Clinic::default();
    let reported = clinic.diagnosis((diagnosis.clone(), standard.clone())).report();
    assert_eq!(reported.resource()["onsetDateTime"], "2024-03-10");
    assert_eq!(reported.said(), ["CLINS-050"]);
    assert_eq!(reported.outcome.defaulted[0].value_from, "PRB-7");

    clinic.policy.condition.onset_missing = OnsetMissing::Hold;
    assert_eq!(clinic.report().held(), ["CLINS-032"]);

    diagnosis.established = None;
    diagnosis.recorded = None;
    let mut clinic = Clinic::default();
    assert_eq!(clinic.diagnosis((diagnosis, standard)).report().held(), ["CLINS-032"]);
}

#[test]
fn dates_before_birth_or_in_the_future_hold_the_record() {
    for (onset, end) in
        [("19600331", "held CLINS-040"), ("1960", "reported"), ("20261123", "reported"), ("20261124", "held CLINS-039")]
    {
        let mut clinic = Clinic::default();
        let reported = clinic.diagnosis(gastritis()).diagnosis(disease("20061566", "肺炎", onset)).report();
        assert_eq!(reported.end("肺炎"), end, "{onset}");
        assert_eq!(reported.end("胃炎"), "reported");
    }
}

#[test]
fn a_problem_list_goes_without_what_is_held_and_says_so() {
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis()).diagnosis(disease("20061566", "肺炎", "20991231"));
    let reported = clinic.report();
    assert_eq!(reported.resources().len(), 1);
    assert_eq!(reported.said(), ["CLINS-055", "CLINS-039"]);
    clinic.policy.condition.with_held = WithHeld::HoldUnit;
    let reported = clinic.report();
    assert_eq!(reported.held(), ["CLINS-039"]);
    assert_eq!((reported.end("胃炎"), reported.end("肺炎")), ("held CLINS-030", "held CLINS-039"));
}

#[test]
fn an_allergy_list_waits_for_what_is_held() {
    let mut clinic = Clinic::default();
    let (mut unclear, mut standard) = food("造影剤");
    unclear.category = Some(code("MC", "種々の禁忌", "HL70127"));
    standard.verdict = AllergyVerdict::ContraindicationUnclear;
    clinic.allergy(food("ソバ")).allergy((unclear, standard));
    let reported = clinic.report();
    assert_eq!(reported.held(), ["CLINS-033"]);
    assert_eq!(reported.outcome.held[0].members.len(), 2);
    assert_eq!((reported.end("ソバ"), reported.end("造影剤")), ("held CLINS-030", "held CLINS-033"));
    clinic.policy.allergy.with_held = WithHeld::SendRest;
    assert_eq!(clinic.report().end("ソバ"), "reported");
}

#[test]
fn conflicting_statements_are_held_both() {
    let mut clinic = Clinic::default();
    let (mut other, standard) = gastritis();
    other.onset = time("20200101");
    clinic.diagnosis(gastritis()).diagnosis((other, standard)).last(|fact| fact.key.ordinal = 0);
    let reported = clinic.report();
    assert_eq!(reported.ends(), ["held CLINICAL-001", "held CLINICAL-001"]);
    assert_eq!(reported.held(), ["CLINICAL-001"]);
}

#[test]
fn rows_that_say_the_same_become_one_resource() {
    let mut clinic = Clinic::default();
    let (mut twin, standard) = gastritis();
    twin.main = true;
    twin.care = Care { department: Some(code("10", "外科", "")), ..care() };
    clinic.diagnosis(gastritis()).diagnosis((twin, standard)).diagnosis(disease("20054174", "胃炎", "20250101"));
    let reported = clinic.report();
    assert_eq!(reported.ends(), ["reported"; 3]);
    assert_eq!(reported.resources().len(), 2);
    assert_eq!(reported.outcome.built[0].members.len(), 3);
    assert_eq!(reported.resources()[0]["extension"][2]["valueCodeableConcept"]["coding"][0]["code"], "principal");
}

#[test]
fn the_same_allergen_is_one_entry_with_all_reactions() {
    let mut clinic = Clinic::default();
    let said = |reaction: &str, severity| {
        let (mut allergy, mut standard) = food("ソバ");
        allergy.reactions = vec![reaction.into()];
        standard.severity = severity;
        (allergy, standard)
    };
    clinic
        .allergy(said("湿疹", Some("moderate")))
        .allergy(said("呼吸困難", None))
        .allergy(said("湿疹", Some("moderate")));
    let allergy = clinic.report().resource();
    assert_eq!(
        allergy["reaction"],
        json!([
            {"manifestation": [{"text": "湿疹"}], "severity": "moderate"},
            {"manifestation": [{"text": "呼吸困難"}]}
        ])
    );
}

#[test]
fn an_allergy_is_written_as_the_profile_asks() {
    let mut clinic = Clinic::default();
    let (mut allergy, standard) = food("ソバ");
    allergy.severity = Some(code("MO", "中等度", "HL70128"));
    allergy.onset = time("2010");
    allergy.onset_text = Some("小学校低学年の頃".into());
    allergy.recorded = time("20240301");
    allergy.verification = Some(code("S", "", "HL70438"));
    let reported = clinic.allergy((allergy, standard)).report();
    let written = reported.resource();
    assert_eq!(written["category"], json!(["food"]));
    assert_eq!(written["clinicalStatus"]["coding"][0]["code"], "active");
    assert_eq!(written["verificationStatus"]["coding"][0]["code"], "unconfirmed");
    assert_eq!(written["onsetDateTime"], "2010");
    assert_eq!(written["recordedDate"], "2024-03-01");
    assert_eq!(written["note"], json!([{"text": "発症時期: 小学校低学年の頃"}, {"text": "重症度: 中等度"}]));
    assert_eq!(written.get("criticality"), None);
    // Neither class nor department is known, and neither is demanded.
    assert_eq!((written.get("contained"), written["extension"].as_array().unwrap().len()), (None, 1));
    assert_eq!(reported.outcome.uncoded.len(), 1);
}

#[test]
fn no_allergy_is_no_statement_and_an_entry_in_error_is_withdrawn() {
    let mut clinic = Clinic::default();
    let (none, mut standard) = food("なし");
    standard.verdict = AllergyVerdict::NoKnownAllergy;
    let (mut wrong, of_wrong) = food("エビ");
    wrong.verification = Some(code("E", "", "HL70438"));
    let reported = clinic.allergy((none, standard)).allergy((wrong, of_wrong)).allergy(food("ソバ")).report();
    assert_eq!(reported.end("なし"), "not carried CLINS-005");
    assert_eq!(reported.end("エビ"), "retracted");
    assert_eq!(reported.resources().len(), 1);
}

#[test]
fn one_source_owns_the_list() {
    let mut clinic = Clinic::default();
    clinic.diagnosis_of("UKE", gastritis()).diagnosis_of("UKE", disease("20061566", "高血圧症", "2020"));
    clinic.diagnosis_of("PPR-01", gastritis()).diagnosis_of("OTHER", disease("20061567", "頭痛", "2020"));
    let reported = clinic.report();
    assert_eq!(reported.resources().len(), 1);
    let mut ends = reported.ends.clone();
    ends.sort();
    let end = |item: &str, end: &str| (item.to_owned(), end.to_owned());
    assert_eq!(
        ends,
        [
            end("胃炎", "reported"),
            end("胃炎", "superseded"),
            end("頭痛", "not carried CLINS-006"),
            end("高血圧症", "not carried CLINS-006")
        ]
    );
    assert_eq!(reported.said(), ["CLINS-054", "CLINS-054"]);

    clinic.policy.snapshot.union = true;
    assert_eq!(clinic.report().resources().len(), 3);
}

#[test]
fn the_first_source_with_a_baseline_owns_the_list() {
    let mut clinic = Clinic::default();
    clinic.diagnosis_of("PPR-01", gastritis()).stated_by("single files");
    clinic.diagnosis_of("ORCA", disease("20061566", "高血圧症", "2020"));
    let reported = clinic.report();
    assert_eq!((reported.end("胃炎"), reported.end("高血圧症")), ("not carried CLINS-006", "reported"));
}

#[test]
fn a_list_that_is_not_known_to_be_complete_is_held() {
    let mut clinic = Clinic::default();
    clinic.baselines.scanned.clear();
    clinic.diagnosis(gastritis()).allergy(food("ソバ"));
    let reported = clinic.report();
    assert_eq!(reported.held(), ["CLINS-031", "CLINS-031"]);
    assert_eq!(reported.ends(), ["held CLINS-031", "held CLINS-031"]);

    clinic.whole_list("PPR-01", 20_260_101_000_000_000);
    assert_eq!(clinic.report().end("胃炎"), "reported");
    clinic.policy.snapshot.baseline_complete = true;
    assert_eq!(clinic.report().end("ソバ"), "reported");
}

#[test]
fn a_list_whose_every_member_was_withdrawn_is_emptied() {
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis()).last(|fact| fact.presence = Presence::Deleted);
    let reported = clinic.report();
    assert_eq!(reported.end("胃炎"), "retracted");
    assert_eq!(reported.outcome.emptied.len(), 1);

    // A suspicion was never a member; something outside the window may have been one.
    let (mut suspected, standard) = disease("20061566", "高血圧症", "2020");
    suspected.suspected = true;
    clinic.diagnosis((suspected, standard));
    assert_eq!(clinic.report().outcome.emptied.len(), 1);
    let (mut old, mut standard) = disease("20061567", "肺炎", "2010");
    old.ended = time("2011");
    standard.outcome = ended(ClinicalStatus::Resolved, None);
    clinic.diagnosis((old, standard));
    assert!(clinic.report().outcome.emptied.is_empty());
}

#[test]
fn nothing_is_emptied_without_a_baseline_or_by_history_alone() {
    let mut clinic = Clinic::default();
    clinic.baselines.scanned.clear();
    clinic.diagnosis(gastritis()).last(|fact| fact.presence = Presence::Deleted);
    assert!(clinic.report().outcome.emptied.is_empty());
    let mut clinic = Clinic::default();
    clinic.diagnosis(gastritis()).last(|fact| fact.presence = Presence::Superseded);
    assert!(clinic.report().outcome.emptied.is_empty());
}

#[test]
fn the_clinic_excludes_a_diagnosis_or_tags_it() {
    let rule = |code: Option<&str>, text: Option<&str>, decision| DiagnosisRule {
        patient: None,
        code: code.map(Into::into),
        text: text.map(Into::into),
        decision,
    };
    let mut clinic = Clinic::default();
    clinic.overlay.diagnoses = vec![
        rule(Some("20061566"), None, DiagnosisDecision::Exclude),
        rule(None, Some("胃炎"), DiagnosisDecision::Uninformed),
        rule(Some("20054174"), None, DiagnosisDecision::LongTerm),
        rule(None, None, DiagnosisDecision::Exclude),
    ];
    clinic.diagnosis(gastritis()).diagnosis(disease("20061566", "高血圧症", "2020"));
    let reported = clinic.report();
    assert_eq!(reported.end("高血圧症"), "not carried CLINS-003");
    let tags: Vec<_> =
        reported.resource()["meta"]["tag"].as_array().unwrap().iter().map(|tag| tag["code"].clone()).collect();
    assert_eq!(tags, ["LTS", "UNINFORMED"]);

    let mut clinic = Clinic::default();
    clinic.overlay.diagnoses = vec![rule(None, Some("胃炎"), DiagnosisDecision::Exclude)];
    clinic.overlay.diagnoses[0].patient = Some("someone else".into());
    assert_eq!(clinic.diagnosis(gastritis()).report().end("胃炎"), "reported");
    clinic.overlay.diagnoses[0].patient = Some("0000000001".into());
    let reported = clinic.report();
    assert_eq!(reported.outcome.emptied.len(), 1);
}

#[test]
fn diagnoses_under_review_are_marked() {
    for (icd10, review) in [("C169", true), ("F32.0", true), ("K297", false)] {
        let mut clinic = Clinic::default();
        let (mut diagnosis, standard) = gastritis();
        diagnosis.icd10 = vec![code(icd10, "", "I10")];
        assert_eq!(clinic.diagnosis((diagnosis, standard)).report().outcome.built[0].review, review, "{icd10}");
    }
}

#[test]
fn after_death_no_list_is_made() {
    let mut dead = crate::clinic::patient();
    dead.deceased = crate::clinic::date("20261101");
    let mut clinic = Clinic::of(dead);
    let reported = clinic.diagnosis(gastritis()).lab(crate::clinic::result("1", "20261030", "ALB", "4.1")).report();
    assert_eq!((reported.end("胃炎"), reported.end("ALB")), ("not carried CLINS-010", "reported"));
    assert!(reported.outcome.emptied.is_empty());
}

#[test]
fn lists_are_made_for_patients_seen_since_the_start() {
    let mut clinic = Clinic::default();
    clinic.since = Some("20260401");
    clinic.diagnosis(gastritis());
    assert_eq!(clinic.report().end("胃炎"), "not carried CLINS-009");
    clinic.visit(EncounterKind::Visit, "20260401");
    assert_eq!(clinic.report().end("胃炎"), "reported");
}

#[test]
fn class_and_department_come_by_their_chains() {
    let mut clinic = Clinic::default();
    let (mut diagnosis, standard) = gastritis();
    diagnosis.care = Care::default();
    clinic.diagnosis((diagnosis, standard));
    assert_eq!(clinic.report().held(), ["CLINS-041"]);

    clinic.policy.defaults.department =
        Some(tsugite_clinical::policy::DepartmentDefault { code: None, name: "総合診療科".into() });
    let reported = clinic.report();
    let condition = reported.resource();
    assert_eq!(condition["extension"][1]["valueCodeableConcept"], json!({"text": "総合診療科"}));
    assert_eq!(condition["contained"][0]["class"]["code"], "AMB");
    assert_eq!(condition.get("recorder"), None);
    let steps: Vec<&str> = reported.outcome.defaulted.iter().map(|step| step.value_from).collect();
    assert_eq!(steps, ["defaults.encounter_class", "defaults.department"]);

    clinic.visit(EncounterKind::Admission, "20240228").visit(EncounterKind::Discharge, "20240310");
    let encounter = clinic.report().resource()["contained"][0].clone();
    assert_eq!(encounter["class"]["code"], "IMP");
    assert_eq!(encounter["period"], json!({"start": "2024-02-28", "end": "2024-03-10"}));

    clinic.policy.defaults.encounter_class = CareClass::Emergency;
    assert_eq!(clinic.report().resource()["contained"][0]["class"]["code"], "IMP");
}

#[test]
fn what_has_no_name_is_held() {
    let mut clinic = Clinic::default();
    let (diagnosis, mut standard) = gastritis();
    standard.text.clear();
    assert_eq!(clinic.diagnosis((diagnosis, standard)).report().held(), ["CLINS-045"]);
    let mut clinic = Clinic::default();
    let (allergy, mut standard) = food("ソバ");
    standard.coding = None;
    assert_eq!(clinic.allergy((allergy, standard)).report().held(), ["CLINS-034"]);
}
