//! A large mixed input is read in parts, and says the same.

use crate::{
    house::{InMemory, Run},
    receipts::{CODES, Style, file, people},
};

fn input(bytes: &[u8], opens: bool) -> InMemory {
    InMemory { path: "root/RECEIPTC.UKE".into(), bytes: Some(bytes.to_vec()), opens }
}

/// Few receipts, each with a long remark: large in bytes, quick to report.
fn large() -> Vec<u8> {
    let receipts =
        String::from_utf8(file(&people(7, 500, &CODES), 0, 1, Style { utf8: true, ..Style::default() })).unwrap();
    let remark = format!("\r\nSJ,01,{}\r\nRE,", "仮の症状詳記".repeat(500));
    let bytes = receipts.replace("\r\nRE,", &remark).into_bytes();
    assert!(bytes.len() > 4 << 20, "{}", bytes.len());
    bytes
}

#[test]
fn a_large_input_says_in_parts_what_it_says_as_a_whole() {
    let bytes = large();
    let whole = Run { jobs: 2, ..Run::default() }.over(vec![input(&bytes, false)], vec![]);
    assert!(whole.sums.total().closes() && whole.sums.total().total > 4000);
    assert_eq!(whole.sums.inputs.read, 1);
    let parts = Run { jobs: 2, ..Run::default() }.over(vec![input(&bytes, true)], vec![]);
    assert_eq!(parts.sums, whole.sums);
    assert_eq!(parts.bundles, whole.bundles);
    assert_eq!(parts.held, whole.held);
    let twice = Run { jobs: 2, ..Run::default() }.over(vec![input(&bytes, true), input(&bytes, true)], vec![]);
    assert_eq!((twice.sums.inputs.read, twice.sums.inputs.skipped), (1, 1), "what was read before is passed over");
    assert_eq!(twice.sums.records, whole.sums.records);
}

#[test]
fn an_input_that_is_gone_ends_no_run() {
    let gone = InMemory { path: "root/gone.csv".into(), bytes: None, opens: true };
    let outcome = Run::default().over(vec![gone, input(&large(), true)], vec![]);
    assert_eq!((outcome.sums.inputs.unreadable, outcome.sums.inputs.read), (1, 1));
}
