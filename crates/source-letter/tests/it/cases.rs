use tsugite_source::testkit::Kit;
use tsugite_source_letter::LetterSource;

#[test]
fn every_case_gives_what_stands_beside_it() {
    let verdict = Kit::new(&LetterSource).check_cases("../../samples/cases/letter".as_ref());
    assert_eq!(verdict.findings, Vec::<String>::new());
}
