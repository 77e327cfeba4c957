//! How long a certificate file is still good for (U-07). Its signature and chain are the business of who uses it.

use crate::issues;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use tsugite_issue::Issue;
use x509_cert::der::{DateTime, Decode as _};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const DAY: i64 = 24 * 60 * 60;

/// How many days before its end a person is told, each time once.
pub const STAGES: [u16; 3] = [60, 30, 7];

/// The time in which a certificate file is good: that in which all certificates in it are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub not_before: Timestamp,
    pub not_after: Timestamp,
}

/// No certificate can be read from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    #[error("no certificate in PEM or DER form")]
    None,
    #[error("certificate {0} of the file is damaged")]
    Damaged(usize),
}

impl CertificateError {
    /// The same for a person. `file` is what the settings call it.
    pub fn issue(&self, file: &str) -> Issue {
        Issue::new(&issues::CERTIFICATE_UNREADABLE).with("file", file.to_owned()).with("reason", self.to_string())
    }
}

impl Certificate {
    /// Reads a PEM file, with whatever else stands in it (text, a chain, a key, which is not looked at), or one DER certificate.
    ///
    /// # Errors
    /// When there is none, or one is damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, CertificateError> {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let mut certificates = text.split(BEGIN).skip(1).enumerate().map(|(at, rest)| {
            let packed = rest.split_once(END).map(|(packed, _)| packed.split_ascii_whitespace().collect::<String>());
            let der = packed.and_then(|packed| STANDARD.decode(packed).ok());
            der.and_then(|der| Self::of_der(&der)).ok_or(CertificateError::Damaged(at + 1))
        });
        let Some(leaf) = certificates.next() else { return Self::of_der(bytes).ok_or(CertificateError::None) };
        certificates.try_fold(leaf?, |all, one| {
            let one = one?;
            Ok(Self { not_before: all.not_before.max(one.not_before), not_after: all.not_after.min(one.not_after) })
        })
    }

    fn of_der(der: &[u8]) -> Option<Self> {
        let certificate = x509_cert::Certificate::from_der(der).ok()?;
        let validity = certificate.tbs_certificate().validity();
        let time = |time: DateTime| Timestamp::from_second(i64::try_from(time.unix_duration().as_secs()).ok()?).ok();
        Some(Self {
            not_before: time(validity.not_before.to_date_time())?,
            not_after: time(validity.not_after.to_date_time())?,
        })
    }

    /// Whole days that are left; negative once it has ended.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        (self.not_after.as_second() - now.as_second()).div_euclid(DAY)
    }

    /// The last of [`STAGES`] that has begun: tell a person when it changes.
    pub fn stage(&self, now: Timestamp) -> Option<u16> {
        let left = self.days_left(now);
        STAGES.into_iter().filter(|&stage| left < i64::from(stage)).min()
    }

    /// What a person is told now. `file` is what the settings call it.
    pub fn issue(&self, now: Timestamp, file: &str) -> Option<Issue> {
        let left = self.days_left(now);
        let definition = match () {
            () if now < self.not_before => &issues::CERTIFICATE_NOT_YET,
            () if now > self.not_after => &issues::CERTIFICATE_EXPIRED,
            () if self.stage(now).is_some() => &issues::CERTIFICATE_EXPIRES,
            () => return None,
        };
        let day = self.not_after.to_string();
        let issue = Issue::new(definition).with("file", file.to_owned()).with("days", left.to_string());
        Some(issue.with("day", day.get(..10).unwrap_or_default().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01 to 2027-01-01.
    const LEAF: &str = include_str!("../tests/certificates/leaf.pem");
    /// 2026-01-01 to 2026-12-01.
    const CA: &str = include_str!("../tests/certificates/ca.pem");

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn der(pem: &str) -> Vec<u8> {
        STANDARD.decode(pem.lines().filter(|line| !line.starts_with('-')).collect::<String>()).unwrap()
    }

    #[test]
    fn a_person_is_told_in_stages_and_then_that_it_has_ended() {
        let certificate = Certificate::read(LEAF.as_bytes()).unwrap();
        for (now, left, stage, code) in [
            ("2025-12-31T23:59:59Z", 365, None, Some("UPSTREAM-023")),
            ("2026-11-01T00:00:01Z", 60, None, None),
            ("2026-11-02T00:00:00Z", 60, None, None),
            ("2026-11-02T00:00:01Z", 59, Some(60), Some("UPSTREAM-021")),
            ("2026-12-02T00:00:01Z", 29, Some(30), Some("UPSTREAM-021")),
            ("2026-12-26T00:00:00Z", 6, Some(7), Some("UPSTREAM-021")),
            ("2027-01-01T00:00:00Z", 0, Some(7), Some("UPSTREAM-021")),
            ("2027-01-01T00:00:01Z", -1, Some(7), Some("UPSTREAM-022")),
        ] {
            assert_eq!((certificate.days_left(at(now)), certificate.stage(at(now))), (left, stage), "{now}");
            assert_eq!(certificate.issue(at(now), "terminal").map(|issue| issue.code()), code, "{now}");
        }
    }

    #[test]
    fn every_usual_form_of_file_is_read_and_the_first_end_of_a_chain_counts() {
        let leaf = Certificate::read(LEAF.as_bytes()).unwrap();
        let key = "Bag Attributes\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        let one_line = format!("{BEGIN}{}{END}", STANDARD.encode(der(LEAF)));
        for form in [der(LEAF), LEAF.replace('\n', "\r\n").into(), format!("{key}{LEAF}").into(), one_line.into()] {
            assert_eq!(Certificate::read(&form), Ok(leaf));
        }
        let chain = Certificate::read(format!("{LEAF}{CA}").as_bytes()).unwrap();
        assert_eq!(chain.not_after, at("2026-12-01T00:00:00Z"));
    }

    #[test]
    fn what_is_no_certificate_says_so() {
        let cut = &LEAF[..LEAF.len() / 2];
        let broken = LEAF.replacen("MI", "AA", 1);
        let second = format!("{LEAF}{cut}");
        for (bytes, why) in [
            (&b""[..], CertificateError::None),
            (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", CertificateError::None),
            (b"\x30\x82\xff\xff\x00", CertificateError::None),
            (cut.as_bytes(), CertificateError::Damaged(1)),
            (broken.as_bytes(), CertificateError::Damaged(1)),
            (second.as_bytes(), CertificateError::Damaged(2)),
        ] {
            assert_eq!(Certificate::read(bytes), Err(why));
        }
        assert_eq!(CertificateError::None.issue("x").code(), "UPSTREAM-024");
    }

    #[test]
    fn no_cut_or_flipped_bit_of_a_certificate_panics() {
        let whole = der(LEAF);
        for cut in 0..whole.len() {
            assert!(Certificate::read(&whole[..cut]).is_err());
        }
        for bit in 0..whole.len() * 8 {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let _ = Certificate::read(&bytes);
        }
    }
}
