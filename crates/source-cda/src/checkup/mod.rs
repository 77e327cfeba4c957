//! 特定健診 (HC08): the head of the report, and its items.

mod head;
mod item;

use crate::{
    issues, narrative,
    oid::{self, HL7},
    patient,
    value::{filled, interval, time},
    writer::{Frame, Writer},
};
use item::Series;
use std::sync::Arc;
use tsugite_clinical::{
    Date, Key, Presence, Scope,
    body::{Body, Document, DocumentKind, Section, SectionKind},
};
use tsugite_source::{Context, Input, Sink};
use tsugite_xml::Element;

const FEED: &str = "HC08";

/// `withdrawn`: the report asks to delete what was reported.
pub fn read(root: Element<'_, '_>, withdrawn: bool, input: &Input<'_>, context: &Context, sink: &mut Sink) {
    let scope = Arc::new(Scope { source: Arc::clone(&context.instance), feed: FEED.into(), part: "".into() });
    let presence = if withdrawn { Presence::Deleted } else { Presence::Present };
    let frame = Frame { patient: context.patient(""), scope, version: Frame::version(None, None, None), presence };
    let mut writer = Writer::new(input, sink, frame);
    let written = root.child((HL7, "effectiveTime")).and_then(|at| time(at, &mut writer));
    let role = patient::role(root).unwrap_or(root);
    let person = patient::patient(role, patient::insurance(role).into_iter().collect(), &mut writer);
    let Some(id) = head::patient_id(role, &person) else {
        writer.hold(&issues::PATIENT_MISSING, role);
        return finish(root, &mut writer, Document::new(DocumentKind::Checkup, ""));
    };
    writer.frame.patient = context.patient(&id);
    let mut checkup = head::checkup(root, &mut writer);
    let Some(performed) = checkup.performed.or_else(|| performed(root, &mut writer)) else {
        writer.hold(&issues::CHECKUP_DATE_MISSING, root);
        return finish(root, &mut writer, Document::new(DocumentKind::Checkup, ""));
    };
    checkup.performed = Some(performed);
    let author = head::author(root);
    let provider = checkup.provider.as_ref().or(author.as_ref()).and_then(|party| party.number.clone());
    let program = checkup.program.as_ref().map(|program| program.code.clone());
    // The format gives its documents no id: an institution reports one check of a kind of a person and day.
    let part = [provider.unwrap_or_default(), performed.to_string(), program.unwrap_or_default()].join(":");
    let Scope { source, feed, .. } = &*writer.frame.scope;
    let scope = Scope { source: Arc::clone(source), feed: Arc::clone(feed), part: part.as_str().into() };
    writer.frame.scope = Arc::new(scope);
    writer.frame.version = Frame::version(written, None, None);
    writer.patient(role, person);
    // A Unit is named by its document: many are checked on one day. The insured number itself is no name for logs.
    let person_mark: String = tsugite_source::digest(id.as_bytes()).to_string().chars().take(16).collect();
    let mut document = Document::new(DocumentKind::Checkup, format!("{part}:{person_mark}"));
    document.written = written;
    document.title = root.child_text((HL7, "title"));
    document.author = author;
    document.care.practitioner = head::doctor(root);
    document.checkup = Some(Box::new(checkup));
    finish(root, &mut writer, document);
}

/// Where the service event has no time: the earliest of the items'.
fn performed(root: Element<'_, '_>, writer: &mut Writer<'_>) -> Option<Date> {
    let times = sections(root).flat_map(|section| section.all((HL7, "entry")));
    let times = times.filter_map(|entry| entry.at(&[(HL7, "observation"), (HL7, "effectiveTime")]));
    let days: Vec<Date> = times.filter_map(|at| interval(at, writer).0).map(|at| at.date).collect();
    days.into_iter().min()
}

/// The items, the document itself, and that this is all of it.
fn finish(root: Element<'_, '_>, writer: &mut Writer<'_>, mut document: Document) {
    document.sections = sections(root).map(|section| read_section(section, writer)).collect();
    writer.fact(root, "document".to_owned(), Body::Document(Box::new(document)));
    writer.whole();
}

/// Sections of the body, inner ones too; each has its own entries only.
fn sections<'d, 't>(root: Element<'d, 't>) -> impl Iterator<Item = Element<'d, 't>> + use<'d, 't> {
    let body = root.at(&[(HL7, "component"), (HL7, "structuredBody")]);
    body.into_iter().flat_map(Element::descendants).filter(|element| element.is((HL7, "section")))
}

fn read_section(section: Element<'_, '_>, writer: &mut Writer<'_>) -> Section {
    let code = section.child((HL7, "code")).and_then(crate::value::code);
    let additional = code.as_ref().is_some_and(|code| code.code == "01990");
    let kind = if additional { SectionKind::CheckupAdditional } else { SectionKind::CheckupResults };
    let mut entries: Vec<Key> = Vec::new();
    for entry in section.all((HL7, "entry")) {
        let mut any = false;
        for statement in item::statements(entry) {
            any = true;
            item::read(statement, code.as_ref(), &Series::default(), writer, &mut entries);
        }
        if !any {
            item::hold(entry, &issues::ENTRY_UNREAD, writer);
        }
    }
    let text = section.child((HL7, "text")).map(narrative::blocks).unwrap_or_default();
    let title = section.child_text((HL7, "title"));
    Section { kind, title: title.or_else(|| code.map(|code| code.display)), text, entries }
}

/// The code of an element in the system of items where it names none.
fn item_system(element: Element<'_, '_>) -> String {
    filled(element, "codeSystem").unwrap_or_else(|| oid::ITEM.to_owned())
}
