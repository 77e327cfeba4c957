use crate::{
    failure::{Failure, Status},
    serve::{Service, Stop, start_log},
    session::Session,
};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

impl Args {
    pub fn run(&self, session: &Session) -> Result<Status, Failure> {
        start_log(session.format, session.quiet);
        let stop = Stop::default();
        stop.on_signals()?;
        Service::open(session, &self.config, stop)?.run()?;
        Ok(Status::Done)
    }
}
