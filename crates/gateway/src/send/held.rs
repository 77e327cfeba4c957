//! Rows of the desk's list.

use super::{
    drops::watch_instance,
    groups::{Scope, local},
    intend::Intentions,
    reading::Reading,
};
use tsugite_issue::{Issue, Lang};
use tsugite_store::{HeldRow, HeldWhat, Store, StoreError, Unit};

/// The scope of what a comparison found; records that were held while an input was read have that input's.
pub const COMPARED: &str = "";

/// The scope of what is held of one input. `path` without a digest: another content of that name stands for this one.
pub fn scope_of(instance: &str, path: &str) -> String {
    format!("{instance}\u{1f}{path}")
}

/// The scopes of a file that lies in a storage or was dropped.
pub fn scopes_of(instance: &str, path: &str) -> [String; 2] {
    [scope_of(instance, path), scope_of(&watch_instance(instance), path)]
}

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
        held.extend(store.held_of(COMPARED)?.into_iter().filter(stays));
    }
    Ok(held)
}

/// When and in which language the desk's list is written.
#[derive(Clone, Debug)]
pub struct Desk {
    pub now: String,
    pub lang: Lang,
}

impl Desk {
    /// Replaces what is held of an input that was read.
    pub fn keep(&self, store: &mut Store, scope: &str, reading: &Reading) -> Result<(), StoreError> {
        let rows = reading.held.iter().filter_map(|ended| tsugite_pipeline::report::held_record(ended, self.lang));
        store.replace_held_of(scope, &rows.map(held_row).collect::<Vec<_>>(), &self.now)
    }
}

/// Lines that no comparison found.
pub fn held_records(store: &Store) -> Result<u64, StoreError> {
    let compared = store.held_of(COMPARED)?.len();
    Ok(u64::try_from(store.held()?.len().saturating_sub(compared)).unwrap_or(u64::MAX))
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
    let patient = local(&unit.patient);
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
