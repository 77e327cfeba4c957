use super::queue::{local, settings};
use crate::{
    failure::{Failure, Status},
    send::House,
    session::{Format, Session},
    settings::Settings,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, io::Write, path::PathBuf};
use tsugite_clinical::policy::{PatientDecision, PatientRule};
use tsugite_store::InsuranceToAsk;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = settings(self.config.as_deref(), session)?;
        let rules = decisions(&settings, session)?;
        let house = House::beside(session, &settings)?;
        let ask = house.store.insurance_to_ask()?;
        let held: BTreeSet<String> = house.store.held()?.into_iter().map(|row| row.patient).collect();
        let held: Vec<String> = held.into_iter().filter(|patient| !patient.is_empty()).collect();
        if session.format == Format::Text {
            print(&rules, &ask, &held, session, out)?;
        } else {
            let rules: Vec<Value> = rules.iter().map(row).collect();
            let ask: Vec<Value> = ask
                .iter()
                .map(|one| json!({"patient": local(&one.patient), "units": one.units, "since": one.since, "code": one.result_code}))
                .collect();
            let all = json!({"decisions": rules, "ask_insurance": ask, "held": held});
            serde_json::to_writer_pretty(&mut *out, &all).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Ok(Status::attention_if(!ask.is_empty()))
    }
}

fn decisions(settings: &Settings, session: &Session) -> Result<Vec<PatientRule>, Failure> {
    Ok(settings.load_overlay().map_err(|error| Failure::settings(&error, session.lang))?.patients)
}

fn row(rule: &PatientRule) -> Value {
    match &rule.decision {
        PatientDecision::Exclude => json!({"patient": rule.id, "decision": "exclude"}),
        PatientDecision::Test => json!({"patient": rule.id, "decision": "test"}),
        PatientDecision::Alias(new) => json!({"patient": rule.id, "decision": "alias", "new": new}),
    }
}

fn print(
    rules: &[PatientRule],
    ask: &[InsuranceToAsk],
    held: &[String],
    session: &Session,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    writeln!(out, "{}", session.text("保険の確認が必要な患者", "Ask again for the insurance of"))?;
    for one in ask {
        let since = one.since.get(..10).unwrap_or(&one.since);
        writeln!(out, "  {}  {}  {since}  {}", local(&one.patient), one.units, one.result_code)?;
    }
    writeln!(
        out,
        "{}",
        session.text("保留のある患者（`tsugite held` に理由）", "Something is held of (`tsugite held` says why)")
    )?;
    held.iter().try_for_each(|patient| writeln!(out, "  {patient}"))?;
    writeln!(out, "{}", session.text("設定で決めた患者", "Decided in the settings"))?;
    for rule in rules {
        let (text, new) = match &rule.decision {
            PatientDecision::Exclude => (session.text("送信しない", "never sent"), ""),
            PatientDecision::Test => (session.text("テスト患者", "a test"), ""),
            PatientDecision::Alias(new) => (session.text("番号変更 →", "now"), new.as_str()),
        };
        writeln!(out, "  {}  {text} {new}", rule.id)?;
    }
    Ok(())
}
