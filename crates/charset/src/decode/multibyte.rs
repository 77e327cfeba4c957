//! CP932 and EUC-JP: the encodings whose characters tell their width by the first byte.

use crate::{
    GaijiCode, RepairKind,
    fold::kana,
    sink::{Sink, plain_len},
    tables::{Table, shift_jis_cell},
};

/// CP932. A lead byte that makes no character with the next takes no ASCII byte with it, so a delimiter behind it survives.
pub(super) fn shift_jis(bytes: &[u8], sink: &mut Sink<'_>) {
    let table = Table::cp932();
    walk(bytes, sink, |lead, rest, at, sink| {
        if let Some(full) = kana::from_byte(lead) {
            sink.kana(full, at, 1, RepairKind::HalfWidthKana);
            return 1;
        }
        let trail = rest.first().copied().filter(|trail| shift_jis_cell(*trail).is_some());
        match (lead, trail) {
            (0x81..=0x9F | 0xE0..=0xFC, Some(trail)) => {
                match table.shift_jis(lead, trail) {
                    Some(unit @ 0xE000..=0xF8FF) => private_use(unit, at, sink),
                    Some(unit) => sink.unit(unit, at, 2),
                    None if trail < 0x80 => {
                        sink.undecodable(at, 1);
                        return 1;
                    }
                    None => sink.undecodable(at, 2),
                }
                2
            }
            _ => {
                sink.undecodable(at, 1);
                1
            }
        }
    });
}

/// EUC-JP with half-width kana (8E) and JIS X 0212 (8F).
pub(super) fn euc_jp(bytes: &[u8], sink: &mut Sink<'_>) {
    let (kanji, supplement) = (Table::jis_x_0208(), Table::jis_x_0212());
    walk(bytes, sink, |lead, rest, at, sink| match (lead, rest) {
        (0x8E, [kana @ 0xA1..=0xDF, ..]) => {
            if let Some(full) = kana::from_byte(*kana) {
                sink.kana(full, at, 2, RepairKind::HalfWidthKana);
            }
            2
        }
        (0x8F, [row @ 0xA1..=0xFE, cell @ 0xA1..=0xFE, ..]) => {
            let (row, cell) = (row & 0x7F, cell & 0x7F);
            match supplement.jis(row, cell) {
                Some(unit) => sink.unit(unit, at, 3),
                None => sink.gaiji(GaijiCode::JisX0212(row, cell), at, 3),
            }
            3
        }
        (0xA1..=0xFE, [cell @ 0xA1..=0xFE, ..]) => {
            let (row, cell) = (lead & 0x7F, cell & 0x7F);
            match kanji.jis(row, cell) {
                Some(unit) => sink.unit(unit, at, 2),
                None => sink.gaiji(GaijiCode::Jis(row, cell), at, 2),
            }
            2
        }
        _ => {
            sink.undecodable(at, 1);
            1
        }
    });
}

/// Plain runs at once, controls taken out, the rest by `character`, which says how many bytes it used.
fn walk(bytes: &[u8], sink: &mut Sink<'_>, character: impl Fn(u8, &[u8], usize, &mut Sink<'_>) -> usize) {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..) {
        let plain = plain_len(rest);
        sink.ascii(rest.get(..plain).unwrap_or_default(), at);
        at += plain;
        // Characters come in runs: no look for plain text between them.
        loop {
            match bytes.get(at..).and_then(<[u8]>::split_first) {
                None => return,
                Some((control @ (..0x20 | 0x7F), _)) if !matches!(control, b'\t' | b'\r' | b'\n') => {
                    sink.control(u32::from(*control), at, at + 1);
                    at += 1;
                }
                Some((lead @ 0x80.., behind)) => at += character(*lead, behind, at, sink),
                Some(_) => break,
            }
        }
    }
}

fn private_use(unit: u16, at: usize, sink: &mut Sink<'_>) {
    match char::from_u32(u32::from(unit)) {
        Some(c) => sink.gaiji(GaijiCode::Unicode(c), at, 2),
        None => sink.undecodable(at, 2),
    }
}
