//! Bundles: fullUrls, what they resolve to, and whether a document hangs together.

use super::{Engine, primitive};
use crate::definitions::Map;
use crate::issues::fhir;
use crate::json::Node;
use std::collections::HashMap;

/// The entries of a Bundle, to be found by what references say.
pub(super) struct Entries<'t> {
    by_url: HashMap<&'t str, Node<'t>>,
    pub is_document: bool,
}

fn entries<'t>(bundle: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    bundle.get("entry").filter(|e| e.is_array()).into_iter().flat_map(Node::items).filter(|e| e.is_object())
}

impl<'t> Entries<'t> {
    pub fn of(bundle: Node<'t>) -> Self {
        let mut by_url = HashMap::with_capacity(entries(bundle).count());
        for entry in entries(bundle) {
            let url = entry.get("fullUrl").and_then(Node::as_str);
            let resource = entry.get("resource").filter(|r| r.is_object());
            if let (Some(url), Some(resource)) = (url, resource) {
                by_url.insert(url, resource);
                if let Some(relative) = relative(url) {
                    by_url.insert(relative, resource);
                }
            }
        }
        Self { by_url, is_document: bundle.get("type").and_then(Node::as_str) == Some("document") }
    }

    pub fn find(&self, reference: &str) -> Option<Node<'t>> {
        let without_version = || self.by_url.get(reference.split_once("/_history/")?.0);
        let plain = reference.split('|').next().unwrap_or(reference);
        self.by_url.get(plain).or_else(without_version).copied()
    }
}

/// `Patient/1` of `http://host/fhir/Patient/1`, or of itself.
fn relative(url: &str) -> Option<&str> {
    let is_relative = |text: &str| {
        text.split_once('/').is_some_and(|(kind, id)| {
            kind.starts_with(|c: char| c.is_ascii_uppercase())
                && kind.bytes().all(|b| b.is_ascii_alphabetic())
                && primitive::is_id(id)
        })
    };
    if is_relative(url) {
        return Some(url);
    }
    if !url.starts_with("http") {
        return None;
    }
    let (before, _) = url.rsplit_once('/')?;
    let start = before.rfind('/')? + 1;
    url.get(start..).filter(|tail| is_relative(tail))
}

impl<'t> Engine<'_, 't> {
    pub(super) fn bundle(&mut self, bundle: Node<'t>) {
        let Some(is_document) = self.entries.as_ref().map(|e| e.is_document) else {
            return;
        };
        let kind = bundle.get("type").and_then(Node::as_str).unwrap_or_default();
        let mut seen = HashMap::with_capacity(entries(bundle).count());
        for entry in entries(bundle) {
            let resource = entry.get("resource").filter(|r| r.is_object());
            let Some(node) = entry.get("fullUrl") else {
                if resource.is_some() && is_document {
                    self.say(&fhir::FULL_URL_MISSING, entry, |_| {});
                } else if resource.is_some() && matches!(kind, "collection" | "message" | "history") {
                    self.say(&fhir::FULL_URL_ABSENT, entry, |_| {});
                }
                continue;
            };
            let Some(url) = node.as_str().filter(|u| !u.is_empty()) else {
                continue;
            };
            let version = resource.and_then(|r| r.get("meta")).and_then(|m| m.get("versionId")).and_then(Node::as_str);
            if seen.insert((url, version), ()).is_some() {
                self.say_found(&fhir::FULL_URL_TWICE, node, |_| {});
            }
            self.full_url(node, url, resource);
        }
        if is_document {
            self.linked(bundle);
        }
    }

    fn full_url(&mut self, node: Node<'t>, url: &str, resource: Option<Node<'t>>) {
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        let is_legal = match url.strip_prefix("urn:uuid:") {
            Some(uuid) => primitive::is_uuid(uuid),
            None => is_web || url.starts_with("urn:oid:"),
        };
        if !is_legal {
            self.say_found(&fhir::FULL_URL_FORM, node, |_| {});
        }
        let id = resource.and_then(|r| r.get("id")).and_then(Node::as_str);
        if let Some(id) = id.filter(|_| is_web)
            && url.strip_suffix(id).is_none_or(|before| !before.ends_with('/'))
        {
            self.say_found(&fhir::FULL_URL_ID, node, |_| {});
        }
    }

    /// Every entry of a document is linked with the first, by references from it or to it.
    fn linked(&mut self, bundle: Node<'t>) {
        let Some(index) = &self.entries else {
            return;
        };
        let list: Vec<(Node<'t>, Node<'t>)> =
            entries(bundle).filter_map(|e| Some((e, e.get("resource").filter(|r| r.is_object())?))).collect();
        let place: Map<u32, usize> = list.iter().enumerate().map(|(i, (_, r))| (r.id(), i)).collect();
        let mut groups: Vec<usize> = (0..list.len()).collect();
        for (at, (_, resource)) in list.iter().enumerate() {
            for reference in resource.inside().filter(|n| n.has_key("reference")).filter_map(Node::as_str) {
                let target = index.by_url.get(reference).and_then(|t| place.get(&t.id()));
                if let Some(&target) = target {
                    join(&mut groups, at, target);
                }
            }
        }
        let first = root(&groups, 0);
        let lost: Vec<Node<'t>> =
            list.iter().enumerate().filter(|(i, _)| root(&groups, *i) != first).map(|(_, (entry, _))| *entry).collect();
        for entry in lost {
            self.say(&fhir::UNREACHABLE, entry, |_| {});
        }
    }
}

/// The representative of the group that an entry is in.
fn root(groups: &[usize], mut at: usize) -> usize {
    while let Some(&up) = groups.get(at).filter(|&&up| up != at) {
        at = up;
    }
    at
}

fn join(groups: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(groups, a), root(groups, b));
    // Towards the smaller number, so that the chains stay short where all hang on the first.
    let (low, high) = (a.min(b), a.max(b));
    if let Some(up) = groups.get_mut(high) {
        *up = low;
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_url_of_a_resource_ends_with_type_and_id() {
        for (url, expected) in [
            ("http://example.org/fhir/Patient/1", Some("Patient/1")),
            ("Patient/1", Some("Patient/1")),
            ("urn:uuid:0", None),
            ("http://example.org/patient/1", None),
            ("http://example.org/Patient/a_b", None),
        ] {
            assert_eq!(relative(url), expected, "{url}");
        }
    }
}
