//! Code tables, built once from those of encoding_rs. A zero means that the position holds no character.

use encoding_rs::{Decoder, EUC_JP, SHIFT_JIS};
use std::sync::LazyLock;

/// Width of a row of JIS X 0208 and JIS X 0212.
const CELLS: usize = 94;
/// Trail bytes of a CP932 lead byte: 40–7E and 80–FC.
const TRAILS: usize = 188;

static JIS_X_0208: LazyLock<Vec<u16>> = LazyLock::new(|| {
    rows(0xA1..=0xFE, |lead, out| out.push(lead), &(0xA1..=0xFE), || EUC_JP.new_decoder_without_bom_handling())
});
static JIS_X_0212: LazyLock<Vec<u16>> = LazyLock::new(|| {
    rows(
        0xA1..=0xFE,
        |lead, out| out.extend([0x8F, lead]),
        &(0xA1..=0xFE),
        || EUC_JP.new_decoder_without_bom_handling(),
    )
});
static CP932: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let leads = (0x81..=0x9F).chain(0xE0..=0xFC);
    let trails = (0x40..=0x7E).chain(0x80..=0xFC);
    rows(leads, |lead, out| out.push(lead), &trails, || SHIFT_JIS.new_decoder_without_bom_handling())
});

/// A two-byte table held for the time of one decoding, so that the lazy cell is looked at once.
#[derive(Clone, Copy)]
pub(crate) struct Table(&'static [u16]);

impl Table {
    pub(crate) fn jis_x_0208() -> Self {
        Self(&JIS_X_0208)
    }

    pub(crate) fn jis_x_0212() -> Self {
        Self(&JIS_X_0212)
    }

    pub(crate) fn cp932() -> Self {
        Self(&CP932)
    }

    /// The character at a JIS code position, both bytes 21–7E; `None` where there is none.
    pub(crate) fn jis(self, lead: u8, trail: u8) -> Option<u16> {
        let row = usize::from(lead.wrapping_sub(0x21));
        let cell = usize::from(trail.wrapping_sub(0x21));
        if cell >= CELLS {
            return None;
        }
        self.at(row * CELLS + cell)
    }

    /// The character of a CP932 pair; `None` where there is none. The user-defined pairs F040–F9FC give U+E000–U+E757.
    pub(crate) fn shift_jis(self, lead: u8, trail: u8) -> Option<u16> {
        let row = match lead {
            0x81..=0x9F => lead - 0x81,
            0xE0..=0xFC => lead - 0xC1,
            _ => return None,
        };
        self.at(usize::from(row) * TRAILS + usize::from(shift_jis_cell(trail)?))
    }

    fn at(self, index: usize) -> Option<u16> {
        self.0.get(index).copied().filter(|unit| *unit != 0)
    }
}

/// Position of a CP932 trail byte in its row.
pub(crate) const fn shift_jis_cell(trail: u8) -> Option<u8> {
    match trail {
        0x40..=0x7E => Some(trail - 0x40),
        0x80..=0xFC => Some(trail - 0x41),
        _ => None,
    }
}

/// Decodes every pair of every row. Pairs are parted by a line feed, so that an error in one cannot touch the next.
fn rows(
    leads: impl Iterator<Item = u8>,
    lead_bytes: impl Fn(u8, &mut Vec<u8>),
    trails: &(impl Iterator<Item = u8> + Clone),
    decoder: impl Fn() -> Decoder,
) -> Vec<u16> {
    let mut table = Vec::new();
    let mut bytes = Vec::new();
    let mut units = [0u16; 4 * TRAILS];
    for lead in leads {
        bytes.clear();
        for trail in trails.clone() {
            lead_bytes(lead, &mut bytes);
            bytes.extend([trail, b'\n']);
        }
        let (_, _, written, _) = decoder().decode_to_utf16(&bytes, &mut units, true);
        let decoded = units.get(..written).unwrap_or_default();
        let cells = decoded.split(|unit| *unit == u16::from(b'\n')).take(trails.clone().count());
        table.extend(cells.map(|cell| match cell {
            [unit] if *unit != 0xFFFD => *unit,
            _ => 0,
        }));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_hold_as_many_characters_as_the_standard_decoder() {
        let count = |table: &[u16]| table.iter().filter(|unit| **unit != 0).count();
        assert_eq!((JIS_X_0208.len(), count(&JIS_X_0208)), (94 * 94, 7336));
        assert_eq!((JIS_X_0212.len(), count(&JIS_X_0212)), (94 * 94, 6067));
        assert_eq!((CP932.len(), count(&CP932)), (60 * 188, 9604));
    }

    #[test]
    fn known_positions() {
        let kanji = Table::jis_x_0208();
        assert_eq!(kanji.jis(0x30, 0x21), Some(0x4E9C)); // 亜
        assert_eq!(kanji.jis(0x2D, 0x21), Some(0x2460)); // ① of NEC row 13
        assert_eq!(kanji.jis(0x7E, 0x7E), None);
        assert_eq!(kanji.jis(0x20, 0x21), None);
        assert_eq!(Table::jis_x_0212().jis(0x30, 0x21), Some(0x4E02));
        let cp932 = Table::cp932();
        assert_eq!(cp932.shift_jis(0x95, 0x5C), Some(0x8868)); // 表
        assert_eq!(cp932.shift_jis(0xF0, 0x40), Some(0xE000));
        assert_eq!(cp932.shift_jis(0xF9, 0xFC), Some(0xE757));
        assert_eq!(cp932.shift_jis(0x81, 0x7F), None);
    }
}
