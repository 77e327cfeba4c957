pub mod allergens;
pub mod checkup;
mod codes;
mod csv_file;
mod drugs;
pub mod jlac10;
pub mod labs;
mod outcomes;
mod package;
pub mod site;
mod units;
mod words;

pub use codes::ResultClasses;

use crate::{issues, masters::Masters, systems};
use allergens::Allergens;
use codes::{Interpretations, Names};
use drugs::Drugs;
use labs::Labs;
use outcomes::Outcomes;
use package::CodeSystem;
use site::Site;
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::standard::Coding;
use tsugite_issue::Issue;
use tsugite_mappings as mappings;
use units::Units;
use words::{ResultWords, Words};

/// All tables of a run: embedded rows, then installed packages, then the operator's folder; what comes later overrides.
#[derive(Clone, Debug)]
pub struct Tables {
    pub(crate) units: Units,
    words: Words,
    pub(crate) labs: Labs,
    pub(crate) classes: ResultClasses,
    pub(crate) interpretations: Interpretations,
    pub(crate) outcomes: Outcomes,
    pub(crate) allergens: Allergens,
    pub(crate) materials: Names,
    pub(crate) departments: Names,
    pub(crate) drugs: Drugs,
    /// 共有項目 → everyday names.
    pub(crate) lab_names: HashMap<String, Vec<String>>,
    pub(crate) masters: Arc<Masters>,
    pub(crate) site: Site,
    pub(crate) checkup: checkup::CheckupCodes,
    pub(crate) checkup_items: checkup::CheckupItems,
    /// 未標準化コード.
    pub(crate) uncoded_lab: Coding,
}

impl Tables {
    /// The tables that come with the program.
    pub fn embedded() -> Self {
        Self::load_embedded(&mut Vec::new())
    }

    fn load_embedded(issues: &mut Vec<Issue>) -> Self {
        let mut tables = Self {
            units: Units::default(),
            words: Words::default(),
            labs: Labs::default(),
            classes: ResultClasses::default(),
            interpretations: Interpretations::default(),
            outcomes: toml(mappings::OUTCOME, issues),
            allergens: toml(mappings::ALLERGY, issues),
            materials: Names::default(),
            departments: Names::default(),
            drugs: Drugs::embedded(issues),
            lab_names: HashMap::new(),
            masters: Arc::default(),
            site: Site::default(),
            checkup: checkup::CheckupCodes::default(),
            checkup_items: checkup::CheckupItems::default(),
            uncoded_lab: Coding {
                system: systems::LAB_UNCODED.into(),
                version: None,
                code: Arc::from("99999999999999999"),
                display: Arc::from("未標準化コード項目(JLAC)"),
            },
        };
        let file = |file: mappings::File| (file.path, file.text);
        let (name, text) = file(mappings::UNITS);
        tables.units.load(name, text, issues);
        let (name, text) = file(mappings::QUALITATIVE);
        tables.words.load_qualitative(name, text, issues);
        let (name, text) = file(mappings::ABSENT);
        tables.words.load_absence(name, text, issues);
        let (name, text) = file(mappings::LABS);
        tables.labs.load_rows(name, text, issues);
        tables.labs.index();
        let (name, text) = file(mappings::LAB_NAMES);
        for row in csv_file::rows(name, text, ["display", "names"], 2, issues) {
            let [display, names] = row.fields;
            tables.lab_names.insert(display, names.split_whitespace().map(str::to_owned).collect());
        }
        let (name, text) = file(mappings::RESULT_CLASSES);
        tables.classes.load(name, text, issues);
        let (name, text) = file(mappings::INTERPRETATION);
        tables.interpretations.load(name, text, issues);
        let (name, text) = file(mappings::MATERIALS);
        tables.materials.load(name, text, issues);
        let (name, text) = file(mappings::DEPARTMENTS);
        tables.departments.load(name, text, issues);
        let (name, text) = file(mappings::CHECKUP_ITEMS);
        tables.checkup_items.load(name, text, issues);
        tables
    }

    /// Adds the CodeSystem resources of installed packages, as (name, JSON). Those of the shared laboratory lists (JLAC10,
    /// JLAC11), of all JLAC10 codes and of health checks are taken and rule from then on; others are left aside.
    #[must_use]
    pub fn with_package_code_systems<'a, B: AsRef<[u8]>>(
        mut self,
        resources: impl IntoIterator<Item = (&'a str, B)>,
        issues: &mut Vec<Issue>,
    ) -> Self {
        for (name, json) in resources {
            match CodeSystem::read(json.as_ref()) {
                Some(resource) => {
                    self.labs.load_package(&resource);
                    self.checkup.load_package(&resource);
                }
                None => issues.push(csv_file::at(&issues::CODE_SYSTEM_UNREADABLE, name, 1)),
            }
        }
        self.labs.index();
        self
    }

    /// With the official masters that the operator installed.
    #[must_use]
    pub fn with_masters(mut self, masters: Arc<Masters>) -> Self {
        self.masters = masters;
        self
    }

    /// The official masters in use.
    pub fn masters(&self) -> &Masters {
        &self.masters
    }

    /// Adds the files of the operator's folder, as (file name, text); see `mappings/README.md` for what they may hold.
    #[must_use]
    pub fn with_operator_files<'a>(
        mut self,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        issues: &mut Vec<Issue>,
    ) -> Self {
        for (name, text) in files {
            match name {
                _ if is_lab_map(name) => self.site.load_labs(name, text, issues),
                "drugs.csv" => self.site.load_drugs(name, text, issues),
                "diseases.csv" => self.site.load_diseases(name, text, issues),
                "modifiers.csv" => self.site.load_modifiers(name, text, issues),
                "allergens.csv" => self.site.load_allergens(name, text, &self.allergens, issues),
                "units.csv" => self.units.load(name, text, issues),
                "qualitative.csv" => self.words.load_qualitative(name, text, issues),
                "absent.csv" => self.words.load_absence(name, text, issues),
                "checkup-items.csv" => self.checkup_items.load(name, text, issues),
                _ => issues.push(csv_file::at(&issues::FILE_UNKNOWN, name, 1)),
            }
        }
        self
    }

    pub(crate) const fn result_words(&self) -> ResultWords<'_> {
        ResultWords { words: &self.words, units: &self.units }
    }
}

/// `labs.csv`, or one for a laboratory: `labs-<name>.csv`.
fn is_lab_map(name: &str) -> bool {
    name == "labs.csv" || (name.starts_with("labs-") && name.ends_with(".csv"))
}

fn toml<T: serde::de::DeserializeOwned + Default>(file: mappings::File, issues: &mut Vec<Issue>) -> T {
    toml::from_str(file.text).unwrap_or_else(|_| {
        issues.push(csv_file::at(&issues::FILE_UNREADABLE, file.path, 1));
        T::default()
    })
}

/// A row that cannot be used, with what is wrong in it.
fn row_ignored(name: &str, line: u64, found: &str) -> Issue {
    csv_file::at(&issues::ROW_IGNORED, name, line).found(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_have_no_fault() {
        let mut issues = Vec::new();
        let tables = Tables::load_embedded(&mut issues);
        assert!(issues.is_empty(), "{issues:?}");
        assert_eq!(tables.departments.find("06").map(|name| &**name), Some("消化器科"));
    }

    #[test]
    fn faults_of_the_operators_files_are_told_by_line() {
        let mut issues = Vec::new();
        let files = [
            ("labs.csv", "system,code,jlac10\n99LAB,30005,3A015000002327101\n99LAB,30006,WBC\n"),
            ("diseases.csv", "system,code\n99XYZ,1\n"),
            ("allergens.csv", "text,standard,category\nそば,J9FA00000000,food\nX,,plant\n"),
            ("notes.csv", ""),
            // A word for the status that nobody knows, and codes of no form: none of them is used.
            ("drugs.csv", "code,standard,display,status\n1,9999001F1010,x,proposd\n"),
            ("modifiers.csv", "code,medis,display,status\n1,27900001,x,未確認\n"),
            ("allergens.csv", "text,standard,category,status\nx,J9FA00000000,food,no\nx,j9fa00000000,food,\n"),
        ];
        let tables = Tables::embedded().with_operator_files(files, &mut issues);
        let told: Vec<_> = issues.iter().map(Issue::code).collect();
        let expected = ["TERM-003", "TERM-002", "TERM-003", "TERM-004", "TERM-003", "TERM-003", "TERM-003", "TERM-003"];
        assert_eq!(told, expected);
        assert!(tables.site.drugs.is_empty() && tables.site.modifiers.is_empty());
        let line = |issue: &Issue| issue.origin.as_ref().unwrap().address.to_string();
        assert_eq!((line(&issues[0]), line(&issues[2])), ("3:1".into(), "3:1".into()));
    }
}
