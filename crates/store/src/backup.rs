//! Copies of the database in generations, and the way back (`rules` §6). A generation is a folder with the database and a manifest.
//! The keys and `issued.log` are no part of it: the log must never be older than what was sent.

use crate::{
    Keys, Store, StoreError,
    files::{self, beside},
    keys::hex,
    schema,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

const PREFIX: &str = "tsugite-";
const DATABASE: &str = "tsugite.db";
const MANIFEST: &str = "manifest.json";

/// A verified backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The folder of the generation.
    pub folder: PathBuf,
    pub made_at: String,
    pub bytes: u64,
    /// Rows of the audit chain.
    pub audit_rows: i64,
    /// Older generations that were removed.
    pub pruned: Vec<PathBuf>,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Units of which the centre may hold something newer: they go again under the same id.
    pub doubtful: u32,
    /// Where the database that was there before is now.
    pub moved_aside: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    version: u32,
    format: i64,
    made_at: String,
    bytes: u64,
    sha256: String,
    audit_rows: i64,
}

impl Store {
    /// Makes a new generation below `folder`, checks it, and removes all but the newest `generations`. Not inside a transaction: use a
    /// [`crate::Reader`] beside a writer.
    ///
    /// # Errors
    /// When it cannot be written, or the copy does not pass its checks; then no older generation is removed.
    pub fn backup(&self, folder: &Path, generations: usize, now: &str) -> Result<Backup, StoreError> {
        files::private_folder(folder).map_err(StoreError::io(folder))?;
        let name = format!("{PREFIX}{}", now.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
        let generation = unused(folder, &name);
        let partial = beside(&generation, ".partial");
        remove_folder(&partial)?;
        files::private_folder(&partial).map_err(StoreError::io(&partial))?;
        let database = partial.join(DATABASE);
        schema::vacuum_into(&self.connection, &database)?;
        let audit_rows = self.check_copy(&database)?;
        let (bytes, sha256) = digest(&database)?;
        let made_at = now.to_owned();
        let manifest =
            Manifest { version: 1, format: schema::FORMAT, made_at: made_at.clone(), bytes, sha256, audit_rows };
        let text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        let path = partial.join(MANIFEST);
        files::replace(&path, |file| file.write_all(text.as_bytes())).map_err(StoreError::io(&path))?;
        fs::rename(&partial, &generation).map_err(StoreError::io(&generation))?;
        files::sync_folder_of(&generation).map_err(StoreError::io(folder))?;
        let mut pruned = Vec::new();
        for old in backups(folder)?.into_iter().skip(generations.max(1)) {
            remove_folder(&old)?;
            pruned.push(old);
        }
        Ok(Backup { folder: generation, made_at, bytes, audit_rows, pruned })
    }

    fn check_copy(&self, database: &Path) -> Result<i64, StoreError> {
        let copy = Store::read_only(database, self.sealer.keys())?;
        check(&copy, database)
    }
}

/// The rows of the audit chain of a database that is whole.
fn check(store: &Store, path: &Path) -> Result<i64, StoreError> {
    let fault = |fault| StoreError::Backup { path: path.to_owned(), fault };
    let sound: String = store.connection.query_row("pragma integrity_check", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(fault("the database is damaged"));
    }
    store.verify_audit()?.map_err(|_| fault("the audit chain does not hold"))
}

/// The generations below a folder, newest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn backups(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io(folder)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(StoreError::io(folder))?.path();
        let ours = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(PREFIX));
        if ours && let Ok(manifest) = manifest(&path) {
            found.push((manifest.made_at, path));
        }
    }
    found.sort();
    Ok(found.into_iter().rev().map(|(_, path)| path).collect())
}

/// Checks a generation: its bytes, the database, the audit chain, and that the keys open it.
///
/// # Errors
/// What is wrong with it.
pub fn verify_backup(generation: &Path, keys: &Keys) -> Result<Backup, StoreError> {
    let Manifest { made_at, bytes, sha256, audit_rows, .. } = manifest(generation)?;
    let database = generation.join(DATABASE);
    if digest(&database)? != (bytes, sha256) {
        return Err(StoreError::Backup { path: database, fault: "the file is not the one that was written" });
    }
    if check(&Store::read_only(&database, keys)?, &database)? != audit_rows {
        return Err(StoreError::Backup { path: database, fault: "rows of the audit chain are missing" });
    }
    Ok(Backup { folder: generation.to_owned(), made_at, bytes, audit_rows, pruned: Vec::new() })
}

/// Puts a generation in the place of the database, whose files are moved aside, and merges `issued.log`: whatever was sent since the
/// backup goes again under its id. Without its log every Unit does. Afterwards all sources are to be read again.
///
/// # Errors
/// When the generation does not pass its checks (then nothing is touched) or files cannot be written.
pub fn restore(
    generation: &Path,
    database: &Path,
    issued_log: &Path,
    keys: &Keys,
    now: &str,
    who: &str,
) -> Result<Restored, StoreError> {
    verify_backup(generation, keys)?;
    let logged = issued_log.exists();
    let new = beside(database, ".restored");
    remove_database(&new)?;
    copy_to(&generation.join(DATABASE), &new)?;
    let moved_aside = move_aside(database)?;
    fs::rename(&new, database).map_err(StoreError::io(database))?;
    files::sync_folder_of(database).map_err(StoreError::io(database))?;
    let mut store = Store::open_with(database, issued_log, keys)?;
    if !logged {
        store.doubt_all()?;
    }
    store.touch_all()?;
    store.audit(now, who, "restore", "done")?;
    Ok(Restored { doubtful: store.doubtful_units()?, moved_aside })
}

fn manifest(generation: &Path) -> Result<Manifest, StoreError> {
    let path = generation.join(MANIFEST);
    let text = fs::read(&path).map_err(StoreError::io(&path))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|_| StoreError::Backup { path: path.clone(), fault: "no manifest" })?;
    if manifest.version != 1 || manifest.format > schema::FORMAT {
        return Err(StoreError::TooNew { found: manifest.format, known: schema::FORMAT });
    }
    Ok(manifest)
}

/// A path below the folder that nothing has: two backups may fall into one moment.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let numbered = (2_u32..).map(|n| folder.join(format!("{name}-{n}")));
    std::iter::once(folder.join(name)).chain(numbered).find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}

fn digest(path: &Path) -> Result<(u64, String), StoreError> {
    let mut file = File::open(path).map_err(StoreError::io(path))?;
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0_u64, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(StoreError::io(path))?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hasher.update(part);
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
    }
    Ok((bytes, hex(&hasher.finalize())))
}

/// A synced copy that only its owner may read.
fn copy_to(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut source = File::open(from).map_err(StoreError::io(from))?;
    files::replace(to, |file| io::copy(&mut source, file).map(drop)).map_err(StoreError::io(to))
}

/// Renames the files of a database that is there; the log of what was not yet in it goes along.
fn move_aside(database: &Path) -> Result<Option<PathBuf>, StoreError> {
    if !database.exists() {
        return Ok(None);
    }
    let taken = |n: &u32| beside(database, &format!(".before-restore-{n}")).exists();
    let number = (1_u32..).find(|n| !taken(n)).unwrap_or(u32::MAX);
    let aside = beside(database, &format!(".before-restore-{number}"));
    for (from, to) in files::database_files(database).iter().zip(files::database_files(&aside)).rev() {
        if from.exists() {
            fs::rename(from, &to).map_err(StoreError::io(from))?;
        }
    }
    Ok(Some(aside))
}

fn remove_database(database: &Path) -> Result<(), StoreError> {
    for file in files::database_files(database).into_iter().filter(|file| file.exists()) {
        fs::remove_file(&file).map_err(StoreError::io(file))?;
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io(folder)(error)),
        _ => Ok(()),
    }
}
