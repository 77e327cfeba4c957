//! Bytes to records of fixed width. They are cut before they are decoded, since a character of two bytes has one place in text.

/// One record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'b> {
    pub bytes: &'b [u8],
    /// Byte offset in the input.
    pub start: usize,
    /// From 1.
    pub number: u32,
}

/// Records of `length` bytes; line ends between them are passed over, and one inside of a record ends it: systems cut blanks at the
/// end of a line.
pub fn records(bytes: &[u8], length: usize) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0;
    let mut number = 0_u32;
    std::iter::from_fn(move || {
        while bytes.get(at).is_some_and(|byte| matches!(byte, b'\r' | b'\n' | 0x1A | 0)) {
            at += 1;
        }
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let whole = rest.get(..length).unwrap_or(rest);
        let end = memchr::memchr2(b'\r', b'\n', whole).unwrap_or(whole.len());
        let record = whole.get(..end).unwrap_or(whole);
        number = number.saturating_add(1);
        let start = at;
        at += end.max(1);
        Some(Record { bytes: record, start, number })
    })
}

/// A field of a record; what lies beyond a short record is empty.
pub fn field(record: &[u8], range: std::ops::Range<usize>) -> &[u8] {
    let end = range.end.min(record.len());
    record.get(range.start.min(end)..end).unwrap_or_default()
}

/// Without the first byte of a character whose second one was cut away, and whether there was one. `is_lead` says what begins a
/// character of two bytes.
pub fn whole_characters(bytes: &[u8], is_lead: impl Fn(u8) -> bool) -> (&[u8], bool) {
    let mut at = 0;
    while at < bytes.len() {
        let Some(byte) = bytes.get(at) else { break };
        if is_lead(*byte) {
            if at + 1 == bytes.len() {
                return (bytes.get(..at).unwrap_or_default(), true);
            }
            at += 2;
        } else {
            at += 1;
        }
    }
    (bytes, false)
}

/// What begins a character of two bytes in CP932.
pub const fn is_cp932_lead(byte: u8) -> bool {
    matches!(byte, 0x81..=0x9F | 0xE0..=0xFC)
}

/// What begins a character of two bytes in EUC-JP.
pub const fn is_euc_lead(byte: u8) -> bool {
    matches!(byte, 0x8E | 0xA1..=0xFE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_stand_with_and_without_line_ends_and_may_be_short() {
        for (bytes, expected) in [
            (&b"aaabbbccc"[..], vec![("aaa", 0), ("bbb", 3), ("ccc", 6)]),
            (b"aaa\r\nbbb\r\nccc\r\n\x1a", vec![("aaa", 0), ("bbb", 5), ("ccc", 10)]),
            (b"a\r\nbbb", vec![("a", 0), ("bbb", 3)]),
            (b"aaab", vec![("aaa", 0), ("b", 3)]),
            (b"\x1a\0\0", vec![]),
        ] {
            let found: Vec<_> =
                records(bytes, 3).map(|record| (std::str::from_utf8(record.bytes).unwrap(), record.start)).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn half_a_character_is_left_out() {
        // 表 is 95 5C: the second byte looks like a backslash.
        for (bytes, whole, cut) in [
            (&b"\x95\x5C"[..], &b"\x95\x5C"[..], false),
            (b"\x95\x5C\x95", b"\x95\x5C", true),
            (b"ab\xB6", b"ab\xB6", false),
            (b"\x95", b"", true),
        ] {
            assert_eq!(whole_characters(bytes, is_cp932_lead), (whole, cut));
        }
    }
}
