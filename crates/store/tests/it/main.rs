//! The store from outside: durability, the ledger's rules, and a model of gateway and centre.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod backup;
mod conformance;
mod disk;
mod formats;
mod inputs;
mod inquiry;
mod ledger;
mod model;
mod opening;
mod readdress;
mod sealed;
mod writer;

use std::path::{Path, PathBuf};
use tsugite_store::{Keys, NewSubmission, Operation, Store, Unit};

const NOW: &str = "2026-11-22T09:00:00+09:00";
const DESK: &str = "desk";

fn files(home: &Path) -> (PathBuf, PathBuf) {
    (home.join("tsugite.db"), home.join("issued.log"))
}

/// The keys lie beside the data only in tests.
fn keys(home: &Path) -> Keys {
    Keys::from_file_or_create(&home.join("tsugite.keys")).unwrap().0
}

fn open(home: &Path) -> Store {
    let (database, log) = files(home);
    Store::open_with(&database, &log, &keys(home)).unwrap()
}

fn unit(patient: &str, generation: u32) -> Unit {
    Unit {
        kind: "condition".into(),
        institution: "1319999999".into(),
        patient: format!("clinic/{patient}"),
        report: String::new(),
        generation,
    }
}

fn bundle_id(unit: &Unit) -> String {
    format!("{}^2026^{}-{}", unit.institution, unit.patient.replace('/', "-"), unit.generation)
}

fn new(unit: &Unit, operation: Operation, content: u8, identity: u8) -> NewSubmission {
    NewSubmission {
        bundle_id: bundle_id(unit),
        unit: unit.clone(),
        operation,
        content: [content; 32],
        identity: [identity; 32],
        insured: format!("01234567:1:{identity}:01"),
        members: 1,
        ig: "1.10.0".into(),
        bytes: vec![content; 8],
        attachments: Vec::new(),
        review: false,
    }
}
