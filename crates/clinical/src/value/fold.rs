//! Width, blanks and look-alikes made equal, for reading only: texts that go out stay as written.

use crate::width;
use std::borrow::Cow;

/// A value folded for reading.
pub(super) struct Folded<'a> {
    pub text: Cow<'a, str>,
    /// A blank stood between two digits: joined they would be another number.
    pub split_number: bool,
}

/// The form in which tables hold words: without blanks, half width, ASCII letters in upper case.
pub fn key(text: &str) -> String {
    let mut key = fold(text).text.into_owned();
    key.make_ascii_uppercase();
    key
}

pub(super) fn fold(text: &str) -> Folded<'_> {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'^';
    if text.bytes().all(plain) {
        return Folded { text: Cow::Borrowed(text), split_number: false };
    }
    let mut folded = String::with_capacity(text.len());
    let mut split_number = false;
    let mut gap = false;
    for c in text.chars() {
        let c = half_width(c);
        if c.is_whitespace() || (c == '^' && !is_power(&folded)) {
            gap = true;
            continue;
        }
        if gap && is_digit(c) && folded.chars().next_back().is_some_and(is_digit) {
            split_number = true;
        }
        gap = false;
        match c {
            '≦' | '≤' => folded.push_str("<="),
            '≧' | '≥' => folded.push_str(">="),
            _ => folded.push(c),
        }
    }
    Folded { text: Cow::Owned(folded), split_number }
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// `10^4`: everywhere else `^` stands for a blank (the SN form of SS-MIX2 tables).
fn is_power(before: &str) -> bool {
    before.strip_suffix("10").is_some_and(|rest| !rest.ends_with(is_digit))
}

fn half_width(c: char) -> char {
    match c {
        '〜' => '~',
        '✕' | '✖' => '×',
        '‒' | '─' => '-',
        _ => width::half(c),
    }
}
