//! What a field of a master may hold.

use crate::tables::allergens::is_price_code;
use std::borrow::Cow;
use tsugite_clinical::Date;
use tsugite_issue::Text;

/// The form of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    /// Not empty.
    Name,
    /// So many digits, or empty where `bool` is set.
    Digits(usize, bool),
    /// So many letters and digits, or empty where `bool` is set.
    Letters(usize, bool),
    /// 薬価基準収載医薬品コード and YJ: 7 digits, a letter, 4 letters or digits; or empty where `bool` is set.
    Price(bool),
    /// `yyyyMMdd`; nothing, zeros and 99999999 for none.
    Day,
    /// A HOT code: 9 or 13 digits.
    Hot,
    /// A J-FAGY code of 12 characters, or a heading of 3.
    Allergen,
}

/// 廃止日 and the like where there is none.
const NEVER: [&str; 3] = ["99999999", "00000000", "0"];

impl Form {
    /// The field as it is kept; `None` where it has another form.
    pub fn take<'f>(self, field: &'f str, may_be_empty: bool) -> Option<Cow<'f, str>> {
        let field = field.trim_matches([' ', '\u{3000}']);
        let empty = field.is_empty();
        let digits = |length: usize| field.len() == length && field.bytes().all(|byte| byte.is_ascii_digit());
        let fits = match self {
            Self::Text => true,
            Self::Name => !empty || may_be_empty,
            Self::Digits(length, optional) => digits(length) || (empty && (optional || may_be_empty)),
            Self::Letters(length, optional) => {
                let letters = field.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
                (field.len() == length && letters) || (empty && (optional || may_be_empty))
            }
            Self::Price(optional) => is_price_code(field) || (empty && (optional || may_be_empty)),
            Self::Day => {
                if empty || NEVER.contains(&field) {
                    return Some(Cow::Borrowed(""));
                }
                let compact = if digits(8) { field.to_owned() } else { joined(field)? };
                let is_day = Date::parse_compact(&compact).is_some_and(Date::is_full);
                return is_day.then_some(Cow::Owned(compact));
            }
            Self::Hot => digits(9) || digits(13),
            Self::Allergen => {
                matches!(field.len(), 3 | 12)
                    && field.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
            }
        };
        fits.then_some(Cow::Borrowed(field))
    }

    /// What was expected, for a person.
    pub fn expected(self) -> Text {
        match self {
            Self::Text => Text::new("文字列", "text"),
            Self::Name => Text::new("空でない文字列", "a text that is not empty"),
            Self::Digits(4, _) => Text::new("4桁の数字", "4 digits"),
            Self::Digits(7, _) => Text::new("7桁の数字", "7 digits"),
            Self::Digits(8, _) => Text::new("8桁の数字", "8 digits"),
            Self::Digits(9, _) => Text::new("9桁の数字", "9 digits"),
            Self::Digits(..) => Text::new("決められた桁数の数字", "digits of the fixed number"),
            Self::Letters(4, _) => Text::new("英大文字と数字4字", "4 capital letters or digits"),
            Self::Letters(12, _) => Text::new("英大文字と数字12字", "12 capital letters or digits"),
            Self::Letters(16, _) => Text::new("英大文字と数字16字", "16 capital letters or digits"),
            Self::Letters(17, _) => Text::new("英大文字と数字17字", "17 capital letters or digits"),
            Self::Letters(..) => Text::new("決められた桁数の英数字", "letters and digits of the fixed number"),
            Self::Price(_) => {
                Text::new("12桁のコード（例 1234567A1010）", "a code of 12 characters (such as 1234567A1010)")
            }
            Self::Day => Text::new("日付（例 20240601）", "a day (such as 20240601)"),
            Self::Allergen => Text::new("英大文字と数字12字", "12 capital letters or digits"),
            Self::Hot => Text::new("9桁または13桁の数字", "9 or 13 digits"),
        }
    }
}

/// `2024/4/1`, `2024-04-01` as `20240401`.
fn joined(day: &str) -> Option<String> {
    let parts: Vec<u32> = day.split(['/', '-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = parts[..] else { return None };
    Some(format!("{year:04}{month:02}{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_in_their_form_only() {
        for (form, field, kept) in [
            (Form::Text, " ア ", Some("ア")),
            (Form::Name, "", None),
            (Form::Digits(7, false), "0000999", Some("0000999")),
            (Form::Digits(7, false), "999", None),
            (Form::Digits(7, false), "", None),
            (Form::Digits(7, true), "", Some("")),
            (Form::Letters(4, true), "QJ83", Some("QJ83")),
            (Form::Letters(4, true), "qj83", None),
            (Form::Price(false), "2171022F3013", Some("2171022F3013")),
            (Form::Price(false), "2171022F3ZZZ", Some("2171022F3ZZZ")),
            (Form::Price(false), "1.23E+15", None),
            (Form::Price(true), "", Some("")),
            (Form::Day, "99999999", Some("")),
            (Form::Day, "0", Some("")),
            (Form::Day, "20240601", Some("20240601")),
            (Form::Day, "20240230", None),
            (Form::Day, "2024/6/1", Some("20240601")),
            (Form::Day, "2024/6", None),
            (Form::Hot, "103835401", Some("103835401")),
            (Form::Hot, "1038354010101", Some("1038354010101")),
            (Form::Hot, "1038354", None),
        ] {
            assert_eq!(form.take(field, false).as_deref(), kept, "{form:?} {field}");
        }
        assert_eq!(Form::Digits(7, false).take("", true).as_deref(), Some(""));
        assert_eq!(Form::Name.take("", true).as_deref(), Some(""));
    }
}
