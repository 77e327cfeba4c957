//! 医療機関: whose reports they are.

use crate::Date;
use serde::Deserialize;

/// 医療機関, as it appears in every bundle.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Institution {
    /// 都道府県 2 + 点数表 1 + 7 digits (JP-CLINS R1021).
    pub number: String,
    /// No number was given: nothing of this run may be sent.
    pub trial: bool,
}

impl Institution {
    /// The number of a trial run; prefecture 00 does not exist.
    pub const TRIAL_NUMBER: &'static str = "0019999999";

    pub fn trial() -> Self {
        Self { number: Self::TRIAL_NUMBER.to_owned(), trial: true }
    }

    /// `None` where the number is not of the form `^[0-4][0-9][1-3][0-9]{7}$`.
    pub fn new(number: &str) -> Option<Self> {
        is_institution_number(number).then(|| Self { number: number.to_owned(), trial: number == Self::TRIAL_NUMBER })
    }
}

impl TryFrom<String> for Institution {
    type Error = String;

    fn try_from(number: String) -> Result<Self, String> {
        Self::new(&number).ok_or_else(|| format!("`{number}` is no institution number of 10 digits"))
    }
}

/// One number of a site: from when to when, for which storages and departments (`rules` §6).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstitutionRow {
    /// Its third digit is the 点数表.
    pub number: Institution,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Folders of its storages, by the names with which the paths of their files begin; without any, all of them.
    #[serde(default)]
    pub roots: Vec<String>,
    /// Its departments, by code or name as the source writes them; without any, all of them.
    #[serde(default)]
    pub departments: Vec<String>,
}

impl InstitutionRow {
    /// A partial date counts with all its days.
    pub fn is_valid_on(&self, day: Date) -> bool {
        let begun = self.from.is_none_or(|from| from.first_day() <= day.last_day());
        begun && self.to.is_none_or(|to| day.first_day() <= to.last_day())
    }
}

/// JP-CLINS R1021: `^[0-4][0-9][1-3][0-9]{7}$`.
pub fn is_institution_number(text: &str) -> bool {
    let within =
        |at: usize, range: std::ops::RangeInclusive<u8>| text.as_bytes().get(at).is_some_and(|b| range.contains(b));
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit()) && within(0, b'0'..=b'4') && within(2, b'1'..=b'3')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn institution_numbers_follow_r1021() {
        for good in ["1319999999", "0019999999", "4931234567"] {
            assert!(is_institution_number(good), "{good}");
        }
        for bad in ["5319999999", "1349999999", "131999999", "13199999999", "13１9999999", ""] {
            assert!(!is_institution_number(bad), "{bad}");
        }
        assert!(Institution::new("0019999999").unwrap().trial);
    }
}
