use crate::{
    Keys, StoreError,
    audit::{self, Entry},
    db::Db,
    files,
    issued::IssuedLog,
    schema,
    seal::Sealer,
};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::OpenOptions,
    path::{Path, PathBuf},
};

/// As many statements are kept prepared.
const STATEMENTS: usize = 128;

/// SQLite's own limit.
const MOST_PAGES: i64 = 4_294_967_294;

/// One open database with its `issued.log`.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) sealer: Sealer,
    /// A reader has none, and who works beside a program that sends.
    pub(crate) issued: Option<IssuedLog>,
    migrated: Option<PathBuf>,
    began_anew: bool,
    /// How many transactions are open around the next one.
    depth: u32,
}

impl Store {
    /// Opens or creates the database, brings an older format to the newest after a backup copy, and merges what `issued.log` knows
    /// and the database does not: those Units are `unknown`. Files are made for their owner only.
    ///
    /// # Errors
    /// When the file is not ours, is of a newer format, was sealed under other keys, or `issued.log` is damaged.
    pub fn open_with(database: &Path, issued_log: &Path, keys: &Keys) -> Result<Self, StoreError> {
        let made = files::private(OpenOptions::new().append(true).create(true)).open(database);
        made.map_err(StoreError::io(database))?;
        let mut connection = Connection::open(database)?;
        // The log is made after the database, and both stay.
        let began_anew = schema::check(&connection, database)? == 0 && issued_log.exists();
        let (sealer, migrated) = schema::prepare(&mut connection, database, keys)?;
        for file in files::database_files(database).iter().filter(|file| file.exists()) {
            files::restrict(file).map_err(StoreError::io(file))?;
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let (issued, lines) = IssuedLog::open(issued_log)?;
        let mut store = Self { connection, sealer, issued: Some(issued), migrated, began_anew, depth: 0 };
        store.merge_issued(lines)?;
        Ok(store)
    }

    /// Where this opening put the copy of a database of an older format. Format 1 was not sealed: neither is its copy.
    pub fn migrated(&self) -> Option<&Path> {
        self.migrated.as_deref()
    }

    /// The database was gone or empty although `issued.log` was there: what it knew beyond the log is lost.
    pub const fn began_anew(&self) -> bool {
        self.began_anew
    }

    /// Begins a run and gives its number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn begin_run(&mut self, as_of: &str, now: &str) -> Result<i64, StoreError> {
        self.write(|db| {
            db.execute("insert into runs (as_of, started) values (?1, ?2)", (as_of, now))?;
            Ok(db.last_insert_rowid())
        })
    }

    /// # Errors
    /// When the database cannot be written.
    pub fn finish_run(&mut self, run: i64, result: &str, now: &str) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("update runs set finished = ?2, result = ?3 where id = ?1", (run, now, result))?;
            Ok(())
        })
    }

    /// Remembers the settings that a run worked with, once a text. The text must hold no secrets.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remember_settings(&mut self, text: &str, now: &str) -> Result<(), StoreError> {
        let digest = audit::sha256([text]);
        self.write(|db| {
            db.execute(
                "insert into settings_history (digest, first_seen, text) values (?1, ?2, ?3) on conflict do nothing",
                (digest, now, text),
            )?;
            Ok(())
        })
    }

    /// Every settings text that a run worked with and when it was first seen, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn settings_history(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement =
            self.connection.prepare("select first_seen, text from settings_history order by rowid desc")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Several calls as one durable transaction: all of them, or none.
    ///
    /// # Errors
    /// Those of the calls, and when the database cannot be written.
    pub fn together<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.begin()?;
        let done = work(self);
        self.end(done)
    }

    /// To look and to decide beside the process that works here. `issued.log` is left alone, so nothing can be sent; a database of
    /// an older format is left alone too.
    ///
    /// # Errors
    /// When there is no such database, it has another format, or was sealed under other keys.
    pub fn open_beside(database: &Path, keys: &Keys) -> Result<Self, StoreError> {
        let store = Self::open_in_part(database, keys, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        store.connection.execute_batch("pragma synchronous = full; pragma secure_delete = on;")?;
        Ok(store)
    }

    /// Lets the database grow by so many pages (of 4 KiB) at most, or without end: a place for other files stays free. Beyond it every
    /// change fails as on a full disk.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn limit_pages(&self, more: Option<u32>) -> Result<(), StoreError> {
        let pages: i64 = self.connection.query_row("pragma page_count", [], |row| row.get(0))?;
        let most = more.map_or(MOST_PAGES, |more| pages.saturating_add(i64::from(more)));
        self.connection.query_row(&format!("pragma max_page_count = {most}"), [], |_| Ok(()))?;
        Ok(())
    }

    /// A connection that only reads; no `issued.log`.
    pub(crate) fn read_only(database: &Path, keys: &Keys) -> Result<Self, StoreError> {
        Self::open_in_part(database, keys, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn open_in_part(database: &Path, keys: &Keys, flags: OpenFlags) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(database, flags)?;
        let mut found = schema::check(&connection, database)?;
        // The process that works here may be creating the database just now.
        for _ in 0..20 {
            if found != 0 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
            found = schema::check(&connection, database)?;
        }
        if found != schema::FORMAT {
            return Err(StoreError::Backup { path: database.to_owned(), fault: "the database has an older format" });
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let sealer = schema::sealer(&connection, keys)?;
        Ok(Self { connection, sealer, issued: None, migrated: None, began_anew: false, depth: 0 })
    }

    pub(crate) fn db(&self) -> Db<'_> {
        Db { connection: &self.connection, sealer: &self.sealer }
    }

    /// One durable transaction, or a part of the one around it.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.begin()?;
        let done = work(&self.db());
        self.end(done)
    }

    /// One durable transaction with its row in the audit chain.
    pub(crate) fn write_audited<T>(
        &mut self,
        entry: &Entry,
        work: impl FnOnce(&Db) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|db| {
            let value = work(db)?;
            audit::append(db, entry)?;
            Ok(value)
        })
    }

    pub(crate) fn begin(&mut self) -> Result<(), StoreError> {
        if self.depth > 0 && self.connection.is_autocommit() {
            return Err(StoreError::Undone);
        }
        self.connection.execute_batch(if self.depth == 0 { "begin immediate" } else { "savepoint part" })?;
        self.depth += 1;
        Ok(())
    }

    pub(crate) fn end<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        self.depth = self.depth.saturating_sub(1);
        let outer = self.depth == 0;
        // A full or failing disk makes SQLite undo the whole transaction by itself.
        let lost = self.connection.is_autocommit();
        let done = match done {
            Ok(_) if lost => Err(StoreError::Undone),
            Ok(value) => {
                let commit = if outer { "commit" } else { "release part" };
                self.connection.execute_batch(commit).map(|()| value).map_err(StoreError::from)
            }
            Err(error) => Err(error),
        };
        if done.is_err() && !self.connection.is_autocommit() {
            let undo = if outer { "rollback" } else { "rollback to part; release part" };
            self.connection.execute_batch(undo)?;
        }
        done
    }
}

#[cfg(test)]
pub mod tests_support {
    use super::{Keys, Store};

    pub fn fresh() -> (tempfile::TempDir, Store) {
        let home = tempfile::tempdir().unwrap();
        let file = |name: &str| home.path().join(name);
        let keys = Keys::create(&file("keys")).unwrap();
        let store = Store::open_with(&file("tsugite.db"), &file("issued.log"), &keys).unwrap();
        (home, store)
    }
}
