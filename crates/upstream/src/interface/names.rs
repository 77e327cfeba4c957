//! The names of elements in the XML of requests and results.

use super::Interface;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayloadEncoding {
    Base64,
    Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestNames {
    pub root: String,
    pub header: String,
    pub body: String,
    pub institution: String,
    pub file_id: String,
    pub insurer: String,
    pub symbol: String,
    pub number: String,
    pub branch: String,
    pub bundle_system: String,
    pub bundle_value: String,
    pub bundle_system_uri: String,
    pub payload: String,
    pub payload_encoding: PayloadEncoding,
    /// A detached electronic signature, in Base64.
    #[serde(default)]
    pub signature: Option<String>,
}

/// What a request of 添付情報登録 holds beside header, insured id and Bundle-ID.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentNames {
    /// What ties it to its document: `DocumentReference.content.attachment.url`.
    pub reference: String,
    pub content_type: String,
    pub title: String,
    /// The file in Base64, whatever the encoding of bundles is.
    pub data: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultNames {
    pub root: String,
    pub header: String,
    pub body: String,
    pub institution: String,
    pub file_id: String,
    pub error_code: String,
    pub error_message: String,
    pub status: String,
    pub code: String,
    pub message: String,
    pub check: String,
    pub check_code: String,
    pub check_message: String,
}

impl Interface {
    pub(super) fn element_names(&self) -> impl Iterator<Item = &String> {
        let (q, r) = (&self.request, &self.result);
        let request = [
            &q.root,
            &q.header,
            &q.body,
            &q.institution,
            &q.file_id,
            &q.insurer,
            &q.symbol,
            &q.number,
            &q.branch,
            &q.bundle_system,
            &q.bundle_value,
            &q.payload,
        ];
        let result = [
            &r.root,
            &r.header,
            &r.body,
            &r.institution,
            &r.file_id,
            &r.error_code,
            &r.error_message,
            &r.status,
            &r.code,
            &r.message,
            &r.check,
            &r.check_code,
            &r.check_message,
        ];
        let (a, i) = (&self.attachment, &self.inquiry);
        let attachment = a.iter().flat_map(|a| [&a.reference, &a.content_type, &a.title, &a.data]);
        let inquiry = i.iter().flat_map(|i| [&i.status, &i.digest, &i.request]);
        request.into_iter().chain(result).chain(&q.signature).chain(attachment).chain(inquiry)
    }
}
