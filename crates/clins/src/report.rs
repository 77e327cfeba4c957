use crate::{Outcome, Site, UnitKind, document, institutions, issues, laboratory, list, run::Run};
use tsugite_clinical::{End, Standing, body::Body, standard::Standardised};

/// What becomes of one patient's chart: Units with their bytes, what is held and why, and where each fact ended.
pub fn report(standardised: &Standardised, site: &Site) -> Outcome {
    let Some(mut all) = Run::new(standardised, site) else { return Outcome::default() };
    if site.policy.institutions.is_empty() {
        return one(all);
    }
    let rows = institutions::rows_of(&all);
    institutions::hold_strays(&mut all, &rows);
    let mut outcome = all.outcome;
    for (own, row) in site.policy.institutions.iter().enumerate().filter(|(own, _)| rows.contains(&Some(*own))) {
        let site = Site { institution: &row.number, ..*site };
        let Some(mut run) = Run::new(standardised, &site) else { continue };
        institutions::keep(&mut run, &rows, own);
        institutions::merge(&mut outcome, one(run), &rows, own);
    }
    outcome
}

/// For one institution.
fn one(mut run: Run) -> Outcome {
    if institutions::is_dental(run.site.institution) {
        institutions::leave_dental_care(&mut run);
        return run.outcome;
    }
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
