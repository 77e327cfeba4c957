//! What a service manager is told: that we are ready, alive, stopping. Nothing where there is none.

use std::time::Duration;

#[derive(Debug, Default)]
pub struct Manager {
    /// How often it wants to hear of us.
    watchdog: Option<Duration>,
    last: Option<Duration>,
}

impl Manager {
    pub fn new() -> Self {
        Self { watchdog: watchdog(), last: None }
    }

    pub fn ready(&self) {
        tell(What::Ready);
    }

    pub fn stopping(&self) {
        tell(What::Stopping);
    }

    /// Called often; tells twice in the time that is allowed.
    pub fn alive(&mut self, now: Duration) {
        let Some(every) = self.watchdog else { return };
        if self.last.is_none_or(|last| now.saturating_sub(last) >= every / 2) {
            tell(What::Alive);
            self.last = Some(now);
        }
    }
}

#[derive(Clone, Copy)]
enum What {
    Ready,
    Stopping,
    Alive,
}

// A manager that cannot be reached changes nothing for the work.
#[cfg(unix)]
fn tell(what: What) {
    let state = match what {
        What::Ready => sd_notify::NotifyState::Ready,
        What::Stopping => sd_notify::NotifyState::Stopping,
        What::Alive => sd_notify::NotifyState::Watchdog,
    };
    let _ = sd_notify::notify(false, &[state]);
}

#[cfg(not(unix))]
fn tell(_: What) {}

#[cfg(unix)]
fn watchdog() -> Option<Duration> {
    let text = std::env::var("WATCHDOG_USEC").ok()?;
    text.parse().ok().map(Duration::from_micros)
}

#[cfg(not(unix))]
fn watchdog() -> Option<Duration> {
    None
}
