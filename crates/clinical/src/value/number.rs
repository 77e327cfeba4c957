use std::fmt;

/// A decimal number as text, legal as a FHIR decimal: the digits of the source, no leading zeros or plus sign.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// Powers of ten up to this are written out.
    const MOST_ZEROS: i32 = 15;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }

    /// Reads a number at the start of an ASCII text; returns it with the rest. `None` where none stands there.
    ///
    /// Legal are a sign (`+` only before a number with decimals: `+1` may be a qualitative result), commas that group thousands,
    /// a leading or trailing point, and powers: `50×10^2`, `10^4`, `1.2E3`.
    pub(super) fn take(text: &str) -> Option<(Self, &str)> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (integer, rest) = take_integer(unsigned)?;
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(rest) => split_digits(rest),
            None => ("", rest),
        };
        let no_digits = integer.is_empty() && fraction.is_empty();
        if no_digits || (text.starts_with('+') && fraction.is_empty()) || fraction.len() + integer.len() > 30 {
            return None;
        }
        let (power, rest) = take_power(&integer, fraction, rest)?;
        let digits = match power {
            Power::None => plain(&integer, fraction),
            Power::TimesTen(exponent) => shifted(&integer, fraction, exponent)?,
            Power::OfTen(exponent) => shifted("1", "", exponent)?,
        };
        let sign = if negative { "-" } else { "" };
        Some((Self(format!("{sign}{digits}")), rest))
    }

    /// The whole text as a number.
    pub fn parse(text: &str) -> Option<Self> {
        if is_plain(text) {
            return Some(Self(text.to_owned()));
        }
        Self::take(text).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
    }

    /// For comparing only.
    pub(super) fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A short number that is a legal decimal as it stands: most results are.
fn is_plain(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (integer, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    text.len() <= 20 && digits(integer) && digits(fraction) && (integer.len() == 1 || !integer.starts_with('0'))
}

enum Power {
    None,
    /// `…×10^n`, `…En`.
    TimesTen(i32),
    /// `10^n`.
    OfTen(i32),
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Digits, or digits with commas that group thousands; `None` where commas stand elsewhere.
fn take_integer(text: &str) -> Option<(String, &str)> {
    let (first, mut rest) = split_digits(text);
    let mut integer = first.to_owned();
    while let Some(after) = rest.strip_prefix(',') {
        let (group, further) = split_digits(after);
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        integer.push_str(group);
        rest = further;
    }
    Some((integer, rest))
}

fn take_power<'a>(integer: &str, fraction: &str, rest: &'a str) -> Option<(Power, &'a str)> {
    let is_ten = integer == "10" && fraction.is_empty();
    if let Some(exponent) = rest.strip_prefix('^') {
        let (exponent, rest) = take_exponent(exponent).filter(|_| is_ten)?;
        return Some((Power::OfTen(exponent), rest));
    }
    if let Some((exponent, rest)) = rest.strip_prefix('の').filter(|_| is_ten).and_then(take_exponent) {
        return Some((Power::OfTen(exponent), rest.strip_prefix('乗')?));
    }
    let times = ['×', '*', 'x', 'X'].into_iter().find_map(|sign| rest.strip_prefix(sign)?.strip_prefix("10"));
    if let Some(after) = times {
        if let Some((exponent, rest)) = after.strip_prefix('^').and_then(take_exponent) {
            return Some((Power::TimesTen(exponent), rest));
        }
        if let Some((exponent, rest)) = after.strip_prefix('の').and_then(take_exponent) {
            return Some((Power::TimesTen(exponent), rest.strip_prefix('乗')?));
        }
    }
    if let Some((exponent, rest)) = rest.strip_prefix(['E', 'e']).and_then(take_exponent) {
        return Some((Power::TimesTen(exponent), rest));
    }
    Some((Power::None, rest))
}

fn take_exponent(text: &str) -> Option<(i32, &str)> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, rest) = split_digits(digits);
    let exponent: i32 = digits.parse().ok().filter(|exponent| *exponent <= Number::MOST_ZEROS)?;
    Some((if negative { -exponent } else { exponent }, rest))
}

fn plain(integer: &str, fraction: &str) -> String {
    let integer = integer.trim_start_matches('0');
    let integer = if integer.is_empty() { "0" } else { integer };
    if fraction.is_empty() { integer.to_owned() } else { format!("{integer}.{fraction}") }
}

/// The number times a power of ten, written out.
fn shifted(integer: &str, fraction: &str, exponent: i32) -> Option<String> {
    let mut digits = format!("{integer}{fraction}");
    let mut point = i32::try_from(integer.len()).ok()? + exponent;
    while point < 0 {
        digits.insert(0, '0');
        point += 1;
    }
    let point = usize::try_from(point).ok()?;
    while digits.len() < point {
        digits.push('0');
    }
    let (integer, fraction) = digits.split_at_checked(point)?;
    Some(plain(integer, fraction))
}
