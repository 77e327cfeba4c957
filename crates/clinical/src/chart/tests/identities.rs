use super::*;
use crate::issues;
use tsugite_issue::Definition;

const STORAGE: u8 = 90;

/// The standing of a diagnosis in a file that names (birth date, sex), under a history of masters (birth date, sex, kana).
fn standing_under(masters: &[(&str, Sex, &str)], birth: &str, sex: Sex) -> Standing {
    let file = input(1);
    let masters = (1..)
        .zip(masters)
        .map(|(time, (birth, sex, kana))| master(u64::from(time), birth, *sex, kana, &input(STORAGE + time)));
    let said = fact(&scope("PPR-01", ""), "a", 9, Flag::Valid, disease("a"), &file);
    let standings = standings(masters.chain([identity(birth, sex, &file), Statement::Fact(said)]));
    standings[0].1
}

#[test]
fn an_input_is_compared_with_the_current_master() {
    use Sex::{Female, Male, Unknown};
    use Standing::{Active, OtherPerson};
    let one: &[(&str, Sex, &str)] = &[("19480405", Male, "カンジャ")];
    let birth_corrected = &[("19480405", Male, "カンジャ"), ("19480504", Male, "カンジャ")];
    let sex_corrected = &[("19480405", Female, "カンジャ"), ("19480405", Male, "カンジャ")];
    let both_corrected = &[("19480405", Female, "カンジャ"), ("19480504", Male, "カンジャ")];
    for (masters, birth, sex, expected) in [
        (one, "19480405", Male, Active),
        (one, "19480405", Unknown, Active),
        (one, "194804", Male, Active),
        (one, "", Male, Active),
        (one, "19480406", Male, OtherPerson),
        (one, "1949", Male, OtherPerson),
        (one, "19480405", Female, OtherPerson),
        (birth_corrected, "19480405", Male, Active),
        (birth_corrected, "19480504", Male, Active),
        (birth_corrected, "19480405", Female, OtherPerson),
        (birth_corrected, "19500101", Male, OtherPerson),
        (sex_corrected, "19480405", Female, Active),
        (both_corrected, "19480405", Female, OtherPerson),
        (both_corrected, "19480504", Male, Active),
        (&[], "19480405", Male, Active),
    ] {
        assert_eq!(standing_under(masters, birth, sex), expected, "{masters:?} {birth} {sex:?}");
    }
}

#[test]
fn a_stranger_neither_supersedes_nor_retracts_nor_contradicts() {
    use Standing::{Active, OtherPerson};
    let (mine, theirs) = (input(1), input(2));
    let scope = scope("PPR-01", "");
    let known = |text: &str, time, flag, file| Statement::Fact(fact(&scope, "a", time, flag, disease(text), file));
    let patient =
        [master(1, "19480405", Sex::Male, "カンジャ", &input(STORAGE)), identity("19900101", Sex::Male, &theirs)];
    for stranger in [
        vec![list(&scope, 5, Flag::Valid, &theirs)],
        vec![known("b", 5, Flag::Valid, &theirs)],
        vec![known("b", 3, Flag::Valid, &theirs)],
        vec![known("b", 5, Flag::History, &theirs)],
        vec![known("b", 5, Flag::Deleted, &theirs)],
    ] {
        let mine = known("a", 3, Flag::Valid, &mine);
        let all = standings(patient.clone().into_iter().chain(stranger).chain([mine]));
        assert!(all.contains(&("a".to_owned(), Active)), "{all:?}");
        assert!(!all.contains(&("b".to_owned(), Active)), "{all:?}");
    }
    // Once the source mends the file, the wrong one is history.
    let wrong = known("b", 3, Flag::Valid, &theirs);
    let held = standings(patient.clone().into_iter().chain([wrong.clone()]));
    assert_eq!(held, [("b".to_owned(), OtherPerson)]);
    let mended = standings(patient.into_iter().chain([wrong, known("a", 4, Flag::Valid, &mine)]));
    assert_eq!(mended, [("a".to_owned(), Active), ("b".to_owned(), Standing::Superseded)]);
}

#[test]
fn a_repeat_in_a_strangers_file_is_held_there_and_stands_here() {
    let (mine, theirs) = (input(1), input(2));
    let said = |file| Statement::Fact(fact(&scope("PPR-01", ""), "a", 3, Flag::Valid, disease("a"), file));
    let patient =
        [master(1, "19480405", Sex::Male, "カンジャ", &input(STORAGE)), identity("19900101", Sex::Male, &theirs)];
    let chart = Chart::new(patient.into_iter().chain([said(&mine), said(&theirs)]));
    let resolved = chart.resolve();
    assert_eq!(resolved.standings.last(), Some(&Standing::Active));
    let stated = &chart.facts()[1];
    assert!(!resolved.is_other_person(&stated.fact.origin) && resolved.is_other_person(&stated.repeats[0]));
}

/// Versions of the master: time, birth date, kana name.
type History = [(u64, &'static str, &'static str)];

fn held(masters: &History) -> Option<&'static Definition> {
    let statements =
        (1..).zip(masters).map(|(file, (time, birth, kana))| master(*time, birth, Sex::Male, kana, &input(file)));
    let chart = Chart::new(statements);
    chart.resolve().patient().held
}

#[test]
fn a_change_of_birth_date_and_kana_name_holds_the_patient() {
    let cases: [(&History, _); 9] = [
        (&[(1, "19480405", "カンジャ")], None),
        (&[(1, "19480405", "カンジャ"), (2, "19480405", "ケッコン")], None),
        (&[(1, "19480405", "カンジャ"), (2, "19480504", "カンジャ")], None),
        // Corrected first, married later: the same person.
        (&[(1, "19480405", "カンジャ"), (2, "19480504", "カンジャ"), (3, "19480504", "ケッコン")], None),
        // Spelled otherwise only.
        (&[(1, "19480405", "カンジャ タロウ"), (2, "19480504", "かんじゃ　たろう")], None),
        (&[(1, "1948", "カンジャ"), (2, "19480504", "ケッコン")], None),
        (&[(1, "19480405", "カンジャ"), (2, "19900101", "ベツジン")], Some(&issues::PATIENT_REUSED)),
        // A deletion message without a person between the two.
        (&[(1, "19480405", "カンジャ"), (2, "", ""), (3, "19900101", "ベツジン")], Some(&issues::PATIENT_REUSED)),
        (&[(1, "19480405", "カンジャ"), (1, "19900101", "カンジャ")], Some(&issues::PATIENT_CONFLICT)),
    ];
    for (masters, expected) in cases {
        assert_eq!(held(masters), expected, "{masters:?}");
    }
}

#[test]
fn the_newest_master_is_the_current_one() {
    let chart = Chart::new([
        master(2, "19480504", Sex::Male, "カンジャ", &input(2)),
        master(1, "19480405", Sex::Male, "カンジャ", &input(1)),
    ]);
    let resolved = chart.resolve();
    let standing = resolved.patient();
    assert_eq!(standing.current.unwrap().birth_date, Date::parse_compact("19480504"));
    assert_eq!(standing.fact, Some(0));
    assert!(Chart::default().resolve().patient().current.is_none());
}

/// What the head of a document says of its patient.
fn head(time: u64, birth: &str, sex: Sex, kana: &str, input: &Arc<InputName>) -> Statement {
    let Statement::Fact(mut said) = master(time, birth, sex, kana, input) else { panic!("a fact") };
    said.key.scope = scope("HS008", &time.to_string());
    said.key.item = Key::DOCUMENT_HEAD.into();
    Statement::Fact(said)
}

#[test]
fn the_head_of_a_document_is_no_master() {
    use Sex::{Female, Male};
    let letter = input(1);
    let under = |birth: &str, sex: Sex, kana: &str| {
        let said = fact(&scope("HS008", "9"), "a", 9, Flag::Valid, disease("a"), &letter);
        let chart = Chart::new([
            master(1, "19480405", Male, "カンジャ", &input(STORAGE)),
            head(9, birth, sex, kana, &letter),
            identity(birth, sex, &letter),
            Statement::Fact(said),
        ]);
        let resolved = chart.resolve();
        let current = resolved.patient();
        assert_eq!(current.held, None, "a document never holds the patient");
        assert_eq!(current.current.unwrap().birth_date, Date::parse_compact("19480405"));
        let of_letter = resolved.iter().find(|(stated, _)| matches!(stated.fact.body, Body::Diagnosis(_)));
        of_letter.unwrap().1
    };
    assert_eq!(under("19480405", Male, "カンジャ"), Standing::Active);
    assert_eq!(under("19480504", Male, "カンジャ"), Standing::OtherPerson, "it does not speak for itself");
    assert_eq!(under("19900101", Female, "ベツジン"), Standing::OtherPerson);
    // Where no master is, the newest head is one.
    let chart = Chart::new([
        head(1, "19480405", Male, "カンジャ", &input(1)),
        head(2, "19480504", Male, "カンジャ", &input(2)),
    ]);
    let resolved = chart.resolve();
    assert_eq!(resolved.patient().current.unwrap().birth_date, Date::parse_compact("19480504"));
}
