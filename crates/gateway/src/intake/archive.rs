//! Zip files as inputs: read member by member, never unpacked to disk.

use super::{
    issues,
    limits::{Limits, size_text},
    refuse_archive,
};
use std::{
    collections::VecDeque,
    fs::File,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tsugite_charset::{Encoding, GaijiTable, decode};
use tsugite_issue::Issue;
use zip::{ZipArchive, result::ZipError};

/// An open zip file.
pub struct Archive {
    zip: Mutex<Zip>,
}

type Zip = ZipArchive<Box<dyn Packed>>;

/// Where the bytes of a zip file are.
trait Packed: Read + Seek + Send {}

impl<T: Read + Seek + Send> Packed for T {}

/// A member that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub index: usize,
    /// Logical path inside the archive.
    pub path: String,
    /// Unpacked, as the directory says.
    pub size: u64,
    pub crc: u32,
}

/// What stands at the head of a zip member, and so of a zip file.
pub const SIGNATURE: &[u8] = b"PK\x03\x04";

impl Archive {
    /// Opens a zip file and lists its members. Members that may not be read are told, as inputs below `logical`.
    ///
    /// # Errors
    /// The archive as a whole is refused: damaged, or with more in it than the limits allow.
    pub fn open(path: &Path, logical: &str, limits: &Limits) -> Result<(Self, Vec<Member>, Vec<Issue>), Issue> {
        let file = File::open(path).map_err(|error| damaged(&error))?;
        Self::of(Box::new(BufReader::new(file)), logical, limits)
    }

    /// The same of bytes that were read.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn of_bytes(bytes: Vec<u8>, logical: &str, limits: &Limits) -> Result<(Self, Vec<Member>, Vec<Issue>), Issue> {
        Self::of(Box::new(Cursor::new(bytes)), logical, limits)
    }

    fn of(
        mut packed: Box<dyn Packed>,
        logical: &str,
        limits: &Limits,
    ) -> Result<(Self, Vec<Member>, Vec<Issue>), Issue> {
        let directory = directory_size(&mut *packed).map_err(|error| damaged(&error))?;
        if directory.is_some_and(|size| size > limits.directory) {
            return Err(Issue::new(&issues::ARCHIVE_TOO_LARGE).with("what", "directory"));
        }
        let zip = ZipArchive::new(packed).map_err(|error| damaged(&error))?;
        if zip.has_duplicate_names() {
            return Err(Issue::new(&issues::ARCHIVE_REPEATS));
        }
        if zip.len() > limits.members {
            return Err(Issue::new(&issues::ARCHIVE_TOO_LARGE).with("what", format!("{} members", zip.len())));
        }
        let (members, told) = list(&zip, logical, limits)?;
        Ok((Self { zip: Mutex::new(zip) }, members, told))
    }

    /// The bytes of the member with this index and path, at most as many as the limits allow.
    ///
    /// # Errors
    /// Too large, packed beyond reason, damaged, a zip file itself, or another one than was listed.
    pub fn read(&self, index: usize, path: &str, limits: &Limits) -> Result<Vec<u8>, Issue> {
        let mut zip = self.zip.lock().unwrap_or_else(PoisonError::into_inner);
        let mut member = zip.by_index(index).map_err(|error| told(&error))?;
        if safe(&name(member.name_raw())).as_deref() != Some(path) {
            return Err(damaged(&"changed while it was read"));
        }
        let most = limits.input.min(limits.member(member.compressed_size()));
        let mut bytes = Vec::new();
        let read = member.by_ref().take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(&error))?;
        if bytes.len() as u64 <= most {
            return refuse_archive(path, bytes);
        }
        Err(match most == limits.input {
            true => Issue::new(&issues::TOO_LARGE).with("limit", size_text(limits.input)),
            false => Issue::new(&issues::ARCHIVE_BOMB),
        })
    }
}

/// Zip files that were opened last: as many as there may be, few are open at a time.
#[derive(Default)]
pub struct Shelf(Mutex<VecDeque<(usize, Arc<Archive>)>>);

impl Shelf {
    const MOST: usize = 16;

    /// The archive of this number, opened again where it was put away.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn get(&self, number: usize, path: &Path, limits: &Limits) -> Result<Arc<Archive>, Issue> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, archive)) = open.iter().find(|(known, _)| *known == number) {
            return Ok(Arc::clone(archive));
        }
        let archive = Arc::new(Archive::open(path, "", limits)?.0);
        Self::put_on(&mut open, number, Arc::clone(&archive));
        drop(open);
        Ok(archive)
    }

    pub fn put(&self, number: usize, archive: Archive) {
        Self::put_on(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), number, Arc::new(archive));
    }

    fn put_on(open: &mut VecDeque<(usize, Arc<Archive>)>, number: usize, archive: Arc<Archive>) {
        if open.len() >= Self::MOST {
            open.pop_front();
        }
        open.push_back((number, archive));
    }
}

fn damaged(reason: &dyn ToString) -> Issue {
    Issue::new(&issues::ARCHIVE_DAMAGED).with("reason", reason.to_string())
}

fn told(error: &ZipError) -> Issue {
    match error {
        ZipError::UnsupportedArchive(_) => Issue::new(&issues::MEMBER_ENCRYPTED),
        _ => damaged(error),
    }
}

fn list(zip: &Zip, logical: &str, limits: &Limits) -> Result<(Vec<Member>, Vec<Issue>), Issue> {
    let mut members = Vec::new();
    let mut told = Vec::new();
    let mut unpacked = 0_u64;
    for index in 0..zip.len() {
        let Ok(entry) = zip.by_index_data(index) else { continue };
        if entry.is_dir() {
            continue;
        }
        let name = name(entry.name_raw());
        let refused = if entry.encrypted() {
            Some(&issues::MEMBER_ENCRYPTED)
        } else if entry.is_symlink() {
            Some(&issues::LINK)
        } else if entry.size() > limits.member(entry.compressed_size()) {
            Some(&issues::ARCHIVE_BOMB)
        } else if safe(&name).is_none() {
            Some(&issues::MEMBER_OUTSIDE)
        } else {
            None
        };
        match refused {
            Some(definition) => {
                let printable: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
                told.push(Issue::new(definition).at(tsugite_pipeline::unread(&format!("{logical}/{printable}"))));
            }
            None => {
                unpacked = unpacked.saturating_add(entry.size());
                let (size, crc) = (entry.size(), entry.crc32());
                members.extend(safe(&name).map(|path| Member { index, path, size, crc }));
            }
        }
    }
    if unpacked > limits.unpacked {
        return Err(Issue::new(&issues::ARCHIVE_TOO_LARGE).with("what", size_text(unpacked)));
    }
    Ok((members, told))
}

/// Windows packs Japanese names in CP932 without saying so.
fn name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => decode(raw, Encoding::ShiftJis, &GaijiTable::default()).text.into_owned(),
    }
}

/// The name as a path below the archive, `None` where it leads elsewhere.
fn safe(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let drive = name.get(1..2) == Some(":");
    let outside = name.starts_with('/') || drive || name.contains('\0') || name.split('/').any(|part| part == "..");
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    (!outside && !parts.is_empty()).then(|| parts.join("/"))
}

/// Size of the central directory, as the end of the file says, before anything reads it into memory.
fn directory_size(file: &mut dyn Packed) -> io::Result<Option<u64>> {
    const END: &[u8] = b"PK\x05\x06";
    const LONGEST: u64 = 65_557;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut tail = Vec::new();
    Read::take(&mut *file, LONGEST).read_to_end(&mut tail)?;
    file.rewind()?;
    let Some(end) = tail.windows(END.len()).rposition(|window| window == END) else { return Ok(None) };
    let size = tail.get(end + 12..end + 16).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    // All ones point to the ZIP64 record; then the directory may be as long as the file.
    Ok(size.map(u32::from_le_bytes).map(|size| if size == u32::MAX { length } else { size.into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_below_the_archive() {
        for (name, path) in [
            ("074/180/a", Some("074/180/a")),
            ("074\\180\\a", Some("074/180/a")),
            ("./a//b", Some("a/b")),
            ("../a", None),
            ("a/../../b", None),
            ("/etc/passwd", None),
            ("C:\\a", None),
            ("\\\\server\\a", None),
            ("a\0b", None),
            ("", None),
        ] {
            assert_eq!(safe(name).as_deref(), path, "{name}");
        }
        assert_eq!(name(b"\x95\x61\x96\xbc.csv"), "病名.csv");
    }
}
