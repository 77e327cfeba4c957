//! Writes an invented storage of about so many files, for checks of memory and speed over the whole program:
//!
//! `cargo run --release -p tsugite-pipeline --example bulk -- target/bulk 20000`

#[path = "../benches/storage/mod.rs"]
mod storage;

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name a folder")?);
    let count = arguments.next().map_or(Ok(20_000), |n| n.to_string_lossy().parse::<u32>())?;
    let mut written = 0;
    for number in 0.. {
        if written >= count {
            break;
        }
        for file in storage::patient(number) {
            written += 1;
            let path = folder.join(&file.path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, file.bytes)?;
        }
    }
    Ok(())
}
