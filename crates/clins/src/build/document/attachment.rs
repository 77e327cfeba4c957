//! What travels with a document: files, the CDA itself, and a course in words.

use crate::{
    ApartFile,
    build::{frame::Frame, url},
    document::decoded_length,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};
use tsugite_clinical::body::Attachment;
use tsugite_fhir::{
    Resource, meta, reference,
    resources::{DocumentReference, DocumentReferenceContent},
    text_concept, types,
};
use uuid::Uuid;

/// A file as DocumentReference.
pub fn file(frame: &Frame, attachment: &Attachment, profile: &str, description: &str, name: &str) -> Resource {
    let written =
        types::Attachment { data: Some(attachment.base64.as_str().into()), ..described(attachment, description) };
    document_reference(frame, written, profile, description, name)
}

/// A file that travels apart: all but its bytes. `hash` is the SHA-1 that FHIR asks for.
pub fn named_only(frame: &Frame, attachment: &Attachment, file: &ApartFile, description: &str, name: &str) -> Resource {
    let hash = sha1_smol::Sha1::from(&file.bytes).digest().bytes();
    let written = types::Attachment {
        url: Some(file.reference.as_str().into()),
        hash: Some(STANDARD.encode(hash).into()),
        ..described(attachment, description)
    };
    document_reference(frame, written, url::DOCUMENT_REFERENCE_PROFILE, description, name)
}

fn described(attachment: &Attachment, description: &str) -> types::Attachment {
    let size = decoded_length(attachment).and_then(|bytes| u32::try_from(bytes).ok());
    types::Attachment {
        content_type: Some(content_type(attachment).into()),
        size: size.map(Into::into),
        title: Some(title(attachment, description).into()),
        creation: attachment.created.map(|at| at.to_string().into()),
        ..types::Attachment::default()
    }
}

fn title<'a>(attachment: &'a Attachment, otherwise: &'a str) -> &'a str {
    let title = attachment.title.trim();
    if title.is_empty() { otherwise } else { title }
}

fn content_type(attachment: &Attachment) -> String {
    attachment.content_type.trim().to_ascii_lowercase()
}

/// How files that travel apart are named (`document.attachment_url`).
pub struct Apart<'a> {
    pub pattern: &'a str,
    pub bundle_id: &'a str,
}

/// Made once for this product, never to change.
const FILES: Uuid = Uuid::from_u128(0x2be0_94d7_61f3_4c0a_8d5e_73a1_c9f4_06b2);

impl Apart<'_> {
    /// `number` counts from 1. `None`: the attachment is no Base64, which held its document before.
    pub fn file(&self, attachment: &Attachment, number: usize, otherwise: &str) -> Option<ApartFile> {
        let bytes = STANDARD.decode(&attachment.base64).ok()?;
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let uuid = Uuid::new_v5(&FILES, format!("{}\u{1f}{sha256}", self.bundle_id).as_bytes()).to_string();
        let local = self.bundle_id.rsplit('^').next().unwrap_or_default();
        let parts =
            [("{uuid}", &*uuid), ("{sha256}", &*sha256), ("{bundle}", local), ("{number}", &*number.to_string())];
        let reference = parts.iter().fold(self.pattern.to_owned(), |text, (part, is)| text.replace(part, is));
        let (content_type, title) = (content_type(attachment), title(attachment, otherwise).to_owned());
        Some(ApartFile { reference, content_type, title, bytes })
    }
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
