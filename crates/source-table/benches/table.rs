//! A laboratory file, read to facts; beside it the least that any reader must do: decode the bytes and split them.
//!
//! `cargo bench -p tsugite-source-table`

use divan::{Bencher, counter::BytesCount};
use std::{hint::black_box, sync::Arc};
use tsugite_charset::{Encoding, GaijiTable, decode};
use tsugite_source::{Context, Input, Sink, Source as _};
use tsugite_source_table::{TableSource, presets};

fn main() {
    divan::main();
}

/// Rows of NLab: reports of twenty results.
fn rows(count: usize) -> Vec<u8> {
    let row = |at: usize| {
        let (patient, item) = (at / 20, at % 20);
        format!(
            "L01,{patient:08},20260401,試験　太郎,M,,,,2,G01,生化学,,{item:04},3B035000002327201,AST,H,13-30,{},U/L,023,血清,,,,\r\n",
            at % 90 + 5
        )
    };
    let text: String = (0..count).map(row).collect();
    encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
}

const ROWS: usize = 20_000;

#[divan::bench]
fn decode_and_split(bencher: Bencher) {
    let bytes = rows(ROWS);
    let gaiji = GaijiTable::default();
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let decoded = decode(&bytes, Encoding::ShiftJis, &gaiji);
        decoded.text.lines().map(|line| black_box(line.split(',').collect::<Vec<_>>()).len()).sum::<usize>()
    });
}

#[divan::bench]
fn read_to_facts(bencher: Bencher) {
    let bytes = rows(ROWS);
    let source = TableSource::new(presets());
    let context = Context { instance: "bench".into(), id_space: "bench".into(), gaiji: Arc::default() };
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let input = Input::new("K1.DAT", bytes.as_slice());
        let mut sink = Sink::new();
        source.read(&input, &context, &mut sink);
        sink.finish()
    });
}
