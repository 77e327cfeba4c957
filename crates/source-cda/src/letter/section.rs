//! The body: sections with their text and entries, inner sections after the one that holds them.

use super::{attachment, entry, titles};
use crate::{
    issues, narrative,
    oid::{self, HL7},
    value::{code, data_type},
    writer::{Tell, Writer},
};
use tsugite_clinical::body::{Document, Section, SectionKind};
use tsugite_issue::Issue;
use tsugite_xml::Element;

pub fn read(root: Element<'_, '_>, document: &mut Document, writer: &mut Writer<'_>) {
    for component in root.all((HL7, "component")) {
        if let Some(body) = component.child((HL7, "structuredBody")) {
            components(body, None, document, writer);
        }
        if let Some(text) = component.at(&[(HL7, "nonXMLBody"), (HL7, "text")]) {
            let title = document.title.clone().unwrap_or_default();
            document.attachments.extend(attachment::read(text, &title, writer));
        }
    }
}

fn components(parent: Element<'_, '_>, kind: Option<SectionKind>, document: &mut Document, writer: &mut Writer<'_>) {
    for section in parent.all((HL7, "component")).filter_map(|component| component.child((HL7, "section"))) {
        read_section(section, kind, document, writer);
    }
}

/// `outer`: what the section around this one speaks of, for one that does not say.
fn read_section(
    section: Element<'_, '_>,
    outer: Option<SectionKind>,
    document: &mut Document,
    writer: &mut Writer<'_>,
) {
    let title = section.child_text((HL7, "title"));
    let element = section.child((HL7, "code"));
    let coded = element.into_iter().flat_map(|code| std::iter::once(code).chain(code.all((HL7, "translation"))));
    let loinc = coded.filter_map(code).find(|code| code.system == oid::LOINC).map(|code| code.code);
    let heading = title.clone().or_else(|| element.and_then(code).map(|code| code.display));
    let known = titles::kind(loinc.as_deref(), heading.as_deref(), document.kind).or(outer);
    let text = section.child((HL7, "text")).map(narrative::blocks).unwrap_or_default();
    let kind = known.unwrap_or(SectionKind::Remarks);
    let place = document.sections.len();
    let entries = entry::read(section, place, kind, document, writer);
    if !text.is_empty() || !entries.is_empty() {
        if known.is_none() {
            writer.tell(Issue::new(&issues::SECTION_UNKNOWN), section);
        }
        document.sections.push(Section { kind, title: heading, text, entries });
    }
    media(section, document, writer);
    components(section, known, document, writer);
}

/// observationMedia: pictures and files.
fn media(section: Element<'_, '_>, document: &mut Document, writer: &mut Writer<'_>) {
    for entry in section.all((HL7, "entry")) {
        for media in entry.descendants().filter(|element| element.is((HL7, "observationMedia"))) {
            let Some(value) = media.child((HL7, "value")) else { continue };
            let title = section.child_text((HL7, "title")).unwrap_or_default();
            document.attachments.extend(attachment::read(value, &title, writer));
        }
        // A value that is a file (ED) in an observation.
        let values = entry.descendants().filter(|element| element.is((HL7, "observation")));
        let values = values.filter_map(|observation| observation.child((HL7, "value")));
        for value in values.filter(|value| data_type(*value) == "ED" && value.attr("representation") == Some("B64")) {
            let title = section.child_text((HL7, "title")).unwrap_or_default();
            document.attachments.extend(attachment::read(value, &title, writer));
        }
    }
}
