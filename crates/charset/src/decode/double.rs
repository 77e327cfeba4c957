//! Runs of two-byte characters, and the inference of where a run ended that nobody closed.

use super::{
    escape::{self, Escape, Set},
    iso2022::Reader,
};
use crate::{GaijiCode, RepairKind, tables::Table};

/// Decodes up to the next byte that can stand in no two-byte text. Blanks may: some emitters write them without a shift.
pub(super) fn run(reader: &mut Reader<'_, '_, '_>) {
    let rest = reader.rest();
    let len = rest.iter().position(|byte| !matches!(byte, b'\t' | b' '..=0x7F)).unwrap_or(rest.len());
    let bytes = rest.get(..len).unwrap_or_default();
    let is_open = is_open_before(rest.get(len..).unwrap_or_default());
    let kanji = delimiter_in_damaged_run(bytes, is_open).unwrap_or(len);
    for piece in bytes.get(..kanji).unwrap_or_default().split_inclusive(is_blank) {
        let (text, blank) = match piece {
            [text @ .., last] if is_blank(last) => (text, std::slice::from_ref(last)),
            text => (text, &[][..]),
        };
        pairs(reader, text);
        reader.sink.ascii(blank, reader.at);
        reader.at += blank.len();
    }
    if kanji < len {
        // The delimiter and what follows it were written in ASCII, and are read so from here.
        reader.sink.repair(RepairKind::OpenAtDelimiter, reader.at, reader.at + len - kanji);
        reader.set = Set::Single;
    }
}

const fn is_blank(byte: &u8) -> bool {
    matches!(*byte, b' ' | b'\t')
}

/// Whether a run that ends before these bytes was left open: by a line end, the end of input, or another shift to two bytes
/// without a return to ASCII between.
fn is_open_before(behind: &[u8]) -> bool {
    match behind {
        [] | [b'\r' | b'\n', ..] => true,
        [0x1B, sequence @ ..] => matches!(escape::read(sequence), Some((Escape::Shift(set), _)) if set.is_double()),
        _ => false,
    }
}

/// Where ASCII begins inside a run that was not closed, if it shows.
///
/// `|` and `~` lead no character of JIS X 0208, `^` leads rare ones, so at the place of a lead byte they are delimiters,
/// provided that something is wrong with the run: it has an odd byte, or it is not closed at all. A run that is closed
/// and even is never cut: CP932's additions do use rows 89–92 (`y`–`|`).
fn delimiter_in_damaged_run(bytes: &[u8], is_open: bool) -> Option<usize> {
    if !is_open && bytes.split(is_blank).all(|piece| piece.len().is_multiple_of(2)) {
        return None;
    }
    let mut at = 0;
    loop {
        let (lead, behind) = bytes.get(at..)?.split_first()?;
        let is_lone = behind.first().is_none_or(is_blank);
        let is_delimiter = match lead {
            b'|' | b'~' => true,
            b'^' => is_lone || behind.iter().any(|byte| matches!(byte, b'|' | b'^' | b'~')),
            b'&' | b'\\' => is_lone,
            _ => false,
        };
        if is_delimiter {
            return Some(at);
        }
        at += if is_blank(lead) || is_lone { 1 } else { 2 };
    }
}

fn pairs(reader: &mut Reader<'_, '_, '_>, bytes: &[u8]) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    if reader.set == Set::Jis0208 {
        let table = reader.kanji;
        for [lead, trail] in pairs {
            match table.jis(*lead, *trail) {
                Some(unit) => reader.sink.unit(unit, reader.at, 2),
                None => position_without_character(reader, *lead, *trail),
            }
            reader.at += 2;
        }
    } else {
        let table = (reader.set == Set::Jis0212).then(Table::jis_x_0212);
        for [lead, trail] in pairs {
            match table.and_then(|table| table.jis(*lead, *trail)) {
                Some(unit) => reader.sink.unit(unit, reader.at, 2),
                None => reader.sink.gaiji(GaijiCode::JisX0212(*lead, *trail), reader.at, 2),
            }
            reader.at += 2;
        }
    }
    if !odd.is_empty() {
        reader.sink.damaged(RepairKind::TruncatedPair, reader.at, 1);
        reader.at += 1;
    }
}

/// An empty code position is a site's own character. Windows writes the first 94 of its user-defined ones as row 95 (7F).
fn position_without_character(reader: &mut Reader<'_, '_, '_>, lead: u8, trail: u8) {
    match (lead, trail) {
        (_, 0x7F) => reader.sink.undecodable(reader.at, 2),
        (0x7F, _) => {
            let code = char::from_u32(0xE000 + u32::from(trail.wrapping_sub(0x21)));
            reader.sink.gaiji(code.map_or(GaijiCode::Jis(lead, trail), GaijiCode::Unicode), reader.at, 2);
        }
        _ => reader.sink.gaiji(GaijiCode::Jis(lead, trail), reader.at, 2),
    }
}
