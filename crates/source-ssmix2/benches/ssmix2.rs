//! Messages a second from bytes to facts, beside decoding and splitting alone.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use std::{fmt::Write as _, sync::Arc};
use tsugite_charset::{GaijiTable, decode, detect};
use tsugite_er7::{Message, declared_encoding};
use tsugite_source::{Context, Input, Sink, Source as _};
use tsugite_source_ssmix2::Ssmix2;

fn main() {
    divan::main();
}

const PATH: &str =
    "1319999999/001/234/0012345678/20240316/OML-11/0012345678_20240316_OML-11_000000000000077_20240316122434000_01_1";

/// A laboratory message of 21 results on three specimens, some 4 KB of ISO-2022-JP.
fn message() -> Vec<u8> {
    let kanji = "\x1B$B7l@6\x1B(B";
    let mut text = String::from(
        "MSH|^~\\&|HIS|A|GW|B|20240316122434.00||OUL^R22^OUL_R22|1|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20_h^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO\r",
    );
    let _ = write!(
        text,
        "PID|0001||0012345678||{kanji}^{kanji}^^^^^L^I~{kanji}^{kanji}^^^^^L^P||19800203|F|||^^^^100-0001^JPN^H^{kanji}{kanji}{kanji}\rPV1|0001|O|01^^^^^C||||D07^{kanji}^{kanji}^^^^^^^L^^^^^I\r"
    );
    for specimen in 1..=3 {
        let _ = write!(
            text,
            "SPM|{specimen}|00088820814{specimen}||023^{kanji}^JC10|||||||||||||202403160940\rOBR|1|000000000000077|F1|3^{kanji}{kanji}^JC10|||202403160940|202403160940||||||||D07^{kanji}^{kanji}||||||20240316122434\rORC|SC|000000000000077|F1||CM||||20240316122434|D07^{kanji}^{kanji}^^^^^^^L^^^^^I||D07^{kanji}^{kanji}^^^^^^^L^^^^^I|||20240315161316||062^{kanji}^HL70069||||||||||||O^{kanji}^HL70482\r"
        );
        for line in 1..=7 {
            let _ = write!(
                text,
                "OBX|{line}|NM|3A01{specimen}00000{line}327101^{kanji}{kanji}(Alb)^JC10||{line}.{specimen}|g/dL^g/dL^99XYZ|3.7-5.5|H|||F\r"
            );
        }
    }
    text.into_bytes()
}

#[divan::bench]
fn decode_and_split(bencher: Bencher<'_, '_>) {
    let (bytes, gaiji) = (message(), GaijiTable::default());
    bencher.counter(BytesCount::of_slice(&bytes)).counter(ItemsCount::new(1_usize)).bench(|| {
        let detection = detect(&bytes, declared_encoding(&bytes));
        let decoded = decode(&bytes, detection.encoding, &gaiji);
        Message::parse(&decoded).segments().count()
    });
}

#[divan::bench]
fn to_facts(bencher: Bencher<'_, '_>) {
    let bytes = message();
    let context = Context { instance: "s".into(), id_space: "s".into(), gaiji: Arc::new(GaijiTable::default()) };
    let input = Input::new(PATH, bytes.as_slice());
    bencher.counter(BytesCount::of_slice(&bytes)).counter(ItemsCount::new(1_usize)).bench(|| {
        let mut sink = Sink::new();
        Ssmix2.read(&input, &context, &mut sink);
        let output = sink.finish();
        assert_eq!(output.statements.len(), 23);
        output
    });
}
