use crate::options::{Day, days_in_month};

/// What a FHIR `date`, `dateTime` or `instant` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The first and the last day that it may mean, in Japan, as days since 1970-01-01.
    pub first: i32,
    pub last: i32,
    /// In its own time zone.
    pub year: u16,
    pub has_time: bool,
    pub has_milliseconds: bool,
    /// No time, or the time zone is +09:00.
    pub japanese: bool,
}

const JAPAN: i32 = 9 * 60;
const DAY: i32 = 24 * 60;

impl Moment {
    /// `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss[.s…](Z|±hh:mm)`; `None` for any other form and for days and times
    /// that do not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = Digits(text.as_bytes());
        let year = rest.number(4)?;
        let at = |month: u8, day: u8| Day::new(year, month, day).map(Day::number);
        let dated = |first, last| Self { first, last, year, has_time: false, has_milliseconds: false, japanese: true };
        if rest.is_empty() {
            return Some(dated(at(1, 1)?, at(12, 31)?));
        }
        let month = rest.after(b'-')?.number(2).and_then(small)?;
        if rest.is_empty() {
            return Some(dated(at(month, 1)?, at(month, days_in_month(year, month))?));
        }
        let day = at(month, rest.after(b'-')?.number(2).and_then(small)?)?;
        if rest.is_empty() {
            return Some(dated(day, day));
        }
        let hour = rest.after(b'T')?.number(2).filter(|&h| h < 24)?;
        let minute = rest.after(b':')?.number(2).filter(|&m| m < 60)?;
        // 60 is a leap second.
        rest.after(b':')?.number(2).filter(|&s| s <= 60)?;
        let fraction = rest.fraction()?;
        let zone = rest.zone()?;
        let minutes = i32::from(hour) * 60 + i32::from(minute) - zone + JAPAN;
        let day = day + minutes.div_euclid(DAY);
        let (has_milliseconds, japanese) = (fraction >= 3, zone == JAPAN);
        Some(Self { first: day, last: day, year, has_time: true, has_milliseconds, japanese })
    }
}

fn small(number: u16) -> Option<u8> {
    u8::try_from(number).ok()
}

struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn after(&mut self, byte: u8) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(self)
    }

    fn number(&mut self, width: usize) -> Option<u16> {
        let (digits, rest) = self.0.split_at_checked(width)?;
        self.0 = rest;
        digits.iter().try_fold(0u16, |n, b| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0')))
    }

    /// The number of digits after a point; 0 without a point.
    fn fraction(&mut self) -> Option<usize> {
        let Some(rest) = self.0.strip_prefix(b".") else {
            return Some(0);
        };
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        self.0 = rest.get(digits..)?;
        (digits > 0).then_some(digits)
    }

    /// The time zone at the end, in minutes east.
    fn zone(&mut self) -> Option<i32> {
        let (sign, rest) = match *self.0 {
            [b'Z'] => return Some(0),
            [b'+', ref rest @ ..] => (1, rest),
            [b'-', ref rest @ ..] => (-1, rest),
            _ => return None,
        };
        let mut rest = Digits(rest);
        let hours = rest.number(2).filter(|&h| h <= 14)?;
        let minutes = rest.after(b':')?.number(2).filter(|&m| m < 60)?;
        rest.is_empty().then(|| sign * (i32::from(hours) * 60 + i32::from(minutes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> i32 {
        Day::new(year, month, day).unwrap().number()
    }

    #[test]
    fn partial_dates_are_ranges_and_times_are_turned_to_japan() {
        for (text, first, last) in [
            ("2024", day(2024, 1, 1), day(2024, 12, 31)),
            ("2024-02", day(2024, 2, 1), day(2024, 2, 29)),
            ("2024-02-29", day(2024, 2, 29), day(2024, 2, 29)),
            ("2024-02-29T23:59:60.123+09:00", day(2024, 2, 29), day(2024, 2, 29)),
            ("2024-02-28T15:00:00Z", day(2024, 2, 29), day(2024, 2, 29)),
            ("2024-03-01T08:00:00+14:00", day(2024, 3, 1), day(2024, 3, 1)),
            ("2024-03-01T00:30:00+10:00", day(2024, 2, 29), day(2024, 2, 29)),
        ] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!((moment.first, moment.last), (first, last), "{text}");
        }
    }

    #[test]
    fn precision_is_told() {
        let told = |text| Moment::parse(text).map(|m| (m.has_time, m.has_milliseconds, m.japanese));
        assert_eq!(told("2024-03-01"), Some((false, false, true)));
        assert_eq!(told("2024-03-01T00:00:00+09:00"), Some((true, false, true)));
        assert_eq!(told("2024-03-01T00:00:00.123Z"), Some((true, true, false)));
    }

    #[test]
    fn other_forms_and_impossible_days_are_refused() {
        for text in [
            "",
            "24",
            "20240301",
            "2024-3-1",
            "2024-13",
            "2023-02-29",
            "2024-02-30",
            "2024/03/01",
            "2024-03-01T09:30+09:00",
            "2024-03-01T09:30:00",
            "2024-03-01T24:00:00Z",
            "2024-03-01T09:60:00Z",
            "2024-03-01 09:30:00Z",
            "2024-03-01T09:30:00.Z",
            "2024-03-01T09:30:00+15:00",
            "2024-03-01T09:30:00+0900",
            "2024-03-01T09:30:00Zx",
            "２０２４",
            "0000-01-01",
            "2024-",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
