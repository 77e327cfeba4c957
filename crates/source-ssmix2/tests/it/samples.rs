use crate::support::{bodies, codes, facts, files, read, records, samples};
use std::collections::{BTreeMap, BTreeSet};
use tsugite_clinical::{Chart, PatientId, Presence, RecordKind, Standing, Statement};
use tsugite_source::Output;

fn count_lines(bytes: &[u8], names: &[&str]) -> usize {
    let named = |line: &[u8]| names.iter().any(|name| line.starts_with(format!("{name}|").as_bytes()));
    bytes.split(|b| matches!(b, b'\r' | b'\n')).filter(|line| named(line)).count()
}

fn all_records(output: &Output) -> BTreeMap<RecordKind, usize> {
    RecordKind::ALL.into_iter().map(|kind| (kind, records(output, kind))).filter(|(_, n)| *n > 0).collect()
}

fn sum(into: &mut BTreeMap<RecordKind, usize>, from: BTreeMap<RecordKind, usize>) {
    from.into_iter().for_each(|(kind, n)| *into.entry(kind).or_default() += n);
}

#[test]
fn every_line_of_the_generated_storage_is_accounted_for() {
    use RecordKind::{Allergy, Condition, Injection, LabResult, Prescription, Vital};
    let Some(folder) = samples("generated") else { return };
    let (mut total, mut issues, mut context) = (BTreeMap::new(), BTreeMap::new(), 0);
    let all = files(&folder);
    for (path, bytes) in &all {
        let output = read(path, bytes);
        assert!(!output.unreadable && output.held.is_none(), "{path}");
        let lab = path.contains("/OML-11/");
        for (kind, names) in [
            (Condition, ["PRB"].as_slice()),
            (Allergy, &["IAM", "AL1"]),
            (LabResult, if lab { &["OBX"] } else { &[] }),
            (Vital, if lab { &[] } else { &["OBX"] }),
            (Prescription, if path.contains("/OMP-01/") { &["RXE"] } else { &[] }),
            (Injection, if path.contains("/OMP-02/") { &["RXE"] } else { &[] }),
        ] {
            assert_eq!(records(&output, kind), count_lines(bytes, names), "{path} {kind}");
        }
        for code in codes(&output) {
            *issues.entry(code.to_owned()).or_insert(0) += 1;
        }
        context += usize::from(output.context);
        sum(&mut total, all_records(&output));
    }
    let expected =
        [(Condition, 115), (Allergy, 136), (LabResult, 2163), (Vital, 160), (Prescription, 164), (Injection, 25)];
    assert_eq!((all.len(), total), (448, expected.into()));
    assert_eq!(context, 98 + 17 + 17, "visits and stays");
    // The generator's slips: the event of ADT-12, and the shifted representation of names in ADT-00.
    let told = |code: &str| issues.get(code).copied().unwrap_or_default();
    assert_eq!((told("SSMIX2-010"), told("SSMIX2-014")), (98, 40));
    assert_eq!(issues.keys().filter(|code| code.starts_with("SSMIX2")).count(), 2, "{issues:?}");
}

fn charts(statements: impl IntoIterator<Item = Statement>) -> BTreeMap<PatientId, Chart> {
    let mut by_patient: BTreeMap<PatientId, Vec<Statement>> = BTreeMap::new();
    for statement in statements {
        by_patient.entry(statement.patient().clone()).or_default().push(statement);
    }
    by_patient.into_iter().map(|(patient, statements)| (patient, Chart::new(statements))).collect()
}

#[test]
fn the_active_set_of_the_lifecycle_storage_is_that_of_its_manifest() {
    let Some(folder) = samples("lifecycle/storage") else { return };
    let manifest = std::fs::read_to_string(folder.join("../manifest.tsv")).unwrap();
    let gone: BTreeSet<String> = manifest
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (path, kind) = (columns.next()?, columns.next()?);
            let gone = matches!(kind, "superseded" | "deleted-original" | "delete-message");
            gone.then(|| path.trim_start_matches("storage/").to_owned())
        })
        .collect();
    assert!(gone.len() > 20);
    let statements: Vec<Statement> =
        files(&folder).iter().flat_map(|(path, bytes)| read(path, bytes).statements).collect();
    let charts = charts(statements);
    assert_eq!(charts.len(), 8);
    let (mut active, mut gone_seen) = (0, 0);
    for chart in charts.values() {
        for (stated, standing) in chart.resolve().iter() {
            let file = &stated.fact.origin.input.path;
            let expected = match (gone.contains(file), stated.fact.presence) {
                (false, Presence::Present) => standing == Standing::Active,
                // IAM-6 D in a list that is in force.
                (false, presence) => presence == Presence::Deleted && standing == Standing::Retracted,
                (true, _) => matches!(standing, Standing::Superseded | Standing::Retracted),
            };
            assert!(expected, "{file}: {standing:?} of {}", stated.fact.key.item);
            active += usize::from(standing == Standing::Active);
            gone_seen += usize::from(gone.contains(file));
        }
    }
    assert!(active > 400 && gone_seen > 50, "{active} {gone_seen}");
}

#[test]
fn all_encodings_give_the_same_names() {
    let Some(folder) = samples("encoding") else { return };
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let (mut patients, mut results) = (0, 0);
    for line in manifest.lines().skip(1) {
        let mut columns = line.split('\t');
        let (file, expected) = (columns.next().unwrap(), columns.nth(2).unwrap_or_default());
        let output = read(&format!("encoding/{file}"), &std::fs::read(folder.join(file)).unwrap());
        assert!(!output.unreadable && output.held.is_none(), "{file}");
        if expected.is_empty() {
            results += 1;
            assert_eq!(records(&output, RecordKind::LabResult), 3, "{file}");
            continue;
        }
        patients += 1;
        let patient = bodies!(output, Patient)[0].0.clone();
        let names: Vec<_> = patient.names.iter().map(|n| format!("{}^{}", n.family, n.given)).collect();
        let wanted: Vec<_> =
            expected.split('~').map(|xpn| xpn.split('^').take(2).collect::<Vec<_>>().join("^")).collect();
        assert_eq!(names, wanted, "{file}");
        let address = patient.address.map(|a| a.text).unwrap_or_default();
        match file {
            "10-nec-row13.hl7" => assert!(address.ends_with("仮クレスト649 ①号棟㈱Ⅲ"), "{address}"),
            "40-hl7-null.hl7" => assert_eq!(address, ""),
            "41-hl7-escapes.hl7" => assert!(address.ends_with("|^~&\\ A&B"), "{address}"),
            _ => assert_eq!(address, "群馬県利根郡片品村下平99丁目15番4号 仮クレスト649", "{file}"),
        }
        assert!(facts(&output).iter().all(|f| f.patient.id.as_ref() == "0749767697"), "{file}");
        if file == "11-unclosed-kanji-shift.hl7" {
            assert!(codes(&output).contains(&"CHARSET-004"), "{:?}", codes(&output));
        }
    }
    assert_eq!((patients, results), (23, 8));
}
