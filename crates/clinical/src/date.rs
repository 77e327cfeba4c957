use jiff::civil;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar date of partial precision: a year, a year and a month, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i16,
    /// 0 where not known.
    month: i8,
    /// 0 where not known.
    day: i8,
}

impl Date {
    /// `None` where the calendar has no such day (2023-02-29) or the year is not 1800–2200.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if !(1800..=2200).contains(&year) || (month.is_none() && day.is_some()) {
            return None;
        }
        civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) })
    }

    pub fn from_civil(date: civil::Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    /// Eight, six or four ASCII digits: `yyyyMMdd`, `yyyyMM`, `yyyy`; zeros in the place of month or day mean "not known".
    pub fn parse_compact(text: &str) -> Option<Self> {
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part =
            |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<i8>().ok()).filter(|n| *n > 0);
        let year = text.get(..4)?.parse().ok()?;
        match text.len() {
            4 => Self::new(year, None, None),
            6 => Self::new(year, part(4..6), None),
            8 => {
                let month = part(4..6);
                Self::new(year, month, month.and(part(6..8)))
            }
            _ => None,
        }
    }

    pub const fn year(self) -> i16 {
        self.year
    }

    pub fn month(self) -> Option<i8> {
        (self.month > 0).then_some(self.month)
    }

    pub fn day(self) -> Option<i8> {
        (self.day > 0).then_some(self.day)
    }

    pub const fn is_full(self) -> bool {
        self.day > 0
    }

    /// The first day that the date can mean.
    pub fn first_day(self) -> civil::Date {
        civil::Date::new(self.year, self.month.max(1), self.day.max(1)).unwrap_or(civil::Date::MIN)
    }

    /// The last day that the date can mean: a partial end date counts as its last day (`rules` §4).
    pub fn last_day(self) -> civil::Date {
        if self.day > 0 {
            return self.first_day();
        }
        let month = if self.month > 0 { self.month } else { 12 };
        civil::Date::new(self.year, month, 1).map_or(civil::Date::MAX, civil::Date::last_of_month)
    }

    /// Whether both can mean the same day (`rules` §2: compatible partial dates agree).
    pub const fn compatible(self, other: Self) -> bool {
        self.year == other.year
            && (self.month == 0 || other.month == 0 || self.month == other.month)
            && (self.day == 0 || other.day == 0 || self.day == other.day)
    }
}

/// The last two decimal digits.
fn two_digits(number: i16) -> [u8; 2] {
    let digit = |n: i16| u8::try_from(n.rem_euclid(10)).map_or(b'0', |n| b'0' + n);
    [digit(number / 10), digit(number)]
}

fn write_ascii(f: &mut fmt::Formatter<'_>, text: &[u8]) -> fmt::Result {
    f.write_str(str::from_utf8(text).map_err(|_| fmt::Error)?)
}

/// FHIR form: `2024`, `2024-03`, `2024-03-16`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Written some hundred times a report: the general formatting of numbers would cost more than all else here.
        let [[y1, y2], [y3, y4]] = [two_digits(self.year / 100), two_digits(self.year % 100)];
        let [[m1, m2], [d1, d2]] = [two_digits(i16::from(self.month)), two_digits(i16::from(self.day))];
        let text = [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2];
        let length = match (self.month, self.day) {
            (0, _) => 4,
            (_, 0) => 7,
            _ => 10,
        };
        write_ascii(f, text.get(..length).unwrap_or(&text))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        Self::parse_compact(&digits).ok_or("not a date of the form yyyy[-MM[-dd]]")
    }
}

/// A time of day in Japan; seconds and milliseconds are 0 where the source gave none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    pub hour: i8,
    pub minute: i8,
    pub second: i8,
    pub milli: i16,
}

/// A date, and a time where the source gave one. Times are Japan's (+09:00), as no source writes a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateTime {
    pub date: Date,
    pub time: Option<Time>,
}

impl DateTime {
    pub const fn day(date: Date) -> Self {
        Self { date, time: None }
    }

    pub fn from_civil(at: civil::DateTime) -> Self {
        Self {
            date: Date::from_civil(at.date()),
            time: Some(Time { hour: at.hour(), minute: at.minute(), second: at.second(), milli: at.millisecond() }),
        }
    }

    /// HL7 v2 TS: `yyyy[MM[dd[HH[mm[ss[.S…]]]]]]`, or 17 digits with milliseconds and no dot; an offset `+0900` is passed over.
    /// Hours 24–47 are the deep-night clock and mean the next day; a time that is no time (`999999`) is dropped.
    /// `None` where even the date is none.
    pub fn parse_hl7(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split(['+', '-']).next().unwrap_or(text);
        let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
        let (digits, fraction) = match digits.len() {
            17 => (digits.get(..14)?, digits.get(14..)?),
            _ => (digits, fraction),
        };
        if digits.len() <= 8 {
            return Date::parse_compact(digits).map(Self::day);
        }
        let date = Date::parse_compact(digits.get(..8)?)?;
        Some(Self::at(date, digits.get(8..)?, fraction).unwrap_or(Self::day(date)))
    }

    fn at(date: Date, clock: &str, fraction: &str) -> Option<Self> {
        let two = |from: usize| match clock.get(from..from + 2) {
            Some(text) => text.parse::<i8>().ok(),
            None => Some(0),
        };
        if !clock.len().is_multiple_of(2) || clock.len() > 6 || !date.is_full() {
            return None;
        }
        let (hour, minute, second) = (two(0)?, two(2)?, two(4)?);
        let milli = match fraction.get(..fraction.len().min(3)).unwrap_or("") {
            "" => 0,
            digits => format!("{digits:0<3}").parse().ok()?,
        };
        if !(0..48).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
            return None;
        }
        let (date, hour) =
            if hour < 24 { (date, hour) } else { (Date::from_civil(date.first_day().tomorrow().ok()?), hour - 24) };
        Some(Self { date, time: Some(Time { hour, minute, second, milli }) })
    }

    /// As a number `yyyyMMddHHmmssSSS`, for versions; unknown parts are 0.
    pub fn stamp(self) -> u64 {
        let part = |n: i8| u64::try_from(n).unwrap_or(0);
        let date =
            u64::try_from(self.date.year).unwrap_or(0) * 10_000 + part(self.date.month) * 100 + part(self.date.day);
        let time = self.time.map_or(0, |t| {
            (part(t.hour) * 10_000 + part(t.minute) * 100 + part(t.second)) * 1000 + u64::try_from(t.milli).unwrap_or(0)
        });
        date * 1_000_000_000 + time
    }

    /// From a version's stamp; `None` for 0 and for stamps that are no time.
    pub fn from_stamp(stamp: u64) -> Option<Self> {
        let small = |unit: u64| i8::try_from(stamp / unit % 100).ok();
        let known = |unit: u64| small(unit).filter(|n| *n > 0);
        let month = known(100_000_000_000);
        let year = i16::try_from(stamp / 10_000_000_000_000).ok()?;
        let date = Date::new(year, month, month.and(known(1_000_000_000)))?;
        let (hour, minute, second, milli) =
            (small(10_000_000)?, small(100_000)?, small(1000)?, i16::try_from(stamp % 1000).ok()?);
        let time = date.is_full() && hour < 24 && minute < 60 && second < 60;
        Some(Self { date, time: time.then_some(Time { hour, minute, second, milli }) })
    }
}

/// FHIR dateTime: the date alone, or with seconds, milliseconds and the zone of Japan.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date.fmt(f)?;
        let Some(Time { hour, minute, second, milli }) = self.time else { return Ok(()) };
        let [h1, h2] = two_digits(i16::from(hour));
        let [m1, m2] = two_digits(i16::from(minute));
        let [s1, s2] = two_digits(i16::from(second));
        let ([_, f1], [f2, f3]) = (two_digits(milli / 100), two_digits(milli % 100));
        write_ascii(f, &[b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'.', f1, f2, f3])?;
        f.write_str("+09:00")
    }
}

impl From<DateTime> for String {
    fn from(at: DateTime) -> Self {
        at.to_string()
    }
}

impl TryFrom<String> for DateTime {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (date, time) = text.split_once('T').unwrap_or((&text, ""));
        let date = Date::try_from(date.to_owned())?;
        if time.is_empty() {
            return Ok(Self::day(date));
        }
        let (clock, fraction) = time.trim_end_matches("+09:00").split_once('.').unwrap_or((time, ""));
        let clock: String = clock.chars().filter(char::is_ascii_digit).collect();
        Self::at(date, &clock, fraction).ok_or("not a time of the form HH:mm:ss.SSS+09:00")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hl7_times_keep_their_precision() {
        for (text, expected) in [
            ("2024", "2024"),
            ("202403", "2024-03"),
            ("19960100", "1996-01"),
            ("20240316", "2024-03-16"),
            ("202403160940", "2024-03-16T09:40:00.000+09:00"),
            ("20240316122434.00", "2024-03-16T12:24:34.000+09:00"),
            ("20240316122434.5", "2024-03-16T12:24:34.500+09:00"),
            ("20240316122434123", "2024-03-16T12:24:34.123+09:00"),
            ("20240316122434+0900", "2024-03-16T12:24:34.000+09:00"),
            ("2024031625", "2024-03-17T01:00:00.000+09:00"),
            ("202412312430", "2025-01-01T00:30:00.000+09:00"),
            ("20240316999999", "2024-03-16"),
        ] {
            let at = DateTime::parse_hl7(text).unwrap();
            assert_eq!(at.to_string(), expected, "{text}");
            assert_eq!(DateTime::try_from(expected.to_owned()), Ok(at), "{text}");
        }
        for text in ["", "abc", "20230229", "99999999", "0000"] {
            assert_eq!(DateTime::parse_hl7(text), None, "{text}");
        }
    }

    #[test]
    fn stamps_go_there_and_back() {
        let at = DateTime::parse_hl7("20240316122434123").unwrap();
        assert_eq!(at.stamp(), 20_240_316_122_434_123);
        assert_eq!(DateTime::from_stamp(at.stamp()), Some(at));
        assert_eq!(DateTime::from_stamp(0), None);
    }

    #[test]
    fn a_partial_date_spans_its_days() {
        let leap = Date::parse_compact("202402").unwrap();
        assert_eq!(leap.first_day().to_string(), "2024-02-01");
        assert_eq!(leap.last_day().to_string(), "2024-02-29");
        assert_eq!(Date::parse_compact("2024").unwrap().last_day().to_string(), "2024-12-31");
        assert!(leap.compatible(Date::parse_compact("20240215").unwrap()));
        assert!(!leap.compatible(Date::parse_compact("20240315").unwrap()));
    }
}
