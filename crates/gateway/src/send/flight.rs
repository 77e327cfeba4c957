//! What is under way between the gateway and the centre, from one step to the next. The ledger knows it too; this is its pace.

use crate::session::Session;
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tsugite_upstream::{Backoff, Interface, Operation, RateLimit, mix};

/// A submission whose answer is awaited.
#[derive(Clone, Debug)]
pub struct Awaited {
    pub id: i64,
    pub operation: Operation,
    pub file_id: String,
    pub since: Duration,
}

#[derive(Debug, Default)]
pub struct Flight {
    pub awaited: Vec<Awaited>,
    /// Each submission is handed over at most once: a single round, not a service.
    pub once: bool,
    /// What an earlier process left was taken up.
    pub recovered: bool,
    /// The ledger failed meanwhile: what it says counts, not what is remembered here.
    pub adrift: bool,
    /// When what failed may go again. It is never tried before, but its neighbours are.
    waits: BTreeMap<i64, Wait>,
    excluded: BTreeSet<i64>,
    /// Results could not even be looked for.
    pub unreachable: bool,
    /// The way as a whole.
    way: Wait,
    /// Tells files of this process from those of all others.
    round: String,
    files: u64,
    waited: u64,
    rate: Option<RateLimit>,
    /// When the whole place is looked through again, not only for what is awaited.
    pub next_whole: Duration,
}

#[derive(Clone, Copy, Debug, Default)]
struct Wait {
    failures: u32,
    until: Duration,
}

impl Wait {
    fn fail(&mut self, now: Duration, backoff: Backoff, random: u64) {
        self.failures = self.failures.saturating_add(1);
        self.until = now.saturating_add(backoff.delay(self.failures, random));
    }
}

impl Flight {
    /// For a single round.
    pub fn once() -> Self {
        Self { once: true, ..Self::default() }
    }

    /// What may not be handed over now.
    pub const fn excluded(&self) -> &BTreeSet<i64> {
        &self.excluded
    }

    pub fn exclude(&mut self, id: i64) {
        self.excluded.insert(id);
    }

    /// It may go at once.
    pub fn admit(&mut self, id: i64) {
        self.excluded.remove(&id);
        self.waits.remove(&id);
    }

    /// A person or the centre has spoken: earlier failures count no more.
    pub fn answered(&mut self, id: i64) {
        if self.waits.remove(&id).is_some() {
            self.excluded.remove(&id);
        }
    }

    pub fn failed(&mut self, id: i64, now: Duration, backoff: Backoff) {
        if !self.once {
            let random = self.random();
            self.waits.entry(id).or_default().fail(now, backoff, random);
            self.excluded.insert(id);
        }
    }

    /// What has waited long enough may go.
    pub fn release(&mut self, now: Duration) {
        for (id, wait) in &self.waits {
            if wait.until <= now {
                self.excluded.remove(id);
            }
        }
    }

    pub fn way_is_free(&self, now: Duration) -> bool {
        self.way.until <= now
    }

    pub fn way_failed(&mut self, now: Duration, backoff: Backoff) {
        // What fails while it is closed says nothing new.
        if self.way_is_free(now) {
            let random = self.random();
            self.way.fail(now, backoff, random);
        }
    }

    pub fn way_works(&mut self) {
        self.way = Wait::default();
    }

    /// A correlation id that no other file has.
    pub fn next_file_id(&mut self, prefix: &str, session: &Session) -> String {
        if self.round.is_empty() {
            self.round = format!("{:X}X", session.clock.now().as_millisecond());
        }
        self.files += 1;
        format!("{prefix}{}{:X}", self.round, self.files)
    }

    /// For a wait that differs from those of other clinics.
    fn random(&mut self) -> u64 {
        let seed = self.round.bytes().fold(0_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        self.waited += 1;
        mix(seed, self.waited)
    }

    /// Whether the rate allows one more now.
    pub fn within_rate(&mut self, interface: &Interface, now: Timestamp) -> bool {
        self.once || self.rate.get_or_insert_with(|| interface.rate_limit()).take(now).is_ok()
    }
}
