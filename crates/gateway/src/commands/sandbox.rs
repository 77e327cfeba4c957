use crate::{
    failure::{Failure, Status},
    send,
    session::{Format, Session},
    site::clock_day,
};
use std::{
    io::{self, Write},
    path::PathBuf,
    thread,
    time::Duration,
};
use tsugite_sandbox::{Centre, CentreError, Event, Options};

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
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        const PAUSE: Duration = Duration::from_millis(50);
        let interface = send::interface(self.interface.as_deref(), session)?;
        let options = Options { newest_wins: self.newest_wins, today: clock_day(session.now()) };
        let mut centre = Centre::open(&self.dir, interface, options)?;
        loop {
            for event in centre.process()? {
                print(&event, session, out)?;
            }
            out.flush()?;
            if !self.watch {
                return Ok(Status::Done);
            }
            thread::sleep(PAUSE);
        }
    }
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
