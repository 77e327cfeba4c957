//! The escape sequences of HL7 v2.

use crate::Delimiters;
use std::borrow::Cow;
use tsugite_charset::{Encoding, GaijiTable, decode};

/// Resolves the escapes of a value: `\F\ \S\ \T\ \R\ \E\` to the delimiters, `\Xhh…\` to the characters that the bytes are,
/// `\.br\` to a line feed; formatting (`\H\ \N\ \.in..\`) and character set switches (`\Cxxyy\ \Mxxyyzz\`, which decoding
/// has dealt with) away. What is no escape stays as it is.
pub(crate) fn resolve<'m>(raw: &'m str, delimiters: &Delimiters, encoding: Encoding) -> Cow<'m, str> {
    let escape = char::from(delimiters.escape);
    if delimiters.escape == 0 || !raw.contains(escape) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, behind)) = rest.split_once(escape) {
        out.push_str(before);
        match behind.split_once(escape) {
            Some((sequence, tail)) if one(sequence, delimiters, encoding, &mut out) => rest = tail,
            _ => {
                out.push(escape);
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes what one sequence stands for; `false` if it is none.
fn one(sequence: &str, delimiters: &Delimiters, encoding: Encoding, out: &mut String) -> bool {
    match sequence.as_bytes() {
        b"F" => out.push(char::from(delimiters.field)),
        b"S" => out.push(char::from(delimiters.component)),
        b"T" => out.push(char::from(delimiters.subcomponent)),
        b"R" => out.push(char::from(delimiters.repetition)),
        b"E" => out.push(char::from(delimiters.escape)),
        b"H" | b"N" => {}
        b".br" | b".BR" => out.push('\n'),
        [b'.', command @ ..] => return formatting(command, out),
        [b'X' | b'x', digits @ ..] => return hexadecimal(digits, encoding, out),
        [b'C' | b'M', digits @ ..] => return matches!(digits.len(), 4 | 6) && digits.iter().all(u8::is_ascii_hexdigit),
        _ => return false,
    }
    true
}

/// `.sp3`, `.in+4`, `.ti-2`, `.sk2`, `.ce`, `.fi`, `.nf`: of these only lines and blanks are text.
fn formatting(command: &[u8], out: &mut String) -> bool {
    let (name, argument) = command.split_at_checked(2).unwrap_or((command, &[]));
    if !argument.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b' ')) {
        return false;
    }
    match name.to_ascii_lowercase().as_slice() {
        b"sp" | b"ce" => out.push('\n'),
        b"sk" => out.push(' '),
        b"in" | b"ti" | b"fi" | b"nf" => {}
        _ => return false,
    }
    true
}

/// The bytes are of the message's encoding. Decoding keeps control characters out, TAB, CR and LF excepted.
fn hexadecimal(digits: &[u8], encoding: Encoding, out: &mut String) -> bool {
    let (pairs, odd) = digits.as_chunks::<2>();
    let value = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(value).collect();
    match bytes {
        Some(bytes) if odd.is_empty() && !bytes.is_empty() => {
            out.push_str(&decode(&bytes, encoding, &GaijiTable::default()).text);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_what_is_none_stays() {
        let delimiters = Delimiters::default();
        for (raw, text) in [
            ("plain", "plain"),
            (r"\F\\S\\R\\T\\E\ A\T\B", r"|^~&\ A&B"),
            (r"10\S\4/uL", "10^4/uL"),
            (r"a\.br\b", "a\nb"),
            (r"\H\強\N\調", "強調"),
            (r"\.sp2\x\.in+4\y", "\nxy"),
            (r"\X41\\X0D0A\B", "A\r\nB"),
            (r"\X00\", ""),
            (r"\M242842\x\C2842\", "x"),
            (r"C:\dir", r"C:\dir"),
            (r"C:\dir\file", r"C:\dir\file"),
            (r"\X4\", r"\X4\"),
            (r"\Zfoo\", r"\Zfoo\"),
            (r"\", r"\"),
            (r"x\E\Fy", r"x\Fy"),
            (r"半\\F\", r"半\|"),
        ] {
            assert_eq!(resolve(raw, &delimiters, Encoding::Utf8), text, "{raw}");
        }
    }

    #[test]
    fn bytes_are_those_of_the_message() {
        let resolve = |raw, encoding| resolve(raw, &Delimiters::default(), encoding).into_owned();
        assert_eq!(resolve(r"\XE6BCA2\", Encoding::Utf8), "漢");
        assert_eq!(resolve(r"\X8ABF\", Encoding::ShiftJis), "漢");
        assert_eq!(resolve(r"\X1B244234411B2842\", Encoding::Iso2022Jp), "漢");
    }
}
