//! What travels with a document: files, the CDA itself, and a course in words.

use crate::{
    build::{frame::Frame, url},
    document::decoded_length,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tsugite_clinical::body::Attachment;
use tsugite_fhir::{
    Resource, meta, reference,
    resources::{DocumentReference, DocumentReferenceContent},
    text_concept, types,
};

/// A file as DocumentReference.
pub fn file(frame: &Frame, attachment: &Attachment, profile: &str, description: &str, name: &str) -> Resource {
    let title = attachment.title.trim();
    let title = if title.is_empty() { description } else { title };
    let size = decoded_length(attachment).and_then(|bytes| u32::try_from(bytes).ok());
    let written = types::Attachment {
        content_type: Some(attachment.content_type.trim().to_ascii_lowercase().into()),
        data: Some(attachment.base64.as_str().into()),
        size: size.map(Into::into),
        title: Some(title.into()),
        creation: attachment.created.map(|at| at.to_string().into()),
        ..types::Attachment::default()
    };
    document_reference(frame, written, profile, description, name)
}

/// A text that the profile wants as a document: 入院中経過.
pub fn words(frame: &Frame, text: &str, title: &str, name: &str) -> Resource {
    let written = types::Attachment {
        content_type: Some("text/plain".into()),
        data: Some(STANDARD.encode(text).into()),
        size: u32::try_from(text.len()).ok().map(Into::into),
        title: Some(title.into()),
        ..types::Attachment::default()
    };
    document_reference(frame, written, url::DOCUMENT_REFERENCE_PROFILE, title, name)
}

fn document_reference(
    frame: &Frame,
    attachment: types::Attachment,
    profile: &str,
    description: &str,
    name: &str,
) -> Resource {
    Resource::DocumentReference(Box::new(DocumentReference {
        meta: Some(Box::new(meta(profile, frame.clock))),
        identifier: vec![frame.resource_id(name)],
        status: "current".into(),
        r#type: Some(Box::new(text_concept(description))),
        subject: Some(Box::new(reference(frame.patient_url))),
        description: Some(description.into()),
        content: vec![DocumentReferenceContent {
            attachment: Box::new(attachment),
            ..DocumentReferenceContent::default()
        }],
        ..DocumentReference::default()
    }))
}
