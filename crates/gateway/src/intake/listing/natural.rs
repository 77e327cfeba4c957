//! The order of files that people number: what nothing dates is as new as its place.

/// A key that sorts `k9.csv` before `k10.csv`: digits in a row count as a number. Paths that are equal so are told apart as written.
pub fn natural(path: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * path.len() + 8);
    let mut rest = path;
    while let Some(first) = rest.chars().next() {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count().max(first.len_utf8());
        let (part, behind) = rest.split_at(length);
        rest = behind;
        if first.is_ascii_digit() {
            let number = part.trim_start_matches('0');
            key.push(b'0');
            key.extend_from_slice(&u32::try_from(number.len()).unwrap_or(u32::MAX).to_be_bytes());
            key.extend_from_slice(number.as_bytes());
        } else {
            key.extend_from_slice(part.as_bytes());
        }
    }
    key.push(0);
    key.extend_from_slice(path.as_bytes());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_their_order() {
        let mut paths = [
            "k10.csv",
            "k9.csv",
            "k09.csv",
            "k.csv",
            "1/b",
            "1/a",
            "検査2",
            "検査10",
            "20260402.csv",
            "20260401.csv",
            "k0.csv",
        ];
        paths.sort_by_key(|path| natural(path));
        let sorted = [
            "1/a",
            "1/b",
            "20260401.csv",
            "20260402.csv",
            "k.csv",
            "k0.csv",
            "k09.csv",
            "k9.csv",
            "k10.csv",
            "検査2",
            "検査10",
        ];
        assert_eq!(paths, sorted);
    }
}
