use jiff::{ToSpan, civil};
use tsugite_clinical::Date;

/// Whether an end still lies inside the list: within so many years before today, inclusive. A partial date counts as its last day.
pub fn holds(ended: Option<Date>, today: civil::Date, years: i16) -> bool {
    let first = today.checked_sub(years.years()).unwrap_or(civil::Date::MIN);
    ended.is_none_or(|ended| ended.last_day() >= first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_years_inclusive_and_a_partial_end_counts_as_its_last_day() {
        let today = civil::date(2026, 11, 22);
        for (ended, inside) in [
            ("20211122", true),
            ("20211121", false),
            ("202111", true),
            ("202110", false),
            ("2021", true),
            ("2020", false),
            ("20301231", true),
        ] {
            assert_eq!(holds(Date::parse_compact(ended), today, 5), inside, "{ended}");
        }
        assert!(holds(None, today, 5));
        let leap = civil::date(2028, 2, 29);
        assert!(holds(Date::parse_compact("20230228"), leap, 5));
        assert!(!holds(Date::parse_compact("20230227"), leap, 5));
    }
}
