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
        request.into_iter().chain(result)
    }
}
