//! Disks that fail: the write-ahead log cut and garbled at every frame, and no space left.

use crate::{DESK, NOW, files, new, open, unit};
use std::{fs, path::Path};
use tsugite_store::{Operation, Store, StoreError, Writer};

const TRANSACTIONS: usize = 6;
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// A database with one transaction after the other in its write-ahead log, and the length of the log after each.
fn acknowledged(home: &Path) -> Vec<usize> {
    let mut store = open(home);
    let wal = format!("{}-wal", files(home).0.display());
    let mut lengths = Vec::new();
    for n in 0..TRANSACTIONS {
        store.enqueue(&[new(&unit(&n.to_string(), 0), Operation::Register, 1, 1)], NOW, DESK).unwrap();
        lengths.push(usize::try_from(fs::metadata(&wal).unwrap().len()).unwrap());
    }
    for file in ["tsugite.db", "tsugite.db-wal", "issued.log", "tsugite.keys"] {
        fs::copy(home.join(file), home.join(file).with_extension(format!("{}.kept", file.len()))).unwrap();
    }
    lengths
}

/// Lays the files as they were when the power went, with another write-ahead log.
fn lay(from: &Path, to: &Path, wal: &[u8]) {
    for file in ["tsugite.db", "issued.log", "tsugite.keys"] {
        fs::copy(from.join(file).with_extension(format!("{}.kept", file.len())), to.join(file)).unwrap();
    }
    let _ = fs::remove_file(to.join("tsugite.db-shm"));
    fs::write(to.join("tsugite.db-wal"), wal).unwrap();
}

/// What was acknowledged while the log was no longer than `whole` is there; what came later is there as a whole or not at all.
fn check(home: &Path, lengths: &[usize], whole: usize, what: &str) {
    let store = open(home);
    let least = lengths.iter().filter(|length| **length <= whole).count();
    let there = store.ledger().unwrap().len();
    assert!(there >= least, "{what}: {there} of {least} acknowledged transactions");
    for n in 0..TRANSACTIONS {
        let submissions = store.submissions_of(&unit(&n.to_string(), 0)).unwrap();
        assert_eq!(submissions.len(), usize::from(n < there), "{what}: transaction {n}");
        for submission in submissions {
            assert_eq!(store.payload(submission.id).unwrap(), [1; 8], "{what}");
        }
    }
    assert_eq!(store.verify_audit().unwrap(), Ok(i64::try_from(there).unwrap()), "{what}");
}

#[test]
fn a_write_ahead_log_cut_or_garbled_at_any_frame_loses_nothing_that_was_before_it() {
    let home = tempfile::tempdir().unwrap();
    let lengths = acknowledged(home.path());
    let wal = fs::read(home.path().join("tsugite.db-wal").with_extension("14.kept")).unwrap();
    let page = usize::try_from(u32::from_be_bytes(wal[8..12].try_into().unwrap())).unwrap();
    let frame = FRAME_HEADER + page;
    let frames = (wal.len() - WAL_HEADER) / frame;
    assert!(frames >= TRANSACTIONS && lengths[0] < lengths[TRANSACTIONS - 1], "{frames} frames, {lengths:?}");
    let scratch = tempfile::tempdir().unwrap();
    for at in 0..=frames {
        let start = WAL_HEADER + at * frame;
        for (cut, name) in [(start, "at"), (start + 7, "in the header of"), (start + FRAME_HEADER + 100, "in")] {
            if cut <= wal.len() {
                lay(home.path(), scratch.path(), &wal[..cut]);
                check(scratch.path(), &lengths, start, &format!("cut {name} frame {at}"));
            }
        }
        for (byte, name) in [(start + 4, "header"), (start + FRAME_HEADER + page / 2, "page")] {
            if byte < wal.len() {
                let mut garbled = wal.clone();
                garbled[byte] ^= 0x55;
                lay(home.path(), scratch.path(), &garbled);
                check(scratch.path(), &lengths, start, &format!("{name} of frame {at} garbled"));
            }
        }
    }
}

/// As if the disk had no more space: SQLite may not grow the file.
fn fill_up(store: &Store, full: bool) {
    store.limit_pages(if full { Some(0) } else { None }).unwrap();
}

#[test]
fn a_full_disk_is_told_loses_nothing_and_is_got_over() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let big = |n: u32| {
        // Nothing that packing would make small.
        let mut state = n;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        });
        let bytes = noise.take(100_000).collect();
        tsugite_store::NewSubmission { bytes, ..new(&unit(&n.to_string(), 0), Operation::Register, 1, 1) }
    };
    store.enqueue(&[big(0)], NOW, DESK).unwrap();
    fill_up(&store, true);
    let refused = store.enqueue(&[big(1)], NOW, DESK).unwrap_err();
    assert!(refused.is_disk_full(), "{refused:?}");
    assert_eq!(refused.to_string(), "the disk is full");
    assert_eq!(store.ledger().unwrap().len(), 1, "nothing half");
    fill_up(&store, false);
    store.enqueue(&[big(1)], NOW, DESK).unwrap();
    assert_eq!(store.ledger().unwrap().len(), 2);
    assert_eq!(store.verify_audit().unwrap(), Ok(2));

    // The same under a writer: the callers are told, none is told that it is done, and it goes on.
    let writer = Writer::start(store).unwrap();
    let handle = writer.handle();
    handle.write(|store| store.limit_pages(Some(0))).unwrap();
    let jobs: Vec<_> =
        (10..20).map(|n| handle.submit(move |store| store.enqueue(&[big(n)], NOW, DESK)).unwrap()).collect();
    for job in jobs {
        assert!(matches!(job.wait(), Err(StoreError::DiskFull | StoreError::Undone)));
    }
    handle.write(|store| store.limit_pages(None)).unwrap();
    handle.write(move |store| store.enqueue(&[big(10)], NOW, DESK)).unwrap();
    let store = writer.finish().unwrap();
    assert_eq!(store.ledger().unwrap().len(), 3);
    assert_eq!(store.verify_audit().unwrap(), Ok(3));
}
