use super::*;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::collections::BTreeSet;

/// Few keys, times and files, so that statements meet, repeat and contradict each other. A file says one thing at one place.
fn statement() -> impl Strategy<Value = Statement> {
    let flag = prop_oneof![4 => Just(Flag::Valid), 1 => Just(Flag::History), 1 => Just(Flag::Deleted)];
    let births = ["19480405", "19900101"];
    prop_oneof![
        6 => (0..2u8, 0..3u8, 1..4u64, flag.clone(), 0..4u8).prop_map(|(part, item, time, flag, file)| {
            let (scope, item) = (scope("OML-11", &part.to_string()), format!("item-{item}"));
            Statement::Fact(fact(&scope, &item, time, flag, disease(["x", "y"][usize::from(file % 2)]), &input(file)))
        }),
        1 => (0..2u8, 1..4u64, flag, 0..4u8)
            .prop_map(|(part, time, flag, file)| list(&scope("OML-11", &part.to_string()), time, flag, &input(file))),
        1 => (1..4u64, 0..4usize).prop_map(move |(time, who)| {
            let file = input(10 + u8::try_from(who).unwrap());
            master(time, births[who % 2], [Sex::Male, Sex::Female][who / 2], "カンジャ", &file)
        }),
        1 => (0..2usize, 0..4u8).prop_map(move |(birth, file)| identity(births[birth], Sex::Male, &input(file))),
    ]
}

fn statements() -> impl Strategy<Value = Vec<Statement>> {
    vec(statement(), 0..24)
}

/// Everything that the rules of reporting see.
fn judged(chart: &Chart) -> String {
    let resolved = chart.resolve();
    format!("{:?} {:?}", resolved.standings, resolved.patient())
}

fn of_file(statement: &Statement) -> Digest {
    match statement {
        Statement::Fact(fact) => fact.origin.input.digest,
        Statement::List(list) => list.input.digest,
        Statement::Identity(identity) => identity.input.digest,
    }
}

/// The definition of `rules` §3, read off the statements one by one.
fn is_active(fact: &Fact, all: &[Statement]) -> bool {
    let facts = || all.iter().filter_map(|s| if let Statement::Fact(fact) = s { Some(fact) } else { None });
    let of_key = || facts().filter(|other| other.key == fact.key);
    let omitted =
        all.iter().any(|s| matches!(s, Statement::List(l) if l.scope == fact.key.scope && l.version > fact.version));
    fact.presence == Presence::Present
        && !of_key().any(|other| other.version > fact.version)
        && !of_key()
            .any(|other| other.version == fact.version && (&other.body, other.presence) != (&fact.body, fact.presence))
        && !omitted
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in statements(), b in statements(), c in statements()) {
        let (a, b, c) = (Chart::new(a), Chart::new(b), Chart::new(c));
        prop_assert_eq!(a.clone().merge(b.clone()), b.clone().merge(a.clone()));
        prop_assert_eq!(a.clone().merge(b.clone()).merge(c.clone()), a.clone().merge(b.merge(c)));
        prop_assert_eq!(a.clone().merge(a.clone()), a.clone());
        prop_assert_eq!(a.clone().merge(Chart::default()), a);
    }

    #[test]
    fn no_order_and_no_cut_of_the_statements_matters(
        (all, shuffled) in statements().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        cut in any::<Index>(),
    ) {
        let chart = Chart::new(all.clone());
        let (left, right) = shuffled.split_at(if shuffled.is_empty() { 0 } else { cut.index(shuffled.len()) });
        let merged = Chart::new(right.to_vec()).merge(Chart::new(left.to_vec()));
        prop_assert_eq!(&merged, &chart);
        prop_assert_eq!(judged(&merged), judged(&chart));
        prop_assert_eq!(judged(&Chart::new(all.iter().chain(&shuffled).cloned())), judged(&chart));
    }

    #[test]
    fn active_is_what_the_rules_define(all in statements()) {
        // Without identities, nobody is a stranger.
        let all: Vec<Statement> = all.into_iter().filter(|s| !matches!(s, Statement::Identity(_))).collect();
        let chart = Chart::new(all.clone());
        for (stated, standing) in chart.resolve().iter() {
            prop_assert_eq!(standing == Standing::Active, is_active(&stated.fact, &all), "{:?}", stated);
        }
    }

    #[test]
    fn what_strangers_say_changes_nothing_for_the_patient(all in statements()) {
        let chart = Chart::new(all.clone());
        let resolved = chart.resolve();
        let strange = |s: &Statement| resolved.others().contains(&of_file(s));
        let rest = Chart::new(all.iter().filter(|s| !strange(s)).cloned());
        let active = |chart: &Chart| -> BTreeSet<String> {
            chart.resolve().active().map(|fact| format!("{:?} {:?} {:?}", fact.key, fact.version, fact.body)).collect()
        };
        prop_assert_eq!(active(&rest), active(&chart));
    }

    #[test]
    fn every_place_stands_in_the_chart_once(all in statements()) {
        let origin = |s: &Statement| if let Statement::Fact(fact) = s { Some(fact.origin.clone()) } else { None };
        let chart = Chart::new(all.clone());
        for stated in chart.facts() {
            let places: Vec<&Origin> = std::iter::once(&stated.fact.origin).chain(&stated.repeats).collect();
            prop_assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len());
        }
        let kept = chart.facts().iter().flat_map(|s| std::iter::once(&s.fact.origin).chain(&s.repeats));
        prop_assert_eq!(kept.cloned().collect::<BTreeSet<_>>(), all.iter().filter_map(origin).collect());
    }
}
