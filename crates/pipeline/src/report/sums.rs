use crate::{
    patient::PatientResult,
    read::{Ended, InputCounts, ReadOutput},
};
use std::{collections::BTreeMap, ops::AddAssign};
use tsugite_clinical::{End, RecordKind, Tally, standard::Unmapped};
use tsugite_clins::{Defaulted, UnitKind};

/// What is counted: grows with the number of distinct things (codes, reasons), not with that of patients.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sums {
    pub inputs: InputCounts,
    pub records: BTreeMap<RecordKind, Tally>,
    pub patients: PatientCounts,
    pub units: BTreeMap<UnitKind, UnitCounts>,
    pub defaulted: BTreeMap<Defaulted, u64>,
    pub uncoded: BTreeMap<RecordKind, u64>,
    /// By kind and the code of the reason.
    pub not_carried: BTreeMap<(RecordKind, &'static str), u64>,
    pub unmapped: BTreeMap<Unmapped, u64>,
    /// Errors among the issues, by code.
    pub errors: BTreeMap<&'static str, u64>,
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PatientCounts {
    pub total: u64,
    pub with_bundle: u64,
    /// By the code of the rule.
    pub held: BTreeMap<&'static str, u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize)]
pub struct UnitCounts {
    pub built: u64,
    pub held: u64,
}

impl Sums {
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.records.values().for_each(|tally| total.add(*tally));
        total
    }

    pub fn units_total(&self) -> UnitCounts {
        self.units.values().fold(UnitCounts::default(), |sum, unit| UnitCounts {
            built: sum.built + unit.built,
            held: sum.held + unit.held,
        })
    }

    /// Whether anything waits for a person.
    pub fn anything_held(&self) -> bool {
        self.total().held > 0 || self.units_total().held > 0 || !self.patients.held.is_empty()
    }

    pub(crate) fn count_read(&mut self, read: &ReadOutput) {
        self.inputs.add(read.inputs);
    }

    /// A record of which not even the patient is known.
    pub(crate) fn count_stray(&mut self, ended: &Ended) {
        self.count_end(ended.record.kind, ended.record.end);
    }

    pub(crate) fn count_patient(&mut self, result: &PatientResult) {
        result.ends.iter().for_each(|ending| self.count_end(ending.kind, ending.end));
        self.patients.total += u64::from(result.charted);
        self.patients.with_bundle += u64::from(!result.built.is_empty());
        if let Some(rule) = result.patient_held {
            *self.patients.held.entry(rule.code).or_default() += 1;
        }
        result.built.iter().for_each(|unit| self.units.entry(unit.key.kind).or_default().built += 1);
        result.held.iter().for_each(|unit| self.units.entry(unit.key.kind).or_default().held += 1);
        result.defaulted.iter().for_each(|step| *self.defaulted.entry(*step).or_default() += 1);
        result.uncoded.iter().for_each(|kind| *self.uncoded.entry(*kind).or_default() += 1);
        result.unmapped.iter().for_each(|code| *self.unmapped.entry(code.clone()).or_default() += 1);
    }

    fn count_end(&mut self, kind: RecordKind, end: End) {
        self.records.entry(kind).or_default().count(end);
        if let End::NotCarried(reason) = end {
            *self.not_carried.entry((kind, reason.code)).or_default() += 1;
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.inputs.add(other.inputs);
        other.records.into_iter().for_each(|(kind, tally)| self.records.entry(kind).or_default().add(tally));
        self.patients.total += other.patients.total;
        self.patients.with_bundle += other.patients.with_bundle;
        merge(&mut self.patients.held, other.patients.held);
        for (kind, unit) in other.units {
            let sum = self.units.entry(kind).or_default();
            (sum.built, sum.held) = (sum.built + unit.built, sum.held + unit.held);
        }
        merge(&mut self.defaulted, other.defaulted);
        merge(&mut self.uncoded, other.uncoded);
        merge(&mut self.not_carried, other.not_carried);
        merge(&mut self.unmapped, other.unmapped);
        merge(&mut self.errors, other.errors);
    }
}

fn merge<K: Ord, V: AddAssign + Default>(sums: &mut BTreeMap<K, V>, other: BTreeMap<K, V>) {
    other.into_iter().for_each(|(key, count)| *sums.entry(key).or_default() += count);
}
