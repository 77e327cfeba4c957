//! The bytes of what was dropped, kept beside what they state, and read anew by another version of the program.

use super::{
    drops::watch_instance,
    groups::ledger_name,
    intend::Between,
    reading::{READER, Reading},
    scan::Scan,
};
use crate::failure::Failure;
use tsugite_pipeline::Settings;
use tsugite_store::{InputReading, NewInput, Remembered, Store, StoreError};

/// What was read, and the bytes that it was read from.
pub type Received = (Reading, Vec<u8>);

/// Files of one durable transaction.
const BATCH: usize = 200;

/// Keeps bytes and statements, all or none: what is put away afterwards can be read again.
///
/// # Errors
/// When the ledger cannot be written.
pub fn record(store: &mut Store, run: i64, instance: &str, now: &str, received: &[Received]) -> Result<(), StoreError> {
    let inputs: Vec<NewInput> =
        received.iter().map(|(reading, bytes)| NewInput { instance, path: &reading.path, bytes }).collect();
    let readings: Vec<InputReading> = received.iter().map(|(reading, _)| reading.input(instance)).collect();
    store.together(|store| {
        let ids = store.receive(&inputs, now)?;
        store.mark_read(&ids, now)?;
        store.scan(run).record(&readings)
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
) -> Result<Option<Reading>, Failure> {
    let Some((logical, _)) = path.rsplit_once('@') else { return Ok(None) };
    let Some(input) = store.raw_input(instance, path)? else { return Ok(None) };
    let Some(bytes) = store.input_bytes(input.id)? else { return Ok(None) };
    let (mut reading, output) = Reading::of(logical, &Ok(bytes), settings);
    scan.issues.extend(output.issues);
    if !output.held.is_empty() || !output.unreadable.is_empty() || output.inputs.skipped > 0 {
        return Ok(None);
    }
    path.clone_into(&mut reading.path);
    reading.dated(known.mtime.clone());
    Ok(Some(reading))
}
