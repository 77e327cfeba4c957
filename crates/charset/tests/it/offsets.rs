//! The map back to byte offsets is exact at every character, whatever the encoding and the shifts between characters.

use crate::read;
use encoding_rs::{EUC_JP, SHIFT_JIS};
use proptest::prelude::*;
use tsugite_charset::Encoding;
use tsugite_issue::Span;

/// A character as it is written and as it is read.
#[derive(Clone, Debug)]
struct Atom {
    written: &'static str,
    read: &'static str,
}

const ATOMS: [(&str, &str); 20] = [
    ("a", "a"),
    ("|", "|"),
    ("^", "^"),
    ("~", "~"),
    ("\\", "\\"),
    ("\r", "\r"),
    ("漢", "漢"),
    ("院", "院"),
    ("表", "表"),
    ("あ", "あ"),
    ("カ", "カ"),
    ("α", "α"),
    ("Ж", "Ж"),
    ("①", "①"),
    ("×", "×"),
    ("　", "　"),
    ("ｱ", "ア"),
    ("ｶ", "カ"),
    ("ｶﾞ", "ガ"),
    ("ﾊﾟ", "パ"),
];

fn atoms() -> impl Strategy<Value = Vec<(Atom, u8)>> {
    let atom = prop::sample::select(ATOMS.to_vec()).prop_map(|(written, read)| Atom { written, read });
    prop::collection::vec((atom, any::<u8>()), 0..60)
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Ascii,
    Kanji,
    Kana,
}

/// Writes 7-bit JIS by hand; `noise` adds escapes that change nothing.
#[derive(Default)]
struct Jis {
    bytes: Vec<u8>,
    mode: Option<Mode>,
}

impl Jis {
    fn shift(&mut self, mode: Mode, noise: u8) {
        let escapes: &[&[u8]] = match mode {
            Mode::Ascii => &[b"\x1b(B", b"\x1b(J"],
            Mode::Kanji => &[b"\x1b$B", b"\x1b$@", b"\x1b$(B"],
            Mode::Kana => &[b"\x1b(I"],
        };
        let escape = escapes[usize::from(noise) % escapes.len()];
        if self.mode.unwrap_or(Mode::Ascii) != mode || noise.is_multiple_of(5) {
            self.bytes.extend(escape);
        }
        if noise.is_multiple_of(7) {
            self.bytes.extend(b"\x1b(B");
            self.bytes.extend(escape);
        }
        self.mode = Some(mode);
    }

    /// Gives where the character stands.
    fn push(&mut self, written: &str, noise: u8) -> (usize, usize) {
        let (euc, _, _) = EUC_JP.encode(written);
        let seven = |bytes: &[u8]| bytes.iter().map(|byte| byte & 0x7F).collect::<Vec<_>>();
        match euc[0] {
            0x8E => {
                self.shift(Mode::Kana, noise);
                let start = self.bytes.len();
                self.bytes.extend(seven(&euc).into_iter().skip(1).step_by(2));
                (start, self.bytes.len())
            }
            0x80.. => {
                self.shift(Mode::Kanji, noise);
                let start = self.bytes.len();
                self.bytes.extend(seven(&euc));
                (start, self.bytes.len())
            }
            _ => {
                self.shift(Mode::Ascii, noise);
                self.bytes.extend(&*euc);
                (self.bytes.len() - 1, self.bytes.len())
            }
        }
    }
}

fn write(atoms: &[(Atom, u8)], encoding: Encoding) -> (Vec<u8>, Vec<(usize, usize)>) {
    let mut jis = Jis::default();
    let mut bytes = Vec::new();
    let mut places = Vec::new();
    for (atom, noise) in atoms {
        if encoding == Encoding::Iso2022Jp {
            places.push(jis.push(atom.written, *noise));
            continue;
        }
        let start = bytes.len();
        match encoding {
            Encoding::ShiftJis => bytes.extend(&*SHIFT_JIS.encode(atom.written).0),
            Encoding::EucJp => bytes.extend(&*EUC_JP.encode(atom.written).0),
            Encoding::Utf16Le => bytes.extend(atom.written.encode_utf16().flat_map(u16::to_le_bytes)),
            Encoding::Utf16Be => bytes.extend(atom.written.encode_utf16().flat_map(u16::to_be_bytes)),
            _ => bytes.extend(atom.written.as_bytes()),
        }
        places.push((start, bytes.len()));
    }
    if encoding == Encoding::Iso2022Jp {
        jis.shift(Mode::Ascii, 1);
        return (jis.bytes, places);
    }
    (bytes, places)
}

proptest! {
    #[test]
    fn every_character_leads_back_to_its_bytes(atoms in atoms()) {
        for encoding in [
            Encoding::Iso2022Jp,
            Encoding::ShiftJis,
            Encoding::EucJp,
            Encoding::Utf8,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
        ] {
            let (bytes, places) = write(&atoms, encoding);
            let decoded = read(&bytes, encoding);
            let expected: String = atoms.iter().map(|(atom, _)| atom.read).collect();
            prop_assert_eq!(&decoded.text, &expected, "{}", encoding);
            let mut at = 0;
            for ((atom, _), (start, end)) in atoms.iter().zip(&places) {
                prop_assert_eq!(decoded.offsets.byte_offset(at), *start, "{} {}", encoding, atom.read);
                let span = decoded.span(at..at + atom.read.len());
                prop_assert_eq!(span, Span::new(*start as u64, *end as u64), "{} {}", encoding, atom.read);
                at += atom.read.len();
            }
        }
    }
}
