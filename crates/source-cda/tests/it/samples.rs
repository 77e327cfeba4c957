//! The source over its cases, and over the public samples where they are there.

use std::{collections::BTreeSet, path::Path};
use tsugite_source::testkit::Kit;
use tsugite_source_cda::{Cda, issues};

/// Why a record is not carried is no issue of its own; another kind of XML is read only where the source is forced upon it.
/// Whose a number is, only a source that knows its site can say.
const SILENT: [&str; 7] = [
    issues::NOT_CDA.code,
    issues::GUIDANCE.code,
    issues::NEGATED.code,
    issues::RECEIVED.code,
    issues::NUMBER_UNCLEAR.code,
    issues::OF_ANOTHER.code,
    issues::STOPPED.code,
];

#[test]
fn cases() {
    let mut told = BTreeSet::from(SILENT);
    for folder in ["hc08", "cda"] {
        let verdict = Kit::new(&Cda::default()).check_cases(&Path::new("../../samples/cases").join(folder));
        assert_eq!(verdict.findings, Vec::<String>::new());
        told.extend(verdict.told);
    }
    let never: Vec<_> =
        issues::ALL.iter().map(|definition| definition.code).filter(|code| !told.contains(code)).collect();
    assert_eq!(never, Vec::<&str>::new(), "no case makes the source say this");
}

#[test]
fn public_samples() {
    let folder = Path::new("../../../shared/samples/hc08/dev");
    if !folder.is_dir() {
        println!("skipped: {} is not here", folder.display());
        return;
    }
    let verdict = Kit::new(&Cda::default()).check_inputs(folder);
    let findings: Vec<_> = verdict.findings.iter().filter(|finding| !finding.starts_with("README.md")).collect();
    assert_eq!(findings, Vec::<&String>::new());
    // The nonconformant sample has a code of its author's own, the template one of all nines.
    assert!(verdict.told.contains(issues::DOCUMENT_UNKNOWN.code));
    assert_eq!(verdict.inputs, 5);
}
