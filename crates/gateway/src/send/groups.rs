//! Whose charts are reported together: ids that the overlay joins.

use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{
    PatientId,
    policy::{Overlay, PatientDecision},
};
use tsugite_store::{Store, StoreError};

/// Ids that mean one patient, the first the one under which all is reported.
pub type Group = Vec<PatientId>;

/// Whose Units are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// As the ledger writes patients.
    Patients(BTreeSet<String>),
}

impl Scope {
    fn holds(&self, group: &Group) -> bool {
        match self {
            Self::All => true,
            Self::Patients(patients) => group.iter().any(|id| patients.contains(&ledger_name(id))),
        }
    }
}

/// A patient as the ledger writes it.
pub fn ledger_name(id: &PatientId) -> String {
    format!("{}/{}", id.space, id.id)
}

/// Those of the scope. Where no number was changed, nobody else needs to be looked at.
pub fn groups_of(store: &Store, scope: &Scope, overlay: &Overlay) -> Result<Vec<Group>, StoreError> {
    let aliases = overlay.patients.iter().any(|rule| matches!(rule.decision, PatientDecision::Alias(_)));
    let patients = match scope {
        Scope::Patients(names) if !aliases => names.iter().filter_map(|name| patient_of(name)).collect(),
        _ => store.patients()?,
    };
    Ok(groups(patients, overlay).into_iter().filter(|group| scope.holds(group)).collect())
}

/// A patient from the name in the ledger.
fn patient_of(name: &str) -> Option<PatientId> {
    let (space, id) = name.rsplit_once('/')?;
    Some(PatientId { space: space.into(), id: id.into() })
}

/// Ids that the overlay joins stand together, the last number first.
fn groups(patients: Vec<PatientId>, overlay: &Overlay) -> Vec<Group> {
    let mut groups: BTreeMap<PatientId, Group> = BTreeMap::new();
    for patient in patients {
        let mut target = patient.clone();
        for _ in 0..overlay.patients.len() {
            match overlay.patient(&target.id) {
                Some(PatientDecision::Alias(next)) => target.id = next.as_str().into(),
                _ => break,
            }
        }
        let group = groups.entry(target.clone()).or_insert_with(|| vec![target.clone()]);
        if patient != target {
            group.push(patient);
        }
    }
    groups.into_values().collect()
}
