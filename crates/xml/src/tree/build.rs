use super::{Content, Document, Index, NONE, Stored, StoredElement, number, position};
use crate::{
    Failure, Limits, Prefixed,
    reader::{Event, Reader},
};
use std::cell::OnceCell;
use tsugite_charset::Decoded;

/// Names of children that are counted for their places in a path; behind as many, line and column must do.
const COUNTED: usize = 32;
/// Bytes of text to a node, in documents of many: what is set aside at first.
const BYTES_A_NODE: usize = 24;
/// Nodes that are set aside at most.
const AT_FIRST: usize = 4096;

/// Elements that have not ended.
#[derive(Default)]
struct Open<'t> {
    /// Each with where the names of its children begin.
    elements: Vec<(Index, usize)>,
    /// Names of children with their number so far: those of an element stand behind those of the element around it.
    names: Vec<(Prefixed<'t>, u32)>,
}

pub(super) fn build<'t>(decoded: &'t Decoded<'t>, limits: &Limits) -> Result<Document<'t>, Failure> {
    let mut reader = Reader::keeping(&decoded.text, limits);
    let mut nodes: Vec<Stored<'t>> = Vec::with_capacity((decoded.text.len() / BYTES_A_NODE).min(AT_FIRST));
    let mut open = Open::default();
    while let Some(event) = reader.next_event()? {
        let index = number(nodes.len());
        let parent = open.elements.last().map_or(NONE, |(index, _)| *index);
        let (content, at, behind) = match event {
            Event::Start(start) => {
                let attributes = reader.kept();
                let attributes = number(attributes.start)..number(attributes.end);
                let place = open.begin(index, start.name);
                let element = StoredElement { name: start.name, namespace: start.namespace, place, attributes };
                (Content::Element(element), start.at, NONE)
            }
            Event::Text { text, at } => (Content::Text(text), at, index + 1),
            Event::End(end) => {
                if let Some(node) = open.end().and_then(|ended| nodes.get_mut(position(ended))) {
                    node.behind = index;
                    node.at.end = end;
                }
                continue;
            }
        };
        nodes.push(Stored { parent, behind, content, at });
    }
    let (attributes, namespaces, undeclared) = reader.finish();
    Ok(Document { decoded, nodes, attributes, namespaces, undeclared, places: OnceCell::new() })
}

impl<'t> Open<'t> {
    /// An element begins: its place among those of its name.
    fn begin(&mut self, index: Index, name: Prefixed<'t>) -> u32 {
        let place = self.elements.last().map_or(1, |(_, first)| count(&mut self.names, *first, name));
        self.elements.push((index, self.names.len()));
        place
    }

    fn end(&mut self) -> Option<Index> {
        let (index, first) = self.elements.pop()?;
        self.names.truncate(first);
        Some(index)
    }
}

fn count<'t>(names: &mut Vec<(Prefixed<'t>, u32)>, first: usize, name: Prefixed<'t>) -> u32 {
    let siblings = names.get_mut(first..).unwrap_or_default();
    if let Some((_, count)) = siblings.iter_mut().find(|(known, _)| *known == name) {
        *count = count.saturating_add(1);
        return *count;
    }
    if siblings.len() >= COUNTED {
        return 0;
    }
    names.push((name, 1));
    1
}
