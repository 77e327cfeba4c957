//! The shelf of masters: one compact file an edition in the home folder, read whole at the start.

use crate::failure::Failure;
use std::{
    fmt::Write as _,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};
use tsugite_issue::Issue;
use tsugite_terminology::{
    issues,
    masters::{Edition, Kind, Masters},
};

#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

/// What stands on the shelf.
#[derive(Debug, Default)]
pub struct Loaded {
    pub masters: Masters,
    /// Tells one set of editions from another; empty where there is none.
    pub version: String,
}

impl Shelf {
    pub fn new(home: &Path) -> Self {
        Self { folder: home.join("masters") }
    }

    /// The kept files by name.
    ///
    /// # Errors
    /// The folder exists and cannot be listed.
    pub fn files(&self) -> io::Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        files.retain(|path| path.extension().is_some_and(|end| end == "master"));
        files.sort();
        Ok(files)
    }

    /// All editions. A file that cannot be used is an error: without it codes would silently go as text.
    ///
    /// # Errors
    /// A file that cannot be read or is damaged.
    pub fn load(&self) -> Result<Loaded, Failure> {
        let mut version = String::new();
        let mut editions = Vec::new();
        for path in self.files()? {
            let bytes = fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let edition = Edition::from_bytes(&bytes).map_err(|_| damaged(&name))?;
            // The file ends in its checksum.
            let sum = bytes.last_chunk::<8>().copied().unwrap_or_default();
            let _ = writeln!(version, "{name} {:016x}", u64::from_le_bytes(sum));
            editions.push(edition);
        }
        Ok(Loaded { masters: Masters::new(editions), version })
    }

    /// The editions of one master.
    ///
    /// # Errors
    /// A file that cannot be read or is damaged.
    pub fn editions(&self, kind: Kind) -> Result<Vec<Edition>, Failure> {
        let prefix = format!("{}-", kind.name());
        let of_kind = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix));
        let files = self.files()?.into_iter().filter(of_kind);
        let editions = files.map(|path| {
            let bytes = fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Edition::from_bytes(&bytes).map_err(|_| damaged(&name))
        });
        editions.collect()
    }

    /// Keeps an edition; one of the same master and day is replaced.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, edition: &Edition) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(edition.file_name());
        replace(&path, &edition.to_bytes())?;
        Ok(path)
    }

    /// Removes an edition by the name of its file, with or without its ending.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn remove(&self, name: &str) -> io::Result<bool> {
        let wanted = name.strip_suffix(".master").unwrap_or(name);
        let found = self.files()?.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == wanted));
        found.map_or(Ok(false), |path| fs::remove_file(path).map(|()| true))
    }
}

/// Writes beside and renames, so that nobody ever reads half a file.
///
/// # Errors
/// It cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or_else(|| Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

fn damaged(name: &str) -> Failure {
    Failure::Told(Box::new(Issue::new(&issues::MASTER_DAMAGED).with("file", name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_terminology::masters::{Given, read};

    fn edition(day: &str) -> Edition {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/masters/b_20260401.txt");
        let bytes = fs::read(file).unwrap();
        read(Given { name: &format!("b_{day}.txt"), bytes: &bytes, date: None }).unwrap().remove(0).edition
    }

    #[test]
    fn editions_stand_side_by_side_and_tell_one_set_from_another() {
        let home = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(home.path());
        let empty = shelf.load().unwrap();
        assert!(empty.masters.is_empty() && empty.version.is_empty());
        for day in ["20240601", "20260401"] {
            shelf.keep(&edition(day)).unwrap();
        }
        let both = shelf.load().unwrap();
        assert_eq!(both.masters.editions(Kind::Disease).len(), 2);
        assert_eq!(shelf.editions(Kind::Disease).unwrap().len(), 2);
        assert!(shelf.editions(Kind::Drug).unwrap().is_empty());
        // Kept again it is the same set.
        shelf.keep(&edition("20240601")).unwrap();
        assert_eq!(shelf.load().unwrap().version, both.version);
        assert!(
            shelf.remove("receipt-disease-20240601").unwrap() && !shelf.remove("receipt-disease-20240601").unwrap()
        );
        assert_ne!(shelf.load().unwrap().version, both.version);
    }

    #[test]
    fn a_damaged_edition_stops_the_run_instead_of_sending_texts() {
        let home = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(home.path());
        let path = shelf.keep(&edition("20260401")).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, &bytes).unwrap();
        match shelf.load() {
            Err(Failure::Told(issue)) => assert_eq!(issue.code(), "TERM-067"),
            other => panic!("{other:?}"),
        }
    }
}
