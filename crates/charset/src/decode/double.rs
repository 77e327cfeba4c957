//! Runs of two-byte characters, and the inference of where a run ended that nobody closed.

use super::{
    escape::{self, Escape, Set},
    iso2022::Reader,
};
use crate::{GaijiCode, RepairKind, tables::Table};

/// Decodes up to the next byte that is no part of a two-byte character.
pub(super) fn run(reader: &mut Reader<'_, '_, '_>) {
    let rest = reader.rest();
    let len = rest.iter().position(|byte| !matches!(byte, 0x21..=0x7F)).unwrap_or(rest.len());
    let bytes = rest.get(..len).unwrap_or_default();
    let end = End::of(rest.get(len..).unwrap_or_default());
    let kanji = delimiter_in_open_run(bytes, end).unwrap_or(len);
    pairs(reader, bytes.get(..kanji).unwrap_or_default());
    if kanji < len {
        // The delimiter and what follows it were written in ASCII, and are read so from here.
        reader.sink.repair(RepairKind::OpenAtDelimiter, reader.at, reader.at + len - kanji);
        reader.set = Set::Single;
    } else if end == End::Space {
        reader.sink.ascii(b" ", reader.at);
        reader.at += 1;
    } else if end == End::Tab {
        reader.sink.ascii(b"\t", reader.at);
        reader.at += 1;
    }
}

/// What a run stopped at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// An escape to a set of single bytes: properly closed.
    Closed,
    /// An escape to a set of two bytes, without a return to ASCII between.
    Reopened,
    /// Line end or end of input.
    Line,
    Space,
    Tab,
    Other,
}

impl End {
    fn of(behind: &[u8]) -> Self {
        match behind {
            [0x1B, sequence @ ..] => match escape::read(sequence) {
                Some((Escape::Shift(set), _)) if set.is_double() => Self::Reopened,
                _ => Self::Closed,
            },
            [] | [b'\r' | b'\n', ..] => Self::Line,
            [b' ', ..] => Self::Space,
            [b'\t', ..] => Self::Tab,
            _ => Self::Other,
        }
    }
}

/// Where ASCII begins inside a run that was not closed, if it shows.
///
/// `|` and `~` lead no character of JIS X 0208, `^` leads rare ones, so at the place of a lead byte they are delimiters,
/// provided that something is wrong with the run: it has an odd byte, or it is not closed at all. A run that is closed
/// and even is never cut: CP932's additions do use rows 89–92 (`y`–`|`).
fn delimiter_in_open_run(bytes: &[u8], end: End) -> Option<usize> {
    let odd = bytes.len() % 2 == 1;
    let open = matches!(end, End::Line | End::Reopened);
    if !odd && !open {
        return None;
    }
    let lone_last = |at: usize| odd && at + 1 == bytes.len();
    (0..bytes.len()).step_by(2).find(|at| match bytes.get(*at) {
        Some(b'|' | b'~') => true,
        Some(b'^') => lone_last(*at) || tail_is_delimited(bytes.get(at + 1..).unwrap_or_default()),
        Some(b'&' | b'\\') => lone_last(*at),
        _ => false,
    })
}

/// Whether the bytes behind a `^` look like the rest of an ER7 field, and not like the trail byte of a kanji and more kanji.
fn tail_is_delimited(tail: &[u8]) -> bool {
    tail.iter().any(|byte| matches!(byte, b'|' | b'^' | b'~'))
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
