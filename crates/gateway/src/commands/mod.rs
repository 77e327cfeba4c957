//! The commands, one module each: its arguments and what it does.

mod audit;
mod backup;
mod codes;
mod completions;
mod compose;
mod convert;
mod demo;
mod doctor;
mod explain;
mod held;
mod ig;
mod inspect;
mod keys;
mod man;
mod mapping;
mod master;
mod patients;
mod queue;
mod reprocess;
mod run;
mod sandbox;
mod serve;
pub mod validate;

use crate::{
    failure::{Failure, Status},
    session::Session,
};
use clap::Subcommand;
use std::io::Write;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole way on an invented clinic: convert, validate, queue, send to a sandbox centre, collect; and what to look at next
    Demo(demo::Args),
    /// Tell what a file is: format, encoding with the evidence, records, what it carries and what not
    Inspect(inspect::Args),
    /// Turn exports into JP-CLINS bundles and a report; sends nothing
    Convert(convert::Args),
    /// Check FHIR data: JSON, FHIR R4, the profiles of installed packages, and what the centre refuses
    Validate(validate::Args),
    /// Once: scan, convert, queue, send, collect, and tell what happened; safe to repeat
    Run(run::Args),
    /// The same for ever: watch, convert, queue, send, collect, recover
    Serve(serve::Args),
    /// Show what would go up, before anything does
    Plan(run::PlanArgs),
    /// Look at what waits for the centre or for a person, and decide on it
    Queue(queue::Args),
    /// What is held, why, and what the reception desk can do
    Held(held::Args),
    /// Who is excluded, a test or has another number; of whom something is held; whose insurance must be asked again
    Patients(patients::Args),
    /// Write a referral or discharge summary from a doctor's text and the chart; tells what is missing before anything is queued
    Compose(compose::Args),
    /// Make again what the centre holds, with today's maps and packages: what would differ, and with `--go` send it
    Reprocess(reprocess::Args),
    /// Local codes that no table maps: list them, see what they may mean, confirm what they stand for
    #[command(subcommand)]
    Codes(codes::Command),
    /// Who did what, and whether the record of it was tampered with
    Audit(audit::Args),
    /// Copy the ledger, check the copy, and keep the newest ones
    Backup(backup::Args),
    /// Put a copy of the ledger in its place; no Unit gets a second Bundle-ID
    Restore(backup::RestoreArgs),
    /// A new key for the ledger, and the end of the older ones
    Keys(keys::Args),
    /// A stand-in centre for trials: takes request files, validates, answers and remembers
    Sandbox(sandbox::Args),
    /// Explain a code of a message
    Explain(explain::Args),
    /// Describe tables (CSV, fixed width, Excel) by mapping files: draft, check, test
    #[command(subcommand)]
    Mapping(mapping::Command),
    /// Install, list and remove FHIR packages
    #[command(subcommand)]
    Ig(ig::Command),
    /// Install, list and look up official masters: diseases, drugs, allergens, usages
    #[command(subcommand)]
    Master(master::Command),
    /// Check settings, folders, packages and clock, and say what to do
    Doctor(doctor::Args),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print a manual page
    Man(man::Args),
}

impl Command {
    /// # Errors
    /// Why the command did not do what it was asked.
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        match self {
            Self::Demo(args) => args.run(session, out),
            Self::Inspect(args) => args.run(session, out),
            Self::Convert(args) => args.run(session, out),
            Self::Validate(args) => args.run(session, out),
            Self::Run(args) => args.run(session, out),
            Self::Serve(args) => args.run(session),
            Self::Plan(args) => args.run(session, out),
            Self::Queue(args) => args.run(session, out),
            Self::Held(args) => args.run(session, out),
            Self::Patients(args) => args.run(session, out),
            Self::Compose(args) => args.run(session, out),
            Self::Reprocess(args) => args.run(session, out),
            Self::Codes(command) => command.run(session, out),
            Self::Audit(args) => args.run(session, out),
            Self::Backup(args) => args.run(session, out),
            Self::Restore(args) => args.run(session, out),
            Self::Keys(args) => args.run(session, out),
            Self::Sandbox(args) => args.run(session, out),
            Self::Explain(args) => args.run(session, out),
            Self::Mapping(command) => command.run(session, out),
            Self::Ig(command) => command.run(session, out),
            Self::Master(command) => command.run(session, out),
            Self::Doctor(args) => args.run(session, out),
            Self::Completions(args) => args.run(out),
            Self::Man(args) => args.run(session, out),
        }
    }
}
