use tsugite_source::testkit::Kit;
use tsugite_source_uke::Uke;

#[test]
fn every_case_gives_what_stands_beside_it() {
    let verdict = Kit::new(&Uke::default()).check_cases("../../samples/cases/uke".as_ref());
    assert_eq!(verdict.findings, Vec::<String>::new());
}
