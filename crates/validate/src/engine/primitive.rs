//! How the values of primitive types are written.

use super::Engine;
use crate::definitions::Primitive;
use crate::fhirpath::xhtml;
use crate::issues::fhir;
use crate::json::{Kind, Node};
use crate::options::days_in_month;

impl<'t> Engine<'_, 't> {
    pub(super) fn primitive(&mut self, node: Node<'t>, kind: &str, form: Primitive) {
        use Primitive::{Boolean, Code, Decimal, Integer, PositiveInt, UnsignedInt, Xhtml};
        let (expected, is_expected) = match form {
            Boolean => ("true / false", matches!(node.kind(), Kind::True | Kind::False)),
            Integer | PositiveInt | UnsignedInt | Decimal => ("number", node.kind() == Kind::Number),
            _ => ("string", node.kind() == Kind::String),
        };
        if !is_expected {
            return self.say_found(&fhir::WRONG_JSON_TYPE, node, |f| {
                f.with("type", kind).with("expected", expected);
            });
        }
        if let Some(number) = node.as_number() {
            return self.number(node, number, form);
        }
        let Some(text) = node.as_str() else {
            return;
        };
        if text.is_empty() {
            return self.say(&fhir::EMPTY, node, |_| {});
        }
        if form == Xhtml {
            return self.narrative(node, text);
        }
        if !is_legal(form, text) {
            return self.say_found(&fhir::FORMAT, node, |f| {
                f.with("type", kind).with("example", example(form));
            });
        }
        let is_blank = |b: Option<&u8>| b.is_some_and(u8::is_ascii_whitespace);
        if matches!(form, Primitive::String | Code | Primitive::Id | Primitive::Uri | Primitive::Canonical)
            && (is_blank(text.as_bytes().first()) || is_blank(text.as_bytes().last()))
        {
            self.say_found(&fhir::WHITE_SPACE, node, |_| {});
        }
    }

    fn number(&mut self, node: Node<'t>, text: &str, form: Primitive) {
        let (kind, least, example) = match form {
            Primitive::PositiveInt => ("positiveInt", 1.0, "1"),
            Primitive::UnsignedInt => ("unsignedInt", 0.0, "0"),
            Primitive::Integer => ("integer", f64::from(i32::MIN), "1"),
            _ => return,
        };
        // 1.0 and 1e3 are whole numbers too.
        let value = text.parse::<f64>().ok().filter(|v| v.fract() == 0.0 && v.abs() <= f64::from(i32::MAX) + 1.0);
        if value.is_none_or(|v| v < least || v > f64::from(i32::MAX)) {
            self.say_found(&fhir::FORMAT, node, |f| {
                f.with("type", kind).with("example", example);
            });
        }
    }

    fn narrative(&mut self, node: Node<'t>, text: &str) {
        let checked = xhtml::check(text);
        self.sound_narrative = checked.is_ok().then_some(node.id());
        let what = match checked {
            Ok(()) if has_namespace(text) => return,
            Ok(()) => "xmlns=\"http://www.w3.org/1999/xhtml\"".to_owned(),
            Err(fault) => format!("{fault:?}"),
        };
        self.say(&fhir::XHTML, node, |f| {
            f.with("what", what);
        });
    }
}

fn has_namespace(text: &str) -> bool {
    let tag = text.trim_start().split('>').next().unwrap_or_default();
    tag.contains("xmlns=\"http://www.w3.org/1999/xhtml\"") || tag.contains("xmlns='http://www.w3.org/1999/xhtml'")
}

/// How a value of the type looks, where not any text will do.
const fn example(form: Primitive) -> &'static str {
    match form {
        Primitive::Base64Binary => "SGVsbG8=",
        Primitive::Canonical => "http://example.org/fhir/Questionnaire/1",
        Primitive::Uri => "http://example.org/",
        Primitive::Code => "final",
        Primitive::Id => "example-1",
        Primitive::Oid => "urn:oid:1.2.392.100495",
        Primitive::Uuid => "urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
        Primitive::Date => "2026-04-01",
        Primitive::DateTime => "2026-04-01T09:30:00+09:00",
        Primitive::Instant => "2026-04-01T09:30:00.000+09:00",
        Primitive::Time => "09:30:00",
        _ => "",
    }
}

fn is_legal(form: Primitive, text: &str) -> bool {
    match form {
        Primitive::Base64Binary => is_base64(text),
        Primitive::Canonical => !has_space(text) && (text.starts_with('#') || super::binding::is_absolute(text)),
        Primitive::Uri => !has_space(text) && is_urn(text),
        Primitive::Code => is_code(text),
        Primitive::Id => is_id(text),
        Primitive::Oid => text.strip_prefix("urn:oid:").is_some_and(is_oid),
        Primitive::Uuid => text.strip_prefix("urn:uuid:").is_some_and(is_uuid),
        Primitive::Date => date(text).is_some_and(|(_, rest)| rest.is_empty()),
        Primitive::DateTime => date_time(text),
        Primitive::Instant => date_time(text) && text.contains('T'),
        Primitive::Time => time(text) == Some(""),
        _ => true,
    }
}

fn has_space(text: &str) -> bool {
    // Visible ASCII is the rule, and needs no decoding.
    text.bytes().any(|b| !b.is_ascii_graphic()) && text.chars().any(char::is_whitespace)
}

/// Words with single blanks between them.
fn is_code(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        if c.is_whitespace() && (c != ' ' || before == ' ') {
            return false;
        }
        before = c;
    }
    before != ' '
}

/// `urn:oid:` and `urn:uuid:` have forms of their own wherever they stand.
fn is_urn(text: &str) -> bool {
    match (text.strip_prefix("urn:oid:"), text.strip_prefix("urn:uuid:")) {
        (Some(oid), _) => is_oid(oid),
        (_, Some(uuid)) => is_uuid(uuid),
        _ => true,
    }
}

pub(super) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
}

pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => matches!(b, b'0'..=b'9' | b'a'..=b'f'),
        })
}

fn is_oid(text: &str) -> bool {
    let mut arcs = text.split('.');
    let first = arcs.next().is_some_and(|arc| matches!(arc, "0" | "1" | "2"));
    let mut more = false;
    first
        && arcs.all(|arc| {
            more = true;
            !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0'))
        })
        && more
}

fn is_base64(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    let mut count = 0usize;
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace()) {
        if !legal(byte) {
            return false;
        }
        count += 1;
    }
    count > 0 && count.is_multiple_of(4)
}

fn digits(text: &str, count: usize) -> Option<(u16, &str)> {
    let (number, rest) = text.split_at_checked(count)?;
    let number = number.bytes().all(|b| b.is_ascii_digit()).then_some(number)?;
    Some((number.parse().ok()?, rest))
}

/// Year, year and month, or a day that exists; how many parts, and what follows.
fn date(text: &str) -> Option<(u8, &str)> {
    let (year, rest) = digits(text, 4).filter(|(year, _)| *year > 0)?;
    let Some(rest) = rest.strip_prefix('-') else {
        return Some((1, rest));
    };
    let (month, rest) = digits(rest, 2).filter(|(month, _)| (1..=12).contains(month))?;
    let Some(rest) = rest.strip_prefix('-') else {
        return Some((2, rest));
    };
    let (day, rest) = digits(rest, 2)?;
    let last = days_in_month(year, u8::try_from(month).ok()?);
    ((1..=u16::from(last)).contains(&day)).then_some((3, rest))
}

/// A date, or a date with time, seconds and zone.
fn date_time(text: &str) -> bool {
    match date(text) {
        Some((_, "")) => true,
        Some((3, rest)) => rest.strip_prefix('T').and_then(time).is_some_and(is_zone),
        _ => false,
    }
}

/// hh:mm:ss and a fraction; what follows.
fn time(text: &str) -> Option<&str> {
    let (_, rest) = digits(text, 2).filter(|(hour, _)| *hour < 24)?;
    let (_, rest) = digits(rest.strip_prefix(':')?, 2).filter(|(minute, _)| *minute < 60)?;
    // A leap second is the sixtieth.
    let (_, rest) = digits(rest.strip_prefix(':')?, 2).filter(|(second, _)| *second <= 60)?;
    let Some(fraction) = rest.strip_prefix('.') else {
        return Some(rest);
    };
    let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    (after.len() < fraction.len()).then_some(after)
}

/// `Z`, or hours and minutes of at most 14:00.
fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let Some(rest) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let Some((hours, rest)) = digits(rest, 2) else {
        return false;
    };
    let minutes = rest.strip_prefix(':').and_then(|m| digits(m, 2)).filter(|(m, rest)| *m < 60 && rest.is_empty());
    minutes.is_some_and(|(minutes, _)| hours < 14 || (hours == 14 && minutes == 0))
}

#[cfg(test)]
mod tests {
    use super::{Primitive, is_legal};

    #[test]
    fn forms_of_primitive_types() {
        for (kind, legal, illegal) in [
            (
                "date",
                &["2026", "2026-02", "2024-02-29"][..],
                &["26", "2026-2", "2026-02-29", "2026-13", "0000", "2026-01-01T00:00:00Z", "2026-01-"][..],
            ),
            (
                "dateTime",
                &[
                    "2026",
                    "2026-02-01",
                    "2026-02-01T00:00:00Z",
                    "2026-02-01T23:59:60.123+09:00",
                    "2026-02-01T00:00:00-14:00",
                ],
                &[
                    "2026-02-01T00:00",
                    "2026-02-01T00:00Z",
                    "2026-02-01T24:00:00Z",
                    "2026-02-01T00:00:00",
                    "2026-02T00:00:00Z",
                    "2026-02-01T00:00:00+14:30",
                    "2026-02-01 00:00:00Z",
                ],
            ),
            ("instant", &["2026-02-01T00:00:00Z", "2026-02-01T00:00:00.1+09:00"], &["2026-02-01", "2026"]),
            ("time", &["09:30:00", "09:30:00.5"], &["9:30:00", "09:30", "09:30:00Z", "09:30:00."]),
            ("oid", &["urn:oid:1.2.392.0.1"], &["1.2.392", "urn:oid:3.1", "urn:oid:1", "urn:oid:1.02", "urn:oid:1..2"]),
            (
                "uri",
                &["http://example.org/あ", "x", "urn:oid:1.2"],
                &["http://exa mple.org", "urn:oid:1.x", "urn:uuid:1", "a\u{3000}b"],
            ),
            ("canonical", &["http://example.org|1", "#a"], &["example", "a b"]),
            (
                "uuid",
                &["urn:uuid:c757873d-ec9a-4326-a141-556f43239520"],
                &["urn:uuid:C757873D-ec9a-4326-a141-556f43239520", "c757873d-ec9a-4326-a141-556f43239520"],
            ),
            ("code", &["a", "a b", "あ"], &[" a", "a ", "a  b", "a\tb", "a\u{3000}b"]),
            ("id", &["a-1.B"], &["a_b", "", "あ"]),
            ("base64Binary", &["SGVsbG8=", "SGVs\nbG8="], &["SGVsbG8", "SGVs*G8=", ""]),
            ("string", &["anything\n"], &[]),
        ] {
            for text in legal {
                assert!(is_legal(Primitive::of(kind), text), "{kind} {text:?}");
            }
            for text in illegal {
                assert!(!is_legal(Primitive::of(kind), text), "{kind} {text:?}");
            }
        }
        assert!(!is_legal(Primitive::Id, &"a".repeat(65)));
    }
}
