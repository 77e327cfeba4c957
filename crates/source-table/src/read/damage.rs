//! What Excel does to cells when a file is opened and saved.

use super::CellKind;
use crate::{issues, mapping::FieldRule, target::Kind};
use tsugite_issue::Definition;

/// The damage of a cell, if there is any; `text` is trimmed and of half width. A free text has none that could be told.
pub fn damage(kind: Kind, rule: &FieldRule, text: &str, cell: CellKind) -> Option<&'static Definition> {
    if text.len() >= 2 && text.bytes().all(|byte| byte == b'#') {
        return Some(&issues::EXCEL_NARROW);
    }
    if !matches!(kind, Kind::Code | Kind::Status | Kind::Patient | Kind::Value) {
        return None;
    }
    if cell == CellKind::Date || is_date(text, kind) {
        return Some(&issues::EXCEL_DATE);
    }
    // A result may be written with an exponent; a code never is.
    if kind != Kind::Value && is_exponent(text) {
        return Some(&issues::EXCEL_EXPONENT);
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let longest = rule.digits.iter().max().copied()?;
    let length = text.chars().count();
    match length {
        _ if rule.digits.contains(&length) => None,
        _ if length > longest => Some(&issues::CODE_TOO_LONG),
        _ if digits && rule.pad.is_none() => Some(&issues::EXCEL_ZEROS),
        _ if !digits => Some(&issues::CODE_TOO_LONG),
        _ => None,
    }
}

/// `1月2日`, `2-Jan`, `Jan-02`: what Excel shows for `1-2`. A whole date in the place of a code is no code.
fn is_date(text: &str, kind: Kind) -> bool {
    let number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let day_of_month = || {
        let (month, day) = text.strip_suffix('日')?.split_once('月')?;
        Some(number(month) && number(day))
    };
    let named_month = || {
        let (one, other) = text.split_once('-')?;
        let month = |text: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(text));
        let year = |text: &str| text.len() <= 4 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        Some((number(one) && month(other)) || (month(one) && year(other)))
    };
    let whole = || {
        let mut parts = text.split('/');
        let year = parts.next().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
        Some(
            year.is_some()
                && parts.next().is_some_and(number)
                && parts.next().is_some_and(number)
                && parts.next().is_none(),
        )
    };
    day_of_month().unwrap_or(false)
        || named_month().unwrap_or(false)
        || (kind != Kind::Value && whole().unwrap_or(false))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `1.23E+15`.
fn is_exponent(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    exponent.strip_prefix('+').is_some_and(digits) && digits(&number.replacen('.', "", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_by_the_kind_of_code() {
        let plain = FieldRule::default();
        let seven = FieldRule { digits: vec![7], ..FieldRule::default() };
        let payer = FieldRule { digits: vec![6, 8], ..FieldRule::default() };
        let padded = FieldRule { digits: vec![7], pad: Some(7), ..FieldRule::default() };
        let code = |definition: Option<&Definition>| definition.map(|definition| definition.code);
        for (kind, rule, text, expected) in [
            (Kind::Code, &seven, "0000999", None),
            (Kind::Code, &seven, "999", Some("TABLE-005")),
            (Kind::Code, &padded, "999", None),
            (Kind::Code, &seven, "00009990", Some("TABLE-025")),
            (Kind::Code, &seven, "ZZZ8002", None),
            (Kind::Code, &seven, "急性", Some("TABLE-025")),
            (Kind::Code, &payer, "138057", None),
            (Kind::Code, &payer, "1999999", Some("TABLE-005")),
            (Kind::Code, &plain, "1月2日", Some("TABLE-006")),
            (Kind::Code, &plain, "2-Jan", Some("TABLE-006")),
            (Kind::Code, &plain, "Jan-26", Some("TABLE-006")),
            (Kind::Code, &plain, "2026/1/2", Some("TABLE-006")),
            (Kind::Code, &plain, "1-2", None),
            (Kind::Value, &plain, "1月4日", Some("TABLE-006")),
            (Kind::Value, &plain, "1-4", None),
            (Kind::Value, &plain, "1.2E+3", None),
            (Kind::Code, &plain, "1.23E+15", Some("TABLE-007")),
            (Kind::Patient, &plain, "1.23E+15", Some("TABLE-007")),
            (Kind::Code, &plain, "1E05", None),
            (Kind::Code, &plain, "####", Some("TABLE-008")),
            (Kind::Text, &plain, "1月2日", None),
        ] {
            assert_eq!(code(damage(kind, rule, text, CellKind::Text)), expected, "{text}");
        }
        assert_eq!(code(damage(Kind::Code, &plain, "2026/01/02", CellKind::Date)), Some("TABLE-006"));
    }
}
