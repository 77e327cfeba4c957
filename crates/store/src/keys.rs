//! The keys under which people's data are sealed: a file that lies outside the data folder and outside its backups.

use crate::{StoreError, files};
use sha2::{Digest as _, Sha256};
use std::{
    fmt,
    fs::{self, File},
    io::Write as _,
    path::Path,
};

/// The first line of a key file.
const HEADER: &str = "tsugite-keys 1";

pub const KEY_BYTES: usize = 32;

/// Tells which key sealed a value; made from the key, so that two files never mean different keys by one id.
pub type KeyId = [u8; 4];

#[derive(Clone)]
pub struct Key {
    pub id: KeyId,
    pub bytes: [u8; KEY_BYTES],
}

/// The keys of a key file: the newest seals, all of them open.
#[derive(Clone)]
pub struct Keys {
    newest: Key,
    older: Vec<Key>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} of them)", self.older.len() + 1)
    }
}

impl Key {
    fn new(bytes: [u8; KEY_BYTES]) -> Self {
        let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::new().chain_update("key id").chain_update(bytes).finalize());
        Self { id: [a, b, c, d], bytes }
    }

    fn random() -> Result<Self, StoreError> {
        let mut bytes = [0; KEY_BYTES];
        random(&mut bytes)?;
        Ok(Self::new(bytes))
    }
}

/// Fills with bytes of the system's random source.
pub fn random(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|_| StoreError::Random)
}

impl Keys {
    /// Makes a key file (mode 0600) with one key. Without this file nobody reads the database: it needs a copy in a safe place.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let keys = Self { newest: Key::random()?, older: Vec::new() };
        let mut file = files::create_private(path).map_err(StoreError::io(path))?;
        file.write_all(keys.text().as_bytes()).and_then(|()| file.sync_all()).map_err(StoreError::io(path))?;
        files::sync_folder_of(path).map_err(StoreError::io(path))?;
        Ok(keys)
    }

    /// # Errors
    /// When the file cannot be read or is no key file.
    pub fn from_file(path: &Path) -> Result<Self, StoreError> {
        let text = fs::read_to_string(path).map_err(StoreError::io(path))?;
        let damaged = || StoreError::Keys(path.to_owned());
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(damaged());
        }
        let mut keys =
            lines.map(|line| parse_hex(line).map(Key::new)).collect::<Option<Vec<_>>>().ok_or_else(damaged)?;
        let newest = keys.pop().ok_or_else(damaged)?;
        Ok(Self { newest, older: keys })
    }

    /// Reads the key file, or makes it where there is none; `true` when it was made.
    ///
    /// # Errors
    /// As [`Keys::create`] and [`Keys::from_file`].
    pub fn from_file_or_create(path: &Path) -> Result<(Self, bool), StoreError> {
        match path.try_exists() {
            Ok(true) => Ok((Self::from_file(path)?, false)),
            Ok(false) => Ok((Self::create(path)?, true)),
            Err(error) => Err(StoreError::io(path)(error)),
        }
    }

    /// Puts a new newest key into the file: the first step of a rotation. What is sealed stays readable.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn add(path: &Path) -> Result<Self, StoreError> {
        let Self { newest, mut older } = Self::from_file(path)?;
        older.push(newest);
        let keys = Self { newest: Key::random()?, older };
        keys.replace(path)?;
        Ok(keys)
    }

    /// Leaves only the newest key in the file: the last step of a rotation. Backups sealed under the others become unreadable.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn drop_older(path: &Path) -> Result<Self, StoreError> {
        let keys = Self { older: Vec::new(), ..Self::from_file(path)? };
        keys.replace(path)?;
        Ok(keys)
    }

    pub fn newest_id(&self) -> KeyId {
        self.newest.id
    }

    /// How many older keys the file still holds.
    pub fn older(&self) -> usize {
        self.older.len()
    }

    pub(crate) fn newest(&self) -> &Key {
        &self.newest
    }

    pub(crate) fn find(&self, id: KeyId) -> Option<&Key> {
        std::iter::once(&self.newest).chain(&self.older).find(|key| key.id == id)
    }

    fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for key in self.older.iter().chain([&self.newest]) {
            text.push_str(&hex(&key.bytes));
            text.push('\n');
        }
        text
    }

    fn replace(&self, path: &Path) -> Result<(), StoreError> {
        files::replace(path, |file: &mut File| file.write_all(self.text().as_bytes())).map_err(StoreError::io(path))
    }
}

pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    digits.chunks(2).map(|pair| if let [high, low] = pair { Some(high << 4 | low) } else { None }).collect()
}

fn parse_hex(line: &str) -> Option<[u8; KEY_BYTES]> {
    from_hex(line)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_read_back_grows_and_shrinks_and_is_never_overwritten() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("keys");
        let first = Keys::create(&path).unwrap();
        assert!(Keys::create(&path).is_err(), "a second creation would lose the first key");
        assert_eq!(Keys::from_file(&path).unwrap().newest_id(), first.newest_id());
        let second = Keys::add(&path).unwrap();
        assert_ne!(second.newest_id(), first.newest_id());
        assert!(second.find(first.newest_id()).is_some());
        let last = Keys::drop_older(&path).unwrap();
        assert_eq!((last.newest_id(), last.older()), (second.newest_id(), 0));
        assert!(last.find(first.newest_id()).is_none());
        assert!(!format!("{last:?}").contains(&hex(&last.newest.bytes)));
    }

    #[test]
    fn what_is_no_key_file_is_told() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("keys");
        let short = format!("{HEADER}\nabcd\n");
        let odd = format!("{HEADER}\n{}\n", "a".repeat(63));
        for text in ["", HEADER, "tsugite-keys 2\n", &short, &odd, &format!("{HEADER}\n{}\n", "g".repeat(64))] {
            fs::write(&path, text).unwrap();
            assert!(matches!(Keys::from_file(&path), Err(StoreError::Keys(_))), "{text}");
        }
    }
}
