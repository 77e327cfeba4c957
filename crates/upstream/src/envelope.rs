//! Requests and results as XML.

use crate::{
    Class, EnvelopeError, Interface, Operation, Unreadable, interface::PayloadEncoding, refusal::is_xml, xml::Document,
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
    /// The bundle's bytes; `None` for a cancel.
    pub payload: Option<Vec<u8>>,
}

/// The centre's answer, as read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ResultMessage {
    pub institution: String,
    pub file_id: String,
    /// Of the transmission; empty where it went well.
    pub error_code: String,
    pub error_message: String,
    /// Of the processing.
    pub status: String,
    pub code: String,
    pub message: String,
    pub findings: Vec<Finding>,
}

/// One row of the list of checks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Finding {
    pub code: String,
    pub message: String,
}

impl ResultMessage {
    /// The code that decides: that of the transmission, else that of the processing.
    pub fn deciding_code(&self) -> &str {
        if self.error_code.is_empty() { &self.code } else { &self.error_code }
    }

    /// What a person reads: messages and findings, one a line.
    pub fn text(&self) -> String {
        let findings = self.findings.iter().map(|f| format!("{} {}", f.code, f.message));
        let messages = [&self.error_message, &self.message].into_iter().filter(|m| !m.is_empty()).cloned();
        messages.chain(findings).collect::<Vec<_>>().join("\n")
    }
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
        let payload = request.payload.as_deref().map(|bytes| self.encode(bytes)).transpose()?;
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
        if let Some(payload) = payload {
            xml.raw_leaf(&names.payload, &payload);
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
        let payload = match (document.leaf(&names.body, &names.payload)?, names.payload_encoding) {
            (None, _) => None,
            (Some(text), PayloadEncoding::Text) => Some(text.as_bytes().to_vec()),
            (Some(text), PayloadEncoding::Base64) => {
                let packed: String = text.split_ascii_whitespace().collect();
                Some(STANDARD.decode(packed).map_err(|_| Unreadable::Payload)?)
            }
        };
        if payload.is_none() != (operation.plain() == Operation::Cancel) {
            return Err(Unreadable::Payload);
        }
        let insured = [body(&names.insurer)?, body(&names.symbol)?, body(&names.number)?, body(&names.branch)?];
        let request = Request {
            operation,
            institution: head(&names.institution)?,
            file_id: head(&names.file_id)?,
            insured_id: insured.join(":"),
            bundle_id: body(&names.bundle_value)?,
            payload,
        };
        if request.file_id.is_empty() {
            return Err(Unreadable::Missing("correlation id"));
        }
        if request.bundle_id.is_empty() || body(&names.bundle_system)? != names.bundle_system_uri {
            return Err(Unreadable::Missing("Bundle-ID"));
        }
        Ok(request)
    }

    /// The bytes of a result file, as the centre writes it.
    pub fn write_result(&self, result: &ResultMessage) -> Vec<u8> {
        let names = &self.result;
        let mut xml = Writer::new(&names.root);
        xml.open(&names.header);
        xml.leaf(&names.institution, &result.institution);
        xml.leaf(&names.file_id, &result.file_id);
        xml.leaf(&names.error_code, &result.error_code);
        xml.leaf(&names.error_message, &result.error_message);
        xml.close(&names.header);
        xml.open(&names.body);
        xml.leaf(&names.status, &result.status);
        xml.leaf(&names.code, &result.code);
        xml.leaf(&names.message, &result.message);
        for finding in &result.findings {
            xml.open(&names.check);
            xml.leaf(&names.check_code, &finding.code);
            xml.leaf(&names.check_message, &finding.message);
            xml.close(&names.check);
        }
        xml.close(&names.body);
        xml.finish(&names.root)
    }

    /// Reads a result file.
    ///
    /// # Errors
    /// When it is no such XML or does not say what it answers.
    pub fn read_result(&self, bytes: &[u8]) -> Result<ResultMessage, Unreadable> {
        let names = &self.result;
        let document = Document::read(bytes)?;
        if document.root != names.root {
            return Err(Unreadable::Root);
        }
        let head = |name: &str| document.text(&names.header, name);
        let body = |name: &str| document.text(&names.body, name);
        let findings = self.findings(&document);
        let result = ResultMessage {
            institution: head(&names.institution)?,
            file_id: head(&names.file_id)?,
            error_code: head(&names.error_code)?,
            error_message: head(&names.error_message)?,
            status: body(&names.status)?,
            code: body(&names.code)?,
            message: body(&names.message)?,
            findings,
        };
        if result.file_id.is_empty() { Err(Unreadable::Missing("correlation id")) } else { Ok(result) }
    }

    /// A code begins a row, and so does a message where the row before has one: none is lost.
    fn findings(&self, document: &Document) -> Vec<Finding> {
        let names = &self.result;
        let mut findings: Vec<Finding> = Vec::new();
        for leaf in document.leaves.iter().filter(|leaf| leaf.parent == names.check) {
            let text = leaf.text.trim().to_owned();
            if leaf.name == names.check_code {
                findings.push(Finding { code: text, message: String::new() });
            } else if leaf.name == names.check_message {
                match findings.last_mut().filter(|last| last.message.is_empty()) {
                    Some(last) => last.message = text,
                    None => findings.push(Finding { code: String::new(), message: text }),
                }
            }
        }
        findings
    }

    /// What a result means: by the transmission's code, else by the processing's code, else by its status.
    pub fn classify(&self, result: &ResultMessage) -> Class {
        self.classify_for(None, result)
    }

    /// The same where it is known what was asked: a row of the table may count for one operation only.
    pub fn classify_for(&self, operation: Option<Operation>, result: &ResultMessage) -> Class {
        let by_status = self.class_of_status(&result.status);
        match result.deciding_code() {
            "" => by_status,
            code => {
                let class = self.class_of_code(code, operation);
                // A status that says the opposite of the code is a thing to look at, not to guess about.
                let contradicts = class == Class::Accepted && !result.status.is_empty() && by_status != Class::Accepted;
                if contradicts { Class::Unknown } else { class }
            }
        }
    }
}

/// A bare CR would come out of an XML parser as LF.
fn escaped(text: &str) -> String {
    escape(text).replace('\r', "&#13;")
}

struct Writer {
    text: String,
}

impl Writer {
    fn new(root: &str) -> Self {
        Self { text: format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<{root}>") }
    }

    fn open(&mut self, name: &str) {
        let _ = write!(self.text, "<{name}>");
    }

    fn close(&mut self, name: &str) {
        let _ = write!(self.text, "</{name}>");
    }

    fn leaf(&mut self, name: &str, text: &str) {
        let text: String = text.chars().map(|c| if is_xml(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
        self.raw_leaf(name, &escaped(&text));
    }

    fn raw_leaf(&mut self, name: &str, text: &str) {
        let _ = write!(self.text, "<{name}>{text}</{name}>");
    }

    fn finish(mut self, root: &str) -> Vec<u8> {
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
            payload: (operation.plain() != Operation::Cancel).then(|| "{\"x\":\r\n\"日本 <&\"}".as_bytes().to_vec()),
        }
    }

    #[test]
    fn a_cancel_says_who_and_which_and_nothing_more() {
        let text = String::from_utf8(default_interface().write_request(&request(Operation::Cancel)).unwrap()).unwrap();
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
            for operation in Operation::ALL {
                let request = request(operation);
                assert_eq!(
                    interface.read_request(operation, &interface.write_request(&request).unwrap()).unwrap(),
                    request
                );
            }
        }
        let interface = default_interface();
        let cancel = interface.write_request(&request(Operation::Cancel)).unwrap();
        assert_eq!(interface.read_request(Operation::Register, &cancel), Err(Unreadable::Payload));
    }

    #[test]
    fn the_size_counts_with_envelope_and_encoding() {
        let mut request = request(Operation::Register);
        request.payload = Some(vec![b' '; 7_600_000]);
        let refused = default_interface().write_request(&request);
        assert!(matches!(refused, Err(EnvelopeError::TooLarge { size: 10_133_000.., limit: 10_000_000 })));
        request.payload = Some(vec![b' '; 7_400_000]);
        assert!(default_interface().write_request(&request).is_ok());
    }

    #[test]
    fn results_come_back_and_are_classified_with_unknown_as_the_safe_default() {
        let interface = default_interface();
        let result = |error: &str, status: &str, code: &str| ResultMessage {
            file_id: "TG01".into(),
            error_code: error.into(),
            status: status.into(),
            code: code.into(),
            message: "m".into(),
            findings: vec![
                Finding { code: "STRICT-001".into(), message: "a".into() },
                Finding { code: "STRICT-002".into(), message: String::new() },
            ],
            ..ResultMessage::default()
        };
        for (error, status, code, class) in [
            ("", "1", "SBX0000I", Class::Accepted),
            ("", "1", "", Class::Accepted),
            ("", "2", "SBX1001W", Class::Duplicate),
            ("", "2", "SBX1002E", Class::Exists),
            ("", "2", "SBX1003E", Class::NotRegistered),
            ("", "2", "SBX2001E", Class::Qualification),
            ("", "2", "SBX3001E", Class::Content),
            ("SBX9001E", "1", "SBX0000I", Class::Transport),
            ("", "2", "SBX0000I", Class::Unknown),
            ("", "1", "CISB0052E", Class::Unknown),
            ("XYZ", "1", "", Class::Unknown),
            ("", "2", "", Class::Unknown),
            ("", "", "", Class::Unknown),
        ] {
            let result = result(error, status, code);
            assert_eq!(interface.read_result(&interface.write_result(&result)).unwrap(), result);
            assert_eq!(interface.classify(&result), class, "{error} {status} {code}");
        }
    }
}
