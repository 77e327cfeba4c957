//! One round, from the folders to the receipts.

use super::{
    Summary,
    centre::{interface, refuse_impossible, signing_program},
    deliver::{Courier, Delivered},
    drops::Drops,
    flight::Flight,
    groups::{Scope, groups_of, ledger_name, local},
    held::{COMPARED, Desk, held_now, held_records},
    house::House,
    intend::{Between, Found, Intention, Intentions},
    issues,
    scan::{Scan, names, scan},
    sign::Signer,
    units::Known,
    who::{Acquainted, Who},
};
use crate::{
    failure::Failure,
    output::{named_unit, operation_name},
    session::Session,
    settings::Settings,
    site::{self, Overrides},
};
use std::{collections::BTreeMap, path::PathBuf, rc::Rc, time::Duration};
use tsugite_clinical::{
    DateTime, PatientId,
    policy::{Baselines, PatientDecision},
};
use tsugite_issue::{Issue, Lang, Text};
use tsugite_store::{Considered, NewSubmission, Selection, Store, SubmissionState};
use tsugite_upstream::{Interface, TerminalFolder, Transport};

/// What the queue's own decisions are signed with.
pub(super) const PROGRAM: &str = "tsugite";

/// The way from the folders to the centre, for one site. A single run goes it once, a service for ever.
pub struct Cycle<'a> {
    pub(super) session: &'a Session,
    pub settings: Settings,
    pub site: site::House,
    pub folders: Vec<PathBuf>,
    pub interface: Interface,
    quarantine: PathBuf,
    pub(super) people: Acquainted,
    signing: PathBuf,
}

/// What a comparison found, before anything is decided upon.
pub struct Compared {
    known: Known,
    pub intentions: Intentions,
    who: Rc<Who>,
    /// How far was known what is said of whom when it began.
    marks: BTreeMap<String, i64>,
    scratch: tempfile::TempDir,
}

impl<'a> Cycle<'a> {
    /// # Errors
    /// Settings that do not suffice for sending.
    pub fn new(session: &'a Session, settings: &Settings, as_of: Option<&str>) -> Result<Self, Failure> {
        let folders: Vec<PathBuf> = settings.source.folders.iter().map(|folder| settings.path(folder)).collect();
        let missing = |ja, en| Err(Failure::usage(Text::new(ja, en), session.lang, ""));
        if folders.is_empty() && settings.watch.folders.is_empty() {
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
        refuse_impossible(&interface, settings, session)?;
        let signing = signing_program(settings);
        let set = settings.upstream.quarantine.as_ref();
        let quarantine = set.map_or_else(|| session.home.join("quarantine"), |path| settings.path(path));
        let people = Acquainted::new(site::knowing(settings, site.overlay.clone()));
        Ok(Self { session, settings: settings.clone(), site, folders, interface, quarantine, people, signing })
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
        let quarantine = self.quarantine.clone();
        // What is kept there names patients.
        tsugite_store::private_folder(&quarantine).map_err(|error| Failure::file(&quarantine, &error))?;
        let mut sender =
            TerminalFolder::new(self.interface.clone(), requests, results, quarantine, &upstream.id_prefix);
        sender.grace = Duration::from_secs(upstream.grace_seconds);
        Ok(sender)
    }

    /// The clock of what is compared next, and the baselines that are known by then.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn at(&mut self, now: DateTime, store: &Store) -> Result<(), Failure> {
        self.site.as_of = now;
        self.load_baselines(store)
    }

    fn load_baselines(&mut self, store: &Store) -> Result<(), Failure> {
        let mut scanned = store.baselines()?;
        // One scan goes through all folders.
        if scanned.contains(&*self.site.context.instance) {
            let names = names(&self.folders);
            let own = self.site.feeds.iter().filter(|feed| names.contains(&feed.folder));
            scanned.extend(own.filter_map(|feed| feed.instance.as_ref()).map(ToString::to_string));
        }
        self.site.baselines = Baselines { scanned };
        Ok(())
    }

    /// Whether patients were given other numbers: then one acceptance lets something else follow.
    pub fn has_aliases(&self) -> bool {
        let rules = &self.site.overlay.patients;
        rules.iter().any(|rule| matches!(rule.decision, PatientDecision::Alias(_)))
    }

    /// How often results are looked for.
    pub fn poll(&self) -> Duration {
        self.settings.upstream.poll_milliseconds.map_or(self.interface.poll_interval(), Duration::from_millis)
    }

    /// Scans and compares, and shows what would go up. Nothing is put into the outbox.
    ///
    /// # Errors
    /// When files or the ledger cannot be used.
    pub fn plan(&mut self, house: &mut House) -> Result<(Summary, Vec<String>), Failure> {
        let (scan, compared) = self.prepare(&mut house.store)?;
        let mut summary = Summary::default();
        summary.scanned(&scan);
        summary.intended(&compared.intentions);
        self.ask(&mut house.store, &scan, &compared.intentions, 0, false, &mut summary)?;
        Ok((summary, self.lines(&compared.intentions)))
    }

    /// What would go up, from what was read before: beside a service, which does the reading.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn plan_beside(&mut self, house: &mut House) -> Result<(Summary, Vec<String>), Failure> {
        let store = &mut house.store;
        self.load_baselines(store)?;
        let compared = self.compare(store, &Scan::default(), &Scope::All, &mut |_| Ok(()))?;
        let mut summary = Summary::default();
        summary.intended(&compared.intentions);
        Ok((summary, self.lines(&compared.intentions)))
    }

    fn lines(&self, intentions: &Intentions) -> Vec<String> {
        intentions.enqueue.iter().map(|intention| line(intention, self.session.lang)).collect()
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
        summary.tell(store.began_anew().then(|| Issue::new(&tsugite_store::issues::BEGAN_ANEW)));
        let dropped = self.take_all(store, idle)?;
        let (mut scan, compared) = self.prepare(store)?;
        scan.add(dropped);
        summary.scanned(&scan);
        summary.intended(&compared.intentions);
        if self.ask(store, &scan, &compared.intentions, 0, yes, &mut summary)? {
            self.put(store, &scan, &compared)?;
        }
        // What waits from earlier rounds was approved then.
        let poll = self.poll();
        let mut flight = Flight::once();
        let delivered = if store.paused()? {
            summary.tell([Issue::new(&issues::PAUSED)]);
            Delivered::default()
        } else {
            self.courier(store, sender, &mut flight).deliver(idle, poll)?
        };
        summary.delivered(&delivered);
        let waiting = store.count_in(&[SubmissionState::Queued, SubmissionState::Lost])?;
        summary.answers.waiting = waiting;
        let review = store.count_in(&[SubmissionState::Draft])?;
        summary.answers.for_review = review;
        let count = |definition, count: u64| Issue::new(definition).with("count", count.to_string());
        summary.tell((review > 0).then(|| count(&issues::REVIEW_WAITS, summary.answers.for_review)));
        let held_back = delivered.stopped || delivered.closed;
        summary.tell((held_back && waiting > 0).then(|| count(&issues::STOPPED, summary.answers.waiting)));
        summary.tell(delivered.issues);
        summary.held_records = held_records(store)?;
        store.audit(&self.now(), PROGRAM, "run", if summary.needs_attention() { "attention" } else { "done" })?;
        Ok(summary)
    }

    pub fn courier<'c>(
        &'c self,
        store: &'c mut Store,
        transport: &'c mut dyn Transport,
        flight: &'c mut Flight,
    ) -> Courier<'c> {
        let upstream = &self.settings.upstream;
        Courier {
            store,
            transport,
            flight,
            interface: &self.interface,
            session: self.session,
            who: PROGRAM,
            id_prefix: &upstream.id_prefix,
            new_insured: self.settings.resend.new_insured_id,
            wait: upstream.wait_seconds.map_or(self.interface.result_deadline(), Duration::from_secs),
            quarantine: &self.quarantine,
            inquiry: self.settings.resend.inquiry(),
            signer: Signer { settings: &self.settings.signature, program: &self.signing },
        }
    }

    pub(super) fn now(&self) -> String {
        self.session.now().to_string()
    }

    /// Everything that lies whole in the watched folders. What still grows is given the time that the settings name.
    fn take_all(&self, store: &mut Store, idle: &mut dyn FnMut(Duration)) -> Result<Scan, Failure> {
        let mut drops = self.drops(store)?;
        let mut dropped = self.take(&mut drops, store, &mut |_| Ok(()))?;
        if drops.await_more() {
            idle(Duration::from_secs(self.settings.watch.stable_seconds));
            let more = self.take(&mut drops, store, &mut |_| Ok(()))?;
            dropped = more.after(dropped);
        }
        Ok(dropped)
    }

    fn prepare(&mut self, store: &mut Store) -> Result<(Scan, Compared), Failure> {
        let scan = self.scan(store, &mut |_| Ok(()))?;
        self.load_baselines(store)?;
        let compared = self.compare(store, &scan, &Scope::All, &mut |_| Ok(()))?;
        Ok((scan, compared))
    }

    /// Reads what is new in the folders.
    ///
    /// # Errors
    /// When the ledger cannot be used, or `between` ends it; what was read stays read.
    pub fn scan(&self, store: &mut Store, between: &mut Between) -> Result<Scan, Failure> {
        let run = store.begin_run(&self.site.as_of.to_string(), &self.now())?;
        let scratch = tempfile::tempdir()?;
        let known = Known::default();
        let settings = self.pipeline(&known, &scratch);
        let percent = self.settings.brake.list_percent;
        let scan = scan(store, run, &self.folders, &settings, percent, &self.desk(), between)?;
        store.finish_run(run, "scanned", &self.now())?;
        Ok(scan)
    }

    /// The watched folders of the settings.
    ///
    /// # Errors
    /// One that cannot be used.
    pub fn drops(&self, store: &Store) -> Result<Drops, Failure> {
        let watch = &self.settings.watch;
        let paths: Vec<PathBuf> = watch.folders.iter().map(|folder| self.settings.path(folder)).collect();
        let opened = Drops::open(&paths, watch, store, &self.site.context.instance);
        opened.map_err(|(path, error)| Failure::file(&path, &error))
    }

    /// Takes in what was dropped into the watched folders.
    ///
    /// # Errors
    /// When the ledger cannot be used, or `between` ends it.
    pub fn take(&self, drops: &mut Drops, store: &mut Store, between: &mut Between) -> Result<Scan, Failure> {
        let scratch = tempfile::tempdir()?;
        let known = Known::default();
        drops.take(store, self.session.clock.elapsed(), &self.desk(), &self.pipeline(&known, &scratch), between)
    }

    pub(super) fn desk(&self) -> Desk {
        Desk { now: self.now(), lang: self.session.lang }
    }

    /// Reports patients, compares them with the ledger, and remembers what is held.
    ///
    /// # Errors
    /// When the ledger cannot be used, or `between` ends it.
    pub fn compare(
        &self,
        store: &mut Store,
        scan: &Scan,
        scope: &Scope,
        between: &mut Between,
    ) -> Result<Compared, Failure> {
        let changed = store.changed_patients(u32::MAX)?;
        let marks = changed.into_iter().map(|(patient, mark)| (ledger_name(&patient), mark)).collect();
        let who = self.people.who(store)?;
        let known = match scope {
            Scope::All => Known::load(store)?,
            Scope::Patients(_) => Known::of(store, groups_of(scope, &who).iter().flatten().map(ledger_name))?,
        };
        let scratch = tempfile::tempdir()?;
        let settings = self.pipeline_for(&known, &scratch, &who);
        let mut intentions = self.comparison(&settings, &known, &who, scan).intentions(store, scope, between)?;
        intentions.issues.extend(who.issues());
        let held = held_now(store, scope, &intentions, &scan.held_rows(self.session.lang))?;
        store.replace_held_of(COMPARED, &held, &self.now())?;
        Ok(Compared { known, intentions, who, marks, scratch })
    }

    /// Puts what was compared into the outbox.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn put(&self, store: &mut Store, scan: &Scan, compared: &Compared) -> Result<(), Failure> {
        let Compared { known, intentions, who, scratch, .. } = compared;
        self.people.remember(store, who, &self.now())?;
        for unit in &intentions.withdraw {
            store.withdraw(unit, &self.now(), PROGRAM)?;
        }
        let settings = self.pipeline_for(known, scratch, who);
        self.comparison(&settings, known, who, scan).enqueue(store, intentions, &self.now(), PROGRAM)?;
        self.consider(store, compared)
    }

    /// Those who were compared are done, up to what was known when it began.
    fn consider(&self, store: &mut Store, compared: &Compared) -> Result<(), Failure> {
        let tables = self.site.tables_version.as_str();
        let mut done = Vec::new();
        for Found { patient, issues, unmapped } in &compared.intentions.found {
            let mark = compared.marks.get(&ledger_name(patient)).copied().unwrap_or(0);
            // A number that only the site's list names has nothing to be considered.
            let is_known =
                !store.select_patients(&Selection { patient: Some(patient), ..Selection::default() })?.is_empty();
            done.extend(is_known.then_some(Considered { patient, mark, tables, issues, unmapped }));
        }
        Ok(store.considered(&done, &self.now())?)
    }

    /// What would be made otherwise now of what the centre holds (see [`Comparison::made_otherwise`]).
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn made_otherwise(
        &mut self,
        store: &Store,
        patients: &[PatientId],
        all: bool,
    ) -> Result<Vec<NewSubmission>, Failure> {
        self.load_baselines(store)?;
        let (known, who) = (Known::load(store)?, self.people.who(store)?);
        let (scratch, scan) = (tempfile::tempdir()?, Scan::default());
        let settings = self.pipeline_for(&known, &scratch, &who);
        self.comparison(&settings, &known, &who, &scan).made_otherwise(store, patients, all)
    }
}

/// One line of the plan.
fn line(intention: &Intention, lang: Lang) -> String {
    let Intention { unit, operation, members, .. } = intention;
    let patient = local(&unit.patient);
    let (operation, kind) = (operation_name(*operation, lang), named_unit(&unit.kind, lang));
    format!("{operation}\t{kind}\t{patient}\t{}\t{members}", unit.report)
}
