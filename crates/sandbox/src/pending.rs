//! Answers that are on their way: `pending/`, one file an answer, so that a killed centre still gives them.

use crate::{CentreError, disk, faults::Outgoing};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const LONGEST: u64 = 1 << 24;

/// When it comes; the request's number; which of its answers.
type Key = (Timestamp, u64, usize);

#[derive(Debug, Default)]
pub struct Pending {
    /// `None`: in memory only.
    folder: Option<PathBuf>,
    held: BTreeMap<Key, Held>,
    turns: BTreeMap<(u64, Key), ()>,
}

/// A result file to be.
#[derive(Debug, PartialEq, Eq)]
pub struct Held {
    turn: u64,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Pending {
    /// Reads what a killed centre left. What is no answer on its way is not touched.
    pub fn open(folder: PathBuf) -> Result<Self, CentreError> {
        let mut pending = Self::default();
        for entry in fs::read_dir(&folder).map_err(disk::error(&folder))? {
            let path = entry.map_err(disk::error(&folder))?.path();
            if path.extension().is_some_and(|extension| extension == "answer")
                && let Some(bytes) = disk::read(&path, LONGEST)?
                && let Some((key, held)) = parse(&path, &bytes)
            {
                pending.remember(key, held);
            }
        }
        pending.folder = Some(folder);
        Ok(pending)
    }

    fn remember(&mut self, key: Key, held: Held) {
        if held.turn > 0 {
            self.turns.insert((held.turn, key), ());
        }
        self.held.insert(key, held);
    }

    /// Done twice it is done once.
    pub fn put(&mut self, number: u64, at: usize, name: String, outgoing: Outgoing) -> Result<(), CentreError> {
        let key = (outgoing.due, number, at);
        let held = Held { turn: outgoing.turn, name, bytes: outgoing.bytes };
        if let Some(folder) = &self.folder {
            let head = format!("{} {} {}\n", outgoing.due.as_nanosecond(), held.turn, held.name);
            disk::write(&path(folder, key), &[head.as_bytes(), &held.bytes].concat())?;
        }
        self.remember(key, held);
        Ok(())
    }

    /// The next that comes, when the clock says `now` and requests up to `number` were judged. It stays until [`Pending::done`].
    pub fn next(&self, now: Timestamp, number: u64) -> Option<(Key, &Held)> {
        let due = self.held.first_key_value().filter(|((due, ..), _)| *due <= now).map(|(key, _)| *key);
        let turn = || self.turns.first_key_value().filter(|((turn, _), ())| *turn <= number).map(|((_, key), ())| *key);
        let key = due.or_else(turn)?;
        self.held.get(&key).map(|held| (key, held))
    }

    pub fn done(&mut self, key: Key) -> Result<(), CentreError> {
        if let Some(folder) = &self.folder {
            disk::remove(&path(folder, key))?;
        }
        if let Some(held) = self.held.remove(&key) {
            self.turns.remove(&(held.turn, key));
        }
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.held.len()
    }
}

fn path(folder: &Path, (_, number, at): Key) -> PathBuf {
    folder.join(format!("{number}-{at}.answer"))
}

fn parse(path: &Path, bytes: &[u8]) -> Option<(Key, Held)> {
    let (number, at) = path.file_stem()?.to_str()?.split_once('-')?;
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut parts = head.splitn(3, ' ');
    let due = Timestamp::from_nanosecond(parts.next()?.parse().ok()?).ok()?;
    let (turn, name) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
    let bytes = bytes.get(end + 1..)?.to_vec();
    Some(((due, number.parse().ok()?, at.parse().ok()?), Held { turn, name, bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn answers_come_when_they_are_due_or_their_turn_has_come_also_after_a_restart() {
        let home = tempfile::tempdir().unwrap();
        let mut pending = Pending::open(home.path().to_owned()).unwrap();
        let outgoing = |due, turn| Outgoing { due: at(due), turn, foreign: false, bytes: b"\x93\n\xfa".to_vec() };
        pending.put(1, 0, "a b".into(), outgoing(100, 0)).unwrap();
        pending.put(2, 0, "b".into(), outgoing(200, 4)).unwrap();
        pending.put(2, 0, "b".into(), outgoing(200, 4)).unwrap();
        pending.put(3, 1, "c".into(), outgoing(50, 0)).unwrap();
        fs::write(home.path().join("9-9.answer.part"), "torn").unwrap();
        fs::write(home.path().join("9-9.answer"), "no head").unwrap();
        let mut pending = Pending::open(home.path().to_owned()).unwrap();
        let mut take = |now, number| {
            let (key, held) = pending.next(at(now), number)?;
            let (name, bytes) = (held.name.clone(), held.bytes.clone());
            assert_eq!(bytes, b"\x93\n\xfa");
            pending.done(key).unwrap();
            Some(name)
        };
        assert_eq!(take(49, 3), None);
        assert_eq!(take(50, 3).as_deref(), Some("c"));
        assert_eq!(take(99, 4).as_deref(), Some("b"));
        assert_eq!(take(99, 9), None);
        assert_eq!(take(100, 9).as_deref(), Some("a b"));
        assert_eq!((take(999, 9), pending.len()), (None, 0));
        assert_eq!(Pending::open(home.path().to_owned()).unwrap().len(), 0);
    }
}
