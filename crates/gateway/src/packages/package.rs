use flate2::read::GzDecoder;
use serde::Deserialize;
use std::io::{self, Read};
use thiserror::Error;
use tsugite_issue::Issue;

/// A FHIR package (`.tgz` with a folder `package/`), as much of it as names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
}

#[derive(Debug, Error)]
pub enum PackageError {
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("is no FHIR package: it has no package/package.json with a name and a version")]
    NoManifest,
    /// It cannot be used for validation; the issue says why and what is needed instead.
    #[error("cannot be used: {}", .0.text(tsugite_issue::Lang::En))]
    Refused(Box<Issue>),
}

/// Larger than any official package when unpacked; a package is a foreign file too.
const MOST: u64 = 1 << 30;

impl Package {
    /// # Errors
    /// The bytes are no gzip, no tar, or hold no usable `package/package.json`.
    pub fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        let mut found = None;
        each_file(bytes, |path, content| {
            if found.is_none() && path == "package/package.json" {
                let mut json = Vec::new();
                content.read_to_end(&mut json)?;
                found = serde_json::from_slice::<Self>(&json).ok();
            }
            Ok(())
        })?;
        // The name becomes a file name.
        let usable = |text: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        };
        found.filter(|package| usable(&package.name) && usable(&package.version)).ok_or(PackageError::NoManifest)
    }
}

/// Visits the files of a package.
pub(super) fn each_file(bytes: &[u8], mut visit: impl FnMut(&str, &mut dyn Read) -> io::Result<()>) -> io::Result<()> {
    let mut archive = tar::Archive::new(GzDecoder::new(bytes).take(MOST));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        if entry.header().entry_type().is_file() {
            visit(&path, &mut entry)?;
        }
    }
    Ok(())
}
