//! The patient's own 退院時サマリー as an attachment of a referral.

use super::{Args, Ready, read, refused};
use crate::{failure::Failure, session::Session};
use std::path::Path;
use tsugite_clins::UnitKind;
use tsugite_issue::Text;
use tsugite_pipeline::PatientResult;
use tsugite_source_letter::{Attachment, Kind, Summary};

/// The letter with the summary that `--attach-summary` names: a file, or a document of the chart by its id. `chart`: what the patient's
/// chart gives.
///
/// # Errors
/// When there is no such summary, or the letter is none that may hold one.
pub fn attached(
    args: &Args,
    mut ready: Ready,
    session: &Session,
    chart: impl FnOnce(&Ready) -> Result<PatientResult, Failure>,
) -> Result<Ready, Failure> {
    let Some(wanted) = args.attach_summary.as_deref().map(str::trim) else { return Ok(ready) };
    if ready.letter.letter.get_ref().kind != Some(Kind::Referral) {
        let text = Text::new(
            "退院時サマリーを添付できるのは診療情報提供書だけです",
            "only a referral can have a discharge summary attached",
        );
        return Err(Failure::usage(text, session.lang, ""));
    }
    let file = Path::new(wanted);
    let bytes = if file.is_file() { read(file)? } else { of_chart(wanted, &chart(&ready)?, session)? };
    let Some(summary) = Summary::of(&bytes) else {
        let text =
            Text::new("退院時サマリーの文書 Bundle ではありません: ", "no document Bundle of a discharge summary: ");
        return Err(Failure::usage(text, session.lang, wanted));
    };
    let title = summary.day().map_or_else(|| SUMMARY.to_owned(), |day| format!("{SUMMARY}（{day}）"));
    let attachment = Attachment::of(&title, &bytes).map_err(|issue| refused(&[issue], session))?;
    ready.letter.attach(attachment);
    ready.toml = ready.letter.to_toml().map_err(|error| Failure::Io(error.to_string()))?.into_bytes();
    Ok(ready)
}

const SUMMARY: &str = "退院時サマリー";

fn of_chart(id: &str, result: &PatientResult, session: &Session) -> Result<Vec<u8>, Failure> {
    let all = || result.built.iter().filter(|unit| unit.key.kind == UnitKind::Discharge);
    if let Some(unit) = all().find(|unit| unit.key.report == id) {
        return Ok(unit.bytes.clone());
    }
    let known: Vec<&str> = all().map(|unit| unit.key.report.as_str()).collect();
    let waits = result.held.iter().any(|unit| unit.key.kind == UnitKind::Discharge && unit.key.report == id);
    let text = if waits {
        Text::new(
            "この退院時サマリーは保留されているため添付できません: ",
            "this discharge summary is held and cannot be attached: ",
        )
    } else {
        Text::new(
            "この番号の退院時サマリーが患者の記録にありません（番号の前に、ある番号）: ",
            "the patient's records have no discharge summary of this id (after it: those that there are): ",
        )
    };
    Err(Failure::usage(text, session.lang, format!("{id} ({})", known.join(" "))))
}
