//! UTF-8 and UTF-16.

use crate::{
    fold::kana,
    gaiji::is_private_use,
    sink::{Sink, len_before},
};

/// Whether no character of the text needs care, so that it can be taken as it is.
pub(super) fn is_clean(text: &str) -> bool {
    next_special(text, 0).is_none()
}

/// UTF-8 with errors or with characters that need care. `base` is the byte offset of the first byte.
pub(super) fn utf8(bytes: &[u8], base: usize, sink: &mut Sink<'_>) {
    let mut at = base;
    for chunk in bytes.utf8_chunks() {
        valid(chunk.valid(), at, sink);
        at += chunk.valid().len();
        if let Ok(width @ 1..) = u8::try_from(chunk.invalid().len()) {
            sink.undecodable(at, width);
        }
        at += chunk.invalid().len();
    }
}

fn valid(text: &str, base: usize, sink: &mut Sink<'_>) {
    let mut done = 0;
    while let Some((at, c)) = next_special(text, done) {
        sink.verbatim(text.get(done..at).unwrap_or_default(), base + done);
        let width = u8::try_from(c.len_utf8()).unwrap_or(4);
        sink.char(c, base + at, width);
        done = at + c.len_utf8();
    }
    sink.verbatim(text.get(done..).unwrap_or_default(), base + done);
}

/// The next character from `from` on that cannot be taken as it is.
fn next_special(text: &str, from: usize) -> Option<(usize, char)> {
    let mut at = from;
    loop {
        at += len_before(text.as_bytes().get(at..)?, may_be_special);
        let c = text.get(at..)?.chars().next()?;
        if is_special(c) {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// A cheap look at the first byte: controls, the block of C1, those of private use and half-width kana, the high planes.
#[inline]
const fn may_be_special(byte: u8) -> bool {
    let structure = (byte == b'\t') | (byte == b'\r') | (byte == b'\n');
    ((byte < 0x20) & !structure) | (byte == 0x7F) | (byte == 0xC2) | (byte >= 0xEE)
}

fn is_special(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
        || is_private_use(c)
        || kana::is_half_width(c)
        || matches!(c, '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// UTF-16 in the given byte order.
pub(super) fn utf16(bytes: &[u8], base: usize, unit: fn([u8; 2]) -> u16, sink: &mut Sink<'_>) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut at = base;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok(c) => {
                let width = if c.len_utf16() == 2 { 4 } else { 2 };
                sink.char(c, at, width);
                at += usize::from(width);
            }
            Err(_) => {
                sink.undecodable(at, 2);
                at += 2;
            }
        }
    }
    if !odd.is_empty() {
        sink.undecodable(at, 1);
    }
}
