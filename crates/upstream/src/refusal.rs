//! What is never put into a request file.

use crate::{Action, Interface, Request, Size, issues};
use tsugite_issue::Issue;

/// Why no request file is made. A person must act: trying again changes nothing. Holds no value of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    #[error("a trial institution number cannot be sent")]
    Trial,
    #[error("the institution number has not the form of JP-CLINS R1021")]
    Institution,
    #[error("the Bundle-ID is not `institution^year^local part`")]
    BundleId,
    #[error("the Bundle-ID names another institution than the request")]
    InstitutionDiffers,
    #[error("the insured id has not the form of JP-CLINS R1013")]
    InsuredId,
    #[error("the correlation id is not 1 to {0} ASCII letters and digits")]
    Correlation(usize),
    #[error("a bundle belongs to a register and a change, a file to an attachment, and neither to anything else")]
    Payload,
    #[error("the interface file names no element for a signature (`[request] signature`)")]
    Signature,
    #[error("{0} holds a character that XML cannot hold")]
    Character(&'static str),
    /// A 報告単位 is never split.
    #[error("the request has {size} bytes, {limit} are allowed")]
    TooLarge { size: u64, limit: u64 },
}

impl EnvelopeError {
    /// The same for a person.
    pub fn issue(&self) -> Issue {
        match self {
            Self::Trial => Issue::new(&issues::TRIAL),
            Self::InstitutionDiffers => Issue::new(&issues::INSTITUTION_DIFFERS),
            Self::TooLarge { size, limit } => {
                Issue::new(&issues::TOO_LARGE).with("bytes", size.to_string()).with("limit", limit.to_string())
            }
            other => Issue::new(&issues::NO_REQUEST).with("reason", other.to_string()),
        }
    }
}

impl Interface {
    /// Whether a request may leave the house, its size apart.
    ///
    /// # Errors
    /// With the first reason why not.
    pub fn refuse(&self, request: &Request) -> Result<(), EnvelopeError> {
        let Request { institution, bundle_id, insured_id, file_id, payload, .. } = request;
        // Prefecture 00 does not exist: `convert` without a number uses it (`rules` §1).
        if institution.starts_with("00") {
            return Err(EnvelopeError::Trial);
        }
        if !is_institution(institution) {
            return Err(EnvelopeError::Institution);
        }
        if institution_of(bundle_id).ok_or(EnvelopeError::BundleId)? != institution {
            return Err(EnvelopeError::InstitutionDiffers);
        }
        if !is_insured_id(insured_id) {
            return Err(EnvelopeError::InsuredId);
        }
        let longest = self.files.id_max_length;
        if !(1..=longest).contains(&file_id.len()) || !file_id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(EnvelopeError::Correlation(longest));
        }
        let is_file = request.operation.action == Action::Attach;
        if payload.is_some() != request.operation.action.has_payload() || request.attachment.is_some() != is_file {
            return Err(EnvelopeError::Payload);
        }
        // What has no place in the request would be lost in silence.
        if request.signature.is_some() && self.request.signature.is_none() {
            return Err(EnvelopeError::Signature);
        }
        if !insured_id.chars().all(is_xml) {
            return Err(EnvelopeError::Character("the insured id"));
        }
        Ok(())
    }

    /// Whether a request has a place for a detached signature.
    pub const fn carries_signatures(&self) -> bool {
        self.request.signature.is_some()
    }

    /// Judges the bytes of a request file as they travel; a warning where they come near the limit.
    ///
    /// # Errors
    /// When they are over it.
    pub fn weigh(&self, bytes: &[u8]) -> Result<Vec<Issue>, EnvelopeError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let limit = self.size.limit_bytes;
        match self.judge_size(size) {
            Size::TooLarge => Err(EnvelopeError::TooLarge { size, limit }),
            Size::Fine => Ok(Vec::new()),
            Size::Large => {
                let issue = Issue::new(&issues::LARGE);
                Ok(vec![issue.with("bytes", size.to_string()).with("limit", limit.to_string())])
            }
        }
    }
}

/// The characters of XML 1.0.
pub fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// 都道府県, 点数表, seven digits (JP-CLINS R1021).
pub fn is_institution(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'4', b'0'..=b'9', b'1'..=b'3', rest @ ..]
        if rest.len() == 7 && rest.iter().all(u8::is_ascii_digit))
}

/// `保険者番号8桁:記号:番号:枝番` (JP-CLINS R1013).
pub fn is_insured_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    let plain = |text: &str| !text.contains(|c: char| c.is_whitespace() || c == '^');
    matches!(parts.as_slice(), [insurer, symbol, number, branch]
        if digits(insurer, 8) && plain(symbol) && plain(number) && (branch.is_empty() || digits(branch, 2)))
}

/// The institution number in a Bundle-ID: `institution^year^local part`, the last `[A-Za-z0-9-]{1,36}`.
pub fn institution_of(bundle_id: &str) -> Option<&str> {
    let mut parts = bundle_id.split('^');
    let (institution, year, local) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = local.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let fits =
        is_institution(institution) && year && plain && (1..=36).contains(&local.len()) && parts.next().is_none();
    fits.then_some(institution)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operation, interface::tests::default_interface};

    fn request() -> Request {
        Request {
            operation: Operation::REGISTER,
            institution: "1319999999".into(),
            file_id: "TG01".into(),
            insured_id: "01234567:記:1:01".into(),
            bundle_id: "1319999999^2026^a-b".into(),
            payload: Some(b"{}".to_vec()),
            attachment: None,
            signature: None,
        }
    }

    #[test]
    fn what_must_not_leave_is_refused_with_its_reason() {
        let refused = |edit: fn(&mut Request)| {
            let mut request = request();
            edit(&mut request);
            default_interface().refuse(&request).unwrap_err()
        };
        assert_eq!(default_interface().refuse(&request()), Ok(()));
        assert_eq!(refused(|r| r.institution = "0019999999".into()), EnvelopeError::Trial);
        assert_eq!(refused(|r| r.institution = "131999999".into()), EnvelopeError::Institution);
        assert_eq!(refused(|r| r.institution = "1319999998".into()), EnvelopeError::InstitutionDiffers);
        for wrong in
            ["", "1319999999^2026^", "1319999999^26^a", "1319999999^2026^a^b", "1319999999^2026^a/../b", "a^2026^b"]
        {
            assert_eq!(institution_of(wrong), None, "{wrong}");
        }
        assert_eq!(institution_of(&format!("1319999999^2026^{}", "a".repeat(37))), None);
        assert_eq!(refused(|r| r.bundle_id = "x".into()), EnvelopeError::BundleId);
        for wrong in
            ["", "1:2:3:", "01234567:1:2:3", "01234567:1:2", "01234567:1 :2:", "01234567:1:2　:", "01234567:1:2::"]
        {
            assert!(!is_insured_id(wrong), "{wrong}");
        }
        assert_eq!(refused(|r| r.insured_id.clear()), EnvelopeError::InsuredId);
        assert_eq!(refused(|r| r.insured_id = "01234567:\u{1}:1:".into()), EnvelopeError::Character("the insured id"));
        assert_eq!(refused(|r| r.file_id = "a b".into()), EnvelopeError::Correlation(40));
        assert_eq!(refused(|r| r.file_id = "a".repeat(41)), EnvelopeError::Correlation(40));
        assert_eq!(refused(|r| r.operation = Operation::CANCEL), EnvelopeError::Payload);
        assert_eq!(refused(|r| r.payload = None), EnvelopeError::Payload);
        assert_eq!(refused(|r| r.operation.action = Action::Inquire), EnvelopeError::Payload);
        assert_eq!(refused(|r| r.operation.action = Action::Attach), EnvelopeError::Payload);
        let text = include_str!("../../../mappings/upstream/clins.toml").replace("signature = ", "# signature = ");
        let signed = Request { signature: Some(vec![1]), ..request() };
        assert_eq!(Interface::from_toml(&text).unwrap().refuse(&signed), Err(EnvelopeError::Signature));
    }
}
