use super::queue::open;
use crate::{
    failure::{Failure, Status},
    session::{Format, Session},
};
use serde_json::{Value, json};
use std::{io::Write, path::PathBuf};
use tsugite_store::AuditRow;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings, where they name another place for the ledger
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Who did what, when, and how it ended; the newest first
    List {
        /// At most so many rows
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
    },
    /// Whether no row was changed or taken out
    Verify,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let house = open(self.config.as_deref(), session)?;
        match self.command {
            Command::List { limit } => {
                let rows = house.store.audit_rows(limit)?;
                if session.format == Format::Text {
                    rows.iter().try_for_each(|row| writeln!(out, "{}", line(row)))?;
                } else {
                    let rows: Vec<Value> = rows.iter().map(row).collect();
                    serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
                    writeln!(out)?;
                }
                Ok(Status::Done)
            }
            Command::Verify => {
                let verdict = house.store.verify_audit()?;
                let holds = verdict.is_ok();
                let (Ok(row) | Err(row)) = verdict;
                if session.format == Format::Text {
                    let text = match holds {
                        true => session.text("監査記録は改ざんされていません。行数: ", "The chain holds. Rows: "),
                        false => {
                            session.text("監査記録が改ざんされています。最初の行: ", "The chain is broken at row ")
                        }
                    };
                    writeln!(out, "{text}{row}")?;
                } else {
                    writeln!(out, "{}", json!({"holds": holds, "row": row}))?;
                }
                Ok(Status::attention_if(!holds))
            }
        }
    }
}

fn line(row: &AuditRow) -> String {
    let patient = row.patient.as_deref().unwrap_or_default();
    let AuditRow { seq, at, who, what, bundle_id, outcome, .. } = row;
    format!("{seq:>6}  {at}  {who}  {what}  {outcome}  {bundle_id}  {patient}").trim_end().to_owned()
}

fn row(row: &AuditRow) -> Value {
    let AuditRow { seq, at, who, what, bundle_id, outcome, patient } = row;
    json!({"row": seq, "at": at, "who": who, "what": what, "outcome": outcome, "bundle_id": bundle_id, "patient": patient})
}
