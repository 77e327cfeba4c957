use super::run::load;
use crate::{
    failure::{Failure, Status},
    masters::replace,
    output::named_unit,
    send::{Cycle, House, local, over_brake},
    session::{Format, Session},
    settings::Settings,
    site,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};
use tsugite_clinical::standard::Unmapped;
use tsugite_issue::Text;
use tsugite_store::{NewSubmission, Selection};
use tsugite_terminology::{
    Tables,
    local::{Confirmation, LocalKind, Refusal, with_row},
    masters::{Names, Suggestion},
};

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List local codes that no table maps, with counts
    List(From),
    /// The same, with the standard codes that each name may mean; nothing is applied
    Suggest(SuggestArgs),
    /// Keep what a local code stands for in the site's map, and make again what it changes
    Confirm(Box<ConfirmArgs>),
}

/// Where the local codes are taken from.
#[derive(Debug, clap::Args)]
pub struct From {
    /// Settings: the codes of the stored records
    #[arg(long, value_name = "FILE", required_unless_present = "report")]
    config: Option<PathBuf>,
    /// report.json of `convert`: the codes of that run
    #[arg(long, value_name = "FILE", conflicts_with = "config")]
    report: Option<PathBuf>,
    /// Only codes of this kind
    #[arg(long, value_name = "KIND")]
    kind: Option<KindName>,
}

#[derive(Debug, clap::Args)]
pub struct SuggestArgs {
    #[command(flatten)]
    from: From,
    /// Suggestions for each code
    #[arg(long, value_name = "N", default_value_t = 3)]
    most: usize,
}

#[derive(Debug, clap::Args)]
pub struct ConfirmArgs {
    /// What the code is of
    #[arg(long, value_name = "KIND")]
    kind: KindName,
    /// The source's namespace of the code; empty for any
    #[arg(long, value_name = "NAME", default_value = "")]
    system: String,
    /// The local code
    #[arg(long, value_name = "CODE")]
    code: String,
    /// The local name
    #[arg(long, value_name = "TEXT", default_value = "")]
    text: String,
    /// What it stands for: JLAC10 or JLAC11, 病名管理番号, 修飾語管理番号, J-FAGY, YJ or 一般名コード
    #[arg(long, value_name = "CODE")]
    standard: String,
    /// Name of the standard code, where no installed master knows it
    #[arg(long, value_name = "TEXT", default_value = "")]
    display: String,
    /// Unit in which the laboratory reports; results in another unit are not mapped
    #[arg(long, value_name = "UNIT", default_value = "")]
    unit: String,
    /// Settings: whose map is written, and whose stored records are made again
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The clock: a day or a time of Japan [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Put what differs into the outbox
    #[arg(long, requires = "config")]
    go: bool,
    /// Although it is more than the brake allows
    #[arg(long, requires = "go")]
    over_brake: bool,
}

/// Kinds as they are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum KindName {
    Lab,
    Disease,
    Modifier,
    Allergen,
    Drug,
}

impl KindName {
    const fn kind(self) -> LocalKind {
        match self {
            Self::Lab => LocalKind::Laboratory,
            Self::Disease => LocalKind::Disease,
            Self::Modifier => LocalKind::Modifier,
            Self::Allergen => LocalKind::Allergen,
            Self::Drug => LocalKind::Drug,
        }
    }
}

/// A local code and how often it was met: in the store of patients, in a report of records.
struct Met {
    unmapped: Unmapped,
    count: u64,
}

/// As much of `report.json` as names the codes.
#[derive(Deserialize)]
struct Report {
    unmapped: Vec<ReportRow>,
}

#[derive(Deserialize)]
struct ReportRow {
    kind: String,
    system: String,
    code: String,
    text: String,
    count: u64,
}

impl Command {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        match self {
            Self::List(from) => from.list(session, out),
            Self::Suggest(args) => args.run(session, out),
            Self::Confirm(args) => args.run(session, out),
        }
    }
}

impl From {
    /// What no table maps and, meanwhile, nobody confirmed.
    fn codes(&self, tables: &Tables, session: &Session) -> Result<Vec<Met>, Failure> {
        let mut met = match (&self.config, &self.report) {
            (_, Some(report)) => of_report(report, session)?,
            (Some(config), None) => of_store(&load(config, session)?, session)?,
            (None, None) => Vec::new(),
        };
        let wanted = self.kind.map(|kind| kind.kind().name());
        met.retain(|met| wanted.is_none_or(|kind| met.unmapped.kind == kind) && !tables.is_mapped(&met.unmapped));
        met.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.unmapped.cmp(&b.unmapped)));
        Ok(met)
    }

    fn tables(&self, session: &Session) -> Result<Tables, Failure> {
        let settings = self.config.as_deref().map(|config| load(config, session)).transpose()?.unwrap_or_default();
        Ok(site::tables(session, &settings, &mut Vec::new())?.tables)
    }

    fn list(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let met = self.codes(&self.tables(session)?, session)?;
        if session.format != Format::Text {
            return json(out, &met.iter().map(Met::row).collect::<Vec<_>>());
        }
        if met.is_empty() {
            none(session, out)?;
        }
        for met in &met {
            writeln!(out, "{}", met.line())?;
        }
        Ok(Status::Done)
    }
}

impl SuggestArgs {
    fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let tables = self.from.tables(session)?;
        let met = self.from.codes(&tables, session)?;
        let mut names: Vec<(LocalKind, Names)> = Vec::new();
        let mut rows = Vec::new();
        if met.is_empty() && session.format == Format::Text {
            none(session, out)?;
        }
        for met in &met {
            let kind = LocalKind::of(&met.unmapped.kind);
            if let Some(kind) = kind.filter(|kind| names.iter().all(|(known, _)| known != kind)) {
                names.push((kind, tables.names(kind, None)));
            }
            let known = names.iter().find(|(known, _)| Some(*known) == kind);
            let name = if met.unmapped.text.is_empty() { &met.unmapped.code } else { &met.unmapped.text };
            let suggested = known.map(|(_, names)| names.suggest(name, self.most)).unwrap_or_default();
            if session.format == Format::Text {
                writeln!(out, "{}", met.line())?;
                for suggestion in &suggested {
                    writeln!(out, "    {}", suggestion_line(suggestion))?;
                }
            } else {
                let suggestions: Vec<Value> = suggested.iter().map(suggestion_row).collect();
                let mut row = met.row();
                if let Some(row) = row.as_object_mut() {
                    row.insert("suggestions".to_owned(), suggestions.into());
                }
                rows.push(row);
            }
        }
        if session.format != Format::Text {
            return json(out, &rows);
        }
        Ok(Status::Done)
    }
}

impl Met {
    fn line(&self) -> String {
        let Unmapped { kind, system, code, text } = &self.unmapped;
        format!("{:>6}  {kind}  {system}  {code}  {text}", self.count).trim_end().to_owned()
    }

    fn row(&self) -> Value {
        let Unmapped { kind, system, code, text } = &self.unmapped;
        json!({"kind": kind, "system": system, "code": code, "text": text, "count": self.count})
    }
}

fn of_report(path: &Path, session: &Session) -> Result<Vec<Met>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    let report: Report = serde_json::from_slice(&bytes).map_err(|_| {
        let text = Text::new("convert の report.json ではありません: ", "is no report.json of `convert`: ");
        Failure::usage(text, session.lang, path.display())
    })?;
    let met = report.unmapped.into_iter().map(|row| Met {
        unmapped: Unmapped { kind: row.kind.into(), system: row.system, code: row.code, text: row.text },
        count: row.count,
    });
    Ok(met.collect())
}

fn of_store(settings: &Settings, session: &Session) -> Result<Vec<Met>, Failure> {
    let house = House::beside(session, settings)?;
    let met = house.store.unmapped()?.into_iter().map(|code| {
        let tsugite_store::Unmapped { kind, system, code: local, text } = code.unmapped;
        Met { unmapped: Unmapped { kind: kind.into(), system, code: local, text }, count: u64::from(code.patients) }
    });
    Ok(met.collect())
}

impl ConfirmArgs {
    fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = self.config.as_deref().map(|config| load(config, session)).transpose()?;
        let kind = self.kind.kind();
        let own = Settings::default();
        let of_site = settings.as_ref().unwrap_or(&own);
        let tables = site::tables(session, of_site, &mut Vec::new())?.tables;
        let confirmation = Confirmation {
            kind,
            system: self.system.trim(),
            code: self.code.trim(),
            text: self.text.trim(),
            standard: &self.standard,
            display: &self.display,
            unit: &self.unit,
        };
        let row = tables.confirmed(&confirmation).map_err(|refusal| refused(&refusal, session))?;
        let folder = site::maps_folder(session, of_site);
        let path = folder.join(kind.file(confirmation.system));
        let before = match path.exists() {
            true => site::decoded(&path)?,
            false => String::new(),
        };
        let after = with_row(&before, &row).map_err(|refusal| refused(&refusal, session))?;
        fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
        // With a mark, so that a spreadsheet program reads it as UTF-8.
        let bytes = format!("\u{feff}{after}");
        replace(&path, bytes.as_bytes()).map_err(|error| Failure::file(&path, &error))?;
        let line = row.iter().filter(|(_, cell)| !cell.is_empty()).map(|(column, cell)| format!("{column}={cell}"));
        if session.format == Format::Text {
            let done = session.text("書き込みました", "written");
            writeln!(out, "{done}: {}: {}", path.display(), line.collect::<Vec<_>>().join("  "))?;
        }
        match &settings {
            Some(settings) => self.make_again(settings, &path, session, out),
            None if session.format == Format::Text => Ok(Status::Done),
            None => json(out, &[json!({"file": path.display().to_string()})]),
        }
    }

    /// What the centre holds and would be made otherwise with the new map; patients of whom something waits are considered anew.
    fn make_again(
        &self,
        settings: &Settings,
        path: &Path,
        session: &Session,
        out: &mut dyn Write,
    ) -> Result<Status, Failure> {
        let mut cycle = Cycle::new(session, settings, self.as_of.as_deref())?;
        let mut house = House::beside(session, settings)?;
        // All of them: a run in between may have looked at some with the new map already.
        let patients = house.store.select_patients(&Selection::default())?;
        let differ = cycle.made_otherwise(&house.store, &patients, false)?;
        house.store.touch(&patients)?;
        let (now, who) = (session.now().to_string(), session.user());
        house.store.audit(&now, &who, "codes confirm", &format!("{} {}", self.kind.kind().name(), self.standard))?;
        self.show(&differ, patients.len(), path, session, out)?;
        if !self.go {
            return Ok(Status::attention_if(!differ.is_empty()));
        }
        if !self.over_brake && over_brake(differ.len(), house.store.live_units()?, &settings.brake) {
            let text = Text::new(
                "歯止めを超えるため何も送りません。内容を確かめ、正しければ --over-brake を付けてください: ",
                "more than the brake allows, so nothing is sent; if it is right, add --over-brake: ",
            );
            return Err(Failure::usage(text, session.lang, differ.len()));
        }
        house.store.enqueue(&differ, &now, &who)?;
        Ok(Status::Done)
    }

    fn show(
        &self,
        units: &[NewSubmission],
        of: usize,
        path: &Path,
        session: &Session,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        if session.format != Format::Text {
            let rows: Vec<Value> = units
                .iter()
                .map(|new| {
                    json!({"patient": local(&new.unit.patient), "kind": new.unit.kind, "unit": new.unit.report,
                        "bundle_id": new.bundle_id, "queued": self.go})
                })
                .collect();
            json(out, &[json!({"file": path.display().to_string(), "patients": of, "differ": rows})])?;
            return Ok(());
        }
        for new in units {
            let kind = named_unit(&new.unit.kind, session.lang);
            writeln!(out, "{}  {kind}  {}", local(&new.unit.patient), new.unit.report)?;
        }
        let text =
            session.text("患者 {} 人のうち、作り直すと変わる報告: ", "of {} patients, reports that would differ: ");
        Ok(writeln!(out, "{}{}", text.replace("{}", &of.to_string()), units.len())?)
    }
}

fn refused(refusal: &Refusal, session: &Session) -> Failure {
    let text = |text: Text, detail: &str| Failure::usage(text, session.lang, detail);
    match refusal {
        Refusal::Form(form) => text(*form, ""),
        Refusal::DisplayNeeded => text(
            Text::new(
                "取り込んだマスターにないコードです。--display で名称を付けてください。",
                "no installed master knows the code; give its name with --display",
            ),
            "",
        ),
        Refusal::UnitChanged { confirmed } => text(
            Text::new(
                "このコードは別の単位で確かめられています。単位が変わったのなら検査会社に確かめ、対応表の行を消してから確かめ直してください: ",
                "the code is confirmed for another unit; if the laboratory changed it, ask there, remove the line from the map, and confirm again: ",
            ),
            confirmed,
        ),
        Refusal::NoHeader => text(
            Text::new(
                "対応表の1行目に列の名前がありません。直してからもう一度実行してください。",
                "the first line of the map does not name its columns; correct it and try again",
            ),
            "",
        ),
    }
}

fn suggestion_line(suggestion: &Suggestion) -> String {
    let with = match suggestion.modifiers.as_slice() {
        [] => String::new(),
        modifiers => format!("  + {}", modifiers.join(" + ")),
    };
    format!("{:>3}  {}  {}{with}", suggestion.score, suggestion.code, suggestion.name)
}

fn suggestion_row(suggestion: &Suggestion) -> Value {
    json!({"code": suggestion.code, "name": suggestion.name, "score": suggestion.score,
        "modifiers": suggestion.modifiers})
}

fn none(session: &Session, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", session.text("対応のない施設コードはありません。", "no local code lacks a mapping"))
}

fn json(out: &mut dyn Write, rows: &[Value]) -> Result<Status, Failure> {
    serde_json::to_writer_pretty(&mut *out, rows).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(Status::Done)
}
