//! When something may go: small pure rules that the gateway's loop asks. Each takes `now`; none looks at a clock or rolls dice.

mod backoff;
mod concurrency;
mod hours;
mod rate;
mod sharing;

pub use backoff::{Backoff, mix};
pub use concurrency::Concurrency;
pub use hours::{Hours, HoursError, Maintenance, ServiceHours};
pub use rate::RateLimit;
pub use sharing::{Due, Promptness, Sharing};

use jiff::{Timestamp, civil::DateTime, tz::Offset};

/// Japan has had no summer time since 1951.
const JAPAN: Offset = Offset::constant(9);

pub(crate) fn in_japan(now: Timestamp) -> DateTime {
    JAPAN.to_datetime(now)
}

/// At the ends of the calendar the nearest time that there is.
pub(crate) fn from_japan(time: DateTime) -> Timestamp {
    JAPAN.to_timestamp(time).unwrap_or(Timestamp::MAX)
}
