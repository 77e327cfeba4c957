use super::run::load;
use crate::{
    failure::{Failure, Status},
    output::named_unit,
    send::{Cycle, House, local, over_brake},
    session::{Format, Session},
};
use serde_json::{Value, json};
use std::{io::Write, path::PathBuf};
use tsugite_clinical::PatientId;
use tsugite_issue::Text;
use tsugite_store::{NewSubmission, Selection};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// The clock: a day or a time of Japan [default: now]
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Only this patient, as the clinic writes the number
    #[arg(long, value_name = "NUMBER")]
    patient: Option<String>,
    /// Only patients with an issue of this code
    #[arg(long, value_name = "CODE")]
    issue: Option<String>,
    /// Only patients of this source
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Only patients of whom something was read since then
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Only patients of whom something was read until then
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// Only patients last looked at with other maps or packages than today's
    #[arg(long)]
    other_tables: bool,
    /// Put what differs into the outbox
    #[arg(long)]
    go: bool,
    /// Although it is more than the brake allows
    #[arg(long, requires = "go")]
    over_brake: bool,
}

impl Args {
    pub fn run(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let settings = load(&self.config, session)?;
        let mut cycle = Cycle::new(session, &settings, self.as_of.as_deref())?;
        let mut house = House::beside(session, &settings)?;
        let time = |text: &Option<String>| text.as_deref().map(|text| session.clock(Some(text))).transpose();
        let (from, to) = (time(&self.from)?.map(|at| at.to_string()), time(&self.to)?.map(|at| at.to_string()));
        let space = cycle.site.context.id_space.clone();
        let patient = self.patient.as_deref().map(|id| PatientId { space, id: id.into() });
        let selection = Selection {
            instance: self.source.as_deref(),
            seen_from: from.as_deref(),
            seen_to: to.as_deref(),
            patient: patient.as_ref(),
            issue: self.issue.as_deref(),
            other_tables_than: self.other_tables.then_some(cycle.site.tables_version.as_str()),
        };
        let patients = house.store.select_patients(&selection)?;
        let otherwise = cycle.made_otherwise(&house.store, &patients, false)?;
        self.show(&otherwise, patients.len(), session, out)?;
        if !self.go {
            return Ok(Status::attention_if(!otherwise.is_empty()));
        }
        if !self.over_brake && over_brake(otherwise.len(), house.store.live_units()?, &settings.brake) {
            let text = Text::new(
                "歯止めを超えるため何も送りません。内容を確かめ、正しければ --over-brake を付けてください: ",
                "more than the brake allows, so nothing is sent; if it is right, add --over-brake: ",
            );
            return Err(Failure::usage(text, session.lang, otherwise.len()));
        }
        let (now, who) = (session.now().to_string(), session.user());
        house.store.enqueue(&otherwise, &now, &who)?;
        house.store.audit(&now, &who, "reprocess", &otherwise.len().to_string())?;
        Ok(Status::Done)
    }

    fn show(&self, units: &[NewSubmission], of: usize, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
        if session.format != Format::Text {
            let rows: Vec<Value> = units
                .iter()
                .map(|new| {
                    json!({"patient": local(&new.unit.patient), "kind": new.unit.kind, "unit": new.unit.report,
                        "bundle_id": new.bundle_id, "queued": self.go})
                })
                .collect();
            serde_json::to_writer_pretty(&mut *out, &json!({"patients": of, "differ": rows}))
                .map_err(std::io::Error::from)?;
            return Ok(writeln!(out)?);
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
