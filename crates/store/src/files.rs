//! What the store's files are to other users of the computer: nothing. Modes exist on Unix; elsewhere the folder's owner decides, and
//! these functions only do what is portable.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// A file or folder that others than its owner may read or write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposed {
    pub path: PathBuf,
    /// Permission bits, as `ls` shows them.
    pub mode: u32,
}

/// Makes a folder, and those above it, that only its owner may enter.
///
/// # Errors
/// When it cannot be made. A folder that exists is left as it is.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Which of the files and folders others may use. What does not exist, and systems without modes, are not told.
pub fn exposed(paths: &[&Path]) -> Vec<Exposed> {
    let mode = |path: &&Path| mode_of(path).map(|mode| Exposed { path: path.to_path_buf(), mode });
    paths.iter().filter_map(mode).filter(|found| found.mode & 0o077 != 0).collect()
}

/// The files of a database and its log, with their folders: what [`exposed`] should look at beside the key file.
pub fn store_files(database: &Path, issued_log: &Path) -> Vec<PathBuf> {
    let folders = [database.parent(), issued_log.parent()].into_iter().flatten();
    let mut files: Vec<PathBuf> = folders.filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned).collect();
    files.dedup();
    files.extend(database_files(database));
    files.push(issued_log.to_owned());
    files
}

/// The database and what SQLite writes beside it.
pub fn database_files(database: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|suffix| beside(database, suffix))
}

pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A new file that only its owner may read; an error if it exists.
pub fn create_private(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().write(true).create_new(true)).open(path)
}

/// Options with the mode that a file gets when it is made.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Takes every right of others from a file.
pub fn restrict(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if mode_of(path).is_some_and(|mode| mode != 0o600) {
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    let _ = path;
    Ok(())
}

/// Writes a file anew: a reader sees the old one or the whole new one, after a power cut too.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let new = beside(path, ".new");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = create_private(&new)?;
    write(&mut file)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    sync_folder_of(path)
}

/// Makes the names in a file's folder durable. Where folders cannot be opened the file system does it by itself.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    let _ = path;
    Ok(())
}

fn mode_of(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        let metadata = fs::metadata(path).ok()?;
        Some(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}
