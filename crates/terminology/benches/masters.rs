//! Masters: looking up codes, loading an edition, reading a downloaded file; each beside the least that it could cost on the same
//! data. The rows are invented, as many as 傷病名マスター has.
//!
//! `cargo bench -p tsugite-terminology`

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use std::{collections::HashMap, fmt::Write as _, hint::black_box};
use tsugite_terminology::masters::{Edition, Given, Kind, Masters, read};

fn main() {
    divan::main();
}

const ROWS: usize = 27_000;
const LOOKUPS: usize = 10_000;

fn code(row: usize) -> String {
    format!("{:07}", 2_000_000 + row * 31)
}

/// 傷病名マスター in its layout.
fn file() -> String {
    let mut text = String::new();
    for row in 0..ROWS {
        let code = code(row);
        let name = format!("継手の架空の病名その{row}");
        let _ = write!(
            text,
            "\"0\",\"B\",\"{code}\",\"{code}\",\"12\",\"{name}\",\"12\",\"{name}\",\"9\",\"ツギテ{row}\","
        );
        let _ =
            write!(text, "\"{:08}\",\"1\",\"{:04}\",\"\",\"\",\"A{:03}\"", 20_000_000 + row, row % 10_000, row % 1_000);
        text.push_str(&",\"\"".repeat(5));
        text.push_str(",\"20020601\",\"\",\"99999999\"");
        text.push_str(&",\"0\"".repeat(22));
        text.push_str("\r\n");
    }
    text
}

fn edition(text: &str) -> Edition {
    let given = Given { name: "b_20240601.txt", bytes: text.as_bytes(), date: None };
    read(given).unwrap().remove(0).edition
}

/// Codes in an order that no cache likes.
fn wanted() -> Vec<String> {
    (0..LOOKUPS).map(|at| code(at * 7_919 % ROWS)).collect()
}

#[divan::bench]
fn lookup(bencher: Bencher<'_, '_>) {
    let masters = Masters::new([edition(&file())]);
    let wanted = wanted();
    bencher.counter(ItemsCount::new(LOOKUPS)).bench_local(|| {
        wanted.iter().filter(|code| masters.find(Kind::Disease, black_box(code), None).is_some()).count()
    });
}

#[divan::bench]
fn lookup_with_its_chain(bencher: Bencher<'_, '_>) {
    let masters = Masters::new([edition(&file())]);
    let wanted = wanted();
    bencher.counter(ItemsCount::new(LOOKUPS)).bench_local(|| {
        wanted
            .iter()
            .filter(|code| masters.disease(black_box(code), None).is_ok_and(|found| found.number.is_some()))
            .count()
    });
}

/// The bound of a lookup: the same keys in a map of the standard library.
#[divan::bench]
fn lookup_bound(bencher: Bencher<'_, '_>) {
    let rows: HashMap<String, usize> = (0..ROWS).map(|row| (code(row), row)).collect();
    let wanted = wanted();
    bencher
        .counter(ItemsCount::new(LOOKUPS))
        .bench_local(|| wanted.iter().filter(|code| rows.contains_key(black_box(code.as_str()))).count());
}

#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    let bytes = edition(&file()).to_bytes();
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| Edition::from_bytes(black_box(&bytes)).unwrap().len());
}

/// The bound of loading: a copy of the bytes.
#[divan::bench]
fn load_bound(bencher: Bencher<'_, '_>) {
    let bytes = edition(&file()).to_bytes();
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| black_box(black_box(&bytes).to_vec()));
}

#[divan::bench(sample_count = 10)]
fn import(bencher: Bencher<'_, '_>) {
    let text = file();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| edition(black_box(&text)).len());
}

/// The bound of reading: the rows, split.
#[divan::bench(sample_count = 10)]
fn import_bound(bencher: Bencher<'_, '_>) {
    let text = file();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(black_box(text.as_bytes()));
        reader.byte_records().filter(|row| row.as_ref().is_ok_and(|row| row.len() == 46)).count()
    });
}
