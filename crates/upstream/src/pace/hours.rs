use super::{from_japan, in_japan};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A day has so many minutes.
const DAY: u16 = 24 * 60;
/// How far into the calendar an opening is looked for.
const HORIZON_DAYS: i64 = 400;

/// A stretch of every day, `HH:MM-HH:MM` in Japan; the end is not in it, and `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Hours {
    from: u16,
    until: u16,
}

/// Times that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HoursError {
    #[error("`{0}` is not of the form `09:00-17:30`")]
    Hours(String),
    /// Two stretches of one day would be meant, and it is open which day the second belongs to.
    #[error("`{0}` goes over midnight: write `22:00-24:00` and `00:00-06:00`")]
    Midnight(String),
    #[error("`{0}` is not a day like `2026-12-31`")]
    Day(String),
    #[error("`{0}` is not a day of the week in English")]
    Weekday(String),
    #[error("`{0}` is not a time like `2026-12-31T22:00+09:00`")]
    Time(String),
    #[error("a maintenance ends before it begins: `{0}`")]
    Backwards(String),
}

impl Hours {
    pub const ALL_DAY: Self = Self { from: 0, until: DAY };

    /// Reads `HH:MM-HH:MM`; over midnight is allowed here.
    ///
    /// # Errors
    /// When it is written otherwise.
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let minutes = text.split_once('-').and_then(|(from, until)| Some((minute(from)?, minute(until)?)));
        let (from, until) =
            minutes.filter(|(from, until)| from != until).ok_or_else(|| HoursError::Hours(text.to_owned()))?;
        Ok(Self { from, until })
    }

    pub fn contains(self, time: DateTime) -> bool {
        let minute = u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or_default();
        if self.from < self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }

    const fn ends(self) -> [u16; 2] {
        [self.from, self.until]
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() == 2);
    let (hour, minute) = (number(hour)?, number(minute)?);
    let total = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && total <= DAY).then_some(total)
}

impl TryFrom<String> for Hours {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        let hours = Self::parse(&text)?;
        if hours.from < hours.until { Ok(hours) } else { Err(HoursError::Midnight(text)) }
    }
}

/// A stretch of time in which the centre does not work. The end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "MaintenanceText")]
pub struct Maintenance {
    pub from: Timestamp,
    pub until: Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaintenanceText {
    from: String,
    until: String,
}

impl TryFrom<MaintenanceText> for Maintenance {
    type Error = HoursError;

    fn try_from(text: MaintenanceText) -> Result<Self, HoursError> {
        let time = |text: &str| text.parse::<Timestamp>().map_err(|_| HoursError::Time(text.to_owned()));
        let (from, until) = (time(&text.from)?, time(&text.until)?);
        if from < until { Ok(Self { from, until }) } else { Err(HoursError::Backwards(text.from)) }
    }
}

/// When the centre takes requests: opening hours of every day or of a day of the week, closed days, announced maintenance.
/// Without a word it is always open: the hours of the service are not public.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, try_from = "ServiceText")]
pub struct ServiceHours {
    open: Vec<Hours>,
    weekday: BTreeMap<i8, Vec<Hours>>,
    closed: BTreeSet<Date>,
    maintenance: Vec<Maintenance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ServiceText {
    open: Vec<Hours>,
    weekday: BTreeMap<String, Vec<Hours>>,
    closed: Vec<String>,
    maintenance: Vec<Maintenance>,
}

impl Default for ServiceText {
    fn default() -> Self {
        Self { open: vec![Hours::ALL_DAY], weekday: BTreeMap::new(), closed: Vec::new(), maintenance: Vec::new() }
    }
}

impl TryFrom<ServiceText> for ServiceHours {
    type Error = HoursError;

    fn try_from(text: ServiceText) -> Result<Self, HoursError> {
        let weekday =
            text.weekday.into_iter().map(|(name, hours)| Ok((weekday(&name)?.to_monday_zero_offset(), hours)));
        let closed = text.closed.into_iter().map(|day| date(&day));
        Ok(Self {
            open: text.open,
            weekday: weekday.collect::<Result<_, _>>()?,
            closed: closed.collect::<Result<_, _>>()?,
            maintenance: text.maintenance,
        })
    }
}

pub fn date(text: &str) -> Result<Date, HoursError> {
    text.parse().map_err(|_| HoursError::Day(text.to_owned()))
}

pub fn weekday(name: &str) -> Result<Weekday, HoursError> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let found = NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, day)| day).ok_or_else(|| HoursError::Weekday(name.to_owned()))
}

impl Default for ServiceHours {
    fn default() -> Self {
        Self { open: vec![Hours::ALL_DAY], weekday: BTreeMap::new(), closed: BTreeSet::new(), maintenance: Vec::new() }
    }
}

impl ServiceHours {
    pub fn is_open(&self, now: Timestamp) -> bool {
        let time = in_japan(now);
        let maintained = self.maintenance.iter().any(|m| (m.from..m.until).contains(&now));
        !maintained && self.hours_of(time.date()).iter().any(|hours| hours.contains(time))
    }

    /// `now` where it is open; `None` where nothing opens within a year.
    pub fn next_opening(&self, now: Timestamp) -> Option<Timestamp> {
        if self.is_open(now) { Some(now) } else { self.turns(now).into_iter().find(|&time| self.is_open(time)) }
    }

    /// The end of the time that is open now; `None` where it is closed now, or stays open for a year.
    pub fn closes(&self, now: Timestamp) -> Option<Timestamp> {
        let open = self.is_open(now);
        open.then(|| self.turns(now).into_iter().find(|&time| !self.is_open(time))).flatten()
    }

    fn hours_of(&self, day: Date) -> &[Hours] {
        if self.closed.contains(&day) {
            return &[];
        }
        self.weekday.get(&day.weekday().to_monday_zero_offset()).unwrap_or(&self.open)
    }

    /// The times after `now` at which something may change, in order.
    fn turns(&self, now: Timestamp) -> Vec<Timestamp> {
        let today = in_japan(now).date();
        let days = (0..HORIZON_DAYS).filter_map(|n| today.checked_add(jiff::SignedDuration::from_hours(24 * n)).ok());
        let of_day = |day: Date| {
            let ends = self.hours_of(day).iter().flat_map(|hours| hours.ends()).chain([0]);
            let times = ends.map(move |minute| {
                let midnight = from_japan(day.at(0, 0, 0, 0));
                midnight.checked_add(jiff::SignedDuration::from_mins(i64::from(minute))).unwrap_or(Timestamp::MAX)
            });
            times.collect::<Vec<_>>()
        };
        let maintained = self.maintenance.iter().flat_map(|m| [m.from, m.until]);
        let mut turns: Vec<_> = days.flat_map(of_day).chain(maintained).filter(|&time| time > now).collect();
        turns.sort_unstable();
        turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}+09:00").parse().unwrap()
    }

    fn hours(text: &str) -> ServiceHours {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn without_a_word_it_is_always_open() {
        let always = hours("");
        assert_eq!(always, ServiceHours::default());
        let now = at("2026-12-31T23:59:59");
        assert!(always.is_open(now));
        assert_eq!((always.next_opening(now), always.closes(now)), (Some(now), None));
    }

    #[test]
    fn the_calendar_says_when_it_opens_and_closes() {
        let service = hours(
            "open = [\"08:00-12:00\", \"13:00-24:00\"]\n\
             weekday.sunday = []\n\
             weekday.Saturday = [\"00:00-24:00\"]\n\
             closed = [\"2026-11-25\"]\n\
             maintenance = [{ from = \"2026-11-24T09:00:00+09:00\", until = \"2026-11-24T10:30:00+09:00\" }]",
        );
        // 2026-11-22 is a Sunday. (now, next opening, closing)
        for (now, opens, closes) in [
            ("2026-11-20T07:59:59", "2026-11-20T08:00", None),
            ("2026-11-20T08:00", "2026-11-20T08:00", Some("2026-11-20T12:00")),
            ("2026-11-20T12:00", "2026-11-20T13:00", None),
            ("2026-11-20T23:00", "2026-11-20T23:00", Some("2026-11-22T00:00")),
            ("2026-11-21T03:00", "2026-11-21T03:00", Some("2026-11-22T00:00")),
            ("2026-11-22T10:00", "2026-11-23T08:00", None),
            ("2026-11-24T08:30", "2026-11-24T08:30", Some("2026-11-24T09:00")),
            ("2026-11-24T09:00", "2026-11-24T10:30", None),
            ("2026-11-25T09:00", "2026-11-26T08:00", None),
        ] {
            assert_eq!(service.next_opening(at(now)), Some(at(opens)), "{now}");
            assert_eq!(service.closes(at(now)), closes.map(at), "{now}");
            assert_eq!(service.is_open(at(now)), now == opens, "{now}");
        }
    }

    #[test]
    fn what_never_opens_says_so() {
        assert_eq!(hours("open = []").next_opening(at("2026-11-22T10:00")), None);
    }

    #[test]
    fn a_slip_is_refused_and_says_what_is_wrong() {
        for (text, told) in [
            ("open = [\"8:00-12:00\"]", "8:00-12:00"),
            ("open = [\"08:00-24:01\"]", "24:01"),
            ("open = [\"08:00-08:00\"]", "08:00-08:00"),
            ("open = [\"08:60-09:00\"]", "08:60"),
            ("open = [\"22:00-06:00\"]", "midnight"),
            ("closed = [\"2026-02-30\"]", "2026-02-30"),
            ("weekday.someday = []", "someday"),
            ("opens = []", "opens"),
            ("maintenance = [{ from = \"2026-11-24\", until = \"2026-11-25\" }]", "2026-11-24"),
            (
                "maintenance = [{ from = \"2026-11-24T09:00+09:00\", until = \"2026-11-24T09:00+09:00\" }]",
                "ends before",
            ),
        ] {
            let error = toml::from_str::<ServiceHours>(text).unwrap_err().to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
        let night = Hours::parse("22:00-06:00").unwrap();
        let time = |hour| Date::constant(2026, 11, 22).at(hour, 0, 0, 0);
        assert!(night.contains(time(23)) && night.contains(time(5)) && !night.contains(time(6)));
    }
}
