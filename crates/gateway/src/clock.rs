//! The clock as a value: it is asked at the rim and nowhere below, and tests live through a year in minutes.

use jiff::Timestamp;
use std::{
    fmt::Debug,
    time::{Duration, Instant},
};

pub trait Clock: Debug + Send + Sync {
    /// What the wall clock shows. It may jump.
    fn now(&self) -> Timestamp;

    /// Time since some moment. It never goes back.
    fn elapsed(&self) -> Duration;
}

/// The computer's clock.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}
