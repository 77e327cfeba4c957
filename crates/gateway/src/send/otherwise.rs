//! What the centre holds, and what would be made of the same content today: with other maps, packages or policies.

use super::{
    groups::{Scope, groups_of, ledger_name},
    intend::Comparison,
    outgoing::attachments,
    units::unit_of,
};
use crate::failure::Failure;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use tsugite_clinical::PatientId;
use tsugite_clins::BuiltUnit;
use tsugite_store::{NewSubmission, Operation, Store};

impl Comparison<'_> {
    /// Units that the centre holds with just this content, but made otherwise: with other maps, packages or policies. In the order of
    /// the patients. `all`: those that are made alike, too.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn made_otherwise(
        &self,
        store: &Store,
        patients: &[PatientId],
        all: bool,
    ) -> Result<Vec<NewSubmission>, Failure> {
        let mut otherwise = Vec::new();
        for patient in patients {
            let scope = Scope::Patients(BTreeSet::from([ledger_name(patient)]));
            for group in groups_of(&scope, self.who) {
                for built in self.report(store, &group)?.0.built {
                    otherwise.extend(self.if_otherwise(store, &built, all)?);
                }
            }
        }
        Ok(otherwise)
    }

    fn if_otherwise(&self, store: &Store, built: &BuiltUnit, all: bool) -> Result<Option<NewSubmission>, Failure> {
        let unit = unit_of(&built.key);
        let Some(accepted) = store.ledger_entry(&unit)?.and_then(|entry| entry.accepted) else { return Ok(None) };
        let ig = self.made(&built.bytes);
        let open = store.submissions_of(&unit)?.iter().any(|s| s.state.is_waiting() || s.state.is_in_flight());
        let alike = accepted.content == built.content_hash.0 && (all || accepted.ig != ig);
        if open || !alike || self.refused(built).is_some() {
            return Ok(None);
        }
        Ok(Some(NewSubmission {
            unit,
            bundle_id: built.bundle_id.clone(),
            operation: Operation::Change,
            content: built.content_hash.0,
            identity: built.identity_hash.0,
            insured: built.insured_id.clone(),
            members: u32::try_from(built.resources).unwrap_or(u32::MAX),
            ig,
            bytes: built.bytes.clone(),
            attachments: attachments(built),
            review: false,
        }))
    }
}

/// A print of a bundle without what changes with the moment, the Bundle-ID and the person's own data.
pub fn form(bytes: &[u8]) -> String {
    let mut bundle: Value = serde_json::from_slice(bytes).unwrap_or_default();
    if let Some(entries) = bundle.get_mut("entry").and_then(Value::as_array_mut) {
        let is_patient = |entry: &Value| entry.pointer("/resource/resourceType").is_some_and(|kind| kind == "Patient");
        entries.retain(|entry| !is_patient(entry));
    }
    strip(&mut bundle);
    let print = Sha256::digest(bundle.to_string().as_bytes());
    print.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !matches!(name.as_str(), "timestamp" | "lastUpdated" | "fullUrl" | "reference"));
            if members.get("resourceType").is_some_and(|kind| kind == "Bundle") {
                members.remove("identifier");
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
