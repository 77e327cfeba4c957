//! Broken variants of an input: the same seed gives the same variants everywhere.

/// Bytes that mean something in the formats that clinics write.
const MEANINGFUL: [&[u8]; 14] =
    [b"|", b"^", b"~", b"\\", b"&", b"\r", b"\n", b",", b"\"", b"\0", b"\x1b$B", b"\x1b(B", b"\x1a", b"\xff"];

pub(super) fn variants(bytes: &[u8], count: u32) -> impl Iterator<Item = (u32, Vec<u8>)> {
    (0..count).map(|number| {
        let mut random = Random::seeded(number);
        let mut variant = bytes.to_vec();
        for _ in 0..=random.below(3) {
            mutate(&mut variant, &mut random);
        }
        (number, variant)
    })
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(40)).min(bytes.len());
    match random.below(6) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        3 => {
            let inserted = MEANINGFUL.get(random.below(MEANINGFUL.len())).copied().unwrap_or_default();
            drop(bytes.splice(at..at, inserted.iter().copied()));
        }
        4 => {
            let again = bytes.get(at..end).unwrap_or_default().to_vec();
            drop(bytes.splice(at..at, again));
        }
        _ => {
            // A whole line again, or away: records repeat and vanish.
            let start = bytes.iter().take(at).rposition(|b| matches!(b, b'\r' | b'\n')).map_or(0, |found| found + 1);
            let length = bytes.iter().skip(start).position(|b| matches!(b, b'\r' | b'\n')).map_or(0, |found| found + 1);
            let line: Vec<u8> = bytes.drain(start..start + length).collect();
            if random.below(2) == 0 {
                let twice = line.iter().chain(&line).copied().collect::<Vec<_>>();
                drop(bytes.splice(start..start, twice));
            }
        }
    }
}

/// xorshift64*.
pub(super) struct Random(u64);

impl Random {
    pub fn seeded(seed: u32) -> Self {
        let mut random = Self(u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// 0 to `limit - 1`; 0 where the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from((self.next() >> 8) % limit).unwrap_or(0)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}
