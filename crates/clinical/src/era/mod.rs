//! 和暦: dates of Japanese eras in all the spellings that clinics and their systems use.
//!
//! `令和7年4月1日`, `令7.4.1`, `R7/4/1`, `Ｒ０７－０４－０１`, `R070401`, `㋿7年`, `平成元年`, `令和七年四月一日`, and with the era as a
//! digit (1 明治 … 5 令和, as receipts write it) `5070401`, `50704`, `5-07-04-01`. The precision stays: a year, a month or a day.

mod spelling;

use crate::{Date, issues};
use jiff::civil;
use std::fmt;
use tsugite_issue::Definition;

/// 元号.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    Meiji,
    Taisho,
    Showa,
    Heisei,
    Reiwa,
}

impl Era {
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// 漢字.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    pub const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// Of two eras that share a day (1912-07-30, 1926-12-25) the newer one.
    pub fn of(day: civil::Date) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|era| era.first_day() <= day)
    }

    const fn first_day(self) -> civil::Date {
        match self {
            Self::Meiji => civil::date(1868, 1, 25),
            Self::Taisho => civil::date(1912, 7, 30),
            Self::Showa => civil::date(1926, 12, 25),
            Self::Heisei => civil::date(1989, 1, 8),
            Self::Reiwa => civil::date(2019, 5, 1),
        }
    }

    /// 改元 of 1912 and 1926 took effect on the day itself: the last day of the old era is the first of the new one.
    const fn last_day(self) -> civil::Date {
        match self {
            Self::Meiji => civil::date(1912, 7, 30),
            Self::Taisho => civil::date(1926, 12, 25),
            Self::Showa => civil::date(1989, 1, 7),
            Self::Heisei => civil::date(2019, 4, 30),
            Self::Reiwa => civil::Date::MAX,
        }
    }
}

/// Why a text is no date of an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Era and year are not both there.
    NotAnEraDate,
    /// 平成31年2月29日.
    NoSuchDay,
    /// 昭和64年1月8日, 平成31年5月1日.
    OutsideEra,
}

impl Refusal {
    pub const fn definition(self) -> &'static Definition {
        match self {
            Self::NotAnEraDate => &issues::NOT_AN_ERA_DATE,
            Self::NoSuchDay => &issues::NO_SUCH_DAY,
            Self::OutsideEra => &issues::OUTSIDE_ERA,
        }
    }
}

/// A date in its era, for people: `令和7年4月1日`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EraDate(pub Date);

impl fmt::Display for EraDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.0;
        let Some(era) = Era::of(date.first_day()) else { return date.fmt(f) };
        match date.year() - era.first_day().year() + 1 {
            1 => write!(f, "{}元年", era.name())?,
            year => write!(f, "{}{year}年", era.name())?,
        }
        date.month().map_or(Ok(()), |month| write!(f, "{month}月"))?;
        date.day().map_or(Ok(()), |day| write!(f, "{day}日"))
    }
}

/// # Errors
/// The text names no era and year, the calendar has no such day, or the day does not lie in the era.
pub fn parse(text: &str) -> Result<Date, Refusal> {
    let spelled = spelling::read(text).ok_or(Refusal::NotAnEraDate)?;
    let year = spelled.era.first_day().year() + (spelled.year - 1);
    let date = Date::new(year, spelled.month, spelled.day).ok_or(Refusal::NoSuchDay)?;
    let within = date.first_day() <= spelled.era.last_day() && spelled.era.first_day() <= date.last_day();
    if within { Ok(date) } else { Err(Refusal::OutsideEra) }
}

#[cfg(test)]
mod tests;
