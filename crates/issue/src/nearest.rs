/// The known name that is at most a third of the letters away: what somebody may have meant.
pub fn nearest<'k, K: AsRef<str>>(word: &str, known: &'k [K]) -> Option<&'k str> {
    let most = word.chars().count().div_ceil(3);
    let rank = |name: &&str| (distance(word, name), name.len());
    let best = known.iter().map(AsRef::as_ref).min_by_key(rank)?;
    (distance(best, word) <= most).then_some(best)
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    if b.is_empty() {
        return a.chars().count();
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            left = (diagonal + usize::from(x != *y)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("abc", "ac", 1),
            ("instituton", "institution", 1),
            ("kitten", "sitting", 3),
            ("abc", "", 3),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_nearest_name_is_proposed_and_nothing_far() {
        assert_eq!(nearest("colected", &["code", "collected"]), Some("collected"));
        assert_eq!(nearest("zzz", &["code", "collected"]), None);
    }
}
