//! What is registered: one JSON file a Bundle-ID under `registrations/`, or in memory.

use crate::{CentreError, bundle::Summary, disk, log::sha256};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
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
    /// The bundle as it came; empty where only digests are kept ([`crate::Setup::digests_only`]).
    pub payload: String,
    /// Where the payload is not kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    digest: String,
}

/// The file of one Bundle-ID: usually one registration.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    registrations: Vec<Registration>,
}

#[derive(Debug)]
pub enum Registry {
    Folder(PathBuf),
    Memory(BTreeMap<String, Page>),
}

impl Registry {
    pub fn new(folder: PathBuf) -> Self {
        Self::Folder(folder)
    }

    pub const fn in_memory() -> Self {
        Self::Memory(BTreeMap::new())
    }

    pub fn find(&self, insured_id: &str, bundle_id: &str) -> Result<Option<Registration>, CentreError> {
        let is_its = |held: &&Registration| held.insured_id == insured_id;
        Ok(match self {
            Self::Folder(folder) => read(&page(folder, bundle_id))?.registrations.iter().find(is_its).cloned(),
            Self::Memory(pages) => {
                pages.get(bundle_id).and_then(|page| page.registrations.iter().find(is_its)).cloned()
            }
        })
    }

    /// Removes what `insured_id` has under the Bundle-ID and puts `new` there, in one step. Done twice it is done once.
    pub fn replace(&mut self, insured_id: &str, bundle_id: &str, new: Option<Registration>) -> Result<(), CentreError> {
        let folder = match self {
            Self::Memory(pages) => {
                let page = pages.entry(bundle_id.to_owned()).or_default();
                page.replace(insured_id, new);
                if page.registrations.is_empty() {
                    pages.remove(bundle_id);
                }
                return Ok(());
            }
            Self::Folder(folder) => folder,
        };
        let path = page(folder, bundle_id);
        let mut page = read(&path)?;
        page.replace(insured_id, new);
        if page.registrations.is_empty() {
            return disk::remove(&path);
        }
        let bytes = serde_json::to_vec(&page).map_err(|error| disk::error(&path)(error.into()))?;
        disk::write(&path, &bytes)
    }

    pub fn all(&self) -> Result<Vec<Registration>, CentreError> {
        let mut all = Vec::new();
        match self {
            Self::Memory(pages) => all.extend(pages.values().flat_map(|page| page.registrations.iter().cloned())),
            Self::Folder(folder) => {
                let entries = match fs::read_dir(folder) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                    entries => entries.map_err(disk::error(folder))?,
                };
                for entry in entries {
                    let path = entry.map_err(disk::error(folder))?.path();
                    if path.extension().is_some_and(|extension| extension == "json") {
                        all.extend(read(&path)?.registrations);
                    }
                }
            }
        }
        all.sort_by(|a, b| (&a.bundle_id, &a.insured_id).cmp(&(&b.bundle_id, &b.insured_id)));
        Ok(all)
    }
}

/// Bundle-IDs have passed their form: no separator of folders is in them. Capitals are marked, as not every file system tells
/// them from small letters.
pub fn page(folder: &Path, bundle_id: &str) -> PathBuf {
    let mut name = String::new();
    for character in bundle_id.chars() {
        match character {
            '^' => name.push('.'),
            'A'..='Z' => name.extend(['_', character.to_ascii_lowercase()]),
            _ => name.push(character),
        }
    }
    folder.join(format!("{name}.json"))
}

fn read(path: &Path) -> Result<Page, CentreError> {
    let Some(bytes) = disk::read(path, LONGEST)? else { return Ok(Page::default()) };
    serde_json::from_slice(&bytes).map_err(|_| CentreError::Registration(path.to_owned()))
}

impl Page {
    fn replace(&mut self, insured_id: &str, new: Option<Registration>) {
        let stays = |held: &Registration| {
            held.insured_id != insured_id && new.as_ref().is_none_or(|new| new.insured_id != held.insured_id)
        };
        self.registrations.retain(stays);
        self.registrations.extend(new);
    }
}

impl Registration {
    /// `None` if the payload is no JSON text.
    pub fn of(payload: Vec<u8>, correlation: &str) -> Option<Self> {
        let Summary { kind, bundle_id, insured_id, resources, .. } = Summary::of(&payload)?;
        let payload = String::from_utf8(payload).ok()?;
        let registered_by = correlation.to_owned();
        let (changed_by, digest) = (None, String::new());
        Some(Self { insured_id, bundle_id, kind, resources, registered_by, changed_by, payload, digest })
    }

    /// SHA-256 of the payload in hexadecimal, as in [`crate::Event::content`].
    pub fn digest(&self) -> String {
        if self.digest.is_empty() { sha256(self.payload.as_bytes()) } else { self.digest.clone() }
    }

    pub(crate) fn drop_payload(&mut self) {
        self.digest = self.digest();
        self.payload = String::new();
    }

    /// Whether these bytes are what is held.
    pub(crate) fn holds(&self, payload: &[u8]) -> bool {
        if self.digest.is_empty() { self.payload.as_bytes() == payload } else { self.digest == sha256(payload) }
    }

    /// The correlation id of the request whose payload is held.
    pub fn brought_by(&self) -> &str {
        self.changed_by.as_deref().unwrap_or(&self.registered_by)
    }

    /// The institution number in the Bundle-ID.
    pub fn institution(&self) -> &str {
        self.bundle_id.split('^').next().unwrap_or_default()
    }
}

/// What the centre of a folder holds, by Bundle-ID; also while another program works as that centre.
///
/// # Errors
/// When the folder cannot be read.
pub fn registrations(dir: &Path) -> Result<Vec<Registration>, CentreError> {
    Registry::new(dir.join("registrations")).all()
}

/// One Unit (報告単位) that is registered more than once: what must never be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoLive {
    /// Names the Unit.
    pub unit: String,
    /// (Bundle-ID, insured id) of each.
    pub registrations: Vec<(String, String)>,
}

/// The Units with more than one live registration, as far as the centre can tell: one Bundle-ID under two insured ids, or two
/// problem lists or allergy lists of one insured person from one institution. Where a registration moves to a new insured id, both
/// are live for a moment: ask when all is quiet. Which lab reports are one Unit only the sender knows: [`two_live_by`].
pub fn two_live(registrations: &[Registration]) -> Vec<TwoLive> {
    let lists = two_live_by(registrations, |held| {
        let is_list = matches!(held.kind.as_str(), "Condition" | "AllergyIntolerance");
        is_list.then(|| format!("{} {} {}", held.institution(), held.kind, held.insured_id))
    });
    let ids = two_live_by(registrations, |held| Some(held.bundle_id.clone()));
    ids.into_iter().chain(lists).collect()
}

/// The same by the sender's own word on what a Unit is; `None` leaves a registration out.
pub fn two_live_by(registrations: &[Registration], unit: impl Fn(&Registration) -> Option<String>) -> Vec<TwoLive> {
    let mut units: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for held in registrations {
        if let Some(unit) = unit(held) {
            units.entry(unit).or_default().push((held.bundle_id.clone(), held.insured_id.clone()));
        }
    }
    let twice = units.into_iter().filter(|(_, registrations)| registrations.len() > 1);
    twice.map(|(unit, registrations)| TwoLive { unit, registrations }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lives_twice_is_found() {
        let held = |bundle_id: &str, insured_id: &str, kind: &str| Registration {
            insured_id: insured_id.into(),
            bundle_id: bundle_id.into(),
            kind: kind.into(),
            resources: 1,
            registered_by: "T1".into(),
            changed_by: None,
            payload: "x".into(),
            digest: String::new(),
        };
        let sound = [
            held("i^2026^a", "p", "Condition"),
            held("i^2026^b", "p", "AllergyIntolerance"),
            held("i^2026^c", "p", "Observation"),
            held("i^2026^d", "p", "Observation"),
            held("j^2026^e", "p", "Condition"),
            held("i^2026^f", "q", "Condition"),
        ];
        assert_eq!(two_live(&sound), []);
        let twice = |more: Registration| {
            let found = two_live(&[&sound[..], &[more]].concat());
            found.into_iter().map(|two| two.unit).collect::<Vec<_>>()
        };
        assert_eq!(twice(held("i^2027^g", "p", "Condition")), ["i Condition p"]);
        assert_eq!(twice(held("i^2026^c", "q", "Observation")), ["i^2026^c"]);
        let by_person = two_live_by(&sound, |held| (held.kind == "Observation").then(|| held.insured_id.clone()));
        assert_eq!(by_person[0].registrations.len(), 2);
        let mut light = sound[0].clone();
        light.drop_payload();
        assert!(light.payload.is_empty() && light.digest() == sound[0].digest());
        assert!([&light, &sound[0]].iter().all(|held| held.holds(b"x") && !held.holds(b"y")));
        assert_eq!(sound[0].digest(), "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    }
}
