//! レセプト as lists: the receipts of a patient for one month of care are one whole list of that month, and no list of any other
//! (`rules` §3). What they say of the patient's problems over the months is put together by whoever reports.

use crate::{Date, DateTime, Scope, Time, Version};
use jiff::civil;
use std::sync::Arc;

/// The list kind of receipts, as `condition.authority` names it.
pub const FEED: &str = "UKE";

/// The list of one month: all receipts of an institution for one 診療年月.
pub fn month_scope(source: &Arc<str>, institution: &str, month: Date) -> Scope {
    Scope { source: Arc::clone(source), feed: FEED.into(), part: format!("{institution}/{month}").into() }
}

/// What receipts say of the patient whatever the month: name, birth date, insurance. `kind` tells apart the receipts of one month.
pub fn patient_scope(source: &Arc<str>, institution: &str, kind: &str) -> Scope {
    Scope { source: Arc::clone(source), feed: FEED.into(), part: format!("{institution}/patient {kind}").into() }
}

/// 診療年月 of a month's list.
pub fn month_of(scope: &Scope) -> Option<Date> {
    let (_, month) = scope.part.split_once('/').filter(|_| &*scope.feed == FEED)?;
    Date::try_from(month.to_owned()).ok().filter(|month| month.month().is_some())
}

/// A month's end; of two statements about one month the one that was billed later is greater.
pub fn version(month: Date, billed: Option<Date>) -> Version {
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month().unwrap_or(1));
    let later = billed.map_or(0, |billed| (months(billed) - months(month)).clamp(0, 999));
    let milli = i16::try_from(later).unwrap_or(0);
    let last: civil::Date = month.last_day();
    let at = DateTime { date: Date::from_civil(last), time: Some(Time { hour: 0, minute: 0, second: 0, milli }) };
    Version { time: at.stamp(), ..Version::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Date {
        Date::parse_compact(text).unwrap()
    }

    #[test]
    fn a_scope_knows_its_month() {
        let source: Arc<str> = "clinic".into();
        assert_eq!(month_of(&month_scope(&source, "1319999999", month("202604"))), Some(month("202604")));
        assert_eq!(month_of(&patient_scope(&source, "1319999999", "O/06139999")), None);
        let other = Scope { feed: "PPR-01".into(), ..month_scope(&source, "1319999999", month("202604")) };
        assert_eq!(month_of(&other), None);
    }

    #[test]
    fn the_month_of_care_comes_before_that_of_the_bill() {
        let version = |care: &str, billed: &str| version(month(care), Date::parse_compact(billed));
        assert!(version("202604", "202605") < version("202604", "202609"));
        assert!(version("202604", "202612") < version("202605", "202606"));
        assert!(version("202604", "") < version("202604", "202605"));
        assert_eq!(version("202602", "202603").time, 20_260_228_000_000_001);
    }
}
