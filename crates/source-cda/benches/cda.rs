//! Health checks a second from bytes to facts, beside decoding and walking the XML alone.
#![allow(clippy::unwrap_used)]

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use std::{fmt::Write as _, sync::Arc};
use tsugite_charset::GaijiTable;
use tsugite_source::{Context, Input, Sink, Source as _};
use tsugite_source_cda::Cda;
use tsugite_xml::{Document, Limits, Reader, decode};

fn main() {
    divan::main();
}

/// A report of 60 items, some 18 KB.
fn report() -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <code code=\"10\" codeSystem=\"1.2.392.200119.6.1001\"/><effectiveTime value=\"20240415\"/><recordTarget><patientRole>\
         <id extension=\"06139999\" root=\"1.2.392.200119.6.101\"/><id extension=\"１０１\" root=\"1.2.392.200119.6.204\"/>\
         <id extension=\"２３４５６７\" root=\"1.2.392.200119.6.205\"/><id extension=\"01\" root=\"1.2.392.200119.6.211\"/>\
         <addr><postalCode>100-0000</postalCode>東京都架空区継手町１－２－３</addr><patient><name>ツギテ　ケンイチ</name>\
         <administrativeGenderCode code=\"1\" codeSystem=\"1.2.392.200119.6.1104\"/><birthTime value=\"19620519\"/></patient>\
         </patientRole></recordTarget><documentationOf><serviceEvent><code code=\"010\" codeSystem=\"1.2.392.200119.6.1002\"/>\
         <effectiveTime value=\"20240410\"/></serviceEvent></documentationOf><component><structuredBody><component><section>\
         <code code=\"01010\" codeSystem=\"1.2.392.200119.6.1010\"/><title>検査・問診結果セクション</title><text/>\n",
    );
    for number in 0..60 {
        let _ = write!(
            text,
            "          <entry>\n            <observation classCode=\"OBS\" moodCode=\"EVN\">\n              <code code=\"3F{number:03}00000232710\
             1\" displayName=\"検査項目\"/>\n              <value xsi:type=\"PQ\" value=\"{number}.5\" unit=\"mg/dL\"/>\n              \
             <interpretationCode code=\"H\"/>\n            </observation>\n          </entry>\n"
        );
    }
    text.push_str("</section></component></structuredBody></component></ClinicalDocument>\n");
    text.into_bytes()
}

#[divan::bench]
fn decode_and_walk(bencher: Bencher<'_, '_>) {
    let (bytes, gaiji) = (report(), GaijiTable::default());
    bencher.counter(BytesCount::of_slice(&bytes)).counter(ItemsCount::new(1_usize)).bench(|| {
        let (_, decoded) = decode(&bytes, &gaiji);
        let mut reader = Reader::new(&decoded.text, &Limits::default());
        let mut events = 0_usize;
        while reader.next_event().unwrap().is_some() {
            events += 1;
        }
        events
    });
}

#[divan::bench]
fn to_tree(bencher: Bencher<'_, '_>) {
    let (bytes, gaiji) = (report(), GaijiTable::default());
    bencher.counter(BytesCount::of_slice(&bytes)).counter(ItemsCount::new(1_usize)).bench(|| {
        let (_, decoded) = decode(&bytes, &gaiji);
        let document = Document::parse(&decoded, &Limits::default()).unwrap();
        document.root().descendants().count()
    });
}

#[divan::bench]
fn to_facts(bencher: Bencher<'_, '_>) {
    let bytes = report();
    let context = Context { instance: "s".into(), id_space: "s".into(), gaiji: Arc::new(GaijiTable::default()) };
    let input = Input::new("h.xml", bytes.as_slice());
    bencher.counter(BytesCount::of_slice(&bytes)).counter(ItemsCount::new(1_usize)).bench(|| {
        let mut sink = Sink::new();
        Cda::default().read(&input, &context, &mut sink);
        let output = sink.finish();
        assert_eq!(output.statements.len(), 64);
        output
    });
}
