//! Hostile and large documents: a clear finding, quickly, within bounded memory.

use super::{Place, patient};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    process::Command,
};

/// Every input ends in a finding of its own kind, quickly and without a panic.
#[test]
fn hostile_json_ends_in_a_clear_finding() {
    let place = Place::new();
    let resource = |value: &str| format!(r#"{{"resourceType":"Basic","id":{value}}}"#).into_bytes();
    let with_mark = [b"\xEF\xBB\xBF".to_vec(), patient("").into_bytes()].concat();
    for (name, bytes, code, status) in [
        ("depth", resource(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))), "JSON-005", 1),
        ("exponent", resource("1e999999"), "JSON-010", 1),
        ("surrogate", resource(r#""\ud800""#), "JSON-013", 1),
        ("array", resource(&format!("[{}0]", "0,".repeat(2_000_000))), "JSON-006", 1),
        ("duplicate", resource(r#""a","id":"b""#), "JSON-015", 1),
        ("latin", resource("\"\u{E9}\"").into_iter().filter(|byte| *byte != 0xC3).collect(), "JSON-002", 1),
        ("mark", with_mark, "JSON-003", 0),
        ("trailing", [patient("").into_bytes(), b" x".to_vec()].concat(), "JSON-016", 1),
        ("null", resource("null"), "STRICT-003", 1),
    ] {
        let name = format!("{name}.json");
        place.write(&name, bytes);
        let ended = place.validate(&[&name, "--format", "json"]);
        assert!(ended.codes().iter().any(|found| found == code), "{name}: {:?}", ended.codes());
        assert_eq!((ended.status, ended.err.as_str()), (status, ""), "{name}");
        assert!(place.validate(&[&name]).out.contains(&format!("{name}:1:")), "{name}");
    }
}

/// A resource of so many MiB: observations with values, as a real one has them.
fn large(path: &Path, mebibytes: usize) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    write!(file, r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"resource":{}}}"#, patient("")).unwrap();
    let entry = format!(
        r#",{{"resource":{{"resourceType":"Binary","contentType":"text/plain","data":"{}"}}}}"#,
        "QUJD".repeat(2500)
    );
    for _ in 0..mebibytes * 1024 / 10 {
        file.write_all(entry.as_bytes()).unwrap();
    }
    file.write_all(b"]}").unwrap();
}

#[test]
fn a_file_beyond_the_limit_is_refused_and_the_limit_can_be_raised() {
    let place = Place::new();
    File::create(place.path("huge.json")).unwrap().set_len(100 << 20).unwrap();
    let ended = place.validate(&["huge.json", "--format", "json"]);
    assert_eq!((ended.status, ended.codes()), (1, vec!["INTAKE-003".to_owned()]));
    assert!(place.validate(&["huge.json"]).out.contains("--max-size"));
    place.write("small.json", patient(""));
    assert_eq!(place.validate(&["small.json", "--max-size", "20"]).status, 1);
    assert_eq!(place.validate(&["small.json", "--max-size", "many"]).status, 2);
    large(&place.path("large.json"), 3);
    assert_eq!(place.validate(&["large.json", "--max-size", "2M"]).status, 1);
    assert_eq!(place.validate(&["large.json", "--max-size", "4M", "--profile-only"]).status, 0);
}

/// Peak memory is at most what the program needs for nothing and four times the input.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_within_four_times_the_input() {
    const SIZE: usize = 24 << 20;
    let place = Place::new();
    place.write("small.json", patient(""));
    large(&place.path("large.json"), 24);
    place.write("zeros.json", [&b"["[..], &b"0,".repeat(SIZE / 2), b"0]"].concat());
    place.write("open.json", vec![b'['; SIZE]);
    place.write("keys.json", [&b"{"[..], &b"\"a\":1,".repeat(SIZE / 6), b"\"a\":1}"].concat());
    place.write("empty.ndjson", b"{}\n".repeat(SIZE / 48));
    let peak = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.args(["--home", "home", "validate", name]).current_dir(place.0.path());
        crate::hostile::peak(command).unwrap()
    };
    let least = peak("small.json");
    for name in ["large.json", "zeros.json", "open.json", "keys.json", "empty.ndjson"] {
        let peak = peak(name);
        assert!(peak < least + 4 * (SIZE as u64 >> 10), "{name}: {peak} KiB, for nothing {least} KiB");
    }
}
