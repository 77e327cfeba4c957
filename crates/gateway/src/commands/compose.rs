//! A letter from what the doctor wrote and what the chart knows.

mod chart;
mod merge;
mod summary;
mod tell;

use super::run::load;
use crate::{
    failure::{Failure, Status},
    output::page,
    send::{Cycle, House},
    session::Session,
    settings::Settings,
};
use merge::merged;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use tell::Told;
use tsugite_clinical::PatientId;
use tsugite_clins::{BuiltUnit, HeldUnit};
use tsugite_issue::{Issue, Text};
use tsugite_pipeline::PatientResult;
use tsugite_source_letter::{Consent, Kind, Letter};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is written
    #[arg(value_enum, value_name = "KIND")]
    kind: DocumentKind,
    /// What the doctor wrote: a text with headings, or TOML
    #[arg(long, value_name = "FILE")]
    letter: PathBuf,
    /// The patient's number, as the clinic writes it
    #[arg(long, value_name = "ID")]
    patient: Option<String>,
    /// Institution number of the recipient, 10 digits
    #[arg(long, value_name = "N")]
    to: Option<String>,
    /// Name of the recipient's institution
    #[arg(long, value_name = "NAME")]
    to_name: Option<String>,
    /// Whether the patient agreed to the sending
    #[arg(long, value_enum, value_name = "WORD")]
    consent: Option<ConsentWord>,
    /// A PDF, PNG or JPEG to send with it
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// The patient's own discharge summary to send with a referral: its document id, or the file of its bundle
    #[arg(long, value_name = "ID|FILE")]
    attach_summary: Option<String>,
    /// Show what would become of it; keep and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the page that a doctor would read (HTML)
    #[arg(long, value_name = "FILE")]
    preview: Option<PathBuf>,
    /// Settings; the chart is what the ledger holds
    #[arg(long, value_name = "FILE", required_unless_present = "from")]
    config: Option<PathBuf>,
    /// Take the chart from these files or folders instead; keeps and sends nothing
    #[arg(long, value_name = "INPUT", num_args = 1..)]
    from: Vec<PathBuf>,
    /// With --from: write the bundle to this file
    #[arg(long, value_name = "FILE", requires = "from")]
    out: Option<PathBuf>,
    /// With --from: institution number of 10 digits; without one this is a trial
    #[arg(long, value_name = "N", requires = "from")]
    institution: Option<String>,
    /// The clock: a day or a time of Japan [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum DocumentKind {
    /// 診療情報提供書
    Referral,
    /// 退院時サマリー
    Discharge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ConsentWord {
    Given,
    Refused,
    Unknown,
}

impl From<DocumentKind> for Kind {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Referral => Self::Referral,
            DocumentKind::Discharge => Self::Discharge,
        }
    }
}

impl From<ConsentWord> for Consent {
    fn from(word: ConsentWord) -> Self {
        match word {
            ConsentWord::Given => Self::Given,
            ConsentWord::Refused => Self::Refused,
            ConsentWord::Unknown => Self::Unknown,
        }
    }
}

/// A letter as it goes: whole, in TOML.
struct Ready {
    letter: Letter,
    /// 文書番号.
    id: String,
    patient: String,
    toml: Vec<u8>,
}

/// What became of the document.
enum Fate<'r> {
    Built(&'r BuiltUnit),
    Held(&'r HeldUnit),
    /// The patient is held, or the letter says nothing that could be sent.
    Nothing,
}

impl Ready {
    fn fate<'r>(&self, result: &'r PatientResult) -> Fate<'r> {
        let kind = self.letter.letter.get_ref().kind.map_or("", Kind::name);
        let is_it = |unit: &str, report: &str| unit == kind && report.contains(&self.id);
        if let Some(unit) = result.built.iter().find(|unit| is_it(unit.key.kind.name(), &unit.key.report)) {
            return Fate::Built(unit);
        }
        let held = result.held.iter().find(|unit| is_it(unit.key.kind.name(), &unit.key.report));
        held.map_or(Fate::Nothing, Fate::Held)
    }
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let ready = merged(self, session)?;
        if self.from.is_empty() { self.with_ledger(ready, session, out) } else { self.with_files(ready, session, out) }
    }

    /// The chart is what the ledger holds.
    fn with_ledger(&self, ready: Ready, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let config = self.config.as_deref().unwrap_or_else(|| Path::new(""));
        let settings = load(config, session)?;
        let cycle = Cycle::new(session, &settings, self.as_of.as_deref())?;
        // Beside a service the letter is only kept: the service itself puts it into the outbox.
        let (mut house, alone) = match House::try_open(session, &settings)? {
            Some(house) => (house, true),
            None => (House::beside(session, &settings)?, false),
        };
        let patient = PatientId { space: cycle.site.context.id_space.clone(), id: ready.patient.as_str().into() };
        let Some(group) = cycle.patient(&house.store, &patient)? else {
            return Err(unknown_patient(&ready.patient, session));
        };
        let drafted =
            |ready: &Ready| cycle.draft(&ready.id, ready.toml.clone())?.map_err(|issues| refused(&issues, session));
        let ready =
            summary::attached(self, ready, session, |ready| cycle.with_letter(&house.store, &group, &drafted(ready)?))?;
        let draft = drafted(&ready)?;
        let result = cycle.with_letter(&house.store, &group, &draft)?;
        let fate = ready.fate(&result);
        self.page(&fate)?;
        let mut told = Told::of(&ready, &fate, &result);
        if self.dry_run || matches!(fate, Fate::Held(_)) {
            told.kept = Some(false);
            return told.print(session, out);
        }
        cycle.keep_letter(&mut house.store, draft, &session.user())?;
        told.kept = Some(true);
        if alone {
            let (summary, _) = cycle.enqueue_patient(&mut house.store, &group)?;
            if let Fate::Built(unit) = &fate {
                told.submission = cycle.newest(&house.store, &unit.key)?;
            }
            told.asks = summary.waits_for_approval;
        } else {
            told.service = true;
        }
        told.print(session, out)
    }

    /// The chart is read from files; nothing is kept.
    fn with_files(&self, ready: Ready, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = match &self.config {
            Some(config) => load(config, session)?,
            None => Settings::default(),
        };
        let report = |ready: &Ready| chart::report(self, ready, &settings, session);
        let ready = summary::attached(self, ready, session, report)?;
        let result = report(&ready)?;
        let fate = ready.fate(&result);
        self.page(&fate)?;
        if let (Fate::Built(unit), Some(file)) = (&fate, &self.out) {
            page::write(file, &unit.bytes).map_err(|error| Failure::file(file, &error))?;
        }
        Told::of(&ready, &fate, &result).print(session, out)
    }

    fn page(&self, fate: &Fate) -> Result<(), Failure> {
        let (Some(file), Fate::Built(unit)) = (&self.preview, fate) else { return Ok(()) };
        let html = page::html(&unit.bytes).unwrap_or_default();
        page::write(file, html.as_bytes()).map_err(|error| Failure::file(file, &error))
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| Failure::file(file, &error))
}

fn unknown_patient(id: &str, session: &Session) -> Failure {
    let text = Text::new(
        "この患者番号の記録が台帳にありません。番号（先頭の0も）を確かめ、先に `tsugite run` で取り込んでください: ",
        "nothing is known of a patient of this number; check it (leading zeros too), and take the records in first (`tsugite run`): ",
    );
    Failure::usage(text, session.lang, id)
}

/// What is wrong with a letter, in one line each.
fn refused(issues: &[Issue], session: &Session) -> Failure {
    let line = |issue: &Issue| {
        let at = issue.origin.as_ref().map(|origin| format!("{} ", origin.address)).unwrap_or_default();
        format!("{at}{} {} {}", issue.code(), issue.text(session.lang), issue.remedy(session.lang))
    };
    Failure::Usage(issues.iter().map(line).collect::<Vec<_>>().join("\n"))
}
