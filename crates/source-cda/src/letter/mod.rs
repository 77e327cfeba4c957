//! 診療情報提供書 (HS007, HS008) and 退院時サマリー (HS032).

mod attachment;
mod entry;
mod head;
mod section;
mod titles;

use crate::{
    issues,
    kind::Letter,
    oid::HL7,
    own::{Number, Own},
    patient,
    storage::ContentFolder,
    value::{filled, time},
    writer::{Frame, Writer},
};
use std::sync::Arc;
use tsugite_clinical::{
    RecordKind, Scope,
    body::{Body, Document},
};
use tsugite_source::{Context, Input, Sink};
use tsugite_xml::Element;

pub fn read(
    root: Element<'_, '_>,
    letter: &'static Letter,
    own: &Own,
    input: &Input<'_>,
    context: &Context,
    sink: &mut Sink,
) {
    let folder = ContentFolder::of(input.path());
    let id = root.child((HL7, "setId")).and_then(instance).or_else(|| root.child((HL7, "id")).and_then(instance));
    let part = id.as_deref().unwrap_or_default();
    let scope = Scope { source: Arc::clone(&context.instance), feed: letter.feed.into(), part: part.into() };
    let role = patient::role(root).unwrap_or(root);
    let number = match own.number(role, head::writer(root).as_deref()) {
        // The folder is one of our storage.
        Number::Unclear(number) if folder.is_some_and(|folder| folder.patient == number) => Ok(number),
        Number::Ours(number) => Ok(number),
        Number::Unclear(_) => Err(&issues::NUMBER_UNCLEAR),
        Number::Missing => Err(&issues::PATIENT_MISSING),
        Number::Theirs => {
            return sink.record(RecordKind::Document, root.origin(&input.name)).not_carried(&issues::RECEIVED);
        }
    };
    let frame = Frame {
        patient: context.patient(number.as_deref().unwrap_or_default()),
        scope: Arc::new(scope),
        version: Frame::version(None, None, None),
        presence: Frame::presence(folder),
    };
    let mut writer = Writer::new(input, sink, frame);
    let written = root.child((HL7, "effectiveTime")).and_then(|at| time(at, &mut writer));
    let version = root.child((HL7, "versionNumber")).and_then(|version| filled(version, "value"));
    writer.frame.version = Frame::version(written, version.as_deref(), folder);
    let other_folder = folder.zip(number.as_ref().ok()).is_some_and(|(folder, number)| folder.patient != number);
    let rule = match (&number, &id) {
        (Err(rule), _) => Some((*rule, role)),
        (_, None) => Some((&issues::ID_MISSING, root)),
        _ if other_folder => Some((&issues::FOLDER_DIFFERS, role)),
        _ => None,
    };
    if let Some((rule, at)) = rule {
        writer.hold(rule, at);
    }
    let person = patient::patient(role, head::insurances(root, role), &mut writer);
    writer.patient(role, person);
    let mut document = Document::new(letter.kind, part);
    document.version = version;
    document.written = written;
    document.title = root.child_text((HL7, "title"));
    head::read(root, &mut document, &mut writer);
    section::read(root, &mut document, &mut writer);
    document.original = Some(attachment::original(&document, input));
    for replaced in head::replaced(root) {
        writer.replaces(&replaced);
    }
    writer.fact(root, "document".to_owned(), Body::Document(Box::new(document)));
    writer.whole();
}

/// II: root and extension, which together are unique.
fn instance(id: Element<'_, '_>) -> Option<String> {
    let (root, extension) = (filled(id, "root"), filled(id, "extension"));
    match (root, extension) {
        (Some(root), Some(extension)) => Some(format!("{root}:{extension}")),
        (root, extension) => root.or(extension),
    }
}
