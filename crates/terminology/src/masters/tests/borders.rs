//! Days on which editions and rows begin and end.

use super::*;
use proptest::{collection::btree_set, prelude::*};
use tsugite_clinical::{Date, era};

fn date(days: u32) -> Date {
    let year = i16::try_from(2015 + days / 336).unwrap();
    let month = i8::try_from(days / 28 % 12 + 1).unwrap();
    Date::new(year, Some(month), Some(i8::try_from(days % 28 + 1).unwrap())).unwrap()
}

fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The edition in force is the newest one that is not younger than the day, else the oldest.
    #[test]
    fn a_day_has_its_edition(begins in btree_set(0_u32..4000, 1..6), on in 0_u32..4000) {
        let editions = begins.iter().map(|begin| {
            let name = format!("版{begin}");
            edition(&format!("b_{}.txt", compact(date(*begin))), &disease("8800001", &name, "20900001", "TG01", "I10"))
        });
        let masters = Masters::new(editions);
        let expected = begins.range(..=on).next_back().or_else(|| begins.first()).unwrap();
        let found = masters.disease("8800001", Some(date(on))).unwrap();
        prop_assert_eq!(found.name, format!("版{expected}"));
        prop_assert_eq!(found.edition, date(*expected));
        // Each edition begins on its day, and not the day before.
        for begin in &begins {
            prop_assert_eq!(masters.disease("8800001", Some(date(*begin))).unwrap().edition, date(*begin));
        }
        prop_assert_eq!(masters.disease("8800001", None).unwrap().edition, date(*begins.last().unwrap()));
    }

    /// A code is used until the day before 廃止日, and its successor from that day on.
    #[test]
    fn a_row_ends_on_its_day(end in 1_u32..4000, on in 0_u32..4000) {
        let rows = [
            disease_with("8800001", "旧", "20900001", "TG01", "I10", &[(4, "8800002"), (24, &compact(date(end)))]),
            disease("8800002", "新", "20900002", "TG02", "I10"),
        ];
        let masters = Masters::new([edition("b_20260101.txt", &rows.concat())]);
        let found = masters.disease("8800001", Some(date(on))).unwrap();
        prop_assert_eq!(found.name, if on < end { "旧" } else { "新" });
    }

    /// A day means the same edition whether a source writes it in the Western calendar or by era.
    #[test]
    fn eras_have_the_same_borders(on in 0_u32..4000) {
        let masters = Masters::new(["20190430", "20190501"].map(|begin| {
            edition(&format!("b_{begin}.txt"), &disease("8800001", begin, "20900001", "TG01", "I10"))
        }));
        let day = date(on);
        let reiwa = day >= Date::new(2019, Some(5), Some(1)).unwrap();
        let (digit, year) = if reiwa { (5, day.year() - 2018) } else { (4, day.year() - 1988) };
        let written = format!("{digit}{year:02}{}", compact(day).get(4..).unwrap());
        let by_era = era::parse(&written).unwrap();
        prop_assert_eq!(by_era, day);
        let name = masters.disease("8800001", Some(by_era)).unwrap().name.to_owned();
        prop_assert_eq!(name, if reiwa { "20190501" } else { "20190430" });
    }
}

#[test]
fn a_code_that_an_edition_lacks_is_taken_from_the_nearest_one_and_that_is_said() {
    let of = |day: &str, code: &str| edition(&format!("b_{day}.txt"), &disease(code, day, "20900001", "TG01", "I10"));
    let masters = Masters::new([of("20200101", "8800001"), of("20220101", "8800002"), of("20240101", "8800001")]);
    let find = |at: &str| {
        let found = masters.disease("8800001", Date::try_from(at.to_owned()).ok()).unwrap();
        (found.name.to_owned(), found.notes.len())
    };
    assert_eq!(find("2021-12-31"), ("20200101".into(), 0));
    assert_eq!(find("2022-01-01"), ("20200101".into(), 1));
    assert_eq!(find("2024-01-01"), ("20240101".into(), 0));
}
