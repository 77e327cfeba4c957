//! Nothing leaves that the strict rules call an error.

use tsugite_clins::{BuiltUnit, HeldUnit};
use tsugite_issue::{Issue, Severity};
use tsugite_validate::{Memory, Options, check_in};

/// Judges the bytes of a Unit.
///
/// # Errors
/// The Unit, held under the rule that its first error names.
pub fn pass(unit: BuiltUnit, options: &Options, memory: &mut Memory) -> Result<(BuiltUnit, Vec<Issue>), HeldUnit> {
    let report = check_in(memory, &unit.bytes, options);
    let rule = report.issues.iter().find(|issue| issue.severity() == Severity::Error).map(|issue| issue.definition);
    match rule {
        Some(rule) => {
            Err(HeldUnit { key: unit.key, rule, issues: report.issues, members: unit.members, origins: Vec::new() })
        }
        None => Ok((unit, report.issues)),
    }
}
