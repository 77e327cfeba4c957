//! Small tables of codes.

use super::csv_file::rows;
use crate::systems;
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::{standard::Coding, value::Qualitative};
use tsugite_issue::Issue;

/// 結果の種別: which code a result has in a class (`JP_PosNegHold_CS`).
#[derive(Clone, Debug, Default)]
pub struct ResultClasses(HashMap<Arc<str>, Vec<(String, Coding)>>);

impl ResultClasses {
    pub const BLOOD_ABO: &str = "JP_BldABO_CS";
    pub const BLOOD_RH: &str = "JP_BldRh_CS";

    pub fn load(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["class", "meaning", "code", "display"], 4, issues) {
            let [class, meaning, code, display] = row.fields;
            let system = format!("{}{class}", systems::RESULT_CLASSES);
            let coding = Coding { system: system.into(), version: None, code: code.into(), display: display.into() };
            self.0.entry(class.into()).or_default().push((meaning, coding));
        }
    }

    pub fn find(&self, class: &str, meaning: &str) -> Option<&Coding> {
        self.0.get(class)?.iter().find(|(known, _)| known == meaning).map(|(_, coding)| coding)
    }

    pub fn qualitative(&self, class: &str, meaning: Qualitative) -> Option<&Coding> {
        self.find(class, meaning.name())
    }
}

/// 異常フラグ to interpretations.
#[derive(Clone, Debug, Default)]
pub struct Interpretations(HashMap<String, Coding>);

impl Interpretations {
    pub fn load(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["flag", "code", "display"], 3, issues) {
            let [flag, code, display] = row.fields;
            let system = systems::INTERPRETATION.into();
            self.0.insert(flag, Coding { system, version: None, code: code.into(), display: display.into() });
        }
    }

    pub fn find(&self, flag: &str) -> Option<&Coding> {
        self.0.get(flag)
    }
}

/// Names by code.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<String, Arc<str>>);

impl Names {
    pub fn load(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        let rows = rows(name, text, ["code", "name"], 2, issues);
        self.0.extend(rows.into_iter().map(|row| row.fields).map(|[code, name]| (code, name.into())));
    }

    pub fn find(&self, code: &str) -> Option<&Arc<str>> {
        self.0.get(code)
    }
}
