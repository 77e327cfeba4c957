//! Columns that are codes, names and dates.

use tsugite_charset::to_half_width;
use tsugite_clinical::{
    Date,
    body::{Code, Quantity},
    era,
};

/// A code in half width without blanks, and whether it was written otherwise.
pub fn code(text: &str) -> (String, bool) {
    let code: String = to_half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
    let repaired = code != text;
    (code, repaired)
}

/// Text without blanks at its rims; `None` where nothing is left.
pub fn text(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub fn quantity(value: String, unit: &str) -> Quantity {
    let unit = text(unit).map(|display| Code { display, ..Code::default() });
    Quantity { value, unit }
}

/// What a date column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRead {
    /// Nothing, or a filler of zeros or nines.
    Nothing,
    Day(Date),
    /// An era that goes on beyond its end (平成32年).
    Overrun(Date),
    NoDate,
}

impl DateRead {
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::Day(date) | Self::Overrun(date) => Some(date),
            Self::Nothing | Self::NoDate => None,
        }
    }
}

/// 8 digits, or the era as a digit (1 明治 … 5 令和) or a letter with `YYMMDD`, `YYMM` or `YY`; 6 and 4 digits are year and month, and
/// a year.
pub fn date(text: &str) -> DateRead {
    let (text, _) = code(text);
    if text.bytes().all(|b| matches!(b, b'0' | b'9')) {
        return DateRead::Nothing;
    }
    if let Some(date) = Date::parse_compact(&text) {
        return DateRead::Day(date);
    }
    // A year of an era: the era as a digit needs a separator to be told from a number.
    let spelled = match (text.len(), text.get(..1), text.get(1..)) {
        (3, Some(era), Some(year)) if era.bytes().all(|b| b.is_ascii_digit()) => format!("{era}-{year}"),
        _ => text.clone(),
    };
    match era::parse(&spelled) {
        Ok(date) => DateRead::Day(date),
        Err(era::Refusal::OutsideEra) => overrun(&text).map_or(DateRead::NoDate, DateRead::Overrun),
        Err(_) => DateRead::NoDate,
    }
}

/// Systems that never learned of a new era went on counting the old one.
fn overrun(text: &str) -> Option<Date> {
    let mut characters = text.chars();
    let era = characters.next()?;
    let digits = characters.as_str();
    let before = match era.to_ascii_uppercase() {
        '1' | 'M' => 1867,
        '2' | 'T' => 1911,
        '3' | 'S' => 1925,
        '4' | 'H' => 1988,
        _ => return None,
    };
    let year: i16 = digits.get(..2)?.parse().ok()?;
    let own = match before {
        1867 => 45,
        1911 => 15,
        1925 => 64,
        _ => 31,
    };
    let date = Date::parse_compact(&format!("{}{}", before + year, digits.get(2..)?))?;
    (year > own).then_some(date)
}

/// 1 男, 2 女.
pub fn sex(text: &str) -> Option<tsugite_clinical::body::Sex> {
    use tsugite_clinical::body::Sex;
    match code(text).0.as_str() {
        "1" => Some(Sex::Male),
        "2" => Some(Sex::Female),
        "" => None,
        _ => Some(Sex::Unknown),
    }
}

/// 都道府県 + 点数表 + code: the ten digits of 医療機関番号, where all of them are there, be it in the column of the code alone.
pub fn institution(prefecture: &str, table: &str, number: &str) -> Option<String> {
    let ((prefecture, _), (table, _), (number, _)) = (code(prefecture), code(table), code(number));
    if tsugite_clinical::policy::is_institution_number(&number) {
        return number.starts_with(&format!("{prefecture:0>2}")).then_some(number);
    }
    let table = if table.is_empty() { "1" } else { table.as_str() };
    let joined = format!("{prefecture:0>2}{table}{number}");
    let whole = !prefecture.is_empty() && tsugite_clinical::policy::is_institution_number(&joined);
    whole.then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_form() {
        for (text, expected) in [
            ("20260310", "2026-03-10"),
            ("4230110", "2011-01-10"),
            ("5080310", "2026-03-10"),
            ("S330303", "1958-03-03"),
            ("r020410", "2020-04-10"),
            ("202603", "2026-03"),
            ("50803", "2026-03"),
            ("R0803", "2026-03"),
            ("2026", "2026"),
            ("335", "1960"),
            ("S35", "1960"),
            ("２０２６０３１０", "2026-03-10"),
            (" 20260310", "2026-03-10"),
        ] {
            assert_eq!(date(text).date().map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "00000000", "99999999"] {
            assert_eq!(date(text), DateRead::Nothing, "{text}");
        }
        for text in ["20260230", "abc", "4999999", "9230110", "１２"] {
            assert_eq!(date(text), DateRead::NoDate, "{text}");
        }
        assert_eq!(date("4320501"), DateRead::Overrun(Date::parse_compact("20200501").unwrap()));
        assert_eq!(date("H320501"), DateRead::Overrun(Date::parse_compact("20200501").unwrap()));
        // 平成元年1月7日 was 昭和: no era goes on backwards.
        assert_eq!(date("4010107"), DateRead::NoDate);
    }

    #[test]
    fn an_institution_has_ten_digits() {
        assert_eq!(institution("13", "1", "9999999").as_deref(), Some("1319999999"));
        assert_eq!(institution("1", "", " 9999999").as_deref(), Some("0119999999"));
        assert_eq!(institution("13", "1", "1319999999").as_deref(), Some("1319999999"));
        assert_eq!(institution("27", "1", "1319999999"), None);
        assert_eq!(institution("13", "4", "9999999"), None);
        assert_eq!(institution("", "1", "9999999"), None);
    }
}
