use super::*;
use crate::body::Code;

fn row(payer: &str, symbol: &str, number: &str, branch: Option<&str>) -> Insurance {
    Insurance {
        kind: Code::default(),
        payer: payer.into(),
        symbol: symbol.into(),
        number: number.into(),
        branch: branch.map(str::to_owned),
        valid_from: day("20260401"),
        valid_to: None,
    }
}

fn valid(mut row: Insurance, from: &str, to: &str) -> Insurance {
    (row.valid_from, row.valid_to) = (day(from), day(to));
    row
}

fn day(text: &str) -> Option<Date> {
    Date::parse_compact(text)
}

fn codes(insured: &Insured) -> Vec<&str> {
    insured.issues.iter().map(Issue::code).collect()
}

#[test]
fn the_id_has_one_form_whatever_the_source_wrote() {
    for (payer, symbol, number, branch, expected) in [
        ("06139999", "12", "345", Some("01"), "06139999:12:345:01"),
        ("138057", "", "１２３ ４５", Some("１"), "00138057::12345:01"),
        ("０６１３９９９９", "９２０４５", "１０", Some("00"), "06139999:92045:10:00"),
        ("06139999", "東　１－２", "345", Some("05"), "06139999:東１－２:３４５:05"),
        ("06139999", "12-3", "4−5", Some("05"), "06139999:12-3:4-5:05"),
        ("06139999", "12", "345", None, "06139999:12:345:"),
        ("06139999", "12", "345", Some("本人"), "06139999:12:345:"),
    ] {
        let insured = insured_on(&[row(payer, symbol, number, branch)], day("20261122"), false);
        let id = insured.id.unwrap().to_string();
        assert_eq!(id, expected);
        assert!(is_insured_id(&id), "{id}");
    }
}

#[test]
fn a_missing_branch_is_told_and_never_filled() {
    let missing = insured_on(&[row("06139999", "1", "2", Some(" "))], day("20261122"), false);
    assert_eq!(codes(&missing), ["CLINICAL-016"]);
    let odd = insured_on(&[row("06139999", "1", "2", Some("123"))], day("20261122"), false);
    assert_eq!(codes(&odd), ["CLINICAL-017"]);
    assert_eq!(odd.id.unwrap().branch, "");
}

#[test]
fn the_row_that_covers_the_day_wins_else_the_latest() {
    let old = valid(row("06139999", "1", "old", Some("01")), "20200401", "20260331");
    let new = valid(row("138057", "2", "new", Some("01")), "20260401", "");
    let number = |rows: &[Insurance], on: &str| insured_on(rows, day(on), false).id.unwrap().number;
    let rows = [new.clone(), old.clone()];
    assert_eq!(number(&rows, "20260331"), "old");
    assert_eq!(number(&rows, "20260401"), "new");
    assert_eq!(number(&rows, "20190101"), "new");
    assert_eq!(insured_on(&rows, None, false).id.unwrap().number, "new");

    let late = insured_on(std::slice::from_ref(&old), day("20261122"), false);
    assert_eq!(codes(&late), ["CLINICAL-014"]);
    let undated = insured_on(&[valid(old.clone(), "", "")], day("20261122"), false);
    assert_eq!(codes(&undated), ["CLINICAL-015"]);
    // An undated row may cover the day, an expired one does not.
    assert_eq!(number(&[old, valid(new, "", "")], "20261122"), "new");
}

#[test]
fn a_partial_end_counts_to_its_last_day() {
    let monthly = valid(row("06139999", "1", "2", Some("01")), "202604", "202611");
    assert!(insured_on(&[monthly], day("20261130"), false).issues.is_empty());
}

#[test]
fn public_expense_never_names_a_patient() {
    let hold = |rows: &[Insurance], welfare| insured_on(rows, day("20261122"), welfare).id;
    assert_eq!(hold(&[], false), Err(&issues::NO_INSURANCE));
    assert_eq!(hold(&[row("54136015", "", "1234567", None)], true), Err(&issues::ONLY_PUBLIC_EXPENSE));
    let welfare = row("12131234", "", "1234567", None);
    assert_eq!(hold(std::slice::from_ref(&welfare), false), Err(&issues::WELFARE_NOT_ACCEPTED));
    let id = hold(std::slice::from_ref(&welfare), true).unwrap();
    assert_eq!((id.to_string().as_str(), id.kind), ("12131234::1234567:", InsuredKind::Welfare));
    let both = insured_on(&[welfare, row("06139999", "1", "2", Some("01"))], day("20261122"), true);
    assert_eq!((both.row, both.id.unwrap().kind), (Some(1), InsuredKind::Medical));
}

#[test]
fn what_cannot_be_formed_is_held_with_the_part_named() {
    for (payer, symbol, number, part) in [
        ("6139999", "1", "2", "保険者番号"),
        ("06139999", "1", "", "被保険者番号"),
        ("06139999", "1", "2:3", "被保険者番号"),
        ("06139999", "1^2", "3", "記号"),
    ] {
        let mut row = row(payer, symbol, number, Some("01"));
        row.kind.code = "06".into();
        let insured = insured_on(&[row], day("20261122"), false);
        assert_eq!(insured.id, Err(&issues::INSURED_ID_MALFORMED), "{payer} {symbol} {number}");
        assert_eq!(insured.issues.last().unwrap().parameters, [("part", part.to_owned())]);
    }
    let unknown = insured_on(&[row("05123456", "1", "2", None)], day("20261122"), false);
    assert_eq!((unknown.id, unknown.issues.len()), (Err(&issues::NO_INSURANCE), 1));
}

#[test]
fn the_form_of_r1013() {
    for good in ["00012345:あいう:１８７:05", "06139999:::", "06139999:1:2:"] {
        assert!(is_insured_id(good), "{good}");
    }
    for bad in [
        "6139999:1:2:01",
        "06139999:1:2",
        "06139999:1 2:3:01",
        "06139999:1:2:1",
        "06139999:1:２　３:01",
        "06139999:^:2:01",
        "",
    ] {
        assert!(!is_insured_id(bad), "{bad}");
    }
}
