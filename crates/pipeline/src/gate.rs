//! Nothing leaves that the validator calls an error.

use crate::{Settings, report::bundle_file};
use std::{cell::RefCell, sync::Arc};
use tsugite_clins::{BuiltUnit, HeldUnit};
use tsugite_issue::{InputName, Issue, Severity};
use tsugite_validate::{Memory, Options, check_in};

thread_local! {
    /// Used again for every Unit of a thread. It holds nothing from one Unit to the next but room.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Judges the bytes of a Unit in one reading: JSON and the strict rules; with a validator base R4 and, where packages are
/// loaded, the profiles too. What was found short of an error is answered beside the Unit and names the file of its Bundle.
///
/// # Errors
/// The Unit, held under the rule that its first error names. Its issues name the element, and no place in a file: the bytes stay
/// here.
pub fn pass(unit: BuiltUnit, settings: &Settings) -> Result<(BuiltUnit, Vec<Issue>), HeldUnit> {
    // The rules of collections are not those of documents.
    let require_clins = settings.gate.require_clins && !unit.key.kind.is_document();
    let options = Options { require_clins, ..settings.gate.clone() };
    let report = MEMORY.with_borrow_mut(|memory| match settings.validator {
        Some(validator) => validator.validate_in(memory, &unit.bytes, &options),
        None => check_in(memory, &unit.bytes, &options),
    });
    let mut issues = report.issues;
    // Remarks are for whoever wrote the bundle by hand: they would say the same of each of ours.
    issues.retain(|issue| issue.severity() > Severity::Information);
    let rule = issues.iter().find(|issue| issue.severity() == Severity::Error).map(|issue| issue.definition);
    if let Some(rule) = rule {
        issues.iter_mut().for_each(|issue| issue.origin = None);
        return Err(HeldUnit { key: unit.key, rule, issues, members: unit.members, origins: Vec::new() });
    }
    if !issues.is_empty() {
        // A bundle is told apart by its file; nobody asks for a digest of what we wrote ourselves.
        let path = bundle_file(&unit.key);
        let name = Arc::new(InputName { digest: tsugite_source::digest(path.as_bytes()), path });
        issues.iter_mut().filter_map(|issue| issue.origin.as_mut()).for_each(|at| at.input = Arc::clone(&name));
    }
    Ok((unit, issues))
}
