use super::*;
use crate::{
    Date, Fact, Key, PatientId, Presence, Scope, Statement, Version,
    body::{Body, Insurance, Name, Patient, Representation, Sex},
    policy::{IdentityPolicy, Overlay},
};
use std::{collections::BTreeMap, sync::Arc};
use tsugite_issue::{Digest, InputName, Origin};

fn id(text: &str) -> PatientId {
    let (space, id) = text.split_once('/').unwrap();
    PatientId { space: space.into(), id: id.into() }
}

/// Whom a feed (`source/feed`) names by an id, with birth date and sex where it says them.
fn one(feeds: &[&str], birth: &str, sex: Option<Sex>) -> Acquaintance {
    let feed = |feed: &&str| {
        let (source, feed) = feed.split_once('/').unwrap();
        (Arc::from(source), Arc::from(feed))
    };
    Acquaintance {
        feeds: feeds.iter().map(feed).collect(),
        birth_date: Date::parse_compact(birth),
        sex,
        ..Acquaintance::default()
    }
}

fn insured(space_feed: &str, birth: &str, sex: Option<Sex>, insured: &str) -> Acquaintance {
    Acquaintance { insured: [insured.to_owned()].into(), ..one(&[space_feed], birth, sex) }
}

const FOLD: IdentityPolicy = IdentityPolicy { fold_zeros: true, join_by_insured_number: false };
const BY_NUMBER: IdentityPolicy = IdentityPolicy { fold_zeros: false, join_by_insured_number: true };

/// Each joined id with its head, as `id>head`.
fn joined(known: &[(&str, Acquaintance)], policy: IdentityPolicy, overlay: &Overlay) -> Vec<String> {
    let known: Vec<(PatientId, &Acquaintance)> = known.iter().map(|(text, one)| (id(text), one)).collect();
    let known: BTreeMap<&PatientId, &Acquaintance> = known.iter().map(|(id, one)| (id, *one)).collect();
    let joins = joins(&known, &policy, overlay, "ehr");
    let text = |id: &PatientId| format!("{}/{}", id.space, id.id);
    joins.iter().map(|(id, head)| format!("{}>{}", text(id), text(head))).collect()
}

#[test]
fn ids_that_differ_in_leading_zeros_are_folded_while_no_feed_writes_two_of_them() {
    let (ehr, lab) = (|| one(&["a/ADT-00"], "", None), || one(&["a/LAB"], "", None));
    let none = Overlay::default();
    let known = [("ehr/0012", ehr()), ("ehr/12", lab()), ("ehr/013", ehr()), ("ehr/14", lab())];
    assert_eq!(joined(&known, FOLD, &none), ["ehr/12>ehr/0012"]);
    assert!(joined(&known, BY_NUMBER, &none).is_empty());
    // One feed that writes both tells that zeros matter in this space, for all of its ids.
    let mut told_apart = known.to_vec();
    told_apart.extend([("ehr/7", ehr()), ("ehr/007", ehr())]);
    assert!(joined(&told_apart, FOLD, &none).is_empty());
    // Another space has nothing to do with it.
    let other = [known.to_vec(), vec![("lab/7", ehr()), ("lab/007", ehr())]].concat();
    assert_eq!(joined(&other, FOLD, &none), ["ehr/12>ehr/0012"]);
    let spaces = [("ehr/0012", ehr()), ("lab/12", lab())];
    assert!(joined(&spaces, FOLD, &none).is_empty(), "never across id spaces");
}

#[test]
fn what_is_no_number_or_contradicts_is_not_folded() {
    let none = Overlay::default();
    let with = |birth: &str, sex| one(&["a/ADT-00"], birth, sex);
    let lab = |birth: &str, sex| one(&["a/LAB"], birth, sex);
    for (a, b, folds) in [
        (with("19600401", Some(Sex::Male)), lab("", None), true),
        (with("19600401", Some(Sex::Male)), lab("196004", Some(Sex::Male)), true),
        (with("19600401", Some(Sex::Male)), lab("19600402", Some(Sex::Male)), false),
        (with("19600401", Some(Sex::Male)), lab("19600401", Some(Sex::Female)), false),
    ] {
        let known = [("ehr/0012", a), ("ehr/12", b)];
        assert_eq!(!joined(&known, FOLD, &none).is_empty(), folds, "{known:?}");
    }
    for (a, b) in [("ehr/00A1", "ehr/A1"), ("ehr/000", "ehr/0")] {
        assert!(joined(&[(a, with("", None)), (b, lab("", None))], FOLD, &none).is_empty(), "{a} {b}");
    }
    let apart = Overlay { apart: vec![("12".into(), "0012".into())], ..Overlay::default() };
    assert!(joined(&[("ehr/0012", with("", None)), ("ehr/12", lab("", None))], FOLD, &apart).is_empty());
}

#[test]
fn the_insured_number_joins_only_where_it_is_set_and_branch_birth_date_and_sex_agree() {
    let none = Overlay::default();
    let (number, male) = ("06139999:12:345:01", Some(Sex::Male));
    let ehr = || insured("a/ADT-00", "19600401", male, number);
    let uke = |birth: &str, sex, number: &str| insured("b/UKE", birth, sex, number);
    let known = [("ehr/0012", ehr()), ("uke/77", uke("19600401", male, number))];
    assert_eq!(joined(&known, BY_NUMBER, &none), ["uke/77>ehr/0012"]);
    assert!(joined(&known, FOLD, &none).is_empty() && joined(&known, IdentityPolicy::default(), &none).is_empty());
    for other in [
        uke("19600402", male, number),
        uke("196004", male, number),
        uke("", male, number),
        uke("19600401", Some(Sex::Female), number),
        uke("19600401", None, number),
        uke("19600401", male, "06139999:12:345:02"),
    ] {
        assert!(joined(&[("ehr/0012", ehr()), ("uke/77", other.clone())], BY_NUMBER, &none).is_empty(), "{other:?}");
    }
    // Two ids of one space are a double: nobody knows which one is meant.
    assert!(joined(&[("ehr/0012", ehr()), ("ehr/0099", ehr())], BY_NUMBER, &none).is_empty());
    let doubtful = [known.to_vec(), vec![("ehr/0099", ehr())]].concat();
    assert!(joined(&doubtful, BY_NUMBER, &none).is_empty());
    let apart = Overlay { apart: vec![("0012".into(), "77".into())], ..Overlay::default() };
    assert!(joined(&known, BY_NUMBER, &apart).is_empty());
}

#[test]
fn what_is_joined_in_two_ways_is_one_person_under_the_id_of_the_main_space() {
    let both = IdentityPolicy { fold_zeros: true, join_by_insured_number: true };
    let (number, male) = ("06139999:12:345:01", Some(Sex::Male));
    let known = [
        ("a-lab/5", insured("l/LIST", "19600401", male, number)),
        ("ehr/0012", insured("a/ADT-00", "19600401", male, number)),
        ("ehr/12", one(&["a/LAB"], "", None)),
    ];
    assert_eq!(joined(&known, both, &Overlay::default()), ["a-lab/5>ehr/0012", "ehr/12>ehr/0012"]);
    // Who is not the same as one of them is the same as none of them.
    let apart = Overlay { apart: vec![("5".into(), "12".into())], ..Overlay::default() };
    assert_eq!(joined(&known, both, &apart), ["ehr/12>ehr/0012"]);
}

fn master(birth: &str, kana: &str, time: u64, insurances: Vec<Insurance>) -> Statement {
    let name = Name { representation: Representation::Syllabic, family: kana.into(), given: String::new() };
    let patient = Patient {
        names: vec![name],
        birth_date: Date::parse_compact(birth),
        sex: Some(Sex::Female),
        insurances,
        ..Patient::default()
    };
    let scope = Scope { source: "storage".into(), feed: "ADT-00".into(), part: "".into() };
    let input = InputName { path: "a".into(), digest: Digest::default() };
    Statement::Fact(Fact {
        patient: id("ehr/1"),
        key: Key { scope: Arc::new(scope), item: "PID".into(), ordinal: 0 },
        version: Version { time, ..Version::default() },
        presence: Presence::Present,
        body: Body::Patient(Box::new(patient)),
        origin: Origin::whole(Arc::new(input)),
    })
}

#[test]
fn an_acquaintance_is_the_newest_master_with_all_insurances_that_name_one_person() {
    let row = |number: &str, branch: Option<&str>| Insurance {
        payer: "06139999".into(),
        symbol: "12".into(),
        number: number.into(),
        branch: branch.map(Into::into),
        ..Insurance::default()
    };
    let old = master("19600401", "カリヤマ", 1, vec![row("1", Some("01")), row("2", None)]);
    let new = master("19600402", "かりやま", 2, vec![row("3", Some("1"))]);
    let known = Acquaintance::of([&new, &old]);
    assert_eq!(known, Acquaintance::of([&old, &new]));
    let mut together = Acquaintance::of([&new]);
    together.merge(Acquaintance::of([&old]));
    assert_eq!(known, together);
    assert_eq!(known.birth_date.unwrap().to_string(), "1960-04-02");
    assert_eq!(known.kana_name.as_deref(), Some("カリヤマ"));
    assert_eq!(known.insured.iter().collect::<Vec<_>>(), ["06139999:12:1:01", "06139999:12:3:01"]);
    assert_eq!(known.feeds.len(), 1);
}

#[test]
fn equal_kana_name_and_birth_date_are_a_likely_double_and_no_join() {
    let named =
        |kana: &str, birth: &str, sex| Acquaintance { kana_name: Some(kana.into()), ..one(&["a/ADT-00"], birth, sex) };
    let known = [
        ("ehr/1", named("カリヤマハナ", "19600401", Some(Sex::Female))),
        ("ehr/2", named("カリヤマハナ", "19600401", None)),
        ("ehr/3", named("カリヤマハナ", "19600402", None)),
        ("ehr/4", named("カリヤマサキ", "19600401", None)),
        ("lab/9", named("カリヤマハナ", "19600401", Some(Sex::Female))),
        ("lab/8", named("カリヤマハナ", "19600401", Some(Sex::Male))),
        ("lab/7", named("カリヤマハナ", "1960", None)),
    ];
    let all: Vec<(PatientId, Acquaintance)> = known.iter().map(|(text, one)| (id(text), one.clone())).collect();
    let found = |settled: &dyn Fn(&PatientId, &PatientId) -> bool| {
        let doubles = doubles(all.iter().map(|(id, one)| (id, one)), settled);
        doubles.iter().map(|ids| ids.iter().map(|id| id.id.to_string()).collect::<String>()).collect::<Vec<_>>()
    };
    assert_eq!(found(&|_, _| false), ["1298"]);
    // A person has said that 2 is somebody else.
    assert_eq!(found(&|a, b| &*a.id == "2" || &*b.id == "2"), ["19"]);
    assert!(found(&|_, _| true).is_empty());
    assert!(
        joined(&known, FOLD, &Overlay::default()).is_empty()
            && joined(&known, BY_NUMBER, &Overlay::default()).is_empty()
    );
}

#[test]
fn a_decision_on_a_joined_id_is_one_on_the_person() {
    use crate::policy::{DiagnosisDecision, DiagnosisRule, PatientDecision, PatientRule};
    let rows = |rows: &[(&str, PatientDecision)]| {
        let rule =
            |(id, decision): &(&str, PatientDecision)| PatientRule { id: (*id).into(), decision: decision.clone() };
        Overlay { patients: rows.iter().map(rule).collect(), ..Overlay::default() }
    };
    let known = [(id("ehr/0012"), one(&["a/ADT-00"], "", None)), (id("ehr/12"), one(&["a/LAB"], "", None))];
    let known: BTreeMap<&PatientId, &Acquaintance> = known.iter().map(|(id, one)| (id, one)).collect();
    let joins = joins(&known, &FOLD, &Overlay::default(), "ehr");
    let alias = || PatientDecision::Alias("500".into());
    for (stated, decision) in [
        (vec![], None),
        (vec![("12", PatientDecision::Exclude)], Some(PatientDecision::Exclude)),
        (vec![("1*", PatientDecision::Test)], Some(PatientDecision::Test)),
        (vec![("0012", alias()), ("12", PatientDecision::Exclude)], Some(PatientDecision::Exclude)),
        (vec![("0012", PatientDecision::Exclude), ("12", alias())], Some(PatientDecision::Exclude)),
        (vec![("12", alias())], Some(alias())),
    ] {
        assert_eq!(joins.overlay(&rows(&stated)).patient("0012"), decision.as_ref(), "{stated:?}");
    }
    let rule = DiagnosisRule {
        patient: Some("12".into()),
        code: Some("C16".into()),
        text: None,
        decision: DiagnosisDecision::Exclude,
    };
    let overlay = Overlay { diagnoses: vec![rule], ..Overlay::default() };
    let of: Vec<_> = joins.overlay(&overlay).diagnoses.into_iter().filter_map(|rule| rule.patient).collect();
    assert_eq!(of, ["12", "0012"]);
}
