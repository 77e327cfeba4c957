//! From the documents of a package to its compiled form.

use super::snapshot::{self, Snapshot};
use super::terminology;
use crate::definitions::{Constraint, Definitions, Package, Text};
use crate::json::{Arena, Limits, Node};
use std::collections::HashMap;

/// What reading a package left unsaid.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    /// StructureDefinitions without snapshot.
    pub without_snapshot: usize,
    /// Files that are no JSON or no usable definition.
    pub unreadable: Vec<String>,
}

/// Invariants once each, however many elements carry them.
#[derive(Default)]
pub(super) struct Constraints {
    known: HashMap<(Text, Text, bool), u32>,
    list: Vec<Constraint>,
}

impl Constraints {
    pub fn number(&mut self, constraint: Constraint) -> u32 {
        let key = (Text::clone(&constraint.key), Text::clone(&constraint.expression), constraint.error);
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        *self.known.entry(key).or_insert_with(|| {
            self.list.push(constraint);
            next
        })
    }
}

/// Compiles a package: profiles keep only what `base` does not say already. Without `base` the package is base R4 itself: its own
/// types are the base of its profiles.
pub(crate) fn compile(
    description: Option<&[u8]>,
    documents: &[(String, Vec<u8>)],
    base: Option<&Definitions>,
) -> (Package, Remarks) {
    let mut package = Package::default();
    let mut remarks = Remarks::default();
    let mut constraints = Constraints::default();
    let mut profiles = Vec::new();
    let mut arena = Arena::new();
    if let Some(description) = description {
        read(&mut arena, description, |node| describe(node, &mut package));
    }
    for (name, bytes) in documents {
        let understood = read(&mut arena, bytes, |node| {
            document(node, base, &mut package, &mut constraints, &mut profiles, &mut remarks)
        });
        if understood != Some(true) {
            remarks.unreadable.push(name.clone());
        }
    }
    match base {
        Some(base) => prune(profiles, base, &constraints.list, &mut package),
        None => {
            // The types are linked by themselves first, so that the profiles beside them can be compared with them.
            let mut types = Package { structures: std::mem::take(&mut package.structures), ..Package::default() };
            types.constraints = std::mem::take(&mut constraints.list);
            let mut own = Definitions::link(vec![types]);
            prune(profiles, &own, &own.constraints, &mut package);
            constraints.list = own.constraints;
            own.structures.append(&mut package.structures);
            package.structures = own.structures;
        }
    }
    package.constraints = constraints.list;
    (package, remarks)
}

fn prune(profiles: Vec<Snapshot>, base: &Definitions, constraints: &[Constraint], package: &mut Package) {
    package.structures.extend(profiles.into_iter().map(|profile| profile.against(base, constraints)));
}

fn read<T>(arena: &mut Arena, bytes: &[u8], then: impl FnOnce(Node<'_>) -> T) -> Option<T> {
    let limits = Limits { max_size: 256 << 20, ..Limits::default() };
    let tree = arena.read(bytes, &limits, &mut Vec::new())?;
    let root = tree.root()?;
    root.is_object().then(|| then(root))
}

fn text<'t>(node: Node<'t>, name: &str) -> Option<&'t str> {
    node.get(name).and_then(Node::as_str)
}

fn describe(node: Node<'_>, package: &mut Package) {
    package.name = text(node, "name").unwrap_or_default().into();
    package.version = text(node, "version").unwrap_or_default().into();
    if let Some(dependencies) = node.get("dependencies") {
        let named = dependencies.items().filter_map(|d| Some((d.key()?.into(), d.as_str()?.into())));
        package.dependencies = named.collect();
    }
}

/// Whether the document was understood; those that define nothing are.
fn document(
    node: Node<'_>,
    base: Option<&Definitions>,
    package: &mut Package,
    constraints: &mut Constraints,
    profiles: &mut Vec<Snapshot>,
    remarks: &mut Remarks,
) -> bool {
    match text(node, "resourceType") {
        Some("StructureDefinition") => {
            if text(node, "kind") == Some("logical") {
                return true;
            }
            if node.get("snapshot").is_none() {
                remarks.without_snapshot += 1;
                return true;
            }
            let Some(snapshot) = snapshot::read(node, constraints) else {
                return false;
            };
            if snapshot.structure.profile || base.is_some() {
                profiles.push(snapshot);
            } else {
                package.structures.push(snapshot.structure);
            }
            true
        }
        Some("ValueSet") => terminology::value_set(node).map(|set| package.value_sets.push(set)).is_some(),
        Some("CodeSystem") => terminology::code_system(node).map(|system| package.code_systems.push(system)).is_some(),
        Some("NamingSystem") => {
            let ids = node.get("uniqueId").filter(|n| n.is_array()).into_iter().flat_map(Node::items);
            for id in ids {
                let Some(value) = text(id, "value") else {
                    continue;
                };
                let is_oid = text(id, "type") == Some("oid") && !value.starts_with("urn:");
                package.systems.push(if is_oid { format!("urn:oid:{value}").into() } else { value.into() });
            }
            true
        }
        _ => true,
    }
}
