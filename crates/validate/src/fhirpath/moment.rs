//! Dates and times of any precision.

use std::cmp::Ordering;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    Date,
    DateTime,
    Time,
}

impl MomentKind {
    /// Of a FHIR primitive type.
    pub(super) fn of_type(name: &str) -> Option<Self> {
        match name {
            "date" => Some(Self::Date),
            "dateTime" | "instant" => Some(Self::DateTime),
            "time" => Some(Self::Time),
            _ => None,
        }
    }
}

/// Year, month, day, hour, minute as far as given; then seconds with their fraction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'t> {
    fields: [Option<u32>; 5],
    second: Option<(u32, &'t str)>,
    /// Minutes east of UTC.
    zone: Option<i32>,
}

struct Scan<'t>(&'t str);

impl<'t> Scan<'t> {
    fn digits(&mut self, count: usize, most: u32) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.bytes().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))?;
        self.0 = rest;
        (number <= most).then_some(number)
    }

    fn eat(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

/// Whether a text may be a date, dateTime or time: asked before the type of an element is looked up.
pub(super) fn looks_like_one(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, c, rest @ ..]
        if a.is_ascii_digit() && b.is_ascii_digit() && (*c == b':' || (c.is_ascii_digit() && !rest.is_empty())))
}

impl<'t> Moment<'t> {
    /// `None` where the text is no such moment.
    pub fn parse(text: &'t str, kind: MomentKind) -> Option<Self> {
        let mut scan = Scan(text);
        let mut moment = Moment { fields: [None; 5], second: None, zone: None };
        if kind != MomentKind::Time {
            moment.date(&mut scan)?;
            if scan.0.is_empty() {
                return Some(moment);
            }
            if kind == MomentKind::Date || moment.fields.get(2)?.is_none() || !scan.eat('T') {
                return None;
            }
        }
        moment.clock(&mut scan)?;
        if kind == MomentKind::DateTime {
            moment.zone = zone(&mut scan)?;
        }
        scan.0.is_empty().then_some(moment)
    }

    fn date(&mut self, scan: &mut Scan<'t>) -> Option<()> {
        let [year, month, day, ..] = &mut self.fields;
        *year = Some(scan.digits(4, 9999)?);
        if scan.eat('-') {
            *month = Some(scan.digits(2, 12).filter(|&n| n > 0)?);
            if scan.eat('-') {
                *day = Some(scan.digits(2, 31).filter(|&n| n > 0)?);
            }
        }
        Some(())
    }

    fn clock(&mut self, scan: &mut Scan<'t>) -> Option<()> {
        let [.., hour, minute] = &mut self.fields;
        *hour = Some(scan.digits(2, 24)?);
        if scan.eat(':') {
            *minute = Some(scan.digits(2, 59)?);
            if scan.eat(':') {
                let whole = scan.digits(2, 60)?;
                let mut fraction = "";
                if scan.eat('.') {
                    let length = scan.0.bytes().take_while(u8::is_ascii_digit).count();
                    let (digits, rest) = scan.0.split_at_checked(length).filter(|(digits, _)| !digits.is_empty())?;
                    fraction = digits.trim_end_matches('0');
                    scan.0 = rest;
                }
                self.second = Some((whole, fraction));
            }
        }
        Some(())
    }

    /// Minutes since some day long ago, in UTC. `None` below the precision of minutes or without a zone.
    fn minutes(&self) -> Option<i64> {
        let [Some(year), Some(month), Some(day), Some(hour), Some(minute)] = self.fields.map(|f| f.map(i64::from))
        else {
            return None;
        };
        // Months counted from March, so that the leap day is the last of its year.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let days = days + (153 * month + 2) / 5 + day;
        Some((days * 24 + hour) * 60 + minute - i64::from(self.zone?))
    }

    /// `None` where the precisions differ before an answer is found, or only one has a zone.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if let (Some(a), Some(b)) = (self.minutes(), other.minutes()) {
            return match a.cmp(&b) {
                Ordering::Equal => seconds(self.second, other.second),
                order => Some(order),
            };
        }
        let clocks = |m: &Self| m.fields.get(3).is_some_and(Option::is_some);
        if clocks(self) && clocks(other) && self.zone != other.zone {
            return None;
        }
        for (a, b) in self.fields.iter().zip(other.fields.iter()) {
            match (a, b) {
                (Some(a), Some(b)) if a == b => {}
                (Some(a), Some(b)) => return Some(a.cmp(b)),
                (None, None) => {}
                _ => return None,
            }
        }
        seconds(self.second, other.second)
    }
}

/// Seconds and their fraction are one precision.
fn seconds(a: Option<(u32, &str)>, b: Option<(u32, &str)>) -> Option<Ordering> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        (None, None) => Some(Ordering::Equal),
        _ => None,
    }
}

fn zone(scan: &mut Scan<'_>) -> Option<Option<i32>> {
    if scan.0.is_empty() {
        return Some(None);
    }
    if scan.eat('Z') {
        return Some(Some(0));
    }
    let sign = if scan.eat('-') { -1 } else { i32::from(scan.eat('+')) };
    let hours = i32::try_from(scan.digits(2, 14)?).ok()?;
    if sign == 0 || !scan.eat(':') {
        return None;
    }
    Some(Some(sign * (hours * 60 + i32::try_from(scan.digits(2, 59)?).ok()?)))
}

#[cfg(test)]
mod tests {
    use super::{Moment, MomentKind, looks_like_one};
    use std::cmp::Ordering::{self, Equal, Greater, Less};

    fn compare(a: &str, b: &str, kind: MomentKind) -> Option<Ordering> {
        Moment::parse(a, kind).unwrap().compare(&Moment::parse(b, kind).unwrap())
    }

    #[test]
    fn what_precision_leaves_open_is_open() {
        for (a, b, expected) in [
            ("2020", "2020", Some(Equal)),
            ("2020", "2021-01", Some(Less)),
            ("2020", "2020-01", None),
            ("2020-02-01", "2020-01-31", Some(Greater)),
            ("2020-01-01", "2020-01-01T00:00:00Z", None),
            ("2020-01-01T09:00:00+09:00", "2020-01-01T00:00:00Z", Some(Equal)),
            ("2020-03-01T00:00:00+09:00", "2020-02-29T15:00:00Z", Some(Equal)),
            ("2021-01-01T00:00:00+01:00", "2020-12-31T23:00:00.000Z", Some(Equal)),
            ("2020-01-01T10:00:00.5Z", "2020-01-01T10:00:00Z", Some(Greater)),
            ("2020-01-01T10:00:00.50Z", "2020-01-01T10:00:00.5Z", Some(Equal)),
            ("2020-01-01T10:00Z", "2020-01-01T10:00:00Z", None),
            ("2020-01-01T10:00:00", "2020-01-01T10:00:00Z", None),
            ("2020-01-01T10:00:00", "2020-01-01T11:00:00", Some(Less)),
        ] {
            assert_eq!(compare(a, b, MomentKind::DateTime), expected, "{a} {b}");
            assert_eq!(compare(b, a, MomentKind::DateTime), expected.map(Ordering::reverse), "{b} {a}");
        }
        assert_eq!(compare("10:00", "10:30", MomentKind::Time), Some(Less));
        assert_eq!(compare("10:00", "10:00:01", MomentKind::Time), None);
    }

    #[test]
    fn only_moments_are_moments() {
        for text in ["", "20", "2020-13", "2020-00", "2020-1-1", "2020-01-01T", "2020-01T10:00", "2020-01-01T25:00:00Z"]
        {
            assert!(Moment::parse(text, MomentKind::DateTime).is_none(), "{text}");
        }
        for text in ["2020-01-01T10:00:00", "2020-01-011"] {
            assert!(Moment::parse(text, MomentKind::Date).is_none(), "{text}");
        }
        assert!(looks_like_one("2020") && looks_like_one("10:00") && !looks_like_one("abc") && !looks_like_one("12"));
    }
}
