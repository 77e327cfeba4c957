//! 薬品コード種別, the same in both standards.

use tsugite_clinical::body::Code;

/// How a code was written, and what was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrugCode {
    /// `None` where the kind says that there is none, or nothing is written.
    pub code: Option<Code>,
    /// The kind names another code system than the shape of the code.
    pub misnamed: bool,
    /// The kind is not one of the table.
    pub unknown_kind: bool,
}

/// The code in its namespace. `code` is in half width and without blanks.
pub fn drug_code(kind: &str, code: &str, name: &str) -> DrugCode {
    let named = match kind {
        "1" | "" => None,
        "2" => Some("MASTERY"),
        "3" => Some("PRICE"),
        "4" => Some("YJ"),
        "6" => Some(hot(code)),
        "7" => Some("GENERAL"),
        _ => None,
    };
    let unknown_kind = match kind {
        "1" | "2" | "3" | "4" | "6" | "7" => false,
        "" => !code.is_empty(),
        _ => true,
    };
    if code.is_empty() || named.is_none() && !unknown_kind {
        return DrugCode { code: None, misnamed: false, unknown_kind };
    }
    let system = match (named, shape(code)) {
        (Some(named), Some(shape)) if !agree(named, shape) => shape,
        (Some(named), _) if may_be(named, code) => named,
        (None, Some(shape)) if kind.is_empty() => shape,
        // Cut off, or of another system: whose code it is, nobody says.
        _ => "",
    };
    let misnamed = named.is_some_and(|named| named != system);
    let code = Code { code: code.to_owned(), display: name.to_owned(), system: system.to_owned() };
    DrugCode { code: Some(code), misnamed, unknown_kind }
}

fn hot(code: &str) -> &'static str {
    match code.len() {
        7 => "HOT7",
        9 => "HOT9",
        13 => "HOT13",
        _ => "HOT",
    }
}

/// The code system that only this shape has: 9 digits that begin with 6 are the receipt's, 12 characters with a letter at the
/// eighth place the price list's family.
fn shape(code: &str) -> Option<&'static str> {
    let bytes = code.as_bytes();
    let digits = |range: &[u8]| range.iter().all(u8::is_ascii_digit);
    if bytes.len() == 9 && digits(bytes) && bytes.first() == Some(&b'6') {
        return Some("MASTERY");
    }
    let (front, letter) = (bytes.get(..7)?, bytes.get(7)?);
    if bytes.len() == 12 && digits(front) && letter.is_ascii_alphabetic() {
        return Some(if code.ends_with("ZZZ") { "GENERAL" } else { "YJ" });
    }
    None
}

/// Whether a code has as many characters as its system's.
fn may_be(named: &str, code: &str) -> bool {
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    match named {
        "MASTERY" => code.len() == 9 && digits,
        "HOT" => false,
        hot if hot.starts_with("HOT") => digits,
        _ => code.len() == 12 && code.is_ascii(),
    }
}

/// YJ and the code of the price list look alike, and a HOT9 may begin with 6.
fn agree(named: &str, shape: &str) -> bool {
    named == shape || matches!((named, shape), ("PRICE", "YJ") | ("HOT9", "MASTERY"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_name_systems_unless_the_shape_says_otherwise() {
        for (kind, code, system, misnamed) in [
            ("2", "612170709", "MASTERY", false),
            ("3", "2171022F1029", "PRICE", false),
            ("4", "2171022F1029", "YJ", false),
            ("4", "612170709", "MASTERY", true),
            ("2", "2171022F1029", "YJ", true),
            ("4", "2171014M2ZZZ", "GENERAL", true),
            ("6", "103297001", "HOT9", false),
            ("6", "1032970", "HOT7", false),
            ("6", "1032970010101", "HOT13", false),
            ("7", "2171014M2ZZZ", "GENERAL", false),
            ("5", "ABC", "", false),
            ("", "612170709", "MASTERY", false),
            ("", "A-77", "", false),
            ("4", "2171022F10", "", true),
            ("2", "61217070", "", true),
            ("6", "10329700", "", true),
        ] {
            let read = drug_code(kind, code, "薬");
            assert_eq!(
                (read.code.map(|c| c.system).as_deref(), read.misnamed),
                (Some(system), misnamed),
                "{kind} {code}"
            );
        }
        for (kind, code) in [("1", ""), ("1", "612170709"), ("7", ""), ("", "")] {
            assert_eq!(drug_code(kind, code, "薬").code, None, "{kind} {code}");
        }
    }
}
