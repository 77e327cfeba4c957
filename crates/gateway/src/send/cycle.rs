//! One round, from the folders to the receipts.

use super::{
    Summary, brake,
    deliver::Courier,
    intend::{Comparison, Intention, Intentions, held_input},
    issues,
    scan::{Scan, scan},
    units::Known,
};
use crate::{
    failure::Failure,
    session::Session,
    settings::Settings,
    site::{self, Overrides},
};
use std::{
    fs::{self, File, TryLockError},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Duration,
};
use tsugite_clinical::policy::Baselines;
use tsugite_issue::{Issue, Text};
use tsugite_pipeline::Settings as PipelineSettings;
use tsugite_store::{Approval, HeldRow, Operation, Store, StoreError, SubmissionState};
use tsugite_upstream::{Interface, TerminalFolder};

/// What the queue's own decisions are signed with.
const PROGRAM: &str = "tsugite";

/// The opened home: one process at a time works in it.
pub struct House {
    pub store: Store,
    _lock: File,
}

impl House {
    /// Opens ledger and log, and keeps every other process out.
    ///
    /// # Errors
    /// When another process is at work, or the files cannot be used.
    pub fn open(session: &Session, settings: &Settings) -> Result<Self, Failure> {
        let path = |set: &Option<PathBuf>, name: &str| {
            set.as_ref().map_or_else(|| session.home.join(name), |path| settings.path(path))
        };
        let database = path(&settings.store.database, "tsugite.db");
        let log = path(&settings.store.issued_log, "issued.log");
        for folder in [Some(session.home.as_path()), database.parent(), log.parent()].into_iter().flatten() {
            fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
        }
        let mut lock_path = database.clone().into_os_string();
        lock_path.push(".lock");
        let lock_path = PathBuf::from(lock_path);
        let lock = File::create(&lock_path).map_err(|error| Failure::file(&lock_path, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let busy = Text::new("別の tsugite が実行中です: ", "another tsugite is at work in ");
                return Err(Failure::usage(busy, session.lang, database.display()));
            }
            Err(TryLockError::Error(error)) => return Err(Failure::file(&lock_path, &error)),
        }
        Ok(Self { store: Store::open(&database, &log)?, _lock: lock })
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Io(error.to_string())
    }
}

/// One round for one site.
pub struct Cycle<'a> {
    session: &'a Session,
    settings: &'a Settings,
    site: site::House,
    folders: Vec<PathBuf>,
    pub interface: Interface,
}

/// What a scan and a comparison found, before anything is decided upon.
struct Prepared {
    scan: Scan,
    known: Known,
    intentions: Intentions,
    scratch: tempfile::TempDir,
}

impl<'a> Cycle<'a> {
    /// # Errors
    /// Settings that do not suffice for sending.
    pub fn new(session: &'a Session, settings: &'a Settings, as_of: Option<&str>) -> Result<Self, Failure> {
        let folders: Vec<PathBuf> = settings.source.folders.iter().map(|folder| settings.path(folder)).collect();
        let missing = |ja, en| Err(Failure::usage(Text::new(ja, en), session.lang, ""));
        if folders.is_empty() {
            return missing(
                "設定 [source] folders に読み取るフォルダを書いてください",
                "name the folders to read under [source] folders in the settings",
            );
        }
        if settings.report.start_date.is_none() {
            return missing(
                "設定 [report] start_date に情報共有を始める日を書いてください",
                "write the day from which you share under [report] start_date in the settings",
            );
        }
        let over = Overrides { institution: None, as_of, since: None };
        let site = site::House::build(session, settings, &over, &folders)?;
        let file = settings.upstream.interface.as_ref().map(|file| settings.path(file));
        let interface = interface(file.as_deref(), session)?;
        Ok(Self { session, settings, site, folders, interface })
    }

    /// Refuses what may not be sent at all.
    ///
    /// # Errors
    /// A trial institution number, or a terminal whose folders are not named.
    pub fn sender(&self) -> Result<TerminalFolder, Failure> {
        if self.site.institution.trial {
            let issue = Issue::new(&tsugite_upstream::issues::TRIAL);
            let lang = self.session.lang;
            return Err(Failure::Usage(format!("{} {}", issue.text(lang), issue.remedy(lang))));
        }
        let upstream = &self.settings.upstream;
        let (Some(requests), Some(results)) = (&upstream.requests, &upstream.results) else {
            let text = Text::new(
                "設定 [upstream] requests と results に資格確認端末のフォルダを書いてください",
                "name the terminal's folders under [upstream] requests and results in the settings",
            );
            return Err(Failure::usage(text, self.session.lang, ""));
        };
        let (requests, results) = (self.settings.path(requests), self.settings.path(results));
        let mut sender =
            TerminalFolder::new(self.interface.clone(), requests, results, self.quarantine(), &upstream.id_prefix);
        sender.grace = Duration::from_secs(upstream.grace_seconds);
        Ok(sender)
    }

    fn quarantine(&self) -> PathBuf {
        let set = self.settings.upstream.quarantine.as_ref();
        set.map_or_else(|| self.session.home.join("quarantine"), |path| self.settings.path(path))
    }

    /// Scans and compares, and shows what would go up. Nothing is put into the outbox.
    ///
    /// # Errors
    /// When files or the ledger cannot be used.
    pub fn plan(&mut self, house: &mut House) -> Result<(Summary, Vec<String>), Failure> {
        let prepared = self.prepare(&mut house.store)?;
        let mut summary = Summary::default();
        summary.scanned(&prepared.scan);
        summary.intended(&prepared.intentions);
        self.ask(&mut house.store, &prepared, false, &mut summary)?;
        let lines = prepared.intentions.enqueue.iter().map(line).collect();
        Ok((summary, lines))
    }

    /// The whole round. `yes`: the first submission needs no further approval.
    ///
    /// # Errors
    /// When files or the ledger cannot be used; what was done before stays done.
    pub fn run(
        &mut self,
        house: &mut House,
        sender: &mut TerminalFolder,
        idle: &mut dyn FnMut(Duration),
        yes: bool,
    ) -> Result<Summary, Failure> {
        let store = &mut house.store;
        let mut summary = Summary::default();
        let prepared = self.prepare(store)?;
        summary.scanned(&prepared.scan);
        summary.intended(&prepared.intentions);
        if self.ask(store, &prepared, yes, &mut summary)? {
            let comparison = &prepared.intentions;
            for unit in &comparison.withdraw {
                store.withdraw(unit, &self.now(), PROGRAM)?;
            }
            self.with_comparison(&prepared.known, &prepared.scan, &prepared.scratch, |comparison| {
                comparison.enqueue(store, &prepared.intentions, &self.now(), PROGRAM)
            })?;
        }
        // What waits from earlier rounds was approved then.
        let delivered = self.courier(store, sender, idle).deliver()?;
        summary.delivered(&delivered);
        let waiting = store.submissions_in(&[SubmissionState::Queued, SubmissionState::Lost])?.len();
        summary.answers.waiting = u64::try_from(waiting).unwrap_or(u64::MAX);
        let review = store.submissions_in(&[SubmissionState::Draft])?.len();
        summary.answers.for_review = u64::try_from(review).unwrap_or(u64::MAX);
        let count = |definition, count: u64| Issue::new(definition).with("count", count.to_string());
        summary.tell((review > 0).then(|| count(&issues::REVIEW_WAITS, summary.answers.for_review)));
        summary.tell((delivered.stopped && waiting > 0).then(|| count(&issues::STOPPED, summary.answers.waiting)));
        summary.tell(delivered.issues);
        store.audit(&self.now(), PROGRAM, "run", if summary.needs_attention() { "attention" } else { "done" })?;
        Ok(summary)
    }

    fn courier<'c>(
        &'c self,
        store: &'c mut Store,
        sender: &'c mut TerminalFolder,
        idle: &'c mut dyn FnMut(Duration),
    ) -> Courier<'c> {
        let upstream = &self.settings.upstream;
        let seconds = |set: Option<u64>, default: Duration| set.map_or(default, Duration::from_secs);
        let poll = upstream.poll_milliseconds.map_or(self.interface.poll_interval(), Duration::from_millis);
        Courier {
            store,
            transport: sender,
            interface: &self.interface,
            session: self.session,
            idle,
            poll,
            who: PROGRAM,
            id_prefix: &upstream.id_prefix,
            round: format!("{:X}X", jiff::Timestamp::now().as_millisecond()),
            wait: seconds(upstream.wait_seconds, self.interface.result_deadline()),
            quarantine: self.quarantine(),
        }
    }

    fn now(&self) -> String {
        self.session.now().to_string()
    }

    /// Scans the folders, reports all patients, and remembers what is held.
    fn prepare(&mut self, store: &mut Store) -> Result<Prepared, Failure> {
        let run = store.begin_run(&self.site.as_of.to_string(), &self.now())?;
        let known = Known::load(store)?;
        let scratch = tempfile::tempdir()?;
        let scan = {
            let settings = self.pipeline(&known, &scratch);
            scan(store, run, &self.folders, &settings, self.settings.brake.list_percent)?
        };
        self.site.baselines = Baselines { scanned: store.baselines()? };
        let intentions = self.with_comparison(&known, &scan, &scratch, |comparison| comparison.intentions(store))?;
        let inputs = scan.held.iter().map(|input| held_input(input, &scan.issues, self.session.lang));
        let held: Vec<HeldRow> = inputs.chain(intentions.held.iter().cloned()).collect();
        store.replace_held(&held, &self.now())?;
        store.finish_run(run, "compared", &self.now())?;
        Ok(Prepared { scan, known, intentions, scratch })
    }

    /// Everything that keeps the round from the outbox. `true`: it may go on.
    fn ask(&self, store: &mut Store, prepared: &Prepared, yes: bool, summary: &mut Summary) -> Result<bool, Failure> {
        let Prepared { scan, intentions, .. } = prepared;
        let mut asks: Vec<(Approval, String, String)> = Vec::new();
        let mut stop = Vec::new();
        let mut unapproved: Vec<&Intention> = Vec::new();
        for intention in intentions.enqueue.iter().filter(|intention| intention.operation != Operation::Register) {
            if !store.approved(Approval::Brake, &brake::subject(intention))? {
                unapproved.push(intention);
            }
        }
        let verdict = brake::judge(&unapproved, store.live_units()?, &self.settings.brake);
        asks.extend(verdict.asks.into_iter().map(|(subject, line)| (Approval::Brake, subject, line)));
        stop.extend(verdict.issues);

        let gone = scan.vanished.len();
        let vanished = Issue::new(&issues::VANISHED).with("count", gone.to_string());
        if brake::over(gone, scan.known, &self.settings.brake) && gone > 0 {
            let issue = Issue::new(&issues::VANISHED_MANY).with("count", gone.to_string());
            stop.push(issue.with("known", scan.known.to_string()));
        } else if gone > 0 {
            summary.tell([vanished]);
        }
        asks.extend(scan.vanished.iter().map(|gone| (Approval::Vanished, gone.path.clone(), gone.path.clone())));
        asks.extend(scan.shortened.iter().map(|(subject, line)| (Approval::Shortened, subject.clone(), line.clone())));

        let first = !intentions.enqueue.is_empty() && !store.approved(Approval::Plan, "")?;
        if first && yes {
            store.approve(Approval::Plan, "", &self.now(), PROGRAM)?;
        } else if first {
            let count = intentions.enqueue.len().to_string();
            asks.push((Approval::Plan, String::new(), count.clone()));
            stop.push(Issue::new(&issues::PLAN_WAITS).with("count", count));
        }
        store.propose(&asks)?;
        let may_go = stop.is_empty();
        summary.waits_for_approval = !may_go;
        summary.tell(stop);
        summary.tell(scan.issues.iter().cloned());
        summary.tell(intentions.issues.iter().cloned());
        Ok(may_go)
    }

    fn pipeline<'p>(&'p self, known: &'p Known, scratch: &'p tempfile::TempDir) -> PipelineSettings<'p> {
        PipelineSettings {
            registry: &self.session.registry,
            source: None,
            context: self.site.context.clone(),
            tables: &self.site.tables,
            site: self.site.site(known),
            gate: self.site.gate(),
            validator: Some(&self.site.validator),
            jobs: NonZeroUsize::MIN,
            scratch: scratch.path(),
        }
    }

    fn with_comparison<T>(
        &self,
        known: &Known,
        scan: &Scan,
        scratch: &tempfile::TempDir,
        work: impl FnOnce(&Comparison) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let settings = self.pipeline(known, scratch);
        work(&Comparison {
            settings: &settings,
            known,
            incomplete: &scan.incomplete,
            identity: self.settings.resend.identity,
            interface: &self.interface,
            list_percent: self.settings.brake.list_percent,
            lang: self.session.lang,
        })
    }
}

/// The interface of a file, else the embedded defaults.
///
/// # Errors
/// A file that cannot be read, or that has a mistake.
pub fn interface(file: Option<&Path>, session: &Session) -> Result<Interface, Failure> {
    let embedded = tsugite_mappings::UPSTREAM_CLINS;
    let (name, text) = match file {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
            (path.display().to_string(), text)
        }
        None => (embedded.path.to_owned(), embedded.text.to_owned()),
    };
    Interface::from_toml(&text).map_err(|error| {
        let wrong = Text::new("センターの接続仕様のファイルに誤りがあります: ", "the interface file has a mistake: ");
        Failure::usage(wrong, session.lang, format!("{name}: {error}"))
    })
}

/// One line of the plan.
fn line(intention: &Intention) -> String {
    let unit = &intention.unit;
    let patient = unit.patient.rsplit_once('/').map_or(unit.patient.as_str(), |(_, id)| id);
    format!("{}\t{}\t{patient}\t{}\t{}", intention.operation.name(), unit.kind, unit.report, intention.members)
}
