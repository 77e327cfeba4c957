//! Work on several threads, results in the order of the items.

use std::{
    any::Any,
    collections::BTreeMap,
    num::NonZeroUsize,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

/// What a worker sends back: the place of its item, and the result or the panic.
type Answer<R> = (u64, Result<R, Box<dyn Any + Send>>);

/// Runs `work` over `items` on `jobs` threads and hands the results to `consume` in the order of the items. At most twice as many
/// items as threads are under way or waiting for their turn, so memory does not grow with the number of items.
///
/// # Errors
/// The first error of `consume`; nothing further is worked on after it.
pub fn ordered<T: Send, R: Send, E>(
    jobs: NonZeroUsize,
    mut items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut consume: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if jobs.get() == 1 {
        return items.try_for_each(|item| consume(work(item)));
    }
    let (tasks, queue) = mpsc::channel::<(u64, T)>();
    let (answers, results) = mpsc::channel::<Answer<R>>();
    let (queue, work) = (&Mutex::new(queue), &work);
    thread::scope(|scope| {
        for _ in 0..jobs.get() {
            let answers = answers.clone();
            scope.spawn(move || serve(queue, work, &answers));
        }
        // The threads end when `tasks` is dropped at the end of this closure, before the scope waits for them.
        let (tasks, results) = (tasks, results);
        let mut window = Window { waiting: BTreeMap::new(), fed: 0, taken: 0 };
        loop {
            while window.fed - window.taken < 2 * jobs.get() as u64 {
                let Some(item) = items.next() else { break };
                let _ = tasks.send((window.fed, item));
                window.fed += 1;
            }
            if window.taken == window.fed {
                return Ok(());
            }
            if let Ok((place, result)) = results.recv() {
                window.waiting.insert(place, result);
            }
            while let Some(result) = window.waiting.remove(&window.taken) {
                window.taken += 1;
                consume(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
            }
        }
    })
}

/// Results that came before their turn.
struct Window<R> {
    waiting: BTreeMap<u64, Result<R, Box<dyn Any + Send>>>,
    fed: u64,
    taken: u64,
}

fn serve<T, R>(queue: &Mutex<mpsc::Receiver<(u64, T)>>, work: impl Fn(T) -> R, answers: &mpsc::Sender<Answer<R>>) {
    loop {
        let task = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((place, item)) = task else { return };
        // A panic must reach the caller, or it would wait for this answer for ever.
        let result = catch_unwind(AssertUnwindSafe(|| work(item)));
        if answers.send((place, result)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::atomic::AtomicU64, sync::atomic::Ordering::SeqCst, time::Duration};

    fn jobs(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let slow_first = |n: u64| {
            thread::sleep(Duration::from_micros(500 * u64::from(n.is_multiple_of(5))));
            n * n
        };
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let see = |n| {
                seen.push(n);
                Ok::<_, ()>(())
            };
            ordered(jobs(threads), 0..100, slow_first, see).unwrap();
            assert_eq!(seen, (0..100).map(|n| n * n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_than_the_window_is_under_way() {
        let (fed, taken) = (AtomicU64::new(0), AtomicU64::new(0));
        let items = (0..1000).inspect(|_| {
            let open = fed.fetch_add(1, SeqCst) + 1 - taken.load(SeqCst);
            assert!(open <= 5, "{open}");
        });
        let consume = |()| {
            taken.fetch_add(1, SeqCst);
            Ok::<_, ()>(())
        };
        ordered(jobs(2), items, |_| (), consume).unwrap();
        assert_eq!(taken.load(SeqCst), 1000);
    }

    #[test]
    fn an_error_stops_the_work_and_a_panic_reaches_the_caller() {
        let mut seen = 0;
        let stop = |n| {
            seen = n;
            if n == 3 { Err("full") } else { Ok(()) }
        };
        assert_eq!(ordered(jobs(2), 0.., |n| n, stop), Err("full"));
        assert_eq!(seen, 3);
        let fall = |n: u32| assert_ne!(n, 7);
        let outcome = catch_unwind(AssertUnwindSafe(|| ordered(jobs(2), 0..100, fall, |()| Ok::<_, ()>(()))));
        assert!(outcome.is_err());
    }
}
