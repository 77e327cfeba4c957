//! The work of the centre, in steps each of which may be its last.

use crate::{
    CentreError, Check, Event, Registration,
    codes::{self, Code},
    disk, judge,
    log::{Log, digest},
    qualification::Unknown,
    registry::Registry,
};
use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};
use tsugite_upstream::{Finding, Interface, Operation, Request, ResultMessage, Size, Unreadable};
use tsugite_validate::{Day, Memory};

/// More findings than this help nobody.
const MAX_CHECKS: usize = 100;

/// What public documents leave open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// A registration replaces what is held under its key instead of being refused.
    pub newest_wins: bool,
    /// Today in Japan; without it nothing lies in the future.
    pub today: Option<Day>,
}

/// A centre at work in its folder. One at a time.
#[derive(Debug)]
pub struct Centre {
    interface: Interface,
    options: Options,
    requests: PathBuf,
    results: PathBuf,
    inbox: PathBuf,
    unknown: PathBuf,
    registry: Registry,
    log: Log,
    memory: Memory,
    /// Held as long as the centre is open.
    _lock: File,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Claimed,
    Logged,
    Applied,
    Answered,
    Removed,
}

impl Centre {
    /// Opens the centre's folder and makes what is missing in it.
    ///
    /// # Errors
    /// When it cannot be used, or another centre works there.
    pub fn open(dir: &Path, interface: Interface, options: Options) -> Result<Self, CentreError> {
        let folder = |name: &str| {
            let path = dir.join(name);
            fs::create_dir_all(&path).map_err(disk::error(&path))?;
            Ok::<_, CentreError>(path)
        };
        let (requests, results, inbox) = (folder("req")?, folder("res")?, folder("inbox")?);
        let registry = Registry::new(folder("registrations")?);
        let lock_path = dir.join("centre.lock");
        let lock = File::create(&lock_path).map_err(disk::error(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(CentreError::Busy(dir.to_owned())),
            Err(TryLockError::Error(failure)) => return Err(disk::error(&lock_path)(failure)),
        }
        let log = Log::open(&dir.join("centre.log"))?;
        let (unknown, memory) = (dir.join("unknown-insured.txt"), Memory::default());
        Ok(Self { interface, options, requests, results, inbox, unknown, registry, log, memory, _lock: lock })
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
        self.log.events()
    }

    /// What is held, by Bundle-ID.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn registrations(&self) -> Result<Vec<Registration>, CentreError> {
        self.registry.all()
    }

    /// Handles every request that lies there now, oldest first, and gives one event for each. A request that was answered before
    /// (same name, same bytes) is answered alike, without effect and without a new event.
    ///
    /// # Errors
    /// When the folder cannot be used; the next call goes on where this one stopped.
    pub fn process(&mut self) -> Result<Vec<Event>, CentreError> {
        let before = self.log.events().len();
        self.process_until(|_| false)?;
        Ok(self.log.events().get(before..).unwrap_or_default().to_vec())
    }

    /// Stops dead where `stop` says so, as if killed there.
    pub(crate) fn process_until(&mut self, mut stop: impl FnMut(Step) -> bool) -> Result<(), CentreError> {
        // What was claimed and not finished goes first.
        for name in self.waiting(&self.inbox)? {
            if self.handle(&name, &mut stop)? {
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
            if stop(Step::Claimed) || self.handle(&name, &mut stop)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Request files by time, then by correlation id, then by name.
    fn waiting(&self, folder: &Path) -> Result<Vec<String>, CentreError> {
        let mut waiting = Vec::new();
        for entry in fs::read_dir(folder).map_err(disk::error(folder))? {
            let entry = entry.map_err(disk::error(folder))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Some((_, id)) = self.interface.parse_request_name(&name) else { continue };
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file);
            let Some(metadata) = metadata else { continue };
            waiting.push((metadata.modified().ok(), id.to_owned(), name));
        }
        waiting.sort();
        Ok(waiting.into_iter().map(|(.., name)| name).collect())
    }

    /// Takes one claimed request through its steps. `true`: stopped on the way.
    fn handle(&mut self, name: &str, stop: &mut impl FnMut(Step) -> bool) -> Result<bool, CentreError> {
        let path = self.inbox.join(name);
        let Some((operation, id)) = self.interface.parse_request_name(name) else { return Ok(false) };
        let limit = self.interface.limit_bytes().saturating_add(1);
        let Some(bytes) = disk::read(&path, limit)? else { return Ok(false) };
        let digest = digest(&bytes);
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let request = if self.interface.judge_size(size) == Size::TooLarge {
            Err(Unreadable::Limit)
        } else {
            self.interface.read_request(operation, &bytes)
        };
        let request = request.and_then(|r| if r.file_id == id { Ok(r) } else { Err(Unreadable::Mismatch) });

        // Only the last line of the log can lack its effect.
        let (event, unfinished) = match self.log.find(name, &digest) {
            Some((event, last)) => (event.clone(), last),
            None => {
                let (code, checks) = self.judge(&request)?;
                let (institution, bundle_id) =
                    request.as_ref().map(|r| (r.institution.clone(), r.bundle_id.clone())).unwrap_or_default();
                let event = Event {
                    number: self.log.next_number(),
                    file: name.to_owned(),
                    operation: operation.name().to_owned(),
                    correlation: id.to_owned(),
                    institution,
                    bundle_id,
                    code: code.code.to_owned(),
                    checks,
                    bytes: size,
                    digest,
                };
                self.log.append(event.clone())?;
                (event, true)
            }
        };
        if stop(Step::Logged) {
            return Ok(true);
        }
        if let (Ok(request), true, true) = (request, unfinished, event.is_accepted()) {
            self.apply(request)?;
        }
        if stop(Step::Applied) {
            return Ok(true);
        }
        let result = self.interface.write_result(&answer(&event));
        disk::write(&self.results.join(self.interface.result_name(operation, id)), &result)?;
        if stop(Step::Answered) {
            return Ok(true);
        }
        disk::remove(&path)?;
        Ok(stop(Step::Removed))
    }

    fn judge(&mut self, request: &Result<Request, Unreadable>) -> Result<(&'static Code, Vec<Check>), CentreError> {
        let request = match request {
            Ok(request) => request,
            Err(Unreadable::Limit) => return Ok((&codes::TOO_LARGE, Vec::new())),
            Err(_) => return Ok((&codes::UNREADABLE, Vec::new())),
        };
        let unknown = Unknown::read(&self.unknown)?;
        let options = tsugite_validate::Options {
            clock: self.options.today,
            require_clins: true,
            max_issues: MAX_CHECKS,
            ..tsugite_validate::Options::default()
        };
        if let Some(verdict) = judge::content(request, &self.interface, &unknown, &options, &mut self.memory) {
            return Ok((verdict.code, verdict.checks));
        }
        let held = self.registry.find(&request.insured_id, &request.bundle_id)?;
        let (held, payload) = (held.as_ref().map(|held| held.payload.as_str()), request.payload.as_deref());
        Ok((judge::registration(request.operation, held, payload, self.options.newest_wins), Vec::new()))
    }

    /// The effect of an accepted request. Done twice it is done once.
    fn apply(&self, request: Request) -> Result<(), CentreError> {
        let Request { operation, file_id, insured_id, bundle_id, payload, .. } = request;
        let mut new = payload.and_then(|payload| Registration::of(payload, &file_id));
        if let (Some(new), Operation::Change) = (&mut new, operation) {
            let held = match self.registry.find(&insured_id, &bundle_id)? {
                None => self.registry.find(&new.insured_id, &bundle_id)?,
                held => held,
            };
            new.registered_by = held.map(|held| held.registered_by).unwrap_or_default();
            new.changed_by = Some(file_id);
        }
        self.registry.replace(&insured_id, &bundle_id, new)
    }
}

fn answer(event: &Event) -> ResultMessage {
    let text = codes::find(&event.code).map_or("", |code| code.text).to_owned();
    let findings = event.checks.iter().map(|c| Finding { code: c.code.clone(), message: c.message.clone() }).collect();
    let mut message = ResultMessage {
        institution: event.institution.clone(),
        file_id: event.correlation.clone(),
        status: if event.is_accepted() { "1" } else { "2" }.into(),
        findings,
        ..ResultMessage::default()
    };
    if codes::find(&event.code).is_some_and(|code| code.transmission) {
        (message.error_code, message.error_message) = (event.code.clone(), text);
    } else {
        (message.code, message.message) = (event.code.clone(), text);
    }
    message
}

#[cfg(test)]
mod tests;
