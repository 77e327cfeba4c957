//! What becomes of one fact in a document.

use super::party::is_prescribed_elsewhere;
use crate::{
    issues,
    run::{Record, Run, Verdict},
    select::{self, Collected},
};
use tsugite_clinical::{
    body::{Body, Diagnosis, Prescription, Vital},
    policy::DiagnosisDecision,
    says_none,
    standard::Standard,
};
use tsugite_issue::Definition;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// A resource says it.
    Entry,
    /// The text says it: no resource may (疑い, アレルギーなし), or none can.
    Spoken,
    Retracted,
    NotCarried(&'static Definition),
    Held(&'static Definition),
}

impl From<Verdict> for Judged {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Member => Self::Entry,
            Verdict::Retracted => Self::Retracted,
            Verdict::NotCarried(rule) => Self::NotCarried(rule),
            Verdict::Held(rule) => Self::Held(rule),
        }
    }
}

/// A fact that the document itself states.
pub fn judge(run: &Run, record: &Record) -> Judged {
    match &record.fact.body {
        Body::Diagnosis(diagnosis) => stated_diagnosis(run, record, diagnosis),
        Body::Allergy(_) => match Judged::from(select::allergy_verdict(run, record)) {
            Judged::NotCarried(_) => Judged::Spoken,
            other => other,
        },
        Body::LabResult(_) => select::result_verdict(run, record).into(),
        Body::Vital(vital) => Run::doubt(record).map_or_else(|| measured(vital), Judged::Held),
        Body::Prescription(line) => prescribed(run, record, line),
        Body::CheckupItem(_) => checked(record),
        Body::Patient(_) | Body::Encounter(_) | Body::Document(_) => Judged::Held(&issues::CANNOT_WRITE),
    }
}

/// A diagnosis from the past may stand in a letter, whenever it ended and whether anyone knows when it began.
fn stated_diagnosis(run: &Run, record: &Record, diagnosis: &Diagnosis) -> Judged {
    let standard = select::diagnosis_parts(record).and_then(|(_, standard)| standard);
    let mut decisions = select::decisions(run.site.overlay, run.patient_id, diagnosis, standard);
    if decisions.any(|decision| decision == DiagnosisDecision::Exclude) {
        return Judged::NotCarried(&issues::DIAGNOSIS_EXCLUDED);
    }
    if let Some(rule) = Run::doubt(record) {
        return Judged::Held(rule);
    }
    if select::is_suspected(diagnosis, standard) {
        return Judged::Spoken;
    }
    match standard {
        None => return Judged::Held(&issues::NOT_STANDARDISED),
        Some(standard) if standard.text.trim().is_empty() => return Judged::Held(&issues::DISEASE_NAMELESS),
        Some(standard) if select::is_nameless(standard) => return Judged::Spoken,
        Some(standard) if select::is_code_only(diagnosis, standard) => return Judged::Held(&issues::CODE_WITHOUT_NAME),
        Some(_) => {}
    }
    let dates = [diagnosis.onset, diagnosis.established, diagnosis.recorded];
    match dates.into_iter().flatten().find_map(|at| run.impossible(at)) {
        Some(rule) => Judged::Held(rule),
        None => Judged::Entry,
    }
}

fn measured(vital: &Vital) -> Judged {
    match vital.item.name() {
        Some(_) => Judged::Entry,
        None => Judged::Held(&issues::TEST_NAMELESS),
    }
}

fn prescribed(run: &Run, record: &Record, line: &Prescription) -> Judged {
    if is_prescribed_elsewhere(run, line) {
        return Judged::NotCarried(&issues::PRESCRIBED_ELSEWHERE);
    }
    if let Some(rule) = Run::doubt(record) {
        return Judged::Held(rule);
    }
    match record.standard {
        Standard::Prescription(standard) if standard.text.trim().is_empty() => Judged::Held(&issues::DRUG_NAMELESS),
        Standard::Prescription(standard) if standard.uncoded && says_none(&standard.text) => Judged::Spoken,
        Standard::Prescription(_) if run.site.policy.document.prescriptions => Judged::Entry,
        Standard::Prescription(_) => Judged::Spoken,
        _ => Judged::Held(&issues::NOT_STANDARDISED),
    }
}

fn checked(record: &Record) -> Judged {
    if let Some(rule) = Run::doubt(record) {
        return Judged::Held(rule);
    }
    match record.standard {
        Standard::CheckupItem(standard) if standard.code.is_some() => Judged::Entry,
        // An item of the clinic's own has no code that the report may carry.
        Standard::CheckupItem(standard) if !standard.text.trim().is_empty() => Judged::Spoken,
        Standard::CheckupItem(_) => Judged::Held(&issues::TEST_NAMELESS),
        _ => Judged::Held(&issues::NOT_STANDARDISED),
    }
}

/// 感染症: a result with a code of the shared list of infections.
pub fn is_infection(record: &Record) -> bool {
    use tsugite_clinical::standard::SharedCode;
    let shared = Collected::of(record).and_then(|collected| collected.standard.shared.as_ref());
    matches!(shared, Some(SharedCode::Infection(_)))
}
