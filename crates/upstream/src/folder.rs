//! The folders of the 資格確認端末: requests are dropped into one, results are found in another.

use crate::{Collected, Disposal, Interface, Operation, Request, Transport, TransportError, xml::Unreadable};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, Metadata},
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tsugite_issue::Issue;

/// Result files above this are not read.
const MAX_RESULT: u64 = 4 << 20;

/// So many results are taken from the folder at once; the others wait for the next time.
const BATCH: usize = 10_000;

/// Terminal-folder transport. Works from another host over a share: nothing is expected of the terminal but its two folders.
#[derive(Clone, Debug)]
pub struct TerminalFolder {
    pub interface: Interface,
    /// 要求データファイル格納ディレクトリ.
    pub requests: PathBuf,
    pub results: PathBuf,
    /// Where results that cannot be used are kept for a person; on any volume.
    pub quarantine: PathBuf,
    /// Ids of this gateway begin with it: other systems use the same folders, and their files are left alone.
    pub id_prefix: String,
    /// A result that cannot be read must stay unchanged for this long before it is given up: its writer may not have finished.
    pub grace: Duration,
    /// Each request is on the disk before it has its name. Without it, which is for measuring, a power cut can leave an empty
    /// request.
    pub sync: bool,
    /// Unreadable results as they were first seen.
    unfinished: BTreeMap<String, (Stamp, Timestamp)>,
    /// What has the name of a result and is no file: told once, never read.
    odd: BTreeSet<String>,
    swept: bool,
}

/// What changes while a file is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { bytes: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl TerminalFolder {
    /// With ten seconds of grace.
    pub fn new(
        interface: Interface,
        requests: PathBuf,
        results: PathBuf,
        quarantine: PathBuf,
        id_prefix: &str,
    ) -> Self {
        Self {
            interface,
            requests,
            results,
            quarantine,
            id_prefix: id_prefix.to_owned(),
            grace: Duration::from_secs(10),
            sync: true,
            unfinished: BTreeMap::new(),
            odd: BTreeSet::new(),
            swept: false,
        }
    }

    fn error(path: &Path) -> impl FnOnce(io::Error) -> TransportError {
        let path = path.to_owned();
        move |source| TransportError::Io { path, source }
    }

    /// The operation and the id, if the result answers this gateway.
    fn ours<'n>(&self, name: &'n str) -> Option<(Operation, &'n str)> {
        self.interface.parse_result_name(name).filter(|(_, id)| id.starts_with(&self.id_prefix))
    }

    /// Temporary files that a killed run left behind hold a patient's data and serve nobody.
    fn sweep(&mut self) {
        let Ok(entries) = fs::read_dir(&self.requests) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let stem = name.to_str().and_then(|name| name.strip_suffix(&self.interface.files.temporary_suffix));
            let request = stem.and_then(|stem| self.interface.parse_request_name(stem));
            if request.is_some_and(|(_, id)| id.starts_with(&self.id_prefix)) {
                let _ = fs::remove_file(entry.path());
            }
        }
        self.swept = true;
    }

    /// `None`: gone meanwhile, or still being written.
    fn read(&mut self, name: &str, operation: Operation, id: &str, now: Timestamp) -> Option<Collected> {
        let path = self.results.join(name);
        // A link would make us read what somebody points at, and a pipe wait for ever.
        if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            let (handle, raw) = (name.to_owned(), Vec::new());
            let told = !self.odd.insert(handle.clone());
            return (!told).then_some(Collected { handle, operation, result: Err(Unreadable::NotAFile), raw });
        }
        let (stamp, raw, result) = match read_limited(&path) {
            Ok((stamp, raw)) if stamp.bytes > MAX_RESULT => (Some(stamp), raw, Err(Unreadable::Limit)),
            Ok((stamp, raw)) => {
                let result = self.interface.read_result(&raw);
                let matching = result.and_then(|r| if r.file_id == id { Ok(r) } else { Err(Unreadable::Mismatch) });
                (Some(stamp), raw, matching)
            }
            // Files vanish between listing and reading.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            // Its writer, or a virus scanner, may hold it.
            Err(_) => (None, Vec::new(), Err(Unreadable::Locked)),
        };
        if result.is_ok() {
            self.unfinished.remove(name);
        } else if !self.is_settled(name, stamp.unwrap_or(Stamp { bytes: 0, modified: None }), now) {
            return None;
        }
        Some(Collected { handle: name.to_owned(), operation, result, raw })
    }

    /// Whether an unreadable file has not changed for the time of grace. The terminal's clock is not asked.
    fn is_settled(&mut self, name: &str, stamp: Stamp, now: Timestamp) -> bool {
        let seen = self.unfinished.entry(name.to_owned()).or_insert((stamp, now));
        if seen.0 != stamp || seen.1 > now {
            *seen = (stamp, now);
        }
        now.duration_since(seen.1).unsigned_abs() >= self.grace
    }

    /// Copies a result to a name of its own in the quarantine. It may lie on another volume, so this is no rename.
    fn keep(&self, collected: &Collected) -> Result<(), TransportError> {
        let path = self.results.join(&collected.handle);
        fs::create_dir_all(&self.quarantine).map_err(Self::error(&self.quarantine))?;
        let aside = self.quarantine.join(format!("{}.part", collected.handle));
        match fs::copy(&path, &aside) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.exists() => return Ok(()),
            copied => copied.map_err(Self::error(&aside))?,
        };
        File::options().write(true).open(&aside).and_then(|file| file.sync_all()).map_err(Self::error(&aside))?;
        let kept = (1_u32..).map(|number| match number {
            1 => self.quarantine.join(&collected.handle),
            _ => self.quarantine.join(format!("{}.{number}", collected.handle)),
        });
        // What was kept before stays, unless it is just this.
        let free = |kept: &PathBuf| {
            read_limited(kept).map_or_else(
                |error| error.kind() == io::ErrorKind::NotFound,
                |(stamp, raw)| stamp.bytes <= MAX_RESULT && raw == collected.raw,
            )
        };
        let Some(kept) = kept.into_iter().find(free) else { return Ok(()) };
        fs::rename(&aside, &kept).map_err(Self::error(&kept))
    }
}

/// Appears under its name whole or not at all, also after a power cut.
fn write_through(temporary: &Path, path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    // Never through a link that somebody laid: what lies there is removed, and only a new file is written.
    match fs::remove_file(temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = File::options()
        .write(true)
        .create_new(true)
        .open(temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| if sync { file.sync_all() } else { Ok(()) }))
        .and_then(|()| fs::rename(temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(temporary);
    }
    // The folder is not synced: a name that is lost in a power cut was never fetched, so the same bytes go again after the deadline.
    written
}

fn read_limited(path: &Path) -> io::Result<(Stamp, Vec<u8>)> {
    let file = File::open(path)?;
    let stamp = Stamp::of(&file.metadata()?);
    let mut raw = Vec::new();
    if stamp.bytes <= MAX_RESULT {
        Read::take(&file, MAX_RESULT).read_to_end(&mut raw)?;
    }
    Ok((stamp, raw))
}

impl Transport for TerminalFolder {
    fn submit(&mut self, request: &Request) -> Result<Vec<Issue>, TransportError> {
        let bytes = self.interface.write_request(request)?;
        let warnings = self.interface.weigh(&bytes)?;
        if !self.swept {
            self.sweep();
        }
        let name = self.interface.request_name(request.operation, &request.file_id);
        let path = self.requests.join(&name);
        match fs::symlink_metadata(&path).and_then(|m| if m.is_file() { fs::read(&path).map(Some) } else { Ok(None) }) {
            Ok(Some(earlier)) if earlier == bytes => return Ok(warnings),
            Ok(_) => return Err(TransportError::Taken(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Self::error(&path)(error)),
        }
        let temporary = self.requests.join(format!("{name}{}", self.interface.files.temporary_suffix));
        write_through(&temporary, &path, &bytes, self.sync).map_err(Self::error(&path))?;
        Ok(warnings)
    }

    fn collect(&mut self) -> Result<Vec<Collected>, TransportError> {
        self.collect_at(Timestamp::now())
    }

    fn collect_at(&mut self, now: Timestamp) -> Result<Vec<Collected>, TransportError> {
        let entries = fs::read_dir(&self.results).map_err(Self::error(&self.results))?;
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(Self::error(&self.results))?.file_name();
            names.extend(name.into_string().ok().filter(|name| self.ours(name).is_some()));
        }
        names.sort();
        self.unfinished.retain(|name, _| names.binary_search(name).is_ok());
        self.odd.retain(|name| names.binary_search(name).is_ok());
        let mut collected = Vec::new();
        for name in &names {
            if collected.len() >= BATCH {
                break;
            }
            if let Some((operation, id)) = self.ours(name) {
                collected.extend(self.read(name, operation, id, now));
            }
        }
        Ok(collected)
    }

    fn collect_awaited(
        &mut self,
        awaited: &[(Operation, String)],
        now: Timestamp,
    ) -> Result<Vec<Collected>, TransportError> {
        // A share that is gone must not look like results that have not come.
        fs::metadata(&self.results).map_err(Self::error(&self.results))?;
        let mut collected = Vec::new();
        for (operation, id) in awaited {
            let name = self.interface.result_name(*operation, id);
            collected.extend(self.read(&name, *operation, id, now));
        }
        Ok(collected)
    }

    fn dispose(&mut self, collected: &Collected, disposal: Disposal) -> Result<(), TransportError> {
        let path = self.results.join(&collected.handle);
        if collected.result == Err(Unreadable::NotAFile) {
            // Whoever put it there may need it.
            return Ok(());
        }
        if disposal == Disposal::Quarantine {
            self.keep(collected)?;
        } else if read_limited(&path).is_ok_and(|(_, raw)| raw != collected.raw) {
            // Another result came under the same name meanwhile: it is collected in its turn.
            return Ok(());
        }
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Self::error(&path)(error)),
            _ => Ok(()),
        }
    }

    fn take_back(&mut self, operation: Operation, file_id: &str) -> Result<bool, TransportError> {
        let name = self.interface.request_name(operation, file_id);
        let path = self.requests.join(&name);
        let aside = self.requests.join(format!("{name}{}", self.interface.files.temporary_suffix));
        // Only a rename tells for sure who had the file first.
        match fs::rename(&path, &aside) {
            Ok(()) => fs::remove_file(&aside).map(|()| true).map_err(Self::error(&aside)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Self::error(&path)(error)),
        }
    }
}

#[cfg(test)]
mod tests;
