mod groups;
mod natural;

use super::{
    Limits, Root,
    archive::{Archive, Shelf},
    issues, read_file, read_limited, refuse_archive, walk,
};
use groups::Groups;
use natural::natural;
use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};
use tsugite_issue::Issue;
use tsugite_pipeline::{Entry, Group, NotLoaded, Sorter, Streamed, unread};
use tsugite_source::{InputOrder, Registry};

/// Everything that the user named, listed once and sorted: patients' folders by patient over all roots, the rest by argument and
/// path, as people number files. Nothing is read but folders and the directories of archives.
pub struct Listing {
    roots: Arc<Roots>,
    /// Inputs below patients' folders, by patient.
    grouped: Sorter,
    /// The others.
    mixed: Sorter,
    pub count: u64,
    /// Things that are not read, with why.
    pub issues: Vec<Issue>,
    /// Patients whose folder could not be listed to its end.
    broken: BTreeSet<String>,
    /// Something above the patients could not be listed: no list is known to be whole.
    all_broken: bool,
}

struct Roots {
    limits: Limits,
    /// What was named, and after it the zip files that lie in folders.
    list: Vec<(String, Root)>,
    shelf: Shelf,
}

/// One input in waiting.
pub struct Item {
    roots: Arc<Roots>,
    root: usize,
    /// Index in an archive.
    member: usize,
    /// Path below the root.
    below: String,
    logical: String,
}

/// An input that was named and does not exist.
#[derive(Debug)]
pub struct NotFound(pub PathBuf, pub io::Error);

impl Listing {
    /// Memory that the list may take before it goes to disk.
    const ROWS: usize = 16 << 20;

    /// `-` is standard input.
    ///
    /// # Errors
    /// An argument that does not exist, or a scratch folder that cannot be written.
    pub fn of(
        inputs: &[PathBuf],
        registry: &Registry,
        limits: Limits,
        scratch: &Path,
    ) -> Result<io::Result<Self>, NotFound> {
        Self::open(Opened::default(), inputs, registry, limits, scratch)
    }

    /// The same with paths as the user typed them, so that a terminal or editor finds the file.
    ///
    /// # Errors
    /// As [`Listing::of`].
    pub fn as_typed(
        inputs: &[PathBuf],
        registry: &Registry,
        limits: Limits,
        scratch: &Path,
    ) -> Result<io::Result<Self>, NotFound> {
        Self::open(Opened { as_typed: true, ..Opened::default() }, inputs, registry, limits, scratch)
    }

    fn open(
        mut open: Opened,
        inputs: &[PathBuf],
        registry: &Registry,
        limits: Limits,
        scratch: &Path,
    ) -> Result<io::Result<Self>, NotFound> {
        for path in inputs {
            open.open(path).map_err(|error| NotFound(path.clone(), error))?;
        }
        Ok(Self::list(open, registry, limits, scratch))
    }

    fn list(open: Opened, registry: &Registry, limits: Limits, scratch: &Path) -> io::Result<Self> {
        let mut list = open.list;
        let mut listing = Self {
            roots: Arc::new(Roots { limits, list: Vec::new(), shelf: Shelf::default() }),
            grouped: Sorter::new(scratch, Self::ROWS),
            mixed: Sorter::new(scratch, Self::ROWS),
            count: 0,
            issues: Vec::new(),
            broken: BTreeSet::new(),
            all_broken: false,
        };
        let (shelf, mut archives) = (Shelf::default(), Vec::new());
        for (at, (display, root)) in list.iter().enumerate() {
            let archives = Archives { shelf: &shelf, limits: &limits, first: list.len(), found: &mut archives };
            let mut below = Below { listing: &mut listing, registry, root: at, display, folder: None, archives };
            match root {
                Root::Folder(path) => {
                    below.folder = Some(path);
                    walk::walk(path, &mut below)?;
                }
                Root::File(_) | Root::Stdin(_) => below.input("", at, 0, "")?,
                Root::Archive(path) => below.members(at, path, "")?,
            }
        }
        list.append(&mut archives);
        listing.roots = Arc::new(Roots { limits, list, shelf });
        Ok(listing)
    }

    /// The inputs as the pipeline takes them: those in which patients are mixed, and the groups by patient.
    ///
    /// # Errors
    /// The scratch folder cannot be read.
    pub fn into_inputs(
        self,
    ) -> io::Result<(impl Iterator<Item = io::Result<Item>>, impl Iterator<Item = io::Result<Group<Item>>>)> {
        let Self { roots, grouped, mixed, broken, all_broken, .. } = self;
        let mixed_roots = Arc::clone(&roots);
        let mixed = mixed.sorted()?.map(move |row| Item::from_row(&mixed_roots, &row?.1));
        let groups = Groups::new(roots, grouped.sorted()?, broken, all_broken);
        Ok((mixed, groups))
    }

    /// All inputs one by one, in the order of arguments and paths.
    ///
    /// # Errors
    /// The scratch folder cannot be read.
    pub fn into_items(self) -> io::Result<impl Iterator<Item = io::Result<Item>>> {
        let (mixed, groups) = self.into_inputs()?;
        let grouped = groups.flat_map(|group| match group {
            Ok(group) => group.entries.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(error) => vec![Err(error)],
        });
        Ok(mixed.chain(grouped))
    }
}

/// The arguments, opened.
#[derive(Default)]
struct Opened {
    as_typed: bool,
    list: Vec<(String, Root)>,
}

impl Opened {
    fn open(&mut self, path: &Path) -> io::Result<()> {
        if path.as_os_str() == "-" {
            let stdin = Root::Stdin(Mutex::new(Some(Box::new(io::stdin()))));
            self.list.push(("-".to_owned(), stdin));
            return Ok(());
        }
        let data = path.metadata()?;
        let root = if data.is_dir() {
            Root::Folder(path.to_owned())
        } else if data.is_file() && super::is_archive(path) {
            Root::Archive(path.to_owned())
        } else {
            Root::File(path.to_owned())
        };
        let display = self.display(path, matches!(root, Root::File(_)));
        self.list.push((display, root));
        Ok(())
    }

    /// What names the root in reports: the folder's own name, which does not depend on the machine; the whole path where two
    /// roots have one name.
    fn display(&self, path: &Path, whole: bool) -> String {
        let own = path.file_name().map_or_else(|| slashed(path), |name| name.to_string_lossy().into_owned());
        let taken = self.list.iter().any(|(known, _)| *known == own);
        match whole || taken || self.as_typed {
            true => slashed(path),
            false => own,
        }
    }
}

fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    match path.trim_end_matches('/') {
        "" => path,
        trimmed => trimmed.to_owned(),
    }
}

/// What is found below one root.
struct Below<'a> {
    listing: &'a mut Listing,
    registry: &'a Registry,
    root: usize,
    display: &'a str,
    /// Where the root is, if it is a folder.
    folder: Option<&'a Path>,
    archives: Archives<'a>,
}

/// Zip files that are found in folders.
struct Archives<'a> {
    shelf: &'a Shelf,
    limits: &'a Limits,
    /// Number of the first as a root.
    first: usize,
    found: &'a mut Vec<(String, Root)>,
}

impl Below<'_> {
    fn logical(&self, path: &str) -> String {
        logical(self.display, path)
    }

    /// The patient's folder that a path lies in, from the source that has such folders.
    fn patient(&self, logical: &str) -> Option<String> {
        let of = |path: &str| {
            let source = self.registry.iter().find(|source| source.order(path) == InputOrder::ByPatient)?;
            source.group(path).map(|group| group.rsplit('/').next().unwrap_or(group).to_owned())
        };
        of(logical)
    }

    /// `path`: below this root; `below`: below the root that it is read from, which is another one for members of a zip file.
    fn input(&mut self, path: &str, root: usize, member: usize, below: &str) -> io::Result<()> {
        self.listing.count += 1;
        let logical = self.logical(path);
        let patient = self.patient(&logical);
        let row = row(root, member, below);
        let place = [&number(self.root)[..], path.as_bytes()].concat();
        match patient {
            Some(patient) => self.listing.grouped.push([patient.as_bytes(), &[0], &place].concat(), row),
            None => self.listing.mixed.push([&number(self.root)[..], &natural(path)].concat(), row),
        }
    }

    /// The members of a zip file, which is the root of this number and lies at `path` below this one.
    fn members(&mut self, root: usize, file: &Path, path: &str) -> io::Result<()> {
        let logical = self.logical(path);
        match Archive::open(file, &logical, self.archives.limits) {
            Ok((archive, members, told)) => {
                self.listing.issues.extend(told);
                self.archives.shelf.put(root, archive);
                members.into_iter().try_for_each(|member| {
                    let path = if path.is_empty() { member.path.clone() } else { format!("{path}/{}", member.path) };
                    self.input(&path, root, member.index, &member.path)
                })
            }
            Err(issue) => {
                self.listing.issues.push(issue.at(unread(&logical)));
                Ok(())
            }
        }
    }

    /// The zip file at a path.
    fn archive(&self, path: &str) -> Option<PathBuf> {
        let of_patient = || self.patient(&self.logical(path)).is_some();
        self.folder.map(|folder| folder.join(path)).filter(|file| super::is_archive_among(file, of_patient))
    }
}

impl walk::Found for Below<'_> {
    fn file(&mut self, path: String) -> io::Result<()> {
        let Some(file) = self.archive(&path) else { return self.input(&path, self.root, 0, &path) };
        let root = self.archives.first + self.archives.found.len();
        self.archives.found.push((self.logical(&path), Root::Archive(file.clone())));
        self.members(root, &file, &path)
    }

    fn passed_over(&mut self, path: &str, issue: Issue, lost: bool) {
        let logical = self.logical(path);
        if lost {
            match self.patient(&logical) {
                Some(patient) => drop(self.listing.broken.insert(patient)),
                None => self.listing.all_broken = true,
            }
        }
        self.listing.issues.push(issue.at(unread(&logical)));
    }
}

fn logical(display: &str, path: &str) -> String {
    if path.is_empty() { display.to_owned() } else { format!("{display}/{path}") }
}

fn number(n: usize) -> [u8; 8] {
    u64::try_from(n).unwrap_or(u64::MAX).to_be_bytes()
}

fn row(root: usize, member: usize, path: &str) -> Vec<u8> {
    [&number(root)[..], &number(member), path.as_bytes()].concat()
}

impl Item {
    fn from_row(roots: &Arc<Roots>, row: &[u8]) -> io::Result<Self> {
        let number = |range: std::ops::Range<usize>| {
            let bytes = <[u8; 8]>::try_from(row.get(range)?).ok()?;
            usize::try_from(u64::from_be_bytes(bytes)).ok()
        };
        let path = || std::str::from_utf8(row.get(16..)?).ok();
        let parts = number(0..8).zip(number(8..16)).zip(path());
        let ((root, member), path) = parts.ok_or(ErrorKind::InvalidData)?;
        let display = roots.list.get(root).map_or("", |(display, _)| display);
        let logical = logical(display, path);
        Ok(Self { roots: Arc::clone(roots), root, member, below: path.to_owned(), logical })
    }
}

impl Item {
    /// Its bytes one after the other, for what may be larger than memory. `None` for the member of an archive.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn stream(&self) -> io::Result<Option<Box<dyn Read + Send>>> {
        Ok(match self.roots.list.get(self.root).map(|(_, root)| root) {
            Some(Root::Folder(root)) => Some(Box::new(File::open(root.join(&self.below))?)),
            Some(Root::File(path)) => Some(Box::new(File::open(path)?)),
            Some(Root::Stdin(reader)) => reader.lock().ok().and_then(|mut reader| reader.take()),
            Some(Root::Archive(_)) | None => None,
        })
    }

    pub fn is_stdin(&self) -> bool {
        matches!(self.roots.list.get(self.root), Some((_, Root::Stdin(_))))
    }
}

impl Entry for Item {
    fn path(&self) -> &str {
        &self.logical
    }

    fn load(&self) -> Result<Vec<u8>, NotLoaded> {
        let limits = &self.roots.limits;
        let bytes = match self.roots.list.get(self.root).map(|(_, root)| root) {
            Some(Root::Folder(root)) => read_file(&root.join(&self.below), limits),
            Some(Root::File(path)) => read_file(path, limits),
            Some(Root::Archive(path)) => {
                let archive = self.roots.shelf.get(self.root, path, limits);
                archive.and_then(|archive| archive.read(self.member, &self.below, limits))
            }
            Some(Root::Stdin(reader)) => {
                let taken = reader.lock().ok().and_then(|mut reader| reader.take());
                taken.map_or(Ok(Vec::new()), |mut reader| read_limited(&mut reader, 0, limits))
            }
            None => Ok(Vec::new()),
        };
        let at = |issue: Issue| issue.at(unread(&self.logical));
        match bytes.and_then(|bytes| refuse_archive(&self.logical, bytes)) {
            Ok(bytes) => Ok(bytes),
            Err(issue) if issue.code() == issues::ARCHIVE_INSIDE.code => Err(NotLoaded::PassedOver(at(issue))),
            Err(issue) => Err(NotLoaded::Unreadable(at(issue))),
        }
    }

    /// A file by itself or in a folder; members of archives and standard input are loaded.
    fn open(&self) -> io::Result<Option<Streamed>> {
        let path = match self.roots.list.get(self.root).map(|(_, root)| root) {
            Some(Root::Folder(root)) => root.join(&self.below),
            Some(Root::File(path)) => path.clone(),
            Some(Root::Archive(_) | Root::Stdin(_)) | None => return Ok(None),
        };
        // One that cannot be opened is told when it is loaded.
        let Ok(file) = File::open(path) else { return Ok(None) };
        let size = file.metadata()?.len();
        Ok(Some((Box::new(file), size)))
    }
}
