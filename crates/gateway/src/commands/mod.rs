//! The commands, one module each: its arguments and what it does.

mod completions;
mod convert;
mod doctor;
mod explain;
mod ig;
mod inspect;
mod validate;

use crate::{
    failure::{Failure, Status},
    session::Session,
};
use clap::Subcommand;
use std::io::Write;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tell what a file is: format, encoding with the evidence, records, what it carries and what not
    Inspect(inspect::Args),
    /// Turn exports into JP-CLINS bundles and a report; sends nothing
    Convert(convert::Args),
    /// Check bundles against the strict rules
    Validate(validate::Args),
    /// Explain a code of a message
    Explain(explain::Args),
    /// Install, list and remove FHIR packages
    #[command(subcommand)]
    Ig(ig::Command),
    /// Check settings, folders, packages and clock, and say what to do
    Doctor(doctor::Args),
    /// Print completions for a shell
    Completions(completions::Args),
}

impl Command {
    /// # Errors
    /// Why the command did not do what it was asked.
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        match self {
            Self::Inspect(args) => args.run(session, out),
            Self::Convert(args) => args.run(session, out),
            Self::Validate(args) => args.run(session, out),
            Self::Explain(args) => args.run(session, out),
            Self::Ig(command) => command.run(session, out),
            Self::Doctor(args) => args.run(session, out),
            Self::Completions(args) => args.run(out),
        }
    }
}
