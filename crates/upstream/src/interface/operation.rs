//! What the centre is asked to do, and by which of its services.

use super::{Api, Interface, InterfaceError, Operations};
use serde::Deserialize;
use std::collections::BTreeSet;

/// What the centre is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Register,
    Change,
    Cancel,
    /// 状況照会: what is held under a Bundle-ID. Changes nothing.
    #[serde(rename = "inquiry")]
    Inquire,
    /// 添付情報登録: one file that belongs to a document.
    #[serde(rename = "attachment")]
    Attach,
}

impl Action {
    pub const ALL: [Self; 5] = [Self::Register, Self::Change, Self::Cancel, Self::Inquire, Self::Attach];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Change => "change",
            Self::Cancel => "cancel",
            Self::Inquire => "inquiry",
            Self::Attach => "attachment",
        }
    }

    /// Whether a request carries a bundle or a file.
    pub const fn has_payload(self) -> bool {
        matches!(self, Self::Register | Self::Change | Self::Attach)
    }
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

impl Service {
    pub const ALL: [Self; 3] = [Self::Information, Self::Document, Self::Checkup];
}

/// One of the centre's interfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    pub service: Service,
    pub action: Action,
}

impl Operation {
    pub const REGISTER: Self = Self::of(Service::Information, Action::Register);
    pub const CHANGE: Self = Self::of(Service::Information, Action::Change);
    pub const CANCEL: Self = Self::of(Service::Information, Action::Cancel);

    pub const fn of(service: Service, action: Action) -> Self {
        Self { service, action }
    }

    /// Every one that an interface file may name.
    pub fn all() -> impl Iterator<Item = Self> {
        Service::ALL.into_iter().flat_map(|service| Action::ALL.map(|action| Self::of(service, action)))
    }

    pub const fn name(self) -> &'static str {
        self.action.name()
    }
}

impl Operations {
    const fn of(&self, action: Action) -> Option<&Api> {
        match action {
            Action::Register => Some(&self.register),
            Action::Change => Some(&self.change),
            Action::Cancel => Some(&self.cancel),
            Action::Inquire => self.inquiry.as_ref(),
            Action::Attach => self.attachment.as_ref(),
        }
    }
}

impl Interface {
    const fn service(&self, service: Service) -> Option<&Operations> {
        match service {
            Service::Information => Some(&self.operation),
            Service::Document => self.document.as_ref(),
            Service::Checkup => self.checkup.as_ref(),
        }
    }

    /// How something is done for a kind of bundle: by its own service where the interface has one.
    #[must_use]
    pub const fn at(&self, service: Service, action: Action) -> Operation {
        match self.service(service) {
            Some(_) => Operation::of(service, action),
            None => Operation::of(Service::Information, action),
        }
    }

    /// Whether the centre can be asked for it: inquiries and attachments are not known of every service.
    pub fn has(&self, operation: Operation) -> bool {
        self.service(operation.service).is_some_and(|operations| operations.of(operation.action).is_some())
    }

    /// Those that have interfaces of their own.
    fn operations(&self) -> impl Iterator<Item = (Operation, &Api)> + use<'_> {
        Operation::all()
            .filter_map(|operation| Some((operation, self.service(operation.service)?.of(operation.action)?)))
    }

    fn api(&self, operation: Operation) -> &Api {
        let own = self.service(operation.service).and_then(|operations| operations.of(operation.action));
        own.or_else(|| self.operation.of(operation.action)).unwrap_or(&self.operation.register)
    }

    pub(super) fn check_apis(&self) -> Result<(), InterfaceError> {
        let sides: [fn(&Api) -> &str; 2] = [|api| &api.api, |api| &api.result_api];
        for side in sides {
            let mut seen = BTreeSet::new();
            let mut apis = self.operations().map(|(_, api)| side(api));
            if let Some(twice) = apis.find(|api| !seen.insert(api.to_ascii_lowercase())) {
                return Err(InterfaceError::SameApi(twice.to_owned()));
            }
        }
        let uses = |action| self.operations().any(|(operation, _)| operation.action == action);
        match () {
            () if uses(Action::Inquire) && self.inquiry.is_none() => Err(InterfaceError::Missing("[inquiry]")),
            () if uses(Action::Attach) && self.attachment.is_none() => Err(InterfaceError::Missing("[attachment]")),
            () => Ok(()),
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
        let named = |(operation, api): (_, &Api)| Some((operation, id_in(&self.files.request, &api.api, name)?));
        self.operations().find_map(named)
    }

    /// The operation and the correlation id that the name of a result file tells.
    pub fn parse_result_name<'n>(&self, name: &'n str) -> Option<(Operation, &'n str)> {
        let named = |(operation, api): (_, &Api)| Some((operation, id_in(&self.files.result, &api.result_api, name)?));
        self.operations().find_map(named)
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
mod tests {
    use super::{super::tests::default_interface, *};

    #[test]
    fn names_of_files_are_made_and_read_by_the_same_template() {
        let interface = default_interface();
        let name = interface.request_name(Operation::CHANGE, "TG01");
        assert_eq!(name, "CIS-IF-207req_TG01.xml");
        assert_eq!(interface.parse_request_name(&name), Some((Operation::CHANGE, "TG01")));
        assert_eq!(interface.parse_result_name("cis-if-204RES_TG01.XML"), Some((Operation::CANCEL, "TG01")));
        for foreign in ["CIS-IF-204res_.xml", "EPSsiPIR01res_TG01.xml", "CIS-IF-204res_a b.xml", "x", "", "日本"] {
            assert_eq!(interface.parse_result_name(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn letters_and_health_checks_have_services_of_their_own() {
        let interface = default_interface();
        let mut names = Vec::new();
        for operation in Operation::all().filter(|operation| interface.has(*operation)) {
            assert_eq!(interface.at(operation.service, operation.action), operation);
            let name = interface.request_name(operation, "TG01");
            assert_eq!(interface.parse_request_name(&name), Some((operation, "TG01")));
            let result = interface.result_name(operation, "TG01");
            assert_eq!(interface.parse_result_name(&result), Some((operation, "TG01")));
            names.push(name.replace("req_TG01.xml", "").replace("CIS-IF-", ""));
        }
        assert_eq!(names.join(" "), "201 207 203 101 107 103 109 115 120 124 122");

        let text = include_str!("../../../../mappings/upstream/clins.toml");
        let before = text.find("[document.register]").unwrap();
        let after = text.find("[request]").unwrap();
        let without = format!("{}{}", &text[..before], &text[after..]);
        let interface = Interface::from_toml(&without).unwrap();
        assert_eq!(interface.at(Service::Document, Action::Cancel), Operation::CANCEL);
        assert!(!interface.has(interface.at(Service::Document, Action::Inquire)));
    }

    #[test]
    fn what_is_offered_must_be_described() {
        let text = include_str!("../../../../mappings/upstream/clins.toml");
        for table in ["[inquiry]", "[attachment]"] {
            let from = text.find(&format!("\n{table}")).unwrap();
            let rest = &text[from + 2..];
            let to = rest.find("\n[").map_or(text.len(), |at| from + 2 + at);
            let cut = format!("{}{}", &text[..from], &text[to..]);
            let told = Interface::from_toml(&cut).unwrap_err().to_string();
            assert!(told.starts_with(table), "{told}");
        }
    }
}
