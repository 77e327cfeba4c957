//! The official examples of the guide, where they are at hand: none may give an error.

use std::path::{Path, PathBuf};
use tsugite_issue::Severity;
use tsugite_validate::{Options, check};

/// The examples lie beside the checkout, not in it.
pub fn examples() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fhir-examples/clins-1.10.0");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return Vec::new();
    };
    let paths = files.map(|file| file.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json"));
    paths.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn the_official_examples_give_no_error() {
    for (path, bytes) in examples() {
        let report = check(&bytes, &Options::default());
        for issue in &report.issues {
            println!("{:?} {} {:?} {:?}", issue.severity(), issue.code(), issue.path, issue.found);
        }
        assert_eq!(report.count(Severity::Error), 0, "{}", path.display());
    }
}
