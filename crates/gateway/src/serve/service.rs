//! The service itself.

use super::{
    intake::{Intake, Pending},
    line::Line,
    log,
    notify::Manager,
    pressure::{Pressure, pressure},
    stop::Stop,
    watch_settings::Prints,
};
use crate::{
    failure::Failure,
    send::{Cycle, House, Summary, files, late, ledger_name, remember},
    session::Session,
    settings::Settings,
};
use jiff::ToSpan as _;
use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    time::Duration,
};
use tsugite_clinical::DateTime;
use tsugite_issue::{Issue, Text};
use tsugite_store::{Approval, Store, issues::BEGAN_ANEW};
use tsugite_upstream::{Certificate, Transport};

/// How often settings and a person's decisions are looked for.
const LOOK: Duration = Duration::from_secs(2);
/// After something failed.
const AFTER_FAILURE: Duration = Duration::from_secs(10);
/// What is cancelled within this time counts as of one run.
const RUN: Duration = Duration::from_secs(24 * 3600);
const PROGRAM: &str = "tsugite";

/// Kind, subject and line of what waits for a person.
type Asked = Vec<(Approval, String, String)>;

pub struct Service<'s> {
    session: &'s Session,
    config: PathBuf,
    cycle: Cycle<'s>,
    pub(super) house: House,
    line: Line,
    intake: Intake,
    pending: Pending,
    /// Unasked cancels and shrinkings, with their time.
    losses: VecDeque<(Duration, usize)>,
    /// What a person was asked, and what was pending then: nothing new goes until somebody answers.
    asked: Option<(Asked, u64)>,
    prints: Prints,
    next_look: Duration,
    day: Option<jiff::civil::Date>,
    under: Option<Pressure>,
    manager: Manager,
    stop: Stop,
}

impl<'s> Service<'s> {
    /// Opens everything. Answers and attempts of an earlier process are taken up in the first step.
    ///
    /// # Errors
    /// Settings that do not suffice, another process at work, or files that cannot be used.
    pub fn open(session: &'s Session, config: &Path, stop: Stop) -> Result<Self, Failure> {
        let settings = load(config, session)?;
        let cycle = Cycle::new(session, &settings, None)?;
        let transport = Box::new(cycle.sender()?);
        refuse_without_packages(&cycle, session)?;
        let house = House::open(session, &settings)?;
        Self::with(session, config, cycle, house, transport, stop)
    }

    /// The same with a transport of the caller's.
    ///
    /// # Errors
    /// A watched folder that cannot be used, or a ledger that cannot be written.
    pub fn with(
        session: &'s Session,
        config: &Path,
        cycle: Cycle<'s>,
        mut house: House,
        transport: Box<dyn Transport>,
        stop: Stop,
    ) -> Result<Self, Failure> {
        let drops = cycle.drops(&house.store)?;
        let prints = Prints::of(config, &cycle.settings, &session.home);
        remember(&mut house.store, config, &cycle.settings, session)?;
        house.store.audit(&session.now().to_string(), PROGRAM, "serve", "started")?;
        if house.store.began_anew() {
            log::failure(&Failure::Told(Box::new(Issue::new(&BEGAN_ANEW))), session.lang);
        }
        let mut pending = Pending::default();
        pending.everybody();
        Ok(Self {
            session,
            config: config.to_owned(),
            line: Line::new(transport),
            cycle,
            house,
            intake: Intake::new(drops),
            pending,
            losses: VecDeque::new(),
            asked: None,
            prints,
            next_look: Duration::ZERO,
            day: None,
            under: None,
            manager: Manager::new(),
            stop,
        })
    }

    /// Works until it is asked to stop; then answers under way are awaited for a while.
    ///
    /// # Errors
    /// When the end cannot be written down.
    pub fn run(mut self) -> Result<(), Failure> {
        self.manager.ready();
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "serving");
        while !self.stop.is_asked() {
            let rest = match self.tick() {
                Ok(rest) => rest,
                Err(Failure::Stopped) => break,
                Err(failure) => {
                    log::failure(&failure, self.session.lang);
                    AFTER_FAILURE
                }
            };
            self.stop.rest(rest);
        }
        self.end()
    }

    fn end(mut self) -> Result<(), Failure> {
        self.manager.stopping();
        let clock = &self.session.clock;
        let until = clock.elapsed() + Duration::from_secs(self.cycle.settings.service.stop_seconds);
        while !self.line.flight.awaited.is_empty() && clock.elapsed() < until {
            self.line.step(&self.cycle, self.session, &mut self.house.store, false)?;
            std::thread::sleep(Duration::from_millis(50));
        }
        let under_way = self.line.flight.awaited.len();
        tracing::info!(under_way, "stopped");
        Ok(self.house.store.audit(&self.session.now().to_string(), PROGRAM, "serve", "stopped")?)
    }

    /// One turn: settings, line, folders, comparison. Gives how long it may rest.
    ///
    /// # Errors
    /// What failed; the next turn tries again.
    pub fn tick(&mut self) -> Result<Duration, Failure> {
        let now = self.session.clock.elapsed();
        self.manager.alive(now);
        if now >= self.next_look {
            self.next_look = now + LOOK;
            self.look_at_settings();
            self.look_at_approvals()?;
            self.look_at_changes()?;
            self.begin_day()?;
        }
        let busy = self.line.step(&self.cycle, self.session, &mut self.house.store, true)?;
        self.pending.add(std::mem::take(&mut self.line.spoken));
        self.take_in(now)?;
        self.compare()?;
        let rest = if busy { Duration::ZERO } else { self.line.next_step().saturating_sub(now) };
        Ok(rest.min(Duration::from_secs(1)))
    }

    fn take_in(&mut self, now: Duration) -> Result<(), Failure> {
        let (database, _) = files(self.session, &self.cycle.settings);
        let folder = database.parent().unwrap_or(&self.session.home);
        let under = pressure(&self.house.store, folder, &self.cycle.settings.service)?;
        if under != self.under {
            self.under = under;
            match under {
                Some(Pressure::Disk) => tracing::error!("too little space on the disk: nothing is taken in"),
                Some(Pressure::Queue) => tracing::warn!("the queue is full: nothing is taken in"),
                None => tracing::info!("files are taken in again"),
            }
        }
        if under.is_some() {
            return Ok(());
        }
        let Self { session, cycle, house, line, intake, manager, stop, .. } = self;
        let mut between = between(session, cycle, line, manager, stop);
        let looked = intake.look(cycle, &mut house.store, now, &mut between)?;
        if looked.read > 0 {
            tracing::info!(files = looked.read, patients = looked.affected.len(), "taken in");
        }
        log::issues(&looked.issues, session.lang);
        self.pending.add(looked.affected);
        if looked.affects_all || looked.held_changed || looked.alarms_changed {
            self.pending.everybody();
        }
        Ok(())
    }

    /// Compares whom something was said about, and puts it into the outbox unless a person must say yes.
    fn compare(&mut self) -> Result<(), Failure> {
        self.pending.add(std::mem::take(&mut self.line.spoken));
        // While the brake is on, only a person's answer or something new gives reason to look again.
        let same = self.asked.as_ref().is_some_and(|(_, changes)| *changes == self.pending.changes());
        if self.pending.is_empty() || same {
            return Ok(());
        }
        self.cycle.at(self.session.now(), &self.house.store)?;
        let scope = self.pending.scope();
        let scan = self.intake.scan();
        let now = self.session.clock.elapsed();
        self.losses.retain(|(at, _)| now.saturating_sub(*at) < RUN);
        let recent = self.losses.iter().map(|(_, count)| count).sum();
        let Self { session, cycle, house, line, manager, stop, .. } = self;
        let store = &mut house.store;
        let compared = cycle.compare(store, &scan, &scope, &mut between(session, cycle, line, manager, stop))?;
        let mut summary = Summary::default();
        summary.intended(&compared.intentions);
        let may_go = cycle.ask(store, &scan, &compared.intentions, recent, false, &mut summary)?;
        if may_go {
            cycle.put(store, &scan, &compared)?;
            self.pending.clear();
            self.asked = None;
            if summary.losing > 0 {
                self.losses.push_back((now, summary.losing));
            }
        } else {
            self.asked = Some((store.proposals()?, self.pending.changes()));
        }
        self.tell(&summary, may_go);
        Ok(())
    }

    fn tell(&self, summary: &Summary, may_go: bool) {
        let crate::send::UnitCounts { register, change, cancel, held, .. } = summary.units;
        if register + change + cancel > 0 || !may_go {
            tracing::info!(register, change, cancel, held, queued = may_go, "compared");
        }
        log::issues(summary.told.iter().filter(|issue| issue.code().starts_with("SEND-")), self.session.lang);
    }

    /// A change that cannot be used changes nothing.
    fn look_at_settings(&mut self) {
        let prints = Prints::of(&self.config, &self.cycle.settings, &self.session.home);
        if prints == self.prints {
            return;
        }
        self.prints = prints;
        match self.reload() {
            Ok(()) => tracing::info!("the settings have changed and are in use"),
            Err(failure) => {
                tracing::error!(
                    "the settings have changed and cannot be used; the old ones stay: {}",
                    failure.log_text(self.session.lang)
                );
            }
        }
    }

    fn reload(&mut self) -> Result<(), Failure> {
        let settings = load(&self.config, self.session)?;
        if files(self.session, &settings) != files(self.session, &self.cycle.settings) {
            let text = Text::new(
                "[store] の変更は再起動後に有効になります",
                "a change of [store] takes effect after a restart",
            );
            return Err(Failure::usage(text, self.session.lang, ""));
        }
        let cycle = Cycle::new(self.session, &settings, None)?;
        refuse_without_packages(&cycle, self.session)?;
        let drops = cycle.drops(&self.house.store)?;
        let sender = cycle.sender()?;
        if cycle.interface != self.cycle.interface || settings.upstream != self.cycle.settings.upstream {
            self.line.transport = Box::new(sender);
        }
        self.cycle = cycle;
        self.intake = Intake::new(drops);
        self.pending.everybody();
        self.asked = None;
        self.prints = Prints::of(&self.config, &self.cycle.settings, &self.session.home);
        remember(&mut self.house.store, &self.config, &self.cycle.settings, self.session)
    }

    fn look_at_approvals(&mut self) -> Result<(), Failure> {
        let Some((asked, _)) = &self.asked else { return Ok(()) };
        if self.house.store.proposals()? != *asked {
            self.asked = None;
            self.intake.look_again();
            self.pending.everybody();
        }
        Ok(())
    }

    /// Who was touched from outside, or before this process began.
    fn look_at_changes(&mut self) -> Result<(), Failure> {
        const SOME: u32 = 1000;
        if self.asked.is_none() {
            let changed = self.house.store.changed_patients(SOME)?;
            self.pending.add(changed.into_iter().map(|(patient, _)| ledger_name(&patient)));
        }
        Ok(())
    }

    /// Each day everything is compared once, as much depends on the date, what is late is told, and what was kept for long enough goes.
    fn begin_day(&mut self) -> Result<(), Failure> {
        let now = self.session.civil();
        if self.day == Some(now.date()) {
            return Ok(());
        }
        let first = self.day.replace(now.date()).is_none();
        if !first {
            self.pending.everybody();
        }
        for file in &self.cycle.settings.upstream.certificates {
            let told = std::fs::read(self.cycle.settings.path(file)).ok();
            let told = told.and_then(|bytes| Certificate::read(&bytes).ok());
            let told = told.and_then(|certificate| certificate.issue(self.session.clock.now(), ""));
            log::issues(&told, self.session.lang);
        }
        let days = i64::from(self.cycle.settings.service.hold_days).days();
        if let Ok(before) = now.checked_sub(days) {
            let before = DateTime::from_civil(before).to_string();
            let long = self.house.store.held_since_before(&before)?.len();
            if long > 0 {
                tracing::warn!(count = long, "held for long: `tsugite held`");
            }
        }
        let late = late(&self.house.store, &self.cycle.settings, self.session.clock.now())?;
        if !late.is_empty() {
            tracing::warn!(count = late.len(), "should be at the centre by now: `tsugite queue list --late`");
        }
        let retention = self.cycle.settings.store.retention.into();
        self.house.store.prune(&retention, &self.session.now().to_string())?;
        Ok(())
    }
}

/// What goes on between any two files or patients.
fn between<'b>(
    session: &'b Session,
    cycle: &'b Cycle,
    line: &'b mut Line,
    manager: &'b mut Manager,
    stop: &'b Stop,
) -> impl FnMut(&mut Store) -> Result<(), Failure> + use<'b> {
    move |store| {
        if stop.is_asked() {
            return Err(Failure::Stopped);
        }
        manager.alive(session.clock.elapsed());
        line.step(cycle, session, store, true).map(drop)
    }
}

fn load(config: &Path, session: &Session) -> Result<Settings, Failure> {
    Settings::load(config).map_err(|error| Failure::settings(&error, session.lang))
}

/// Without the guide's package nobody has checked the profiles.
fn refuse_without_packages(cycle: &Cycle, session: &Session) -> Result<(), Failure> {
    let of_guide =
        |package: &String| package.split('#').next().is_some_and(|name| name.to_lowercase().contains("clins"));
    if cycle.settings.service.without_packages || cycle.site.packages.iter().any(of_guide) {
        return Ok(());
    }
    let text = Text::new(
        "JP-CLINSのパッケージがないため送信しません。`tsugite ig add` で取り込むか、設定 [service] without_packages = true で許してください",
        "nothing is sent without the JP-CLINS package: install it with `tsugite ig add`, or allow it with [service] without_packages = true",
    );
    Err(Failure::usage(text, session.lang, ""))
}
