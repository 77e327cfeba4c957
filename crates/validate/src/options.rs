use crate::json::Limits;
use std::sync::Arc;
use tsugite_issue::InputName;

/// How to judge.
#[derive(Clone)]
pub struct Options<'a> {
    /// The input that the origins of issues name; without it they name an empty path.
    pub input: Option<Arc<InputName>>,
    /// Today in Japan. Without it nothing is in the future.
    pub clock: Option<Day>,
    /// The shared lab tables of the installed packages. Without them codes of those tables are not looked up.
    pub shared_lab: Option<&'a dyn SharedLabTable>,
    /// A Bundle is judged as JP_Bundle_CLINS whatever it claims to be; anything else is an error. For the gate before sending.
    pub require_clins: bool,
    /// Profiles to judge the outermost resource by, instead of those that it names. Needs a [`crate::Validator`].
    pub profiles: &'a [String],
    /// Leave the strict rules out, so that only JSON, base R4 and profiles are judged. Needs a [`crate::Validator`].
    pub profile_only: bool,
    /// Report, as information, each code that no loaded table can judge. Needs a [`crate::Validator`].
    pub unchecked: bool,
    pub limits: Limits,
    /// Issues listed in a report; what goes beyond is only counted.
    pub max_issues: usize,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            input: None,
            clock: None,
            shared_lab: None,
            require_clins: false,
            profiles: &[],
            profile_only: false,
            unchecked: false,
            limits: Limits::default(),
            max_issues: 1_000,
        }
    }
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// `None` where the calendar has no such day. Years 1 to 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Days since 1970-01-01.
    pub(crate) fn number(self) -> i32 {
        // Years begin in March, so that the leap day is the last one.
        let (year, month) = (i32::from(self.year), i32::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let of_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468
    }
}

/// Zero for a month that does not exist.
pub(crate) fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// The shared lab items (検査 43 項目 and 感染症 5 項目) as the installed packages list them.
pub trait SharedLabTable: Sync {
    /// What the table of `system` says about `code`.
    fn find(&self, system: &str, code: &str) -> Lookup<'_>;

    /// Whether the table gives `display` as another name of the code, beside the one of [`Lookup::Display`].
    fn is_designation(&self, _system: &str, _code: &str, _display: &str) -> bool {
        false
    }
}

/// What a table says about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// The code is listed under this display (FHIR識別名), to be written exactly so.
    Display(&'a str),
    /// The table is complete and does not list the code.
    Absent,
    /// No table of that system, or only a fragment of it: nothing can be said.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for ((year, month, day), number) in
            [((1970, 1, 1), 0), ((1969, 12, 31), -1), ((2000, 3, 1), 11_017), ((2026, 11, 22), 20_779)]
        {
            assert_eq!(Day::new(year, month, day).unwrap().number(), number);
        }
        for (year, month, day) in [(2026, 2, 29), (2100, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (0, 1, 1)]
        {
            assert_eq!(Day::new(year, month, day), None);
        }
        assert!(Day::new(2000, 2, 29).is_some());
    }
}
