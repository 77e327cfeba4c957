//! Values at rest: sealed where they are only read back, keyed hashes where they are looked up.

use crate::{
    Hash, StoreError,
    keys::{KEY_BYTES, Keys, random},
};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// First byte of every sealed value: version, then key id, nonce, cipher text with its tag.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
pub const PREFIX_BYTES: usize = 5;

/// A column with sealed values. Its name and the row's key are bound into the value, so that it opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub table: &'static str,
    pub column: &'static str,
    /// The column that tells the row.
    pub key: &'static str,
}

macro_rules! places {
    ($($name:ident: $table:literal $column:literal $key:literal,)*) => {
        $(pub const $name: Place = Place { table: $table, column: $column, key: $key };)*
        /// Every sealed column of the database: what a rotation goes through.
        pub const PLACES: &[Place] = &[$($name),*];
    };
}

places! {
    SECRET: "secrets" "value" "name",
    INPUT_PATH: "inputs" "path" "path_key",
    PATIENT_ID: "patients" "id" "key",
    STATEMENT: "statements" "body" "identity",
    UNMAPPED: "unmapped" "line" "key",
    RAW_PATH: "raw_inputs" "path" "path_key",
    RAW_BYTES: "raw_inputs" "bytes" "id",
    ISSUED_UNIT: "issued" "name" "bundle_id",
    LEDGER_UNIT: "ledger" "name" "unit",
    LEDGER_PERSON: "ledger" "accepted_person" "id",
    LEDGER_DOUBT: "ledger" "doubt_person" "id",
    SUBMISSION_PERSON: "submissions" "person" "id",
    RESULT_TEXT: "submissions" "result_text" "id",
    PAYLOAD: "payloads" "bytes" "submission",
    RECEIPT: "attempts" "receipt" "file_id",
    ERRAND_RECEIPT: "errands" "receipt" "file_id",
    ATTACHMENT_ABOUT: "attachments" "about" "id",
    ATTACHMENT_BYTES: "attachments" "bytes" "id",
    SIGNATURE: "signatures" "bytes" "submission",
    HELD: "held" "line" "key",
    PROPOSAL: "proposals" "line" "subject",
}

/// In `issued.log`, no column.
pub const LOGGED_PERSON: Place = Place { table: "issued.log", column: "sealed", key: "bundle_id" };

/// What tells a row: bound into its sealed values.
#[derive(Clone, Copy, Debug)]
pub enum RowKey<'a> {
    Id(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
}

impl From<i64> for RowKey<'_> {
    fn from(id: i64) -> Self {
        Self::Id(id)
    }
}

impl<'a> From<&'a Hash> for RowKey<'a> {
    fn from(hash: &'a Hash) -> Self {
        Self::Bytes(hash)
    }
}

impl<'a> From<&'a str> for RowKey<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// Seals and opens values and makes lookup hashes.
#[derive(Debug)]
pub struct Sealer {
    keys: Keys,
    lookup: [u8; KEY_BYTES],
}

impl Sealer {
    /// With a new lookup key, and that key sealed.
    pub fn create(keys: Keys) -> Result<(Self, Vec<u8>), StoreError> {
        let mut lookup = [0; KEY_BYTES];
        random(&mut lookup)?;
        let sealer = Self { keys, lookup };
        let sealed = sealer.seal(SECRET, "lookup".into(), &lookup)?;
        Ok((sealer, sealed))
    }

    /// With the lookup key of a database.
    pub fn open_with(keys: Keys, sealed: &[u8]) -> Result<Self, StoreError> {
        let mut sealer = Self { keys, lookup: [0; KEY_BYTES] };
        let wrong = |_| StoreError::WrongKey;
        sealer.lookup = sealer
            .open(SECRET, "lookup".into(), sealed)
            .map_err(wrong)?
            .try_into()
            .map_err(|_| StoreError::WrongKey)?;
        Ok(sealer)
    }

    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The first bytes of everything that the newest key seals.
    pub fn newest_prefix(&self) -> [u8; PREFIX_BYTES] {
        let [a, b, c, d] = self.keys.newest_id();
        [VERSION, a, b, c, d]
    }

    pub fn seal(&self, place: Place, key: RowKey, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE_BYTES];
        random(&mut nonce)?;
        let bound = bound(place, key);
        let payload = Payload { msg: plain, aad: &bound };
        let cipher = XChaCha20Poly1305::new(&self.keys.newest().bytes.into());
        let text = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| StoreError::Corrupt { what: place.table, row: 0 })?;
        Ok([&self.newest_prefix()[..], &nonce, &text].concat())
    }

    pub fn open(&self, place: Place, key: RowKey, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let row = if let RowKey::Id(id) = key { id } else { 0 };
        let damaged = || StoreError::Corrupt { what: place.table, row };
        let (&[version, a, b, c, d], rest) = sealed.split_first_chunk().ok_or_else(damaged)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(damaged)?;
        if version != VERSION {
            return Err(damaged());
        }
        let with = self.keys.find([a, b, c, d]).ok_or(StoreError::WrongKey)?;
        let bound = bound(place, key);
        let cipher = XChaCha20Poly1305::new(&with.bytes.into());
        cipher.decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: &bound }).map_err(|_| damaged())
    }

    /// A text that was sealed.
    pub fn open_text(&self, place: Place, key: RowKey, sealed: &[u8]) -> Result<String, StoreError> {
        let damaged = |_| StoreError::Corrupt { what: place.table, row: 0 };
        String::from_utf8(self.open(place, key, sealed)?).map_err(damaged)
    }

    /// A value as sealed JSON.
    pub fn seal_json(&self, place: Place, key: RowKey, value: &impl serde::Serialize) -> Result<Vec<u8>, StoreError> {
        let plain = serde_json::to_vec(value).map_err(|_| StoreError::Corrupt { what: place.table, row: 0 })?;
        self.seal(place, key, &plain)
    }

    pub fn open_json<T: serde::de::DeserializeOwned>(
        &self,
        place: Place,
        key: RowKey,
        sealed: &[u8],
    ) -> Result<T, StoreError> {
        let plain = self.open(place, key, sealed)?;
        serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt { what: place.table, row: 0 })
    }

    /// The keyed hash under which a value is looked up. `of` keeps the uses apart, the lengths keep the parts apart.
    pub fn lookup(&self, of: &str, parts: &[&[u8]]) -> Hash {
        let mut mac = Hmac::<Sha256>::new(&self.lookup_key());
        for part in [of.as_bytes()].iter().chain(parts) {
            mac.update(&part.len().to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// HMAC pads short keys with zeros to the block.
    fn lookup_key(&self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block.iter_mut().zip(self.lookup).for_each(|(to, from)| *to = from);
        block
    }
}

fn bound(place: Place, key: RowKey) -> Vec<u8> {
    let id;
    let key = match key {
        RowKey::Id(number) => {
            id = number.to_le_bytes();
            &id[..]
        }
        RowKey::Bytes(bytes) => bytes,
        RowKey::Text(text) => text.as_bytes(),
    };
    [place.table.as_bytes(), b"\0", place.column.as_bytes(), b"\0", key].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(home: &std::path::Path) -> (Keys, Sealer, Vec<u8>) {
        let keys = Keys::create(&home.join("keys")).unwrap();
        let (sealer, sealed) = Sealer::create(keys.clone()).unwrap();
        (keys, sealer, sealed)
    }

    #[test]
    fn a_value_opens_only_in_its_place_unchanged_and_with_its_key() {
        let home = tempfile::tempdir().unwrap();
        let (keys, sealer, secret) = sealer(home.path());
        let sealed = sealer.seal(PAYLOAD, 7.into(), b"bytes").unwrap();
        assert_eq!(sealer.open(PAYLOAD, 7.into(), &sealed).unwrap(), b"bytes");
        assert_ne!(sealer.seal(PAYLOAD, 7.into(), b"bytes").unwrap(), sealed, "a nonce is used once");
        assert!(sealer.open(PAYLOAD, 8.into(), &sealed).is_err(), "another row");
        assert!(sealer.open(SUBMISSION_PERSON, 7.into(), &sealed).is_err(), "another column");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(sealer.open(PAYLOAD, 7.into(), &changed).is_err(), "byte {at}");
            assert!(sealer.open(PAYLOAD, 7.into(), &sealed[..at]).is_err(), "cut at {at}");
        }
        let again = Sealer::open_with(keys, &secret).unwrap();
        assert_eq!(again.lookup("a", &[b"b"]), sealer.lookup("a", &[b"b"]));
        let others = Keys::create(&home.path().join("others")).unwrap();
        assert!(matches!(Sealer::open_with(others, &secret), Err(StoreError::WrongKey)));
    }

    #[test]
    fn a_lookup_depends_on_its_use_its_parts_and_the_database() {
        let home = tempfile::tempdir().unwrap();
        let (keys, one, _) = sealer(home.path());
        let (other, _) = Sealer::create(keys).unwrap();
        let hash = one.lookup("patient", &[b"ab", b"c"]);
        assert_eq!(hash, one.lookup("patient", &[b"ab", b"c"]));
        assert_ne!(hash, one.lookup("patient", &[b"a", b"bc"]));
        assert_ne!(hash, one.lookup("unit", &[b"ab", b"c"]));
        assert_ne!(hash, other.lookup("patient", &[b"ab", b"c"]));
    }
}
