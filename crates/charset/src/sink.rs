//! What every decoder writes to: text, map and repairs grow together, and nothing forbidden gets through.

use crate::{
    GaijiCode, GaijiTable, OffsetMap, RepairKind, Repairs, fold::kana, gaiji::is_private_use, offsets::OffsetBuilder,
};

/// Stands for bytes that are no character.
const REPLACEMENT: char = '\u{FFFD}';
/// 下駄: stands for a 外字 that nobody has named.
const GETA: char = '〓';

pub(crate) struct Sink<'g> {
    text: Vec<u8>,
    offsets: OffsetBuilder,
    repairs: Repairs,
    gaiji: &'g GaijiTable,
    /// The last character if it came from half-width kana: the text offset behind it, itself, its first byte.
    kana: Option<(usize, char, usize)>,
}

impl<'g> Sink<'g> {
    pub(crate) fn new(input_len: usize, gaiji: &'g GaijiTable) -> Self {
        Self {
            text: Vec::with_capacity(input_len + input_len / 4),
            offsets: OffsetBuilder::with_capacity(input_len / 32),
            repairs: Repairs::default(),
            gaiji,
            kana: None,
        }
    }

    pub(crate) fn finish(self) -> (String, OffsetMap, Repairs) {
        // Only whole characters are written, so nothing is ever replaced here; the alternative would be unsafe.
        let text = String::from_utf8(self.text).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        (text, self.offsets.finish(), self.repairs)
    }

    pub(crate) fn repair(&mut self, kind: RepairKind, start: usize, end: usize) {
        self.repairs.add(kind, self.text.len(), start, end);
    }

    /// Plain ASCII, one byte each.
    #[inline]
    pub(crate) fn ascii(&mut self, run: &[u8], at: usize) {
        if !run.is_empty() {
            self.text.extend_from_slice(run);
            self.offsets.push(at, run.len(), 1, 1);
        }
    }

    /// Text taken over as it is, byte for byte.
    pub(crate) fn verbatim(&mut self, run: &str, at: usize) {
        self.ascii(run.as_bytes(), at);
    }

    /// A character of the basic plane, from a table that holds no forbidden one.
    #[inline]
    pub(crate) fn unit(&mut self, unit: u16, at: usize, width: u8) {
        let [high, low] = unit.to_be_bytes();
        match unit {
            0x800.. => {
                let bytes = [0xE0 | high >> 4, 0x80 | (high & 0x0F) << 2 | low >> 6, 0x80 | low & 0x3F];
                self.text.extend_from_slice(&bytes);
                self.offsets.push(at, 1, 3, width);
            }
            0x80.. => {
                self.text.extend_from_slice(&[0xC0 | high << 2 | low >> 6, 0x80 | low & 0x3F]);
                self.offsets.push(at, 1, 2, width);
            }
            _ => {
                self.text.push(low);
                self.offsets.push(at, 1, 1, width);
            }
        }
    }

    /// Any character: forbidden ones are taken out, 外字 looked up, half-width kana widened.
    pub(crate) fn char(&mut self, c: char, at: usize, width: u8) {
        let end = at + usize::from(width);
        match c {
            '\t' | '\r' | '\n' => self.write(c, at, width),
            '\0'..='\x1F' | '\x7F'..='\u{9F}' => self.control(u32::from(c), at, end),
            '\u{FEFF}' => self.repair(RepairKind::StrayByteOrderMark, at, end),
            '\u{FDD0}'..='\u{FDEF}' => self.undecodable(at, width),
            _ if u32::from(c) & 0xFFFE == 0xFFFE => self.undecodable(at, width),
            _ if is_private_use(c) => self.gaiji(GaijiCode::Unicode(c), at, width),
            _ => match kana::full_width(c) {
                Some(full) => self.kana(full, at, width, RepairKind::HalfWidthKana),
                None => self.write(c, at, width),
            },
        }
    }

    /// A control character: the frame of MLLP is no damage, the rest may be.
    pub(crate) fn control(&mut self, code: u32, at: usize, end: usize) {
        let kind = if matches!(code, 0x0B | 0x1C) { RepairKind::Frame } else { RepairKind::Control };
        self.repair(kind, at, end);
    }

    /// Half-width kana, given in its full-width form; a mark joins the kana directly before it.
    pub(crate) fn kana(&mut self, full: char, at: usize, width: u8, kind: RepairKind) {
        self.repair(kind, at, at + usize::from(width));
        if let Some((start, joined)) = self.joined(full) {
            let width = u8::try_from(at + usize::from(width) - start).unwrap_or(u8::MAX);
            self.text.truncate(self.text.len().saturating_sub(3));
            self.offsets.retract(3);
            self.write(joined, start, width);
            return;
        }
        self.write(full, at, width);
        self.kana = Some((self.text.len(), full, at));
    }

    fn joined(&self, mark: char) -> Option<(usize, char)> {
        let (end, base, start) = self.kana?;
        (end == self.text.len()).then_some(())?;
        Some((start, kana::join(base, mark)?))
    }

    /// A code position without a character: the site's replacement, else 〓.
    pub(crate) fn gaiji(&mut self, code: GaijiCode, at: usize, width: u8) {
        let end = at + usize::from(width);
        let Some(replacement) = self.gaiji.get(code) else {
            self.repair(RepairKind::Gaiji, at, end);
            self.write(GETA, at, width);
            return;
        };
        self.repair(RepairKind::GaijiMapped, at, end);
        // One unit as wide as the replacement, so that all of it leads back to the one code.
        match u8::try_from(replacement.len()) {
            Ok(text_width) => {
                self.text.extend_from_slice(replacement.as_bytes());
                self.offsets.push(at, 1, text_width, width);
            }
            Err(_) => self.write(GETA, at, width),
        }
    }

    /// Bytes that are no character: U+FFFD, so that a reader sees that something is missing.
    pub(crate) fn undecodable(&mut self, at: usize, width: u8) {
        self.damaged(RepairKind::Undecodable, at, width);
    }

    pub(crate) fn damaged(&mut self, kind: RepairKind, at: usize, width: u8) {
        self.repair(kind, at, at + usize::from(width));
        self.write(REPLACEMENT, at, width);
    }

    fn write(&mut self, c: char, at: usize, width: u8) {
        let mut buffer = [0; 4];
        let encoded = c.encode_utf8(&mut buffer);
        self.text.extend_from_slice(encoded.as_bytes());
        self.offsets.push(at, 1, u8::try_from(encoded.len()).unwrap_or(4), width);
    }
}

/// Length of the leading bytes that need no care: printable ASCII, TAB, CR, LF.
#[inline]
pub(crate) fn plain_len(bytes: &[u8]) -> usize {
    len_before(bytes, is_special)
}

/// Length of the leading bytes for which `stop` is false. Where `stop` does not branch, a block is looked at at once.
#[inline]
pub(crate) fn len_before(bytes: &[u8], stop: impl Fn(u8) -> bool) -> usize {
    const BLOCK: usize = 16;
    let mut len = 0;
    for block in bytes.chunks_exact(BLOCK) {
        if block.iter().fold(false, |found, byte| found | stop(*byte)) {
            break;
        }
        len += BLOCK;
    }
    let rest = bytes.get(len..).unwrap_or_default();
    len + rest.iter().position(|byte| stop(*byte)).unwrap_or(rest.len())
}

#[inline]
const fn is_special(byte: u8) -> bool {
    (byte.wrapping_sub(0x20) >= 0x5F) & (byte != b'\t') & (byte != b'\r') & (byte != b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_ends_at_the_first_byte_that_needs_care() {
        for special in [0x00, 0x08, 0x0B, 0x1B, 0x1F, 0x7F, 0x80, 0xFF] {
            for at in 0..40 {
                let mut bytes = *b"MSH|^~\\&|\r\n\t abcdefghijklmnopqrstuvwxyz~";
                bytes[at] = special;
                assert_eq!(plain_len(&bytes), at, "{special:02X}");
            }
        }
        assert_eq!(plain_len(b""), 0);
        assert_eq!(plain_len(b" ~\t\r\n"), 5);
    }
}
