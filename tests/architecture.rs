//! The rules of the house (`crates/README.md`), read off the manifests and the sources.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn metadata(arguments: &[&str]) -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let fixed = ["metadata", "--offline", "--format-version", "1"];
    let output = Command::new(cargo).args(fixed).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// Folder name of each workspace crate, with its manifest.
fn crates() -> BTreeMap<String, Value> {
    let name =
        |package: &Value| Path::new(text(package, "manifest_path")).parent().unwrap().file_name().unwrap().to_owned();
    let packages = metadata(&["--no-deps"])["packages"].as_array().unwrap().clone();
    packages.into_iter().map(|package| (name(&package).to_string_lossy().into_owned(), package)).collect()
}

/// What a crate depends on, without what only its tests use.
fn dependencies(package: &Value) -> impl Iterator<Item = &str> {
    let all = package["dependencies"].as_array().unwrap();
    all.iter().filter(|dependency| text(dependency, "kind") != "dev").map(|dependency| text(dependency, "name"))
}

/// Files below a folder whose names end so, without build output.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && name != "target" {
                open.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The arrow table of `crates/README.md`: crate → crates that it may use; `*` is all.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let map = fs::read_to_string(root().join("crates/README.md")).unwrap();
    let table = map.lines().skip_while(|line| !line.starts_with("| crate | may use |")).skip(2);
    let rows = table.take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
        let uses = cells[1].split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        (cells[0].clone(), uses.collect())
    });
    rows.collect()
}

#[test]
fn the_arrows_of_the_map_are_the_only_ones() {
    let (arrows, crates) = (arrows(), crates());
    assert_eq!(arrows.keys().collect::<Vec<_>>(), crates.keys().collect::<Vec<_>>(), "one row a crate");
    for (name, package) in &crates {
        assert_eq!(text(package, "name"), format!("tsugite-{name}"), "packages are named after their folder");
        let uses: BTreeSet<String> =
            dependencies(package).filter_map(|d| d.strip_prefix("tsugite-")).map(str::to_owned).collect();
        let allowed = &arrows[name];
        if allowed.contains("*") {
            continue;
        }
        let forbidden: Vec<_> = uses.difference(allowed).collect();
        assert!(forbidden.is_empty(), "crates/README.md gives no arrow from {name} to {forbidden:?}");
        let stale: Vec<_> = allowed.difference(&uses).collect();
        assert!(stale.is_empty(), "crates/README.md has arrows from {name} that nothing uses: {stale:?}");
    }
}

#[test]
fn no_arrow_goes_round() {
    let arrows = arrows();
    let mut below: BTreeSet<String> = BTreeSet::new();
    while below.len() < arrows.len() {
        let next: Vec<&String> = arrows
            .iter()
            .filter(|(name, uses)| {
                !below.contains(*name) && uses.iter().all(|used| below.contains(used) || used == "*")
            })
            .map(|(name, _)| name)
            .collect();
        assert!(
            !next.is_empty(),
            "the arrows of the rest go round: {:?}",
            arrows.keys().filter(|n| !below.contains(*n))
        );
        below.extend(next.into_iter().cloned());
    }
}

#[test]
fn foreign_crates_stay_in_their_rooms() {
    let rooms: [(&str, &[&str]); 6] = [
        ("fhirbolt", &["fhir"]),
        ("rusqlite", &["store"]),
        ("clap", &["gateway"]),
        ("clap_complete", &["gateway"]),
        ("tokio", &["store", "upstream", "sandbox", "gateway"]),
        ("axum", &["sandbox", "gateway"]),
    ];
    for (name, package) in crates() {
        for (foreign, allowed) in rooms {
            let named = dependencies(&package).any(|dependency| dependency == foreign);
            assert!(!named || allowed.contains(&name.as_str()), "{name} must not name {foreign}");
        }
    }
}

#[test]
fn every_crate_root_forbids_unsafe_code() {
    let roots = crates().into_values().flat_map(|package| package["targets"].as_array().unwrap().clone());
    let roots = roots.filter(|target| ["lib", "bin"].contains(&target["kind"][0].as_str().unwrap()));
    let vendor = root().join("samples/vendor/src/main.rs");
    for path in roots.map(|target| PathBuf::from(text(&target, "src_path"))).chain([vendor]) {
        let source = fs::read_to_string(&path).unwrap();
        assert!(source.contains("#![forbid(unsafe_code)]"), "{}", path.display());
    }
}

/// It cannot be compiled where this is developed, so nobody would have type-checked it.
#[test]
fn no_code_is_for_windows_only() {
    let forbidden =
        ["windows", "target_os = \"windows\"", "target_family = \"windows\""].map(|what| format!("cfg({what}"));
    for folder in ["crates", "mappings", "samples", "tests"] {
        for path in files(&root().join(folder), &[".rs", "Cargo.toml"]) {
            let source = fs::read_to_string(&path).unwrap();
            let found = forbidden.iter().find(|text| source.contains(*text));
            assert!(found.is_none(), "{}: {}", path.display(), found.unwrap());
        }
    }
}

/// Everything up to `pipeline` is pure: no clock, environment, network, randomness, async; files only for the scratch folder of
/// `pipeline` and for the testkit.
#[test]
fn the_core_is_pure() {
    let forbidden = [
        "std::env",
        "std::net",
        "std::process",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "tokio",
        "rand::",
        "log::",
        "tracing::",
        "println!",
        "std::fs",
        "fs::",
    ];
    let impure = ["gateway", "store", "upstream", "sandbox"];
    let may_touch_files = ["pipeline/src/disk", "source/src/testkit"];
    for (name, package) in crates().into_iter().filter(|(name, _)| !impure.contains(&name.as_str())) {
        let source = Path::new(text(&package, "manifest_path")).parent().unwrap().join("src");
        for path in files(&source, &[".rs"]) {
            let place = path.to_string_lossy().replace('\\', "/");
            if place.contains("tests") {
                continue;
            }
            let code = fs::read_to_string(&path).unwrap();
            let code = code.split("#[cfg(test)]").next().unwrap();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in lines {
                for what in forbidden {
                    let files = what.ends_with("fs") || what == "fs::";
                    let allowed = files && may_touch_files.iter().any(|folder| place.contains(folder));
                    assert!(allowed || !names(line, what), "{name} is pure, but {place} says `{}`", line.trim());
                }
            }
        }
    }
}

/// Whether a line holds a word, not as the end of a longer one.
fn names(line: &str, what: &str) -> bool {
    line.match_indices(what).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn every_mapping_file_says_owner_version_and_source() {
    for path in files(&root().join("mappings"), &[".csv", ".toml", ".tsv"]) {
        if path.ends_with("Cargo.toml") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for head in ["# owner: ", "# version: ", "# source: "] {
            let said = text
                .lines()
                .take_while(|line| line.starts_with('#'))
                .any(|line| line.len() > head.len() && line.starts_with(head));
            assert!(said, "{} does not say `{head}…` at its top", path.display());
        }
    }
}

#[test]
fn the_top_level_holds_what_the_design_names() {
    let known =
        ["Cargo.toml", "Cargo.lock", "CHANGELOG.md", "README.md", "crates", "mappings", "samples", "tests", "target"];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let good = known.contains(&name.as_str()) || name.starts_with('.') || name.starts_with("LICENSE-");
        assert!(good, "{name} stands on the top level");
    }
}

/// Licences that a program under MIT OR Apache-2.0 may carry.
const LICENCES: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_dependency_may_be_carried() {
    let host = host();
    let packages = metadata(&["--filter-platform", &host]);
    let used: BTreeSet<&str> =
        packages["resolve"]["nodes"].as_array().unwrap().iter().map(|node| text(node, "id")).collect();
    for package in packages["packages"].as_array().unwrap() {
        if !used.contains(text(package, "id")) {
            continue;
        }
        // `A/B` is an old way to write `A OR B`; every part joined by AND is needed, one of those joined by OR suffices.
        let licence = text(package, "license").replace('/', " OR ").replace(['(', ')'], "");
        let is_good = |part: &str| part.split(" OR ").any(|choice| LICENCES.contains(&choice.trim()));
        assert!(licence.split(" AND ").all(is_good), "{} is under {licence:?}", text(package, "name"));
    }
    let locked = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for banned in ["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl", "openssl-sys", "sqlx"] {
        assert!(!locked.contains(&format!("name = \"{banned}\"")), "{banned} is banned");
    }
    for source in locked.lines().filter_map(|line| line.strip_prefix("source = ")) {
        assert_eq!(source, "\"registry+https://github.com/rust-lang/crates.io-index\"", "crates come from crates.io");
    }
}

/// Each line of `tests/README.md` under "The rules and their tests" names a place and tests in it, or says that there is none.
#[test]
fn the_table_of_rules_names_real_tests() {
    let text = fs::read_to_string(root().join("tests/README.md")).unwrap();
    let (_, table) = text.split_once("## The rules and their tests").unwrap();
    let mut named = 0;
    for row in table.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---")) {
        let tests = row.trim_end_matches('|').rsplit_once('|').unwrap().1.trim();
        if tests == "tests" || tests.starts_with("**none**: ") {
            continue;
        }
        for part in tests.split("; ") {
            let (place, names) = part.split_once(' ').unwrap_or_else(|| panic!("no test: {row}"));
            let sources: String =
                sources_of(place.trim_matches('`')).iter().map(|file| fs::read_to_string(file).unwrap()).collect();
            for name in names.split(", ").map(|name| name.trim_matches('`')) {
                let is_test = |(at, _): (usize, &str)| {
                    sources[..at].rsplit("\n\n").next().is_some_and(|before| before.contains("#[test]"))
                };
                let found = sources.match_indices(&format!("fn {name}(")).any(is_test);
                assert!(found, "{place} has no test {name}: {row}");
                named += 1;
            }
        }
    }
    assert!(named > 150, "{named} tests are named");
}

/// Sources of a crate, or of a file under `tests`.
fn sources_of(place: &str) -> Vec<PathBuf> {
    if place.ends_with(".rs") {
        vec![root().join("tests").join(place)]
    } else {
        files(&root().join("crates").join(place), &[".rs"])
    }
}

fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}
