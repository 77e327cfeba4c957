//! 添付: what it is by its content, and how much may be attached.

use crate::{
    issues,
    summary::{FHIR_JSON, Summary},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tsugite_issue::Definition;

/// Bytes of all attachments of a letter together. A transmission is 10 MB at most, and what is attached is in Base64 twice on the way:
/// once in the document and once with it.
pub const MOST_ATTACHED: usize = 5 << 20;

/// The MIME type of what may be attached (PDF, PNG, JPEG, a discharge summary); `None` for anything else.
pub fn content_type(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 3] =
        [(b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xFF\xD8\xFF", "image/jpeg")];
    let file = KINDS.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| name);
    file.or_else(|| Summary::of(bytes).map(|_| FHIR_JSON))
}

/// An attachment that can go with a letter about a patient: its type, and how many bytes it has.
pub fn checked(base64: &str, patient: &str) -> Result<(&'static str, usize), &'static Definition> {
    let compact: String = base64.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(compact).map_err(|_| &issues::ATTACHMENT_BROKEN)?;
    let kind = content_type(&bytes).ok_or(&issues::ATTACHMENT_KIND)?;
    if Summary::of(&bytes).is_some_and(|summary| !summary.is_about(patient)) {
        return Err(&issues::ATTACHMENT_OTHER_PATIENT);
    }
    Ok((kind, bytes.len()))
}

/// Base64 as FHIR carries it.
pub fn encoded(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::tests::bundle;

    #[test]
    fn only_what_it_says_it_is_may_be_attached() {
        for (bytes, expected) in [
            (b"%PDF-1.7\n".as_slice(), Ok("application/pdf")),
            (b"\x89PNG\r\n\x1a\n\0", Ok("image/png")),
            (b"\xFF\xD8\xFF\xE0", Ok("image/jpeg")),
            (b"MZ\x90", Err("LETTER-010")),
            (b"<svg onload='x'/>", Err("LETTER-010")),
            (&bundle("18842-5", "0000000001"), Ok("application/fhir+json")),
            (&bundle("18842-5", "0000000002"), Err("LETTER-014")),
            (&bundle("57133-1", "0000000001"), Err("LETTER-010")),
        ] {
            let found =
                checked(&encoded(bytes), "0000000001").map(|(kind, _)| kind).map_err(|definition| definition.code);
            assert_eq!(found, expected);
        }
        assert_eq!(checked("%%%", "1").map_err(|definition| definition.code), Err("LETTER-009"));
    }
}
