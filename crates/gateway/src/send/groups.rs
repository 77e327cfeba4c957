//! Whose charts are reported together.

use super::who::Who;
use std::collections::BTreeSet;
use tsugite_clinical::PatientId;

/// Ids that mean one patient, the first the one under which all is reported.
pub type Group = Vec<PatientId>;

/// Whose Units are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// As the ledger writes patients.
    Patients(BTreeSet<String>),
}

/// A patient as the ledger writes it.
pub fn ledger_name(id: &PatientId) -> String {
    format!("{}/{}", id.space, id.id)
}

/// Those of the scope.
pub fn groups_of(scope: &Scope, who: &Who) -> Vec<Group> {
    match scope {
        Scope::All => who.everybody(),
        Scope::Patients(names) => {
            let ids: Vec<PatientId> = names.iter().filter_map(|name| patient_of(name)).collect();
            who.groups_of(&ids)
        }
    }
}

/// A patient from the name in the ledger.
fn patient_of(name: &str) -> Option<PatientId> {
    let (space, id) = name.rsplit_once('/')?;
    Some(PatientId { space: space.into(), id: id.into() })
}
