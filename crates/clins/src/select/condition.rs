//! 傷病名: which diagnoses are members of the problem list, and what of them is derived.

use super::{
    deleted::is_deleted,
    overlay::{Tag, decisions},
    window,
};
use crate::{
    Defaulted, care, issues,
    run::{Record, Run, Verdict},
};
use std::borrow::Cow;
use tsugite_clinical::{
    Date, DateTime,
    body::{Body, Concept, Diagnosis},
    policy::{DiagnosisDecision, OnsetMissing},
    receipt, says_doubt, says_none,
    standard::{ClinicalStatus, DiagnosisStandard, Standard},
};
use tsugite_issue::Issue;

/// One diagnosis as it is said, with what the chains of `rules` §1 gave.
pub(crate) struct Problem<'a> {
    pub diagnosis: &'a Diagnosis,
    pub standard: &'a DiagnosisStandard,
    /// Always known in a list of the patient.
    pub onset: Option<DateTime>,
    pub onset_step: Option<Defaulted>,
    pub tags: Vec<Tag>,
    /// Its source deleted it, and the site shows it as ended.
    pub deleted: bool,
    /// The month whose receipts listed it last, where the site takes what is no longer billed for ended.
    pub lapsed: Option<Date>,
}

pub(crate) fn parts<'a>(record: &Record<'a>) -> Option<(&'a Diagnosis, Option<&'a DiagnosisStandard>)> {
    let Body::Diagnosis(diagnosis) = &record.fact.body else { return None };
    let standard = match record.standard {
        Standard::Diagnosis(standard) => Some(&**standard),
        _ => None,
    };
    Some((diagnosis, standard))
}

/// 疑い病名: by what its source states of it, or by the name that the tables know.
pub(crate) fn is_suspected(diagnosis: &Diagnosis, standard: Option<&DiagnosisStandard>) -> bool {
    diagnosis.is_suspected() || standard.is_some_and(|standard| says_doubt(&standard.text))
}

/// The name of a disease in words, which says so where it is only suspected.
pub(crate) fn spoken_name<'a>(
    diagnosis: &'a Diagnosis,
    standard: Option<&'a DiagnosisStandard>,
) -> Option<Cow<'a, str>> {
    let name = standard.map(|standard| standard.text.as_str()).or_else(|| diagnosis.disease.name())?.trim();
    if !is_suspected(diagnosis, standard) || says_doubt(name) {
        return Some(Cow::Borrowed(name));
    }
    Some(Cow::Owned(format!("{name}の疑い")))
}

pub(crate) fn verdict(run: &Run, record: &Record) -> Verdict {
    let Some((diagnosis, standard)) = parts(record) else { return Verdict::Held(&issues::CANNOT_WRITE) };
    let excluded = decisions(run.site.overlay, run.patient_id, diagnosis, standard)
        .any(|decision| decision == DiagnosisDecision::Exclude);
    if excluded {
        return Verdict::NotCarried(&issues::DIAGNOSIS_EXCLUDED);
    }
    if is_suspected(diagnosis, standard) {
        return Verdict::NotCarried(&issues::SUSPECTED);
    }
    if let Some(rule) = run.outside_insurance(&diagnosis.care) {
        return Verdict::NotCarried(rule);
    }
    let status = standard.map_or(ClinicalStatus::Active, |standard| standard.outcome.status);
    let ended = diagnosis.ended.filter(|_| status != ClinicalStatus::Active).map(|at| at.date);
    let ended = ended.or_else(|| run.lapsed.get(&record.index).copied());
    if !window::holds(ended, run.today, run.site.policy.snapshot.years) {
        return Verdict::NotCarried(&issues::OUTSIDE_WINDOW);
    }
    if let Some(rule) = Run::doubt(record) {
        return Verdict::Held(rule);
    }
    match standard {
        None => return Verdict::Held(&issues::NOT_STANDARDISED),
        Some(standard) if is_nameless(standard) => return Verdict::Held(&issues::DISEASE_NAMELESS),
        Some(standard) if is_code_only(diagnosis, standard) => return Verdict::Held(&issues::CODE_WITHOUT_NAME),
        Some(_) => {}
    }
    let Some((onset, _)) = onset(diagnosis, run) else { return Verdict::Held(&issues::ONSET_MISSING) };
    if let Some(rule) = run.impossible(onset) {
        return Verdict::Held(rule);
    }
    if care::department(run, &diagnosis.care).is_none() {
        return Verdict::Held(&issues::NO_DEPARTMENT);
    }
    Verdict::Member
}

/// Nothing is written, or 「なし」.
pub(crate) fn is_nameless(standard: &DiagnosisStandard) -> bool {
    standard.text.trim().is_empty() || (standard.uncoded && says_none(&standard.text))
}

/// No table knows the name of a code that its source writes without one: what a person would read is a number, and an unknown
/// modifier may be 「の疑い」.
pub(crate) fn is_code_only(diagnosis: &Diagnosis, standard: &DiagnosisStandard) -> bool {
    let shows_code = |concept: &Concept, text: &str| {
        let codes = concept.codes.iter().map(|code| code.code.trim()).filter(|code| !code.is_empty());
        concept.name().is_none() && codes.into_iter().any(|code| text.contains(code))
    };
    let prefixes = diagnosis.prefixes.iter().zip(&standard.prefixes);
    let mut modifiers = prefixes.chain(diagnosis.suffixes.iter().zip(&standard.suffixes));
    (standard.uncoded && shows_code(&diagnosis.disease, &standard.text))
        || modifiers.any(|(stated, modifier)| modifier.codings.is_empty() && shows_code(stated, &modifier.text))
}

/// A member with its derived parts.
pub(crate) fn problem<'a>(run: &Run<'a>, record: &Record<'a>) -> Option<Problem<'a>> {
    let (diagnosis, standard) = parts(record)?;
    let standard = standard?;
    let (onset, onset_step) = onset(diagnosis, run).unzip();
    // 診療開始日 stands for the onset in receipts.
    let of_receipt = *record.fact.key.scope.feed == *receipt::FEED;
    let step = |step: Defaulted| Defaulted { value_from: if of_receipt { "SY-2" } else { step.value_from }, ..step };
    let onset_step = onset_step.flatten().map(step);
    let mut tags: Vec<Tag> = decisions(run.site.overlay, run.patient_id, diagnosis, Some(standard))
        .filter_map(|decision| match decision {
            DiagnosisDecision::LongTerm => Some(Tag::LongTerm),
            DiagnosisDecision::Uninformed => Some(Tag::Uninformed),
            DiagnosisDecision::Undelivered => Some(Tag::Undelivered),
            DiagnosisDecision::Exclude => None,
        })
        .collect();
    tags.sort_unstable();
    tags.dedup();
    let deleted = is_deleted(record);
    let lapsed = run.lapsed.get(&record.index).copied();
    Some(Problem { diagnosis, standard, onset, onset_step, tags, deleted, lapsed })
}

/// PRB-16, else PRB-7, else PRB-2.
fn onset(diagnosis: &Diagnosis, run: &Run) -> Option<(DateTime, Option<Defaulted>)> {
    if let Some(onset) = diagnosis.onset {
        return Some((onset, None));
    }
    if run.site.policy.condition.onset_missing == OnsetMissing::Hold {
        return None;
    }
    let step = |value_from| Some(Defaulted { element: "Condition.onsetDateTime", value_from });
    let established = diagnosis.established.map(|at| (at, step("PRB-7")));
    established.or_else(|| diagnosis.recorded.map(|at| (at, step("PRB-2"))))
}

/// What a row of the list says: rows that say the same become one resource. Rows that differ in their end do not say the same.
pub(crate) fn says(run: &Run, record: &Record) -> String {
    let Some((diagnosis, standard)) = parts(record) else { return String::new() };
    let code = standard.filter(|standard| !standard.uncoded).and_then(|standard| standard.codings.first());
    let what = match (code, standard) {
        (Some(coding), _) => coding.code.to_string(),
        (None, Some(standard)) => standard.text.clone(),
        (None, None) => diagnosis.disease.name().unwrap_or_default().to_owned(),
    };
    let mut says = what;
    let modifiers = standard.into_iter().flat_map(|s| [("前", &s.prefixes), ("後", &s.suffixes)]);
    for (side, modifiers) in modifiers {
        for modifier in modifiers {
            let code = modifier.codings.first().map_or(modifier.text.as_str(), |coding| &coding.code);
            says.push('\u{1f}');
            says.push_str(side);
            says.push_str(code);
        }
    }
    let onset = onset(diagnosis, run).map(|(onset, _)| onset.date.to_string()).unwrap_or_default();
    let status = standard.map(|standard| standard.outcome.status).unwrap_or_default();
    let lapsed = if run.lapsed.contains_key(&record.index) { "-" } else { "" };
    let ended = diagnosis.ended.map(|ended| ended.date.to_string()).unwrap_or_default();
    format!("{says}\u{1e}{onset}\u{1e}{status:?}{lapsed}\u{1e}{ended}")
}

impl Problem<'_> {
    pub fn status(&self) -> ClinicalStatus {
        match self.standard.outcome.status {
            ClinicalStatus::Active if self.deleted || self.lapsed.is_some() => ClinicalStatus::Resolved,
            stated => stated,
        }
    }

    /// 転帰日, where the disease has ended.
    pub fn abated(&self) -> Option<DateTime> {
        self.diagnosis.ended.filter(|_| self.status() != ClinicalStatus::Active)
    }

    /// What a reader of the bundle should know.
    pub fn issues(&self, record: &Record) -> Vec<Issue> {
        let mut found = Vec::new();
        if let Some(step) = self.onset_step {
            found.push(record.issue(&issues::ONSET_DERIVED).with("from", step.value_from).path("Condition.onset"));
        }
        let active = self.status() == ClinicalStatus::Active;
        match self.diagnosis.ended {
            Some(_) if active => {
                found.push(record.issue(&issues::END_WITHOUT_OUTCOME).path("Condition.clinicalStatus"));
            }
            Some(ended) if self.onset.is_some_and(|onset| ended.date.last_day() < onset.date.first_day()) => {
                found.push(record.issue(&issues::ENDED_BEFORE_ONSET).path("Condition.abatement"));
            }
            None if !active && !self.deleted && self.lapsed.is_none() => {
                found.push(record.issue(&issues::RECOVERED_WITHOUT_END).path("Condition.abatement"));
            }
            _ => {}
        }
        found
    }
}
