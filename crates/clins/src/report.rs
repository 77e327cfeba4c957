use crate::{Outcome, Site, UnitKind, document, issues, laboratory, list, run::Run};
use tsugite_clinical::{End, Standing, body::Body, standard::Standardised};

/// What becomes of one patient's chart: Units with their bytes, what is held and why, and where each fact ended.
pub fn report(standardised: &Standardised, site: &Site) -> Outcome {
    let Some(mut run) = Run::new(standardised, site) else { return Outcome::default() };
    if let (Err(rule), None) = (&run.person, run.excluded) {
        run.outcome.patient_held = Some(rule);
    }
    list::report(&mut run, UnitKind::Condition);
    list::report(&mut run, UnitKind::Allergy);
    laboratory::report(&mut run);
    beside(&mut run);
    // Last: what stands in a document is reported, wherever else it stands.
    document::report(&mut run);
    run.outcome
}

/// Records that are no members of any Unit.
fn beside(run: &mut Run) {
    for record in run.records.clone() {
        let rule = match &record.fact.body {
            Body::Prescription(line) if document::is_prescribed_elsewhere(run, line) => &issues::PRESCRIBED_ELSEWHERE,
            Body::Prescription(_) | Body::Document(_) | Body::CheckupItem(_) => &issues::ONLY_IN_DOCUMENTS,
            Body::Vital(_) => &issues::VITAL_SIGN,
            Body::Patient(_) | Body::Encounter(_) | Body::Diagnosis(_) | Body::Allergy(_) | Body::LabResult(_) => {
                continue;
            }
        };
        if !matches!(record.standing, Standing::Retracted | Standing::Superseded) {
            run.end(&record, End::NotCarried(run.excluded.unwrap_or(rule)));
        }
    }
}
