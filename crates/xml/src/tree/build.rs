use super::{Content, Document, Index, NONE, Stored, StoredAttribute, StoredElement};
use crate::{
    Failure, Limits,
    reader::{Event, Reader, Start},
};
use tsugite_charset::Decoded;

/// Names of children that are counted for their places in a path; behind as many, line and column must do.
const COUNTED: usize = 32;

/// An element that has not ended.
struct Open<'t> {
    index: Index,
    last: Index,
    counts: Vec<(&'t str, &'t str, u32)>,
}

pub(super) fn build<'t>(decoded: &'t Decoded<'t>, limits: &Limits) -> Result<Document<'t>, Failure> {
    let mut reader = Reader::new(&decoded.text, limits);
    let mut document =
        Document { decoded, nodes: Vec::new(), attributes: Vec::new(), namespaces: Vec::new(), undeclared: None };
    let mut open: Vec<Open<'t>> = Vec::new();
    while let Some(event) = reader.next_event()? {
        match event {
            Event::Start(start) => begin(&mut document, &mut open, start, &mut reader),
            Event::End(behind) => {
                let ended = open.pop().map_or(NONE, |open| open.index);
                if let Some(node) = document.nodes.get_mut(position(ended)) {
                    node.at.end = behind;
                }
            }
            Event::Text { text, at } => drop(append(&mut document, &mut open, Content::Text(text), at)),
        }
    }
    let (namespaces, undeclared) = reader.finish();
    document.namespaces = namespaces;
    document.undeclared = undeclared;
    Ok(document)
}

fn begin<'t>(document: &mut Document<'t>, open: &mut Vec<Open<'t>>, start: Start<'t>, reader: &mut Reader<'t>) {
    let first = number(document.attributes.len());
    document.attributes.extend(reader.take_attributes().map(|read| StoredAttribute {
        name: read.name,
        namespace: read.namespace,
        value: read.value,
        at: read.at,
    }));
    let Start { name, namespace, at, line, column } = start;
    let place = open.last_mut().map_or(1, |parent| parent.count(name.prefix, name.local));
    let attributes = first..number(document.attributes.len());
    let element = StoredElement { name, namespace, first: NONE, attributes, place, line, column };
    let index = append(document, open, Content::Element(element), at);
    open.push(Open { index, last: NONE, counts: Vec::new() });
}

fn append<'t>(
    document: &mut Document<'t>,
    open: &mut [Open<'t>],
    content: Content<'t>,
    at: std::ops::Range<usize>,
) -> Index {
    let index = number(document.nodes.len());
    let parent = open.last_mut();
    let parent_index = parent.as_ref().map_or(NONE, |parent| parent.index);
    document.nodes.push(Stored { parent: parent_index, next: NONE, content, at });
    let Some(parent) = parent else { return index };
    let before = std::mem::replace(&mut parent.last, index);
    if let Some(before) = document.nodes.get_mut(position(before)) {
        before.next = index;
    } else if let Some(Stored { content: Content::Element(element), .. }) =
        document.nodes.get_mut(position(parent.index))
    {
        element.first = index;
    }
    index
}

impl<'t> Open<'t> {
    fn count(&mut self, prefix: &'t str, local: &'t str) -> u32 {
        let known = self.counts.iter_mut().find(|(p, l, _)| (*p, *l) == (prefix, local));
        if let Some((_, _, count)) = known {
            *count = count.saturating_add(1);
            return *count;
        }
        if self.counts.len() >= COUNTED {
            return 0;
        }
        self.counts.push((prefix, local, 1));
        1
    }
}

/// The limit of nodes keeps this far below the end of the type.
fn number(position: usize) -> Index {
    Index::try_from(position).unwrap_or(NONE)
}

pub(super) fn position(index: Index) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
