use super::package::CodeSystem;
use crate::systems;
use std::{collections::HashMap, sync::Arc};

/// Codes of 健診 with their names: items, methods and lists of results, from the eCheckup package. Without it nothing is known.
#[derive(Clone, Debug, Default)]
pub struct CheckupCodes(HashMap<String, HashMap<Arc<str>, Arc<str>>>);

/// What the package says of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckupCode {
    /// No package says anything of the system.
    SystemUnknown,
    /// The system does not have it.
    Absent,
    /// Its name; empty where it has none, or two packages differ.
    Named(Arc<str>),
}

impl CheckupCodes {
    pub fn load_package(&mut self, resource: &CodeSystem<'_>) {
        let checkup = resource.url.starts_with(systems::CHECKUP) || resource.url == systems::CHECKUP_JLAC10;
        if !checkup || !resource.is_complete() {
            return;
        }
        let codes = self.0.entry(resource.url.to_string()).or_default();
        resource.leaves(&mut |leaf| {
            let named = codes.entry(leaf.code.into()).or_insert_with(|| leaf.display.into());
            // Two packages that give a code two names: neither is taken.
            if **named != *leaf.display {
                *named = "".into();
            }
        });
    }

    pub fn find(&self, system: &str, code: &str) -> CheckupCode {
        let Some(codes) = self.0.get(system) else { return CheckupCode::SystemUnknown };
        codes.get(code).map_or(CheckupCode::Absent, |name| CheckupCode::Named(Arc::clone(name)))
    }
}
