use crate::{
    cli::Cli,
    failure::{Failure, Status},
};
use clap::CommandFactory;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

impl Args {
    pub fn run(&self, out: &mut dyn Write) -> Result<Status, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "tsugite", &mut script);
        out.write_all(&script)?;
        Ok(Status::Done)
    }
}
