//! The clinic's folders into the store: what is new is read, what is known is passed over, what is gone is told.
//!
//! The bytes are not kept a second time: the storage itself is the source, and is read again where that is needed.

use super::{
    groups::ledger_name,
    held::{Desk, held_input, scope_of},
    intend::Between,
    issues,
    reading::{READER, Reading},
};
use crate::{
    failure::Failure,
    intake::{Limits, is_archive_among, read_file, walk, watched::Stamp},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};
use tsugite_clinical::Statement;
use tsugite_issue::{Digest, Issue, Lang};
use tsugite_pipeline::{HeldInput, ReadOutput, Settings, unread};
use tsugite_source::InputOrder;
use tsugite_store::{Approval, HeldRow, InputReading, Remembered, Store, Vanished};

/// Inputs of one durable transaction.
const BATCH: usize = 200;

/// What a scan found.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// New or changed inputs.
    pub read: u64,
    pub unchanged: u64,
    /// Inputs remembered before this scan.
    pub known: u32,
    pub held: Vec<HeldInput>,
    pub vanished: Vec<Vanished>,
    /// In-place changes that need a person's yes: subject, and a line to show.
    pub shortened: Vec<(String, String)>,
    pub issues: Vec<Issue>,
    /// Patients of whom something could not be read: their lists may not be whole.
    pub incomplete: BTreeSet<String>,
    /// Of whom something else is stated than before, as the ledger writes patients.
    pub affected: BTreeSet<String>,
    /// An input says something else than before, and it is not known about whom.
    pub affects_all: bool,
}

impl Scan {
    /// What other folders said beside these.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.held.extend(other.held);
        self.issues.extend(other.issues);
        self.affected.extend(other.affected);
        self.affects_all |= other.affects_all;
    }

    /// The state of now, with what was read before it.
    pub fn after(mut self, before: Self) -> Self {
        self.read += before.read;
        self.affected.extend(before.affected);
        self.issues.extend(before.issues);
        self
    }

    /// The held inputs, for the desk.
    pub fn held_rows(&self, lang: Lang) -> Vec<HeldRow> {
        self.held.iter().map(|input| held_input(input, &self.issues, lang)).collect()
    }
}

/// Scans the folders and records what they say.
///
/// `list_percent`: an input that loses more than this of its records in its place is not believed without a person.
pub fn scan(
    store: &mut Store,
    run: i64,
    folders: &[PathBuf],
    settings: &Settings,
    list_percent: u32,
    desk: &Desk,
    between: &mut Between,
) -> Result<Scan, Failure> {
    let instance = settings.context.instance.to_string();
    let remembered = store.remembered(&instance)?;
    let known = store.input_count(&instance)?;
    let mut scanner = Scanner {
        store,
        settings,
        instance,
        run,
        remembered,
        result: Scan { known, ..Scan::default() },
        seen: HashSet::new(),
        unchanged: Vec::new(),
        fresh: Vec::new(),
        lost: false,
        list_percent,
        desk,
        between,
    };
    for (folder, name) in folders.iter().zip(names(folders)) {
        let mut below = Below { scanner: &mut scanner, root: folder, name: &name, failure: None };
        walk::walk(folder, &mut below)?;
        if let Some(failure) = below.failure {
            return Err(failure);
        }
    }
    scanner.finish()
}

/// What names a folder in paths: its own name, which stays when it is mounted elsewhere; the whole path where two have one name.
pub fn names(folders: &[PathBuf]) -> Vec<String> {
    let own = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let whole = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let name = |path: &PathBuf| match own(path) {
        Some(name) if folders.iter().filter(|other| own(other).as_ref() == Some(&name)).count() == 1 => name,
        _ => whole(path),
    };
    folders.iter().map(name).collect()
}

pub(super) struct Scanner<'a, 'b> {
    store: &'a mut Store,
    settings: &'a Settings<'a>,
    instance: String,
    run: i64,
    pub(super) remembered: BTreeMap<String, Remembered>,
    pub(super) result: Scan,
    pub(super) seen: HashSet<String>,
    /// There, though nothing was taken from them in this scan.
    pub(super) unchanged: Vec<String>,
    pub(super) fresh: Vec<Reading>,
    /// Something above the patients could not be listed.
    lost: bool,
    list_percent: u32,
    desk: &'a Desk,
    between: &'a mut Between<'b>,
}

struct Below<'a, 'b, 'c> {
    scanner: &'a mut Scanner<'b, 'c>,
    root: &'a Path,
    name: &'a str,
    failure: Option<Failure>,
}

impl walk::Found for Below<'_, '_, '_> {
    fn file(&mut self, path: String) -> std::io::Result<()> {
        let logical = format!("{}/{path}", self.name);
        match self.scanner.file(&self.root.join(&path), logical) {
            Ok(()) => Ok(()),
            Err(failure) => {
                self.failure = Some(failure);
                Err(std::io::ErrorKind::Interrupted.into())
            }
        }
    }

    fn passed_over(&mut self, path: &str, issue: Issue, lost: bool) {
        let logical = if path.is_empty() { self.name.to_owned() } else { format!("{}/{path}", self.name) };
        if lost {
            match self.scanner.patient(&logical) {
                Some(patient) => drop(self.scanner.result.incomplete.insert(patient)),
                None => self.scanner.lost = true,
            }
        }
        self.scanner.result.issues.push(issue.at(unread(&logical)));
    }
}

impl Scanner<'_, '_> {
    fn file(&mut self, file: &Path, logical: String) -> Result<(), Failure> {
        let Ok(data) = fs::metadata(file) else {
            // Gone between listing and reading: the next round tells whether it stays away.
            self.seen.insert(logical.clone());
            self.unchanged.push(logical);
            return Ok(());
        };
        let stamp = Stamp::from(&data);
        let mtime = stamp.mtime();
        let same = |known: &Remembered| known.size == data.len() && known.mtime == mtime && known.reader == READER;
        self.seen.insert(logical.clone());
        if self.remembered.get(&logical).is_some_and(same) {
            // Nothing is written about what is as remembered: a scan of very many files costs a look at each.
            self.result.unchanged += 1;
            self.members_stay(&logical);
        } else if is_archive_among(file, || self.patient(&logical).is_some()) {
            self.archive(file, logical, data.len(), mtime)?;
        } else {
            let bytes = read_file(file, &Limits::default());
            if Stamp::of(file) == Some(stamp) {
                self.read(&bytes, logical, mtime.clone(), mtime)?;
            } else {
                // Somebody is writing it: what it says is not known before the next round.
                self.result.incomplete.extend(self.patient(&logical));
                self.unchanged.push(logical);
            }
        }
        self.flush_full()?;
        if self.fresh.is_empty() && self.seen.len().is_multiple_of(BATCH) {
            (self.between)(self.store)?;
        }
        Ok(())
    }

    /// `stamp`: tells whether it changed. Gives whether it is known now what the input says.
    pub(super) fn read(
        &mut self,
        bytes: &Result<Vec<u8>, Issue>,
        logical: String,
        mtime: String,
        stamp: String,
    ) -> Result<bool, Failure> {
        let (mut reading, output) = Reading::of(&logical, bytes, self.settings);
        let held = !output.held.is_empty();
        if held || !output.complete() {
            self.keep(&logical, held, output);
            return Ok(false);
        }
        self.result.read += 1;
        if self.is_shortened(&logical, reading.digest, reading.records)? {
            self.unchanged.push(logical);
            return Ok(false);
        }
        self.affects(&logical, &reading.statements);
        self.result.issues.extend(output.issues);
        reading.dated(mtime);
        reading.mtime = stamp;
        self.fresh.push(reading);
        Ok(true)
    }

    /// Whom an input speaks of, and whom it spoke of before.
    fn affects(&mut self, logical: &str, statements: &[Statement]) {
        self.result.affected.extend(statements.iter().map(|statement| ledger_name(statement.patient())));
        if self.remembered.contains_key(logical) {
            match self.patient(logical) {
                Some(id) => {
                    let id = self.settings.context_of(logical).patient(&id);
                    self.result.affected.insert(ledger_name(&id));
                }
                None => self.result.affects_all = true,
            }
        }
    }

    /// An input that cannot be used says nothing; what it said before stays. It is read again in every round.
    fn keep(&mut self, logical: &str, held: bool, output: ReadOutput) {
        if !held {
            self.result.incomplete.extend(self.patient(logical));
        }
        self.result.held.extend(output.held);
        self.result.issues.extend(output.issues);
        self.unchanged.push(logical.to_owned());
    }

    /// A change under the same name and time is not what a storage does; one that loses much is not believed without a person.
    fn is_shortened(&mut self, logical: &str, digest: Digest, records: u32) -> Result<bool, Failure> {
        let known = match self.remembered.get(logical) {
            Some(known) => Some((known.digest, known.records)),
            // One that was gone comes back: a share that is there again, perhaps in part.
            None => self.store.content_of(&self.instance, logical)?,
        };
        let Some((_, before)) = known.filter(|(known, _)| *known != digest) else { return Ok(false) };
        if u64::from(before.saturating_sub(records)) * 100 <= u64::from(before) * u64::from(self.list_percent) {
            return Ok(false);
        }
        let subject = format!("{logical} {digest}");
        if self.store.approved(Approval::Shortened, &subject)? {
            return Ok(false);
        }
        let issue = Issue::new(&issues::SHORTENED)
            .with("before", before.to_string())
            .with("after", records.to_string())
            .at(unread(logical));
        self.result.issues.push(issue);
        self.result.shortened.push((subject, format!("{logical}: {before} → {records}")));
        Ok(true)
    }

    /// The patient's folder that a path lies in, from the source that has such folders.
    fn patient(&self, logical: &str) -> Option<String> {
        let source = self.settings.registry.iter().find(|source| source.order(logical) == InputOrder::ByPatient)?;
        source.group(logical).map(|group| group.rsplit('/').next().unwrap_or(group).to_owned())
    }

    pub(super) fn flush_full(&mut self) -> Result<(), Failure> {
        if self.fresh.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let Self { store, fresh, unchanged, instance, run, remembered, desk, .. } = self;
        let readings: Vec<InputReading> = fresh.iter().map(|reading| reading.input(instance)).collect();
        store.together(|store| {
            if !readings.is_empty() {
                store.scan(*run).record(&readings)?;
            }
            if !unchanged.is_empty() {
                store.scan(*run).seen(instance, unchanged)?;
            }
            // Of what is read for the first time nothing is held yet.
            let told = fresh.iter().filter(|read| !read.held.is_empty() || remembered.contains_key(&read.path));
            told.into_iter().try_for_each(|read| desk.keep(store, &scope_of(instance, &read.path), read))
        })?;
        self.fresh.clear();
        self.unchanged.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<Scan, Failure> {
        self.flush()?;
        if !self.lost {
            // A folder that could not be listed hides its files: they are neither gone nor there.
            let stems: HashSet<&str> = self.seen.iter().filter_map(|path| stem(path)).collect();
            let renamed = |path: &str| stem(path).is_some_and(|stem| stems.contains(stem));
            let hidden = self.hidden();
            let missing = self.remembered.keys().filter(|path| !self.seen.contains(*path) && !hidden.contains(*path));
            let gone: Vec<(String, bool)> = missing.map(|path| (path.clone(), renamed(path))).collect();
            let Self { store, instance, run, desk, .. } = &mut self;
            store.together(|store| {
                if !gone.is_empty() {
                    store.scan(*run).gone(instance, &gone)?;
                }
                // That they are gone is told; where one comes back it is read again.
                let scopes = gone.iter().map(|(path, _)| scope_of(instance, path));
                scopes.into_iter().try_for_each(|scope| store.replace_held_of(&scope, &[], &desk.now))?;
                store.scan(*run).complete(instance)
            })?;
            self.result.vanished = self.store.vanished(&self.instance)?;
        }
        self.result.vanished.retain(|gone| gone.valid);
        Ok(self.result)
    }

    /// Remembered inputs of patients whose folders could not be listed.
    fn hidden(&self) -> BTreeSet<String> {
        if self.result.incomplete.is_empty() {
            return BTreeSet::new();
        }
        let of_incomplete = |path: &&String| self.patient(path).is_some_and(|p| self.result.incomplete.contains(&p));
        self.remembered.keys().filter(of_incomplete).cloned().collect()
    }
}

/// The path without its condition flag: a storage renames a file from `…_1` to `…_0` or `…_2`.
fn stem(path: &str) -> Option<&str> {
    let (stem, flag) = path.rsplit_once('_')?;
    matches!(flag, "0" | "1" | "2").then_some(stem)
}
