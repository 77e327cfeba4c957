//! Files that came apart from their documents: one JSON file a Bundle-ID under `attachments/`, or in memory. They are remembered by their
//! digests.

use crate::{CentreError, disk, log::sha256, registry::page};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::PathBuf};
use tsugite_upstream::Attached;

const LONGEST: u64 = 1 << 24;

/// One file that the centre holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachedFile {
    /// As the document names it.
    pub reference: String,
    pub content_type: String,
    pub title: String,
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub digest: String,
}

impl AttachedFile {
    pub fn of(attached: Attached, bytes: &[u8]) -> Self {
        let Attached { reference, content_type, title } = attached;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Self { reference, content_type, title, bytes: length, digest: sha256(bytes) }
    }
}

#[derive(Debug)]
pub enum Attachments {
    Folder(PathBuf),
    Memory(BTreeMap<String, Vec<AttachedFile>>),
}

impl Attachments {
    pub const fn in_memory() -> Self {
        Self::Memory(BTreeMap::new())
    }

    pub fn of(&self, bundle_id: &str) -> Result<Vec<AttachedFile>, CentreError> {
        match self {
            Self::Memory(all) => Ok(all.get(bundle_id).cloned().unwrap_or_default()),
            Self::Folder(folder) => {
                let path = page(folder, bundle_id);
                let Some(bytes) = disk::read(&path, LONGEST)? else { return Ok(Vec::new()) };
                serde_json::from_slice(&bytes).map_err(|_| CentreError::Registration(path))
            }
        }
    }

    /// Done twice it is done once.
    pub fn add(&mut self, bundle_id: &str, file: AttachedFile) -> Result<(), CentreError> {
        let mut files = self.of(bundle_id)?;
        files.retain(|held| held.reference != file.reference);
        files.push(file);
        match self {
            Self::Memory(all) => drop(all.insert(bundle_id.to_owned(), files)),
            Self::Folder(folder) => {
                let path = page(folder, bundle_id);
                let bytes = serde_json::to_vec(&files).map_err(|error| disk::error(&path)(error.into()))?;
                disk::write(&path, &bytes)?;
            }
        }
        Ok(())
    }

    /// They go with their document.
    pub fn remove(&mut self, bundle_id: &str) -> Result<(), CentreError> {
        match self {
            Self::Memory(all) => drop(all.remove(bundle_id)),
            Self::Folder(folder) => disk::remove(&page(folder, bundle_id))?,
        }
        Ok(())
    }
}
