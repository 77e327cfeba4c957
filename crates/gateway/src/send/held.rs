//! Rows of the desk's list.

use super::{groups::Scope, intend::Intentions};
use tsugite_issue::{Issue, Lang};
use tsugite_store::{HeldRow, HeldWhat, Store, StoreError, Unit};

/// The desk's list: of the inputs as the scan has it, of those compared as found now, of all others as it was.
pub fn held_now(
    store: &Store,
    scope: &Scope,
    intentions: &Intentions,
    inputs: &[HeldRow],
) -> Result<Vec<HeldRow>, StoreError> {
    let mut held: Vec<HeldRow> = inputs.iter().chain(&intentions.held).cloned().collect();
    if *scope != Scope::All {
        let stays = |row: &HeldRow| row.what != HeldWhat::Input && !intentions.patient_ids.contains(&row.patient);
        held.extend(store.held()?.into_iter().filter(stays));
    }
    Ok(held)
}

pub fn held_row(row: tsugite_pipeline::report::HeldRow) -> HeldRow {
    let what = match &*row.what {
        "input" => HeldWhat::Input,
        "patient" => HeldWhat::Patient,
        "unit" => HeldWhat::Unit,
        _ => HeldWhat::Record,
    };
    HeldRow {
        what,
        kind: row.kind.unwrap_or_default().into_owned(),
        unit: row.unit.unwrap_or_default(),
        patient: row.patient.unwrap_or_default(),
        rule: row.rule.into_owned(),
        text: row.text,
        remedy: row.remedy,
        origins: row.origins.into_iter().map(|place| place_text(&place.input, &place.address)).collect(),
        since: String::new(),
    }
}

/// `*` is the whole of an input.
fn place_text(input: &str, address: &str) -> String {
    if address == "*" { input.to_owned() } else { format!("{input} {address}") }
}

/// An input that is held as a whole.
pub fn held_input(input: &tsugite_pipeline::HeldInput, told: &[Issue], lang: Lang) -> HeldRow {
    held_row(tsugite_pipeline::report::held_input(input, told, lang))
}

pub fn unit_row(unit: &Unit, issue: Issue, lang: Lang) -> HeldRow {
    let issue = issue.with("kind", &unit.kind);
    let patient = unit.patient.rsplit_once('/').map_or(unit.patient.as_str(), |(_, id)| id);
    HeldRow {
        what: HeldWhat::Unit,
        kind: unit.kind.clone(),
        unit: unit.report.clone(),
        patient: patient.to_owned(),
        rule: issue.code().to_owned(),
        text: issue.text(lang),
        remedy: issue.remedy(lang),
        origins: Vec::new(),
        since: String::new(),
    }
}
