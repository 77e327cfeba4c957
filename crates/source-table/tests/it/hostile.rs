//! Drafts of anything, and mapping files with anything in them: no panic, and a draft is always TOML.

use proptest::prelude::*;
use std::{fs, path::Path};
use tsugite_source_table::{Mapping, draft};

fn is_toml(text: &str) -> Result<(), String> {
    toml::from_str::<toml::Table>(text).map(drop).map_err(|error| format!("{error}\n{text}"))
}

#[test]
fn a_draft_of_every_sample_is_toml() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/cases/table");
    let mut drafts = 0;
    for case in fs::read_dir(cases).unwrap().flatten() {
        for file in fs::read_dir(case.path().join("input")).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if let Some(draft) = draft(&name, &fs::read(file.path()).unwrap()) {
                is_toml(&draft).unwrap();
                drafts += 1;
            }
        }
    }
    assert!(drafts > 10);
}

#[test]
fn headings_that_mean_something_to_toml_do_no_harm() {
    for heading in ["\"患者\n番号\"", "a\\b", "\"\"\"x\"\"\"", "[row]", "x = 1", "\"\"\"\"\"\""] {
        let text = format!("患者番号,{heading},結果\n00000001,x,1.0\n00000002,y,2.0\n");
        is_toml(&draft("a.csv", text.as_bytes()).unwrap_or_default()).unwrap();
    }
}

#[test]
fn what_is_no_table_has_no_draft() {
    let mut state = 7_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_le_bytes()[3]
    });
    let noise: Vec<u8> = noise.take(50_000).collect();
    let letter = "拝啓\n時下、ますます\nご清祥のこととお慶び申し上げます。\n敬具\n";
    for bytes in [&noise[..], b"", b"\x7fELF\0\0\0\0,\0\0\0\n\0,\0", letter.as_bytes(), b"PK\x03\x04 no sheet"] {
        assert_eq!(draft("a.csv", bytes), None);
    }
    assert!(draft("a.csv", "番号,結果\n1,2\n".as_bytes()).is_some());
}

const MAPPING: &str = include_str!("../../../../mappings/lab-company/header-detail.toml");

proptest! {
    #[test]
    fn no_bytes_panic_a_draft(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(is_toml(&draft("a.dat", &bytes).unwrap_or_default()), Ok(()));
    }

    #[test]
    fn no_table_panics_a_draft(text in "([患番名,\"\n\t;|0-9/昭.a-z\\\\]{0,12}[,\n]){0,30}") {
        prop_assert_eq!(is_toml(&draft("a_20260401.csv", text.as_bytes()).unwrap_or_default()), Ok(()));
    }

    #[test]
    fn no_mapping_file_panics(at in 0..MAPPING.len(), length in 0..30_usize, with in "[a-z0-9\"\\[\\]{}=,.\n -]{0,8}") {
        let start = (0..=at).rev().find(|at| MAPPING.is_char_boundary(*at)).unwrap();
        let end = (start + length..=MAPPING.len()).find(|at| MAPPING.is_char_boundary(*at)).unwrap_or(MAPPING.len());
        let text = format!("{}{with}{}", &MAPPING[..start], &MAPPING[end..]);
        let checked = Mapping::parse("m.toml", &text, &|_| None);
        for issue in &checked.issues {
            let span = issue.origin.as_ref().unwrap().span;
            prop_assert!(span.start <= span.end && span.end <= text.len() as u64);
            let _ = tsugite_source_table::draw(issue, &text, tsugite_issue::Lang::Ja);
        }
        if let Some(mapping) = checked.mapping {
            let _ = mapping.run_tests(&text);
        }
    }
}
