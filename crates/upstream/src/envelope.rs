//! Requests as XML.

use crate::{
    Action, EnvelopeError, Interface, Operation, Unreadable, interface::PayloadEncoding, refusal::is_xml, xml::Document,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use quick_xml::escape::escape;
use std::fmt::Write as _;

/// One request of the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub operation: Operation,
    pub institution: String,
    /// Chosen by the sender and echoed back: `[A-Za-z0-9]+`.
    pub file_id: String,
    /// `保険者番号:記号:番号:枝番`.
    pub insured_id: String,
    /// `institution^year^local part`.
    pub bundle_id: String,
    /// The bundle's bytes, or those of an attachment; `None` for a cancel and an inquiry.
    pub payload: Option<Vec<u8>>,
    /// Of an attachment only.
    pub attachment: Option<Attached>,
    /// A detached signature (電子署名) over the bundle.
    pub signature: Option<Vec<u8>>,
}

/// One file that travels apart from its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// As the document names it: `DocumentReference.content.attachment.url`.
    pub reference: String,
    /// MIME type.
    pub content_type: String,
    pub title: String,
}

impl Interface {
    /// The bytes of a request file.
    ///
    /// # Errors
    /// When the request must not leave the house, or is too large with its envelope.
    pub fn write_request(&self, request: &Request) -> Result<Vec<u8>, EnvelopeError> {
        self.refuse(request)?;
        let names = &self.request;
        let mut parts = request.insured_id.split(':');
        let mut part = || parts.next().unwrap_or_default();
        let (insurer, symbol, number, branch) = (part(), part(), part(), part());
        let is_file = request.operation.action == Action::Attach;
        let bundle = request.payload.as_deref().filter(|_| !is_file);
        let bundle = bundle.map(|bytes| self.encode(bytes)).transpose()?;
        let mut xml = Writer::new(&names.root);
        xml.open(&names.header);
        xml.leaf(&names.institution, &request.institution);
        xml.leaf(&names.file_id, &request.file_id);
        xml.close(&names.header);
        xml.open(&names.body);
        xml.leaf(&names.insurer, insurer);
        xml.leaf(&names.symbol, symbol);
        xml.leaf(&names.number, number);
        xml.leaf(&names.branch, branch);
        xml.leaf(&names.bundle_system, &names.bundle_system_uri);
        xml.leaf(&names.bundle_value, &request.bundle_id);
        if let Some(bundle) = bundle {
            xml.raw_leaf(&names.payload, &bundle);
        }
        if let (Some(attached), Some(names)) = (&request.attachment, &self.attachment) {
            xml.leaf(&names.reference, &attached.reference);
            xml.leaf(&names.content_type, &attached.content_type);
            xml.leaf(&names.title, &attached.title);
            xml.raw_leaf(&names.data, &STANDARD.encode(request.payload.as_deref().unwrap_or_default()));
        }
        if let (Some(signature), Some(name)) = (&request.signature, &names.signature) {
            xml.raw_leaf(name, &STANDARD.encode(signature));
        }
        xml.close(&names.body);
        let bytes = xml.finish(&names.root);
        self.weigh(&bytes)?;
        Ok(bytes)
    }

    fn encode(&self, bundle: &[u8]) -> Result<String, EnvelopeError> {
        match self.request.payload_encoding {
            PayloadEncoding::Base64 => Ok(STANDARD.encode(bundle)),
            PayloadEncoding::Text => {
                let text = std::str::from_utf8(bundle).ok().filter(|text| text.chars().all(is_xml));
                text.map(escaped).ok_or(EnvelopeError::Character("the bundle"))
            }
        }
    }

    /// Reads a request file; the operation is told by its name.
    ///
    /// # Errors
    /// When it is no such XML, or an element is missing or said twice.
    pub fn read_request(&self, operation: Operation, bytes: &[u8]) -> Result<Request, Unreadable> {
        let names = &self.request;
        let document = Document::read(bytes)?;
        if document.root != names.root {
            return Err(Unreadable::Root);
        }
        let head = |name: &str| document.text(&names.header, name);
        let body = |name: &str| document.text(&names.body, name);
        let (payload, attachment) = match operation.action {
            Action::Attach => self.read_attachment(&document)?,
            _ => (self.read_bundle(&document)?, None),
        };
        if payload.is_some() != operation.action.has_payload() {
            return Err(Unreadable::Payload);
        }
        let signature = names.signature.as_ref().map(|name| document.leaf(&names.body, name)).transpose()?.flatten();
        let insured = [body(&names.insurer)?, body(&names.symbol)?, body(&names.number)?, body(&names.branch)?];
        let request = Request {
            operation,
            institution: head(&names.institution)?,
            file_id: head(&names.file_id)?,
            insured_id: insured.join(":"),
            bundle_id: body(&names.bundle_value)?,
            payload,
            attachment,
            signature: signature.map(base64).transpose()?,
        };
        if request.file_id.is_empty() {
            return Err(Unreadable::Missing("correlation id"));
        }
        if request.bundle_id.is_empty() || body(&names.bundle_system)? != names.bundle_system_uri {
            return Err(Unreadable::Missing("Bundle-ID"));
        }
        Ok(request)
    }

    fn read_bundle(&self, document: &Document) -> Result<Option<Vec<u8>>, Unreadable> {
        let names = &self.request;
        let text = document.leaf(&names.body, &names.payload)?;
        text.map(|text| match names.payload_encoding {
            PayloadEncoding::Text => Ok(text.as_bytes().to_vec()),
            PayloadEncoding::Base64 => base64(text),
        })
        .transpose()
    }

    fn read_attachment(&self, document: &Document) -> Result<(Option<Vec<u8>>, Option<Attached>), Unreadable> {
        let Some(names) = &self.attachment else { return Err(Unreadable::Payload) };
        let text = |name: &str| document.text(&self.request.body, name);
        let (reference, content_type, title) =
            (text(&names.reference)?, text(&names.content_type)?, text(&names.title)?);
        if reference.is_empty() {
            return Err(Unreadable::Missing("reference of the attachment"));
        }
        let data = document.leaf(&self.request.body, &names.data)?.map(base64).transpose()?;
        Ok((data, Some(Attached { reference, content_type, title })))
    }
}

fn base64(text: &str) -> Result<Vec<u8>, Unreadable> {
    let packed: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(packed).map_err(|_| Unreadable::Payload)
}

/// A bare CR would come out of an XML parser as LF.
fn escaped(text: &str) -> String {
    escape(text).replace('\r', "&#13;")
}

pub struct Writer {
    text: String,
}

impl Writer {
    pub fn new(root: &str) -> Self {
        Self { text: format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<{root}>") }
    }

    pub fn open(&mut self, name: &str) {
        let _ = write!(self.text, "<{name}>");
    }

    pub fn close(&mut self, name: &str) {
        let _ = write!(self.text, "</{name}>");
    }

    pub fn leaf(&mut self, name: &str, text: &str) {
        let text: String = text.chars().map(|c| if is_xml(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
        self.raw_leaf(name, &escaped(&text));
    }

    pub fn raw_leaf(&mut self, name: &str, text: &str) {
        let _ = write!(self.text, "<{name}>{text}</{name}>");
    }

    pub fn finish(mut self, root: &str) -> Vec<u8> {
        self.close(root);
        self.text.push('\n');
        self.text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interface::tests::default_interface;

    fn request(operation: Operation) -> Request {
        Request {
            operation,
            institution: "1319999999".into(),
            file_id: "TG01".into(),
            insured_id: "01234567:あ&'い:12:".into(),
            bundle_id: "1319999999^2026^a-b".into(),
            payload: operation.action.has_payload().then(|| "{\"x\":\r\n\"日本 <&\"}".as_bytes().to_vec()),
            attachment: (operation.action == Action::Attach).then(|| Attached {
                reference: "urn:uuid:1".into(),
                content_type: "application/pdf".into(),
                title: "紹介 & 画像".into(),
            }),
            signature: (operation.action == Action::Register).then(|| vec![0, 255]),
        }
    }

    #[test]
    fn a_cancel_says_who_and_which_and_nothing_more() {
        let text = String::from_utf8(default_interface().write_request(&request(Operation::CANCEL)).unwrap()).unwrap();
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<XmlMsg><MessageHeader>\
             <MedicalInstitutionCode>1319999999</MedicalInstitutionCode>\
             <ArbitraryFileIdentifier>TG01</ArbitraryFileIdentifier></MessageHeader><MessageBody>\
             <InsurerNumber>01234567</InsurerNumber><InsuredCardSymbol>あ&amp;&apos;い</InsuredCardSymbol>\
             <InsuredIdentificationNumber>12</InsuredIdentificationNumber><InsuredBranchNumber></InsuredBranchNumber>\
             <BundleIdentifierSystem>http://jpfhir.jp/fhir/clins/bundle-identifier</BundleIdentifierSystem>\
             <BundleIdentifierValue>1319999999^2026^a-b</BundleIdentifierValue></MessageBody></XmlMsg>\n"
        );
    }

    #[test]
    fn requests_come_back_as_they_were_in_either_encoding() {
        let text = include_str!("../../../mappings/upstream/clins.toml");
        let plain = Interface::from_toml(&text.replace("encoding = \"base64\"", "encoding = \"text\"")).unwrap();
        for interface in [default_interface(), plain] {
            for operation in Operation::all().filter(|operation| interface.has(*operation)) {
                let request = request(operation);
                assert_eq!(
                    interface.read_request(operation, &interface.write_request(&request).unwrap()).unwrap(),
                    request
                );
            }
        }
        let interface = default_interface();
        let cancel = interface.write_request(&request(Operation::CANCEL)).unwrap();
        assert_eq!(interface.read_request(Operation::REGISTER, &cancel), Err(Unreadable::Payload));
    }

    #[test]
    fn the_size_counts_with_envelope_and_encoding() {
        let mut request = request(Operation::REGISTER);
        request.payload = Some(vec![b' '; 7_600_000]);
        let refused = default_interface().write_request(&request);
        assert!(matches!(refused, Err(EnvelopeError::TooLarge { size: 10_133_000.., limit: 10_000_000 })));
        request.payload = Some(vec![b' '; 7_400_000]);
        assert!(default_interface().write_request(&request).is_ok());
    }
}
