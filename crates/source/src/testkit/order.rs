use super::mutate::Random;
use crate::Output;
use std::{collections::BTreeMap, path::Path};
use tsugite_clinical::{Chart, PatientId, Statement};

/// Whatever the order in which statements arrive, each patient's chart and what stands in it are the same.
pub(super) fn check(folder: &Path, outputs: &[(String, Output)], shuffles: u32) -> Option<String> {
    let mut patients: BTreeMap<&PatientId, Vec<Statement>> = BTreeMap::new();
    for statement in outputs.iter().flat_map(|(_, output)| &output.statements) {
        patients.entry(statement.patient()).or_default().push(statement.clone());
    }
    patients.into_iter().find_map(|(patient, statements)| {
        let chart = Chart::new(statements.clone());
        let standings = chart.resolve().standings;
        let differs = |seed: &u32| {
            let mut random = Random::seeded(*seed);
            let mut left = statements.clone();
            random.shuffle(&mut left);
            let right = left.split_off(random.below(left.len() + 1));
            let other = Chart::new(right).merge(Chart::new(left));
            other != chart || other.resolve().standings != standings
        };
        let seed = (0..shuffles).find(differs)?;
        Some(format!(
            "{}: the chart of patient {} depends on the order of arrival (seed {seed})",
            folder.display(),
            patient.id
        ))
    })
}
