mod page;

use super::queue::{open, settings};
use crate::{
    failure::{Failure, Status},
    output::{kind_name, unit_name},
    send::{held_documents, scopes_of},
    session::{Format, Session},
};
use serde_json::{Value, json};
use std::{io::Write, path::PathBuf};
use tsugite_clinical::RecordKind;
use tsugite_clins::UnitKind;
use tsugite_issue::{Lang, Text};
use tsugite_store::{HeldRow, HeldWhat, Store};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings, where they name another place for the ledger
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Write the list as a page to print and tick off (HTML), for no eyes but yours
    #[arg(long, value_name = "FILE")]
    print: Option<PathBuf>,
    /// Take the records of a file off the list, by its name there: they were dealt with in another way
    #[arg(long, value_name = "NAME", conflicts_with = "print")]
    done_with: Option<String>,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let mut house = open(self.config.as_deref(), session)?;
        if let Some(name) = &self.done_with {
            self.take_off(&mut house.store, name, session)?;
        }
        let mut rows = house.store.held()?;
        rows.extend(held_documents(&house.store, session.lang)?);
        rows.sort_by(|a, b| a.patient.cmp(&b.patient));
        if let Some(file) = &self.print {
            page::write(file, &rows, session).map_err(|error| Failure::file(file, &error))?;
            house.store.audit(&session.now().to_string(), &session.user(), "held.print", &rows.len().to_string())?;
        }
        if session.format == Format::Text {
            print(&rows, session, out)?;
        } else {
            let rows: Vec<Value> = rows.iter().map(row).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Ok(Status::attention_if(!rows.is_empty()))
    }

    /// What a comparison holds stays: it ends where its reason ends.
    fn take_off(&self, store: &mut Store, name: &str, session: &Session) -> Result<(), Failure> {
        let settings = settings(self.config.as_deref(), session)?;
        let now = session.now().to_string();
        let scopes = scopes_of(settings.source.instance(), name);
        let is_held = |scope: &String| store.held_of(scope).map(|rows| !rows.is_empty());
        if !scopes.iter().map(is_held).collect::<Result<Vec<_>, _>>()?.contains(&true) {
            let text = Text::new(
                "このファイルには保留の記録がありません（一覧のファイル名をそのまま書いてください）: ",
                "no records of this file are held (write its name as the list does): ",
            );
            return Err(Failure::usage(text, session.lang, name));
        }
        scopes.iter().try_for_each(|scope| store.replace_held_of(scope, &[], &now))?;
        Ok(store.audit(
            &now,
            &session.user(),
            "held.done-with",
            &tsugite_source::digest(name.as_bytes()).to_string(),
        )?)
    }
}

fn row(row: &HeldRow) -> Value {
    json!({
        "what": row.what.name(),
        "kind": row.kind,
        "unit": row.unit,
        "patient": row.patient,
        "rule": row.rule,
        "text": row.text,
        "remedy": row.remedy,
        "origins": row.origins,
        "since": row.since,
    })
}

/// A patient at a time.
pub fn print(rows: &[HeldRow], session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "{}", session.text("保留はありません。", "Nothing is held."));
    }
    for (patient, of_patient) in by_patient(rows, session.lang) {
        writeln!(out, "  {} {patient}", session.text("患者番号", "patient"))?;
        for row in of_patient {
            let since = row.since.get(..10).unwrap_or(&row.since);
            writeln!(out, "    {}: {} [{}] {since}", what(row, session.lang), row.text, row.rule)?;
            writeln!(out, "      → {}", row.remedy)?;
        }
    }
    Ok(())
}

/// A patient at a time; what is held with the whole patient is not said again.
fn by_patient(rows: &[HeldRow], lang: Lang) -> impl Iterator<Item = (&str, Vec<&HeldRow>)> {
    let nobody = Text::new("（不明）", "(unknown)").get(lang);
    rows.chunk_by(|a, b| a.patient == b.patient).filter_map(move |rows| {
        let first = rows.first()?;
        let patient = if first.patient.is_empty() { nobody } else { &first.patient };
        let whole = |rule: &str| rows.iter().any(|row| row.what == HeldWhat::Patient && row.rule == rule);
        Some((patient, rows.iter().filter(|row| row.what == HeldWhat::Patient || !whole(&row.rule)).collect()))
    })
}

/// What is held, as a person calls it.
fn what(row: &HeldRow, lang: Lang) -> String {
    let unit = UnitKind::ALL.into_iter().find(|kind| kind.name() == row.kind).map(|kind| unit_name(kind, lang));
    let record = RecordKind::ALL.into_iter().find(|kind| kind.name() == row.kind).map(|kind| kind_name(kind, lang));
    let japanese = lang == Lang::Ja;
    let name = match row.what {
        HeldWhat::Input if japanese => "ファイル",
        HeldWhat::Input => "file",
        HeldWhat::Patient if japanese => "この患者のすべて",
        HeldWhat::Patient => "everything of this patient",
        HeldWhat::Unit => unit.unwrap_or_default(),
        HeldWhat::Record => record.unwrap_or_default(),
    };
    let place = match row.what {
        HeldWhat::Input | HeldWhat::Record => row.origins.first().map_or("", String::as_str),
        HeldWhat::Unit | HeldWhat::Patient => &row.unit,
    };
    format!("{name} {place}").trim_end().to_owned()
}
