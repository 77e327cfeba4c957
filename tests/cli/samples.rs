//! What must be made of the invented clinic, kept beside it: `samples/clinic/expected`, each document with the page to read.
//!
//! `SNAPSHOTS=overwrite cargo test -p tsugite-gateway --test cli` writes it anew.

use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Its system's storage and documents.
#[test]
fn the_clinic_becomes_what_stands_beside_it() {
    compare("system", "tsugite.toml", &["ssmix2", "letters", "checkups", "qr"], &[]);
}

/// Receipts, laboratory files and lists, with the masters that give receipts their names.
#[test]
fn the_clinic_without_its_vendor_becomes_what_stands_beside_it() {
    compare("files", "tsugite-files.toml", &["uke", "lab", "lists"], &["b_20260601.txt", "z_20260601.txt"]);
}

fn compare(half: &str, settings: &str, inputs: &[&str], masters: &[&str]) {
    let clinic = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/clinic").canonicalize().unwrap();
    let place = tempfile::tempdir().unwrap();
    let (home, out) = (place.path().join("home"), place.path().join("out"));
    let tsugite = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tsugite"));
        command.current_dir(&clinic).args(["--lang", "ja", "--quiet", "--home"]).arg(&home);
        command
    };
    for master in masters {
        let added = tsugite().args(["master", "add"]).arg(clinic.join("masters").join(master)).output().unwrap();
        assert!(added.status.success(), "{master}");
    }
    let mut convert = tsugite();
    convert.arg("convert").args(inputs).args(["--config", settings]);
    convert.args(["--as-of", "2026-11-22", "--fail-on", "none", "--pages", "--out"]).arg(&out);
    assert!(convert.status().unwrap().success());
    let found = texts(&out);
    let expected = clinic.join("expected").join(half);
    if std::env::var("SNAPSHOTS").is_ok_and(|word| word == "overwrite") {
        let _ = fs::remove_dir_all(&expected);
        for (name, text) in &found {
            let path = expected.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let expected = texts(&expected);
    let names = |texts: &BTreeMap<String, String>| texts.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&expected), "which files are written");
    for (name, text) in &found {
        assert!(
            *text == expected[name],
            "{name} differs from samples/clinic/expected/{half}; see the difference with SNAPSHOTS=overwrite"
        );
    }
}

/// All files below a folder as text with `\n`; JSON documents pretty, so that a difference can be read.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).into_iter().flatten() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
            let text = match path.extension() {
                Some(ending) if ending == "json" => {
                    format!("{:#}\n", serde_json::from_str::<Value>(&text).unwrap())
                }
                _ => text,
            };
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            texts.insert(name, text);
        }
    }
    texts
}
