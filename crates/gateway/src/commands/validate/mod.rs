//! `tsugite validate`: inputs in, findings out, in the order of the inputs whatever the number of threads.

pub mod issues;
mod judge;
mod lines;
mod print;
mod recognise;
mod stream;

use super::inspect::limits;
use crate::{
    failure::{Failure, Status},
    intake::Listing,
    output::Progress,
    session::{Format, Session},
    site::clock_day,
};
use judge::{Findings, Judge, Judged};
use print::{About, FileReport, JsonPrinter, OutcomePrinter, Print, TextPrinter, Total};
use std::{io::Write, num::NonZeroUsize, path::PathBuf, thread};
use tsugite_issue::{Issue, Text};
use tsugite_pipeline::{ordered, unread};
use tsugite_validate::{Options, Validator};

/// Described once, for the help.
pub const FORMS: &str = "\
Forms of the result (--format)
text     each cause once a file, with all its places counted; a summary a file; a last line over all
json     one object: version, packages, issues (of packages and folders), files: [file, errors, warnings, findings: [severity,
         code, category, key, text, expected, remedy, source, element, count, places: [line, column, span, path, found]]], summary
outcome  a FHIR OperationOutcome an input, one a line: NDJSON where there are several

Exit status: 0 no error; 1 errors, or profiles asked for and not checked; 2 wrong call; 3 I/O";

#[derive(Debug, clap::Args)]
#[command(after_help = FORMS)]
pub struct Args {
    /// JSON or NDJSON files, folders, zip files, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Today, for dates that must not lie in the future [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Largest document that is read [default: 64M]
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
    /// Judge each resource against this profile instead of those that it names (may be repeated)
    #[arg(long, value_name = "URL")]
    profile: Vec<String>,
    /// Leave the strict rules out
    #[arg(long)]
    profile_only: bool,
    /// Exit with 1 where no package is installed, or none defines a profile that is named
    #[arg(long)]
    require_profiles: bool,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let limits = limits(self.max_size.as_deref(), session)?;
        let (validator, mut issues) = session.load_validator(&[])?;
        self.check_profiles(&validator, session)?;
        let clock = session.clock(self.as_of.as_deref())?;
        let scratch = tempfile::tempdir()?;
        let listing = Listing::as_typed(&self.inputs, &session.registry, limits, scratch.path())
            .map_err(|missing| Failure::file(&missing.0, &missing.1))??;
        issues.extend(listing.issues.iter().cloned());

        let mut printer: Box<dyn Print> = match session.format {
            Format::Text => Box::new(TextPrinter::new(session, out)),
            Format::Json => Box::new(JsonPrinter::new(session, out)),
            Format::Outcome => Box::new(OutcomePrinter::new(session, out)),
        };
        let about = About {
            packages: validator.packages().map(|(name, version)| format!("{name}#{version}")).collect(),
            profile_only: self.profile_only,
            as_of: clock.to_string(),
        };
        let judge = Judge {
            validator: &validator,
            options: Options {
                clock: clock_day(clock),
                profiles: &self.profile,
                profile_only: self.profile_only,
                limits: tsugite_validate::Limits {
                    max_size: usize::try_from(limits.input).unwrap_or(usize::MAX),
                    ..tsugite_validate::Limits::default()
                },
                ..Options::default()
            },
            limits,
            inputs: &self.inputs,
            places: printer.places(),
        };
        printer.begin(&about, &issues)?;
        let mut total = Total::default();
        issues.iter().for_each(|issue| total.summary.count(issue.definition, 1));
        let progress = Progress::new(session, session.text("検査中", "validating"), listing.count).unless_printing();
        let mut writer = Writer { printer: &mut *printer, total, progress, open: None };
        let jobs = self.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
        let tasks = listing.into_items()?.flat_map(|item| match item {
            Ok(item) => judge.tasks(item),
            Err(error) => Box::new(std::iter::once(Err(error))),
        });
        ordered(jobs, tasks, |task| task.map(|task| judge.judge(task)), |judged| writer.take(judged?))?;
        let total = writer.end(&self.inputs)?;
        let unchecked = self.require_profiles && (!validator.has_profiles() || total.unjudged > 0);
        Ok(Status::attention_if(total.summary.total.errors > 0 || unchecked))
    }
}

/// What was judged of the input that is being read.
struct Open {
    path: String,
    findings: Findings,
}

/// Puts the parts of an input together and has it printed.
struct Writer<'a> {
    printer: &'a mut dyn Print,
    total: Total,
    progress: Progress,
    open: Option<Open>,
}

impl Writer<'_> {
    fn take(&mut self, judged: Judged) -> Result<(), Failure> {
        let Judged { path, last, findings } = judged;
        match (findings, &mut self.open) {
            (None, _) => self.total.add_other(path),
            (Some(findings), Some(open)) => open.findings.add(findings),
            (Some(findings), none) => *none = Some(Open { path, findings }),
        }
        if last {
            self.progress.step(1);
            self.close()?;
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Failure> {
        let Some(Open { path, findings }) = self.open.take() else { return Ok(()) };
        let Findings { documents, groups, summary } = findings;
        let file = FileReport { path, documents, beyond: groups.beyond(), groups: groups.finish(), summary };
        self.total.add(&file);
        Ok(self.printer.file(&file)?)
    }

    /// Nothing at all is no success.
    fn end(mut self, inputs: &[PathBuf]) -> Result<Total, Failure> {
        if self.total.documents == 0 && self.total.summary.total.errors == 0 {
            for input in inputs {
                let path = input.display().to_string();
                let issue = Issue::new(&issues::NOTHING).at(unread(&path));
                self.open = Some(Open { path, findings: Findings::of_issue(&issue, 1) });
                self.close()?;
            }
        }
        self.progress.clear();
        self.printer.end(&self.total)?;
        Ok(self.total)
    }
}

impl Args {
    /// A profile that is not there is a wrong call: nothing would be judged as asked.
    fn check_profiles(&self, validator: &Validator, session: &Session) -> Result<(), Failure> {
        const HINTS: usize = 3;
        let Some(unknown) = self.profile.iter().find(|url| validator.profile(url).is_none()) else { return Ok(()) };
        let text = Text::new("プロファイルがありません: ", "there is no such profile: ");
        let near = validator.nearest_profiles(unknown, HINTS);
        let hint = match (near.is_empty(), validator.missing_package(unknown)) {
            (false, _) => format!("\n{} {}", session.text("次のどれかですか:", "did you mean"), near.join("\n  ")),
            (true, Some(package)) => {
                let before = session.text("次のパッケージにあります:", "it is defined by the package");
                let after =
                    session.text("（`tsugite ig add` で取り込んでください）", "(install it with `tsugite ig add`)");
                format!("\n{before} {package} {after}")
            }
            (true, None) => {
                let hint = session.text(
                    "`tsugite ig list` で取り込み済みのパッケージを確かめ、定義のあるパッケージを `tsugite ig add` で取り込んでください。",
                    "See `tsugite ig list`, and install the package that defines it with `tsugite ig add`.",
                );
                format!("\n{hint}")
            }
        };
        Err(Failure::usage(text, session.lang, format!("{unknown}{hint}")))
    }
}
