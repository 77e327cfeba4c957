//! The centre at work in a folder, in steps each of which may be its last.

use crate::{
    AttachedFile, CentreError, Event, Faults, Options, Registration, Setup,
    attachments::Attachments,
    desk::{Desk, Moment},
    disk,
    log::Log,
    pending::Pending,
    qualification::Unknown,
    registry::Registry,
};
use jiff::Timestamp;
use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};
use tsugite_upstream::Interface;

/// A centre at work in its folder. One at a time.
#[derive(Debug)]
pub struct Centre {
    desk: Desk,
    requests: PathBuf,
    results: PathBuf,
    inbox: PathBuf,
    unknown: PathBuf,
    /// Held as long as the centre is open.
    _lock: File,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Claimed,
    Logged,
    Applied,
    /// An answer that comes later is on the disk.
    Held,
    Answered,
    Removed,
    /// An answer that came later is given, and not forgotten yet.
    Released,
}

impl Centre {
    /// Opens the centre's folder and makes what is missing in it. Nothing goes wrong in it.
    ///
    /// # Errors
    /// When it cannot be used, or another centre works there.
    pub fn open(dir: &Path, interface: Interface, options: Options) -> Result<Self, CentreError> {
        Self::open_with(dir, interface, Setup::from(options))
    }

    /// The same with faults.
    ///
    /// # Errors
    /// When the folder cannot be used, or another centre works there.
    pub fn open_with(dir: &Path, interface: Interface, setup: Setup) -> Result<Self, CentreError> {
        let folder = |name: &str| {
            let path = dir.join(name);
            fs::create_dir_all(&path).map_err(disk::error(&path))?;
            Ok::<_, CentreError>(path)
        };
        let (requests, results, inbox) = (folder("req")?, folder("res")?, folder("inbox")?);
        let (registry, pending) = (Registry::new(folder("registrations")?), folder("pending")?);
        let attachments = Attachments::Folder(folder("attachments")?);
        let lock_path = dir.join("centre.lock");
        let lock = File::create(&lock_path).map_err(disk::error(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(CentreError::Busy(dir.to_owned())),
            Err(TryLockError::Error(failure)) => return Err(disk::error(&lock_path)(failure)),
        }
        let log = Log::open(&dir.join("centre.log"))?;
        let desk = Desk::new(interface, setup, (registry, attachments), log, Pending::open(pending)?);
        Ok(Self { desk, requests, results, inbox, unknown: dir.join("unknown-insured.txt"), _lock: lock })
    }

    /// Where requests are dropped.
    pub fn requests(&self) -> &Path {
        &self.requests
    }

    /// Where results are found.
    pub fn results(&self) -> &Path {
        &self.results
    }

    /// Everything that was ever asked, with the answers, in order.
    pub fn events(&self) -> &[Event] {
        self.desk.log.events()
    }

    /// What was asked about one Bundle-ID, in order.
    pub fn history(&self, bundle_id: &str) -> Vec<&Event> {
        self.events().iter().filter(|event| event.bundle_id == bundle_id).collect()
    }

    /// What is held, by Bundle-ID.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn registrations(&self) -> Result<Vec<Registration>, CentreError> {
        self.desk.registry.all()
    }

    /// The files that came apart and are held under a Bundle-ID.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn attachments(&self, bundle_id: &str) -> Result<Vec<AttachedFile>, CentreError> {
        self.desk.attachments.of(bundle_id)
    }

    /// How many answers are on their way.
    pub fn pending(&self) -> usize {
        self.desk.pending.len()
    }

    /// Other rules from now on. Answers on their way stay as they are.
    pub fn set_faults(&mut self, faults: Faults, seed: u64) {
        self.desk.set_faults(faults, seed);
    }

    /// [`Centre::process_at`] by this machine's clock.
    ///
    /// # Errors
    /// When the folder cannot be used; the next call goes on where this one stopped.
    pub fn process(&mut self) -> Result<Vec<Event>, CentreError> {
        let today = self.desk.setup.options.today;
        self.process_in(Moment { now: Timestamp::now(), today })
    }

    /// Gives the answers that are due, and handles every request that lies there now, oldest first; one event for each. A request
    /// that was answered before (same name, same bytes) is answered alike, without effect and without a new event.
    ///
    /// # Errors
    /// When the folder cannot be used; the next call goes on where this one stopped.
    pub fn process_at(&mut self, now: Timestamp) -> Result<Vec<Event>, CentreError> {
        self.process_in(Moment::of(now, self.desk.setup.options))
    }

    /// Gives every answer that is on its way, whenever it was to come.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn flush(&mut self) -> Result<(), CentreError> {
        self.release(Timestamp::MAX, &mut |_| false).map(drop)
    }

    fn process_in(&mut self, moment: Moment) -> Result<Vec<Event>, CentreError> {
        let before = self.events().len();
        self.process_until(moment, |_| false)?;
        Ok(self.events().get(before..).unwrap_or_default().to_vec())
    }

    /// Stops dead where `stop` says so, as if killed there.
    pub(crate) fn process_until(
        &mut self,
        moment: Moment,
        mut stop: impl FnMut(Step) -> bool,
    ) -> Result<(), CentreError> {
        if !self.desk.is_reachable(moment.now) || self.release(moment.now, &mut stop)? {
            return Ok(());
        }
        // What was claimed and not finished goes first.
        for name in self.waiting(&self.inbox)? {
            if self.handle(&name, moment, true, &mut stop)? {
                return Ok(());
            }
        }
        for name in self.waiting(&self.requests)? {
            // The rename tells who has it: this centre, or a gateway that takes it back.
            let path = self.requests.join(&name);
            match fs::rename(&path, self.inbox.join(&name)) {
                Err(failure) if failure.kind() == io::ErrorKind::NotFound => continue,
                renamed => renamed.map_err(disk::error(&path))?,
            }
            if stop(Step::Claimed) || self.handle(&name, moment, false, &mut stop)? {
                return Ok(());
            }
        }
        // Some may have waited for just these requests.
        self.release(moment.now, &mut stop).map(drop)
    }

    /// Request files by time, then by correlation id, then by name.
    fn waiting(&self, folder: &Path) -> Result<Vec<String>, CentreError> {
        let mut waiting = Vec::new();
        for entry in fs::read_dir(folder).map_err(disk::error(folder))? {
            let entry = entry.map_err(disk::error(folder))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Some((_, id)) = self.desk.interface.parse_request_name(&name) else { continue };
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file);
            let Some(metadata) = metadata else { continue };
            waiting.push((metadata.modified().ok(), id.to_owned(), name));
        }
        waiting.sort();
        Ok(waiting.into_iter().map(|(.., name)| name).collect())
    }

    /// Takes one claimed request through its steps. `true`: stopped on the way.
    fn handle(
        &mut self,
        name: &str,
        moment: Moment,
        recovered: bool,
        stop: &mut impl FnMut(Step) -> bool,
    ) -> Result<bool, CentreError> {
        let path = self.inbox.join(name);
        let limit = self.desk.interface.limit_bytes().saturating_add(1);
        let Some(bytes) = disk::read(&path, limit)? else { return Ok(false) };
        let unknown = Unknown::read(&self.unknown)?;
        let Some(mut case) = self.desk.take(name, &bytes, &unknown, moment, recovered)? else { return Ok(false) };
        if stop(Step::Logged) {
            return Ok(true);
        }
        self.desk.apply(&mut case)?;
        if stop(Step::Applied) {
            return Ok(true);
        }
        for (at, (result, outgoing)) in self.desk.answers(&case).into_iter().enumerate() {
            if outgoing.due <= moment.now && outgoing.turn == 0 {
                disk::write(&self.results.join(result), &outgoing.bytes)?;
            } else {
                self.desk.pending.put(case.event.number, at, result, outgoing)?;
                if stop(Step::Held) {
                    return Ok(true);
                }
            }
        }
        if stop(Step::Answered) {
            return Ok(true);
        }
        disk::remove(&path)?;
        Ok(stop(Step::Removed))
    }

    /// Gives the answers that have waited long enough. `true`: stopped on the way.
    fn release(&mut self, now: Timestamp, stop: &mut impl FnMut(Step) -> bool) -> Result<bool, CentreError> {
        let number = self.events().last().map_or(0, |event| event.number);
        while let Some((key, held)) = self.desk.pending.next(now, number) {
            disk::write(&self.results.join(&held.name), &held.bytes)?;
            if stop(Step::Released) {
                return Ok(true);
            }
            self.desk.pending.done(key)?;
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests;
