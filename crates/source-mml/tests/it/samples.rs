use crate::support::{codes, read, records, samples};
use std::collections::BTreeSet;
use tsugite_clinical::RecordKind::{Condition, Imaging, LabResult, Prescription, Vital};
use tsugite_source::{Input, Source as _, testkit::Kit};
use tsugite_source_mml::Mml;

#[test]
fn every_case_gives_what_it_should() {
    let verdict = Kit::new(&Mml::default()).check_cases("../../samples/cases/mml".as_ref());
    assert_eq!(verdict.findings, Vec::<String>::new());
    let own = verdict.told.iter().filter(|code| code.starts_with("MML")).count();
    assert!(own >= 12, "{:?}", verdict.told);
}

/// Every file that others published: read, with each element accounted for; or refused, being a part of a message.
#[test]
fn published_samples_are_read_or_refused() {
    let Some(folder) = samples() else { return };
    let sound = tempfile::tempdir().unwrap();
    let (mut refused, mut facts) = (BTreeSet::new(), 0);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "README.md" {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        assert!(Mml::default().recognise(&Input::new(&name, bytes.as_slice())).is_some(), "{name}");
        let output = read(&bytes);
        if output.unreadable {
            assert!(codes(&output).contains(&"MML-001"), "{name}: {:?}", codes(&output));
            refused.insert(name);
            continue;
        }
        let text = String::from_utf8(bytes.clone()).unwrap();
        let count = |start: &str| text.matches(start).count();
        for (kind, expected) in [
            (Prescription, count("<mmlPs:medication>")),
            (Condition, count("<mmlRd:RegisteredDiagnosisModule")),
            (LabResult, count("<mmlLb:item>")),
            (Vital, count("<mmlVs:item>")),
            (Imaging, count("<mmlRp:ReportModule")),
        ] {
            assert_eq!(records(&output, kind), expected, "{name} {kind}");
        }
        facts += crate::support::facts(&output).len();
        std::fs::write(sound.path().join(&name), &bytes).unwrap();
    }
    let parts = [
        "mmlad_structured",
        "mmlcm_department_id",
        "mmlcm_extref",
        "mmlcm_facility_id",
        "mmlcm_personal_id",
        "mmlcm_personal_id_with_facility",
        "mmldp",
        "mmlfc",
        "mmlph_unstructured",
    ];
    assert_eq!(refused, parts.map(|part| format!("{part}_sample.xml")).into());
    // The drugs of the one whole message with a prescription, and a patient of a record of dialysis.
    assert_eq!(facts, 13 + 1);
    assert_eq!(Kit::new(&Mml::default()).check_inputs(sound.path()).findings, Vec::<String>::new());
}
