//! mmlRe 紹介状 and mmlSm サマリー as documents with sections and their own entries.

mod referral;
mod summary;

use crate::{
    frame::Item,
    issues,
    read::{self, Place},
    text,
    writer::Writer,
};
use std::sync::Arc;
use tsugite_clinical::{
    Key, Scope,
    body::{Block, Body, Document, DocumentKind, Party, Section, SectionKind},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

pub use referral::read as referral;
pub use summary::read as summary;

const REFERRAL: &str = "mmlRe";
const SUMMARY: &str = "mmlSm";

/// The document that a module item holds: its feed.
pub fn feed(holder: Element<'_, '_>) -> Option<&'static str> {
    holder.descendants().find_map(|element| match element.local() {
        "ReferralModule" => Some(REFERRAL),
        "SummaryModule" => Some(SUMMARY),
        _ => None,
    })
}

/// Where the diagnoses of a message go that are bound to a document by its group.
pub fn bound_to<'i>(item: &Item, documents: &'i [(Item, Arc<Scope>)]) -> Option<&'i (Item, Arc<Scope>)> {
    documents.iter().find(|(document, _)| document.groups.iter().any(|group| item.groups.contains(group)))
}

/// A document in the making.
struct Draft {
    document: Document,
    scope: Arc<Scope>,
}

impl Draft {
    fn new(kind: DocumentKind, scope: Arc<Scope>, place: &Place) -> Self {
        let mut document = Document::new(kind, place.item.uid.clone());
        document.title.clone_from(&place.item.title);
        document.written = place.item.confirmed;
        document.care = place.care(None);
        Self { document, scope }
    }

    /// Adds to a section; what is empty makes none.
    fn add(&mut self, kind: SectionKind, text: Vec<Block>, entries: Vec<Key>) {
        if text.is_empty() && entries.is_empty() {
            return;
        }
        match self.document.sections.iter_mut().find(|section| section.kind == kind) {
            Some(section) => {
                section.text.extend(text);
                section.entries.extend(entries);
            }
            None => self.document.sections.push(Section { kind, title: None, text, entries }),
        }
    }

    /// The text of children of a name, with a word before it where the section has several sources.
    fn text(&mut self, parent: Element<'_, '_>, name: &'static str, kind: SectionKind, label: &str) {
        for element in parent.all(name) {
            let lines = text::lines(element);
            if !lines.is_empty() {
                let text = if label.is_empty() { lines } else { format!("{label}: {lines}") };
                self.add(kind, vec![Block::Paragraph(text)], Vec::new());
            }
        }
    }

    /// What stands in the document under none of the known names: its words at the end, its modules among the entries.
    fn rest(&mut self, parent: Element<'_, '_>, known: impl Fn(&str) -> bool, inside: &Place, writer: &mut Writer<'_>) {
        for element in parent.children().filter(|element| !known(element.local()) && element.local() != "extRef") {
            if element.local().ends_with("Module") {
                // Entries that no section names stand where their kind belongs.
                read::module(element, inside, writer);
                continue;
            }
            let lines = text::lines(element);
            if !lines.is_empty() {
                let text = format!("{}: {lines}", element.local());
                self.add(SectionKind::Remarks, vec![Block::Paragraph(text)], Vec::new());
            }
            read::modules(element, inside, writer);
        }
    }

    fn finish(self, at: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
        let outside = at.descendants().filter(|element| element.is("extRef")).count();
        if outside > 0 {
            writer.tell(Issue::new(&issues::EXTERNAL).with("count", outside.to_string()), at);
        }
        let Self { document, scope } = self;
        writer.fact(at, &scope, "document".to_owned(), &place.item, Body::Document(Box::new(document)));
    }
}

/// Where a document stands. Without an id it is held with all that it says, as no later edition could be told from another letter.
fn named(at: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) -> Place {
    let mut place = place.clone();
    if place.item.uid.is_empty() {
        writer.tell(Issue::new(&issues::DOCUMENT_UNNAMED), at);
        place.item.hold = place.item.hold.or(Some(&issues::DOCUMENT_UNNAMED));
    }
    place
}

/// The writer of a document, where he is named apart from its creator.
fn author(party: Option<Party>, document: &mut Document) {
    let Some(party) = party else { return };
    if document.care.practitioner.is_none() {
        document.care.practitioner.clone_from(&party.practitioner);
    }
    if document.care.department.is_none() {
        document.care.department.clone_from(&party.department);
    }
    if !party.name.is_empty() {
        document.author = Some(party);
    }
}
