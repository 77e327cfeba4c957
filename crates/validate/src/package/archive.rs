//! The `.tgz` of a package.

use crate::json::{Arena, Limits, Node};
use flate2::read::GzDecoder;
use std::io::{self, Read};

/// What a package holds: its description and its definitions, as JSON texts.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    pub description: Option<Vec<u8>>,
    pub documents: Vec<(String, Vec<u8>)>,
}

/// Unpacked, a package may have this many bytes; the largest published for Japan has 30 million.
const MOST: u64 = 1 << 30;

/// Names of files that hold no definitions, by how they begin; they are not even read.
const KINDS: [&str; 4] = ["StructureDefinition", "ValueSet", "CodeSystem", "NamingSystem"];

/// Reads the archive in memory. Only `package/*.json` counts; examples and openapi files lie deeper.
pub(crate) fn open(bytes: &[u8]) -> io::Result<Archive> {
    let mut archive = Archive::default();
    let mut tar = tar::Archive::new(GzDecoder::new(bytes).take(MOST));
    for entry in tar.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let path = path.strip_prefix("./").unwrap_or(&path);
        let Some(name) = path.strip_prefix("package/").filter(|n| !n.contains('/') && !n.starts_with('.')) else {
            continue;
        };
        if name != "package.json" && !may_define(name) {
            continue;
        }
        let mut content = Vec::with_capacity(usize::try_from(entry.size()).unwrap_or_default().min(64 << 20));
        entry.read_to_end(&mut content)?;
        if content.starts_with(b"\xef\xbb\xbf") {
            content.drain(..3);
        }
        if name == "package.json" {
            archive.description = Some(content);
        } else {
            archive.documents.push((name.to_owned(), content));
        }
    }
    // What follows the last file holds the checksum: a cut file shows only there.
    io::copy(&mut tar.into_inner(), &mut io::sink())?;
    Ok(archive)
}

/// Files are named after their resource by every publisher, except that some leave the type out: those are looked into.
fn may_define(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".json") else {
        return false;
    };
    let kind = stem.split_once('-').map(|(kind, _)| kind).unwrap_or_default();
    KINDS.contains(&kind) || !kind.starts_with(|c: char| c.is_ascii_uppercase())
}

fn describe<T: Default>(archive: &Archive, then: impl FnOnce(Node<'_>) -> T) -> T {
    let mut arena = Arena::new();
    let text = archive.description.as_deref().unwrap_or_default();
    let tree = arena.read(text, &Limits::default(), &mut Vec::new());
    tree.as_ref().and_then(|tree| tree.root()).map(then).unwrap_or_default()
}

/// Name and version.
pub(crate) fn name_of(archive: &Archive) -> (String, String) {
    describe(archive, |node| {
        let text = |name| node.get(name).and_then(Node::as_str).unwrap_or_default().to_owned();
        (text("name"), text("version"))
    })
}

/// The versions of FHIR that the package says it is for.
pub(crate) fn releases(archive: &Archive) -> Vec<String> {
    describe(archive, |node| {
        let list = node.get("fhirVersions").or_else(|| node.get("fhir-version-list")).filter(|l| l.is_array());
        list.into_iter().flat_map(Node::items).filter_map(|v| Some(v.as_str()?.to_owned())).collect()
    })
}
