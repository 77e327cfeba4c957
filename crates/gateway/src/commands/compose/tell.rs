//! What is in each section, what is missing, and where the letter is now.

use super::{Fate, Ready};
use crate::{
    failure::{Failure, Status},
    output::page::{Outline, outline},
    session::{Format, Session},
};
use serde_json::json;
use std::io::Write;
use tsugite_issue::Issue;
use tsugite_pipeline::PatientResult;
use tsugite_source_letter::Kind;
use tsugite_store::{Submission, SubmissionState};

pub struct Told {
    title: &'static str,
    id: String,
    withdrawn: bool,
    bundle_id: Option<String>,
    sections: Vec<Outline>,
    /// Why it cannot be sent as it is.
    missing: Vec<Issue>,
    remarks: Vec<Issue>,
    /// `None` where there is no ledger.
    pub kept: Option<bool>,
    pub service: bool,
    pub asks: bool,
    pub submission: Option<Submission>,
}

impl Told {
    pub fn of(ready: &Ready, fate: &Fate, result: &PatientResult) -> Self {
        let (bundle_id, sections, missing, remarks) = match fate {
            Fate::Built(unit) => (Some(unit.bundle_id.clone()), outline(&unit.bytes), Vec::new(), unit.issues.clone()),
            Fate::Held(unit) => {
                let own = if unit.issues.is_empty() { vec![Issue::new(unit.rule)] } else { unit.issues.clone() };
                (None, Vec::new(), own, Vec::new())
            }
            Fate::Nothing => (None, Vec::new(), result.patient_held.map(Issue::new).into_iter().collect(), Vec::new()),
        };
        Self {
            title: ready.letter.letter.get_ref().kind.map_or("", Kind::title),
            id: ready.id.clone(),
            withdrawn: ready.letter.letter.get_ref().cancelled,
            bundle_id,
            sections,
            missing,
            remarks,
            kept: None,
            service: false,
            asks: false,
            submission: None,
        }
    }

    pub fn print(&self, session: &Session, out: &mut dyn Write) -> Result<Status, Failure> {
        let done = Status::attention_if((self.bundle_id.is_none() && !self.withdrawn) || self.asks);
        if session.format != Format::Text {
            let row = |issue: &Issue| json!({"code": issue.code(), "text": issue.text(session.lang), "remedy": issue.remedy(session.lang), "path": issue.path});
            let all = json!({
                "document": self.title,
                "id": self.id,
                "bundle_id": self.bundle_id,
                "sections": self.sections,
                "missing": self.missing.iter().map(row).collect::<Vec<_>>(),
                "remarks": self.remarks.iter().map(row).collect::<Vec<_>>(),
                "kept": self.kept,
                "waits_for_approval": self.asks,
                "submission": self.submission.as_ref().map(|submission| json!({"number": submission.id, "state": submission.state.name()})),
            });
            serde_json::to_writer_pretty(&mut *out, &all).map_err(std::io::Error::from)?;
            writeln!(out)?;
            return Ok(done);
        }
        writeln!(out, "{}  {} {}", self.title, session.text("文書番号", "document"), self.id)?;
        for Outline { title, characters, entries } in &self.sections {
            let (text, items) = (session.text("文", "text"), session.text("項目", "entries"));
            writeln!(out, "  {title}  {text} {characters}  {items} {entries}")?;
        }
        for issue in &self.missing {
            writeln!(out, "  ✗ {} [{}]", issue.text(session.lang), issue.code())?;
            writeln!(out, "    → {}", issue.remedy(session.lang))?;
        }
        for issue in &self.remarks {
            writeln!(out, "  ・{} [{}]", issue.text(session.lang), issue.code())?;
        }
        if let Some(bundle_id) = &self.bundle_id {
            writeln!(out, "Bundle-ID {bundle_id}")?;
        }
        writeln!(out, "{}", self.place(session))?;
        Ok(done)
    }

    /// Where the letter is now.
    fn place(&self, session: &Session) -> String {
        let say = |ja, en| session.text(ja, en).to_owned();
        match (self.kept, &self.submission) {
            (_, Some(submission)) if submission.state == SubmissionState::Draft => {
                format!(
                    "{} {}",
                    say(
                        "確認待ちに入れました。承認: tsugite queue approve",
                        "Waits for a doctor's look: tsugite queue approve"
                    ),
                    submission.id
                )
            }
            (_, Some(submission)) => {
                format!("{} {}", say("送信待ちに入れました。番号", "Put into the outbox as number"), submission.id)
            }
            (Some(true), None) if self.asks => say(
                "取り込みました。送信には承認が要ります（tsugite queue list）。",
                "Taken in; before it goes, a person must say yes (tsugite queue list).",
            ),
            (Some(true), None) if self.service => say(
                "取り込みました。常駐中の tsugite が送信待ちに入れます。",
                "Taken in; the service will put it into the outbox.",
            ),
            (Some(true), None) if self.withdrawn => say("取り下げを取り込みました。", "The withdrawal was taken in."),
            (Some(true), None) => say(
                "取り込みました。患者の保留が解けると送られます。",
                "Taken in; it goes when the patient is no longer held.",
            ),
            (Some(false), None) if self.bundle_id.is_some() => {
                say("確認のみで、取り込んでいません。", "Only looked at; nothing was kept.")
            }
            (Some(false), None) => say(
                "不足があるため取り込んでいません。直してからもう一度実行してください。",
                "Something is missing; nothing was kept. Mend it and call again.",
            ),
            (None, None) => String::new(),
        }
    }
}
