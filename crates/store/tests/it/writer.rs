//! One writer for many threads: whoever has an answer has it for good.

use crate::{DESK, NOW, files, keys, new, open, unit};
use std::{sync::mpsc::channel, thread};
use tsugite_store::{Operation, Reader, StoreError, Writer};

#[test]
fn what_is_answered_is_there_for_every_reader_and_after_reopening() {
    let home = tempfile::tempdir().unwrap();
    let writer = Writer::start(open(home.path())).unwrap();
    let reader = || Reader::open(&files(home.path()).0, &keys(home.path())).unwrap();
    thread::scope(|scope| {
        for thread in 0..4 {
            let (handle, reader) = (writer.handle(), &reader);
            scope.spawn(move || {
                let reader = reader();
                for n in 0..25 {
                    let mine = unit(&format!("{thread}-{n}"), 0);
                    let job = new(&mine, Operation::Register, 1, 1);
                    handle.write(move |store| store.enqueue(&[job], NOW, DESK)).unwrap();
                    assert!(reader.ledger_entry(&mine).unwrap().is_some(), "answered before it was durable");
                }
            });
        }
    });
    drop(writer.finish().unwrap());
    let store = open(home.path());
    assert_eq!(store.ledger().unwrap().len(), 100);
    assert_eq!(store.verify_audit().unwrap(), Ok(100));
}

#[test]
fn jobs_that_wait_together_are_one_transaction_and_one_failure_undoes_one_job() {
    let home = tempfile::tempdir().unwrap();
    let writer = Writer::start(open(home.path())).unwrap();
    let handle = writer.handle();
    // The first job keeps the writer busy until all others wait.
    let (go, wait) = channel();
    let busy = handle.submit(move |_| wait.recv().map_err(|_| StoreError::Closed)).unwrap();
    let jobs: Vec<_> = (0..20)
        .map(|n| {
            let job = new(&unit(&n.to_string(), 0), Operation::Register, 1, 1);
            let submitted = handle.submit(move |store| {
                store.enqueue(&[job], NOW, DESK)?;
                if n == 7 { Err(StoreError::NoSubmission(7)) } else { store.audit(NOW, DESK, "job", &n.to_string()) }
            });
            submitted.unwrap()
        })
        .collect();
    let reader = Reader::open(&files(home.path()).0, &keys(home.path())).unwrap();
    go.send(()).unwrap();
    for (n, job) in jobs.into_iter().enumerate() {
        let done = job.wait();
        assert_eq!(done.is_err(), n == 7, "job {n}: {done:?}");
        // The first answer comes when all of the batch is durable.
        assert_eq!(reader.ledger().unwrap().len(), 19);
    }
    busy.wait().unwrap();
    let store = writer.finish().unwrap();
    assert!(store.ledger_entry(&unit("7", 0)).unwrap().is_none());
    assert_eq!(store.verify_audit().unwrap(), Ok(38));
    assert!(matches!(handle.write(|_| Ok(())), Err(StoreError::Closed)));
}

#[test]
fn several_calls_are_one_or_none() {
    let home = tempfile::tempdir().unwrap();
    let mut store = open(home.path());
    let failed: Result<(), _> = store.together(|store| {
        store.enqueue(&[new(&unit("1", 0), Operation::Register, 1, 1)], NOW, DESK)?;
        let inner: Result<(), _> = store.together(|store| {
            store.enqueue(&[new(&unit("2", 0), Operation::Register, 1, 1)], NOW, DESK)?;
            Err(StoreError::NoSubmission(2))
        });
        assert!(inner.is_err());
        assert_eq!(store.ledger()?.len(), 1, "only the inner part is undone");
        Err(StoreError::NoSubmission(1))
    });
    assert!(failed.is_err());
    assert!(store.ledger().unwrap().is_empty());
    store.audit(NOW, DESK, "after", "").unwrap();
    assert_eq!(store.verify_audit().unwrap(), Ok(1));
}
