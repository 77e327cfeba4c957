//! A folder into which another program drops files: which of them are whole, their bytes, and where they go afterwards.
//!
//! Polled, as shares tell of no changes. Nothing but plain files that lie in the folder itself is ever opened or moved.

use super::{Limits, issues, read_limited, walk};
use crate::settings::{After, Ready, WatchSettings};
use std::{
    collections::HashMap,
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tsugite_issue::Issue;
use tsugite_pipeline::unread;

/// One watched folder.
#[derive(Debug)]
pub struct Watched {
    root: PathBuf,
    /// Names it in paths.
    pub name: String,
    settings: WatchSettings,
    /// Files as they were first seen like this.
    seen: HashMap<String, (Stamp, Duration)>,
    /// What was read and left where it is.
    left: HashMap<String, Stamp>,
}

/// What changes while a file is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub size: u64,
    modified: Option<SystemTime>,
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl Stamp {
    /// Of a file as it is now; `None` where it is gone.
    pub fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|metadata| Self::from(&metadata))
    }

    /// As it is remembered.
    pub fn mtime(&self) -> String {
        let since = self.modified.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        since.map_or_else(String::new, |since| since.as_nanos().to_string())
    }
}

/// A file that is whole.
#[derive(Clone, Debug)]
pub struct Dropped {
    /// Below the folder, folders separated by `/`.
    pub path: String,
    pub stamp: Stamp,
}

/// Where a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Done,
    Error,
}

impl Watched {
    /// `left`: paths below the folder that were read and left, with size and time.
    ///
    /// # Errors
    /// The folder, or that for what was read, is none or leads elsewhere.
    pub fn open(root: &Path, name: String, settings: &WatchSettings) -> io::Result<Self> {
        let watched = Self {
            root: root.canonicalize()?,
            name,
            settings: settings.clone(),
            seen: HashMap::new(),
            left: HashMap::new(),
        };
        if settings.after == After::Move {
            for way in [Way::Done, Way::Error] {
                watched.folder(way)?;
            }
        }
        Ok(watched)
    }

    /// Remembers what an earlier process read and left.
    pub fn remember(&mut self, path: &str, size: u64, mtime: &str) {
        let nanoseconds = mtime.parse().map(Duration::from_nanos).ok();
        let modified = nanoseconds.and_then(|since| std::time::UNIX_EPOCH.checked_add(since));
        self.left.insert(path.to_owned(), Stamp { size, modified });
    }

    /// Files that are whole, in the order of their names.
    pub fn ready(&mut self, now: Duration, told: &mut Vec<Issue>) -> Vec<Dropped> {
        let mut look = Look { watched: self, found: Vec::new(), told, lost: false };
        // The walk ends early only where a finder says so, and this one never does.
        let _ = walk::walk(&look.watched.root.clone(), &mut look);
        let Look { found, lost, .. } = look;
        if !lost {
            self.forget(&found);
        }
        let names: std::collections::HashSet<&str> = found.iter().map(|file| file.path.as_str()).collect();
        let mut ready = Vec::new();
        for file in &found {
            if self.is_ready(file, now, |name| names.contains(name)) {
                ready.push(file.clone());
            }
        }
        ready
    }

    /// What is gone needs no memory.
    fn forget(&mut self, found: &[Dropped]) {
        let names: std::collections::HashSet<&str> = found.iter().map(|file| file.path.as_str()).collect();
        self.seen.retain(|path, _| names.contains(path.as_str()));
        self.left.retain(|path, _| names.contains(path.as_str()));
    }

    fn is_ready(&mut self, file: &Dropped, now: Duration, is_there: impl Fn(&str) -> bool) -> bool {
        let WatchSettings { ready, marker, unfinished, stable_seconds, .. } = &self.settings;
        let is_marker = *ready == Ready::Marker && file.path.ends_with(marker.as_str());
        if is_marker || unfinished.iter().any(|end| file.path.ends_with(end.as_str())) {
            return false;
        }
        if self.left.get(&file.path) == Some(&file.stamp) {
            return false;
        }
        match ready {
            Ready::Rename => true,
            Ready::Marker => is_there(&format!("{}{marker}", file.path)),
            Ready::Stable => {
                let (stamp, since) = self.seen.entry(file.path.clone()).or_insert((file.stamp, now));
                if *stamp != file.stamp {
                    (*stamp, *since) = (file.stamp, now);
                }
                now.saturating_sub(*since) >= Duration::from_secs(*stable_seconds)
            }
        }
    }

    /// The bytes of a file that is still what it was. `None`: it changed meanwhile, and is looked at again later.
    ///
    /// # Errors
    /// Unreadable, too large, or not a plain file of this folder.
    pub fn read(&self, file: &Dropped, limits: &Limits) -> Result<Option<Vec<u8>>, Issue> {
        let path = self.root.join(&file.path);
        let opened = File::open(&path).and_then(|opened| Ok((opened.metadata()?, opened)));
        let (metadata, mut opened) = match opened {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Issue::new(&issues::UNREADABLE).with("reason", walk::reason(&error))),
        };
        if !self.is_own(&path, &metadata) {
            return Err(Issue::new(&issues::ELSEWHERE));
        }
        if Stamp::from(&metadata) != file.stamp {
            return Ok(None);
        }
        let bytes = read_limited(&mut opened, file.stamp.size, limits)?;
        let after = opened.metadata().map(|metadata| Stamp::from(&metadata)).ok();
        let whole = after == Some(file.stamp) && u64::try_from(bytes.len()) == Ok(file.stamp.size);
        Ok(whole.then_some(bytes))
    }

    /// What was opened is the plain file of this name in this folder, and no link on the way led elsewhere.
    fn is_own(&self, path: &Path, opened: &Metadata) -> bool {
        let named = path.canonicalize().is_ok_and(|real| real == path);
        let same = fs::symlink_metadata(path).is_ok_and(|there| there.is_file() && is_same(&there, opened));
        named && same
    }

    /// Puts a file away whose meaning is durable. `digest` names it where its name is taken.
    ///
    /// # Errors
    /// When it cannot be moved; it stays, and is read again.
    pub fn put_away(&mut self, file: &Dropped, way: Way, digest: &str) -> io::Result<Option<PathBuf>> {
        if self.settings.after == After::Leave {
            self.left.insert(file.path.clone(), file.stamp);
            return Ok(None);
        }
        let from = self.root.join(&file.path);
        let to = self.free_name(way, &file.path, digest)?;
        fs::rename(&from, &to)?;
        // Somebody wrote on through an open handle: what came later is read too.
        let unchanged = fs::symlink_metadata(&to).is_ok_and(|there| there.len() == file.stamp.size);
        if !unchanged && !from.exists() {
            fs::rename(&to, &from)?;
            return Ok(None);
        }
        self.seen.remove(&file.path);
        if self.settings.ready == Ready::Marker {
            let marker = |path: &Path| {
                let mut name = path.as_os_str().to_owned();
                name.push(&self.settings.marker);
                PathBuf::from(name)
            };
            fs::rename(marker(&from), marker(&to))?;
        }
        Ok(Some(to))
    }

    /// The name in the other folder; with the digest where another file has it. What lies there is never replaced by something else.
    fn free_name(&self, way: Way, path: &str, digest: &str) -> io::Result<PathBuf> {
        let folder = self.folder(way)?;
        let target = folder.join(path);
        let parent = target.parent().unwrap_or(&folder);
        fs::create_dir_all(parent)?;
        if !parent.canonicalize()?.starts_with(&folder) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "leads out of the watched folder"));
        }
        if fs::symlink_metadata(&target).is_err() {
            return Ok(target);
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(target.with_file_name(format!("{name}.{digest}")))
    }

    /// A folder of our own below the watched one.
    fn folder(&self, way: Way) -> io::Result<PathBuf> {
        let path = self.root.join(self.own(way));
        fs::create_dir_all(&path)?;
        let real = path.canonicalize()?;
        let plain = fs::symlink_metadata(&path)?.is_dir() && real.starts_with(&self.root) && real != self.root;
        if plain {
            Ok(real)
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "leads out of the watched folder"))
        }
    }

    fn own(&self, way: Way) -> &Path {
        match way {
            Way::Done => &self.settings.done,
            Way::Error => &self.settings.error,
        }
    }

    /// Files in the error folder, as the desk's list names them.
    pub fn put_aside(&self) -> Vec<String> {
        self.list(Way::Error).into_iter().map(|path| self.aside_name(&path)).collect()
    }

    /// What lies in the folder for what was read: the path that it had, and the file where it is now.
    pub fn kept(&self) -> Vec<(String, Dropped)> {
        let own = self.settings.done.to_string_lossy().replace('\\', "/");
        let now = |path: String| {
            let file = format!("{own}/{path}");
            let metadata = fs::symlink_metadata(self.root.join(&file)).ok()?;
            Some((path, Dropped { path: file, stamp: Stamp::from(&metadata) }))
        };
        self.list(Way::Done).into_iter().filter_map(now).collect()
    }

    fn list(&self, way: Way) -> Vec<String> {
        let Ok(folder) = self.folder(way) else { return Vec::new() };
        let mut found = Listed(Vec::new());
        let _ = walk::walk(&folder, &mut found);
        found.0
    }

    /// How the desk's list names a file in the error folder.
    pub fn aside_name(&self, path: &str) -> String {
        format!("{}/{}/{path}", self.name, self.settings.error.display())
    }

    /// Whether a file was seen that may still grow.
    pub fn awaits(&self) -> bool {
        self.seen.iter().any(|(path, (stamp, _))| self.left.get(path) != Some(stamp))
    }

    /// Whether files stay where they are.
    pub fn leaves(&self) -> bool {
        self.settings.after == After::Leave
    }
}

struct Listed(Vec<String>);

impl walk::Found for Listed {
    fn file(&mut self, path: String) -> io::Result<()> {
        self.0.push(path);
        Ok(())
    }

    fn passed_over(&mut self, _: &str, _: Issue, _: bool) {}
}

/// Two looks at one file. Where the system numbers files, the number tells.
#[cfg(unix)]
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.len(), a.modified().ok(), a.created().ok()) == (b.len(), b.modified().ok(), b.created().ok())
}

struct Look<'a> {
    watched: &'a Watched,
    found: Vec<Dropped>,
    told: &'a mut Vec<Issue>,
    lost: bool,
}

impl walk::Found for Look<'_> {
    fn file(&mut self, path: String) -> io::Result<()> {
        if let Ok(metadata) = fs::symlink_metadata(self.watched.root.join(&path)) {
            self.found.push(Dropped { path, stamp: Stamp::from(&metadata) });
        }
        Ok(())
    }

    fn enters(&self, path: &str) -> bool {
        let own = [Way::Done, Way::Error].map(|way| self.watched.own(way).to_string_lossy().replace('\\', "/"));
        self.watched.leaves() || !own.iter().any(|own| own == path)
    }

    fn passed_over(&mut self, path: &str, issue: Issue, lost: bool) {
        self.lost |= lost;
        self.told.push(issue.at(unread(&format!("{}/{path}", self.watched.name))));
    }
}

#[cfg(test)]
mod tests;
