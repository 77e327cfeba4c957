//! From what the user named (files, folders, zip files, standard input) to inputs, in the order and grouping that the pipeline needs.

pub mod archive;
pub mod issues;
pub mod limits;
mod listing;
pub mod walk;
pub mod watched;

pub use limits::{Limits, parse_size, size_text};
pub use listing::{Item, Listing, NotFound};

use archive::SIGNATURE;
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Mutex,
};
use tsugite_issue::Issue;

/// One argument of the user.
pub enum Root {
    Folder(PathBuf),
    File(PathBuf),
    Archive(PathBuf),
    /// Standard input; taken once.
    Stdin(Mutex<Option<Box<dyn Read + Send>>>),
}

/// Reads at most the limit. A larger input is refused without being held.
///
/// # Errors
/// Too large, or unreadable.
pub fn read_limited(reader: &mut dyn Read, known: u64, limits: &Limits) -> Result<Vec<u8>, Issue> {
    let too_large = || Issue::new(&issues::TOO_LARGE).with("limit", size_text(limits.input));
    if known > limits.input {
        return Err(too_large());
    }
    // Room for all that may come, so that no growing doubles it: memory that is not written to costs nothing.
    let room = if known > 0 { known } else { limits.input } + 1;
    let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
    match reader.take(limits.input + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limits.input => Err(too_large()),
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(&error)),
    }
}

/// # Errors
/// Too large, or unreadable.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Issue> {
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    let known = file.metadata().map_or(0, |data| data.len());
    read_limited(&mut file, known, limits)
}

fn unreadable(error: &io::Error) -> Issue {
    Issue::new(&issues::UNREADABLE).with("reason", walk::reason(error))
}

/// Whether the file begins like a zip file; an Excel workbook is one, and is read as it is.
fn is_archive(path: &Path) -> bool {
    if is_workbook(&path.to_string_lossy()) {
        return false;
    }
    let mut head = [0; SIGNATURE.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == SIGNATURE
}

/// Whether a zip file lies there. Of the very many files of patients' folders only those are looked into that are named like one.
pub fn is_archive_among(file: &Path, of_patient: impl FnOnce() -> bool) -> bool {
    let named = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    (named || !of_patient()) && is_archive(file)
}

/// Whether bytes that are named like this are a zip file.
pub fn is_archive_of(path: &str, bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE) && !is_workbook(path)
}

/// A zip file in a zip file is not opened.
fn refuse_archive(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Issue> {
    if is_archive_of(path, &bytes) { Err(Issue::new(&issues::ARCHIVE_INSIDE)) } else { Ok(bytes) }
}

fn is_workbook(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("xlsx"))
}
