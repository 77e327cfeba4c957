use jiff::Timestamp;
use std::{collections::BTreeMap, time::Duration};

/// The requests whose results are awaited: so many at once (the terminal's sessions, U-08), and of one patient and kind never
/// two (U-32).
#[derive(Clone, Debug, Default)]
pub struct Concurrency {
    cap: usize,
    outstanding: BTreeMap<String, Outstanding>,
}

#[derive(Clone, Debug)]
struct Outstanding {
    line: String,
    since: Timestamp,
}

impl Concurrency {
    pub fn new(cap: u32) -> Self {
        Self { cap: usize::try_from(cap).unwrap_or(usize::MAX), outstanding: BTreeMap::new() }
    }

    pub fn len(&self) -> usize {
        self.outstanding.len()
    }

    pub fn is_empty(&self) -> bool {
        self.outstanding.is_empty()
    }

    pub fn has_room(&self) -> bool {
        self.len() < self.cap
    }

    /// `line` names what is kept in order: a patient and a kind.
    pub fn may_start(&self, line: &str) -> bool {
        self.has_room() && self.outstanding.values().all(|other| other.line != line)
    }

    /// Remembers a request by its correlation id. `false`, and nothing is remembered, where it may not start.
    pub fn start(&mut self, id: &str, line: &str, now: Timestamp) -> bool {
        let may = self.may_start(line) && !self.outstanding.contains_key(id);
        if may {
            self.outstanding.insert(id.to_owned(), Outstanding { line: line.to_owned(), since: now });
        }
        may
    }

    /// Its result came, or nobody waits for it any more. `false`: it was not awaited.
    pub fn finish(&mut self, id: &str) -> bool {
        self.outstanding.remove(id).is_some()
    }

    /// The correlation ids that are awaited.
    pub fn awaited(&self) -> impl Iterator<Item = &str> {
        self.outstanding.keys().map(String::as_str)
    }

    /// What has waited for `deadline` or longer: nobody knows what became of it (U-09). A clock that was set back begins anew.
    pub fn overdue(&mut self, now: Timestamp, deadline: Duration) -> Vec<String> {
        let mut overdue = Vec::new();
        for (id, outstanding) in &mut self.outstanding {
            outstanding.since = outstanding.since.min(now);
            if now.duration_since(outstanding.since).unsigned_abs() >= deadline {
                overdue.push(id.clone());
            }
        }
        overdue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn never_more_than_the_cap_and_one_a_line() {
        let mut concurrency = Concurrency::new(2);
        // (id, line, started)
        let steps = [("1", "a", true), ("2", "a", false), ("1", "b", false), ("3", "b", true), ("4", "c", false)];
        for (id, line, started) in steps {
            assert_eq!(concurrency.start(id, line, at(0)), started, "{id} {line}");
        }
        assert_eq!(concurrency.awaited().collect::<Vec<_>>(), ["1", "3"]);
        assert!(!concurrency.has_room());
        assert!(concurrency.finish("1") && !concurrency.finish("1"));
        assert!(concurrency.may_start("a") && !concurrency.may_start("b"));
        assert!(!Concurrency::new(0).may_start("a"));
    }

    #[test]
    fn what_waits_too_long_is_told_also_when_the_clock_is_set_back() {
        let mut concurrency = Concurrency::new(9);
        assert!(concurrency.start("1", "a", at(100)) && concurrency.start("2", "b", at(150)));
        let deadline = Duration::from_secs(60);
        assert_eq!(concurrency.overdue(at(159), deadline), [""; 0]);
        assert_eq!(concurrency.overdue(at(160), deadline), ["1"]);
        assert_eq!(concurrency.overdue(at(10), deadline), [""; 0], "set back by minutes");
        assert_eq!(concurrency.overdue(at(70), deadline), ["1", "2"], "and not forgotten");
    }
}
