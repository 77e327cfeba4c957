//! What judging a lab Bundle of 21 results costs, beside the least that any reader must do: touch every byte.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use divan::{Bencher, black_box, counter::BytesCount};
use serde_json::{Value, json};
use tsugite_validate::json::Arena;
use tsugite_validate::{Day, Limits, Memory, Options, check_in};

/// Shows that judging a Bundle without findings allocates nothing once the memory has grown.
#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// A Bundle of 21 results, compact as it is sent.
fn bundle() -> Vec<u8> {
    let mut bundle: Value = serde_json::from_str(include_str!("../tests/it/bundles/observation.json")).unwrap();
    let entries = bundle["entry"].as_array_mut().unwrap();
    entries.truncate(2);
    let result = entries.pop().unwrap();
    for number in 0..21 {
        let mut entry = result.clone();
        entry["fullUrl"] = json!(format!("urn:uuid:5b6d3d2e-0b7b-5c53-9a43-6f0f5c1f9a{number:02}"));
        entry["resource"]["identifier"][0]["value"] = json!(format!("1319999999-000101-20261119-{number:04}"));
        entries.push(entry);
    }
    serde_json::to_vec(&bundle).unwrap()
}

fn options() -> Options<'static> {
    Options { clock: Day::new(2026, 11, 22), require_clins: true, ..Options::default() }
}

#[divan::bench]
fn lower_bound_utf8(bencher: Bencher<'_, '_>) {
    let bytes = bundle();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| std::str::from_utf8(black_box(&bytes)).is_ok());
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let bytes = bundle();
    let mut arena = Arena::new();
    let mut faults = Vec::new();
    bencher.counter(BytesCount::of_slice(&bytes)).bench_local(|| {
        arena.read(black_box(&bytes), &Limits::default(), &mut faults).map(|tree| tree.nodes().count())
    });
}

#[divan::bench]
fn parse_and_strict_rules(bencher: Bencher<'_, '_>) {
    let bytes = bundle();
    let mut memory = Memory::default();
    assert!(check_in(&mut memory, &bytes, &options()).issues.is_empty());
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench_local(|| check_in(&mut memory, black_box(&bytes), &options()).has_errors());
}

#[divan::bench]
fn serde_json_value(bencher: Bencher<'_, '_>) {
    let bytes = bundle();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| serde_json::from_slice::<Value>(black_box(&bytes)).unwrap());
}
