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

/// The number of a patient as the clinic writes it, from the name in the ledger.
pub fn local(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, id)| id)
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

/// A patient from the name in the ledger. No id space holds a `/`, but a number may.
pub fn patient_of(name: &str) -> Option<PatientId> {
    let (space, id) = name.split_once('/')?;
    Some(PatientId { space: space.into(), id: id.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_hold_what_stands_between_its_space_and_it() {
        for id in ["0001", "12/34", "06139999:継/1:2:01", "/"] {
            let patient = PatientId { space: "ssmix2".into(), id: id.into() };
            let name = ledger_name(&patient);
            assert_eq!((patient_of(&name), local(&name)), (Some(patient), id));
        }
    }
}
