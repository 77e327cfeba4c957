//! How fast and when the centre may be asked, as data.

use super::{Interface, InterfaceError};
use crate::{Backoff, Concurrency, RateLimit, ServiceHours};
use serde::Deserialize;
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    concurrent: u32,
    result_deadline_seconds: u32,
    poll_seconds: u32,
    #[serde(default = "sixty")]
    requests_per_minute: u32,
    #[serde(default = "sixty")]
    burst: u32,
    #[serde(default = "half_a_minute")]
    retry_first_seconds: u32,
    #[serde(default = "an_hour")]
    retry_cap_seconds: u32,
}

const fn sixty() -> u32 {
    60
}

const fn half_a_minute() -> u32 {
    30
}

const fn an_hour() -> u32 {
    3600
}

const fn seconds(number: u32) -> Duration {
    Duration::from_secs(number as u64)
}

impl Pace {
    pub(super) const fn check(&self) -> Result<(), InterfaceError> {
        // The terminal has 20 sessions for all its services together.
        let wrong = match (self.concurrent, self.result_deadline_seconds, self.poll_seconds) {
            (0 | 21.., ..) => "pace.concurrent",
            (_, 0, _) => "pace.result_deadline_seconds",
            (.., 0) => "pace.poll_seconds",
            _ if self.burst == 0 => "pace.burst",
            _ if self.retry_first_seconds == 0 => "pace.retry_first_seconds",
            _ if self.retry_cap_seconds == 0 => "pace.retry_cap_seconds",
            _ => return Ok(()),
        };
        Err(InterfaceError::Number(wrong))
    }
}

impl Interface {
    /// How many requests may await their results at once.
    pub const fn concurrent(&self) -> u32 {
        self.pace.concurrent
    }

    /// The same as a table of what is outstanding, empty.
    pub fn concurrency(&self) -> Concurrency {
        Concurrency::new(self.pace.concurrent)
    }

    /// How long a result is waited for; after that it is not known what became of the request.
    pub const fn result_deadline(&self) -> Duration {
        seconds(self.pace.result_deadline_seconds)
    }

    /// How often results are looked for.
    pub const fn poll_interval(&self) -> Duration {
        seconds(self.pace.poll_seconds)
    }

    /// How many requests may go in a minute.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::new(self.pace.requests_per_minute, self.pace.burst)
    }

    /// How long what failed to reach the centre waits before it goes again.
    pub const fn backoff(&self) -> Backoff {
        Backoff { first: seconds(self.pace.retry_first_seconds), cap: seconds(self.pace.retry_cap_seconds) }
    }

    /// When the centre takes requests.
    pub const fn service_hours(&self) -> &ServiceHours {
        &self.service
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interface::tests::default_interface;

    const DEFAULT: &str = include_str!("../../../../mappings/upstream/clins.toml");

    #[test]
    fn a_file_that_was_written_before_these_keys_means_the_same() {
        let keys = ["requests_per_minute", "burst", "retry_first_seconds", "retry_cap_seconds", "[service]", "open ="];
        let older: Vec<&str> = DEFAULT.lines().filter(|line| !keys.iter().any(|key| line.starts_with(key))).collect();
        assert_eq!(older.len() + keys.len(), DEFAULT.lines().count(), "the default file shows every key");
        assert_eq!(Interface::from_toml(&older.join("\n")).unwrap(), default_interface());
    }

    #[test]
    fn the_rules_are_those_of_the_file() {
        let text = DEFAULT
            .replace("requests_per_minute = 60", "requests_per_minute = 6")
            .replace("burst = 60", "burst = 1")
            .replace("retry_first_seconds = 30", "retry_first_seconds = 2")
            .replace("retry_cap_seconds = 3600", "retry_cap_seconds = 7")
            .replace("open = [\"00:00-24:00\"]", "open = [\"08:00-09:00\"]");
        let interface = Interface::from_toml(&text).unwrap();
        assert_eq!(interface.rate_limit(), RateLimit::new(6, 1));
        assert_eq!(interface.backoff(), Backoff { first: Duration::from_secs(2), cap: Duration::from_secs(7) });
        assert!(!interface.service_hours().is_open("2026-11-22T09:00:00+09:00".parse().unwrap()));
        assert!(interface.concurrency().has_room());
        for (key, slip) in [("burst = 60", "burst = 0"), ("retry_cap_seconds = 3600", "retry_cap_seconds = 0")] {
            assert!(Interface::from_toml(&DEFAULT.replace(key, slip)).is_err(), "{slip}");
        }
    }
}
