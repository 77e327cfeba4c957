use super::{from_japan, hours, in_japan};
use crate::HoursError;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Weekday},
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How soon a record must be shared (the guide's table of timing, U-37).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Promptness {
    /// Problem list, allergy list: on the day of the visit, at latest by the next morning.
    Snapshot,
    /// Lab reports: on the day, at latest on the next working day.
    Lab,
}

/// Where a record stands that the centre has not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    Overdue,
    /// It must go before the next morning.
    Today,
    Later,
}

/// The clinic's calendar of sharing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "SharingText")]
pub struct Sharing {
    /// The hour at which "the next morning" is.
    morning_hour: i8,
    closed_weekdays: Vec<Weekday>,
    closed: BTreeSet<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SharingText {
    morning_hour: i8,
    closed_weekdays: Vec<String>,
    closed: Vec<String>,
}

impl Default for SharingText {
    fn default() -> Self {
        Self { morning_hour: 8, closed_weekdays: vec!["sunday".to_owned()], closed: Vec::new() }
    }
}

impl TryFrom<SharingText> for Sharing {
    type Error = HoursError;

    fn try_from(text: SharingText) -> Result<Self, HoursError> {
        if !(0..24).contains(&text.morning_hour) {
            return Err(HoursError::Hours(text.morning_hour.to_string()));
        }
        let weekdays: Vec<Weekday> =
            text.closed_weekdays.iter().map(|name| hours::weekday(name)).collect::<Result<_, _>>()?;
        let closed = text.closed.iter().map(|day| hours::date(day)).collect::<Result<_, _>>()?;
        Ok(Self { morning_hour: text.morning_hour, closed_weekdays: weekdays, closed })
    }
}

impl Default for Sharing {
    /// The next morning is at 8; every day but Sunday is a working day.
    fn default() -> Self {
        Self { morning_hour: 8, closed_weekdays: vec![Weekday::Sunday], closed: BTreeSet::new() }
    }
}

impl Sharing {
    /// When a record of `day` (the visit, the change, the report) must have been accepted.
    pub fn due(&self, promptness: Promptness, day: Date) -> Timestamp {
        match promptness {
            Promptness::Snapshot => self.morning_of(next(day)),
            Promptness::Lab => from_japan(next(self.next_working_day(day)).at(0, 0, 0, 0)),
        }
    }

    /// Where a record stands that must be accepted by `due`.
    pub fn state(&self, due: Timestamp, now: Timestamp) -> Due {
        let next_morning = self.morning_of(next(in_japan(now).date()));
        match () {
            () if due <= now => Due::Overdue,
            () if due <= next_morning => Due::Today,
            () => Due::Later,
        }
    }

    fn morning_of(&self, day: Date) -> Timestamp {
        from_japan(day.at(self.morning_hour, 0, 0, 0))
    }

    fn is_working_day(&self, day: Date) -> bool {
        !self.closed.contains(&day) && !self.closed_weekdays.contains(&day.weekday())
    }

    /// A clinic that is closed for ever counts every day.
    fn next_working_day(&self, day: Date) -> Date {
        let days = std::iter::successors(Some(next(day)), |&day| Some(next(day)));
        days.take(366).find(|&day| self.is_working_day(day)).unwrap_or_else(|| next(day))
    }
}

fn next(day: Date) -> Date {
    day.checked_add(SignedDuration::from_hours(24)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}+09:00").parse().unwrap()
    }

    #[test]
    fn lists_are_due_by_the_next_morning_and_labs_on_the_next_working_day() {
        let sharing: Sharing =
            toml::from_str("closed_weekdays = [\"sunday\", \"thursday\"]\nclosed = [\"2026-11-23\"]").unwrap();
        // 2026-11-20 is a Friday.
        for (promptness, day, due) in [
            (Promptness::Snapshot, "2026-11-20", "2026-11-21T08:00"),
            (Promptness::Snapshot, "2026-11-21", "2026-11-22T08:00"),
            (Promptness::Lab, "2026-11-20", "2026-11-22T00:00"),
            (Promptness::Lab, "2026-11-21", "2026-11-25T00:00"),
            (Promptness::Lab, "2026-11-25", "2026-11-28T00:00"),
            (Promptness::Snapshot, "2026-12-31", "2027-01-01T08:00"),
        ] {
            assert_eq!(sharing.due(promptness, day.parse().unwrap()), at(due), "{promptness:?} {day}");
        }
        let never: Sharing = toml::from_str(
            "closed_weekdays = [\"monday\",\"tuesday\",\"wednesday\",\"thursday\",\"friday\",\"saturday\",\"sunday\"]",
        )
        .unwrap();
        assert_eq!(never.due(Promptness::Lab, "2026-11-20".parse().unwrap()), at("2026-11-22T00:00"));
    }

    #[test]
    fn what_must_go_today_is_told_from_what_may_wait() {
        let sharing = Sharing::default();
        let due = sharing.due(Promptness::Snapshot, "2026-11-20".parse().unwrap());
        for (now, state) in [
            ("2026-11-19T12:00", Due::Later),
            ("2026-11-20T00:00", Due::Today),
            ("2026-11-21T07:59:59", Due::Today),
            ("2026-11-21T08:00", Due::Overdue),
        ] {
            assert_eq!(sharing.state(due, at(now)), state, "{now}");
        }
    }

    #[test]
    fn a_lab_report_must_go_on_the_last_day_that_it_may() {
        let sharing = Sharing::default();
        // 2026-11-21 is a Saturday, and Sunday is closed.
        let due = sharing.due(Promptness::Lab, "2026-11-21".parse().unwrap());
        for (now, state) in [
            ("2026-11-22T23:59", Due::Later),
            ("2026-11-23T00:00", Due::Today),
            ("2026-11-23T23:59", Due::Today),
            ("2026-11-24T00:00", Due::Overdue),
        ] {
            assert_eq!(sharing.state(due, at(now)), state, "{now}");
        }
    }

    #[test]
    fn a_slip_is_refused() {
        for text in ["morning_hour = 24", "closed_weekdays = [\"x\"]", "closed = [\"x\"]", "mornings = 1"] {
            assert!(toml::from_str::<Sharing>(text).is_err(), "{text}");
        }
        assert_eq!(toml::from_str::<Sharing>("").unwrap(), Sharing::default());
    }
}
