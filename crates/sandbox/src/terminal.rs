//! Terminal and centre in one process and in memory, for tests and benchmarks: the same envelopes, checks and faults, but no files
//! and no waiting.

use crate::{
    AttachedFile, CentreError, Event, Faults, Registration, Setup,
    attachments::Attachments,
    desk::{Desk, Moment},
    log::Log,
    pending::Pending,
    qualification::Unknown,
    registry::Registry,
};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, VecDeque},
    io,
    path::PathBuf,
};
use tsugite_issue::Issue;
use tsugite_upstream::{
    Collected, Disposal, EnvelopeError, Interface, Operation, Request, Transport, TransportError, Unreadable,
};

/// So many results are given at once; the others stay for the next time.
const BATCH: usize = 10_000;

/// A [`Transport`] with the centre behind it. Its clock stands still until it is set.
#[derive(Debug)]
pub struct Terminal {
    desk: Desk,
    now: Timestamp,
    waiting: VecDeque<(String, Vec<u8>)>,
    results: BTreeMap<String, Vec<u8>>,
    /// What was put aside for a person: name and bytes.
    pub quarantine: Vec<(String, Vec<u8>)>,
    unknown: Unknown,
}

impl Terminal {
    pub fn new(interface: Interface, setup: Setup, now: Timestamp) -> Self {
        let held = (Registry::in_memory(), Attachments::in_memory());
        let desk = Desk::new(interface, setup, held, Log::in_memory(), Pending::default());
        let (waiting, results, quarantine) = (VecDeque::new(), BTreeMap::new(), Vec::new());
        Self { desk, now, waiting, results, quarantine, unknown: Unknown::default() }
    }

    /// The time by which [`Transport::collect`] goes.
    pub const fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Other rules from now on. Answers on their way stay as they are.
    pub fn set_faults(&mut self, faults: Faults, seed: u64) {
        self.desk.set_faults(faults, seed);
    }

    /// The insured ids that get a 資格エラー, as in `unknown-insured.txt`.
    pub fn set_unknown_insured(&mut self, patterns: &str) {
        self.unknown = Unknown::parse(patterns);
    }

    /// Everything that was ever asked, with the answers, in order.
    pub fn events(&self) -> &[Event] {
        self.desk.log.events()
    }

    /// What is held, by Bundle-ID.
    ///
    /// # Errors
    /// None in memory.
    pub fn registrations(&self) -> Result<Vec<Registration>, CentreError> {
        self.desk.registry.all()
    }

    /// The files that came apart and are held under a Bundle-ID.
    ///
    /// # Errors
    /// None in memory.
    pub fn attachments(&self, bundle_id: &str) -> Result<Vec<AttachedFile>, CentreError> {
        self.desk.attachments.of(bundle_id)
    }

    /// How many answers are on their way.
    pub fn pending(&self) -> usize {
        self.desk.pending.len()
    }

    fn process(&mut self, moment: Moment) -> Result<(), CentreError> {
        if !self.desk.is_reachable(moment.now) {
            return Ok(());
        }
        self.release(moment.now)?;
        while let Some((name, bytes)) = self.waiting.pop_front() {
            let Some(mut case) = self.desk.take(&name, &bytes, &self.unknown, moment, false)? else { continue };
            self.desk.apply(&mut case)?;
            for (at, (result, outgoing)) in self.desk.answers(&case).into_iter().enumerate() {
                if outgoing.due <= moment.now && outgoing.turn == 0 {
                    self.results.insert(result, outgoing.bytes);
                } else {
                    self.desk.pending.put(case.event.number, at, result, outgoing)?;
                }
            }
        }
        self.release(moment.now)
    }

    fn release(&mut self, now: Timestamp) -> Result<(), CentreError> {
        let number = self.events().last().map_or(0, |event| event.number);
        while let Some((key, held)) = self.desk.pending.next(now, number) {
            self.results.insert(held.name.clone(), held.bytes.clone());
            self.desk.pending.done(key)?;
        }
        Ok(())
    }

    fn collected(&self, name: &str) -> Option<Collected> {
        let raw = self.results.get(name)?.clone();
        let (operation, id) = self.desk.interface.parse_result_name(name)?;
        let result = self.desk.interface.read_result(&raw);
        let result = result.and_then(|r| if r.file_id == id { Ok(r) } else { Err(Unreadable::Mismatch) });
        Some(Collected { handle: name.to_owned(), operation, result, raw })
    }
}

/// Nothing in memory can fail so; a transport's errors have to be files' errors all the same.
fn error(error: CentreError) -> TransportError {
    TransportError::Io { path: PathBuf::new(), source: io::Error::other(error) }
}

impl Transport for Terminal {
    fn submit(&mut self, request: &Request) -> Result<Vec<Issue>, TransportError> {
        let interface = &self.desk.interface;
        let bytes = interface.write_request(request)?;
        let warnings = interface.weigh(&bytes).map_err(|error: EnvelopeError| TransportError::Envelope(error))?;
        self.waiting.push_back((interface.request_name(request.operation, &request.file_id), bytes));
        Ok(warnings)
    }

    fn collect(&mut self) -> Result<Vec<Collected>, TransportError> {
        self.collect_at(self.now)
    }

    fn collect_at(&mut self, now: Timestamp) -> Result<Vec<Collected>, TransportError> {
        self.process(Moment::of(now, self.desk.setup.options)).map_err(error)?;
        Ok(self.results.keys().take(BATCH).filter_map(|name| self.collected(name)).collect())
    }

    fn collect_awaited(
        &mut self,
        awaited: &[(Operation, String)],
        now: Timestamp,
    ) -> Result<Vec<Collected>, TransportError> {
        self.process(Moment::of(now, self.desk.setup.options)).map_err(error)?;
        let names = awaited.iter().map(|(operation, id)| self.desk.interface.result_name(*operation, id));
        Ok(names.filter_map(|name| self.collected(&name)).collect())
    }

    fn dispose(&mut self, collected: &Collected, disposal: Disposal) -> Result<(), TransportError> {
        if self.results.get(&collected.handle).is_some_and(|raw| *raw == collected.raw) {
            self.results.remove(&collected.handle);
            if disposal == Disposal::Quarantine {
                self.quarantine.push((collected.handle.clone(), collected.raw.clone()));
            }
        }
        Ok(())
    }

    fn take_back(&mut self, operation: Operation, file_id: &str) -> Result<bool, TransportError> {
        let name = self.desk.interface.request_name(operation, file_id);
        let before = self.waiting.len();
        self.waiting.retain(|(waiting, _)| *waiting != name);
        Ok(self.waiting.len() < before)
    }
}
