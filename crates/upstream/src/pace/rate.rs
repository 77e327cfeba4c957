use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// So many requests a minute at most, with a burst after a pause (U-36). The generic cell rate algorithm: one time is all it keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    interval: SignedDuration,
    burst: SignedDuration,
    /// When the bucket is full again.
    full: Option<Timestamp>,
}

impl RateLimit {
    /// `per_minute` 0: no limit. `burst`: how many may go at once after a pause; at least 1.
    pub fn new(per_minute: u32, burst: u32) -> Self {
        let interval = Duration::from_secs(60).checked_div(per_minute).unwrap_or_default();
        let interval = SignedDuration::try_from(interval).unwrap_or(SignedDuration::ZERO);
        let more = i32::try_from(burst.saturating_sub(1)).unwrap_or(i32::MAX);
        Self { interval, burst: interval.saturating_mul(more), full: None }
    }

    /// Takes the right to send one request.
    ///
    /// # Errors
    /// With the time from which it may go; nothing was taken.
    pub fn take(&mut self, now: Timestamp) -> Result<(), Timestamp> {
        // A clock that was set back must not close the way for as long.
        let latest = later(later(now, self.burst), self.interval);
        let full = self.full.map_or(now, |full| full.clamp(now, latest));
        let free = later(full, -self.burst);
        let taken = free <= now;
        self.full = Some(if taken { later(full, self.interval) } else { full });
        if taken { Ok(()) } else { Err(free) }
    }
}

fn later(time: Timestamp, duration: SignedDuration) -> Timestamp {
    time.checked_add(duration).unwrap_or(if duration.is_negative() { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(millisecond).unwrap()
    }

    #[test]
    fn a_burst_then_one_an_interval() {
        let mut rate = RateLimit::new(60, 3);
        for (now, expected) in [
            (0, Ok(())),
            (0, Ok(())),
            (0, Ok(())),
            (0, Err(at(1000))),
            (999, Err(at(1000))),
            (1000, Ok(())),
            (1000, Err(at(2000))),
            (60_000, Ok(())),
            (60_000, Ok(())),
            (60_000, Ok(())),
            (60_000, Err(at(61_000))),
        ] {
            assert_eq!(rate.take(at(now)), expected, "{now}");
        }
    }

    #[test]
    fn without_a_limit_everything_goes() {
        let mut rate = RateLimit::new(0, 0);
        assert!((0..1000).all(|_| rate.take(at(0)).is_ok()));
    }

    #[test]
    fn a_clock_that_is_set_back_closes_the_way_for_one_burst_at_most() {
        let mut rate = RateLimit::new(60, 2);
        assert!(rate.take(at(86_400_000)).is_ok());
        let opens = rate.take(at(0)).unwrap_err();
        assert!(opens <= at(2000), "{opens}");
        assert!(rate.take(opens).is_ok());
    }

    #[test]
    fn in_an_hour_no_more_than_the_rate_and_the_burst_pass() {
        let mut rate = RateLimit::new(20, 5);
        let passed = (0..3_600_000).step_by(250).filter(|&now| rate.take(at(now)).is_ok()).count();
        assert_eq!(passed, 1200 + 4);
    }
}
