//! Foreign expressions never panic, and never run without end.

use super::{RESOURCE, with_focus};
use crate::fhirpath::{Expression, Outcome};

const SEEDS: &[&str] = &[
    "code.coding.where(system = 'a' and code != '1').exists() or value.ofType(Quantity).unit.empty()",
    "meta.profile.where($this.indexOf('|')>0 and ($this.substring(0,$this.indexOf('|'))='x')).exists().not()",
    "identifier.value.matches('^[0-4][0-9]{7}[\\\\^]20[2-3]$') implies (duration >= 0 xor low <= high)",
    "contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical)))).not()).empty()",
    "@2020-02-29T10:00:00+09:00 > effective and 4 days = 4 'd' and -1.5 div 2 mod 3 & `div` ~ {}",
    "entry.select(resource as Observation).all(iif(a is Boolean, $index, $total) !~ %`vs-a`)",
    "descendants().repeat(children()).isDistinct() and note.text.replaceMatches('.', '$0')",
];

const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{}",
    ".",
    ",",
    "'",
    "`",
    "\\",
    "@",
    "%",
    "$this",
    " and ",
    " or ",
    " is ",
    " as ",
    " in ",
    "|",
    "<=",
    "!~",
    "-",
    "1",
    "1.5",
    "@2020",
    "/*",
    "//",
    "exists()",
    "where(",
    "repeat(",
    "descendants()",
    "matches('(')",
    "あ",
    "\u{0}",
    "$total",
    "div",
    "999999999999999999999",
    "4 days",
    "resolve()",
];

/// Small and repeatable; no dependency for it.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// A position between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

fn mutate(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(2) {
        let (a, b) = (random.place(&text), random.place(&text));
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 12));
        let to = (to..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap();
        match random.below(4) {
            0 => text.replace_range(from..to, ""),
            1 => text.insert_str(from, PIECES[random.below(PIECES.len())]),
            2 => {
                let part = text[from..to].to_owned();
                let at = random.place(&text);
                text.insert_str(at, &part);
            }
            _ => {
                let other = SEEDS[random.below(SEEDS.len())];
                let at = random.place(other);
                text.insert_str(from, &other[at..]);
            }
        }
    }
    text
}

#[test]
fn mutated_expressions() {
    let rounds = std::env::var("FHIRPATH_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(4_000);
    let mut random = Random(20_261_122);
    let (mut compiled, mut answered) = (0, 0);
    for round in 0..rounds {
        let text = mutate(SEEDS[round % SEEDS.len()], &mut random);
        let Ok(expression) = Expression::compile(&text) else { continue };
        compiled += 1;
        match with_focus(RESOURCE, "", |cx, node| expression.holds(cx, node)) {
            Outcome::True | Outcome::False => answered += 1,
            Outcome::Empty | Outcome::Error(_) => {}
        }
    }
    assert!(compiled > rounds / 20 && answered > 0, "{compiled} of {rounds} compiled, {answered} answered");
}
