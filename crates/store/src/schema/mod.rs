//! The tables, and the way from older formats.

mod from_1;

use crate::{
    Keys, StoreError, files,
    seal::{SECRET, Sealer},
};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::path::{Path, PathBuf};

/// "tsgt": tells our databases from others.
const APPLICATION_ID: i64 = 0x7473_6774;

/// The format that this program writes.
pub const FORMAT: i64 = 3;

const FORMAT_1: &str = include_str!("1.sql");
const FORMAT_2: &str = include_str!("2.sql");
const FORMAT_3: &str = include_str!("3.sql");

/// Sets the connection up and brings the tables to the newest format, after a copy of an older one. Refuses databases of others and
/// of newer programs. Gives the path of the copy.
pub fn prepare(connection: &mut Connection, path: &Path, keys: &Keys) -> Result<(Sealer, Option<PathBuf>), StoreError> {
    let found = check(connection, path)?;
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma journal_size_limit = 67108864;",
    )?;
    if found == FORMAT {
        return Ok((sealer(connection, keys)?, None));
    }
    let copy = if found > 0 { Some(copy(connection, path, found)?) } else { None };
    connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if found < 1 {
        transaction.execute_batch(FORMAT_1)?;
    }
    let sealer = match found {
        ..2 => from_1::migrate(&transaction, FORMAT_2, keys)?,
        2.. => sealer(&transaction, keys)?,
    };
    transaction.execute_batch(FORMAT_3)?;
    let broken = transaction.query_row("select 1 from pragma_foreign_key_check", [], |_| Ok(())).optional()?;
    if broken.is_some() {
        return Err(StoreError::Corrupt { what: "reference", row: 0 });
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    if found > 0 {
        // Free pages and the write-ahead log still hold what the older format kept in plain.
        connection.execute_batch("vacuum; pragma wal_checkpoint(truncate);")?;
    }
    Ok((sealer, copy))
}

/// The format of the database, 0 for an empty one.
pub fn check(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    connection.execute_batch("pragma busy_timeout = 10000; pragma foreign_keys = on;")?;
    // One statement, one moment: another process may be creating the database.
    let sql = "select v.user_version, o.application_id, (select count(*) from sqlite_schema)
        from pragma_user_version v, pragma_application_id o";
    let (found, owner, tables): (i64, i64, i64) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if owner != APPLICATION_ID && tables > 0 {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if found > FORMAT {
        return Err(StoreError::TooNew { found, known: FORMAT });
    }
    Ok(found)
}

/// The sealer of a database of the newest format.
pub fn sealer(connection: &Connection, keys: &Keys) -> Result<Sealer, StoreError> {
    let sql = "select value from secrets where name = 'lookup'";
    let secret: Option<Vec<u8>> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    let secret = secret.ok_or(StoreError::Corrupt { what: SECRET.table, row: 0 })?;
    Sealer::open_with(keys.clone(), &secret)
}

/// A complete copy beside the database. Format 1 was not sealed, so its copy is not either.
fn copy(connection: &Connection, path: &Path, format: i64) -> Result<PathBuf, StoreError> {
    let copy = files::beside(path, &format!(".format-{format}.backup"));
    vacuum_into(connection, &copy)?;
    Ok(copy)
}

/// A compact, synced copy of the database that only its owner may read. What stood there is replaced.
pub fn vacuum_into(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::io(to)(error)),
        _ => {}
    }
    // SQLite fills an empty file, which then has our mode from its first byte.
    let file = files::create_private(to).map_err(StoreError::io(to))?;
    let name = to.to_str().ok_or_else(|| StoreError::Name(to.to_owned()))?;
    connection.execute("vacuum into ?1", [name])?;
    file.sync_all().and_then(|()| files::sync_folder_of(to)).map_err(StoreError::io(to))
}
