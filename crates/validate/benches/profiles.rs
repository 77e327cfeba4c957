//! What judging official Bundles by base R4, profiles and all invariants costs, and loading the packages. Without the official data
//! nothing is measured. With `ORACLE=folder` (an independent validator after `npm ci`) its time on the same files is printed first.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout)]

use divan::{Bencher, black_box, counter::BytesCount};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tsugite_validate::{Memory, Options, Validator};

const PACKAGES: [&str; 3] =
    ["jp-core.r4-1.1.2-clins.tgz", "jp-eCheckupReport.r4-1.5.0-snap.tgz", "jp-eCSCLINS.r4-1.10.0-snap.tgz"];
const REFERRAL: &str = "clins-1.10.0/Bundle-Bundle-CLINS-Referral-Example-01.json";
const OBSERVATIONS: &str = "clins-1.10.0/Bundle-Bundle-CLINS-Observations-Example-01.json";
const CHECKUP: &str = "eCheckup-1.5.0/Bundle-Bundle-eCheckupReport-Sample-01.json";

fn main() {
    if packages().is_none() {
        println!("skipped: the official packages are not there");
        return;
    }
    oracle();
    divan::main();
}

fn shared(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name)
}

fn packages() -> Option<Vec<(&'static str, Vec<u8>)>> {
    let read = |name| Some((name, std::fs::read(shared("fhir-packages").join(name)).ok()?));
    PACKAGES.into_iter().map(read).collect()
}

fn oracle() {
    let Some(folder) = std::env::var_os("ORACLE") else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/time.mjs");
    let files = [REFERRAL, OBSERVATIONS, CHECKUP].map(|name| shared("fhir-examples").join(name));
    let output = Command::new("node").arg(script).arg(folder).arg(shared("fhir-packages")).args(files).output();
    match output {
        Ok(output) => {
            println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        }
        Err(error) => println!("the oracle did not run: {error}"),
    }
}

fn validator() -> &'static Validator {
    static LOADED: OnceLock<Validator> = OnceLock::new();
    LOADED.get_or_init(|| Validator::load(packages().unwrap().into_iter()).0)
}

#[divan::bench(sample_count = 10)]
fn load_cold(bencher: Bencher<'_, '_>) {
    let packages = packages().unwrap();
    bencher.bench_local(|| Validator::load(packages.iter().map(|(name, bytes)| (*name, bytes))).0.has_profiles());
}

#[divan::bench]
fn load_from_cache(bencher: Bencher<'_, '_>) {
    let cache = validator().to_cache();
    bencher.bench_local(|| Validator::from_cache(black_box(cache)).unwrap());
}

#[divan::bench(args = [REFERRAL, OBSERVATIONS, CHECKUP])]
fn profiles_only(bencher: Bencher<'_, '_>, name: &str) {
    judge(bencher, name, true);
}

#[divan::bench(args = [REFERRAL, OBSERVATIONS])]
fn profiles_and_strict_rules(bencher: Bencher<'_, '_>, name: &str) {
    judge(bencher, name, false);
}

fn judge(bencher: Bencher<'_, '_>, name: &str, profile_only: bool) {
    // Compact, as it is sent.
    let text = std::fs::read(shared("fhir-examples").join(name)).unwrap();
    let bytes = serde_json::to_vec(&serde_json::from_slice::<serde_json::Value>(&text).unwrap()).unwrap();
    let options = Options { profile_only, ..Options::default() };
    let mut memory = Memory::default();
    assert!(!validator().validate_in(&mut memory, &bytes, &options).has_errors());
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench_local(|| validator().validate_in(&mut memory, black_box(&bytes), &options).has_errors());
}
