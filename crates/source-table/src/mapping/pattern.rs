//! Date patterns: `YYYYMMDD`, `YYYY/M/D h:mm`, `YYMMDD`, `和暦`, `Excel`.

use tsugite_charset::to_half_width;
use tsugite_clinical::{Date, DateTime, Time, era};

/// How a date is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatePattern {
    /// Any spelling of a year of an era: `S33.3.3`, `昭和33年3月3日`, `5010501`, `令和元年`. Five digits alone are none: they are
    /// what Excel makes of a day.
    Era,
    /// So many digits, the era first: `GYYMMDD`, `GYYMM`.
    EraDigits(usize),
    /// Days since the last day of 1899, as Excel counts them.
    ExcelSerial,
    Parts(Vec<Part>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Year,
    /// Two digits; the century is told by a pivot.
    ShortYear,
    /// Least and most digits.
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    Literal(char),
}

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternFault {
    Unknown,
    NoYear,
    /// Two digits of a year say no century.
    NoPivot,
}

impl DatePattern {
    /// Patterns that are tried where a field names none: none of them can be read as another.
    pub const DEFAULT: [&'static str; 10] = [
        "YYYYMMDD",
        "YYYY/M/D",
        "YYYY-M-D",
        "YYYY年M月D日",
        "YYYYMMDDhhmm",
        "YYYYMMDDhhmmss",
        "YYYY/M/D h:mm",
        "YYYY/M/D h:mm:ss",
        "YYYY-M-D h:mm:ss",
        "和暦",
    ];

    /// # Errors
    /// The pattern has a letter that means nothing, or names no year.
    pub fn parse(pattern: &str, pivot: Option<u8>) -> Result<Self, PatternFault> {
        let half = to_half_width(pattern);
        match &*half {
            "和暦" | "wareki" | "era" => return Ok(Self::Era),
            "Excel" | "excel" => return Ok(Self::ExcelSerial),
            "GYYMMDD" | "GYYMM" => return Ok(Self::EraDigits(half.len())),
            _ if half.starts_with('G') => return Ok(Self::Era),
            _ => {}
        }
        let mut parts = Vec::new();
        let mut rest = &*half;
        while let Some(first) = rest.chars().next() {
            let length = rest.chars().take_while(|c| *c == first).count();
            let part = match (first, length) {
                ('Y', 4) => Part::Year,
                ('Y', 2) => Part::ShortYear,
                ('M', 1 | 2) => Part::Month(length),
                ('D', 1 | 2) => Part::Day(length),
                ('h', 1 | 2) => Part::Hour(length),
                ('m', 1 | 2) => Part::Minute(length),
                ('s', 1 | 2) => Part::Second(length),
                (letter, _) if letter.is_ascii_alphanumeric() => return Err(PatternFault::Unknown),
                (literal, _) => Part::Literal(literal),
            };
            let taken = if matches!(part, Part::Literal(_)) { first.len_utf8() } else { length * first.len_utf8() };
            rest = rest.get(taken..).unwrap_or_default();
            parts.push(part);
        }
        let short = parts.contains(&Part::ShortYear);
        if !short && !parts.contains(&Part::Year) {
            return Err(PatternFault::NoYear);
        }
        if short && pivot.is_none() {
            return Err(PatternFault::NoPivot);
        }
        Ok(Self::Parts(parts))
    }

    /// The date that a text, trimmed and of half width, says by this pattern.
    pub fn read(&self, text: &str, pivot: Option<u8>) -> Option<DateTime> {
        match self {
            Self::Era if is_digits(text, 5) => None,
            Self::EraDigits(length) if !is_digits(text, *length) => None,
            Self::Era | Self::EraDigits(_) => era::parse(text).ok().map(DateTime::day),
            Self::ExcelSerial => excel_serial(text),
            Self::Parts(parts) => {
                let (at, rest) = read_parts(parts, text, pivot)?;
                rest.is_empty().then_some(at)
            }
        }
    }

    /// The first date of this pattern inside of a text, such as a file name.
    pub fn find(&self, text: &str, pivot: Option<u8>) -> Option<DateTime> {
        let Self::Parts(parts) = self else { return None };
        let after_digit =
            |at: usize| text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        text.char_indices().filter(|(at, _)| !after_digit(*at)).find_map(|(at, _)| {
            let (found, rest) = read_parts(parts, text.get(at..)?, pivot)?;
            (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(found)
        })
    }
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_parts<'t>(parts: &[Part], text: &'t str, pivot: Option<u8>) -> Option<(DateTime, &'t str)> {
    let mut rest = text;
    let (mut year, mut month, mut day, mut clock) = (0_i16, None, None, [0_i8; 3]);
    let mut timed = false;
    for part in parts {
        let mut number = |least: usize, most: usize| -> Option<i16> {
            let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
            let (digits, behind) = rest.split_at_checked(length).filter(|_| length >= least)?;
            rest = behind;
            digits.parse().ok()
        };
        match part {
            Part::Year => year = number(4, 4)?,
            Part::ShortYear => {
                let short = number(2, 2)?;
                year = short + if short <= i16::from(pivot?) { 2000 } else { 1900 };
            }
            Part::Month(least) => month = Some(i8::try_from(number(*least, 2)?).ok()?),
            Part::Day(least) => day = Some(i8::try_from(number(*least, 2)?).ok()?),
            Part::Hour(least) => {
                clock[0] = i8::try_from(number(*least, 2)?).ok()?;
                timed = true;
            }
            Part::Minute(least) => clock[1] = i8::try_from(number(*least, 2)?).ok()?,
            Part::Second(least) => clock[2] = i8::try_from(number(*least, 2)?).ok()?,
            // Systems pad numbers with blanks: `2026/ 4/ 1`.
            Part::Literal(' ') => rest = rest.strip_prefix([' ', 'T'])?.trim_start(),
            Part::Literal(literal) => rest = rest.strip_prefix(*literal)?.trim_start(),
        }
    }
    let known = |part: Option<i8>| part.filter(|number| *number != 0);
    let month = known(month);
    let date = Date::new(year, month, month.and(known(day)))?;
    let [hour, minute, second] = clock;
    let legal = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    // Databases write days with a time of nothing: `2026/04/01 0:00:00`.
    let says_time = timed && clock != [0; 3];
    let time = (says_time && legal && date.is_full()).then_some(Time { hour, minute, second, milli: 0 });
    (!timed || legal).then_some((DateTime { date, time }, rest))
}

/// 1 is 1900-01-01; what Excel takes for 1900-02-29 never was.
fn excel_serial(text: &str) -> Option<DateTime> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if days.len() > 6 || !days.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days: i32 = days.parse().ok().filter(|days| *days > 60)?;
    let first = Date::parse_compact("18991230")?.first_day();
    let day = first.checked_add(jiff::Span::new().days(days)).ok()?;
    let date = Date::from_civil(day);
    let seconds = format!("0.{fraction}").parse::<f64>().ok().map(|part| (part * 86_400.0).round())?;
    let time = (seconds > 0.0).then(|| clock(seconds)).flatten();
    Some(DateTime { date, time })
}

fn clock(seconds: f64) -> Option<Time> {
    let text = format!("{seconds:.0}");
    let seconds: u32 = text.parse().ok().filter(|seconds| *seconds < 86_400)?;
    let part = |number: u32| i8::try_from(number).ok();
    Some(Time { hour: part(seconds / 3600)?, minute: part(seconds / 60 % 60)?, second: part(seconds % 60)?, milli: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str, text: &str) -> Option<String> {
        DatePattern::parse(pattern, Some(30)).unwrap().read(text, Some(30)).map(|at| at.to_string())
    }

    #[test]
    fn every_way_of_writing_a_day() {
        for (pattern, text, day) in [
            ("YYYYMMDD", "20260401", Some("2026-04-01")),
            ("YYYYMMDD", "2026041", None),
            ("YYYYMMDD", "20260400", Some("2026-04")),
            ("YYYYMMDD", "20260230", None),
            ("YYYY/M/D", "2026/4/1", Some("2026-04-01")),
            ("YYYY/M/D", "2026/04/01", Some("2026-04-01")),
            ("YYYY/M/D", "2026/ 4/ 1", Some("2026-04-01")),
            ("YYYY/MM/DD", "2026/4/1", None),
            ("YYYY年M月D日", "2026年4月1日", Some("2026-04-01")),
            ("YYYYMM", "202604", Some("2026-04")),
            ("GYYMMDD", "3330303", Some("1958-03-03")),
            ("和暦", "S33.3.3", Some("1958-03-03")),
            ("和暦", "昭和33年3月3日", Some("1958-03-03")),
            ("和暦", "令和元年", Some("2019")),
            ("和暦", "H1", Some("1989")),
            ("和暦", "5010501", Some("2019-05-01")),
            ("和暦", "42005", None),
            ("GYYMM", "42005", Some("2008-05")),
            ("GYYMMDD", "42005", None),
            ("YYMMDD", "580303", Some("1958-03-03")),
            ("YYMMDD", "300303", Some("2030-03-03")),
            ("YYMMDD", "310303", Some("1931-03-03")),
            ("Excel", "46113", Some("2026-04-01")),
            ("Excel", "46113.5", Some("2026-04-01T12:00:00.000+09:00")),
            ("Excel", "20260401", None),
            ("YYYYMMDDhhmm", "202604010930", Some("2026-04-01T09:30:00.000+09:00")),
            ("YYYY/M/D h:mm", "2026/4/1 9:30", Some("2026-04-01T09:30:00.000+09:00")),
            ("YYYY/M/D h:mm", "2026/4/1 25:30", None),
            ("YYYY/M/D h:mm:ss", "2026/4/1 0:00:00", Some("2026-04-01")),
        ] {
            assert_eq!(read(pattern, text).as_deref(), day, "{pattern} {text}");
        }
    }

    #[test]
    fn a_bad_pattern_is_refused_with_the_reason() {
        for (pattern, fault) in [
            ("yyyymmdd", PatternFault::Unknown),
            ("YYYYMMDDX", PatternFault::Unknown),
            ("M/D", PatternFault::NoYear),
            ("YYMMDD", PatternFault::NoPivot),
        ] {
            assert_eq!(DatePattern::parse(pattern, None), Err(fault), "{pattern}");
        }
    }

    #[test]
    fn a_date_is_found_in_a_file_name() {
        let find = |pattern: &str, text: &str| DatePattern::parse(pattern, None).unwrap().find(text, None);
        assert_eq!(find("YYYYMMDD", "kensa_20260401_2.csv").unwrap().to_string(), "2026-04-01");
        assert_eq!(find("YYYYMMDD", "kensa_1202604010.csv"), None);
        assert_eq!(find("YYYY年M月D日", "作成日 2026年4月1日").unwrap().to_string(), "2026-04-01");
    }

    #[test]
    fn the_default_patterns_are_patterns() {
        assert!(DatePattern::DEFAULT.iter().all(|pattern| DatePattern::parse(pattern, None).is_ok()));
    }
}
