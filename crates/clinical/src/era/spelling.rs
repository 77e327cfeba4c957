//! Takes a spelling apart: the era, then one to three numbers.

use super::Era;
use crate::width::half;

/// What stands in the text; the calendar was not asked.
pub(super) struct Spelled {
    pub era: Era,
    /// 1–99.
    pub year: i16,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

pub(super) fn read(text: &str) -> Option<Spelled> {
    let text: String = text.chars().map(half).collect();
    let (era, rest) = split_era(text.trim())?;
    let numbers = if rest.len() % 2 == 0 && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()) {
        compact(rest)
    } else {
        separated(rest)?
    };
    let part = |at: usize| numbers.get(at).copied();
    let year = part(0).filter(|year| (1..=99).contains(year))?;
    let small = |at: usize| part(at).map(|number| i8::try_from(number).unwrap_or(i8::MAX));
    (numbers.len() <= 3).then(|| Spelled { era, year, month: small(1), day: small(2) })
}

/// The era in front, in any spelling; the era as a digit needs a separator behind it, or five or seven digits in all.
fn split_era(text: &str) -> Option<(Era, &str)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    if let Some(era) = Era::ALL.into_iter().find(|era| text.starts_with(era.name())) {
        return Some((era, text.get(era.name().len()..)?));
    }
    let ligature = |c| match c {
        '㍾' | '明' => Some(Era::Meiji),
        '㍽' | '大' => Some(Era::Taisho),
        '㍼' | '昭' => Some(Era::Showa),
        '㍻' | '平' => Some(Era::Heisei),
        '㋿' | '令' => Some(Era::Reiwa),
        _ => None,
    };
    let by_letter = |era: &Era| first.eq_ignore_ascii_case(&era.letter());
    if let Some(era) = ligature(first).or_else(|| Era::ALL.into_iter().find(by_letter)) {
        return Some((era, rest.strip_prefix('.').unwrap_or(rest)));
    }
    let era = *Era::ALL.get(usize::try_from(first.to_digit(10)?.checked_sub(1)?).ok()?)?;
    let all_digits = rest.bytes().all(|b| b.is_ascii_digit());
    match rest.len() {
        4 | 6 if all_digits => Some((era, rest)),
        _ => Some((era, rest.strip_prefix(SEPARATORS)?)),
    }
}

const SEPARATORS: [char; 6] = ['.', '/', '-', '・', '．', ' '];

/// Two digits each: `070401`.
fn compact(digits: &str) -> Vec<i16> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.filter_map(|pair| std::str::from_utf8(pair).ok()?.parse().ok()).collect()
}

/// `7年4月1日`, `7.4.1`, `七年四月`; every number is followed by its counter or a separator, the last one by nothing or its counter.
fn separated(text: &str) -> Option<Vec<i16>> {
    let mut numbers = Vec::with_capacity(3);
    let mut rest = text.trim();
    for counter in ['年', '月', '日'] {
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| !is_numeral(c)).unwrap_or(rest.len());
        let (numeral, behind) = rest.split_at_checked(end)?;
        numbers.push(number(numeral)?);
        rest = match behind.strip_prefix(counter) {
            Some(next) => next.trim_start(),
            None if behind.is_empty() => behind,
            None => behind.strip_prefix(SEPARATORS).filter(|next| counter != '日' && !next.is_empty())?.trim_start(),
        };
    }
    rest.is_empty().then_some(numbers)
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || c == '元' || c == '十' || kanji_digit(c).is_some()
}

fn kanji_digit(c: char) -> Option<i16> {
    let place = "〇一二三四五六七八九".chars().position(|digit| digit == c)?;
    i16::try_from(place).ok()
}

/// `7`, `07`, `元`, `七`, `十一`, `三十`, `二十三`, `二三`; at most 99.
fn number(numeral: &str) -> Option<i16> {
    if numeral == "元" {
        return Some(1);
    }
    if numeral.bytes().all(|b| b.is_ascii_digit()) {
        return (numeral.len() <= 2).then(|| numeral.parse().ok())?;
    }
    let digits = |text: &str| -> Option<i16> {
        text.chars()
            .try_fold(0, |sum: i16, c| kanji_digit(c).map(|digit| sum * 10 + digit))
            .filter(|_| text.chars().count() <= 2)
    };
    match numeral.split_once('十') {
        None => digits(numeral),
        Some((tens, ones)) => {
            let single = |text: &str, if_empty| match text.chars().count() {
                0 => Some(if_empty),
                1 => digits(text),
                _ => None,
            };
            Some(single(tens, 1)? * 10 + single(ones, 0)?)
        }
    }
}
