use super::{
    Comparator, Measurement, Number, Reading, Readings, Vocabulary,
    fold::{Folded, fold},
};

/// Reads a result field as the source wrote it.
pub fn parse(text: &str, vocabulary: &impl Vocabulary) -> Readings {
    let trimmed = text.trim();
    if let Some(number) = Number::parse(trimmed).filter(|_| trimmed.is_ascii() && !trimmed.contains('^')) {
        return Readings::One(bare(number));
    }
    let Folded { text: folded, split_number } = fold(text);
    let source = Source { written: trimmed, folded: &folded, split_number };
    if let Some(reading) = read(&source, vocabulary) {
        return Readings::One(reading);
    }
    match composite(&source, vocabulary) {
        Some((first, second)) => Readings::Two(first, second),
        None => Readings::One(Reading::Text(trimmed.to_owned())),
    }
}

struct Source<'a> {
    written: &'a str,
    folded: &'a str,
    split_number: bool,
}

const fn bare(number: Number) -> Reading {
    Reading::Measurement(Measurement { comparator: None, number, unit: None, titre: false })
}

/// One result that was understood.
fn read(source: &Source<'_>, vocabulary: &impl Vocabulary) -> Option<Reading> {
    let text = || source.written.to_owned();
    if source.folded.is_empty() {
        return Some(Reading::Absent { reason: "unknown", text: text() });
    }
    let key = source.folded.to_ascii_uppercase();
    if let Some(reason) = vocabulary.absence(&key) {
        return Some(Reading::Absent { reason, text: text() });
    }
    if let Some(meaning) = vocabulary.qualitative(&key) {
        return Some(Reading::Qualitative { meaning, text: text() });
    }
    if source.split_number {
        return None;
    }
    measurement(source.folded, vocabulary).or_else(|| pair(source.folded, vocabulary))
}

/// `[comparator] [×] number [unit] [comparator]`.
fn measurement(text: &str, vocabulary: &impl Vocabulary) -> Option<Reading> {
    let (before, rest) = take_comparator(text.strip_prefix(':').unwrap_or(text));
    let (times, rest) = match rest.strip_prefix(['×', 'x', 'X']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (number, rest) = Number::take(rest)?;
    let (rest, after) = take_trailing_comparator(rest);
    let comparator = match (before, after) {
        (Some(a), Some(b)) if a != b => return None,
        (before, after) => before.or(after),
    };
    let titre = times || rest == "倍";
    let unit = rest.strip_prefix("倍").filter(|_| titre).unwrap_or(rest);
    if !unit.is_empty() && (titre || !vocabulary.is_unit(unit)) {
        return None;
    }
    let unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
    Some(Reading::Measurement(Measurement { comparator, number, unit, titre }))
}

fn take_comparator(text: &str) -> (Option<Comparator>, &str) {
    const SIGNS: [(&str, Comparator); 8] = [
        ("<=", Comparator::LessOrEqual),
        ("=<", Comparator::LessOrEqual),
        (">=", Comparator::GreaterOrEqual),
        ("=>", Comparator::GreaterOrEqual),
        ("<", Comparator::Less),
        (">", Comparator::Greater),
        ("↓", Comparator::Less),
        ("↑", Comparator::Greater),
    ];
    for (sign, comparator) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return (Some(comparator), rest);
        }
    }
    // `L300` of glucose meters and urine strips: below the lower limit of measuring.
    match text.strip_prefix('L').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        Some(rest) => (Some(Comparator::Less), rest),
        None => (None, text),
    }
}

/// `0.5未満`; a sign after the number points the other way (`0.5>` is less than 0.5).
fn take_trailing_comparator(text: &str) -> (&str, Option<Comparator>) {
    const WORDS: [(&str, Comparator); 13] = [
        ("未満", Comparator::Less),
        ("以下", Comparator::LessOrEqual),
        ("以上", Comparator::GreaterOrEqual),
        ("を超える", Comparator::Greater),
        ("を超過", Comparator::Greater),
        ("超過", Comparator::Greater),
        ("超", Comparator::Greater),
        (">=", Comparator::LessOrEqual),
        ("=>", Comparator::LessOrEqual),
        ("<=", Comparator::GreaterOrEqual),
        ("=<", Comparator::GreaterOrEqual),
        (">", Comparator::Less),
        ("<", Comparator::Greater),
    ];
    let found = WORDS.into_iter().find_map(|(word, comparator)| Some((text.strip_suffix(word)?, Some(comparator))));
    found.unwrap_or((text, None))
}

/// `1-4`, `1～4/HPF`, `52/3`.
fn pair(text: &str, vocabulary: &impl Vocabulary) -> Option<Reading> {
    let unsigned = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && !has_leading_zero(text);
    let (low, rest) = Number::take(text).filter(|_| unsigned(text))?;
    if let Some(denominator) = rest.strip_prefix('/').filter(|text| unsigned(text)).and_then(Number::parse) {
        return Some(Reading::Fraction { numerator: low, denominator });
    }
    let after = rest.strip_prefix(['-', '~']).filter(|text| unsigned(text))?;
    let (high, unit) = Number::take(after)?;
    if low.to_f64() > high.to_f64() || !(unit.is_empty() || vocabulary.is_unit(unit)) {
        return None;
    }
    let unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
    Some(Reading::Range { low, high, unit })
}

/// `03` begins a telephone number or a code, not a measured value.
fn has_leading_zero(text: &str) -> bool {
    text.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Two results in one field: `3+(300)`, `0.1 (-)`. Both must be understood.
fn composite(source: &Source<'_>, vocabulary: &impl Vocabulary) -> Option<(Reading, Reading)> {
    let written = source.written.strip_suffix([')', '）'])?;
    let (first, second) = written.split_once(['(', '（'])?;
    let part = |text: &str| {
        let folded = fold(text);
        let source = Source { written: text.trim(), folded: &folded.text, split_number: folded.split_number };
        let reading = read(&source, vocabulary)?;
        matches!(reading, Reading::Measurement(_) | Reading::Qualitative { .. }).then_some(reading)
    };
    Some((part(first)?, part(second)?))
}
