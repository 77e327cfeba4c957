use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The folder itself, or all folders below it, that hold an `input` folder, in order.
pub(super) fn cases(folder: &Path) -> Vec<PathBuf> {
    if folder.join("input").is_dir() {
        return vec![folder.to_owned()];
    }
    let mut below: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    below.sort();
    below.iter().flat_map(|folder| cases(folder)).collect()
}

/// Logical path and bytes of every file, in order of the path.
pub(super) fn inputs_below(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut inputs = Vec::new();
    collect(folder, "", &mut inputs)?;
    inputs.sort();
    Ok(inputs)
}

fn collect(folder: &Path, logical: &str, inputs: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let logical = if logical.is_empty() { name } else { format!("{logical}/{name}") };
        match entry.file_type()?.is_dir() {
            true => collect(&entry.path(), &logical, inputs)?,
            false => inputs.push((logical, fs::read(entry.path())?)),
        }
    }
    Ok(())
}
