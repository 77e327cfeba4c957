//! Files that other programs drop into watched folders: stored first, bytes and statements, then put away.
//!
//! Nobody promises that they stay where they are put, so the bytes are kept, and another version of the program reads them again. Each content is an input of its own, whatever its name: an export that is written anew every day under one name adds to what was
//! said before. A file is put away only when what it states is durable; one that was read before a crash is read again, to no effect.

use super::{
    forgotten,
    groups::ledger_name,
    held::Desk,
    intend::Between,
    received::{self, Received, Taken},
    scan::{Scan, names},
};
use crate::{
    failure::Failure,
    intake::{
        Limits, issues, walk,
        watched::{Dropped, Watched, Way},
    },
    settings::WatchSettings,
};
use std::{collections::BTreeMap, io, path::PathBuf, time::Duration};
use tsugite_issue::{Digest, Issue};
use tsugite_pipeline::{HeldInput, Settings, unread};
use tsugite_store::Store;

/// Files and bytes of one durable transaction.
const BATCH: usize = 200;
const BATCH_BYTES: u64 = 16 << 20;

/// All watched folders of a site.
#[derive(Debug, Default)]
pub struct Drops {
    folders: Vec<Watched>,
    /// In the error folders, by name, with what is wrong with them.
    aside: BTreeMap<String, HeldInput>,
    /// Left where they are although they cannot be used.
    refused: BTreeMap<String, HeldInput>,
    /// What was put away before this process began was compared with the ledger.
    caught_up: bool,
}

/// A file that was read and is to be put away.
struct Read {
    folder: usize,
    file: Dropped,
    digest: Digest,
    held: Option<HeldInput>,
}

impl Drops {
    /// # Errors
    /// A folder that cannot be used, with its path.
    pub fn open(
        paths: &[PathBuf],
        settings: &WatchSettings,
        store: &Store,
        instance: &str,
    ) -> Result<Self, (PathBuf, io::Error)> {
        let mut folders = Vec::new();
        for (path, name) in paths.iter().zip(names(paths)) {
            folders.push(Watched::open(path, name, settings).map_err(|error| (path.clone(), error))?);
        }
        let mut drops = Self { folders, ..Self::default() };
        if drops.folders.iter().any(Watched::leaves) {
            drops.remember(store, instance);
        }
        drops.look_aside();
        Ok(drops)
    }

    /// Whether something was seen that may still grow.
    pub fn await_more(&self) -> bool {
        self.folders.iter().any(Watched::awaits)
    }

    pub const fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    fn remember(&mut self, store: &Store, instance: &str) {
        for (key, known) in store.remembered(&watch_instance(instance)).unwrap_or_default() {
            let Some((path, _)) = key.rsplit_once('@') else { continue };
            for folder in &mut self.folders {
                let below = path.strip_prefix(folder.name.as_str()).and_then(|path| path.strip_prefix('/'));
                if let Some(below) = below {
                    folder.remember(below, known.size, &known.mtime);
                }
            }
        }
    }

    /// What lies in the error folders now. What a person took out of them is no longer held.
    fn look_aside(&mut self) {
        let names: Vec<String> = self.folders.iter().filter(|f| !f.leaves()).flat_map(Watched::put_aside).collect();
        self.aside.retain(|name, _| names.contains(name));
        for name in names {
            let origin = unread(&name);
            let held = HeldInput { rule: &issues::PUT_ASIDE, origin, issues: vec![&issues::PUT_ASIDE] };
            self.aside.entry(name).or_insert(held);
        }
    }

    /// Takes in what is whole. What it found is told in `scan`.
    ///
    /// # Errors
    /// When the ledger cannot be used, or `between` ends it; what was put away stays so, the rest is read again.
    pub fn take(
        &mut self,
        store: &mut Store,
        elapsed: Duration,
        desk: &Desk,
        settings: &Settings,
        between: &mut Between,
    ) -> Result<Scan, Failure> {
        let mut scan = Scan::default();
        if !self.caught_up {
            forgotten::read_again(&self.folders, store, desk, settings, &mut scan)?;
            received::read_anew(store, &desk.now, settings, &mut scan, between)?;
            self.caught_up = true;
        }
        let mut run = None;
        for at in 0..self.folders.len() {
            let ready =
                self.folders.get_mut(at).map(|folder| folder.ready(elapsed, &mut scan.issues)).unwrap_or_default();
            let mut ready = ready.into_iter().peekable();
            while ready.peek().is_some() {
                let batch = self.read_batch(at, &mut ready, settings, &mut scan);
                let run = match run {
                    Some(run) => run,
                    None => *run.insert(store.begin_run(&desk.now, &desk.now)?),
                };
                self.store_batch(store, (run, desk), batch, settings, &mut scan)?;
                between(store)?;
            }
        }
        if let Some(run) = run {
            store.finish_run(run, "taken in", &desk.now)?;
        }
        self.look_aside();
        scan.held.extend(self.aside.values().chain(self.refused.values()).cloned());
        Ok(scan)
    }

    fn read_batch(
        &self,
        at: usize,
        ready: &mut dyn Iterator<Item = Dropped>,
        settings: &Settings,
        scan: &mut Scan,
    ) -> Vec<(Read, Option<Received>)> {
        let Some(folder) = self.folders.get(at) else { return Vec::new() };
        let (mut batch, mut bytes_read) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes_read < BATCH_BYTES {
            let Some(file) = ready.next() else { break };
            let bytes = match folder.read(&file, &Limits::default()) {
                Ok(None) => continue,
                Ok(Some(bytes)) => Ok(bytes),
                // What leads elsewhere is not ours to move.
                Err(issue) if issue.code() == issues::ELSEWHERE.code => {
                    scan.issues.push(issue.at(unread(&format!("{}/{}", folder.name, file.path))));
                    continue;
                }
                // A share or a disk that fails may work tomorrow: it stays, and is tried again.
                Err(issue) if issue.code() == issues::UNREADABLE.code => {
                    let (rule, origin) = (issue.definition, unread(&format!("{}/{}", folder.name, file.path)));
                    scan.issues.push(issue.at(origin.clone()));
                    scan.held.push(HeldInput { rule, origin, issues: vec![rule] });
                    continue;
                }
                Err(issue) => Err(issue),
            };
            bytes_read += file.stamp.size;
            let logical = format!("{}/{}", folder.name, file.path);
            let Taken { digest, received, held, issues } =
                received::take(&logical, bytes, &file.stamp.mtime(), settings);
            scan.issues.extend(issues);
            batch.push((Read { folder: at, file, digest, held }, received));
        }
        batch
    }

    /// Durable first, then put away.
    fn store_batch(
        &mut self,
        store: &mut Store,
        (run, desk): (i64, &Desk),
        batch: Vec<(Read, Option<Received>)>,
        settings: &Settings,
        scan: &mut Scan,
    ) -> Result<(), Failure> {
        let instance = watch_instance(&settings.context.instance);
        let (read, received): (Vec<Read>, Vec<Option<Received>>) = batch.into_iter().unzip();
        let received: Vec<Received> = received.into_iter().flatten().collect();
        received::record(store, run, &instance, desk, &received)?;
        for file in &received {
            scan.read += 1;
            let statements = file.readings().flat_map(|reading| &reading.statements);
            scan.affected.extend(statements.map(|statement| ledger_name(statement.patient())));
        }
        for read in read {
            self.put_away(read, scan);
        }
        Ok(())
    }

    fn put_away(&mut self, read: Read, scan: &mut Scan) {
        let Read { folder: at, file, digest, held } = read;
        let Some(folder) = self.folders.get_mut(at) else { return };
        let way = if held.is_some() { Way::Error } else { Way::Done };
        let put = folder.put_away(&file, way, &digest.to_string());
        let name = format!("{}/{}", folder.name, file.path);
        match (put, held) {
            (Ok(Some(place)), Some(held)) => {
                let below = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let parent = file.path.rsplit_once('/').map_or(String::new(), |(parent, _)| format!("{parent}/"));
                let aside = folder.aside_name(&format!("{parent}{below}"));
                self.aside.insert(aside.clone(), HeldInput { origin: unread(&aside), ..held });
            }
            (Ok(None), Some(held)) => drop(self.refused.insert(name, held)),
            (Ok(_), None) => drop(self.refused.remove(&name)),
            (Err(error), _) => {
                let issue = Issue::new(&issues::NOT_MOVED).with("reason", walk::reason(&error));
                scan.issues.push(issue.at(unread(&name)));
            }
        }
    }
}

/// Inputs of watched folders are remembered apart from those of the storage: that they are gone says nothing.
pub fn watch_instance(instance: &str) -> String {
    format!("{instance} (watched)")
}
