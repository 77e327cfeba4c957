//! The home that everything is kept in: database, log of issued ids, keys, and the lock.

use crate::{failure::Failure, session::Session, settings::Settings};
use std::{
    fs::{File, TryLockError},
    io,
    path::PathBuf,
    thread,
    time::Duration,
};
use tsugite_issue::Text;
use tsugite_store::{Keys, Store, StoreError};

/// The opened home. One process at a time scans and sends in it; others look and decide beside it.
pub struct House {
    pub store: Store,
    _lock: Option<File>,
}

impl House {
    /// Opens ledger and log, and keeps every other process from scanning and sending.
    ///
    /// # Errors
    /// When another process is at work, or the files cannot be used.
    pub fn open(session: &Session, settings: &Settings) -> Result<Self, Failure> {
        // Whoever only looked, or was killed, is gone in a moment.
        patiently(|| Self::try_open(session, settings))?.ok_or_else(|| busy(session, settings))
    }

    /// The same; `None` while another process is at work.
    ///
    /// # Errors
    /// When the files cannot be used.
    pub fn try_open(session: &Session, settings: &Settings) -> Result<Option<Self>, Failure> {
        let Some(lock) = Self::try_lock(session, settings)? else { return Ok(None) };
        let (database, log) = files(session, settings);
        let store = Store::open_with(&database, &log, &keys(session, settings)?)?;
        Ok(Some(Self { store, _lock: Some(lock) }))
    }

    /// Keeps every other process from scanning and sending, without opening anything.
    ///
    /// # Errors
    /// When another process is at work, or the files cannot be used.
    pub fn lock(session: &Session, settings: &Settings) -> Result<File, Failure> {
        Self::try_lock(session, settings)?.ok_or_else(|| busy(session, settings))
    }

    fn try_lock(session: &Session, settings: &Settings) -> Result<Option<File>, Failure> {
        let (database, log) = files(session, settings);
        for folder in [Some(session.home.as_path()), database.parent(), log.parent()].into_iter().flatten() {
            tsugite_store::private_folder(folder).map_err(|error| Failure::file(folder, &error))?;
        }
        let mut lock_path = database.clone().into_os_string();
        lock_path.push(".lock");
        let lock_path = PathBuf::from(lock_path);
        let lock = File::create(&lock_path).map_err(|error| Failure::file(&lock_path, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Failure::file(&lock_path, &error)),
        }
    }

    /// To look and to decide, also while a service is at work.
    ///
    /// # Errors
    /// When the files cannot be used.
    pub fn beside(session: &Session, settings: &Settings) -> Result<Self, Failure> {
        let (database, _) = files(session, settings);
        let mut met = None;
        // There is none yet, or one of an older format: whoever has the lock makes it in a moment.
        let opened = patiently(|| {
            if database.exists() {
                match Store::open_beside(&database, &keys(session, settings)?) {
                    Ok(store) => return Ok(Some(Self { store, _lock: None })),
                    Err(error) => met = Some(error),
                }
            }
            Self::try_open(session, settings)
        })?;
        opened.ok_or_else(|| met.map_or_else(|| busy(session, settings), Failure::from))
    }
}

/// Tries for two seconds, until there is something.
fn patiently<T>(mut attempt: impl FnMut() -> Result<Option<T>, Failure>) -> Result<Option<T>, Failure> {
    const ATTEMPTS: u32 = 20;
    for _ in 0..ATTEMPTS {
        if let Some(done) = attempt()? {
            return Ok(Some(done));
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(None)
}

fn busy(session: &Session, settings: &Settings) -> Failure {
    let busy = Text::new("別の tsugite が実行中です: ", "another tsugite is at work in ");
    Failure::usage(busy, session.lang, files(session, settings).0.display())
}

/// The file with the keys.
pub fn key_file(session: &Session, settings: &Settings) -> PathBuf {
    let (_, log) = files(session, settings);
    let mut beside = log.into_os_string();
    beside.push(".key");
    settings.store.keys.as_ref().map_or_else(|| beside.into(), |file| settings.path(file))
}

/// The keys; made with the first database. Where there is one already, new keys would open nothing.
///
/// # Errors
/// When they cannot be read or written.
pub fn keys(session: &Session, settings: &Settings) -> Result<Keys, Failure> {
    let file = key_file(session, settings);
    if files(session, settings).0.exists() {
        return match Keys::from_file(&file) {
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Keys(file).into())
            }
            keys => Ok(keys?),
        };
    }
    if let Some(folder) = file.parent() {
        tsugite_store::private_folder(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    Ok(Keys::from_file_or_create(&file)?.0)
}

/// The database and the log of issued ids.
pub fn files(session: &Session, settings: &Settings) -> (PathBuf, PathBuf) {
    let path = |set: &Option<PathBuf>, name: &str| {
        set.as_ref().map_or_else(|| session.home.join(name), |path| settings.path(path))
    };
    (path(&settings.store.database, "tsugite.db"), path(&settings.store.issued_log, "issued.log"))
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        error.issue().map_or_else(|| Self::Io(error.to_string()), |issue| Self::Told(Box::new(issue)))
    }
}
