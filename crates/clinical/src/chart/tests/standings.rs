use super::*;

/// What a scope's files say: (time, flag, the diseases in it), each file one whole list.
fn whole_lists(files: &[(u64, Flag, &[&str])]) -> Vec<Statement> {
    let scope = scope("PPR-01", "");
    let mut statements = Vec::new();
    for (number, (time, flag, diseases)) in (1..).zip(files) {
        let input = input(number);
        statements.push(list(&scope, *time, *flag, &input));
        let facts = diseases.iter().map(|text| fact(&scope, text, *time, *flag, disease(text), &input));
        statements.extend(facts.map(Statement::Fact));
    }
    statements
}

fn check(files: &[(u64, Flag, &[&str])], expected: &[(&str, Standing)]) {
    let expected: Vec<_> = expected.iter().map(|(text, standing)| ((*text).to_owned(), *standing)).collect();
    assert_eq!(standings(whole_lists(files)), expected, "{files:?}");
}

#[test]
fn a_newer_list_supersedes_what_it_repeats_and_retracts_what_it_omits() {
    use Standing::{Active, Retracted, Superseded};
    check(
        &[(1, Flag::Valid, &["a", "b"]), (2, Flag::Valid, &["a"])],
        &[("a", Active), ("a", Superseded), ("b", Retracted)],
    );
    // The usual update: the old file was renamed to history.
    check(
        &[(1, Flag::History, &["a", "b"]), (2, Flag::Valid, &["a"])],
        &[("a", Active), ("a", Superseded), ("b", Retracted)],
    );
    // An emptied list withdraws everything.
    check(&[(1, Flag::History, &["a"]), (2, Flag::Valid, &[])], &[("a", Retracted)]);
}

#[test]
fn a_deletion_renames_every_file_and_adds_its_own() {
    use Standing::Retracted;
    check(
        &[(1, Flag::Deleted, &["a"]), (2, Flag::Deleted, &["a", "b"]), (3, Flag::Deleted, &["a", "b"])],
        &[("a", Retracted), ("a", Retracted), ("a", Retracted), ("b", Retracted), ("b", Retracted)],
    );
}

#[test]
fn what_is_entered_again_after_a_deletion_is_active() {
    use Standing::{Active, Retracted};
    check(&[(1, Flag::Deleted, &["a"]), (2, Flag::Valid, &["a"])], &[("a", Active), ("a", Retracted)]);
}

#[test]
fn history_without_its_successor_is_not_active() {
    check(&[(1, Flag::History, &["a"])], &[("a", Standing::Superseded)]);
}

#[test]
fn a_rename_beats_its_older_name_in_any_order() {
    let scope = scope("OML-11", "1");
    let input = input(1);
    let flags = [Flag::Valid, Flag::History, Flag::Deleted];
    let renamed = |flag| Statement::Fact(fact(&scope, "a", 1, flag, disease("a"), &input));
    for (up_to, standing) in [(1, Standing::Active), (2, Standing::Superseded), (3, Standing::Retracted)] {
        let forward = standings(flags[..up_to].iter().copied().map(renamed));
        assert_eq!(forward.last().unwrap().1, standing, "the file as it was first written");
        assert_eq!(forward, standings(flags[..up_to].iter().rev().copied().map(renamed)));
        assert_eq!(
            forward.iter().filter(|(_, standing)| *standing == Standing::Active).count(),
            usize::from(up_to == 1)
        );
    }
}

#[test]
fn lists_of_other_scopes_retract_nothing() {
    let (mine, other) = (scope("OML-11", "1"), scope("OML-11", "2"));
    let statements = [
        Statement::Fact(fact(&mine, "a", 1, Flag::Valid, disease("a"), &input(1))),
        list(&other, 2, Flag::Valid, &input(2)),
    ];
    assert_eq!(standings(statements), [("a".to_owned(), Standing::Active)]);
}

#[test]
fn a_list_speaks_for_its_own_patient_id_only() {
    let scope = scope("PPR-01", "");
    let old = fact(&scope, "a", 1, Flag::Valid, disease("a"), &input(1));
    let Statement::List(mut newer) = list(&scope, 2, Flag::Valid, &input(2)) else { unreachable!() };
    newer.patient.id = "0002".into();
    assert_eq!(standings([Statement::Fact(old), Statement::List(newer)]), [("a".to_owned(), Standing::Active)]);
}

#[test]
fn equal_version_and_different_content_are_both_held_until_a_newer_one_comes() {
    use Standing::{Active, Conflict, Superseded};
    let scope = scope("OML-11", "1");
    let says =
        |text: &str, time, file| Statement::Fact(fact(&scope, "a", time, Flag::Valid, disease(text), &input(file)));
    let two = [says("x", 1, 1), says("y", 1, 2)];
    assert_eq!(standings(two.clone()), [("x".to_owned(), Conflict), ("y".to_owned(), Conflict)]);
    let settled = two.into_iter().chain([says("z", 2, 3)]);
    assert_eq!(
        standings(settled),
        [("z".to_owned(), Active), ("x".to_owned(), Superseded), ("y".to_owned(), Superseded)]
    );
}

#[test]
fn identical_repeats_are_silent_and_counted_once_a_place() {
    let scope = scope("OML-11", "1");
    let says = |file| fact(&scope, "a", 1, Flag::Valid, disease("x"), &input(file));
    let mut copied = says(1);
    copied.origin.input = Arc::new(InputName { path: "backup/file-1".into(), digest: Digest([1; 16]) });
    let chart = Chart::new([says(2), says(1), copied, says(1)].map(Statement::Fact));
    let [stated] = chart.facts() else { panic!("one statement") };
    assert_eq!(stated.fact.origin.input.path, "backup/file-1", "the lesser path, whatever came first");
    assert_eq!(stated.repeats, [says(2).origin]);
    assert_eq!(chart.resolve().standings, [Standing::Active]);
}
