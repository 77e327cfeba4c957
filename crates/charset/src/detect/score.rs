//! How likely bytes are as text of one encoding: errors weigh heavily, kana and common kanji speak for it, rare kanji against.
//!
//! A piece that is cut off at the end of the window is no error.

use super::Candidate;
use crate::{fold::kana, sink::len_before, tables::Table};

const ERROR: i64 = -40;
const KANA: i64 = 12;
const COMMON: i64 = 4;
/// Half-width kana: every EUC-JP text can be read as a lot of it, so one counts little.
const HALF_WIDTH: i64 = 1;
const RARE: i64 = -4;

impl Candidate {
    const fn error(&mut self) {
        self.errors += 1;
        self.score += ERROR;
    }

    const fn add(&mut self, score: i64, japanese: bool) {
        self.characters += 1;
        self.japanese += japanese as u64;
        self.score += score;
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            rest = rest.get(len_before(rest.as_bytes(), |byte| !byte.is_ascii())..).unwrap_or_default();
            let mut run = rest.chars();
            let mut behind = rest;
            while let Some(c) = run.next().filter(|c| !c.is_ascii()) {
                self.character(c);
                behind = run.as_str();
            }
            if behind.is_empty() {
                return;
            }
            rest = behind;
        }
    }

    /// A character of Unicode.
    const fn character(&mut self, c: char) {
        match c {
            '\u{3041}'..='\u{30FE}' => self.add(KANA, true),
            '\u{4E00}'..='\u{9FFF}' => self.add(COMMON, true),
            '\u{3000}'..='\u{3020}' | '\u{FF01}'..='\u{FFEE}' => self.add(COMMON, true),
            '°' | '±' | '²' | '³' | 'µ' | '×' | '÷' | 'Α'..='ω' => self.add(COMMON, false),
            // Two-byte characters are what CP932 kana look like by chance.
            '\u{80}'..='\u{7FF}' => self.add(2 * RARE, false),
            _ => self.add(0, false),
        }
    }

    /// A character of JIS X 0208. `common` says that it is no kanji of level 2.
    fn jis(&mut self, unit: u16, common: bool) {
        match unit {
            0x3041..=0x30FE => self.add(KANA, true),
            0x3000..=0x3020 | 0xFF01..=0xFF5E => self.add(COMMON, false),
            0x4E00..=0x9FFF => self.add(if common { COMMON } else { RARE }, true),
            _ => self.add(0, false),
        }
    }
}

pub(super) fn utf8(window: &[u8]) -> Candidate {
    let mut candidate = Candidate::default();
    // Sound text, the usual case, is checked as a whole.
    if let Ok(text) = std::str::from_utf8(window) {
        candidate.text(text);
        return candidate;
    }
    let mut left = window.len();
    for chunk in window.utf8_chunks() {
        candidate.text(chunk.valid());
        left -= chunk.valid().len() + chunk.invalid().len();
        let cut_off = left == 0 && is_cut_utf8(chunk.invalid());
        if !chunk.invalid().is_empty() && !cut_off {
            candidate.error();
        }
    }
    candidate
}

/// The beginning of a character of which the rest may lie beyond the window.
const fn is_cut_utf8(bytes: &[u8]) -> bool {
    match bytes {
        [lead, behind @ ..] => match *lead {
            0xC2..=0xDF => behind.is_empty(),
            0xE0..=0xEF => behind.len() < 2,
            0xF0..=0xF4 => behind.len() < 3,
            _ => false,
        },
        [] => false,
    }
}

pub(super) fn shift_jis(window: &[u8]) -> Candidate {
    let table = Table::cp932();
    let mut candidate = Candidate::default();
    let mut rest = window;
    // The kana before, for the marks that need one.
    let mut base = None;
    while let [lead, behind @ ..] = rest {
        rest = behind;
        let before = base.take();
        match (*lead, behind.first()) {
            (..0x80, _) => {}
            (byte @ 0xA1..=0xDF, _) => {
                let full = kana::from_byte(byte);
                let marks = matches!(byte, 0xDE | 0xDF);
                let joins = marks && before.zip(full).and_then(|(base, mark)| kana::join(base, mark)).is_some();
                candidate.add(if marks && !joins { RARE } else { HALF_WIDTH }, true);
                base = full;
            }
            (lead, Some(trail)) => match table.shift_jis(lead, *trail) {
                Some(unit) => {
                    candidate.jis(unit, (0x889F..=0x9872).contains(&u16::from_be_bytes([lead, *trail])));
                    rest = behind.get(1..).unwrap_or_default();
                }
                None => candidate.error(),
            },
            (_, None) => {}
        }
    }
    candidate
}

pub(super) fn euc_jp(window: &[u8]) -> Candidate {
    let (kanji, supplement) = (Table::jis_x_0208(), Table::jis_x_0212());
    let mut candidate = Candidate::default();
    let mut rest = window;
    loop {
        rest = match rest {
            [] | [0x80..=0xFF] | [0x8F, 0x80..=0xFF] => return candidate,
            [0x00..=0x7F, behind @ ..] => behind,
            [0x8E, 0xA1..=0xDF, behind @ ..] => {
                candidate.add(HALF_WIDTH, true);
                behind
            }
            [0x8F, row, cell, behind @ ..] if supplement.jis(row ^ 0x80, cell ^ 0x80).is_some() => {
                candidate.add(RARE, true);
                behind
            }
            [lead, cell, behind @ ..] => match kanji.jis(lead ^ 0x80, cell ^ 0x80) {
                Some(unit) => {
                    candidate.jis(unit, *lead < 0xD0);
                    behind
                }
                None => {
                    candidate.error();
                    rest.get(1..).unwrap_or_default()
                }
            },
        }
    }
}
