//! What the doctor wrote and what the command line says, as one letter.

use super::{Args, Ready, read};
use crate::{failure::Failure, session::Session};
use std::path::Path;
use tsugite_charset::GaijiTable;
use tsugite_clinical::{
    body::{ChartPart, SectionKind},
    policy::is_institution_number,
};
use tsugite_issue::Text;
use tsugite_source_letter::{Attachment, Kind, Letter, Section, When, read_draft};

/// The whole letter. Where letter and command line disagree, nothing is guessed.
///
/// # Errors
/// A file that cannot be read, a mistake in the letter, or two statements that disagree.
pub fn merged(args: &Args, session: &Session) -> Result<Ready, Failure> {
    let mut letter = drafted(args, session)?;
    let disagree =
        |what: Text, ours: &str, theirs: &str| Err(Failure::usage(what, session.lang, format!("{ours} ≠ {theirs}")));
    let kind = Kind::from(args.kind);
    let mut head = letter.letter.get_ref().clone();
    if let Some(other) = head.kind.replace(kind).filter(|other| *other != kind) {
        let text = Text::new("手紙の種類が指定と違います: ", "the letter is of another kind than was said: ");
        return disagree(text, kind.title(), other.title());
    }
    match (&head.patient, &args.patient) {
        (Some(theirs), Some(ours)) if theirs.trim() != ours.trim() => {
            let text = Text::new(
                "手紙の患者番号が --patient と違います: ",
                "the letter is about another patient than --patient: ",
            );
            return disagree(text, ours, theirs);
        }
        (None, None) => {
            let text = Text::new("--patient で患者番号を指定してください", "name the patient with --patient");
            return Err(Failure::usage(text, session.lang, ""));
        }
        (None, Some(ours)) => head.patient = Some(ours.trim().to_owned()),
        (Some(_), _) => {}
    }
    if head.date.is_none() {
        head.date = Some(When(session.clock(args.as_of.as_deref())?));
    }
    head.consent = args.consent.map(Into::into).or(head.consent);
    let patient = head.patient.clone().unwrap_or_default();
    recipient(args, &mut letter, session)?;
    head.include = head.include.or_else(|| Some(includes(&letter.sections, kind)));
    *letter.letter.get_mut() = head;
    for file in &args.attach {
        let title = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let attached = Attachment::of(&title, &read(file)?).map_err(|issue| {
            let lang = session.lang;
            Failure::Usage(format!("{}: {} {} {}", file.display(), issue.code(), issue.text(lang), issue.remedy(lang)))
        })?;
        letter.attach(attached);
    }
    let id = letter.id();
    letter.letter.get_mut().id = Some(id.clone());
    let toml = letter.to_toml().map_err(|error| Failure::Io(error.to_string()))?;
    Ok(Ready { letter, id, patient, toml: toml.into_bytes() })
}

fn drafted(args: &Args, session: &Session) -> Result<Letter, Failure> {
    let bytes = read(&args.letter)?;
    read_draft(&bytes, args.kind.into(), &GaijiTable::default()).map_err(|(issue, line, column)| {
        let (lang, file) = (session.lang, Path::new(&args.letter).display());
        let found = issue.found.as_deref().map(|found| format!(" ({found})")).unwrap_or_default();
        Failure::Usage(format!(
            "{file}:{line}:{column}: {} {}{found} {}",
            issue.code(),
            issue.text(lang),
            issue.remedy(lang)
        ))
    })
}

fn recipient(args: &Args, letter: &mut Letter, session: &Session) -> Result<(), Failure> {
    let Some(number) = &args.to else { return Ok(()) };
    if !is_institution_number(number) {
        let text = Text::new("紹介先の医療機関番号は10桁です: ", "the recipient's institution number has 10 digits: ");
        return Err(Failure::usage(text, session.lang, number));
    }
    let to = letter.to.get_or_insert_default();
    if let Some(theirs) = to.number.replace(number.clone()).filter(|theirs| theirs != number) {
        let text = Text::new("手紙の紹介先が --to と違います: ", "the letter has another recipient than --to: ");
        return Err(Failure::usage(text, session.lang, format!("{number} ≠ {theirs}")));
    }
    if let Some(name) = args.to_name.as_ref().filter(|_| to.name.is_empty()) {
        to.name.clone_from(name);
    }
    Ok(())
}

/// What the letter does not state itself comes from the chart.
fn includes(sections: &[Section], kind: Kind) -> Vec<ChartPart> {
    let states = |of: &dyn Fn(&Section) -> bool| sections.iter().any(of);
    let in_section = |section: &Section, kinds: &[SectionKind]| kinds.contains(&section.kind.get_ref().0);
    let diagnoses = [SectionKind::Problems, SectionKind::AdmissionDiagnoses, SectionKind::DischargeDiagnoses];
    let parts = [
        (ChartPart::Problems, states(&|section| in_section(section, &diagnoses) && !section.problems.is_empty())),
        (ChartPart::Allergies, states(&|section| !section.allergies.is_empty())),
        (
            ChartPart::Infections,
            kind != Kind::Referral || states(&|section| in_section(section, &[SectionKind::Infections])),
        ),
        (ChartPart::Labs, states(&|section| !section.labs.is_empty())),
        (ChartPart::Prescriptions, states(&|section| !section.prescriptions.is_empty())),
        (ChartPart::Encounter, false),
    ];
    parts.into_iter().filter(|(_, stated)| !stated).map(|(part, _)| part).collect()
}
