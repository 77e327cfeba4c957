//! When the folders are looked through, and what is left to be compared.

use crate::{
    failure::Failure,
    intake::walk,
    send::{Between, Cycle, Drops, Scan, Scope},
};
use std::{
    collections::{BTreeSet, HashSet},
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::PathBuf,
    time::Duration,
};
use tsugite_issue::Issue;
use tsugite_store::Store;

/// Whose Units are to be compared with the ledger.
#[derive(Debug, Default)]
pub struct Pending {
    all: bool,
    patients: BTreeSet<String>,
    /// Counts what was added.
    changes: u64,
}

impl Pending {
    pub const fn everybody(&mut self) {
        self.all = true;
        self.changes += 1;
    }

    pub fn add(&mut self, patients: impl IntoIterator<Item = String>) {
        for patient in patients {
            self.patients.insert(patient);
            self.changes += 1;
        }
    }

    pub const fn changes(&self) -> u64 {
        self.changes
    }

    pub fn is_empty(&self) -> bool {
        !self.all && self.patients.is_empty()
    }

    pub fn scope(&self) -> Scope {
        if self.all { Scope::All } else { Scope::Patients(self.patients.clone()) }
    }

    /// What was compared and needs no person is done.
    pub fn clear(&mut self) {
        self.all = false;
        self.patients.clear();
    }
}

/// The folders of a site, and what they held when they were last looked at.
#[derive(Debug, Default)]
pub struct Intake {
    pub drops: Drops,
    storage: Scan,
    dropped: Scan,
    /// What the storage looked like; nothing is read where it looks the same.
    glance: Option<HashSet<u64>>,
    next_scan: Duration,
    next_whole: Duration,
    next_drops: Duration,
}

/// However little seems to change, everything is looked through once in this time: what could not be read may be readable now.
const WHOLE: Duration = Duration::from_secs(3600);

impl Intake {
    pub fn new(drops: Drops) -> Self {
        Self { drops, ..Self::default() }
    }

    /// The storage is read to its end at the next look.
    pub fn look_again(&mut self) {
        self.glance = None;
        self.next_scan = Duration::ZERO;
    }

    /// What the desk, the brake and the comparison need to know of all folders.
    pub fn scan(&self) -> Scan {
        let mut whole = self.storage.clone();
        whole.add(self.dropped.clone());
        whole
    }

    /// Looks where it is time to. Gives what was newly said, if anything was looked at.
    ///
    /// # Errors
    /// When the ledger cannot be used, or `between` ends it.
    pub fn look(
        &mut self,
        cycle: &Cycle,
        store: &mut Store,
        now: Duration,
        between: &mut Between,
    ) -> Result<Looked, Failure> {
        let mut looked = Looked::default();
        let service = &cycle.settings.service;
        if now >= self.next_drops && !self.drops.is_empty() {
            self.next_drops = now + Duration::from_secs(service.watch_seconds);
            let before = std::mem::take(&mut self.dropped);
            self.dropped = cycle.take(&mut self.drops, store, between)?;
            looked.add(&self.dropped, &before);
        }
        if now >= self.next_scan && !cycle.folders.is_empty() {
            self.next_scan = now + Duration::from_secs(service.scan_seconds);
            let glance = glance(&cycle.folders);
            if now >= self.next_whole || glance.is_none() || glance != self.glance {
                let before = std::mem::take(&mut self.storage);
                self.storage = cycle.scan(store, between)?;
                looked.alarms_changed =
                    before.vanished != self.storage.vanished || before.shortened != self.storage.shortened;
                self.next_whole = now + WHOLE;
                self.glance = glance;
                looked.add(&self.storage, &before);
            }
        }
        Ok(looked)
    }
}

/// What a look found.
#[derive(Debug, Default)]
pub struct Looked {
    pub read: u64,
    pub affected: BTreeSet<String>,
    pub affects_all: bool,
    /// What is held changed.
    pub held_changed: bool,
    /// Other files are gone, or became much shorter, than before.
    pub alarms_changed: bool,
    pub issues: Vec<Issue>,
}

impl Looked {
    fn add(&mut self, scan: &Scan, before: &Scan) {
        self.read += scan.read;
        self.affected.extend(scan.affected.iter().cloned());
        self.affects_all |= scan.affects_all;
        self.held_changed |= !same_held(scan, before);
        // What was told at the last look is not told again.
        let is_new = |issue: &&Issue| scan.read > 0 || !before.issues.contains(issue);
        self.issues.extend(scan.issues.iter().filter(is_new).cloned());
    }
}

/// Whether the same inputs are held. Origins of bytes that were never read are told apart by their path alone.
fn same_held(a: &Scan, b: &Scan) -> bool {
    let names = |scan: &'_ Scan| -> Vec<(String, &'static str)> {
        scan.held.iter().map(|held| (held.origin.input.path.clone(), held.rule.code)).collect()
    };
    names(a) == names(b)
}

/// A print of each file; `None` where a folder cannot be listed.
fn glance(folders: &[PathBuf]) -> Option<HashSet<u64>> {
    let mut all = HashSet::new();
    for folder in folders {
        let mut eye = Eye { root: folder, prints: &mut all, lost: false };
        walk::walk(folder, &mut eye).ok()?;
        if eye.lost {
            return None;
        }
    }
    Some(all)
}

struct Eye<'a> {
    root: &'a PathBuf,
    prints: &'a mut HashSet<u64>,
    lost: bool,
}

impl walk::Found for Eye<'_> {
    fn file(&mut self, path: String) -> io::Result<()> {
        let mut hasher = DefaultHasher::new();
        self.root.hash(&mut hasher);
        path.hash(&mut hasher);
        if let Ok(metadata) = fs::symlink_metadata(self.root.join(&path)) {
            (metadata.len(), metadata.modified().ok()).hash(&mut hasher);
        }
        self.prints.insert(hasher.finish());
        Ok(())
    }

    fn passed_over(&mut self, _: &str, _: Issue, lost: bool) {
        self.lost |= lost;
    }
}
