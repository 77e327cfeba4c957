//! dom-2 to dom-5: contained resources.

use super::same::MOST;
use super::{Engine, Scope};
use crate::definitions::Map;
use crate::issues::fhir;
use crate::json::Node;
use std::collections::{HashMap, HashSet};

/// Contained resources by the resource that contains them and their id, where there are too many to look through each time.
#[derive(Default)]
pub(super) struct Contained<'t> {
    ids: HashMap<(u32, &'t str), Node<'t>>,
}

/// As many are looked through without an index.
const FEW: usize = 16;

fn with_ids<'t>(container: Node<'t>) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    let list = container.get("contained").filter(|c| c.is_array());
    list.into_iter().flat_map(Node::items).filter_map(|r| Some((r.get("id")?.as_str()?, r)))
}

impl<'t> Contained<'t> {
    pub fn index(&mut self, container: Node<'t>) {
        if with_ids(container).nth(FEW).is_some() {
            for (id, resource) in with_ids(container) {
                self.ids.entry((container.id(), id)).or_insert(resource);
            }
        }
    }

    pub fn find(&self, container: Node<'t>, id: &str) -> Option<Node<'t>> {
        if with_ids(container).nth(FEW).is_some() {
            return self.ids.get(&(container.id(), id)).copied();
        }
        with_ids(container).find(|(known, _)| *known == id).map(|(_, resource)| resource)
    }
}

/// Contained resources that are the same to the byte, as the encounter and the doctor of all results of a report: what was judged
/// without a finding once is not judged again.
#[derive(Default)]
pub(super) struct Alike<'t> {
    /// By text and package: the first, and whether nothing was found in it.
    first: Map<(&'t str, Option<usize>), (u32, bool)>,
    /// The first for each later one.
    of: Map<u32, u32>,
}

impl<'t> Alike<'t> {
    /// The resource that stands for this one: itself, or the first like it.
    pub fn id(&self, node: Node<'t>) -> u32 {
        self.of.get(&node.id()).copied().unwrap_or(node.id())
    }

    /// Whether one like it was judged without a finding.
    fn is_clean(&mut self, node: Node<'t>, scope: Scope<'t>) -> bool {
        let Some(&(first, clean)) = self.first.get(&(node.source(), scope.package)) else {
            return false;
        };
        if clean {
            self.of.insert(node.id(), first);
        }
        clean
    }
}

impl<'r, 't> Engine<'r, 't> {
    /// A resource inside another one.
    pub(super) fn contained_resource(&mut self, node: Node<'t>, scope: Scope<'t>) {
        // A reference to what surrounds it may mean something else each time.
        let is_closed =
            !self.definitions.looks_around && memchr::memchr2(b'#', b'\\', node.source().as_bytes()).is_none();
        if is_closed && self.alike.is_clean(node, scope) {
            return;
        }
        let before = self.told;
        self.resource(node, scope);
        if is_closed && self.alike.first.len() < MOST {
            self.alike.first.insert((node.source(), scope.package), (node.id(), self.told == before));
        }
    }

    pub(super) fn contained(&mut self, node: Node<'t>, scope: Scope<'t>) {
        let Some(list) = node.get("contained").filter(|c| c.is_array()) else {
            return;
        };
        if scope.resource.id() != scope.container.id() {
            self.say(&fhir::CONTAINED_NESTED, list, |_| {});
        }
        let local: HashSet<&str> = locals(node).collect();
        let mut ids = HashSet::new();
        for resource in list.items().filter(|r| r.is_object()) {
            self.meta(resource);
            let id = resource.get("id").and_then(Node::as_str).filter(|id| !id.is_empty());
            let Some(id) = id.filter(|id| ids.insert(*id)) else {
                self.say(&fhir::CONTAINED_ID, resource, |_| {});
                continue;
            };
            if !local.contains(id) && !locals(resource).any(|id| id.is_empty()) {
                self.say(&fhir::CONTAINED_UNUSED, resource, |f| {
                    f.with("id", super::strict_shorten(id));
                });
            }
        }
    }

    fn meta(&mut self, resource: Node<'t>) {
        let Some(meta) = resource.get("meta") else {
            return;
        };
        for name in ["versionId", "lastUpdated", "security"] {
            if let Some(member) = meta.get(name) {
                self.say(&fhir::CONTAINED_META, member, |f| {
                    f.with("element", name);
                });
            }
        }
    }
}

/// What stands after `#` in the references and URLs inside a value.
fn locals<'t>(node: Node<'t>) -> impl Iterator<Item = &'t str> {
    let refers = |n: &Node<'t>| {
        let key = n.key().or_else(|| n.parent().and_then(Node::key)).unwrap_or_default();
        matches!(key, "reference" | "url" | "uri")
            || key.contains("anonical")
            || key.ends_with("Uri")
            || key.ends_with("Url")
    };
    node.inside()
        .filter(|n| n.as_str().is_some_and(|text| text.starts_with('#')))
        .filter(refers)
        .filter_map(|n| n.as_str()?.strip_prefix('#'))
}
