//! Several numbers of one site.

use crate::clinic::{Clinic, Reported, code, date, disease, food, gastritis, result};
use tsugite_clinical::{
    Presence,
    policy::{Institution, InstitutionRow},
};

const OLD: &str = "1319999999";
const NEW: &str = "1318888888";
const DENTAL: &str = "1337777777";

fn row(number: &str) -> InstitutionRow {
    let number = Institution::new(number).unwrap();
    InstitutionRow { number, from: None, to: None, roots: vec![], departments: vec![] }
}

/// A number until March, another one from April on.
fn moved() -> Vec<InstitutionRow> {
    vec![InstitutionRow { to: date("20260331"), ..row(OLD) }, InstitutionRow { from: date("20260401"), ..row(NEW) }]
}

/// Kind and number of each Unit.
fn units(reported: &Reported) -> Vec<String> {
    let mut units: Vec<String> =
        reported.outcome.built.iter().map(|unit| format!("{} {}", unit.key.kind, unit.key.institution)).collect();
    units.sort();
    units
}

#[test]
fn a_result_is_of_the_number_of_its_day_and_a_list_of_the_number_of_today() {
    let mut clinic = Clinic::default();
    clinic.policy.institutions = moved();
    clinic.diagnosis(gastritis()).allergy(food("卵"));
    clinic.lab(result("1", "20260331", "CRP", "1")).lab(result("2", "20260401", "CRP", "2"));
    let reported = clinic.report();
    let expected = [format!("allergy {NEW}"), format!("condition {NEW}"), format!("lab {NEW}"), format!("lab {OLD}")];
    assert_eq!(units(&reported), expected);
    assert!(reported.ends().iter().all(|end| *end == "reported"), "{:?}", reported.ends());
    let numbers_agree = |index: usize| {
        let bundle = reported.bundle_of(index).to_string();
        let own = &reported.outcome.built[index].key.institution;
        bundle.contains(own.as_str()) && [OLD, NEW].iter().all(|other| other == own || !bundle.contains(other))
    };
    assert!((0..4).all(numbers_agree));

    clinic.as_of = "20260331";
    assert_eq!(units(&clinic.report())[..2], [format!("allergy {OLD}"), format!("condition {OLD}")]);
}

#[test]
fn roots_and_departments_name_the_institution_and_dental_care_is_not_carried() {
    let mut clinic = Clinic::default();
    clinic.policy.institutions = vec![
        InstitutionRow { departments: vec!["歯科".into()], ..row(DENTAL) },
        InstitutionRow { roots: vec!["PPR-01".into()], ..row(OLD) },
        InstitutionRow { roots: vec!["OML-11".into()], departments: vec!["01".into()], ..row(NEW) },
    ];
    let (mut tooth, standard) = disease("20061566", "う蝕", "20240101");
    tooth.care.department = Some(code("30", "歯科", ""));
    clinic.diagnosis((tooth, standard)).diagnosis(gastritis());
    clinic.lab(result("1", "20260331", "CRP", "1")).allergy(food("卵"));
    let reported = clinic.report();
    assert_eq!(units(&reported), [format!("condition {OLD}"), format!("lab {NEW}")]);
    let ends = ["う蝕", "胃炎", "CRP", "卵"].map(|item| reported.end(item));
    assert_eq!(ends, ["not carried CLINS-015", "reported", "reported", "held CLINS-046"]);
    assert_eq!(reported.said(), ["CLINS-046"]);

    // One number alone may be that of dental care, too.
    let mut clinic = Clinic::default();
    clinic.institution = Institution::new(DENTAL).unwrap();
    let reported = clinic.diagnosis(gastritis()).report();
    assert_eq!((reported.end("胃炎"), reported.outcome.built.len()), ("not carried CLINS-015", 0));
}

#[test]
fn what_belongs_to_another_number_cancels_nothing() {
    let mut clinic = Clinic::default();
    clinic.policy.institutions = moved();
    clinic.diagnosis(gastritis()).last(|fact| fact.presence = Presence::Deleted);
    let emptied: Vec<String> = clinic.report().outcome.emptied.into_iter().map(|key| key.institution).collect();
    assert_eq!(emptied, [NEW], "the list of today only");
}
