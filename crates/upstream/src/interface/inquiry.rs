//! 状況照会: what the centre says of a document when it is asked.

use super::Interface;
use crate::{Class, ResultMessage};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The elements of a result that tell of the document, and what its state is called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InquiryNames {
    pub status: String,
    /// SHA-256 of the payload that is held, in hexadecimal.
    pub digest: String,
    /// The correlation id of the request that brought it.
    pub request: String,
    meaning: BTreeMap<String, Meaning>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Meaning {
    Registered,
    Cancelled,
    Absent,
    Processing,
}

/// What a result says of the document that was asked about, word by word; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub status: String,
    pub digest: String,
    pub request: String,
}

/// What that means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inquired {
    /// It is there. Each of the two is empty where the centre does not tell.
    Registered { digest: String, request: String },
    /// It was there and was cancelled.
    Cancelled,
    /// The centre knows nothing of it.
    Absent,
    /// A request about it is being worked on.
    Processing,
    /// The inquiry itself did not reach the centre's processing.
    Transport,
    /// No table explains the answer, or the inquiry was refused.
    Unknown,
}

impl Interface {
    /// What the answer to an inquiry means. A word that no table explains is [`Inquired::Unknown`].
    pub fn inquired(&self, result: &ResultMessage) -> Inquired {
        let Some(names) = &self.inquiry else { return Inquired::Unknown };
        match self.classify(result) {
            Class::Accepted => match names.meaning.get(&result.held.status) {
                Some(Meaning::Registered) => {
                    let digest = result.held.digest.to_ascii_lowercase();
                    Inquired::Registered { digest, request: result.held.request.clone() }
                }
                Some(Meaning::Cancelled) => Inquired::Cancelled,
                Some(Meaning::Absent) => Inquired::Absent,
                Some(Meaning::Processing) => Inquired::Processing,
                None => Inquired::Unknown,
            },
            Class::NotRegistered => Inquired::Absent,
            Class::Transport => Inquired::Transport,
            _ => Inquired::Unknown,
        }
    }

    /// The words in which the centre would say so.
    pub fn telling(&self, inquired: &Inquired) -> Held {
        let (meaning, digest, request) = match inquired {
            Inquired::Registered { digest, request } => (Meaning::Registered, digest.as_str(), request.as_str()),
            Inquired::Cancelled => (Meaning::Cancelled, "", ""),
            Inquired::Absent => (Meaning::Absent, "", ""),
            Inquired::Processing => (Meaning::Processing, "", ""),
            Inquired::Transport | Inquired::Unknown => return Held::default(),
        };
        let words = self.inquiry.iter().flat_map(|names| &names.meaning);
        let word = words.into_iter().find(|(_, known)| **known == meaning).map(|(word, _)| word.clone());
        Held { status: word.unwrap_or_default(), digest: digest.to_owned(), request: request.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::default_interface, *};

    #[test]
    fn an_answer_to_an_inquiry_means_what_the_tables_say_and_nothing_is_guessed() {
        let interface = default_interface();
        let registered = || Inquired::Registered { digest: "ab".into(), request: "TG7".into() };
        for (code, status, means) in [
            ("SBX0000I", "1", registered()),
            ("", "1", registered()),
            ("SBX0000I", "0", Inquired::Absent),
            ("SBX0000I", "2", Inquired::Cancelled),
            ("SBX0000I", "9", Inquired::Processing),
            ("SBX0000I", "", Inquired::Unknown),
            ("SBX0000I", "3", Inquired::Unknown),
            ("SBX1003E", "", Inquired::Absent),
            ("SBX9001E", "1", Inquired::Transport),
            ("SBX2001E", "1", Inquired::Unknown),
            ("SBX3002E", "1", Inquired::Unknown),
            ("SBX8001E", "1", Inquired::Unknown),
        ] {
            let held = Held { status: status.into(), digest: "AB".into(), request: "TG7".into() };
            let result = ResultMessage {
                file_id: "TG8".into(),
                status: if code.ends_with('E') { "2" } else { "1" }.into(),
                code: code.into(),
                held,
                ..ResultMessage::default()
            };
            assert_eq!(interface.read_result(&interface.write_result(&result)).unwrap(), result, "{code}");
            assert_eq!(interface.inquired(&result), means, "{code} {status}");
        }
    }
}
