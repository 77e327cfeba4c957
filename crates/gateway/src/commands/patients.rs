use super::queue::settings;
use crate::{
    failure::{Failure, Status},
    send::{House, likely_doubles, local},
    session::{Format, Session},
    site,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, io::Write, path::PathBuf};
use tsugite_clinical::{
    PatientId,
    policy::{PatientDecision, PatientRule},
};
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
        let overlay = settings.load_overlay().map_err(|error| Failure::settings(&error, session.lang))?;
        let knowing = site::knowing(&settings, overlay);
        let rules = &knowing.overlay.patients;
        let house = House::beside(session, &settings)?;
        let doubles = likely_doubles(&house.store, &knowing)?;
        let ask = house.store.insurance_to_ask()?;
        let held: BTreeSet<String> = house.store.held()?.into_iter().map(|row| row.patient).collect();
        let held: Vec<String> = held.into_iter().filter(|patient| !patient.is_empty()).collect();
        if session.format == Format::Text {
            print(rules, &ask, &held, (&doubles, &knowing.main), session, out)?;
        } else {
            let rules: Vec<Value> = rules.iter().map(row).collect();
            let ask: Vec<Value> = ask
                .iter()
                .map(|one| json!({"patient": local(&one.patient), "units": one.units, "since": one.since, "code": one.result_code}))
                .collect();
            let doubles: Vec<Vec<String>> =
                doubles.iter().map(|ids| ids.iter().map(|id| spelt(id, &knowing.main)).collect()).collect();
            let all = json!({"decisions": rules, "ask_insurance": ask, "held": held, "likely_doubles": doubles});
            serde_json::to_writer_pretty(&mut *out, &all).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Ok(Status::attention_if(!ask.is_empty()))
    }
}

/// The id, with its space where that is not the one that patients are reported under.
fn spelt(id: &PatientId, main: &str) -> String {
    if &*id.space == main { id.id.to_string() } else { format!("{}/{}", id.space, id.id) }
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
    (doubles, main): (&[Vec<PatientId>], &str),
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
    if !doubles.is_empty() {
        let likely = session.text(
            "同じ人かもしれない患者（カナ氏名と生年月日が同じ。上書き表に「番号変更」か「別人」を書いてください）",
            "Likely doubles, of one kana name and birth date (add 番号変更 or 別人 to the patient table)",
        );
        writeln!(out, "{likely}")?;
        for ids in doubles {
            let ids: Vec<String> = ids.iter().map(|id| spelt(id, main)).collect();
            writeln!(out, "  {}", ids.join("  "))?;
        }
    }
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
