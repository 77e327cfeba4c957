//! Receipts against the official masters, where they are at hand: every diagnosis gets its codes, or it is said why not.
#![allow(clippy::print_stderr)]

use crate::receipts::{Style, file, people};
use encoding_rs::SHIFT_JIS;
use std::{collections::BTreeMap, io::Read as _, path::PathBuf, sync::Arc};
use tsugite_clinical::{
    Chart, PatientId, Statement,
    body::{Body, Diagnosis},
    policy::Policy,
    standard::{DiagnosisStandard, Standard},
};
use tsugite_source::{Context, Input, Sink, Source as _};
use tsugite_source_uke::Uke;
use tsugite_terminology::{
    Tables,
    masters::{Given, Masters, read},
    standardise,
};

const FILES: [&str; 2] = ["b_20240601.zip", "z_20250601.zip"];

fn shared(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    let bytes = std::fs::read(&path);
    if bytes.is_err() {
        eprintln!("skipped: {} is not here", path.display());
    }
    bytes.ok()
}

fn masters() -> Option<Masters> {
    let mut editions = Vec::new();
    for name in FILES {
        let bytes = shared(&format!("masters/{name}"))?;
        let imported = read(Given { name, bytes: &bytes, date: None }).unwrap();
        editions.extend(imported.into_iter().map(|imported| imported.edition));
    }
    Some(Masters::new(editions))
}

/// In no master: a code that was retired before its oldest edition.
const UNKNOWN: &str = "9999998";

/// Some hundred codes of the master, and one that it does not know.
fn codes() -> Option<Vec<String>> {
    let bytes = shared("masters/b_20240601.zip")?;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = Vec::new();
    archive.by_index(0).unwrap().read_to_end(&mut text).unwrap();
    let text = SHIFT_JIS.decode(&text).0.into_owned();
    let codes = text.lines().filter_map(|line| line.split(',').nth(2)).map(|cell| cell.trim_matches('"').to_owned());
    let codes: Vec<String> = codes.filter(|code| code != "0000999").step_by(100).collect();
    Some(codes.into_iter().chain([UNKNOWN.to_owned()]).collect())
}

/// Every diagnosis of the files with its standard side, and whether it is told or listed that something of it has no code.
fn standardised(files: &[Vec<u8>], masters: Masters) -> Vec<(Diagnosis, DiagnosisStandard, bool)> {
    let context = Context { instance: "test".into(), id_space: "test".into(), gaiji: Arc::default() };
    let mut charts: BTreeMap<PatientId, Vec<Statement>> = BTreeMap::new();
    for bytes in files {
        let mut sink = Sink::new();
        Uke::default().read(&Input::new("RECEIPTC.UKE", bytes.as_slice()), &context, &mut sink);
        for statement in sink.finish().statements {
            charts.entry(statement.patient().clone()).or_default().push(statement);
        }
    }
    let (tables, policy) = (Tables::embedded().with_masters(Arc::new(masters)), Policy::default());
    let mut all = Vec::new();
    for statements in charts.into_values() {
        let chart = Chart::new(statements);
        let standardised = standardise(chart.resolve(), &tables, &policy);
        for (stated, standard) in chart.facts().iter().zip(&standardised.standards) {
            let (Body::Diagnosis(diagnosis), Standard::Diagnosis(standard)) = (&stated.fact.body, standard) else {
                continue;
            };
            let told = standardised.issues.iter().any(|issue| issue.origin.as_ref() == Some(&stated.fact.origin));
            all.push(((**diagnosis).clone(), (**standard).clone(), told));
        }
    }
    all
}

fn check(all: &[(Diagnosis, DiagnosisStandard, bool)]) {
    for (diagnosis, standard, told) in all {
        let code = &diagnosis.disease.codes[0].code;
        assert_eq!(standard.uncoded, code == "0000999" || code == UNKNOWN, "{code}: {standard:?}");
        assert!(!standard.uncoded || *told, "{code}: nobody is told");
        // The unknown one has no name; what reports holds it.
        assert!(
            code == UNKNOWN || (!standard.text.is_empty() && !standard.text.contains(code.as_str())),
            "{code}: {}",
            standard.text
        );
        let written = diagnosis.prefixes.len() + diagnosis.suffixes.len();
        let modifiers: Vec<_> = standard.prefixes.iter().chain(&standard.suffixes).collect();
        assert_eq!(modifiers.len(), written);
        assert!(modifiers.iter().all(|modifier| !modifier.codings.is_empty()), "{code}: {modifiers:?}");
    }
}

#[test]
fn every_diagnosis_of_the_sample_has_its_codes_or_is_told() {
    let (Some(bytes), Some(masters)) = (shared("samples/uke/dev/gairai_part1.UKE"), masters()) else { return };
    let all = standardised(&[bytes], masters);
    assert_eq!(all.len(), 5);
    check(&all);
}

#[test]
fn every_generated_diagnosis_has_its_codes_or_is_told() {
    let (Some(codes), Some(masters)) = (codes(), masters()) else { return };
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let people = people(5, 200, &codes);
    let era = Style { era: true, ..Style::default() };
    let files =
        [file(&people, 0, 1, Style::default()), file(&people, 1, 1, era), file(&people, 0, 3, Style::default())];
    let all = standardised(&files, masters);
    assert!(all.len() > 1000, "{}", all.len());
    assert!(all.iter().any(|(diagnosis, ..)| diagnosis.disease.codes[0].code == UNKNOWN));
    check(&all);
}
