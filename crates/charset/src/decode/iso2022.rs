//! 7-bit JIS with everything that real exports do to it.
//!
//! The decoder of the Web refuses what mail and HL7 systems write (empty shifts, Roman, SO/SI, JIS X 0212, a line end in kanji
//! mode), so the state machine is our own and only the code tables are shared.

use super::{double, escape};
use crate::{
    RepairKind,
    decode::escape::{Escape, Set},
    fold::kana,
    sink::{Sink, plain_len},
    tables::Table,
};

const ESC: u8 = 0x1B;
const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;

pub(super) struct Reader<'b, 's, 'g> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
    pub(super) set: Set,
    /// Between SO and SI, bytes 21–5F are kana whatever the set.
    shifted_out: bool,
    pub(super) kanji: Table,
    pub(super) sink: &'s mut Sink<'g>,
}

pub(super) fn iso_2022_jp(bytes: &[u8], sink: &mut Sink<'_>) {
    let kanji = Table::jis_x_0208();
    let mut reader = Reader { bytes, at: 0, set: Set::Single, shifted_out: false, kanji, sink };
    while reader.at < bytes.len() {
        if reader.shifted_out {
            reader.kana();
        } else {
            match reader.set {
                Set::Single => reader.plain(),
                Set::Kana => reader.kana(),
                Set::Jis0208 | Set::Jis0212 | Set::Jis0213Plane2 => double::run(&mut reader),
            }
        }
        reader.steer();
    }
    reader.close();
}

impl<'b> Reader<'b, '_, '_> {
    pub(super) fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn plain(&mut self) {
        let rest = self.rest();
        let plain = plain_len(rest);
        self.sink.ascii(rest.get(..plain).unwrap_or_default(), self.at);
        self.at += plain;
    }

    /// Kana 21–5F; bytes beyond (among them `|` and `~`) can only be what they are in ASCII.
    fn kana(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                0x21..=0x5F => {
                    if let Some(full) = kana::from_byte(byte | 0x80) {
                        self.sink.kana(full, self.at, 1, RepairKind::HalfWidthKana);
                    }
                }
                b'\t' | b' ' | 0x60..=0x7E => self.sink.ascii(&[*byte], self.at),
                _ => return,
            }
            self.at += 1;
        }
    }

    /// What is no character of the current set: escapes, shifts, line ends, controls, high bytes.
    fn steer(&mut self) {
        while let Some((byte, behind)) = self.rest().split_first() {
            match *byte {
                ESC => self.escape(behind),
                SHIFT_OUT => {
                    self.shifted_out = true;
                    self.at += 1;
                }
                SHIFT_IN => {
                    self.shifted_out = false;
                    self.at += 1;
                }
                b'\r' | b'\n' => {
                    self.line_end();
                    self.sink.ascii(&[*byte], self.at);
                    self.at += 1;
                }
                // Row 95 of a two-byte set.
                0x7F if self.set.is_double() && !self.shifted_out => return,
                control @ (..0x20 | 0x7F) if control != b'\t' => {
                    self.sink.control(u32::from(control), self.at, self.at + 1);
                    self.at += 1;
                }
                high @ 0x80.. => {
                    match kana::from_byte(high) {
                        Some(full) => self.sink.kana(full, self.at, 1, RepairKind::EightBitKana),
                        None => self.sink.undecodable(self.at, 1),
                    }
                    self.at += 1;
                }
                _ => return,
            }
        }
    }

    fn escape(&mut self, behind: &[u8]) {
        let Some((escape, len)) = escape::read(behind) else {
            self.sink.control(u32::from(ESC), self.at, self.at + 1);
            self.at += 1;
            return;
        };
        match escape {
            Escape::Shift(set) => {
                self.set = set;
                self.shifted_out = false;
            }
            Escape::Silent => {}
            Escape::Unknown => self.sink.repair(RepairKind::UnknownEscape, self.at, self.at + len),
        }
        self.at += len;
    }

    /// A line begins in ASCII. One that ends in another set was not closed.
    fn line_end(&mut self) {
        if self.set != Set::Single || self.shifted_out {
            self.sink.repair(RepairKind::OpenAtLineEnd, self.at, self.at + 1);
            self.set = Set::Single;
            self.shifted_out = false;
        }
    }

    fn close(&mut self) {
        if self.set != Set::Single || self.shifted_out {
            self.sink.repair(RepairKind::OpenAtLineEnd, self.at, self.at);
        }
    }
}
