//! Full and half width of codes and numbers. Names and free text are never folded.

/// U+FF01–FF5E and the ideographic space to ASCII; the hyphens and minus signs that keyboards give in their place to `-`.
pub(crate) fn half(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '‐' | '‑' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

/// ASCII to its full width.
pub(crate) fn full(c: char) -> char {
    match half(c) {
        ' ' => '\u{3000}',
        ascii @ '!'..='~' => char::from_u32(u32::from(ascii) + 0xFEE0).unwrap_or(c),
        other => other,
    }
}

/// In half width, without blanks: for comparing what two sources write.
pub fn half_unspaced(text: &str) -> String {
    text.chars().map(half).filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ascii_character_goes_there_and_back() {
        for ascii in ' '..='~' {
            assert_eq!(half(full(ascii)), ascii);
        }
        assert_eq!(half_unspaced(" ０６　１３−９ "), "0613-9");
        assert_eq!(full('あ'), 'あ');
    }
}
