//! Judges files by packages: `cargo run --release --example judge -- PACKAGE.tgz… FILE.json…`; one line a finding, for development.

#![allow(clippy::print_stdout)]

use std::time::Instant;
use tsugite_issue::{Lang, Severity};
use tsugite_validate::{Memory, Options, Validator};

fn main() -> std::io::Result<()> {
    let (packages, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|a| a.ends_with(".tgz"));
    let loaded: Vec<(String, Vec<u8>)> =
        packages.into_iter().map(|p| Ok((p.clone(), std::fs::read(p)?))).collect::<std::io::Result<_>>()?;
    let start = Instant::now();
    let (validator, issues) = Validator::load(loaded.into_iter());
    println!("loaded in {:?}, cache {} bytes", start.elapsed(), validator.to_cache().len());
    for issue in issues {
        println!("{:?} {} {}", issue.severity(), issue.code(), issue.text(Lang::En));
    }
    let start = Instant::now();
    let cached = Validator::from_cache(validator.to_cache());
    println!("from cache in {:?}: {}", start.elapsed(), cached.is_some());
    let options = Options { profile_only: true, ..Options::default() };
    let mut memory = Memory::default();
    for file in files {
        let bytes = std::fs::read(&file)?;
        validator.validate_in(&mut memory, &bytes, &options);
        let start = Instant::now();
        let report = validator.validate_in(&mut memory, &bytes, &options);
        println!("{file}: {} errors, {} bytes, {:?}", report.count(Severity::Error), bytes.len(), start.elapsed());
        for issue in report.issues.iter().filter(|i| i.severity() > Severity::Information) {
            println!(
                "  {} {} {} {}",
                issue.severity(),
                issue.code(),
                issue.path.as_deref().unwrap_or_default(),
                issue.text(Lang::En)
            );
        }
    }
    Ok(())
}
