//! Files that appear whole or not at all.

use crate::CentreError;
use std::{
    fs::{self, File},
    io::{self, Read, Write as _},
    path::Path,
};

pub fn error(path: &Path) -> impl FnOnce(io::Error) -> CentreError {
    let path = path.to_owned();
    move |source| CentreError::Io { path, source }
}

/// Replaces the file of that name; after a power cut the old or the new content is there.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), CentreError> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".part");
    File::create(&temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, path))
        .map_err(error(path))?;
    sync_folder(path);
    Ok(())
}

pub fn remove(path: &Path) -> Result<(), CentreError> {
    match fs::remove_file(path) {
        Err(failure) if failure.kind() != io::ErrorKind::NotFound => Err(error(path)(failure)),
        _ => {
            sync_folder(path);
            Ok(())
        }
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

/// Not every system can; what is lost then is done again.
fn sync_folder(path: &Path) {
    let _ = path.parent().map(|folder| File::open(folder).and_then(|folder| folder.sync_all()));
}
