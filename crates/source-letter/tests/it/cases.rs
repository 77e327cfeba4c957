use tsugite_charset::GaijiTable;
use tsugite_clinical::Statement;
use tsugite_source::{Context, Input, Sink, Source as _, testkit::Kit};
use tsugite_source_letter::{Kind, LetterSource, read_draft};

#[test]
fn every_case_gives_what_stands_beside_it() {
    let verdict = Kit::new(&LetterSource).check_cases("../../samples/cases/letter".as_ref());
    assert_eq!(verdict.findings, Vec::<String>::new());
}

#[test]
fn a_letter_written_back_as_toml_says_the_same() {
    let mut read = 0;
    for case in
        ["referral-toml/input/letter.toml", "referral-text/input/letter.txt", "discharge-text/input/summary.txt"]
    {
        let bytes = std::fs::read(format!("../../samples/cases/letter/{case}")).unwrap();
        let letter = read_draft(&bytes, Kind::Referral, &GaijiTable::default()).unwrap();
        let toml = letter.to_toml().unwrap();
        let again = read_draft(toml.as_bytes(), Kind::Referral, &GaijiTable::default())
            .unwrap_or_else(|e| panic!("{e:?}\n{toml}"));
        assert_eq!(again.to_toml().unwrap(), toml, "{case}");
        let facts = |path: &str, bytes: &[u8]| {
            let (mut sink, input) = (Sink::new(), Input::new(path, bytes));
            let context = Context { instance: "a".into(), id_space: "a".into(), gaiji: Default::default() };
            LetterSource.read(&input, &context, &mut sink);
            let facts = sink.finish().statements.into_iter().filter_map(|statement| match statement {
                Statement::Fact(fact) => Some((fact.key, fact.version, fact.presence, fact.body)),
                _ => None,
            });
            facts.collect::<Vec<_>>()
        };
        let (own, written) = (facts(case, &bytes), facts("letter.toml", toml.as_bytes()));
        assert_eq!(own, written, "{case}");
        read += own.len();
    }
    assert!(read > 10, "{read}");
}

/// The two letters that the description of the format shows.
#[test]
fn what_the_description_shows_can_be_read() {
    let readme = include_str!("../../README.md");
    let text: String = readme
        .lines()
        .skip_while(|line| !line.starts_with("    診療情報提供書"))
        .take_while(|line| line.is_empty() || line.starts_with("    "))
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    let toml = readme.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    for (letter, entries) in [(text.as_str(), 2), (toml, 2)] {
        let letter = read_draft(letter.trim_start().as_bytes(), Kind::Referral, &GaijiTable::default());
        // The attachment of the example is no file.
        let letter = match letter {
            Err((issue, _, _)) => {
                assert_eq!(issue.code(), "LETTER-009");
                continue;
            }
            Ok(letter) => letter,
        };
        let found: usize = letter.sections.iter().map(|section| section.problems.len()).sum();
        assert_eq!((found, letter.missing().len()), (entries, 0));
    }
    for name in
        readme.split("Names of sections:").nth(1).unwrap().split("\n\n").next().unwrap().split('`').skip(1).step_by(2)
    {
        let toml = format!("[letter]\nformat = 1\n[[section]]\nkind = \"{name}\"\n");
        assert!(
            read_draft(toml.as_bytes(), Kind::Referral, &GaijiTable::default()).is_ok_and(|_| true)
                || read_draft(toml.as_bytes(), Kind::Discharge, &GaijiTable::default()).is_ok(),
            "{name}"
        );
    }
}
