//! What is registered: one JSON file a Bundle-ID under `registrations/`.

use crate::{CentreError, bundle::Summary, disk};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

const LONGEST: u64 = 1 << 28;

/// One bundle that the centre holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// 被保険者識別子; with the Bundle-ID the key.
    pub insured_id: String,
    pub bundle_id: String,
    /// The resource type that the bundle's tag names.
    pub kind: String,
    /// Entries beside the Patient.
    pub resources: usize,
    /// Correlation id of the registration.
    pub registered_by: String,
    /// Correlation id of the last accepted change.
    pub changed_by: Option<String>,
    /// The bundle as it came.
    pub payload: String,
}

/// The file of one Bundle-ID: usually one registration.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    registrations: Vec<Registration>,
}

#[derive(Debug)]
pub struct Registry {
    folder: PathBuf,
}

impl Registry {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Bundle-IDs have passed their form: no separator of folders is in them. Capitals are marked, as not every file system tells
    /// them from small letters.
    fn path(&self, bundle_id: &str) -> PathBuf {
        let mut name = String::new();
        for character in bundle_id.chars() {
            match character {
                '^' => name.push('.'),
                'A'..='Z' => name.extend(['_', character.to_ascii_lowercase()]),
                _ => name.push(character),
            }
        }
        self.folder.join(format!("{name}.json"))
    }

    fn page(path: &Path) -> Result<Page, CentreError> {
        let Some(bytes) = disk::read(path, LONGEST)? else { return Ok(Page::default()) };
        serde_json::from_slice(&bytes).map_err(|_| CentreError::Registration(path.to_owned()))
    }

    pub fn find(&self, insured_id: &str, bundle_id: &str) -> Result<Option<Registration>, CentreError> {
        let page = Self::page(&self.path(bundle_id))?;
        Ok(page.registrations.into_iter().find(|held| held.insured_id == insured_id))
    }

    /// Removes what `insured_id` has under the Bundle-ID and puts `new` there, in one step. Done twice it is done once.
    pub fn replace(&self, insured_id: &str, bundle_id: &str, new: Option<Registration>) -> Result<(), CentreError> {
        let path = self.path(bundle_id);
        let mut page = Self::page(&path)?;
        let stays = |held: &Registration| {
            held.insured_id != insured_id && new.as_ref().is_none_or(|new| new.insured_id != held.insured_id)
        };
        page.registrations.retain(stays);
        page.registrations.extend(new);
        if page.registrations.is_empty() {
            return disk::remove(&path);
        }
        let bytes = serde_json::to_vec(&page).map_err(|error| disk::error(&path)(error.into()))?;
        disk::write(&path, &bytes)
    }

    pub fn all(&self) -> Result<Vec<Registration>, CentreError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(disk::error(&self.folder))?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let path = entry.map_err(disk::error(&self.folder))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                all.extend(Self::page(&path)?.registrations);
            }
        }
        all.sort_by(|a, b| (&a.bundle_id, &a.insured_id).cmp(&(&b.bundle_id, &b.insured_id)));
        Ok(all)
    }
}

impl Registration {
    /// `None` if the payload is no JSON text.
    pub fn of(payload: Vec<u8>, correlation: &str) -> Option<Self> {
        let Summary { kind, bundle_id, insured_id, resources, .. } = Summary::of(&payload)?;
        let payload = String::from_utf8(payload).ok()?;
        let registered_by = correlation.to_owned();
        Some(Self { insured_id, bundle_id, kind, resources, registered_by, changed_by: None, payload })
    }
}

/// What the centre of a folder holds, by Bundle-ID; also while another program works as that centre.
///
/// # Errors
/// When the folder cannot be read.
pub fn registrations(dir: &Path) -> Result<Vec<Registration>, CentreError> {
    Registry::new(dir.join("registrations")).all()
}
