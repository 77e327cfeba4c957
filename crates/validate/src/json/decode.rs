use super::FaultKind;

/// The texts of the values and keys that have escapes.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    values: Texts,
    keys: Texts,
}

/// Texts one after the other, in the order of their nodes.
#[derive(Debug, Default)]
struct Texts {
    text: String,
    /// Id of the node and where its text begins; it ends where the next one begins.
    begins: Vec<(u32, u32)>,
}

impl Texts {
    fn find(&self, node: u32) -> &str {
        let place = self.begins.binary_search_by_key(&node, |&(node, _)| node);
        let text = place.ok().and_then(|i| {
            let (_, start) = *self.begins.get(i)?;
            let end = self.begins.get(i + 1).map_or(self.text.len(), |&(_, next)| next as usize);
            self.text.get(start as usize..end)
        });
        text.unwrap_or_default()
    }
}

impl Decoded {
    pub fn clear(&mut self) {
        for texts in [&mut self.values, &mut self.keys] {
            texts.text.clear();
            texts.begins.clear();
        }
    }

    pub fn value(&self, node: u32) -> &str {
        self.values.find(node)
    }

    pub fn key(&self, node: u32) -> &str {
        self.keys.find(node)
    }

    /// Decodes the inside of a string and remembers it as the value or the key of `node`. Faults come with their offset in `raw`.
    pub fn add(&mut self, node: u32, is_key: bool, raw: &str, fault: &mut dyn FnMut(FaultKind, usize, usize)) {
        let texts = if is_key { &mut self.keys } else { &mut self.values };
        // Decoded text is shorter than the input, so its offsets fit too.
        texts.begins.push((node, u32::try_from(texts.text.len()).unwrap_or(u32::MAX)));
        unescape(raw, &mut texts.text, fault);
    }
}

fn unescape(raw: &str, out: &mut String, fault: &mut dyn FnMut(FaultKind, usize, usize)) {
    let mut at = 0;
    while let Some(rest) = raw.get(at..) {
        let Some(plain) = memchr::memchr(b'\\', rest.as_bytes()) else {
            out.push_str(rest);
            return;
        };
        out.push_str(rest.get(..plain).unwrap_or_default());
        at += plain;
        at += escape(raw, at, out, fault);
    }
}

/// One escape at `at`; the number of bytes it takes.
fn escape(raw: &str, at: usize, out: &mut String, fault: &mut dyn FnMut(FaultKind, usize, usize)) -> usize {
    let simple = match raw.as_bytes().get(at + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(raw, at, out, fault),
        _ => {
            fault(FaultKind::BadEscape, at, at + 2);
            // The character after the backslash is copied by the next round.
            return 1;
        }
    };
    out.push(simple);
    2
}

fn unicode(raw: &str, at: usize, out: &mut String, fault: &mut dyn FnMut(FaultKind, usize, usize)) -> usize {
    let Some(unit) = hex4(raw, at + 2) else {
        fault(FaultKind::BadEscape, at, at + 2);
        return 2;
    };
    if let Some(c) = char::from_u32(unit) {
        out.push(c);
        return 6;
    }
    let low = (raw.get(at + 6..at + 8) == Some("\\u")).then(|| hex4(raw, at + 8)).flatten();
    match low {
        Some(low @ 0xDC00..=0xDFFF) if unit < 0xDC00 => {
            let c = char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            out.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
            12
        }
        _ => {
            fault(FaultKind::LoneSurrogate, at, at + 6);
            out.push(char::REPLACEMENT_CHARACTER);
            6
        }
    }
}

fn hex4(raw: &str, at: usize) -> Option<u32> {
    let digits = raw.get(at..at + 4)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}
