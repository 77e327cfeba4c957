//! What the centre does with a request, wherever it came from: judge, log, apply, answer.

use crate::{
    CentreError, Check, Event, FaultKind, Faults, Options, Registration, Setup, Told,
    attachments::{AttachedFile, Attachments},
    bundle,
    codes::{self, Code},
    faults::{Fate, Outgoing},
    judge::{self, Checks},
    log::{Log, digest, sha256},
    pending::Pending,
    qualification::Unknown,
    registry::Registry,
};
use jiff::{Timestamp, tz::Offset};
use tsugite_upstream::{
    Action, Finding, Held, Inquired, Interface, Operation, Request, ResultMessage, Size, Unreadable,
};
use tsugite_validate::{Day, Memory};

/// More findings than this help nobody.
const MAX_CHECKS: usize = 100;

/// The centre's clock, and the day after which things lie in the future.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: Timestamp,
    pub today: Option<Day>,
}

impl Moment {
    pub fn of(now: Timestamp, options: Options) -> Self {
        let day = Offset::constant(9).to_datetime(now).date();
        let number = |number: i8| u8::try_from(number).ok();
        let day = || Day::new(u16::try_from(day.year()).ok()?, number(day.month())?, number(day.day())?);
        Self { now, today: options.today.or_else(day) }
    }
}

#[derive(Debug)]
pub struct Desk {
    pub interface: Interface,
    pub setup: Setup,
    pub registry: Registry,
    pub attachments: Attachments,
    pub log: Log,
    pub pending: Pending,
    memory: Memory,
}

/// A request that is judged and logged.
#[derive(Debug)]
pub struct Case {
    pub event: Event,
    operation: Operation,
    fate: Fate,
    at: Timestamp,
    request: Option<Request>,
    /// Only the last line of the log can lack its effect.
    unfinished: bool,
}

impl Desk {
    pub fn new(
        interface: Interface,
        setup: Setup,
        (registry, attachments): (Registry, Attachments),
        log: Log,
        pending: Pending,
    ) -> Self {
        Self { interface, setup, registry, attachments, log, pending, memory: Memory::default() }
    }

    pub fn set_faults(&mut self, faults: Faults, seed: u64) {
        (self.setup.faults, self.setup.seed) = (faults, seed);
    }

    pub fn is_reachable(&self, now: Timestamp) -> bool {
        !self.setup.faults.is_unavailable(now)
    }

    /// Judges a request and writes it to the log. One that was answered before (same name, same bytes) is answered alike and
    /// meets no faults, unless the centre was killed while it had it (`recovered`). `None`: the name is none of a request.
    pub fn take(
        &mut self,
        name: &str,
        bytes: &[u8],
        unknown: &Unknown,
        moment: Moment,
        recovered: bool,
    ) -> Result<Option<Case>, CentreError> {
        let Some((operation, id)) = self.interface.parse_request_name(name) else { return Ok(None) };
        let digest = digest(bytes);
        let request = self.read(operation, id, bytes);
        if let Some((event, last)) = self.log.find(name, &digest, recovered) {
            let event = event.clone();
            let at = event.at.as_deref().and_then(|at| at.parse().ok()).unwrap_or(moment.now);
            let fate = if recovered { self.fate(event.number, operation, at) } else { Fate::default() };
            return Ok(Some(Case { event, operation, fate, at, request: request.ok(), unfinished: last }));
        }
        let number = self.log.next_number();
        let fate = self.fate(number, operation, moment.now);
        let (code, checks) = match fate.reject {
            _ if fate.has(FaultKind::LoseRequest) => ("", Vec::new()),
            Some(code) => (code.code, Vec::new()),
            None => {
                let (code, checks) = self.judge(&request, unknown, moment)?;
                (code.code, checks)
            }
        };
        let told = match &request {
            Ok(request) if code == codes::ACCEPTED.code && operation.action == Action::Inquire => {
                Some(self.tell(request, &fate)?)
            }
            _ => None,
        };
        let sound = request.as_ref().ok();
        let (institution, bundle_id) = sound.map(|r| (r.institution.clone(), r.bundle_id.clone())).unwrap_or_default();
        let event = Event {
            number,
            file: name.to_owned(),
            operation: operation.name().to_owned(),
            correlation: id.to_owned(),
            institution,
            bundle_id,
            code: code.to_owned(),
            checks,
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            digest,
            at: Some(moment.now.to_string()),
            content: sound.and_then(|request| request.payload.as_deref()).map(sha256),
            reference: sound.and_then(|request| Some(request.attachment.as_ref()?.reference.clone())),
            signature: sound.and_then(|request| request.signature.as_deref()).map(sha256),
            told,
            faults: fate.kinds.iter().map(|kind| kind.name().to_owned()).collect(),
        };
        self.log.append(event.clone())?;
        Ok(Some(Case { event, operation, fate, at: moment.now, request: request.ok(), unfinished: true }))
    }

    fn fate(&self, number: u64, operation: Operation, at: Timestamp) -> Fate {
        self.setup.faults.fate(self.setup.seed, number, operation.action, at)
    }

    fn read(&self, operation: Operation, id: &str, bytes: &[u8]) -> Result<Request, Unreadable> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.interface.judge_size(size) == Size::TooLarge {
            return Err(Unreadable::Limit);
        }
        let request = self.interface.read_request(operation, bytes)?;
        if request.file_id == id { Ok(request) } else { Err(Unreadable::Mismatch) }
    }

    fn judge(
        &mut self,
        request: &Result<Request, Unreadable>,
        unknown: &Unknown,
        moment: Moment,
    ) -> Result<(&'static Code, Vec<Check>), CentreError> {
        let request = match request {
            Ok(request) => request,
            Err(Unreadable::Limit) => return Ok((&codes::TOO_LARGE, Vec::new())),
            Err(_) => return Ok((&codes::UNREADABLE, Vec::new())),
        };
        if request.operation.action == Action::Attach {
            return Ok((self.judge_file(request, unknown)?, Vec::new()));
        }
        // The rules of collections are not those of documents.
        let is_document = request.payload.as_deref().is_some_and(bundle::is_document);
        let options = tsugite_validate::Options {
            clock: moment.today,
            require_clins: !is_document,
            max_issues: MAX_CHECKS,
            ..tsugite_validate::Options::default()
        };
        let memory = match self.setup.checks {
            Checks::Full => Some((&mut self.memory, &options)),
            Checks::Envelope => None,
        };
        if let Some(verdict) = judge::content(request, &self.interface, unknown, memory) {
            return Ok((verdict.code, verdict.checks));
        }
        if request.operation.action == Action::Inquire {
            return Ok((&codes::ACCEPTED, Vec::new()));
        }
        if let Some(code) = judge::files(request, &self.attachments.of(&request.bundle_id)?) {
            return Ok((code, Vec::new()));
        }
        let held = self.registry.find(&request.insured_id, &request.bundle_id)?;
        let same = held.map(|held| request.payload.as_deref().is_some_and(|payload| held.holds(payload)));
        let newest_wins = self.setup.options.newest_wins;
        Ok((judge::registration(request.operation.action, same, newest_wins), Vec::new()))
    }

    /// Files come before their document, so nothing need be registered yet.
    fn judge_file(&self, request: &Request, unknown: &Unknown) -> Result<&'static Code, CentreError> {
        if let Some(verdict) = judge::content(request, &self.interface, unknown, None) {
            return Ok(verdict.code);
        }
        let (Some(attached), Some(bytes)) = (&request.attachment, &request.payload) else {
            return Ok(&codes::UNREADABLE);
        };
        let held = self.attachments.of(&request.bundle_id)?;
        let held = held.iter().find(|file| file.reference == attached.reference);
        Ok(match held {
            None => &codes::ACCEPTED,
            Some(file) if file.digest == sha256(bytes) => &codes::DUPLICATE,
            Some(_) => &codes::EXISTS,
        })
    }

    /// What an inquiry is told.
    fn tell(&self, request: &Request, fate: &Fate) -> Result<Told, CentreError> {
        let Request { insured_id, bundle_id, .. } = request;
        let cancelled = || {
            let about = |event: &&Event| event.bundle_id == *bundle_id && event.is_accepted();
            let beside = [Action::Inquire.name(), Action::Attach.name()];
            let newest =
                self.log.events().iter().rev().filter(about).find(|event| !beside.contains(&&*event.operation));
            newest.is_some_and(|event| event.operation == Action::Cancel.name())
        };
        let inquired = match self.registry.find(insured_id, bundle_id)? {
            _ if fate.has(FaultKind::Processing) => Inquired::Processing,
            Some(held) => Inquired::Registered { digest: held.digest(), request: held.brought_by().to_owned() },
            None if cancelled() => Inquired::Cancelled,
            None => Inquired::Absent,
        };
        let Held { status, digest, request } = self.interface.telling(&inquired);
        Ok(Told { status, digest, request })
    }

    /// The effect of an accepted request. Done twice it is done once.
    pub fn apply(&mut self, case: &mut Case) -> Result<(), CentreError> {
        match case.request.take() {
            Some(request) if case.unfinished && case.event.is_accepted() => self.apply_request(request),
            _ => Ok(()),
        }
    }

    pub fn apply_request(&mut self, request: Request) -> Result<(), CentreError> {
        let Request { operation, file_id, insured_id, bundle_id, payload, attachment, .. } = request;
        match operation.action {
            Action::Inquire => return Ok(()),
            Action::Attach => {
                let file = attachment.map(|attached| AttachedFile::of(attached, &payload.unwrap_or_default()));
                return file.map_or(Ok(()), |file| self.attachments.add(&bundle_id, file));
            }
            Action::Cancel => self.attachments.remove(&bundle_id)?,
            Action::Register | Action::Change => {}
        }
        let mut new = payload.and_then(|payload| Registration::of(payload, &file_id));
        if let (Some(new), Action::Change) = (&mut new, operation.action) {
            let held = match self.registry.find(&insured_id, &bundle_id)? {
                None => self.registry.find(&new.insured_id, &bundle_id)?,
                held => held,
            };
            new.registered_by = held.map(|held| held.registered_by).unwrap_or_default();
            new.changed_by = Some(file_id);
        }
        if let Some(new) = new.as_mut().filter(|_| self.setup.digests_only) {
            new.drop_payload();
        }
        self.registry.replace(&insured_id, &bundle_id, new)
    }

    /// The result files that come of it, each with its name.
    pub fn answers(&self, case: &Case) -> Vec<(String, Outgoing)> {
        let message = message(&case.event);
        let sound = self.interface.write_result(&message);
        let answers = case.fate.answers(sound, case.event.number, case.at);
        let named = answers.into_iter().map(|mut outgoing| {
            let mut id = case.event.correlation.clone();
            if outgoing.foreign {
                id.push('F');
                outgoing.bytes = self.interface.write_result(&ResultMessage { file_id: id.clone(), ..message.clone() });
            }
            (self.interface.result_name(case.operation, &id), outgoing)
        });
        named.collect()
    }
}

fn message(event: &Event) -> ResultMessage {
    let text = codes::find(&event.code).map_or("", |code| code.text).to_owned();
    let findings = event.checks.iter().map(|c| Finding { code: c.code.clone(), message: c.message.clone() }).collect();
    let mut message = ResultMessage {
        institution: event.institution.clone(),
        file_id: event.correlation.clone(),
        status: if event.is_accepted() { "1" } else { "2" }.into(),
        findings,
        held: event
            .told
            .clone()
            .map(|Told { status, digest, request }| Held { status, digest, request })
            .unwrap_or_default(),
        ..ResultMessage::default()
    };
    if codes::find(&event.code).is_some_and(|code| code.transmission) {
        (message.error_code, message.error_message) = (event.code.clone(), text);
    } else {
        (message.code, message.message) = (event.code.clone(), text);
    }
    message
}
