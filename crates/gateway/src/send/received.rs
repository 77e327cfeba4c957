//! The bytes of what was dropped, kept beside what they state, and read anew by another version of the program.

use super::{
    drops::watch_instance,
    groups::ledger_name,
    held::{Desk, scope_of},
    intend::Between,
    reading::{READER, Reading},
    scan::Scan,
};
use crate::{
    failure::Failure,
    intake::{Limits, archive::Archive, is_archive_of},
};
use tsugite_issue::{Digest, Issue};
use tsugite_pipeline::{HeldInput, ReadOutput, Settings, unread};
use tsugite_store::{InputReading, NewInput, Remembered, Store, StoreError};

/// The bytes of a file, and what was read from them: one input, and the members where it is a zip file.
#[derive(Debug)]
pub struct Received {
    pub bytes: Vec<u8>,
    /// The file itself.
    pub reading: Reading,
    pub members: Vec<Reading>,
}

impl Received {
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        std::iter::once(&self.reading).chain(&self.members)
    }
}

/// A file that was looked into.
#[derive(Debug)]
pub struct Taken {
    pub digest: Digest,
    /// What can be used of it.
    pub received: Option<Received>,
    /// Why it, or the first such member of it, cannot be used.
    pub held: Option<HeldInput>,
    pub issues: Vec<Issue>,
}

/// Reads a file, or the members of a zip file.
pub fn take(logical: &str, bytes: Result<Vec<u8>, Issue>, mtime: &str, settings: &Settings) -> Taken {
    match bytes {
        Ok(bytes) if is_archive_of(logical, &bytes) => take_members(logical, bytes, mtime, settings),
        bytes => {
            let (reading, held, issues) = read(logical, &bytes, mtime, settings);
            let digest = reading.digest;
            let received = bytes.ok().filter(|_| held.is_none());
            let received = received.map(|bytes| Received { bytes, reading, members: Vec::new() });
            Taken { digest, received, held, issues }
        }
    }
}

fn take_members(logical: &str, bytes: Vec<u8>, mtime: &str, settings: &Settings) -> Taken {
    let digest = tsugite_source::digest(&bytes);
    let limits = Limits::default();
    let (archive, listed, mut issues) = match Archive::of_bytes(bytes.clone(), logical, &limits) {
        Ok(opened) => opened,
        Err(issue) => {
            let held = Some(held_for(&issue, logical));
            return Taken { digest, received: None, held, issues: vec![issue.at(unread(logical))] };
        }
    };
    let mut held = issues.first().map(|issue| held_for(issue, logical));
    let mut members = Vec::new();
    for member in listed {
        let bytes = archive.read(member.index, &member.path, &limits);
        let (reading, refused, told) = read(&format!("{logical}/{}", member.path), &bytes, mtime, settings);
        issues.extend(told);
        match refused {
            Some(refused) => drop(held.get_or_insert(refused)),
            None => members.push(reading),
        }
    }
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let reading = Reading::of_archive(format!("{logical}@{digest}"), size, mtime.to_owned(), digest);
    let received = (!members.is_empty()).then_some(Received { bytes, reading, members });
    Taken { digest, received, held, issues }
}

/// One input: what it says, and why it cannot be used where it cannot.
fn read(
    logical: &str,
    bytes: &Result<Vec<u8>, Issue>,
    mtime: &str,
    settings: &Settings,
) -> (Reading, Option<HeldInput>, Vec<Issue>) {
    let (mut reading, output) = Reading::of(logical, bytes, settings);
    let ReadOutput { mut held, mut unreadable, issues, inputs, .. } = output;
    let held = held.pop().or_else(|| unreadable.pop()).or_else(|| {
        let passed = issues.first().filter(|_| inputs.skipped > 0)?;
        Some(held_for(passed, logical))
    });
    reading.path = format!("{logical}@{}", reading.digest);
    reading.dated(mtime.to_owned());
    (reading, held, issues)
}

fn held_for(issue: &Issue, logical: &str) -> HeldInput {
    HeldInput { rule: issue.definition, origin: unread(logical), issues: vec![issue.definition] }
}

/// Files of one durable transaction.
const BATCH: usize = 200;

/// Keeps bytes and statements, all or none: what is put away afterwards can be read again.
///
/// # Errors
/// When the ledger cannot be written.
pub fn record(
    store: &mut Store,
    run: i64,
    instance: &str,
    desk: &Desk,
    received: &[Received],
) -> Result<(), StoreError> {
    let inputs: Vec<NewInput> =
        received.iter().map(|file| NewInput { instance, path: &file.reading.path, bytes: &file.bytes }).collect();
    let readings: Vec<InputReading> =
        received.iter().flat_map(Received::readings).map(|reading| reading.input(instance)).collect();
    store.together(|store| {
        let ids = store.receive(&inputs, &desk.now)?;
        store.mark_read(&ids, &desk.now)?;
        store.scan(run).record(&readings)?;
        // Another content of a name stands for what was held of it.
        received.iter().flat_map(Received::readings).try_for_each(|reading| {
            let name = reading.path.rsplit_once('@').map_or(&*reading.path, |(name, _)| name);
            desk.keep(store, &scope_of(instance, name), reading)
        })
    })
}

/// Reads again what another version of the program has read, as a scan of the storage does. What cannot be read any more, or whose
/// bytes are kept no longer, goes on saying what it said.
///
/// # Errors
/// When the ledger cannot be used, or `between` ends it; the rest is read the next time.
pub fn read_anew(
    store: &mut Store,
    now: &str,
    settings: &Settings,
    scan: &mut Scan,
    between: &mut Between,
) -> Result<(), Failure> {
    let instance = watch_instance(&settings.context.instance);
    let remembered = store.remembered(&instance)?.into_iter();
    let old: Vec<(String, Remembered)> = remembered.filter(|(_, known)| known.reader != READER).collect();
    for batch in old.chunks(BATCH) {
        let mut readings = Vec::new();
        for (path, known) in batch {
            readings.extend(read_kept(store, &instance, path, known, settings, scan)?);
        }
        let inputs: Vec<InputReading> = readings.iter().map(|reading| reading.input(&instance)).collect();
        let run = store.begin_run(now, now)?;
        store.scan(run).record(&inputs)?;
        store.finish_run(run, "read anew", now)?;
        let statements = readings.iter().flat_map(|reading| &reading.statements);
        scan.affected.extend(statements.map(|statement| ledger_name(statement.patient())));
        scan.read += u64::try_from(readings.len()).unwrap_or(u64::MAX);
        between(store)?;
    }
    Ok(())
}

fn read_kept(
    store: &Store,
    instance: &str,
    path: &str,
    known: &Remembered,
    settings: &Settings,
    scan: &mut Scan,
) -> Result<Vec<Reading>, Failure> {
    let Some((logical, _)) = path.rsplit_once('@') else { return Ok(Vec::new()) };
    // The members of a zip file are read with it.
    let Some(input) = store.raw_input(instance, path)? else { return Ok(Vec::new()) };
    let Some(bytes) = store.input_bytes(input.id)? else { return Ok(Vec::new()) };
    let taken = take(logical, Ok(bytes), &known.mtime, settings);
    scan.issues.extend(taken.issues);
    let Some(Received { mut reading, mut members, .. }) = taken.received else { return Ok(Vec::new()) };
    path.clone_into(&mut reading.path);
    members.push(reading);
    Ok(members)
}
