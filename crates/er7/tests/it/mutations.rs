//! Seeded mutations: whatever the bytes, reading ends, nothing is lost, and every value lies where it says.

use crate::input;
use std::ops::Range;
use tsugite_charset::{Decoded, GaijiTable, decode, detect};
use tsugite_er7::{Message, Part, Segment, Value, declared_encoding, messages, repair_issues};

const ITERATIONS: usize = 3_000;

const SEEDS: [&[u8]; 4] = [
    b"MSH|^~\\&|HIS|A|GW|B|20260101||OUL^R22|1|P|2.5||||||~ISO IR87\rPID|1||42^^^^PI||\x1b$B;n83\x1b(B^\x1b$BB@O:\x1b(B~\x1b(I<9]\x1b(B^x\r\
      OBX|1|NM|3A015^\x1b$B%\"%k%V%_%s\x1b(B^JC10||4.9|g/dl^10\\S\\4&x|\"\"|||F\r",
    b"#SSMIX,2.00,0019999999,42\r\nMSH|^~\\&|H\nPID|1||42\nNTE|1||a\nb\n#SSMIX,2.00,0019999999,43\r\nMSH#*~!%#H\rPID#1##43!T!\r",
    b"FHS|^~\\&|\rBHS|^~\\&|\rMSH|^~\\&|H\rPID|1||42||\x8e\x8e\x8c\xb1^\x91\xbe\x98\x59\rBTS|1\rFTS|1\r\x1a",
    "\u{FEFF}MSH|^~\\&|\r\nPID|1||42||試験^太郎\\X41\\\\.br\\\r\n\r\n".as_bytes(),
];

const ITEMS: [&[u8]; 9] = [b"\r", b"\n", b"|", b"^", b"~", b"&", b"\\", b"MSH|^", b"\x1b$B"];

/// xorshift64*: the same inputs in every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % below.max(1)
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.next(bytes.len());
        match self.next(5) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(self.next(256)).unwrap(),
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            2 => bytes.truncate(at.max(bytes.len() / 2)),
            3 => drop(bytes.splice(at..at, ITEMS[self.next(ITEMS.len())].iter().copied())),
            _ => {
                let end = at + self.next(bytes.len() - at + 1);
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}

/// The place of a slice in the text.
fn place(text: &str, raw: &str) -> Range<usize> {
    let start = raw.as_ptr() as usize - text.as_ptr() as usize;
    start..start + raw.len()
}

fn check_value(decoded: &Decoded<'_>, value: &Value<'_>) {
    if !value.is_empty() {
        assert_eq!(value.span(), decoded.span(place(&decoded.text, value.raw())));
    }
    assert!(value.span().end <= decoded.bytes().len() as u64);
    assert!(!value.text().contains('\0'));
}

fn check_segment(decoded: &Decoded<'_>, segment: &Segment<'_>) {
    let parts: Vec<_> = segment.fields().collect();
    // Fields and the name make the whole segment again.
    let written: usize = parts.iter().map(|field| field.raw().len()).sum();
    let separators = if segment.name() == "MSH" { parts.len().saturating_sub(2) } else { parts.len() };
    assert_eq!(3 + written + separators, segment.raw().len(), "{:?}", segment.raw());
    for field in &parts {
        check_value(decoded, field);
        for repetition in field.repetitions() {
            check_value(decoded, &repetition);
            for component in repetition.components() {
                check_value(decoded, &component);
                component.subcomponents().for_each(|subcomponent| check_value(decoded, &subcomponent));
            }
        }
    }
}

fn check_message<'m>(decoded: &Decoded<'_>, message: &'m Message<'m>, seen: &mut Vec<Range<usize>>) {
    for segment in message.segments() {
        check_segment(decoded, &segment);
        seen.push(place(&decoded.text, segment.raw()));
    }
    seen.extend(message.strays().iter().map(|line| place(&decoded.text, line.raw())));
    assert!(message.issues(&input()).iter().all(|issue| issue.origin.is_some()));
    repair_issues(decoded, [message], &input());
}

/// Every line of the text is in exactly one place.
fn check_nothing_lost(decoded: &Decoded<'_>, mut seen: Vec<Range<usize>>) {
    seen.sort_by_key(|range| range.start);
    let lines = decoded.text.split(['\r', '\n']).filter(|line| !line.is_empty());
    let expected: Vec<_> = lines.map(|line| place(&decoded.text, line)).collect();
    assert_eq!(seen, expected, "{:?}", decoded.text);
}

#[test]
fn mutated_messages_are_read_to_the_end_and_nothing_is_lost() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    for _ in 0..ITERATIONS {
        let mut bytes = SEEDS[random.next(SEEDS.len())].to_vec();
        for _ in 0..=random.next(6) {
            random.mutate(&mut bytes);
        }
        let encoding = detect(&bytes, declared_encoding(&bytes)).encoding;
        let decoded = decode(&bytes, encoding, &GaijiTable::default());
        let mut seen = Vec::new();
        check_message(&decoded, &Message::parse(&decoded), &mut seen);
        check_nothing_lost(&decoded, seen);
        let mut seen = Vec::new();
        for part in messages(&decoded) {
            match &part {
                Part::Message(message) => check_message(&decoded, message, &mut seen),
                Part::Line(line) => seen.push(place(&decoded.text, line.raw())),
            }
        }
        check_nothing_lost(&decoded, seen);
    }
}
