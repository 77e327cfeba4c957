use crate::{
    failure::{Failure, Status},
    send,
    session::{Format, Session},
};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};
use tsugite_issue::Text;
use tsugite_sandbox::{Centre, CentreError, Event, Faults, Options, Setup};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The centre's folder; the terminal's two folders are `req` and `res` in it
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Keep working until stopped
    #[arg(long)]
    watch: bool,
    /// A second registration under one id replaces the first instead of being refused
    #[arg(long)]
    newest_wins: bool,
    /// The centre's interface as data
    #[arg(long, value_name = "FILE")]
    interface: Option<PathBuf>,
    /// Faults on demand, as TOML
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Random faults fall alike for the same number
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        const PAUSE: Duration = Duration::from_millis(50);
        const AFTER_FAILURE: Duration = Duration::from_secs(1);
        let interface = send::interface(self.interface.as_deref(), session)?;
        let options = Options { newest_wins: self.newest_wins, today: None };
        let faults = self.faults.as_deref().map(|file| faults(file, session)).transpose()?.unwrap_or_else(Faults::none);
        let setup = Setup { options, faults, seed: self.seed, ..Setup::default() };
        let mut centre = Centre::open_with(&self.dir, interface, setup)?;
        loop {
            match centre.process() {
                Ok(events) => events.iter().try_for_each(|event| print(event, session, out))?,
                // Its folders may lie on a disk or share that comes back.
                Err(error) if self.watch => {
                    writeln!(io::stderr(), "tsugite: {error}")?;
                    thread::sleep(AFTER_FAILURE);
                }
                Err(error) => return Err(error.into()),
            }
            out.flush()?;
            if !self.watch {
                return Ok(Status::Done);
            }
            thread::sleep(PAUSE);
        }
    }
}

fn faults(file: &Path, session: &Session) -> Result<Faults, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    Faults::from_toml(&text).map_err(|error| {
        let wrong = Text::new("障害の規則に誤りがあります: ", "the file of faults has a mistake: ");
        Failure::usage(wrong, session.lang, format!("{}: {error}", file.display()))
    })
}

fn print(event: &Event, session: &Session, out: &mut dyn Write) -> io::Result<()> {
    if session.format != Format::Text {
        serde_json::to_writer(&mut *out, event)?;
        return writeln!(out);
    }
    writeln!(out, "{:>5}  {}  {}  {}", event.number, event.operation, event.code, event.bundle_id)?;
    event.checks.iter().try_for_each(|check| writeln!(out, "       {} {}", check.code, check.message))
}

impl From<CentreError> for Failure {
    fn from(error: CentreError) -> Self {
        match error {
            CentreError::Busy(_) => Self::Usage(error.to_string()),
            _ => Self::Io(error.to_string()),
        }
    }
}
