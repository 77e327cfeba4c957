//! Results as XML, and what they mean.

use crate::{Action, Class, Held, Interface, Unreadable, envelope::Writer, xml::Document};

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
    /// In the answer to an inquiry.
    pub held: Held,
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
        if let Some(inquiry) = self.inquiry.as_ref().filter(|_| result.held != Held::default()) {
            xml.leaf(&inquiry.status, &result.held.status);
            xml.leaf(&inquiry.digest, &result.held.digest);
            xml.leaf(&inquiry.request, &result.held.request);
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
        let held = match &self.inquiry {
            Some(inquiry) => Held {
                status: body(&inquiry.status)?,
                digest: body(&inquiry.digest)?,
                request: body(&inquiry.request)?,
            },
            None => Held::default(),
        };
        let result = ResultMessage {
            institution: head(&names.institution)?,
            file_id: head(&names.file_id)?,
            error_code: head(&names.error_code)?,
            error_message: head(&names.error_message)?,
            status: body(&names.status)?,
            code: body(&names.code)?,
            message: body(&names.message)?,
            findings,
            held,
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

    /// The same where it is known what was asked: a row of the table may count for one action only.
    pub fn classify_for(&self, action: Option<Action>, result: &ResultMessage) -> Class {
        let by_status = self.class_of_status(&result.status);
        match result.deciding_code() {
            "" => by_status,
            code => {
                let class = self.class_of_code(code, action);
                // A status that says the opposite of the code is a thing to look at, not to guess about.
                let contradicts = class == Class::Accepted && !result.status.is_empty() && by_status != Class::Accepted;
                if contradicts { Class::Unknown } else { class }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interface::tests::default_interface;

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
