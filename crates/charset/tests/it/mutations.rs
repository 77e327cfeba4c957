//! Seeded mutations of every kind of input: whatever the bytes, the promises of the crate hold.

use crate::read;
use tsugite_charset::{Encoding, RepairKind, detect, fold_for_matching, repair_display, to_half_width};

const ITERATIONS: usize = 4_000;
const ENCODINGS: [Encoding; 7] = [
    Encoding::Ascii,
    Encoding::Utf8,
    Encoding::Utf16Le,
    Encoding::Utf16Be,
    Encoding::ShiftJis,
    Encoding::EucJp,
    Encoding::Iso2022Jp,
];

const SEEDS: [&[u8]; 6] = [
    b"MSH|^~\\&|HIS|A|GW|B|20260101||ADT^A08|1|P|2.5||||||~ISO IR87\rPID|1||42||\x1b$B;n83\x1b(B^\x1b$BB@O:\x1b(B~\x1b(I<9]\x1b(B\r",
    b"\x1b$(D0!\x1b$@4A\x1b(J\\S\\\x0e6^\x0f\xb6\xde\x1b$B~~-!\x1b(B\r\n\x1a",
    b"PID|1||42||\x8e\x8e\x8c\xb1^\x91\xbe\x98\x59~\xbc\xb9\xdd\xf0\x40\x87\x40|\x95\x5c\r\n",
    b"PID|1||42||\xbb\xee\xb8\xb3^\xc2\xc0\xcf\xba~\x8e\xbc\x8e\xb9\x8e\xdd\x8f\xb0\xa1|\n",
    "\u{FEFF}PID|1||試験^太郎~ｼｹﾝ\u{E000}\u{85}é𠮷①\r".as_bytes(),
    b"\xff\xfeP\0I\0D\0|\0\x22\x6f\x57\x5b\x3d\xd8\x00\xde\r\0\n\0",
];

const ITEMS: [&[u8]; 10] =
    [b"\x1b", b"\x1b$B", b"\x1b(B", b"\x1b(I", b"\x1b$(D", b"\x0e", b"\0", b"\r", b"|", b"\xef\xbb\xbf"];

/// xorshift64*: the same inputs in every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(mixed).unwrap() % below.max(1)
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.next(bytes.len());
        match self.next(6) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(self.next(256)).unwrap(),
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            2 => bytes.truncate(at),
            3 => drop(bytes.splice(at..at, ITEMS[self.next(ITEMS.len())].iter().copied())),
            4 => {
                let other = SEEDS[self.next(SEEDS.len())];
                let from = self.next(other.len());
                bytes.splice(at..at, other[from..].iter().copied());
            }
            _ => {
                let end = at + self.next(bytes.len() - at + 1);
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}

fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FEFF}' | '\u{FF61}'..='\u{FF9F}')
}

fn promises_hold(bytes: &[u8], encoding: Encoding) {
    let decoded = read(bytes, encoding);
    assert!(!decoded.text.contains(is_forbidden), "{encoding} {}", bytes.escape_ascii());
    let mut before = 0;
    for (at, c) in decoded.text.char_indices() {
        let start = decoded.offsets.byte_offset(at);
        let span = decoded.span(at..at + c.len_utf8());
        assert!(start >= before && start < bytes.len(), "{encoding} {at} {}", bytes.escape_ascii());
        assert!(span.start < span.end && span.end <= bytes.len() as u64, "{encoding} {at} {}", bytes.escape_ascii());
        before = start;
    }
    for repair in decoded.repairs.listed() {
        assert!(repair.span.start <= repair.span.end && repair.span.end <= bytes.len() as u64);
        assert!(decoded.text.is_char_boundary(repair.text), "{encoding} {}", bytes.escape_ascii());
    }
    for kind in RepairKind::ALL {
        let listed = decoded.repairs.listed().iter().filter(|repair| repair.kind == kind).count() as u64;
        assert!(listed <= decoded.repairs.count(kind));
    }
    for folded in [to_half_width(&decoded.text), fold_for_matching(&decoded.text), repair_display(&decoded.text).text] {
        assert!(!folded.contains(is_forbidden));
    }
}

#[test]
fn mutated_input_keeps_every_promise() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..ITERATIONS {
        let mut bytes = SEEDS[random.next(SEEDS.len())].to_vec();
        for _ in 0..=random.next(6) {
            random.mutate(&mut bytes);
        }
        let detection = detect(&bytes, None);
        promises_hold(&bytes, detection.encoding);
        promises_hold(&bytes, ENCODINGS[random.next(ENCODINGS.len())]);
    }
}

#[test]
fn seeds_keep_every_promise_in_every_encoding() {
    for bytes in SEEDS {
        for encoding in ENCODINGS {
            promises_hold(bytes, encoding);
        }
    }
}

#[test]
fn equal_repairs_without_end_stay_cheap() {
    let bytes: Vec<u8> = b"\xf0\x40|".repeat(100_000);
    let decoded = read(&bytes, Encoding::ShiftJis);
    assert_eq!(decoded.repairs.listed().len(), 100);
    assert_eq!(decoded.repairs.count(RepairKind::Gaiji), 100_000);
}
