//! Everything about the centre's interface that is not public, as data.

mod codes;
mod names;
mod pace;

pub use names::PayloadEncoding;

use crate::{Class, ServiceHours};
use codes::CodeClass;
use names::{RequestNames, ResultNames};
use pace::Pace;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the centre is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    Register,
    Change,
    Cancel,
    // Letters and health checks go through interfaces of their own.
    #[serde(skip)]
    RegisterDocument,
    #[serde(skip)]
    ChangeDocument,
    #[serde(skip)]
    CancelDocument,
    #[serde(skip)]
    RegisterCheckup,
    #[serde(skip)]
    ChangeCheckup,
    #[serde(skip)]
    CancelCheckup,
}

/// Which of the centre's services takes a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// カルテ臨床情報 (5情報).
    Information,
    /// 文書情報 (診療情報提供書, 退院時サマリー).
    Document,
    /// 健診文書.
    Checkup,
}

impl Operation {
    pub const ALL: [Self; 9] = [
        Self::Register,
        Self::Change,
        Self::Cancel,
        Self::RegisterDocument,
        Self::ChangeDocument,
        Self::CancelDocument,
        Self::RegisterCheckup,
        Self::ChangeCheckup,
        Self::CancelCheckup,
    ];

    /// What is done, whatever service does it: register, change or cancel.
    #[must_use]
    pub const fn plain(self) -> Self {
        match self {
            Self::Register | Self::RegisterDocument | Self::RegisterCheckup => Self::Register,
            Self::Change | Self::ChangeDocument | Self::ChangeCheckup => Self::Change,
            Self::Cancel | Self::CancelDocument | Self::CancelCheckup => Self::Cancel,
        }
    }

    const fn service(self) -> Service {
        match self {
            Self::Register | Self::Change | Self::Cancel => Service::Information,
            Self::RegisterDocument | Self::ChangeDocument | Self::CancelDocument => Service::Document,
            Self::RegisterCheckup | Self::ChangeCheckup | Self::CancelCheckup => Service::Checkup,
        }
    }

    const fn at(self, service: Service) -> Self {
        match (self.plain(), service) {
            (plain, Service::Information) => plain,
            (Self::Cancel, Service::Document) => Self::CancelDocument,
            (Self::Change, Service::Document) => Self::ChangeDocument,
            (_, Service::Document) => Self::RegisterDocument,
            (Self::Cancel, Service::Checkup) => Self::CancelCheckup,
            (Self::Change, Service::Checkup) => Self::ChangeCheckup,
            (_, Service::Checkup) => Self::RegisterCheckup,
        }
    }

    pub const fn name(self) -> &'static str {
        match self.plain() {
            Self::Change => "change",
            Self::Cancel => "cancel",
            _ => "register",
        }
    }
}

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

    fn check_apis(&self) -> Result<(), InterfaceError> {
        let sides: [fn(&Api) -> &str; 2] = [|api| &api.api, |api| &api.result_api];
        for side in sides {
            let apis = self.operations().map(|operation| self.api(operation));
            let mut seen = std::collections::BTreeSet::new();
            if let Some(twice) = apis.map(side).find(|api| !seen.insert(api.to_ascii_lowercase())) {
                return Err(InterfaceError::SameApi(twice.to_owned()));
            }
        }
        Ok(())
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

    const fn service(&self, service: Service) -> Option<&Operations> {
        match service {
            Service::Information => Some(&self.operation),
            Service::Document => self.document.as_ref(),
            Service::Checkup => self.checkup.as_ref(),
        }
    }

    /// Those that have interfaces of their own.
    fn operations(&self) -> impl Iterator<Item = Operation> + use<'_> {
        Operation::ALL.into_iter().filter(|operation| self.service(operation.service()).is_some())
    }

    /// The operation as it is done for a kind of bundle: at its own service where the interface has one.
    #[must_use]
    pub const fn at(&self, service: Service, operation: Operation) -> Operation {
        match self.service(service) {
            Some(_) => operation.at(service),
            None => operation.plain(),
        }
    }

    pub(crate) fn api(&self, operation: Operation) -> &Api {
        let operations = self.service(operation.service()).unwrap_or(&self.operation);
        match operation.plain() {
            Operation::Change => &operations.change,
            Operation::Cancel => &operations.cancel,
            _ => &operations.register,
        }
    }

    /// The name of a request file.
    pub fn request_name(&self, operation: Operation, file_id: &str) -> String {
        self.files.request.replace("{api}", &self.api(operation).api).replace("{id}", file_id)
    }

    /// The name of the result file to a request.
    pub fn result_name(&self, operation: Operation, file_id: &str) -> String {
        self.files.result.replace("{api}", &self.api(operation).result_api).replace("{id}", file_id)
    }

    /// The operation and the correlation id that the name of a request file tells.
    pub fn parse_request_name<'n>(&self, name: &'n str) -> Option<(Operation, &'n str)> {
        let mut apis = self.operations().map(|operation| (operation, self.api(operation).api.as_str()));
        apis.find_map(|(operation, api)| Some((operation, id_in(&self.files.request, api, name)?)))
    }

    /// The operation and the correlation id that the name of a result file tells.
    pub fn parse_result_name<'n>(&self, name: &'n str) -> Option<(Operation, &'n str)> {
        let mut apis = self.operations().map(|operation| (operation, self.api(operation).result_api.as_str()));
        apis.find_map(|(operation, api)| Some((operation, id_in(&self.files.result, api, name)?)))
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

/// The correlation id in a file name made from `template`. Windows shares do not keep the case of names.
fn id_in<'n>(template: &str, api: &str, name: &'n str) -> Option<&'n str> {
    let template = template.replace("{api}", api);
    let (before, after) = template.split_once("{id}")?;
    let end = name.len().checked_sub(after.len())?;
    let (start, middle, rest) = (name.get(..before.len())?, name.get(before.len()..end)?, name.get(end..)?);
    let fits = start.eq_ignore_ascii_case(before) && rest.eq_ignore_ascii_case(after);
    let plain = !middle.is_empty() && middle.bytes().all(|b| b.is_ascii_alphanumeric());
    (fits && plain).then_some(middle)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn default_interface() -> Interface {
        Interface::from_toml(include_str!("../../../../mappings/upstream/clins.toml")).unwrap()
    }

    #[test]
    fn names_of_files_are_made_and_read_by_the_same_template() {
        let interface = default_interface();
        let name = interface.request_name(Operation::Change, "TG01");
        assert_eq!(name, "CIS-IF-207req_TG01.xml");
        assert_eq!(interface.parse_request_name(&name), Some((Operation::Change, "TG01")));
        assert_eq!(interface.parse_result_name("cis-if-204RES_TG01.XML"), Some((Operation::Cancel, "TG01")));
        for foreign in ["CIS-IF-204res_.xml", "EPSsiPIR01res_TG01.xml", "CIS-IF-204res_a b.xml", "x", "", "日本"] {
            assert_eq!(interface.parse_result_name(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn letters_and_health_checks_have_services_of_their_own() {
        let interface = default_interface();
        let mut names = Vec::new();
        for service in [Service::Information, Service::Document, Service::Checkup] {
            for plain in [Operation::Register, Operation::Change, Operation::Cancel] {
                let operation = interface.at(service, plain);
                assert_eq!((operation.plain(), operation.name()), (plain, plain.name()));
                let name = interface.request_name(operation, "TG01");
                assert_eq!(interface.parse_request_name(&name), Some((operation, "TG01")));
                let result = interface.result_name(operation, "TG01");
                assert_eq!(interface.parse_result_name(&result), Some((operation, "TG01")));
                names.push(name);
            }
        }
        assert_eq!((names[3].as_str(), names[8].as_str()), ("CIS-IF-101req_TG01.xml", "CIS-IF-122req_TG01.xml"));

        let text = include_str!("../../../../mappings/upstream/clins.toml");
        let before = text.find("[document.register]").unwrap();
        let after = text.find("[request]").unwrap();
        let without = format!("{}{}", &text[..before], &text[after..]);
        let interface = Interface::from_toml(&without).unwrap();
        assert_eq!(interface.at(Service::Document, Operation::Cancel), Operation::Cancel);
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
