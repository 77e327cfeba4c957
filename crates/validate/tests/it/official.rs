//! The official examples of the guide, where they are at hand: none may give an error.

use std::path::{Path, PathBuf};
use tsugite_issue::Severity;
use tsugite_validate::{Options, check};

/// A folder of official data, which lies beside the checkout, not in it. A test without it is skipped.
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

pub fn examples() -> Vec<(PathBuf, Vec<u8>)> {
    let Some(folder) = shared("fhir-examples") else {
        return Vec::new();
    };
    let files = std::fs::read_dir(folder.join("clins-1.10.0")).unwrap();
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
