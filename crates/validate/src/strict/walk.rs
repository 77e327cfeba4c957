use super::characters::{self, Text};
use super::table::RULES;
use super::{Check, Findings, Say};
use crate::json::{Kind, Node, Tree};

/// What the walk leaves for the rules; memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Ids of all strings named `reference`, in document order.
    pub references: Vec<u32>,
}

/// One pass over all values: the rules about odd values and characters are applied, the references collected.
pub(super) fn walk(tree: &Tree<'_>, scratch: &mut Scratch, findings: &mut Findings) {
    scratch.references.clear();
    for node in tree.nodes() {
        match node.kind() {
            Kind::String => {
                if node.is_empty() || node.is_escaped() {
                    odd(node, findings);
                }
                string(node, scratch, findings);
            }
            Kind::Null => odd(node, findings),
            Kind::Array | Kind::Object if node.is_empty() => odd(node, findings),
            Kind::Object if is_extension(node) => extension(node, findings),
            _ => {}
        }
    }
}

fn odd(node: Node<'_>, findings: &mut Findings) {
    for rule in RULES {
        if let Check::Odd(check) = rule.check {
            check(node, &mut Say::new(findings, rule.definition));
        }
    }
}

fn is_extension(node: Node<'_>) -> bool {
    let array = node.parent().filter(|_| node.index().is_some());
    matches!(array.and_then(Node::key_bytes), Some(b"extension" | b"modifierExtension"))
}

fn extension(node: Node<'_>, findings: &mut Findings) {
    for rule in RULES {
        if let Check::Extension(check) = rule.check {
            check(node, &mut Say::new(findings, rule.definition));
        }
    }
}

fn string(node: Node<'_>, scratch: &mut Scratch, findings: &mut Findings) {
    match node.key_bytes() {
        Some(b"reference") => return scratch.references.push(node.id()),
        Some(b"display" | b"family") => {}
        Some(b"text") if is_name_or_concept(node) => {}
        None if is_name_part(node) => {}
        _ => return,
    }
    let Some(value) = node.as_str() else {
        return;
    };
    let classes = characters::classify(value);
    if classes.is_empty() {
        return;
    }
    for rule in RULES {
        if let Check::Text(check) = rule.check {
            check(&Text { node, value, classes }, &mut Say::new(findings, rule.definition));
        }
    }
}

/// `given`, `prefix` and `suffix` are arrays.
fn is_name_part(node: Node<'_>) -> bool {
    matches!(node.parent().and_then(Node::key_bytes), Some(b"given" | b"prefix" | b"suffix"))
}

/// Whether a `text` belongs to a HumanName or a CodeableConcept. The other types that have one are free text.
fn is_name_or_concept(node: Node<'_>) -> bool {
    let Some(object) = node.parent() else {
        return false;
    };
    let element = object.key_bytes().or_else(|| object.parent().and_then(Node::key_bytes));
    !matches!(element, None | Some(b"note" | b"address" | b"dosageInstruction" | b"referenceRange" | b"text" | b"item"))
}
