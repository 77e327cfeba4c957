//! `issued.log`: every Bundle-ID that may have reached the centre with its attempts, one JSON line each, appended and synced before
//! the first byte leaves. It lies outside the database and outside its backups, so that an older database cannot forget an id
//! (`rules` §6). A line names the Bundle-ID in plain, whose local part is a hash, so that `convert --ledger` reads it without a key; the
//! Unit and the insured ids are sealed.

use crate::{
    Store, StoreError, Submission, Unit,
    db::Db,
    files,
    keys::{from_hex, hex},
    ledger::{Person, ensure, set_insured, unit_key},
    seal::{self, LOGGED_PERSON, Sealer},
};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

/// A log that has so many lines more than Bundle-IDs is written anew with the last line of each.
const SPARE_LINES: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub bundle_id: String,
    /// In plain: only in lines of older programs, which name no attempt either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Unit>,
    /// The attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    /// Sealed [`Addressee`], in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
}

/// Of whom a line tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Addressee {
    unit: Unit,
    addresses: Option<Addresses>,
}

/// The insured ids of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    /// Under which the centre holds the Unit before it.
    pub addressed: String,
    /// Under which it does after it; empty for a cancel.
    pub insured: String,
}

impl Line {
    /// An attempt that is about to be made.
    pub fn attempt(sealer: &Sealer, due: &Submission, file_id: &str) -> Result<Self, StoreError> {
        let addresses = Addresses { addressed: due.addressed.clone(), insured: due.insured.clone() };
        let addressee = Addressee { unit: due.unit.clone(), addresses: Some(addresses) };
        let line = Self::of(sealer, due.bundle_id.clone(), &addressee, Some(file_id.to_owned()))?;
        Ok(Self { operation: Some(due.operation.name().to_owned()), ..line })
    }

    /// A Bundle-ID that something names before its Unit is sent.
    pub fn named(sealer: &Sealer, due: &Submission) -> Result<Self, StoreError> {
        Self::known(sealer, due.bundle_id.clone(), due.unit.clone(), None)
    }

    /// What the database knows of a Bundle-ID.
    fn known(sealer: &Sealer, bundle_id: String, unit: Unit, file_id: Option<String>) -> Result<Self, StoreError> {
        Self::of(sealer, bundle_id, &Addressee { unit, addresses: None }, file_id)
    }

    fn of(
        sealer: &Sealer,
        bundle_id: String,
        addressee: &Addressee,
        file_id: Option<String>,
    ) -> Result<Self, StoreError> {
        let sealed = Some(hex(&sealer.seal_json(LOGGED_PERSON, bundle_id.as_str().into(), addressee)?));
        Ok(Self { bundle_id, unit: None, file_id, operation: None, sealed })
    }

    fn addressee(&self, sealer: &Sealer) -> Result<Addressee, StoreError> {
        if let Some(unit) = &self.unit {
            return Ok(Addressee { unit: unit.clone(), addresses: None });
        }
        let damaged = || StoreError::Corrupt { what: "issued.log", row: 0 };
        let sealed = self.sealed.as_deref().and_then(from_hex).ok_or_else(damaged)?;
        sealer.open_json(LOGGED_PERSON, self.bundle_id.as_str().into(), &sealed)
    }

    /// The same under the newest key.
    fn sealed_anew(&self, sealer: &Sealer) -> Result<Self, StoreError> {
        let line = Self::of(sealer, self.bundle_id.clone(), &self.addressee(sealer)?, self.file_id.clone())?;
        Ok(Self { operation: self.operation.clone(), ..line })
    }
}

#[derive(Debug)]
pub struct IssuedLog {
    path: PathBuf,
    file: File,
    /// Up to here it is whole.
    length: u64,
}

impl IssuedLog {
    /// Opens the log and reads what it holds. A last line cut short was never synced, so nothing was sent under it: it is dropped.
    pub fn open(path: &Path) -> Result<(Self, Vec<Line>), StoreError> {
        let made = !path.exists();
        let mut file = append_to(path)?;
        files::restrict(path).map_err(StoreError::io(path))?;
        if made {
            files::sync_folder_of(path).map_err(StoreError::io(path))?;
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(StoreError::io(path))?;
        let complete = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let length = u64::try_from(complete).unwrap_or(u64::MAX);
        if complete < text.len() {
            file.set_len(length).map_err(StoreError::io(path))?;
        }
        let lines = text.get(..complete).unwrap_or_default().split(|byte| *byte == b'\n');
        let mut records = Vec::new();
        for (index, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let damaged = |_| StoreError::IssuedLog { path: path.to_owned(), line: index + 1 };
            records.push(serde_json::from_slice(line).map_err(damaged)?);
        }
        Ok((Self { path: path.to_owned(), file, length }, records))
    }

    /// When this has returned, the lines are on the disk.
    pub fn append(&mut self, lines: &[Line]) -> Result<(), StoreError> {
        if lines.is_empty() {
            return Ok(());
        }
        let text = self.text(lines)?;
        // An append that failed may have left half a line, which the next one must not continue.
        if self.file.metadata().map_err(StoreError::io(&self.path))?.len() != self.length {
            self.file.set_len(self.length).map_err(StoreError::io(&self.path))?;
        }
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        written.map_err(StoreError::io(&self.path))?;
        self.length = self.length.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// Writes the whole log anew.
    pub fn rewrite(&mut self, lines: &[Line]) -> Result<(), StoreError> {
        let text = self.text(lines)?;
        files::replace(&self.path, |file| file.write_all(&text)).map_err(StoreError::io(&self.path))?;
        self.file = append_to(&self.path)?;
        self.length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    fn text(&self, lines: &[Line]) -> Result<Vec<u8>, StoreError> {
        let mut text = Vec::new();
        for line in lines {
            let damaged = |_| StoreError::IssuedLog { path: self.path.clone(), line: 0 };
            serde_json::to_writer(&mut text, line).map_err(damaged)?;
            text.push(b'\n');
        }
        Ok(text)
    }
}

fn append_to(path: &Path) -> Result<File, StoreError> {
    files::private(OpenOptions::new().read(true).append(true).create(true)).open(path).map_err(StoreError::io(path))
}

/// The last line of each Bundle-ID, in the order of their first.
fn newest(lines: Vec<Line>) -> Vec<Line> {
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Line> = Vec::new();
    for line in lines {
        match at.get(&line.bundle_id).and_then(|at| kept.get_mut(*at)) {
            Some(known) => *known = line,
            None => {
                at.insert(line.bundle_id.clone(), kept.len());
                kept.push(line);
            }
        }
    }
    kept
}

/// Remembers that a Bundle-ID is used, and its newest attempt.
pub fn remember(db: &Db, bundle_id: &str, unit: &Unit, file_id: Option<&str>) -> Result<(), StoreError> {
    let name = db.sealer.seal_json(seal::ISSUED_UNIT, bundle_id.into(), unit)?;
    db.execute(
        "insert into issued (bundle_id, unit, name, generation, last_attempt) values (?1, ?2, ?3, ?4, ?5)
         on conflict do update set last_attempt = coalesce(excluded.last_attempt, last_attempt)",
        (bundle_id, unit_key(db.sealer, unit), name, unit.generation, file_id),
    )?;
    Ok(())
}

/// A Bundle-ID that the database knows.
#[derive(Clone, Debug)]
pub struct IssuedUnit {
    pub bundle_id: String,
    pub unit: Unit,
    /// File id of its newest attempt.
    pub last_attempt: Option<String>,
}

/// What `issued.log` knows of a Unit beyond the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogDoubt {
    /// The last was a cancel: it lives under the insured id of the ledger, or not any more.
    Cancel,
    /// Registered or changed under the insured id of the ledger, maybe.
    Sent,
    /// Changed from one insured id to another, maybe: it lives under either.
    Moved,
    /// Issued; neither the operation nor the insured id are known.
    Issued,
}

impl LogDoubt {
    const ALL: [Self; 4] = [Self::Cancel, Self::Sent, Self::Moved, Self::Issued];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Sent => "sent",
            Self::Moved => "moved",
            Self::Issued => "issued",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doubt| doubt.name() == text)
    }
}

impl Store {
    /// Makes log and database know the same. A Bundle-ID or an attempt that only the log knows makes its Unit `unknown`; what only
    /// the database knows is written to the log again.
    pub(crate) fn merge_issued(&mut self, logged: Vec<Line>) -> Result<(), StoreError> {
        let count = logged.len();
        let logged = newest(logged);
        let known = self.issued_units()?;
        let in_log: HashSet<&str> = logged.iter().map(|line| line.bundle_id.as_str()).collect();
        let missing = known.iter().filter(|issued| !in_log.contains(issued.bundle_id.as_str()));
        let missing = missing
            .map(|issued| {
                let IssuedUnit { bundle_id, unit, last_attempt } = issued.clone();
                Line::known(&self.sealer, bundle_id, unit, last_attempt)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let in_database: HashMap<&str, &IssuedUnit> =
            known.iter().map(|issued| (issued.bundle_id.as_str(), issued)).collect();
        let mut new = Vec::new();
        for line in &logged {
            let same = in_database
                .get(line.bundle_id.as_str())
                .map(|known| line.file_id.is_none() || known.last_attempt == line.file_id);
            if same != Some(true) && !(same.is_some() && self.attempt_exists(line.file_id.as_deref())?) {
                new.push(line);
            }
        }
        if !new.is_empty() {
            self.write(|db| {
                new.iter().try_for_each(|line| learn(db, line))?;
                close_older_generations(db)
            })?;
        }
        let Some(log) = &mut self.issued else { return Ok(()) };
        log.append(&missing)?;
        let plain = logged.iter().any(|line| line.unit.is_some());
        if plain || count > logged.len().saturating_mul(2).saturating_add(SPARE_LINES) {
            self.reseal_log()?;
        }
        Ok(())
    }

    fn attempt_exists(&self, file_id: Option<&str>) -> Result<bool, StoreError> {
        let sql = "select 1 from attempts where file_id = ?1";
        Ok(self.connection.query_row(sql, [file_id], |_| Ok(())).optional()?.is_some())
    }

    /// Every Bundle-ID that was ever issued, in that order.
    pub(crate) fn issued_units(&self) -> Result<Vec<IssuedUnit>, StoreError> {
        let mut statement =
            self.connection.prepare("select bundle_id, name, last_attempt from issued order by rowid")?;
        let mut rows = statement.query([])?;
        let mut issued = Vec::new();
        while let Some(row) = rows.next()? {
            let (bundle_id, name): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let unit = self.sealer.open_json(seal::ISSUED_UNIT, bundle_id.as_str().into(), &name)?;
            issued.push(IssuedUnit { bundle_id, unit, last_attempt: row.get(2)? });
        }
        Ok(issued)
    }

    /// The log is lost: nobody knows what was sent after this database was copied.
    pub(crate) fn doubt_all(&mut self) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute_batch(
                "update ledger set doubt = 'sent' where cancelled_at is null and doubt is null
                     and exists (select 1 from issued i where i.bundle_id = ledger.bundle_id);
                 update ledger set state = 'unknown' where doubt is not null and not exists (select 1 from submissions s
                     where s.unit = ledger.id and s.state in ('draft', 'queued', 'sent', 'lost', 'unclear'));",
            )?;
            Ok(())
        })
    }

    /// How many Units the centre may hold in another version than the ledger says, since a restore.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn doubtful_units(&self) -> Result<u32, StoreError> {
        let sql = "select count(*) from ledger where doubt is not null";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Writes the log anew: the last line of each Bundle-ID, sealed under the newest key.
    pub(crate) fn reseal_log(&mut self) -> Result<(), StoreError> {
        let Some(log) = &mut self.issued else { return Ok(()) };
        let (_, lines) = IssuedLog::open(log.path())?;
        let sealed = newest(lines).iter().map(|line| line.sealed_anew(&self.sealer)).collect::<Result<Vec<_>, _>>()?;
        log.rewrite(&sealed)
    }
}

/// Takes over what only the log knows: under which id the Unit goes, and that its state at the centre is not known.
fn learn(db: &Db, line: &Line) -> Result<(), StoreError> {
    let Addressee { unit, addresses } = line.addressee(db.sealer)?;
    let key = unit_key(db.sealer, &unit);
    remember(db, &line.bundle_id, &unit, line.file_id.as_deref())?;
    // A row under another id that was never issued gives way.
    ensure(db, &unit, &line.bundle_id, "unknown")?;
    let id: i64 =
        db.query_row("select id from ledger where unit = ?1 and generation = ?2", (key, unit.generation), |row| {
            row.get(0)
        })?;
    let doubt = match (line.operation.as_deref(), &addresses) {
        (None, _) | (_, None) => LogDoubt::Issued,
        (Some("cancel"), Some(_)) => LogDoubt::Cancel,
        (Some(_), Some(a)) if a.addressed.is_empty() || a.addressed == a.insured => LogDoubt::Sent,
        (Some(_), Some(_)) => LogDoubt::Moved,
    };
    if let Some(Addresses { addressed, insured }) = addresses {
        let (first, other) = if doubt == LogDoubt::Cancel { (addressed, String::new()) } else { (insured, addressed) };
        set_insured(db, id, first)?;
        let other = Person { insured: other, ..Person::default() }.seal(db.sealer, seal::LEDGER_DOUBT, id)?;
        db.execute("update ledger set doubt_person = ?2 where id = ?1", (id, other))?;
    }
    db.execute("update ledger set doubt = ?2 where id = ?1", (id, doubt.name()))?;
    db.execute(
        "update ledger set state = 'unknown' where id = ?1 and not exists (select 1 from submissions
             where unit = ?1 and state in ('draft', 'queued', 'sent', 'lost', 'unclear'))",
        [id],
    )?;
    Ok(())
}

/// A generation is issued only after the one before it was cancelled, whatever an older database says of that.
fn close_older_generations(db: &Db) -> Result<(), StoreError> {
    let older = "select l.id from ledger l where exists
        (select 1 from issued i where i.unit = l.unit and i.generation > l.generation)";
    db.execute_batch(&format!(
        "update submissions set state = 'withdrawn'
             where state in ('draft', 'queued', 'sent', 'lost', 'unclear', 'rejected') and unit in ({older});
         update ledger set state = 'cancelled', cancelled_at = coalesce(cancelled_at, accepted_at, ''), doubt = null,
             doubt_person = null,
             accepted_content = null, accepted_person = null, accepted_members = null, accepted_ig = null, accepted_at = null
             where id in ({older});"
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, file_id: &str) -> Line {
        let sealed = Some("00".into());
        Line { bundle_id: id.into(), unit: None, file_id: Some(file_id.into()), operation: None, sealed }
    }

    #[test]
    fn half_a_line_of_a_failed_append_is_not_continued() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("issued.log");
        let (mut log, _) = IssuedLog::open(&path).unwrap();
        log.append(&[line("a", "1")]).unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"bundle_id\":\"b").unwrap();
        log.append(&[line("b", "2")]).unwrap();
        assert_eq!(IssuedLog::open(&path).unwrap().1, [line("a", "1"), line("b", "2")]);
    }

    #[test]
    fn the_last_line_of_an_id_stands_for_it_and_a_log_written_anew_goes_on() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("issued.log");
        let (mut log, _) = IssuedLog::open(&path).unwrap();
        log.append(&[line("a", "1"), line("b", "2"), line("a", "3")]).unwrap();
        let kept = newest(IssuedLog::open(&path).unwrap().1);
        assert_eq!(kept, [line("a", "3"), line("b", "2")]);
        log.rewrite(&kept).unwrap();
        log.append(&[line("c", "4")]).unwrap();
        assert_eq!(IssuedLog::open(&path).unwrap().1, [line("a", "3"), line("b", "2"), line("c", "4")]);
    }
}
