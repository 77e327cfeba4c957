//! Numbers as their text: compared exactly whatever their length, calculated where 128 bits suffice.

use std::cmp::Ordering;

/// Sign, digits before and after the point, exponent of ten.
struct Parts<'t> {
    negative: bool,
    whole: &'t [u8],
    fraction: &'t [u8],
    exponent: i64,
}

/// Larger exponents behave alike: no two numbers of a document can differ so much in length.
const FAR: i64 = 1 << 40;
/// Digits after the point that a division keeps.
const PLACES: u32 = 16;

fn parts(text: &str) -> Option<Parts<'_>> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match rest.split_once(['e', 'E']) {
        Some((digits, exponent)) => {
            let size = exponent.trim_start_matches(['+', '-']);
            if size.is_empty() || !size.bytes().all(|b| b.is_ascii_digit()) || exponent.len() > size.len() + 1 {
                return None;
            }
            let far = if exponent.starts_with('-') { -FAR } else { FAR };
            (digits, exponent.parse::<i64>().map_or(far, |n| n.clamp(-FAR, FAR)))
        }
        None => (rest, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    (!whole.is_empty() && plain(whole) && plain(fraction)).then_some(Parts {
        negative,
        whole: whole.as_bytes(),
        fraction: fraction.as_bytes(),
        exponent,
    })
}

impl Parts<'_> {
    /// Digits from the first that is not zero, without the zeros at the end.
    fn digits(&self) -> impl Iterator<Item = u8> {
        let all = self.whole.iter().chain(self.fraction).copied();
        let last = self.fraction.iter().rposition(|&d| d != b'0').map(|i| self.whole.len() + i + 1);
        let last = last.or_else(|| self.whole.iter().rposition(|&d| d != b'0').map(|i| i + 1)).unwrap_or(0);
        all.take(last).skip_while(|&d| d == b'0')
    }

    /// Power of ten of the first digit that is not zero; `None` for zero.
    fn power(&self) -> Option<i64> {
        let whole = i64::try_from(self.whole.len()).ok()?;
        let lead = self.whole.iter().chain(self.fraction).position(|&d| d != b'0')?;
        Some(whole - i64::try_from(lead).ok()? + self.exponent)
    }
}

/// `None` where one of the texts is no number.
pub(super) fn compare(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (parts(a)?, parts(b)?);
    let sign = |p: &Parts<'_>| match (p.power(), p.negative) {
        (None, _) => 0,
        (Some(_), negative) => 1 - 2 * i8::from(negative),
    };
    let (left, right) = (sign(&a), sign(&b));
    if left != right || left == 0 {
        return Some(left.cmp(&right));
    }
    let size = a.power().cmp(&b.power()).then_with(|| a.digits().cmp(b.digits()));
    Some(if left < 0 { size.reverse() } else { size })
}

/// Equal after rounding to the fewer digits after the point.
pub(super) fn equivalent(a: &str, b: &str) -> Option<bool> {
    let (Some(x), Some(y)) = (Exact::parse(a), Exact::parse(b)) else {
        return compare(a, b).map(Ordering::is_eq);
    };
    let places = x.scale.min(y.scale);
    Some(x.rounded(places)? == y.rounded(places)?)
}

/// Whether the text is written as an integer.
pub(super) fn is_integer(text: &str) -> bool {
    !text.bytes().any(|b| matches!(b, b'.' | b'e' | b'E'))
}

/// `digits` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact {
    digits: i128,
    scale: u32,
}

impl Exact {
    /// `None` where 128 bits do not hold it.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = parts(text)?;
        let mut digits: i128 = 0;
        for digit in parts.whole.iter().chain(parts.fraction) {
            digits = digits.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        }
        if parts.negative {
            digits = -digits;
        }
        let scale = i64::try_from(parts.fraction.len()).ok()? - parts.exponent;
        match u32::try_from(scale) {
            Ok(scale) => Some(Self { digits, scale }),
            Err(_) => {
                let up = 10i128.checked_pow(u32::try_from(-scale).ok()?)?;
                Some(Self { digits: digits.checked_mul(up)?, scale: 0 })
            }
        }
    }

    pub fn is_zero(self) -> bool {
        self.digits == 0
    }

    fn scaled(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    fn rounded(self, places: u32) -> Option<i128> {
        let unit = 10i128.checked_pow(self.scale.checked_sub(places)?)?;
        let half = unit / 2 * self.digits.signum();
        Some(self.digits.checked_add(half)? / unit)
    }

    fn both(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        Some((self.scaled(scale)?, other.scaled(scale)?, scale))
    }

    pub fn add(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.both(other)?;
        Some(Self { digits: a.checked_add(b)?, scale })
    }

    pub fn subtract(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.both(other)?;
        Some(Self { digits: a.checked_sub(b)?, scale })
    }

    pub fn multiply(self, other: Self) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(other.digits)?, scale: self.scale.checked_add(other.scale)? })
    }

    /// To [`PLACES`] digits after the point. `None` for a division by zero too.
    pub fn divide(self, other: Self) -> Option<Self> {
        let (a, b, _) = self.both(other)?;
        let digits = a.checked_mul(10i128.checked_pow(PLACES)?)?.checked_div(b)?;
        Some(Self { digits, scale: PLACES }.trimmed())
    }

    /// The whole number of times that `other` goes into this, towards zero.
    pub fn div(self, other: Self) -> Option<i64> {
        let (a, b, _) = self.both(other)?;
        i64::try_from(a.checked_div(b)?).ok()
    }

    pub fn remainder(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.both(other)?;
        Some(Self { digits: a.checked_rem(b)?, scale }.trimmed())
    }

    pub fn negative(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }

    pub fn text(self) -> String {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs();
        match 10u128.checked_pow(self.scale) {
            Some(1) => format!("{sign}{digits}"),
            Some(unit) => {
                format!("{sign}{}.{:0width$}", digits / unit, digits % unit, width = self.scale as usize)
            }
            None => format!("{sign}{digits}e-{}", self.scale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Exact, compare, equivalent};
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn numbers_are_compared_by_their_text() {
        for (a, b, expected) in [
            ("1", "1.0", Equal),
            ("1.50", "1.5", Equal),
            ("0", "-0.000", Equal),
            ("10", "9", Greater),
            ("-10", "-9", Less),
            ("-1", "1", Less),
            ("0.1", "0.09", Greater),
            ("1e2", "100", Equal),
            ("1e999999", "1e999998", Greater),
            ("0e999999", "0", Equal),
            ("1e-999999999999999999999", "0", Greater),
            ("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678900", Greater),
            ("0.30000000000000000000000000000000000000000001", "0.3", Greater),
            ("007", "7", Equal),
        ] {
            assert_eq!(compare(a, b), Some(expected), "{a} {b}");
            assert_eq!(compare(b, a), Some(expected.reverse()), "{b} {a}");
        }
        for text in ["", "-", "a", "1e", "1e+-2", ".5", "1e 2"] {
            assert_eq!(compare(text, "1"), None, "{text}");
        }
    }

    #[test]
    fn equivalence_rounds_to_the_coarser() {
        for (a, b, expected) in
            [("1.25", "1.3", true), ("1.2", "1.25", false), ("1", "1.4", true), ("-1.5", "-2", true)]
        {
            assert_eq!(equivalent(a, b), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn calculation_is_exact_or_absent() {
        let n = |text| Exact::parse(text).unwrap();
        assert_eq!(n("0.1").add(n("0.2")).unwrap().text(), "0.3");
        assert_eq!(n("1").subtract(n("1.25")).unwrap().text(), "-0.25");
        assert_eq!(n("1.5").multiply(n("-2")).unwrap().text(), "-3.0");
        assert_eq!(n("1").divide(n("4")).unwrap().text(), "0.25");
        assert_eq!(n("-7").div(n("2")), Some(-3));
        assert_eq!(n("-7").remainder(n("2")).unwrap().text(), "-1");
        assert_eq!(n("1").divide(n("0")), None);
        assert_eq!(n("1").div(n("0")), None);
        assert_eq!(n("1e2").text(), "100");
        assert_eq!(Exact::parse("1e40"), None);
        let huge = n("99999999999999999999999999999999999999");
        assert_eq!(huge.add(huge), None);
        assert_eq!(huge.multiply(huge), None);
    }
}
