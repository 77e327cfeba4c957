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
