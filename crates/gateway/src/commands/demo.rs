//! The whole way on the invented clinic, with the sandbox centre at the other end.

use super::{held, queue::local, run::load};
use crate::{
    failure::{Failure, Status},
    output::unit_name,
    send::{Cycle, House, Summary},
    session::{Format, Session},
    site::clock_day,
};
use serde_json::json;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use tsugite_clins::UnitKind;
use tsugite_sandbox::{Centre, Options};
use tsugite_store::{HeldRow, Submission, SubmissionState};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the clinic is laid out: a new folder [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

mod files {
    include!(concat!(env!("OUT_DIR"), "/clinic.rs"));
}

/// The day on which the invented clinic is visited.
const CLOCK: &str = "2026-11-22T09:00:00";

/// What the day brought.
struct Day {
    first: Summary,
    second: Summary,
    /// Accepted by kind of Unit.
    accepted: Vec<(UnitKind, usize)>,
    for_review: Vec<Submission>,
    held: Vec<HeldRow>,
    /// Bundles that the centre holds.
    registered: usize,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let dir = self.lay_out(session)?;
        let day = live(&dir, session)?;
        if session.format == Format::Text {
            tell(&day, &dir, session, out)?;
        } else {
            let result = json!({"folder": dir, "first": day.first, "second": day.second, "registered": day.registered});
            serde_json::to_writer_pretty(&mut *out, &result).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Ok(Status::Done)
    }

    /// Writes the clinic into a folder that holds nothing else.
    fn lay_out(&self, session: &Session) -> Result<PathBuf, Failure> {
        let dir = match &self.dir {
            Some(dir) => {
                fs::create_dir_all(dir).map_err(|error| Failure::file(dir, &error))?;
                if fs::read_dir(dir)?.next().is_some() {
                    let text = session.text("空のフォルダを指定してください: ", "name an empty folder: ");
                    return Err(Failure::Usage(format!("{text}{}", dir.display())));
                }
                dir.clone()
            }
            None => tempfile::Builder::new().prefix("tsugite-demo-").tempdir()?.keep(),
        };
        for (name, bytes) in files::CLINIC {
            let path = dir.join(name);
            path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| Failure::file(&path, &error))?;
            fs::write(&path, bytes).map_err(|error| Failure::file(&path, &error))?;
        }
        Ok(dir)
    }
}

/// Two rounds: the second has nothing to say.
fn live(dir: &Path, session: &Session) -> Result<Day, Failure> {
    let session = session.at_home(dir.join("home"));
    let settings = load(&dir.join("tsugite.toml"), &session)?;
    let mut cycle = Cycle::new(&session, &settings, Some(CLOCK))?;
    let today = clock_day(session.clock(Some(CLOCK))?);
    let mut centre =
        Centre::open(&dir.join("terminal"), cycle.interface.clone(), Options { today, ..Options::default() })?;
    let mut sender = cycle.sender()?;
    let mut house = House::open(&session, &settings)?;
    let mut failed = Ok(());
    let mut work = |_| {
        if let Err(error) = centre.process() {
            failed = Err(error);
        }
    };
    let first = cycle.run(&mut house, &mut sender, &mut work, true)?;
    let second = cycle.run(&mut house, &mut sender, &mut work, false)?;
    failed?;
    let store = &house.store;
    let ledger = store.ledger()?;
    let of_kind = |kind: UnitKind| ledger.iter().filter(|e| e.unit.kind == kind.name() && e.accepted.is_some()).count();
    Ok(Day {
        first,
        second,
        accepted: UnitKind::ALL.map(|kind| (kind, of_kind(kind))).to_vec(),
        for_review: store.submissions_in(&[SubmissionState::Draft])?,
        held: store.held()?,
        registered: centre.registrations()?.len(),
    })
}

fn tell(day: &Day, dir: &Path, session: &Session, out: &mut dyn Write) -> io::Result<()> {
    let say = |ja, en| session.text(ja, en);
    let heading = say(
        "継手医院（架空）の電子カルテから、模擬センターへ",
        "From the old system of an invented clinic to the sandbox centre",
    );
    writeln!(out, "{heading}\n")?;
    let sent = say("送ったもの（センターが受け付けました）", "Went up, and was accepted");
    writeln!(out, "{sent}")?;
    for (kind, count) in &day.accepted {
        writeln!(out, "  {count:>3}  {}", unit_name(*kind, session.lang))?;
    }
    if !day.for_review.is_empty() {
        let review = say("医師の確認を待つもの（初回のみ）", "Waits for a doctor's look, once");
        writeln!(out, "\n{review}")?;
    }
    for submission in &day.for_review {
        let patient = say("患者番号", "patient");
        let approve = command(dir, &format!("queue approve {}", submission.id));
        writeln!(out, "  {patient} {}  → {approve}", local(&submission.unit.patient))?;
    }
    let held = say("保留したもの、その理由と対処", "Held, why, and what to do");
    writeln!(out, "\n{held}")?;
    held::print(&day.held, session, out)?;
    let answers = &day.second.answers;
    let again = answers.registered + answers.changed + answers.cancelled;
    writeln!(out, "\n{}: {again}", say("もう一度実行して送られた件数", "Sent when run once more"))?;
    next(day, dir, session, out)
}

/// What to look at now.
fn next(day: &Day, dir: &Path, session: &Session, out: &mut dyn Write) -> io::Result<()> {
    let say = |ja, en| session.text(ja, en);
    let (terminal, storage) = (dir.join("terminal"), dir.join("ssmix2"));
    let config = dir.join("tsugite.toml");
    let program = program();
    let rows = [
        (say("元のデータ（SS-MIX2）", "What the old system wrote").to_owned(), storage.display().to_string()),
        (
            format!("{} ({})", say("センターに登録された内容", "What the centre holds"), day.registered),
            terminal.join("registrations").display().to_string(),
        ),
        (say("送信の一覧", "The queue").to_owned(), command(dir, "queue list --all")),
        (
            say("変換だけを試す", "Convert only").to_owned(),
            format!(
                "{program} convert {} --config {} --as-of 2026-11-22 --out {}",
                storage.display(),
                config.display(),
                dir.join("out").display()
            ),
        ),
        (
            say("センターを動かしておく（別の画面で）", "Let the centre work, in another window").to_owned(),
            format!("{program} sandbox --dir {} --watch", terminal.display()),
        ),
        (say("データを変えて、もう一度送る", "Change the data and send again").to_owned(), command(dir, "run")),
    ];
    writeln!(out, "\n{}", say("次に見るもの・試すこと", "What to look at and try next"))?;
    for (what, place) in rows {
        writeln!(out, "  {what}\n    {place}")?;
    }
    let done = say("このフォルダは消して構いません", "This folder may be deleted");
    writeln!(out, "\n{done}: {}", dir.display())
}

fn command(dir: &Path, what: &str) -> String {
    let (home, config) = (dir.join("home"), dir.join("tsugite.toml"));
    format!("{} --home {} {what} --config {}", program(), home.display(), config.display())
}

/// As the user can call it: it may not be installed.
fn program() -> String {
    std::env::current_exe().map_or_else(|_| "tsugite".to_owned(), |path| path.display().to_string())
}
