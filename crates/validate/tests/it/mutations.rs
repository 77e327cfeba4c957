//! Seeded damage to good Bundles: whatever comes in, a report comes out.

use crate::bundles::{ALL, options};
use tsugite_validate::{Memory, Options, Validator, check_in};

/// splitmix64: enough for damage, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// Pieces that hurt: structure, escapes, numbers, broken UTF-8.
const PIECES: [&[u8]; 24] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\\",
    b"\\ud800",
    b"\\u0000",
    b"null",
    b"1e999999",
    b"-",
    b"NaN",
    b"\x00",
    b"\xff",
    b"\xe3\x81",
    "　".as_bytes(),
    "ﾊﾟ".as_bytes(),
    "\u{feff}".as_bytes(),
    b"\"reference\":\"#\"",
    b"{\"a\":1,\"a\":2}",
    b"[[[[[[[[",
    b"\"\"",
];

fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    let length = random.below(40).min(bytes.len() - at);
    match random.below(6) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..at + length)),
        2 => {
            let copy = bytes[at..at + length].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, copy);
        }
        3 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.next().to_le_bytes()[0];
            }
        }
        4 => drop(bytes.splice(at..at + length, PIECES[random.below(PIECES.len())].iter().copied())),
        _ => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
    }
}

#[test]
fn damaged_bundles_never_panic() {
    let official: Vec<Vec<u8>> = crate::official::examples().into_iter().map(|(_, bytes)| bytes).collect();
    let seeds: Vec<&[u8]> = ALL.iter().map(|t| t.as_bytes()).chain(official.iter().map(Vec::as_slice)).collect();
    let mut random = Random(20_261_122);
    let mut memory = Memory::default();
    let mut readable = 0;
    for round in 0..4_000 {
        let mut bytes = seeds[round % seeds.len()].to_vec();
        for _ in 0..=random.below(3) {
            damage(&mut bytes, &mut random);
        }
        let report = check_in(&mut memory, &bytes, &Options { require_clins: round % 2 == 0, ..options() });
        readable += usize::from(!report.issues.iter().any(|i| i.code().starts_with("JSON")));
    }
    assert!(readable > 200, "only {readable} damaged Bundles reached the rules");
}

/// The same damage, and the engine with base R4 and with the official packages where they are at hand.
#[test]
fn damaged_bundles_never_panic_the_engine() {
    let official: Vec<Vec<u8>> = crate::official::examples().into_iter().map(|(_, bytes)| bytes).collect();
    let seeds: Vec<&[u8]> = ALL.iter().map(|t| t.as_bytes()).chain(official.iter().map(Vec::as_slice)).collect();
    let base = Validator::base();
    let validators: Vec<&Validator> = std::iter::once(&base).chain(crate::profiles::newest()).collect();
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let mut random = Random(20_261_123);
    let mut memory = Memory::default();
    let mut judged = 0;
    for round in 0..rounds {
        let mut bytes = seeds[round % seeds.len()].to_vec();
        damage(&mut bytes, &mut random);
        for validator in &validators {
            let report = validator.validate_in(&mut memory, &bytes, &Options { unchecked: true, ..options() });
            judged += usize::from(report.issues.iter().any(|i| i.code().starts_with("FHIR")));
            // What was found lies in the input.
            for origin in report.issues.iter().filter_map(|i| i.origin.as_ref()) {
                assert!(origin.span.start <= origin.span.end && origin.span.end <= bytes.len() as u64, "{origin:?}");
            }
        }
    }
    assert!(judged > rounds / 20, "only {judged} damaged Bundles reached the engine");
}

/// Every value in turn is replaced by each kind of value: the rules meet every shape.
#[test]
fn values_of_any_type_anywhere_never_panic() {
    let replacements =
        ["null", "true", "0", "\"\"", "\"x\"", "[]", "{}", "[null]", "[{}]", "{\"coding\":{}}", "[[]]", "\"#\""];
    let mut memory = Memory::default();
    for bundle in ALL {
        let compact = serde_json::from_str::<serde_json::Value>(bundle).unwrap().to_string();
        let places = values(&compact);
        assert!(places.len() > 100);
        for (start, end) in places {
            for replacement in replacements {
                let text = format!("{}{replacement}{}", &compact[..start], &compact[end..]);
                let report = check_in(&mut memory, text.as_bytes(), &options());
                assert!(report.issues.iter().all(|i| !i.code().starts_with("JSON")), "{text}");
            }
        }
    }
}

fn values(text: &str) -> Vec<(usize, usize)> {
    let mut arena = tsugite_validate::json::Arena::new();
    let tree = arena.read(text.as_bytes(), &tsugite_validate::Limits::default(), &mut Vec::new()).unwrap();
    tree.nodes().map(|node| node.span()).map(|(start, end)| (start as usize, end as usize)).collect()
}
