//! Dates of receipts: western (`20260401`, `202604`) since 2018 or so, before that the era as a digit (`5080401`, `50804`).

use std::borrow::Cow;
use tsugite_charset::to_half_width;
use tsugite_clinical::{Date, era};

/// What a date column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    Empty,
    Date(Date),
    /// The day lies outside its era (平成32年): systems that did not change it in 2019 write so.
    OtherEra(Date),
    Invalid,
}

impl Read {
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::Date(date) | Self::OtherEra(date) => Some(date),
            Self::Empty | Self::Invalid => None,
        }
    }
}

pub fn read(field: &str) -> Read {
    let digits: Cow<'_, str> = to_half_width(field);
    if digits.is_empty() || digits.bytes().all(|byte| byte == b'0') || digits.bytes().all(|byte| byte == b'9') {
        return Read::Empty;
    }
    match digits.len() {
        6 | 8 => Date::parse_compact(&digits).map_or(Read::Invalid, Read::Date),
        5 | 7 => match era::parse(&digits) {
            Ok(date) => Read::Date(date),
            Err(era::Refusal::OutsideEra) => overrun(&digits).map_or(Read::Invalid, Read::OtherEra),
            Err(_) => overrun(&digits).filter(|date| !date.is_full()).map_or(Read::Invalid, Read::Date),
        },
        _ => Read::Invalid,
    }
}

/// By the era's first year alone; a day 00 is not known.
fn overrun(digits: &str) -> Option<Date> {
    let (era, rest) = digits.split_at_checked(1)?;
    let before = match era {
        "1" => 1867,
        "2" => 1911,
        "3" => 1925,
        "4" => 1988,
        "5" => 2018,
        _ => return None,
    };
    let year: i16 = rest.get(..2)?.parse().ok().filter(|year| *year > 0)?;
    let behind = rest.get(2..)?;
    Date::parse_compact(&format!("{:04}{behind}", before + year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn western_and_era_dates() {
        let date = |text: &str| Read::Date(Date::parse_compact(text).unwrap());
        for (field, read_as) in [
            ("20210801", date("20210801")),
            ("202108", date("202108")),
            ("5030801", date("20210801")),
            ("50308", date("202108")),
            ("４２５０９０１", date("20130901")),
            ("3640107", date("19890107")),
            ("4010108", date("19890108")),
            ("4310430", date("20190430")),
            ("5010501", date("20190501")),
            ("4320401", Read::OtherEra(Date::parse_compact("20200401").unwrap())),
            ("5030800", date("202108")),
            ("20210800", date("202108")),
            ("", Read::Empty),
            ("00000000", Read::Empty),
            ("20210230", Read::Invalid),
            ("9030801", Read::Invalid),
            ("2021", Read::Invalid),
            ("令和三年", Read::Invalid),
        ] {
            assert_eq!(read(field), read_as, "{field}");
        }
    }
}
