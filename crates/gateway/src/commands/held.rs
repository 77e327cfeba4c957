use super::queue::open;
use crate::{
    failure::{Failure, Status},
    session::{Format, Session},
};
use serde_json::{Value, json};
use std::{io::Write, path::PathBuf};
use tsugite_issue::Lang;
use tsugite_store::{HeldRow, HeldWhat};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings, where they name another place for the ledger
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let house = open(self.config.as_deref(), session)?;
        let rows = house.store.held()?;
        if session.format == Format::Text {
            print(&rows, session, out)?;
        } else {
            let rows: Vec<Value> = rows.iter().map(row).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Ok(Status::attention_if(!rows.is_empty()))
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

/// A patient at a time, each reason once with what to do.
fn print(rows: &[HeldRow], session: &Session, out: &mut dyn Write) -> std::io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "{}", session.text("保留はありません。", "Nothing is held."));
    }
    for of_patient in rows.chunk_by(|a, b| a.patient == b.patient) {
        let Some(first) = of_patient.first() else { continue };
        let nobody = session.text("（患者不明）", "(patient unknown)");
        let patient = if first.patient.is_empty() { nobody } else { &first.patient };
        writeln!(out, "{} {patient}", session.text("患者番号", "patient"))?;
        for row in of_patient {
            let since = row.since.get(..10).unwrap_or(&row.since);
            let what = what(row.what, session.lang);
            let unit = if row.unit.is_empty() { String::new() } else { format!(" {}", row.unit) };
            writeln!(out, "  {what}{unit}: {} [{}] {since}", row.text, row.rule)?;
            writeln!(out, "    → {}", row.remedy)?;
        }
    }
    Ok(())
}

const fn what(what: HeldWhat, lang: Lang) -> &'static str {
    match (what, lang) {
        (HeldWhat::Input, Lang::Ja) => "ファイル",
        (HeldWhat::Patient, Lang::Ja) => "患者全体",
        (HeldWhat::Unit, Lang::Ja) => "報告",
        (HeldWhat::Record, Lang::Ja) => "記録",
        (HeldWhat::Input, Lang::En) => "file",
        (HeldWhat::Patient, Lang::En) => "whole patient",
        (HeldWhat::Unit, Lang::En) => "report",
        (HeldWhat::Record, Lang::En) => "record",
    }
}
