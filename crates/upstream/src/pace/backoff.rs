use std::time::Duration;

/// How long a request waits before it goes again: at random between nothing and a ceiling that doubles (full jitter), so that
/// clinics that lost the centre in one moment do not come back in one moment (U-36).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The ceiling after the first attempt.
    pub first: Duration,
    /// No ceiling is above it.
    pub cap: Duration,
}

impl Backoff {
    /// The longest wait after the attempt of this number; attempts count from 1.
    pub fn ceiling(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1);
        let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
        self.first.checked_mul(factor).map_or(self.cap, |ceiling| ceiling.min(self.cap))
    }

    /// The wait after the attempt of this number. `random` is any uniformly distributed number: [`mix`] of a seed and a counter.
    pub fn delay(&self, attempt: u32, random: u64) -> Duration {
        let ceiling = self.ceiling(attempt).as_nanos();
        let share = (ceiling * u128::from(random)) >> u64::BITS;
        // A share of the ceiling: `as_nanos` of a duration of centuries fits.
        u64::try_from(share).map_or(self.cap, Duration::from_nanos)
    }
}

/// A uniformly distributed number from a seed and a counter (SplitMix64). The seed is rolled at the rim.
pub const fn mix(seed: u64, counter: u64) -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut z = seed.wrapping_add(counter.wrapping_add(1).wrapping_mul(STEP));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff { first: Duration::from_secs(30), cap: Duration::from_secs(3600) };

    #[test]
    fn the_ceiling_doubles_up_to_the_cap() {
        for (attempt, seconds) in
            [(0, 30), (1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (9, 3600), (33, 3600), (u32::MAX, 3600)]
        {
            assert_eq!(BACKOFF.ceiling(attempt), Duration::from_secs(seconds), "{attempt}");
        }
    }

    #[test]
    fn the_delay_is_the_random_share_of_the_ceiling() {
        for (attempt, random, milliseconds) in
            [(1, 0, 0), (1, 1 << 63, 15_000), (1, 1 << 62, 7_500), (4, 3 << 62, 180_000), (99, 1 << 63, 1_800_000)]
        {
            assert_eq!(BACKOFF.delay(attempt, random), Duration::from_millis(milliseconds), "{attempt} {random}");
        }
        assert!(BACKOFF.delay(1, u64::MAX) < Duration::from_secs(30));
        let zero = Backoff { first: Duration::ZERO, cap: Duration::ZERO };
        assert_eq!(zero.delay(5, u64::MAX), Duration::ZERO);
    }

    #[test]
    fn numbers_of_a_seed_are_spread_and_the_same_each_time() {
        assert_eq!(mix(0, 0), 0xe220_a839_7b1d_cdaf, "SplitMix64's first number");
        let mean = (0..10_000).map(|n| BACKOFF.delay(1, mix(7, n)).as_secs_f64()).sum::<f64>() / 10_000.0;
        assert!((14.0..16.0).contains(&mean), "{mean}");
        assert_ne!(mix(1, 5), mix(2, 5));
    }
}
