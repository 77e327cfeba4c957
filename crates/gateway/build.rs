//! Embeds the invented clinic of `samples/clinic`, so that `tsugite demo` needs nothing beside the program.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

const CLINIC: &str = "../../samples/clinic";

fn main() -> io::Result<()> {
    let clinic = fs::canonicalize(CLINIC)?;
    let mut files = Vec::new();
    for settings in ["tsugite.toml", "tsugite-files.toml"] {
        println!("cargo::rerun-if-changed={CLINIC}/{settings}");
        files.push(clinic.join(settings));
    }
    for folder in ["ssmix2", "letters", "checkups", "qr", "uke", "lab", "lists", "masters"] {
        println!("cargo::rerun-if-changed={CLINIC}/{folder}");
        collect(&clinic.join(folder), &mut files)?;
    }
    files.sort();
    let mut table = String::from("pub static CLINIC: &[(&str, &[u8])] = &[\n");
    for file in files {
        let name = file.strip_prefix(&clinic).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(table, "    ({name:?}, include_bytes!({:?})),", file.to_string_lossy());
    }
    table.push_str("];\n");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("clinic.rs"), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
