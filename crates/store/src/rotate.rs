//! Sealing everything under the newest key.

use crate::{
    Store, StoreError,
    db::Db,
    seal::{PLACES, Place, RowKey},
};
use rusqlite::types::ValueRef;

/// How far a rotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    pub resealed: u64,
    /// Nothing is left under an older key: [`crate::Keys::drop_older`] may follow, when no backup under them is needed any more.
    pub complete: bool,
}

/// The key of a row, as it is bound into its values.
enum Own {
    Id(i64),
    Bytes(Vec<u8>),
    Text(String),
}

impl Store {
    /// Seals at most `batch` values (at least one) that an older key sealed, in one transaction. To be called until it is complete; it
    /// may be broken off and continued at any time, and everything stays readable meanwhile. Each call looks through the tables, so
    /// batches of some 10,000 are right.
    ///
    /// # Errors
    /// When database or log cannot be written.
    pub fn rotate(&mut self, batch: u32) -> Result<Rotation, StoreError> {
        let batch = batch.max(1);
        let resealed = self.write(|db| {
            let mut left = batch;
            for place in PLACES {
                left = left.saturating_sub(reseal(db, *place, left)?);
                if left == 0 {
                    break;
                }
            }
            Ok(batch - left)
        })?;
        let complete = resealed < batch;
        if complete {
            self.reseal_log()?;
            // The pages that the older key sealed are still in free space and in the write-ahead log.
            self.connection.execute_batch("pragma wal_checkpoint(truncate)")?;
        }
        Ok(Rotation { resealed: u64::from(resealed), complete })
    }
}

fn reseal(db: &Db, place: Place, most: u32) -> Result<u32, StoreError> {
    let Place { table, column, key } = place;
    let sql = format!(
        "select {key}, {column}, rowid from {table} where {column} is not null and substr({column}, 1, 5) <> ?1 limit ?2"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query((db.sealer.newest_prefix(), most))?;
    let mut stale = Vec::new();
    while let Some(row) = rows.next()? {
        let key = match row.get_ref(0)? {
            ValueRef::Integer(id) => Own::Id(id),
            ValueRef::Blob(bytes) => Own::Bytes(bytes.to_vec()),
            _ => Own::Text(row.get(0)?),
        };
        stale.push((key, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?));
    }
    let mut update = db.prepare_cached(&format!("update {table} set {column} = ?2 where rowid = ?1"))?;
    for (key, sealed, row) in &stale {
        let key = match key {
            Own::Id(id) => RowKey::Id(*id),
            Own::Bytes(bytes) => RowKey::Bytes(bytes),
            Own::Text(text) => RowKey::Text(text),
        };
        let plain = db.sealer.open(place, key, sealed)?;
        update.execute((row, db.sealer.seal(place, key, &plain)?))?;
    }
    Ok(u32::try_from(stale.len()).unwrap_or(u32::MAX))
}
