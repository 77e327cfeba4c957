//! What a site's own folder says.

use super::{allergens::medication_code, csv_file::rows, jlac10::Jlac10, row_ignored};
use std::collections::HashMap;
use tsugite_clinical::{body::Concept, standard::AllergyCategory};
use tsugite_issue::Issue;

/// Codes of one kind by (system, code); an empty system stands for any.
#[derive(Clone, Debug)]
pub struct LocalCodes<T>(HashMap<String, HashMap<String, T>>);

impl<T> Default for LocalCodes<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> LocalCodes<T> {
    fn insert(&mut self, system: String, code: String, target: T) {
        self.0.entry(code).or_default().insert(system, target);
    }

    /// The first code of a concept that the site mapped.
    pub fn find(&self, concept: &Concept) -> Option<&T> {
        if self.0.is_empty() {
            return None;
        }
        concept.codes.iter().find_map(|code| {
            let systems = self.0.get(code.code.trim())?;
            systems.get(code.system.trim()).or_else(|| systems.get(""))
        })
    }
}

/// A standard code with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub code: String,
    pub display: String,
}

/// What a site says of an allergen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllergenTarget {
    /// J-FAGY, `YCM…` or `GCM…`.
    pub code: Option<String>,
    pub category: Option<AllergyCategory>,
}

#[derive(Clone, Debug, Default)]
pub struct Site {
    pub labs: LocalCodes<Jlac10<'static>>,
    pub diseases: LocalCodes<Target>,
    pub modifiers: LocalCodes<Target>,
    pub allergens: LocalCodes<AllergenTarget>,
    pub allergen_texts: HashMap<String, AllergenTarget>,
}

impl Site {
    pub fn load_labs(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["code", "jlac10", "system"], 2, issues) {
            let [code, jlac10, system] = row.fields;
            match Jlac10::parse(&jlac10) {
                Some(jlac10) => self.labs.insert(system, code, jlac10.into_owned()),
                None => issues.push(row_ignored(name, row.line, &jlac10)),
            }
        }
    }

    pub fn load_diseases(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        load_targets(&mut self.diseases, name, text, issues);
    }

    pub fn load_modifiers(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        load_targets(&mut self.modifiers, name, text, issues);
    }

    pub fn load_allergens(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["standard", "category", "system", "code", "text"], 2, issues) {
            let [standard, category, system, code, text] = row.fields;
            let category = match category.as_str() {
                "medication" => Some(AllergyCategory::Medication),
                "food" => Some(AllergyCategory::Food),
                "environment" => Some(AllergyCategory::Environment),
                "" => None,
                other => {
                    issues.push(row_ignored(name, row.line, other));
                    continue;
                }
            };
            let standard = medication_code(&standard).unwrap_or(standard);
            let target = AllergenTarget { code: Some(standard).filter(|code| !code.is_empty()), category };
            if !code.is_empty() {
                self.allergens.insert(system, code, target);
            } else if !text.is_empty() {
                self.allergen_texts.insert(text, target);
            } else {
                issues.push(row_ignored(name, row.line, ""));
            }
        }
    }
}

/// 病名管理番号 and 修飾語管理番号 have eight digits.
pub fn is_medis_number(code: &str) -> bool {
    code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn load_targets(codes: &mut LocalCodes<Target>, name: &str, text: &str, issues: &mut Vec<Issue>) {
    for row in rows(name, text, ["code", "medis", "display", "system"], 3, issues) {
        let [code, medis, display, system] = row.fields;
        if is_medis_number(&medis) && !display.is_empty() && !code.is_empty() {
            codes.insert(system, code, Target { code: medis, display });
        } else {
            issues.push(row_ignored(name, row.line, &medis));
        }
    }
}
