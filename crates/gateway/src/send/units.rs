//! The ledger as the builder of Units sees it.

use std::collections::HashMap;
use tsugite_clins::{Issued, UnitKey, UnitKind};
use tsugite_store::{LedgerEntry, Store, StoreError, Unit};

pub fn unit_of(key: &UnitKey) -> Unit {
    Unit {
        kind: key.kind.name().to_owned(),
        institution: key.institution.clone(),
        patient: key.patient.clone(),
        report: key.report.clone(),
        generation: key.generation,
    }
}

/// What the ledger knew when the round began.
#[derive(Debug, Default)]
pub struct Known {
    pub entries: HashMap<Unit, LedgerEntry>,
    years: HashMap<Unit, i16>,
    /// By the Unit as of its generation 0.
    generations: HashMap<Unit, u32>,
}

impl Known {
    pub fn load(store: &Store) -> Result<Self, StoreError> {
        let mut known = Self { years: store.issued()?.into_iter().collect(), ..Self::default() };
        store.ledger()?.into_iter().for_each(|entry| known.add(entry));
        Ok(known)
    }

    /// Of these patients only, as the ledger writes them.
    pub fn of(store: &Store, patients: impl IntoIterator<Item = String>) -> Result<Self, StoreError> {
        let mut known = Self::default();
        for patient in patients {
            for entry in store.ledger_of(&patient)? {
                if let Some(year) = store.issued_year(&entry.unit)? {
                    known.years.insert(entry.unit.clone(), year);
                }
                known.add(entry);
            }
        }
        Ok(known)
    }

    fn add(&mut self, entry: LedgerEntry) {
        let next = entry.unit.generation + u32::from(entry.state == tsugite_store::UnitState::Cancelled);
        let base = Unit { generation: 0, ..entry.unit.clone() };
        let generation = self.generations.entry(base).or_default();
        *generation = next.max(*generation);
        self.entries.insert(entry.unit.clone(), entry);
    }
}

impl Issued for Known {
    fn generation(&self, kind: UnitKind, institution: &str, patient: &str, report: &str) -> u32 {
        let base = Unit {
            kind: kind.name().to_owned(),
            institution: institution.to_owned(),
            patient: patient.to_owned(),
            report: report.to_owned(),
            generation: 0,
        };
        self.generations.get(&base).copied().unwrap_or(0)
    }

    fn year(&self, key: &UnitKey) -> Option<i16> {
        self.years.get(&unit_of(key)).copied()
    }
}
