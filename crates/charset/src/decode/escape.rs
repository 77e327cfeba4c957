//! Escape sequences of ISO 2022 as Japanese systems write them.

/// The character set that bytes 21–7E stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    /// ASCII, and JIS X 0201 Roman too: in HL7 its 5C and 7E are the escape character and the repetition separator, whatever
    /// a terminal shows.
    Single,
    /// JIS X 0201 katakana.
    Kana,
    /// JIS X 0208, all editions, with the rows that NEC and IBM added; JIS X 0213 plane 1 contains it.
    Jis0208,
    /// JIS X 0212 補助漢字.
    Jis0212,
    /// JIS X 0213 plane 2, for which no table exists here: every character is a 外字.
    Jis0213Plane2,
}

impl Set {
    pub(crate) const fn is_double(self) -> bool {
        matches!(self, Self::Jis0208 | Self::Jis0212 | Self::Jis0213Plane2)
    }
}

/// What an escape sequence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    /// This set from here on.
    Shift(Set),
    /// Nothing to do here: announces an edition, or designates the set that SO or high bytes use, which is always kana.
    Silent,
    /// Well-formed, but of a set that is not Japanese.
    Unknown,
}

/// Reads the sequence behind an ESC; gives its length with the ESC. `None` where the ESC begins no sequence at all.
#[inline]
pub(crate) fn read(behind: &[u8]) -> Option<(Escape, usize)> {
    Some(match behind {
        // `H` is the registered escape of the Swedish set, which old Japanese software wrote for Roman.
        [b'(', b'B' | b'J' | b'H', ..] => (Escape::Shift(Set::Single), 3),
        [b'$', b'B' | b'@', ..] => (Escape::Shift(Set::Jis0208), 3),
        [b'(', b'I', ..] => (Escape::Shift(Set::Kana), 3),
        [b'$', b'(', b'B' | b'@' | b'O' | b'Q', ..] => (Escape::Shift(Set::Jis0208), 4),
        [b'$', b'(', b'D', ..] => (Escape::Shift(Set::Jis0212), 4),
        [b'$', b'(', b'P', ..] => (Escape::Shift(Set::Jis0213Plane2), 4),
        [b'&', b'@', ..] | [b')', b'B' | b'I' | b'J', ..] => (Escape::Silent, 3),
        [b'$', b')', b'B' | b'@' | b'D', ..] => (Escape::Silent, 4),
        _ => return unknown(behind),
    })
}

/// The grammar of ISO 2022: intermediate bytes 20–2F, then a final byte 30–7E.
fn unknown(behind: &[u8]) -> Option<(Escape, usize)> {
    let intermediate = behind.iter().take(3).take_while(|byte| matches!(byte, 0x20..=0x2F)).count();
    let last = behind.get(intermediate)?;
    (intermediate > 0 && matches!(last, 0x30..=0x7E)).then_some((Escape::Unknown, intermediate + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_told_apart_with_their_length() {
        for (behind, expected) in [
            (&b"(Bx"[..], Some((Escape::Shift(Set::Single), 3))),
            (b"(J", Some((Escape::Shift(Set::Single), 3))),
            (b"$B!!", Some((Escape::Shift(Set::Jis0208), 3))),
            (b"$(B", Some((Escape::Shift(Set::Jis0208), 4))),
            (b"$(D0!", Some((Escape::Shift(Set::Jis0212), 4))),
            (b"&@\x1b$B", Some((Escape::Silent, 3))),
            (b"$A", Some((Escape::Unknown, 3))),
            (b".A", Some((Escape::Unknown, 3))),
            (b"|PID", None),
            (b"(", None),
            (b"", None),
        ] {
            assert_eq!(read(behind), expected, "{behind:?}");
        }
    }
}
