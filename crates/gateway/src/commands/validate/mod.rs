mod lines;
mod print;

use super::inspect::limits;
use crate::{
    failure::{Failure, Status},
    intake::Listing,
    session::Session,
    site::clock_day,
};
use lines::documents;
use print::Printer;
use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use tsugite_issue::{Address, InputName, Severity};
use tsugite_pipeline::{Entry, NotLoaded};
use tsugite_source::digest;
use tsugite_validate::{Options, Validator};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON or NDJSON files, folders, zip files, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Today, for dates that must not lie in the future [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Largest input that is read
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
    /// Judge against this profile as well (may be repeated)
    #[arg(long, value_name = "URL")]
    profile: Vec<String>,
    /// Leave the strict rules out
    #[arg(long)]
    profile_only: bool,
    /// Fail where no package is installed
    #[arg(long)]
    require_profiles: bool,
}

/// What is counted over all inputs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub documents: u64,
    /// Files below a folder that hold no FHIR resource.
    pub others: u64,
    pub errors: u64,
    pub warnings: u64,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let limits = limits(self.max_size.as_deref(), session)?;
        let (validator, package_issues) = session.load_validator(&[])?;
        let clock = clock_day(session.clock(self.as_of.as_deref())?);
        let options = Options {
            clock,
            profiles: &self.profile,
            profile_only: self.profile_only,
            limits: tsugite_validate::Limits {
                max_size: usize::try_from(limits.input).unwrap_or(usize::MAX),
                ..tsugite_validate::Limits::default()
            },
            ..Options::default()
        };
        let scratch = tempfile::tempdir()?;
        let listing = Listing::of(&self.inputs, &session.registry, limits, scratch.path())
            .map_err(|missing| Failure::file(&missing.0, &missing.1))??;
        let mut printer = Printer::begin(session, out, validator.has_profiles())?;
        let mut counts = Counts::default();
        for issue in package_issues.iter().chain(&listing.issues) {
            counts.count(issue.severity());
            printer.issue(issue)?;
        }
        for item in listing.into_items()? {
            let item = item?;
            let named = self.inputs.iter().any(|input| names(input, item.path()));
            match item.load() {
                Ok(bytes) if named || is_resource(item.path(), &bytes) => {
                    judge(item.path(), &bytes, &validator, &options, &mut counts, &mut printer)?;
                }
                Ok(_) => counts.others += 1,
                Err(NotLoaded::PassedOver(issue) | NotLoaded::Unreadable(issue)) => {
                    counts.count(issue.severity());
                    printer.issue(&issue)?;
                }
            }
        }
        printer.end(&counts)?;
        let unchecked = self.require_profiles && !validator.has_profiles();
        Ok(Status::attention_if(counts.errors > 0 || unchecked))
    }
}

/// Whether the user named this very input, and not a folder above it.
fn names(input: &Path, logical: &str) -> bool {
    input.to_str().is_some_and(|input| input.replace('\\', "/") == logical)
}

/// Folders hold other files as well: only those that claim to be FHIR are judged.
fn is_resource(path: &str, bytes: &[u8]) -> bool {
    let json = [".json", ".ndjson", ".jsonl"].iter().any(|end| path.ends_with(end));
    json && bytes.windows(MARK.len()).any(|window| window == MARK)
}

const MARK: &[u8] = b"\"resourceType\"";

fn judge(
    path: &str,
    bytes: &[u8],
    validator: &Validator,
    options: &Options,
    counts: &mut Counts,
    printer: &mut Printer,
) -> std::io::Result<()> {
    let name = Arc::new(InputName { path: path.to_owned(), digest: digest(bytes) });
    for document in documents(path, bytes) {
        counts.documents += 1;
        let report = validator.validate(document.bytes, &Options { input: Some(Arc::clone(&name)), ..options.clone() });
        counts.errors += report.count(Severity::Error) as u64;
        counts.warnings += report.count(Severity::Warning) as u64;
        for mut issue in report.issues {
            if let Some(origin) = &mut issue.origin {
                origin.span.start += document.offset;
                origin.span.end += document.offset;
                if let Address::Position { line, .. } = &mut origin.address {
                    *line += document.lines_before;
                }
            }
            printer.issue(&issue)?;
        }
        if report.omitted > 0 {
            printer.omitted(path, report.omitted)?;
        }
    }
    Ok(())
}

impl Counts {
    fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Information => {}
        }
    }
}
