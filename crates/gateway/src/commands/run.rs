use crate::{
    failure::{Failure, Status},
    send::{Cycle, House, Summary, remember},
    session::{Format, Session},
    settings::Settings,
};
use std::{
    io::{self, Write},
    path::PathBuf,
    thread,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// The clock: a day or a time of Japan [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Send for the first time without asking
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// The clock: a day or a time of Japan [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = load(&self.config, session)?;
        let mut cycle = Cycle::new(session, &settings, self.as_of.as_deref())?;
        let mut sender = cycle.sender()?;
        let mut house = House::open(session, &settings)?;
        remember(&mut house.store, &self.config, &settings, session)?;
        let summary = cycle.run(&mut house, &mut sender, &mut thread::sleep, self.yes)?;
        show(&summary, session, false, out)?;
        Ok(Status::attention_if(summary.needs_attention()))
    }
}

impl PlanArgs {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = load(&self.config, session)?;
        let mut cycle = Cycle::new(session, &settings, self.as_of.as_deref())?;
        let (summary, lines) = match House::try_open(session, &settings)? {
            Some(mut house) => cycle.plan(&mut house)?,
            None => cycle.plan_beside(&mut House::beside(session, &settings)?)?,
        };
        if session.format == Format::Text {
            for line in lines {
                writeln!(out, "{line}")?;
            }
        }
        show(&summary, session, true, out)?;
        Ok(Status::attention_if(summary.needs_attention()))
    }
}

pub fn load(config: &std::path::Path, session: &Session) -> Result<Settings, Failure> {
    Settings::load(config).map_err(|error| Failure::settings(&error, session.lang))
}

fn show(summary: &Summary, session: &Session, planned_only: bool, out: &mut dyn Write) -> io::Result<()> {
    if session.format == Format::Text {
        return summary.print(session.lang, planned_only, out);
    }
    serde_json::to_writer_pretty(&mut *out, summary)?;
    writeln!(out)
}
