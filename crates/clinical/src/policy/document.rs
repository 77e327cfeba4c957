//! How documents are made and sent.

use serde::Deserialize;

/// 診療情報提供書, 退院時サマリー, 健診結果報告書.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentPolicy {
    /// What becomes of a document whose source does not say whether the patient agreed.
    pub consent_unknown: ConsentUnknown,
    /// The reporting institution as a document names it. A document that names its own author needs it not.
    pub sender: Option<Sender>,
    /// What a document that came as CDA is sent as.
    pub original: OriginalDocument,
    /// How many days before its date a composed document takes laboratory results and drugs from.
    pub lab_days: u16,
    /// Drugs as MedicationRequest; else they stand in the text only.
    pub prescriptions: bool,
    /// Whose lines stand for a prescription that several feeds tell, the first of them that has it.
    pub prescription_authority: Vec<String>,
    /// How the files of a letter travel.
    pub attachments: AttachmentWay,
    /// `attachments = "apart"`: what ties a file to its document, as a URI. `{uuid}` is made from Bundle-ID and bytes, `{sha256}` from the
    /// bytes, `{bundle}` is the local part of the Bundle-ID, `{number}` the file's place. How the centre ties them is not public.
    pub attachment_url: String,
    /// All attachments of a document together, in bytes. The centre takes 10 MB a transmission; inside of a document Base64 counts twice.
    pub attachment_bytes: u64,
    /// MIME types that may be attached.
    pub attachment_types: Vec<String>,
}

impl Default for DocumentPolicy {
    fn default() -> Self {
        Self {
            consent_unknown: ConsentUnknown::Hold,
            sender: None,
            original: OriginalDocument::Cda,
            lab_days: 90,
            prescriptions: true,
            prescription_authority: ["OMP-01", "mmlPs", "RX", "JAHIS-RX", "CLAIM", "UKE", "JAHISTC"]
                .map(str::to_owned)
                .to_vec(),
            attachments: AttachmentWay::Inside,
            attachment_url: "urn:uuid:{uuid}".to_owned(),
            attachment_bytes: 5 * 1024 * 1024,
            attachment_types: [
                "application/pdf",
                "image/jpeg",
                "image/png",
                "image/gif",
                "image/tiff",
                "application/fhir+json",
            ]
            .map(str::to_owned)
            .to_vec(),
        }
    }
}

/// 添付情報.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttachmentWay {
    /// In the document itself.
    #[default]
    Inside,
    /// As requests of their own, before the document (添付情報登録), which names type, size, hash and a URI of each.
    Apart,
}

/// Neither agreed nor refused, as far as the source tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentUnknown {
    #[default]
    Hold,
    Send,
}

/// Exactly one of section 200 (the CDA) and section 300 (structured) may stand in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginalDocument {
    /// Section 200: the CDA itself.
    #[default]
    Cda,
    /// Section 300: what was read from it, where that is all that the profile demands; the CDA is not sent then.
    Sections,
}

/// 医療機関 as it signs its documents.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    pub name: String,
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub telephone: Option<String>,
}
