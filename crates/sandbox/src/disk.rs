//! Files that appear whole or not at all. They survive the death of this program, not that of the machine: a stand-in need not
//! wait for the disk.

use crate::CentreError;
use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

pub fn error(path: &Path) -> impl FnOnce(io::Error) -> CentreError {
    let path = path.to_owned();
    move |source| CentreError::Io { path, source }
}

/// Replaces the file of that name in one step.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), CentreError> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".part");
    fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path)).map_err(error(path))
}

pub fn remove(path: &Path) -> Result<(), CentreError> {
    match fs::remove_file(path) {
        Err(failure) if failure.kind() != io::ErrorKind::NotFound => Err(error(path)(failure)),
        _ => Ok(()),
    }
}

/// `None` where there is no such file. At most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, CentreError> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(failure) => Err(error(path)(failure)),
    }
}
