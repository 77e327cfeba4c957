//! Decoding of HL7 text as clinics store it, in GB/s of input, beside the bare decoder of encoding_rs on the same bytes: it makes
//! neither a map nor repairs, and refuses much of what the field writes, so it is the bound and not a rival.
//!
//! `cargo bench -p tsugite-charset`

use divan::{Bencher, counter::BytesCount};
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8};
use std::hint::black_box;
use tsugite_charset::{Encoding, GaijiTable, decode, detect};

fn main() {
    divan::main();
}

const SEGMENTS: [&str; 6] = [
    "MSH|^~\\&|HIS|SENDER|GW|RECEIVER|20260401101500||OUL^R22^OUL_R22|000001|P|2.5||||||~ISO IR87||ISO 2022-1994\r",
    "PID|0001||0000012345^^^^PI||架空^太郎^^^^^L^I~カクウ^タロウ^^^^^L^P||19600101|M|||^^^^000-0000^JPN^H^架空県見本市例町一丁目２番３号\r",
    "OBX|1|NM|3A015000002327101^アルブミン^JC10^0001^ALB^99LAB||4.9|g/dl^g/dl^99UNT|3.7-5.5|N|||F|||20260401090000\r",
    "OBX|2|NM|2A030000001928201^ヘモグロビン^JC10^0002^HGB^99LAB||12.8|g/dl^g/dl^99UNT|11.3-15.2|N|||F|||20260401090000\r",
    "OBX|3|ST|5C095000002302301^Ｃ反応性蛋白（定量）^JC10^0003^CRP^99LAB||0.3未満|mg/dl^mg/dl^99UNT|0.3以下|N|||F|||20260401090000\r",
    "NTE|1||採血後の経過は良好。次回は二週間後に再検の予定。\r",
];

/// `size` bytes of text, about: 4 KB is one message, 1 MB shows the flow.
fn text(size: usize) -> String {
    let mut text: String = SEGMENTS[..2].concat();
    while text.len() < size {
        text.push_str(&SEGMENTS[2..].concat());
    }
    text
}

fn ascii(size: usize) -> String {
    text(size).chars().filter(char::is_ascii).collect()
}

const MESSAGE: usize = 4 << 10;
const FLOW: usize = 1 << 20;

fn ours(bencher: Bencher<'_, '_>, bytes: &[u8], encoding: Encoding) {
    let gaiji = GaijiTable::default();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(|| decode(black_box(bytes), encoding, &gaiji));
}

fn bound(bencher: Bencher<'_, '_>, bytes: &[u8], encoding: &'static encoding_rs::Encoding) {
    let decode = || encoding.decode_without_bom_handling(black_box(bytes)).0.len();
    bencher.counter(BytesCount::of_slice(bytes)).bench_local(decode);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn iso_2022_jp(bencher: Bencher<'_, '_>, size: usize) {
    ours(bencher, &ISO_2022_JP.encode(&text(size)).0, Encoding::Iso2022Jp);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn iso_2022_jp_bound(bencher: Bencher<'_, '_>, size: usize) {
    bound(bencher, &ISO_2022_JP.encode(&text(size)).0, ISO_2022_JP);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn shift_jis(bencher: Bencher<'_, '_>, size: usize) {
    ours(bencher, &SHIFT_JIS.encode(&text(size)).0, Encoding::ShiftJis);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn shift_jis_bound(bencher: Bencher<'_, '_>, size: usize) {
    bound(bencher, &SHIFT_JIS.encode(&text(size)).0, SHIFT_JIS);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn euc_jp(bencher: Bencher<'_, '_>, size: usize) {
    ours(bencher, &EUC_JP.encode(&text(size)).0, Encoding::EucJp);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn euc_jp_bound(bencher: Bencher<'_, '_>, size: usize) {
    bound(bencher, &EUC_JP.encode(&text(size)).0, EUC_JP);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn utf_8(bencher: Bencher<'_, '_>, size: usize) {
    ours(bencher, text(size).as_bytes(), Encoding::Utf8);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn utf_8_bound(bencher: Bencher<'_, '_>, size: usize) {
    bound(bencher, text(size).as_bytes(), UTF_8);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn ascii_as_iso_2022_jp(bencher: Bencher<'_, '_>, size: usize) {
    ours(bencher, ascii(size).as_bytes(), Encoding::Iso2022Jp);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn ascii_as_iso_2022_jp_bound(bencher: Bencher<'_, '_>, size: usize) {
    bound(bencher, ascii(size).as_bytes(), ISO_2022_JP);
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn detect_iso_2022_jp(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = ISO_2022_JP.encode(&text(size)).0.into_owned();
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| detect(black_box(&bytes), None));
}

#[divan::bench(args = [MESSAGE, FLOW])]
fn detect_shift_jis(bencher: Bencher<'_, '_>, size: usize) {
    let bytes = SHIFT_JIS.encode(&text(size)).0.into_owned();
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| detect(black_box(&bytes), None));
}
