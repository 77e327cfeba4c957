use super::inspect::limits;
use crate::{
    failure::{Failure, Status},
    intake::Listing,
    issued::IssuedUnits,
    output::{Desk, FolderError, OutputFolder, Progress, unit_name},
    session::{Format, Session},
    settings::Settings,
    site::{House, Overrides},
};
use clap::ValueEnum;
use std::{
    io::{self, Write},
    num::NonZeroUsize,
    path::PathBuf,
    sync::Arc,
    thread,
};
use tsugite_clinical::policy::Institution;
use tsugite_clins::UnitKind;
use tsugite_issue::Text;
use tsugite_pipeline::{
    Destination,
    report::{Batch, Header, Outputs, Report, Sums, Tool},
    run,
};
use tsugite_source::{Registry, Source};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders (storage roots), zip files, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Where bundles and report go: a new folder, or one with an earlier report
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Institution number of 10 digits; without one this is a trial
    #[arg(long, value_name = "N")]
    institution: Option<String>,
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read every input as this format, instead of recognising it
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// The clock: a day or a time of Japan [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Leave out laboratory results collected before this day
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Log of issued ids (issued.log): what was issued keeps its year
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Largest input that is read
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
    /// What makes the exit status 1: anything held, only an error, nothing
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    fail_on: FailOn,
    /// Write each document also as a page to read and print (HTML)
    #[arg(long)]
    pages: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ValueEnum)]
enum FailOn {
    #[default]
    Held,
    Invalid,
    None,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let wrong = |error| Failure::settings(&error, session.lang);
        let settings = self.config.as_deref().map(Settings::load).transpose().map_err(wrong)?.unwrap_or_default();
        let over = Overrides {
            institution: self.institution.as_deref(),
            as_of: self.as_of.as_deref(),
            since: self.since.as_deref(),
        };
        let house = House::build(session, &settings, &over, &self.inputs)?;
        let source = self.source(&house.registry, session)?;
        let issued = match &self.ledger {
            Some(path) => IssuedUnits::read(path).map_err(|error| Failure::file(path, &error))?,
            None => IssuedUnits::default(),
        };
        let limits = limits(self.max_size.as_deref(), session)?;
        let scratch = tempfile::tempdir()?;
        let listing = Listing::of(&self.inputs, &session.registry, limits, scratch.path())
            .map_err(|missing| Failure::file(&missing.0, &missing.1))??;
        let folder = OutputFolder::open(&self.out).map_err(|error| refused(&error, session))?.with_pages(self.pages);

        let jobs = self.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
        let pipeline = tsugite_pipeline::Settings {
            registry: &house.registry,
            source,
            context: house.context.clone(),
            feeds: &house.feeds,
            identity: settings.identity,
            tables: &house.tables,
            site: house.site(&issued),
            gate: house.gate(),
            validator: house.validator(),
            jobs,
            scratch: scratch.path(),
        };
        let mut report = Report::new(scratch.path());
        let mut beginning = Batch::new(session.lang);
        beginning.add_issues(&house.issues)?;
        beginning.add_passed_over(&listing.issues)?;
        report.add(beginning)?;

        let mut progress = Progress::new(session, session.text("変換中", "converting"), listing.count);
        let (mixed, groups) = listing.into_inputs()?;
        let mut destination = Destination {
            units: &folder,
            report: &mut report,
            lang: session.lang,
            progress: &mut |step| progress.advance(step),
        };
        run(&pipeline, mixed, groups, &mut destination).map_err(|error| written(&folder, &error))?;
        progress.clear();
        let sums = finish(report, &house, &folder).map_err(|error| written(&folder, &error))?;
        let place = folder.path().to_owned();
        folder.finish().map_err(|error| Failure::file(&place, &error))?;
        match session.format {
            Format::Text => self.summarise(&sums, &house.institution, session, out)?,
            _ => io::copy(&mut std::fs::File::open(place.join("report.json"))?, &mut &mut *out).map(drop)?,
        }
        Ok(Status::attention_if(match self.fail_on {
            FailOn::Held => sums.anything_held() || !sums.errors.is_empty(),
            FailOn::Invalid => !sums.errors.is_empty(),
            FailOn::None => false,
        }))
    }

    fn source(&self, registry: &Registry, session: &Session) -> Result<Option<Arc<dyn Source>>, Failure> {
        let Some(name) = &self.source else { return Ok(None) };
        let known = || registry.iter().map(|source| source.name()).collect::<Vec<_>>().join(", ");
        let unknown = Text::new("この形式はありません: ", "there is no such format: ");
        match registry.named(name) {
            Some(source) => Ok(Some(Arc::clone(source))),
            None => Err(Failure::usage(unknown, session.lang, format!("{name} ({})", known()))),
        }
    }

    fn summarise(
        &self,
        sums: &Sums,
        institution: &Institution,
        session: &Session,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let t = |ja, en| session.text(ja, en);
        if institution.trial {
            let trial = t(
                "試行です。医療機関番号が未設定のため、この結果は送信できません（--institution で指定します）。",
                "This is a trial: no institution number is set, and nothing of it can be sent (--institution sets it).",
            );
            writeln!(out, "{trial}")?;
        }
        let inputs = sums.inputs;
        writeln!(
            out,
            "{}: {}  {}: {}  {}: {}",
            t("読んだファイル", "inputs read"),
            inputs.read,
            t("読まなかったファイル", "passed over"),
            inputs.skipped,
            t("読めなかったファイル", "unreadable"),
            inputs.unreadable,
        )?;
        writeln!(
            out,
            "{}: {}  {}: {}",
            t("患者", "patients"),
            sums.patients.total,
            t("報告のある患者", "with a bundle"),
            sums.patients.with_bundle
        )?;
        let of_interest = |kind: &UnitKind| !kind.is_document() || sums.units.contains_key(kind);
        for kind in UnitKind::ALL.into_iter().filter(of_interest) {
            let units = sums.units.get(&kind).copied().unwrap_or_default();
            writeln!(out, "{}: {}  {}: {}", unit_name(kind, session.lang), units.built, t("保留", "held"), units.held)?;
        }
        let total = sums.total();
        writeln!(
            out,
            "{}: {} = {} {} + {} {} + {} {} + {} {} + {} {}",
            t("記録", "records"),
            total.total,
            t("報告", "reported"),
            total.reported,
            t("新しい記録に置換", "superseded"),
            total.superseded,
            t("取消", "retracted"),
            total.retracted,
            t("保留", "held"),
            total.held,
            t("対象外", "not carried"),
            total.not_carried,
        )?;
        if !sums.errors.is_empty() {
            let definitions = session.definitions();
            writeln!(out, "{}", t("保留・エラーの理由", "held or wrong, by reason"))?;
            for (code, count) in &sums.errors {
                let definition = definitions.iter().find(|definition| definition.code == *code);
                let text = definition.map_or_else(String::new, |definition| definition.text.unfilled(session.lang));
                writeln!(out, "  {count:>7}  {text} [{code}]")?;
            }
        }
        if sums.anything_held() || sums.inputs.unreadable > 0 {
            let place = self.out.join("held.csv");
            let look = t("保留の理由と対応は次のファイルにあります", "why things are held, and what to do");
            writeln!(out, "{look}: {}", place.display())?;
        }
        Ok(())
    }
}

fn finish(report: Report, house: &House, folder: &OutputFolder) -> io::Result<Sums> {
    let create = |name| folder.create(name).map_err(io::Error::other);
    let mut desk = Desk::new(create("held.csv")?)?;
    let (mut bundles, mut held) = (create("bundles.ndjson")?, create("held.ndjson")?);
    let (mut issues, mut unmapped) = (create("issues.ndjson")?, create("unmapped.ndjson")?);
    let mut document = create("report.json")?;
    let header = Header {
        tool: Tool { name: "tsugite", version: env!("CARGO_PKG_VERSION") },
        ig: std::iter::once(format!("JP-CLINS {}", house.ig)).chain(house.packages.iter().cloned()).collect(),
        as_of: house.as_of.to_string(),
        trial: house.institution.trial,
    };
    let sums = report.finish(
        &header,
        &mut Outputs {
            report: &mut document,
            bundles: &mut bundles,
            held: &mut held,
            issues: &mut issues,
            unmapped: &mut unmapped,
            desk: &mut |row| desk.write(row),
        },
    )?;
    desk.finish()?;
    for mut file in [bundles, held, issues, unmapped, document] {
        file.flush()?;
    }
    Ok(sums)
}

fn refused(error: &FolderError, session: &Session) -> Failure {
    let foreign = Text::new(
        "出力先に別のファイルがあります。空のフォルダか、以前の出力先を指定してください: ",
        "the output folder holds something else; name an empty folder or that of an earlier report: ",
    );
    match error {
        FolderError::Foreign(_) => Failure::usage(foreign, session.lang, error),
        FolderError::Io(path, error) => Failure::file(path, error),
    }
}

fn written(folder: &OutputFolder, error: &io::Error) -> Failure {
    Failure::file(folder.path(), error)
}
