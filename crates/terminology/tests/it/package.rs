//! The official package, read as it was published.

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

#[derive(Clone, Debug)]
pub struct Leaf {
    pub list: &'static str,
    /// The parent code.
    pub item: String,
    pub code: String,
    pub display: String,
}

pub struct Package {
    pub resources: Vec<(String, Vec<u8>)>,
    jlac10: BTreeMap<String, Leaf>,
    jlac11: BTreeMap<String, Leaf>,
}

impl Package {
    /// `None`, with a word about it, where the package is not there.
    pub fn read() -> Option<Self> {
        let path = Path::new(SHARED).join("fhir-packages/jp-eCSCLINS.r4-1.10.0-snap.tgz");
        let Ok(file) = fs::File::open(&path) else {
            println!("skipped: no package beside the checkout");
            return None;
        };
        let mut package = Self { resources: Vec::new(), jlac10: BTreeMap::new(), jlac11: BTreeMap::new() };
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().to_string_lossy().into_owned();
            if name.contains("/CodeSystem-") {
                let mut json = Vec::new();
                entry.read_to_end(&mut json).unwrap();
                package.add(&serde_json::from_slice(&json).unwrap());
                package.resources.push((name, json));
            }
        }
        Some(package)
    }

    fn add(&mut self, resource: &Value) {
        let url = resource["url"].as_str().unwrap_or_default();
        let list = match url.rsplit('/').next() {
            Some("JP_CLINS_ObsLabResult_CoreLabo_CS") => "Core",
            Some("JP_CLINS_ObsLabResult_InfectionLabo_CS") => "Infection",
            _ => return,
        };
        let leaves = if url.contains("/JLAC11/") { &mut self.jlac11 } else { &mut self.jlac10 };
        walk(&resource["concept"], "", list, leaves);
    }

    pub fn jlac10(&self) -> impl Iterator<Item = &Leaf> {
        self.jlac10.values()
    }

    pub fn jlac11(&self) -> impl Iterator<Item = &Leaf> {
        self.jlac11.values()
    }

    pub fn find(&self, code: &str) -> Option<&Leaf> {
        self.jlac10.get(code)
    }
}

fn walk(concepts: &Value, item: &str, list: &'static str, leaves: &mut BTreeMap<String, Leaf>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for concept in concepts.as_array().into_iter().flatten() {
        let code = text(&concept["code"]);
        if concept.get("concept").is_some() {
            walk(&concept["concept"], &code, list, leaves);
        } else {
            let leaf = Leaf { list, item: item.to_owned(), code: code.clone(), display: text(&concept["display"]) };
            leaves.insert(code, leaf);
        }
    }
}

/// The 17-digit codes of the sample storages.
pub fn sample_codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders = vec![PathBuf::from(SHARED).join("samples/ssmix2")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains("OML-11") {
                let bytes = fs::read(&path).unwrap();
                let is_code = |word: &&[u8]| {
                    word.len() == 17
                        && word[0].is_ascii_digit()
                        && word[1].is_ascii_uppercase()
                        && word[2..].iter().all(u8::is_ascii_digit)
                };
                let words = bytes.split(|byte| !byte.is_ascii_alphanumeric());
                codes.extend(words.filter(is_code).map(|word| String::from_utf8(word.to_vec()).unwrap()));
            }
        }
    }
    codes
}
