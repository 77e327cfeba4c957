//! Reading a lab message: the index alone, and a visit to every component, in MB/s of decoded text, beside the bounds: one look at
//! every byte for the line ends, and one for the field separators, with memchr.
//!
//! `cargo bench -p tsugite-er7`

use divan::{Bencher, counter::BytesCount};
use std::hint::black_box;
use tsugite_charset::{Decoded, Encoding, GaijiTable, decode};
use tsugite_er7::Message;

fn main() {
    divan::main();
}

const HEAD: &str = "MSH|^~\\&|HIS|SENDER|GW|RECEIVER|20260401101500||OUL^R22^OUL_R22|000001|P|2.5||||||~ISO IR87||ISO 2022-1994\r\
PID|0001||0000012345^^^^PI||架空^太郎^^^^^L^I~カクウ^タロウ^^^^^L^P||19600101|M|||^^^^000-0000^JPN^H^架空県見本市例町一丁目２番３号\r\
SPM|1|000000001219001||023^血清^JC10|||||||||||||20260401090000\r\
OBR|1|000000011000354|000000001219001|E001^生化学的検査^99O03|||20260401|20260401||||||||607^医師^一郎^^^^^^L^I\r";
const RESULTS: &str = "OBX|1|NM|3A015000002327101^アルブミン^JC10^0001^ALB^99LAB||4.9|g/dl^g/dl^99UNT|3.7-5.5|N|||F|||20260401090000\r\
OBX|2|NM|2A030000001928201^ヘモグロビン^JC10^0002^HGB^99LAB||12.8|10\\S\\4/uL^g/dl&x^99UNT|11.3-15.2|N|||F|||20260401090000\r";

/// A message of some 21 results, as a laboratory sends it.
fn text() -> String {
    let mut text = HEAD.to_owned();
    (0..11).for_each(|_| text.push_str(RESULTS));
    text
}

fn with(bencher: Bencher<'_, '_>, work: impl Fn(&Decoded<'_>) -> usize) {
    let text = text();
    let decoded = decode(text.as_bytes(), Encoding::Utf8, &GaijiTable::default());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| work(black_box(&decoded)));
}

#[divan::bench]
fn bound_memchr(bencher: Bencher<'_, '_>) {
    with(bencher, |decoded| memchr::memchr2_iter(b'\r', b'\n', decoded.text.as_bytes()).sum());
}

#[divan::bench]
fn bound_memchr_separators(bencher: Bencher<'_, '_>) {
    with(bencher, |decoded| memchr::memchr_iter(b'|', decoded.text.as_bytes()).sum());
}

#[divan::bench]
fn index(bencher: Bencher<'_, '_>) {
    with(bencher, |decoded| Message::parse(decoded).segments().count());
}

#[divan::bench]
fn index_and_every_component(bencher: Bencher<'_, '_>) {
    with(bencher, |decoded| {
        let message = Message::parse(decoded);
        let fields = message.segments().flat_map(|segment| segment.fields());
        let components = fields.flat_map(|field| field.repetitions()).flat_map(|repetition| repetition.components());
        components.map(|component| component.raw().len()).sum()
    });
}

#[divan::bench]
fn index_and_every_component_with_text_and_span(bencher: Bencher<'_, '_>) {
    with(bencher, |decoded| {
        let message = Message::parse(decoded);
        let fields = message.segments().flat_map(|segment| segment.fields());
        let components = fields.flat_map(|field| field.repetitions()).flat_map(|repetition| repetition.components());
        components.map(|component| component.text().len() + usize::from(component.span().start > 9)).sum()
    });
}

/// As a source reads: by number.
#[divan::bench]
fn index_and_named_fields(bencher: Bencher<'_, '_>) {
    with(bencher, |decoded| {
        let message = Message::parse(decoded);
        let results = message.segments_named("OBX").map(|obx| {
            let code = obx.field(3);
            let parts =
                [code.component(1), code.component(3), code.component(4), obx.field(5), obx.field(6).component(1)];
            parts.iter().map(|part| part.raw().len()).sum::<usize>() + obx.field(14).raw().len()
        });
        results.sum()
    });
}
