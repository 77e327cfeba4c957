use crate::support::{codes, ends, facts, prescriptions, read, samples};
use std::collections::BTreeSet;
use tsugite_clinical::body::Body;
use tsugite_source::{Input, Output, Source as _, testkit::Kit};
use tsugite_source_jahis::Jahis;

#[test]
fn every_case_gives_what_it_should() {
    let source = Jahis::default();
    let kit = Kit::new(&source);
    let mut told = BTreeSet::new();
    for folder in ["../../samples/cases/jahis-qr", "../../samples/cases/jahis-techo"] {
        let verdict = kit.check_cases(folder.as_ref());
        assert_eq!(verdict.findings, Vec::<String>::new());
        told.extend(verdict.told);
    }
    let own = told.iter().filter(|code| code.starts_with("JAHIS")).count();
    assert!(own >= 20, "{told:?}");
}

/// Every file that others published: read, with each drug accounted for; or refused.
#[test]
fn published_samples_are_read_or_refused() {
    let mut refused = BTreeSet::new();
    let (mut carried, mut held) = (0, 0);
    for part in ["jahis-qr/dev", "jahis-techo/dev"] {
        let Some(folder) = samples(part) else { return };
        let sound = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            let bytes = std::fs::read(entry.path()).unwrap();
            if name == "README.md" {
                continue;
            }
            if Jahis::default().recognise(&Input::new(&name, bytes.as_slice())).is_none() {
                refused.insert(name);
                continue;
            }
            let output = read(&bytes);
            assert!(!output.unreadable, "{name}");
            let text = String::from_utf8(bytes.clone()).unwrap();
            let drugs = text.lines().filter(|line| line.starts_with("201,")).count();
            let ended = ends(&output).into_iter().filter(|(kind, _)| kind.name() == "prescription");
            let over_the_counter = text.lines().filter(|line| line.starts_with("3,") && part.contains("techo")).count();
            assert_eq!(prescriptions(&output).len() + ended.count(), drugs + over_the_counter, "{name}");
            carried += prescriptions(&output).len();
            held += output.ended.len();
            std::fs::write(sound.path().join(&name), &bytes).unwrap();
        }
        assert_eq!(Kit::new(&Jahis::default()).check_inputs(sound.path()).findings, Vec::<String>::new());
    }
    assert_eq!(refused.iter().map(String::as_str).collect::<Vec<_>>(), ["empty-input.txt", "invalid-header.txt"]);
    assert_eq!((carried, held), (5, 28));
}

/// What is true of one prescription is true of it in every encoding and with every line end.
#[test]
fn encodings_line_ends_and_marks_change_nothing() {
    let Some(folder) = samples("jahis-qr/dev") else { return };
    let text = std::fs::read_to_string(folder.join("hiko2msp_sample.csv")).unwrap();
    let plain = read(text.as_bytes());
    let lines: Vec<&str> = text.lines().collect();
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let variants = [
        [lines.join("\r\n").as_bytes(), b"\r\n\x1a"].concat(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        [encoding_rs::SHIFT_JIS.encode(&(lines.join("\r\n") + "\r\n")).0.as_ref(), b"\x1a"].concat(),
        cp932.into_owned(),
    ];
    let mut kinds = BTreeSet::new();
    for variant in &variants {
        let output = read(variant);
        assert_eq!(bodies(&output), bodies(&plain));
        kinds.extend(codes(&output).into_iter().map(str::to_owned));
    }
    assert!(!kinds.contains("CHARSET-006"), "{kinds:?}");
}

fn bodies(output: &Output) -> Vec<Body> {
    facts(output).into_iter().map(|fact| fact.body.clone()).collect()
}
