//! One thread writes, for everybody: what many ask for at once becomes one transaction and one sync of the disk.

use crate::{Keys, Store, StoreError};
use std::{
    ops::Deref,
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

/// How many jobs wait before the next one has to wait itself, and how many become one transaction.
const QUEUE: usize = 1024;
const BATCH: usize = 512;

/// What is left to do of a job when its batch is durable, or is known not to be.
type Answer = Box<dyn FnOnce(Option<StoreError>) + Send>;
type Work = Box<dyn FnOnce(&mut Store) -> Answer + Send>;

enum Message {
    Work(Work),
    Stop,
}

/// Owns the store and its thread.
#[derive(Debug)]
pub struct Writer {
    handle: WriteHandle,
    thread: JoinHandle<Store>,
}

/// Asks the writer; as many as there are threads.
#[derive(Clone, Debug)]
pub struct WriteHandle {
    sender: SyncSender<Message>,
}

/// A job that was handed over.
#[derive(Debug)]
pub struct Pending<T> {
    answer: Receiver<Result<T, StoreError>>,
}

impl<T> Pending<T> {
    /// Waits until the job is durable.
    ///
    /// # Errors
    /// The job's own, which undid this job only; or when its batch could not be written, so that nothing of it happened.
    pub fn wait(self) -> Result<T, StoreError> {
        self.answer.recv().unwrap_or(Err(StoreError::Closed))
    }
}

impl WriteHandle {
    /// Hands a job over. Inside it, calls of the store are durable together with the job; it should not wait for anything else.
    ///
    /// # Errors
    /// When the writer has stopped.
    pub fn submit<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Pending<T>, StoreError> {
        let (sender, answer) = sync_channel(1);
        let work: Work = Box::new(move |store| {
            let done = store.together(job);
            Box::new(move |failed| {
                // Nobody may be waiting any more.
                let _ = sender.send(done.and_then(|value| failed.map_or(Ok(value), Err)));
            })
        });
        self.sender.send(Message::Work(work)).map_err(|_| StoreError::Closed)?;
        Ok(Pending { answer })
    }

    /// Hands a job over and waits until it is durable.
    ///
    /// # Errors
    /// As [`Pending::wait`].
    pub fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.submit(job)?.wait()
    }
}

impl Writer {
    /// # Errors
    /// When the system gives no thread.
    pub fn start(mut store: Store) -> Result<Self, StoreError> {
        let (sender, receiver) = sync_channel(QUEUE);
        let thread = thread::Builder::new().name("store".into()).spawn(move || {
            while let Ok(Message::Work(first)) = receiver.recv() {
                if !batch(&mut store, first, &receiver) {
                    break;
                }
            }
            store
        });
        let thread = thread.map_err(StoreError::io("thread"))?;
        Ok(Self { handle: WriteHandle { sender }, thread })
    }

    pub fn handle(&self) -> WriteHandle {
        self.handle.clone()
    }

    /// Does what was handed over before, stops, and gives the store back. Later jobs are refused.
    ///
    /// # Errors
    /// When a job had panicked.
    pub fn finish(self) -> Result<Store, StoreError> {
        // It fails if the thread has ended, which joining tells.
        let _ = self.handle.sender.send(Message::Stop);
        self.thread.join().map_err(|_| StoreError::Closed)
    }
}

/// Does the first job and what else waits as one transaction. Whether to go on.
fn batch(store: &mut Store, first: Work, receiver: &Receiver<Message>) -> bool {
    let mut answers = Vec::new();
    let mut go_on = true;
    if store.begin().is_err() {
        // Alone it meets the same failure, and tells it.
        first(store)(None);
        return true;
    }
    let mut next = Some(first);
    while let Some(work) = next.take() {
        answers.push(work(store));
        // The disk failed and SQLite undid the whole transaction.
        if store.connection.is_autocommit() || answers.len() >= BATCH {
            break;
        }
        next = match receiver.try_recv() {
            Ok(Message::Work(work)) => Some(work),
            Ok(Message::Stop) => {
                go_on = false;
                None
            }
            Err(_) => None,
        };
    }
    let failed = store.end(Ok(())).err();
    for answer in answers {
        answer(failed.as_ref().map(again));
    }
    go_on
}

/// The failure of a batch, for each of its jobs.
fn again(error: &StoreError) -> StoreError {
    if error.is_disk_full() { StoreError::DiskFull } else { StoreError::Undone }
}

/// A connection of its own that only reads, beside the writer: every method of [`Store`] that changes nothing.
#[derive(Debug)]
pub struct Reader {
    store: Store,
}

impl Reader {
    /// # Errors
    /// When the database does not exist, has another format, or was sealed under other keys.
    pub fn open(database: &Path, keys: &Keys) -> Result<Self, StoreError> {
        Ok(Self { store: Store::read_only(database, keys)? })
    }
}

impl Deref for Reader {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}
