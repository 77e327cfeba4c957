//! Everything about the centre's interface that is not public, as data.

mod codes;
mod inquiry;
mod names;
mod operation;
mod pace;

pub use inquiry::{Held, Inquired};
pub use names::PayloadEncoding;
pub use operation::{Action, Operation, Service};

use crate::{Class, ServiceHours};
use codes::CodeClass;
use inquiry::InquiryNames;
use names::{AttachmentNames, RequestNames, ResultNames};
use pace::Pace;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The size of a request file beside what the centre allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Fine,
    /// Over the share at which a person is warned.
    Large,
    TooLarge,
}

/// The interface is not usable as written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InterfaceError {
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    #[error("files.{0} must name {{api}} and {{id}} once each and hold no folder")]
    Template(&'static str),
    #[error("`{0}` is no name of an XML element")]
    ElementName(String),
    /// Answers could not be told apart by their file.
    #[error("two interfaces have the same request or result API id `{0}`")]
    SameApi(String),
    #[error("{0} must be at least 1, and pace.concurrent at most 20")]
    Number(&'static str),
    /// An interface is named, and not what its messages look like.
    #[error("{0} is missing, which an interface of the file needs")]
    Missing(&'static str),
    /// A row of the table of codes.
    #[error("code `{pattern}`: {why}")]
    Code { pattern: String, why: &'static str },
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// Which documents it was written for; shown to the operator.
    pub documents: BTreeMap<String, String>,
    pub(crate) files: Files,
    pub(crate) size: SizeLimit,
    pace: Pace,
    #[serde(default)]
    service: ServiceHours,
    pub(crate) operation: Operations,
    /// Without it letters go through the interfaces of `operation`.
    #[serde(default)]
    document: Option<Operations>,
    #[serde(default)]
    checkup: Option<Operations>,
    pub(crate) request: RequestNames,
    pub(crate) result: ResultNames,
    /// Where a service has an interface `inquiry`.
    #[serde(default)]
    pub(crate) inquiry: Option<InquiryNames>,
    /// Where a service has an interface `attachment`.
    #[serde(default)]
    pub(crate) attachment: Option<AttachmentNames>,
    #[serde(default)]
    status: BTreeMap<String, Class>,
    #[serde(default)]
    code: Vec<CodeClass>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    pub request: String,
    pub result: String,
    pub temporary_suffix: String,
    pub id_max_length: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeLimit {
    pub limit_bytes: u64,
    pub warn_percent: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operations {
    register: Api,
    change: Api,
    cancel: Api,
    /// 状況照会: without it the outcome of a lost request cannot be asked for.
    #[serde(default)]
    inquiry: Option<Api>,
    /// 添付情報登録: without it attachments travel inside their document.
    #[serde(default)]
    attachment: Option<Api>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    pub api: String,
    pub result_api: String,
}

impl Interface {
    /// Reads the TOML form.
    ///
    /// # Errors
    /// When a key is missing or unknown, or a name cannot be used in a file name or an XML document.
    pub fn from_toml(text: &str) -> Result<Self, InterfaceError> {
        let interface: Self = toml::from_str(text)?;
        for (name, template) in [("request", &interface.files.request), ("result", &interface.files.result)] {
            let once = |place: &str| template.matches(place).count() == 1;
            if !once("{api}") || !once("{id}") || template.contains(['/', '\\']) {
                return Err(InterfaceError::Template(name));
            }
        }
        interface.element_names().try_for_each(|name| {
            let valid = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
            let usable = name.chars().all(valid) && name.starts_with(|c: char| c.is_alphabetic() || c == '_');
            if usable { Ok(()) } else { Err(InterfaceError::ElementName(name.clone())) }
        })?;
        interface.check_apis()?;
        interface.check_numbers()?;
        interface.check_codes()?;
        Ok(interface)
    }

    const fn check_numbers(&self) -> Result<(), InterfaceError> {
        let wrong = match () {
            () if self.size.limit_bytes == 0 => "size.limit_bytes",
            () if self.files.id_max_length == 0 => "files.id_max_length",
            () if self.files.temporary_suffix.is_empty() => "the length of files.temporary_suffix",
            () => return self.pace.check(),
        };
        Err(InterfaceError::Number(wrong))
    }

    /// The largest request file, after envelope and encoding.
    pub const fn limit_bytes(&self) -> u64 {
        self.size.limit_bytes
    }

    /// Judges the bytes of a request file as they travel.
    pub const fn judge_size(&self, bytes: u64) -> Size {
        if bytes > self.size.limit_bytes {
            Size::TooLarge
        } else if bytes.saturating_mul(100) >= self.size.limit_bytes.saturating_mul(self.size.warn_percent) {
            Size::Large
        } else {
            Size::Fine
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn default_interface() -> Interface {
        Interface::from_toml(include_str!("../../../../mappings/upstream/clins.toml")).unwrap()
    }

    #[test]
    fn size_is_judged_after_the_envelope() {
        let interface = default_interface();
        for (bytes, size) in
            [(7_999_999, Size::Fine), (8_000_000, Size::Large), (10_000_000, Size::Large), (10_000_001, Size::TooLarge)]
        {
            assert_eq!(interface.judge_size(bytes), size, "{bytes}");
        }
    }

    #[test]
    fn an_interface_with_a_slip_is_refused() {
        let text = include_str!("../../../../mappings/upstream/clins.toml");
        for (from, to) in [
            ("root = \"XmlMsg\"", "root = \"Xml Msg\""),
            ("{api}req_{id}.xml", "{api}req.xml"),
            ("{api}req_{id}.xml", "../{api}req_{id}.xml"),
            ("temporary_suffix", "temporary_sufix"),
            ("class = \"content\"", "class = \"contents\""),
            ("concurrent = 1", "concurrent = 21"),
            ("poll_seconds = 5", "poll_seconds = 0"),
            ("suffix = \".tmp\"", "suffix = \"\""),
            ("CIS-IF-203", "CIS-IF-201"),
            ("CIS-IF-208", "cis-if-202"),
        ] {
            assert!(text.contains(from), "{from}");
            assert!(Interface::from_toml(&text.replacen(from, to, 1)).is_err(), "{to}");
        }
        let error = Interface::from_toml(&text.replacen("limit_bytes", "limit_byte", 1)).unwrap_err().to_string();
        let line = text.lines().position(|line| line.starts_with("limit_bytes")).unwrap() + 1;
        assert!(error.contains(&format!("line {line}")) && error.contains("limit_byte"), "{error}");
    }
}
