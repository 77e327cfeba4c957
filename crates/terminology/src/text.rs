//! Texts as a centre accepts them, and codes as it accepts them.

use std::{borrow::Cow, fmt::Write as _};

/// A display or text without machine-dependent characters, half-width kana and blanks around it. `changed` is set when
/// characters were replaced.
pub fn repaired<'a>(text: &'a str, changed: &mut bool) -> Cow<'a, str> {
    let trimmed = text.trim();
    let repaired = tsugite_charset::repair_display(trimmed);
    *changed |= repaired.changed;
    repaired.text
}

/// A text without any blank, as the display of a local laboratory code must be.
pub fn unspaced(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

const fn is_local_code_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// A local code in the characters that the centre takes, `[A-Za-z0-9_-]`. Where characters must go, a mark made from the
/// whole code keeps different codes different.
pub fn local_code(code: &str) -> Cow<'_, str> {
    let code = code.trim();
    if !code.is_empty() && code.bytes().all(is_local_code_byte) {
        return Cow::Borrowed(code);
    }
    let half = tsugite_charset::to_half_width(code);
    if !half.is_empty() && half.bytes().all(is_local_code_byte) {
        return Cow::Owned(half.into_owned());
    }
    let mut legal: String = half.bytes().filter(|byte| is_local_code_byte(*byte)).map(char::from).collect();
    let _ = write!(legal, "_{:08x}", fnv(code.as_bytes()));
    Cow::Owned(legal)
}

/// FNV-1a: small, and the same for ever.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_codes_stay_or_become_legal_and_different() {
        for code in ["30005", "GOT_1", "3A015-0000"] {
            assert_eq!(local_code(code), code);
        }
        assert_eq!(local_code(" ３０００５ "), "30005");
        let odd = [local_code("GOT(AST)"), local_code("GOT[AST]"), local_code("血糖"), local_code("血圧")];
        for code in &odd {
            assert!(code.bytes().all(is_local_code_byte), "{code}");
        }
        let distinct: std::collections::BTreeSet<_> = odd.iter().collect();
        assert_eq!(distinct.len(), odd.len());
    }

    #[test]
    fn displays_are_repaired_and_say_so() {
        let mut changed = false;
        assert_eq!(repaired(" 胃炎 ", &mut changed), "胃炎");
        assert!(!changed);
        assert_eq!(repaired("ﾘｳﾏﾁⅢ", &mut changed), "リウマチIII");
        assert!(changed);
        assert_eq!(unspaced("HBs 抗原　定量"), "HBs抗原定量");
    }
}
