use crate::support::{PID, PV1, bodies, facts, items, lists, message, path, read, read_as};
use tsugite_clinical::{
    Presence,
    body::{CareClass, Diagnosis},
};
use tsugite_source::Output;

const PRB: &str = "PRB|AD|20110915|20054174^胃炎^MDCDX2|123456789012345|||20110831||20110915|K29.7^^I10^O^外来時^JHSD0004||||N^回復せず^HL70241|20110915|20110830|胃炎|1^主診断^JHSD0007|||||||V^非常に限定^HL70177";
const ORC: &str = "ORC|NW|123456789012345||||||||||110^仮医^師郎^^^^^^^L^^^^^I~^カリイ^シロウ^^^^^^^L^^^^^P|||||01^内科^HL70069||||||||||||O^外来患者オーダ^HL70482";

fn diagnoses(segments: &[&str]) -> (Output, Vec<Diagnosis>) {
    let output = read_as("PPR-01", "PPR^ZD1^PPR_ZD1", segments);
    let read = bodies!(output, Diagnosis).into_iter().map(|(body, _)| body.clone()).collect();
    (output, read)
}

#[test]
fn a_problem_is_read_with_all_that_stands_around_it() {
    let zpr = "ZPR|3216^過敏性^MDCDX2|20054174^胃炎^MDCDX2|1111^の初期^MDCDX2|A1^過敏性^MDCDX2|TSQF^胃炎^MDCDX2|B1^の初期^MDCDX2";
    let (output, read) = diagnoses(&[PRB, zpr, "ZI1|1|01^協会^JHSD0001|1130012", ORC]);
    let diagnosis = &read[0];
    assert_eq!(diagnosis.disease.in_system("MDCDX2").unwrap().code, "20054174");
    assert_eq!(diagnosis.exchange.as_ref().unwrap().code, "TSQF");
    assert_eq!((diagnosis.icd10[0].code.as_str(), diagnosis.icd10[0].system.as_str()), ("K297", "I10"));
    assert_eq!(diagnosis.kind.as_ref().unwrap().code, "O");
    let modifier = |m: &tsugite_clinical::body::Concept| m.codes.iter().map(|c| c.code.clone()).collect::<Vec<_>>();
    assert_eq!(modifier(&diagnosis.prefixes[0]), ["3216", "A1"]);
    assert_eq!(modifier(&diagnosis.suffixes[0]), ["1111", "B1"]);
    assert_eq!((diagnosis.suspected, diagnosis.main), (false, true));
    assert_eq!(diagnosis.problem_id.as_deref(), Some("123456789012345"));
    let dates = [diagnosis.onset, diagnosis.established, diagnosis.recorded, diagnosis.ended];
    assert_eq!(dates.map(|at| at.unwrap().to_string()), ["2011-08-30", "2011-08-31", "2011-09-15", "2011-09-15"]);
    assert_eq!(diagnosis.outcome.as_ref().unwrap().code, "N");
    assert_eq!(diagnosis.care.class, Some(CareClass::Ambulatory));
    assert_eq!(diagnosis.care.department.as_ref().unwrap().display, "内科");
    assert_eq!(diagnosis.care.insurances[0].display, "協会");
    let doctor = diagnosis.care.practitioner.as_ref().unwrap();
    assert_eq!((doctor.id.as_deref(), doctor.name.as_ref().unwrap().family.as_str()), (Some("110"), "仮医"));
    assert_eq!(
        items(&output),
        ["20054174<3216^過敏性^MDCDX2>1111^の初期^MDCDX2@2011-08-30+0"]
            .map(|s| s.replace("3216^過敏性^MDCDX2", "3216").replace("1111^の初期^MDCDX2", "1111"))
    );
}

#[test]
fn suspicion_is_told_in_several_ways() {
    let prb =
        |name: &str, flag: &str| format!("PRB|AD|20240101|20054174^{name}^MDCDX2|1|||20240101|||K297^^I10|||{flag}");
    for (name, flag, zpr, suspected) in [
        ("胃癌", "1^疑い^JHSD0005", "", true),
        ("胃癌", "1", "", true),
        ("胃癌", "0", "", false),
        ("胃癌", "", "", false),
        ("胃癌", "\"\"", "", false),
        ("胃癌の疑い", "", "", true),
        ("胃癌（疑い）", "", "", true),
        ("疑い例の胃癌", "", "", false),
        ("胃癌", "", "ZPR|||8002^の疑い^MDCDX2", true),
        ("胃癌", "", "ZPR|8002^急性^MDCDX2", false),
    ] {
        let prb = prb(name, flag);
        let (_, read) = diagnoses(&[&prb, zpr]);
        assert_eq!(read[0].suspected, suspected, "{name} {flag} {zpr}");
    }
}

#[test]
fn class_comes_from_visit_order_and_kind_in_turn() {
    let prb = |kind: &str| format!("PRB|AD|20240101|20054174^胃炎^MDCDX2|1|||20240101|||K297^^I10^{kind}");
    let inpatient = "PV1|0001|I|3B^301^1^^^N||||D07^仮森^医師";
    for (segments, class, department) in [
        (vec![PV1, &prb("H^入院時^JHSD0004"), ORC], Some(CareClass::Ambulatory), "01"),
        (vec![inpatient, &prb("O^外来時^JHSD0004")], Some(CareClass::Inpatient), "01"),
        (vec![&prb("H^入院時^JHSD0004"), ORC], Some(CareClass::Ambulatory), "01"),
        (vec![&prb("L^退院時^JHSD0004")], Some(CareClass::Inpatient), "01"),
        (vec![&prb("0^外来時^JHSD0004")], Some(CareClass::Ambulatory), "01"),
        (vec![&prb("F^最終^JHSD0004")], None, "01"),
        (vec![&prb("")], None, "01"),
    ] {
        let (_, read) = diagnoses(&segments);
        assert_eq!(read[0].care.class, class, "{segments:?}");
        // Of the ward no department is made; the file name has one.
        assert_eq!(read[0].care.department.as_ref().unwrap().code, department, "{segments:?}");
    }
}

#[test]
fn triplets_are_found_in_either_order() {
    for (prb10, icd, kind) in [
        ("K297^^I10^O^外来時^JHSD0004", "I10", Some("O")),
        ("O^外来時^JHSD0004^K297^^I10", "I10", Some("O")),
        ("K297^^I10^^^^2013", "I10:2013", None),
        ("O^外来時^JHSD0004^K297^^I10^^2003", "I10:2003", Some("O")),
        ("K297^^ICD10", "I10", None),
    ] {
        let (_, read) =
            diagnoses(&[&format!("PRB|AD|20240101|99^胃の炎^99LAB^20054174^胃炎^MDCDX2|1|||||{prb10}")
                .replace("|||||", "||||||")]);
        assert_eq!(read[0].disease.codes.len(), 2);
        assert_eq!(read[0].disease.in_system("MDCDX2").unwrap().code, "20054174");
        assert_eq!(read[0].icd10.first().map(|c| (c.code.as_str(), c.system.as_str())), Some(("K297", icd)), "{prb10}");
        assert_eq!(read[0].kind.as_ref().map(|k| k.code.as_str()), kind, "{prb10}");
    }
}

#[test]
fn a_key_outlives_moved_lines_and_a_changed_outcome() {
    let problem = |code: &str, onset: &str, outcome: &str| {
        format!("PRB|AD|20240101|{code}^病名{code}^MDCDX2|1|||20240101|||A00^^I10||||{outcome}|20240110|{onset}")
    };
    let (one, two, again) =
        (problem("11111111", "20200101", ""), problem("22222222", "20210101", ""), problem("11111111", "20230101", ""));
    let (before, _) = diagnoses(&[&one, &two, &again]);
    let recovered = problem("22222222", "20210101", "F^回復^HL70241");
    let (after, _) = diagnoses(&[&again, &recovered]);
    assert_eq!(items(&before), ["11111111@2020-01-01+0", "22222222@2021-01-01+0", "11111111@2023-01-01+0"]);
    assert_eq!(items(&after), ["11111111@2023-01-01+0", "22222222@2021-01-01+0"]);
    // Uncoded diseases are told apart by their names.
    let uncoded = |name: &str| format!("PRB|AD|20240101|20084317^{name}^MDCDX2");
    let (dummies, _) = diagnoses(&[&uncoded("甲"), &uncoded("乙")]);
    assert_eq!(items(&dummies), ["20084317^甲^MDCDX2+0", "20084317^乙^MDCDX2+0"]);
}

#[test]
fn deletions_and_lists() {
    let deleted = PRB.replacen("PRB|AD", "PRB|DE", 1);
    let (output, _) = diagnoses(&[PRB, &deleted]);
    let presences: Vec<_> = facts(&output).iter().map(|f| f.presence).collect();
    assert_eq!(presences, [Presence::Present, Presence::Deleted]);
    assert_eq!(lists(&output)[0].scope.part.as_ref(), "");
    let cancelled = ORC.replacen("ORC|NW", "ORC|CA", 1);
    let (output, _) = diagnoses(&[PRB, PRB, &cancelled]);
    assert!(facts(&output).iter().all(|f| f.presence == Presence::Deleted), "one order for all");
    // One file a visit: the list of that order only.
    let output = read(&path("PPR-01", "-", "000000000000042", 1), message("PPR^ZD1", &[PID, PRB]).as_bytes());
    assert_eq!(lists(&output)[0].scope.part.as_ref(), "000000000000042");
    // Without a file name, nobody says that a message is a whole list.
    let output = read("mllp/1", message("PPR^ZD1", &[PID, PRB, ORC]).as_bytes());
    assert!(lists(&output).is_empty());
    assert_eq!(facts(&output)[0].version.time, 20_240_316_122_434_000);
}

#[test]
fn the_insurance_of_a_line_is_read() {
    let names = |diagnosis: &Diagnosis| {
        diagnosis.care.insurances.iter().map(|code| code.display.clone()).collect::<Vec<_>>().join("+")
    };
    let in1 = "IN1|1|C0^国保^JHSD0001|138057";
    let (_, read) = diagnoses(&[in1, PRB, "ZI1|1|98^自費^JHSD0001", PRB, ORC]);
    assert_eq!(read.iter().map(names).collect::<Vec<_>>(), ["自費", "国保"]);
    // In the master data IN1 is what the patient has, not what an order is done under.
    let results =
        read_as("OML-11", "OUL^R22", &["IN1|1|97^労災^JHSD0001", "SPM|1|1", "OBR|1|77", "OBX|1|NM|1^CRP^L||1"]);
    assert_eq!(bodies!(results, LabResult)[0].0.care.insurances[0].display, "労災");
    let visit = read_as("ADT-00", "ADT^A08", &[PV1, in1, "AL1|1|FA|J1^卵^L"]);
    assert!(bodies!(visit, Allergy)[0].0.care.insurances.is_empty());
}
