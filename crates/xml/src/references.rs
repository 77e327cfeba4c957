use std::borrow::Cow;

/// What `&name;` or `&#…;` stands for, by the text between `&` and `;`.
pub fn resolve(reference: &str) -> Option<char> {
    Some(match reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
                None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            char::from_u32(code).filter(|c| is_allowed(*c))?
        }
    })
}

/// XML 1.0 characters, less those that no text may carry on: private use is for 外字 of one site only.
fn is_allowed(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    !control
        && !matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{F0000}'..)
}

/// An attribute value: references resolved, line ends and tabs as blanks. `None` where a reference is unknown or a tag begins.
pub fn attribute(written: &str) -> Option<Cow<'_, str>> {
    // Without a branch, so that many bytes are looked at at once.
    let plain = |byte: u8| (byte != b'&') & (byte != b'<') & (byte >= b' ');
    if written.bytes().fold(true, |all, byte| all & plain(byte)) {
        return Some(Cow::Borrowed(written));
    }
    if written.contains('<') {
        return None;
    }
    let mut value = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        blanks(&mut value, before);
        let (reference, tail) = after.get(1..)?.split_once(';')?;
        value.push(resolve(reference)?);
        rest = tail;
    }
    blanks(&mut value, rest);
    Some(Cow::Owned(value))
}

fn blanks(value: &mut String, text: &str) {
    value.extend(text.replace("\r\n", "\n").chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
}

/// Line ends as XML wants them.
pub fn line_ends(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_xml_itself_defines_is_resolved() {
        for (reference, character) in [
            ("lt", Some('<')),
            ("apos", Some('\'')),
            ("#65", Some('A')),
            ("#x9AD9", Some('髙')),
            ("#X41", Some('A')),
            ("#0", None),
            ("#x1B", None),
            ("#xE000", None),
            ("#xD800", None),
            ("#x110000", None),
            ("#+65", None),
            ("#", None),
            ("nbsp", None),
            ("lol9", None),
            ("", None),
        ] {
            assert_eq!(resolve(reference), character, "{reference}");
        }
    }

    #[test]
    fn attribute_values_are_normalised() {
        assert_eq!(attribute("a&lt;b&#x3042;").as_deref(), Some("a<bあ"));
        assert_eq!(attribute("a\r\nb\tc").as_deref(), Some("a b c"));
        assert_eq!(attribute("a&#10;b").as_deref(), Some("a\nb"));
        assert_eq!((attribute("a&b"), attribute("&x;"), attribute("a<b")), (None, None, None));
        assert_eq!(attribute("&lt;").as_deref(), Some("<"));
        assert_eq!(line_ends("a\r\nb\rc"), "a\nb\nc");
    }
}
