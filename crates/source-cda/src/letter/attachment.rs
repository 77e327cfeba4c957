//! Files in a document, and the document itself.

use crate::{
    issues,
    value::filled,
    writer::{Tell, Writer},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tsugite_clinical::body::{Attachment, Document};
use tsugite_issue::Issue;
use tsugite_source::Input;
use tsugite_xml::Element;

/// The file that the document was read from, byte for byte.
pub fn original(document: &Document, input: &Input<'_>) -> Attachment {
    let title = document.title.clone().unwrap_or_else(|| input.file_name().to_owned());
    Attachment {
        title,
        content_type: "application/xml".to_owned(),
        base64: STANDARD.encode(&input.bytes),
        created: document.written,
    }
}

/// ED: a file in Base64, or a text. A reference to another file is told and not followed.
pub fn read(data: Element<'_, '_>, title: &str, writer: &mut Writer<'_>) -> Option<Attachment> {
    let content_type = filled(data, "mediaType").unwrap_or_else(|| "text/plain".to_owned());
    let text = data.text();
    let base64 = match data.attr("representation") {
        Some("B64") => {
            let packed: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
            STANDARD.decode(&packed).ok().filter(|bytes| !bytes.is_empty()).map(|_| packed)
        }
        _ => (!text.trim().is_empty()).then(|| STANDARD.encode(text.as_bytes())),
    };
    if base64.is_none() {
        let kind: String = content_type.chars().take(64).collect();
        writer.tell(Issue::new(&issues::ATTACHMENT_UNREADABLE).with("type", kind), data);
    }
    Some(Attachment { title: title.to_owned(), content_type, base64: base64?, created: None })
}
