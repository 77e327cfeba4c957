use crate::support::{codes, ends, facts, prescriptions, read};
use tsugite_clinical::RecordKind::{Allergy, Prescription};

const HEAD: &str = "JAHISTC08,1\n1,例示 花子,2,19800203,,,,,,,レイジ ハナコ\n";
const DAY: &str = "5,20260310,1\n51,見本町内科医院,13,1,9999999,1\n";
const DRUG: &str = "201,1,見本錠,3,錠,2,612170709,1\n301,1,毎食後,7,日分,1,1,,1\n";

#[test]
fn a_line_says_who_prescribed_it() {
    let other = DAY.replace("見本町内科医院,13,1,9999999", "架空町眼科,13,1,9999997");
    let output = read([HEAD, DAY, DRUG, &other, DRUG].concat().as_bytes());
    let by: Vec<_> = prescriptions(&output).iter().map(|l| l.prescribed_by.clone().unwrap().number.unwrap()).collect();
    assert_eq!(by, ["1319999999", "1319999997"]);
    let scopes: std::collections::BTreeSet<_> =
        facts(&output).iter().filter(|f| f.kind().is_some()).map(|f| f.key.scope.part.clone()).collect();
    assert_eq!(scopes.len(), 2);
}

#[test]
fn a_line_without_its_institution_is_held() {
    let output = read([HEAD, "5,20260310,1\n", DRUG].concat().as_bytes());
    assert_eq!(ends(&output), [(Prescription, "JAHIS-014")]);
    let typed = DAY.replace("9999999,1", "9999999,2");
    assert_eq!(ends(&read([HEAD, &typed, DRUG].concat().as_bytes())), [(Prescription, "JAHIS-014")]);
}

#[test]
fn what_a_patient_typed_never_becomes_a_fact() {
    for direction in ["1", "2"] {
        let head = HEAD.replace("08,1", &format!("08,{direction}"));
        let drug = DRUG.replace("612170709,1", "612170709,2");
        let note = "2,1,そば,2\n601,眠い,20260310\n";
        let output = read([&head, note, DAY, &drug].concat().as_bytes());
        assert!(facts(&output).iter().all(|fact| fact.kind().is_none()));
        assert!(ends(&output).iter().all(|(_, code)| *code == "JAHIS-104"), "{:?}", ends(&output));
    }
    // A usage that the patient typed says nothing of the drug.
    let usage = DRUG.replace("1,1,,1", "1,1,,2");
    let output = read([HEAD, DAY, &usage].concat().as_bytes());
    assert_eq!(ends(&output).iter().map(|(_, code)| *code).collect::<Vec<_>>(), ["JAHIS-104", "JAHIS-020"]);
}

#[test]
fn whose_hand_wrote_what_a_patient_brings_must_be_said() {
    let head = HEAD.replace("08,1", "08,2");
    let drug = DRUG.replace("612170709,1", "612170709,");
    let unsaid = read([&head, DAY, &drug].concat().as_bytes());
    assert_eq!(ends(&unsaid), [(Prescription, "JAHIS-033")]);
    // From an institution the column may be left off.
    assert_eq!(prescriptions(&read([HEAD, DAY, &drug].concat().as_bytes())).len(), 1);
}

#[test]
fn notes_on_reactions_wait_for_a_doctor() {
    let output = read([HEAD, "2,1,乳製品,1\n2,2,セフェム系,1\n2,1,特になし,1\n2,1,そば,8\n"].concat().as_bytes());
    assert_eq!(
        ends(&output),
        [(Allergy, "JAHIS-101"), (Allergy, "JAHIS-102"), (Allergy, "JAHIS-103"), (Allergy, "JAHIS-101")]
    );
}

fn part(number: u8, body: &str) -> String {
    format!("{HEAD}{DAY}{body}911,20260310120000,2,{number}\n")
}

#[test]
fn a_split_notebook_is_one_in_one_file_and_keeps_its_patient_over_files() {
    let (drug, usage) = DRUG.split_at(DRUG.find("301").unwrap());
    let joined = read([part(2, usage), part(1, drug)].concat().as_bytes());
    assert_eq!(prescriptions(&joined).len(), 1);
    assert!(!codes(&joined).contains(&"JAHIS-008"));
    let alone = read(part(1, drug).as_bytes());
    assert_eq!(ends(&alone), [(Prescription, "JAHIS-008")]);
    let patient = |output: &tsugite_source::Output| facts(output)[0].patient.clone();
    assert_eq!(patient(&alone), patient(&read(part(2, usage).as_bytes())));
    let somebody_else = part(2, usage).replace("19800203", "19810203");
    assert_ne!(patient(&alone), patient(&read(somebody_else.as_bytes())));
}

#[test]
fn two_persons_in_one_notebook_get_nothing() {
    let other = "1,架空 太郎,1,19500505\n";
    let output = read([HEAD, DAY, DRUG, other, DAY, DRUG].concat().as_bytes());
    assert_eq!(ends(&output), [(Prescription, "JAHIS-035"); 2]);
    assert!(facts(&output).is_empty());
}

#[test]
fn copies_of_a_part_that_differ_are_held_and_none_is_lost() {
    let (drug, usage) = DRUG.split_at(DRUG.find("301").unwrap());
    let corrected = drug.replace(",3,錠", ",6,錠");
    assert_ne!(drug, corrected);
    let output = read([part(1, drug), part(2, usage), part(1, &corrected)].concat().as_bytes());
    assert!(prescriptions(&output).is_empty());
    assert_eq!(ends(&output), [(Prescription, "JAHIS-037"); 2]);
    let twice = read([part(1, drug), part(1, drug), part(2, usage)].concat().as_bytes());
    assert_eq!(prescriptions(&twice).len(), 1);
}

#[test]
fn a_doctor_whom_the_patient_typed_is_none() {
    let day = |creator: &str| format!("{DAY}55,見本 一郎,内科,{creator}\n");
    let doctor = |creator| {
        let output = read([HEAD, &day(creator), DRUG].concat().as_bytes());
        prescriptions(&output)[0].care.practitioner.is_some()
    };
    assert!(doctor("1") && !doctor("2"));
}

#[test]
fn a_usage_that_is_stated_twice_is_whose() {
    let again = "301,1,寝る前,7,日分,1,1,,1\n";
    let output = read([HEAD, DAY, DRUG, again].concat().as_bytes());
    assert_eq!(ends(&output), [(Prescription, "JAHIS-038")]);
}

#[test]
fn a_usage_that_ends_half_way_says_nothing_of_the_days() {
    let (drug, _) = DRUG.split_at(DRUG.find("301").unwrap());
    for (usage, held) in [("301,1,毎食後,1", true), ("301,1,毎食後,14,日分", true), ("301,1,毎食後,14,日分,1", false)]
    {
        let output = read([HEAD, DAY, drug, usage].concat().as_bytes());
        let expected = if held { vec![(Prescription, "JAHIS-039")] } else { vec![] };
        assert_eq!(ends(&output), expected, "{usage}");
    }
}
