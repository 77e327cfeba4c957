//! Receipts to statements on one core, in bytes a second, beside the lower bound over the same bytes: decode them and split every line
//! at its commas.
//!
//! `cargo bench -p tsugite-source-uke`

mod receipts;

use divan::{Bencher, counter::BytesCount};
use std::{
    hint::black_box,
    sync::{Arc, LazyLock},
};
use tsugite_charset::{Encoding, GaijiTable, decode};
use tsugite_source::{Context, Input, Sink, Source as _};
use tsugite_source_uke::Uke;

fn main() {
    divan::main();
}

/// About 1 MiB: the size of a part of a large file.
static BYTES: LazyLock<Vec<u8>> =
    LazyLock::new(|| receipts::file(&receipts::people(1, 1250, &receipts::CODES), 0, 1, receipts::Style::default()));

#[divan::bench]
fn decode_and_split(bencher: Bencher) {
    bencher.counter(BytesCount::new(BYTES.len())).bench(|| {
        let decoded = decode(&BYTES, Encoding::ShiftJis, &GaijiTable::default());
        let fields: usize =
            decoded.text.lines().map(|line| line.split(',').filter(|field| !field.is_empty()).count()).sum();
        black_box(fields)
    });
}

#[divan::bench]
fn read(bencher: Bencher) {
    let context =
        Context { instance: "bench".into(), id_space: "bench".into(), gaiji: Arc::new(GaijiTable::default()) };
    let input = Input::new("RECEIPTC.UKE", BYTES.as_slice());
    bencher.counter(BytesCount::new(BYTES.len())).bench(|| {
        let mut sink = Sink::new();
        Uke::default().read(black_box(&input), &context, &mut sink);
        sink.finish()
    });
}

#[divan::bench]
fn cut(bencher: Bencher) {
    bencher.counter(BytesCount::new(BYTES.len())).bench(|| Uke::default().cut(&mut Vec::new(), black_box(&BYTES)));
}
