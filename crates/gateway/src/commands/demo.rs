//! The whole way on the invented clinic, with the sandbox centre at the other end.

use super::{held, master, run::load};
use crate::{
    failure::{Failure, Status},
    output::unit_name,
    send::{Cycle, House, Summary, local},
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

/// What the invented clinic has to export.
struct Half {
    ja: &'static str,
    en: &'static str,
    settings: &'static str,
    home: &'static str,
    terminal: &'static str,
    /// Folders to look at.
    inputs: &'static [&'static str],
    masters: bool,
}

const HALVES: [Half; 2] = [
    Half {
        ja: "その1　古い電子カルテの書き出し（SS-MIX2）と文書・健診から",
        en: "One: from the old system's storage (SS-MIX2), letters and health checks",
        settings: "tsugite.toml",
        home: "home",
        terminal: "terminal",
        inputs: &["ssmix2", "letters", "checkups", "qr"],
        masters: false,
    },
    Half {
        ja: "その2　書き出しのない診療所：レセプト（UKE）・検査会社のファイル・一覧だけから",
        en: "Two: a clinic whose vendor is gone: receipts (UKE), laboratory files and lists alone",
        settings: "tsugite-files.toml",
        home: "home-files",
        terminal: "terminal-files",
        inputs: &["uke", "lab", "lists"],
        masters: true,
    },
];

/// What the day brought.
struct Day {
    half: &'static Half,
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
        let mut results = Vec::new();
        for half in &HALVES {
            let day = live(&dir, half, session)?;
            match session.format {
                Format::Text => tell(&day, &dir, session, out)?,
                _ => results.push(json!({"settings": half.settings, "first": day.first, "second": day.second, "registered": day.registered})),
            }
        }
        if session.format == Format::Text {
            let done = session.text("このフォルダは消して構いません", "This folder may be deleted");
            writeln!(out, "{done}: {}", dir.display())?;
        } else {
            let result = json!({"folder": dir, "halves": results});
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
fn live(dir: &Path, half: &'static Half, session: &Session) -> Result<Day, Failure> {
    let session = session.at_home(dir.join(half.home));
    if half.masters {
        let files = fs::read_dir(dir.join("masters"))?.map(|entry| entry.map(|entry| entry.path()));
        let add = master::Command::Add { files: files.collect::<io::Result<_>>()?, date: None };
        add.run(&session, &mut io::sink())?;
    }
    let settings = load(&dir.join(half.settings), &session)?;
    let mut cycle = Cycle::new(&session, &settings, Some(CLOCK))?;
    let today = clock_day(session.clock(Some(CLOCK))?);
    let mut centre =
        Centre::open(&dir.join(half.terminal), cycle.interface.clone(), Options { today, ..Options::default() })?;
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
        half,
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
    let heading = say("継手医院（架空）から、模擬センターへ", "From an invented clinic to the sandbox centre");
    writeln!(out, "{heading}\n{}\n", say(day.half.ja, day.half.en))?;
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
        let approve = command(dir, day.half, &format!("queue approve {}", submission.id));
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
    let half = day.half;
    let terminal = dir.join(half.terminal);
    let inputs: Vec<String> = half.inputs.iter().map(|input| dir.join(input).display().to_string()).collect();
    let inputs = inputs.join(" ");
    let convert = format!("convert {inputs} --as-of 2026-11-22 --out {}", dir.join("out").display());
    let rows = [
        (say("元のデータ", "What the clinic has").to_owned(), inputs),
        (
            format!("{} ({})", say("センターに登録された内容", "What the centre holds"), day.registered),
            terminal.join("registrations").display().to_string(),
        ),
        (say("送信の一覧", "The queue").to_owned(), command(dir, half, "queue list --all")),
        (say("変換だけを試す", "Convert only").to_owned(), command(dir, half, &convert)),
        (
            say("センターを動かしておく（別の画面で）", "Let the centre work, in another window").to_owned(),
            format!("{} sandbox --dir {} --watch", program(), terminal.display()),
        ),
        (say("データを変えて、もう一度送る", "Change the data and send again").to_owned(), command(dir, half, "run")),
    ];
    writeln!(out, "\n{}", say("次に見るもの・試すこと", "What to look at and try next"))?;
    for (what, place) in rows {
        writeln!(out, "  {what}\n    {place}")?;
    }
    writeln!(out)
}

fn command(dir: &Path, half: &Half, what: &str) -> String {
    let (home, config) = (dir.join(half.home), dir.join(half.settings));
    format!("{} --home {} {what} --config {}", program(), home.display(), config.display())
}

/// As the user can call it: it may not be installed.
fn program() -> String {
    std::env::current_exe().map_or_else(|_| "tsugite".to_owned(), |path| path.display().to_string())
}
