//! One decoder for each encoding; all write to one [`Sink`], which keeps what is forbidden out.

mod double;
pub(crate) mod escape;
mod iso2022;
mod multibyte;
mod unicode;

use crate::{
    Decoded, Encoding, GaijiTable, OffsetMap, RepairKind, Repairs,
    sink::{Sink, plain_len},
};
use std::borrow::Cow;

/// Decodes `bytes` as `encoding`. Cannot fail: what is no character becomes U+FFFD, what is a 外字 without an entry in `gaiji`
/// becomes 〓, and [`Decoded::repairs`] tells each place. A byte order mark is passed over.
pub fn decode<'a>(bytes: &'a [u8], encoding: Encoding, gaiji: &GaijiTable) -> Decoded<'a> {
    let start = byte_order_mark(bytes, encoding);
    let end = start + content_len(bytes.get(start..).unwrap_or_default(), encoding);
    let content = bytes.get(start..end).unwrap_or_default();
    let mark = (end < bytes.len()).then_some((end, bytes.len()));
    if let Some(text) = borrowed(content, encoding) {
        let mut repairs = Repairs::default();
        if let Some((from, to)) = mark {
            repairs.add(RepairKind::EndOfFileMark, text.len(), from, to);
        }
        let offsets = OffsetMap::identity(start, text.len());
        return Decoded { text: Cow::Borrowed(text), offsets, encoding, repairs, bytes };
    }
    let mut sink = Sink::new(content.len(), gaiji);
    match encoding {
        Encoding::Utf8 => unicode::utf8(content, start, &mut sink),
        Encoding::Utf16Le => unicode::utf16(content, start, u16::from_le_bytes, &mut sink),
        Encoding::Utf16Be => unicode::utf16(content, start, u16::from_be_bytes, &mut sink),
        Encoding::ShiftJis => multibyte::shift_jis(content, &mut sink),
        Encoding::EucJp => multibyte::euc_jp(content, &mut sink),
        // A lone escape or a high byte in a file that was taken for ASCII is best read as 7-bit JIS.
        Encoding::Ascii | Encoding::Iso2022Jp => iso2022::iso_2022_jp(content, &mut sink),
    }
    if let Some((from, to)) = mark {
        sink.repair(RepairKind::EndOfFileMark, from, to);
    }
    let (text, offsets, repairs) = sink.finish();
    Decoded { text: Cow::Owned(text), offsets, encoding, repairs, bytes }
}

fn byte_order_mark(bytes: &[u8], encoding: Encoding) -> usize {
    let mark: &[u8] = match encoding {
        Encoding::Utf8 => b"\xEF\xBB\xBF",
        Encoding::Utf16Le => b"\xFF\xFE",
        Encoding::Utf16Be => b"\xFE\xFF",
        _ => return 0,
    };
    if bytes.starts_with(mark) { mark.len() } else { 0 }
}

/// Length without the end-of-file marks of old systems (1A) and the NULs that pad a last block.
fn content_len(bytes: &[u8], encoding: Encoding) -> usize {
    let is_mark = |byte: u8| matches!(byte, 0x00 | 0x1A);
    let mut content = bytes;
    match encoding {
        Encoding::Utf16Le => {
            while let [rest @ .., low, 0] = content
                && is_mark(*low)
                && rest.len() % 2 == 0
            {
                content = rest;
            }
        }
        Encoding::Utf16Be => {
            while let [rest @ .., 0, low] = content
                && is_mark(*low)
                && rest.len() % 2 == 0
            {
                content = rest;
            }
        }
        _ => {
            while let [rest @ .., last] = content
                && is_mark(*last)
            {
                content = rest;
            }
        }
    }
    content.len()
}

/// The bytes themselves, where they are the text already.
fn borrowed(content: &[u8], encoding: Encoding) -> Option<&str> {
    match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => None,
        Encoding::Utf8 => std::str::from_utf8(content).ok().filter(|text| unicode::is_clean(text)),
        _ if plain_len(content) == content.len() => std::str::from_utf8(content).ok(),
        _ => None,
    }
}
