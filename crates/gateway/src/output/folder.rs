use super::page;
use serde::Deserialize;
use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};
use thiserror::Error;
use tsugite_clins::BuiltUnit;
use tsugite_pipeline::{
    Deliver,
    report::{BundleRow, Report, bundle_file},
};

/// The folder that `convert` writes into: new, empty, or with nothing but an earlier report's files, which are replaced.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    /// Each document also as a page.
    pages: bool,
}

#[derive(Debug, Error)]
pub enum FolderError {
    /// Something lies there that no report of ours names.
    #[error("{}", .0.display())]
    Foreign(PathBuf),
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

/// The head of `report.json`, as much as tells whose it is.
#[derive(Deserialize)]
struct Head {
    version: u32,
    tool: Tool,
}

#[derive(Deserialize)]
struct Tool {
    name: String,
}

/// Marks a folder in which a run has not ended: a run that is cut off leaves files that only this names.
const UNFINISHED: &str = "unfinished";
const FILES: [&str; 7] =
    ["report.json", "held.csv", "bundles.ndjson", "held.ndjson", "issues.ndjson", "unmapped.ndjson", UNFINISHED];

impl OutputFolder {
    /// Makes the folder ready: nothing of an earlier run is left.
    ///
    /// # Errors
    /// Something else lies there, or the folder cannot be written.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let io = |error| FolderError::Io(path.to_owned(), error);
        fs::create_dir_all(path).map_err(io)?;
        let folder = Self { path: path.to_owned(), pages: false };
        let old = folder.own_files()?;
        File::create(path.join(UNFINISHED)).map_err(io)?;
        old.iter().filter(|file| !file.ends_with(UNFINISHED)).try_for_each(fs::remove_file).map_err(io)?;
        Ok(folder)
    }

    /// Writes a page to read beside each document.
    pub fn with_pages(self, pages: bool) -> Self {
        Self { pages, ..self }
    }

    /// Every file in the folder, all of which an earlier run wrote.
    fn own_files(&self) -> Result<Vec<PathBuf>, FolderError> {
        let io = |error| FolderError::Io(self.path.clone(), error);
        let names = self.named_bundles().map_err(io)?;
        let unfinished = self.path.join(UNFINISHED).is_file();
        let mut own = Vec::new();
        let mut rest = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(io)? {
            let entry = entry.map_err(io)?;
            match entry.file_name().to_str() {
                Some("bundles" | "pages" | "attachments") => rest.push(entry.path()),
                Some(name) if FILES.contains(&name) && (unfinished || names.is_some()) => own.push(entry.path()),
                _ => return Err(FolderError::Foreign(entry.path())),
            }
        }
        let empty = HashSet::new();
        let named = names.as_ref().unwrap_or(&empty);
        while let Some(folder) = rest.pop() {
            for entry in fs::read_dir(&folder).map_err(io)? {
                let path = entry.map_err(io)?.path();
                let kind = path.symlink_metadata().map_err(io)?;
                let below = path.strip_prefix(&self.path).unwrap_or(&path);
                let slashed = bundle_of(&below.to_string_lossy().replace('\\', "/"));
                if kind.is_dir() {
                    rest.push(path);
                } else if named.contains(&slashed) || (unfinished && is_bundle(&slashed)) {
                    own.push(path);
                } else {
                    return Err(FolderError::Foreign(path));
                }
            }
        }
        Ok(own)
    }

    /// The bundles that an earlier report names; `None` where there is no report of ours.
    fn named_bundles(&self) -> io::Result<Option<HashSet<String>>> {
        let Ok(report) = File::open(self.path.join("report.json")) else { return Ok(None) };
        let head: Option<Head> = serde_json::from_reader(BufReader::new(report)).ok();
        if !head.is_some_and(|head| head.version == Report::VERSION && head.tool.name == "tsugite") {
            return Ok(None);
        }
        let mut names = HashSet::new();
        let Ok(list) = File::open(self.path.join("bundles.ndjson")) else { return Ok(Some(names)) };
        for line in BufReader::new(list).lines() {
            names.extend(serde_json::from_str::<BundleRow>(&line?).map(|row| row.file));
        }
        Ok(Some(names))
    }

    /// A file of the report.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(&self, name: &str) -> Result<BufWriter<File>, FolderError> {
        let path = self.path.join(name);
        File::create(&path).map(BufWriter::new).map_err(|error| FolderError::Io(path, error))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The run has ended: everything is named in the report.
    ///
    /// # Errors
    /// The mark cannot be removed.
    pub fn finish(self) -> io::Result<()> {
        fs::remove_file(self.path.join(UNFINISHED))
    }
}

impl Deliver for OutputFolder {
    fn deliver(&self, unit: &BuiltUnit) -> io::Result<()> {
        let bundle = bundle_file(&unit.key);
        if let Some(html) = page::html(&unit.bytes).filter(|_| self.pages && unit.key.kind.is_document()) {
            write(&self.path.join(page_of(&bundle)), html.as_bytes())?;
        }
        for (number, file) in (1..).zip(&unit.apart) {
            write(&self.path.join(attachment_of(&bundle, number, &file.content_type)), &file.bytes)?;
        }
        write(&self.path.join(bundle), &unit.bytes)
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let write = || File::create(path).and_then(|mut file| file.write_all(bytes));
    match (write(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            write()
        }
        (written, _) => written,
    }
}

/// `pages/<kind>/<uuid>.html` of a bundle's file.
fn page_of(bundle: &str) -> String {
    let name = bundle.strip_prefix("bundles/").and_then(|name| name.strip_suffix(".json"));
    name.map_or_else(|| bundle.to_owned(), |name| format!("pages/{name}.html"))
}

/// `attachments/<kind>/<uuid>.<number>.pdf` of a bundle's file: what would go before it, apart.
fn attachment_of(bundle: &str, number: u32, content_type: &str) -> String {
    let name = bundle.strip_prefix("bundles/").and_then(|name| name.strip_suffix(".json")).unwrap_or(bundle);
    let ending = content_type.rsplit('/').next().unwrap_or_default();
    let plain = !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    format!("attachments/{name}.{number}.{}", if plain { ending } else { "bin" })
}

/// The bundle's file that a page was made from, or that names an attachment; any other path as it is.
fn bundle_of(path: &str) -> String {
    let page = path.strip_prefix("pages/").and_then(|name| name.strip_suffix(".html"));
    let attachment = || {
        let mut parts = path.strip_prefix("attachments/")?.rsplitn(3, '.');
        let (_ending, number, name) = (parts.next()?, parts.next()?, parts.next()?);
        number.bytes().all(|byte| byte.is_ascii_digit()).then_some(name)
    };
    let name = page.or_else(attachment);
    name.map_or_else(|| path.to_owned(), |name| format!("bundles/{name}.json"))
}

/// `bundles/<kind>/<uuid>.json`.
fn is_bundle(path: &str) -> bool {
    let mut parts = path.split('/');
    let (folder, _, file, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
    let id = file.and_then(|file| file.strip_suffix(".json")).unwrap_or_default();
    folder == Some("bundles")
        && rest.is_none()
        && id.len() == 36
        && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "bundles/lab/0b1a2c3d-0000-5000-8000-000000000000.json";
    const FILE: &str = "attachments/lab/0b1a2c3d-0000-5000-8000-000000000000.1.pdf";
    const PAGE: &str = "pages/lab/0b1a2c3d-0000-5000-8000-000000000000.html";

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn named(file: &str) -> String {
        format!(
            r#"{{"file":"{file}","bundle_id":"","kind":"lab","unit":"","patient":"","institution":"","resources":1,"content_hash":""}}"#
        )
    }

    #[test]
    fn an_earlier_report_is_replaced() {
        let report = r#"{"version":1,"tool":{"name":"tsugite","version":"0.0.1"},"ig":[]}"#;
        let rows = named(ID);
        let files =
            [("report.json", report), ("bundles.ndjson", &rows), (ID, "{}"), (PAGE, ""), (FILE, ""), ("held.csv", "")];
        let folder = folder(&files);
        let output = OutputFolder::open(folder.path()).unwrap();
        assert!([ID, PAGE, FILE, "report.json"].iter().all(|name| !folder.path().join(name).exists()));
        output.finish().unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["attachments", "bundles", "pages"]);
        assert_eq!((attachment_of(ID, 1, "application/pdf").as_str(), bundle_of(FILE).as_str()), (FILE, ID));
        assert!(attachment_of(ID, 2, "image/svg+xml").ends_with(".2.bin"));
    }

    #[test]
    fn a_run_that_was_cut_off_is_replaced() {
        let folder = folder(&[(UNFINISHED, ""), (ID, "{}")]);
        OutputFolder::open(folder.path()).unwrap();
        assert!(!folder.path().join(ID).exists());
    }

    #[test]
    fn anything_else_is_refused_and_left_alone() {
        let report = r#"{"version":1,"tool":{"name":"tsugite","version":"0.0.1"}}"#;
        for files in [
            &[("notes.txt", "")][..],
            &[("report.json", "{}")],
            &[("report.json", r#"{"version":1,"tool":{"name":"other"}}"#)],
            &[("report.json", report), (ID, "{}")],
            &[("report.json", report), (PAGE, "")],
            &[("report.json", report), (FILE, "")],
            &[("report.json", report), ("attachments/lab/mine.pdf", "")],
            &[("report.json", report), ("pages/lab/mine.html", "")],
            &[("report.json", report), ("bundles/lab/mine.json", "{}")],
            &[(UNFINISHED, ""), ("bundles/lab/mine.json", "{}")],
            &[("bundles/mine.json", "")],
        ] {
            let folder = folder(files);
            assert!(matches!(OutputFolder::open(folder.path()), Err(FolderError::Foreign(_))), "{files:?}");
            assert!(files.iter().all(|(name, _)| folder.path().join(name).exists()));
        }
    }
}
