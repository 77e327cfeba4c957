//! Raw inputs, kept before anything is read from them: what was acknowledged can be read again.

use crate::{
    Hash, Store, StoreError,
    db::Db,
    inputs::path_key,
    pack::{pack, unpack},
    seal,
};
use rusqlite::{OptionalExtension, Params, Row};

/// An input as it came.
#[derive(Clone, Copy, Debug)]
pub struct NewInput<'a> {
    /// The source instance.
    pub instance: &'a str,
    /// Logical path inside the instance.
    pub path: &'a str,
    pub bytes: &'a [u8],
}

/// What is known of a kept input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawInput {
    pub id: i64,
    pub instance: String,
    pub path: String,
    pub size: u64,
    pub received_at: String,
    pub read_at: Option<String>,
    /// Its bytes were removed by [`Store::prune`].
    pub pruned: bool,
}

impl Store {
    /// Keeps inputs, all or none, and gives their numbers. When this has returned they may be acknowledged. The bytes that already
    /// were the newest of a path keep their number, so that an input may be handed over twice.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn receive(&mut self, inputs: &[NewInput], now: &str) -> Result<Vec<i64>, StoreError> {
        self.write(|db| inputs.iter().map(|input| receive_one(db, input, now)).collect())
    }

    /// Inputs of which nothing was read yet, in the order of their receipt.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unread(&self, limit: u32) -> Result<Vec<RawInput>, StoreError> {
        self.raw_where("read_at is null order by id limit ?1", [limit])
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn unread_count(&self) -> Result<u32, StoreError> {
        let sql = "select count(*) from raw_inputs where read_at is null";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// The newest input of a path.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn raw_input(&self, instance: &str, path: &str) -> Result<Option<RawInput>, StoreError> {
        let key = path_key(&self.sealer, instance, path);
        let found = self.raw_where("instance = ?1 and path_key = ?2 order by id desc limit 1", (instance, key))?;
        Ok(found.into_iter().next())
    }

    /// The bytes as they came; `None` when they were pruned or never kept.
    ///
    /// # Errors
    /// When they are not the ones that came.
    pub fn input_bytes(&self, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "select digest, bytes from raw_inputs where id = ?1";
        let row = |row: &Row| Ok((row.get::<_, Hash>(0)?, row.get::<_, Option<Vec<u8>>>(1)?));
        let Some((digest, Some(sealed))) = self.connection.query_row(sql, [id], row).optional()? else {
            return Ok(None);
        };
        let packed = self.sealer.open(seal::RAW_BYTES, id.into(), &sealed)?;
        let bytes = unpack(&packed).ok_or(StoreError::Corrupt { what: "input", row: id })?;
        if self.sealer.lookup("input", &[&bytes]) != digest {
            return Err(StoreError::Corrupt { what: "input", row: id });
        }
        Ok(Some(bytes))
    }

    /// What they state is kept: to be called in the transaction that keeps it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn mark_read(&mut self, ids: &[i64], now: &str) -> Result<(), StoreError> {
        self.write(|db| {
            let mut mark = db.prepare_cached("update raw_inputs set read_at = coalesce(read_at, ?2) where id = ?1")?;
            ids.iter().try_for_each(|id| mark.execute((id, now)).map(drop))?;
            Ok(())
        })
    }

    /// Everything kept of an instance.
    pub(crate) fn raw_of(&self, instance: &str) -> Result<Vec<RawInput>, StoreError> {
        self.raw_where("instance = ?1 order by id", [instance])
    }

    fn raw_where(&self, rest: &str, params: impl Params) -> Result<Vec<RawInput>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "select id, instance, path_key, path, size, received_at, read_at, bytes is null from raw_inputs where {rest}"
        ))?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (key, path): (Hash, Vec<u8>) = (row.get(2)?, row.get(3)?);
            found.push(RawInput {
                id: row.get(0)?,
                instance: row.get(1)?,
                path: self.sealer.open_text(seal::RAW_PATH, (&key).into(), &path)?,
                size: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
                received_at: row.get(5)?,
                read_at: row.get(6)?,
                pruned: row.get(7)?,
            });
        }
        Ok(found)
    }
}

fn receive_one(db: &Db, input: &NewInput, now: &str) -> Result<i64, StoreError> {
    let NewInput { instance, path, bytes } = *input;
    let (key, digest) = (path_key(db.sealer, instance, path), db.sealer.lookup("input", &[bytes]));
    let newest = db
        .prepare_cached(
            "select id, digest from raw_inputs where instance = ?1 and path_key = ?2 order by id desc limit 1",
        )?
        .query_row((instance, key), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Hash>(1)?)))
        .optional()?;
    if let Some((id, _)) = newest.filter(|(_, known)| *known == digest) {
        return Ok(id);
    }
    // Rows are never deleted, so the number is new.
    let id: i64 =
        db.prepare_cached("select coalesce(max(id), 0) + 1 from raw_inputs")?.query_row([], |row| row.get(0))?;
    let sealed_path = db.sealer.seal(seal::RAW_PATH, (&key).into(), path.as_bytes())?;
    let packed = db.sealer.seal(seal::RAW_BYTES, id.into(), &pack(bytes)?)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    db.prepare_cached(
        "insert into raw_inputs (id, instance, path_key, path, digest, size, received_at, bytes)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((id, instance, key, sealed_path, digest, size, now, packed))?;
    Ok(id)
}
