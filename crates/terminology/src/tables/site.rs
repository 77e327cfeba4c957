//! What a site's own folder says.

use super::{
    allergens::{Allergens, is_price_code, medication_code},
    csv_file::rows,
    jlac10::Jlac10,
    row_ignored,
};
use std::collections::HashMap;
use tsugite_charset::fold_for_matching;
use tsugite_clinical::{body::Concept, standard::AllergyCategory};
use tsugite_issue::Issue;

/// Codes of one kind by (system, code); an empty system stands for any. A row that names the code holds for that name only: systems
/// give one code to everything that they have no code for.
#[derive(Clone, Debug)]
pub struct LocalCodes<T>(HashMap<String, HashMap<String, Vec<Named<T>>>>);

#[derive(Clone, Debug)]
struct Named<T> {
    /// Folded; `None` for any.
    name: Option<String>,
    target: T,
}

impl<T> Default for LocalCodes<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> LocalCodes<T> {
    fn insert(&mut self, system: String, code: String, name: &str, target: T) {
        let name = Some(folded(name)).filter(|name| !name.is_empty());
        self.0.entry(code).or_default().entry(system).or_default().push(Named { name, target });
    }

    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first code of a concept that the site mapped; of several rows the last one.
    pub fn find(&self, concept: &Concept) -> Option<&T> {
        if self.0.is_empty() {
            return None;
        }
        concept.codes.iter().find_map(|code| {
            let systems = self.0.get(code.code.trim())?;
            let is_called = |name: &String| {
                let names = [Some(code.display.as_str()), concept.text.as_deref()];
                names.into_iter().flatten().any(|given| folded(given) == *name)
            };
            let fits = |row: &&Named<T>| row.name.as_ref().is_none_or(is_called);
            let of = |system: &str| systems.get(system)?.iter().rev().find(fits);
            of(code.system.trim()).or_else(|| of("")).map(|row| &row.target)
        })
    }
}

/// A name without regard to width, kana and blanks.
fn folded(name: &str) -> String {
    fold_for_matching(name).chars().filter(|c| !c.is_whitespace()).collect()
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

/// What a site says of a drug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrugTarget {
    /// YJ, or 一般名コード where `general` is set.
    pub code: String,
    pub display: String,
    pub general: bool,
}

/// What a site says of a laboratory code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabTarget {
    pub jlac10: Option<Jlac10<'static>>,
    /// 17 characters.
    pub jlac11: Option<String>,
    /// The unit for which the mapping was confirmed; a result in another unit is not mapped.
    pub unit: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Site {
    pub labs: LocalCodes<LabTarget>,
    pub drugs: LocalCodes<DrugTarget>,
    pub diseases: LocalCodes<Target>,
    pub modifiers: LocalCodes<Target>,
    pub allergens: LocalCodes<AllergenTarget>,
    pub allergen_texts: HashMap<String, AllergenTarget>,
}

impl Site {
    /// 検査コード: `labs.csv`, and `labs-<会社>.csv` a laboratory each. Rows of status `proposed` wait for a person.
    pub fn load_labs(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        let columns = ["code", "jlac10", "jlac11", "system", "unit", "status", "name"];
        for row in rows(name, text, columns, 1, issues) {
            let [code, written, jlac11, system, unit, status, called] = row.fields;
            if !is_confirmed(&status, (name, row.line), issues) {
                continue;
            }
            let jlac10 = Jlac10::parse(&written).map(Jlac10::into_owned);
            let is_jlac11 = jlac11.len() == 17 && jlac11.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let jlac11 = Some(jlac11).filter(|_| is_jlac11);
            if code.is_empty() || (jlac10.is_none() && (jlac11.is_none() || !written.is_empty())) {
                issues.push(row_ignored(name, row.line, &written));
                continue;
            }
            let unit = Some(unit).filter(|unit| !unit.is_empty());
            self.labs.insert(system, code, &called, LabTarget { jlac10, jlac11, unit });
        }
    }

    /// 医薬品: local code to YJ or 一般名コード.
    pub fn load_drugs(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["code", "standard", "display", "system", "status", "name"], 3, issues) {
            let [code, standard, display, system, status, called] = row.fields;
            if !is_confirmed(&status, (name, row.line), issues) {
                continue;
            }
            if code.is_empty() || !is_price_code(&standard) || display.is_empty() {
                issues.push(row_ignored(name, row.line, &standard));
                continue;
            }
            let general = standard.ends_with("ZZZ");
            self.drugs.insert(system, code, &called, DrugTarget { code: standard, display, general });
        }
    }

    pub fn load_diseases(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        load_targets(&mut self.diseases, name, text, issues);
    }

    pub fn load_modifiers(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        load_targets(&mut self.modifiers, name, text, issues);
    }

    pub fn load_allergens(&mut self, name: &str, text: &str, known: &Allergens, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["standard", "category", "system", "code", "text", "status"], 2, issues) {
            let [standard, category, system, code, text, status] = row.fields;
            if !is_confirmed(&status, (name, row.line), issues) {
                continue;
            }
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
            if !standard.is_empty() && known.family(&standard).is_none() {
                issues.push(row_ignored(name, row.line, &standard));
                continue;
            }
            let target = AllergenTarget { code: Some(standard).filter(|code| !code.is_empty()), category };
            if !code.is_empty() {
                self.allergens.insert(system, code, &text, target);
            } else if !text.is_empty() {
                self.allergen_texts.insert(text, target);
            } else {
                issues.push(row_ignored(name, row.line, ""));
            }
        }
    }
}

/// A row holds once a person has confirmed it. A word that nobody knows may mean that it is not.
fn is_confirmed(status: &str, (name, line): (&str, u64), issues: &mut Vec<Issue>) -> bool {
    let known = matches!(status, "" | "confirmed" | "proposed");
    if !known {
        issues.push(row_ignored(name, line, status));
    }
    known && status != "proposed"
}

/// 病名管理番号 and 修飾語管理番号 have eight digits.
pub fn is_medis_number(code: &str) -> bool {
    code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn load_targets(codes: &mut LocalCodes<Target>, name: &str, text: &str, issues: &mut Vec<Issue>) {
    for row in rows(name, text, ["code", "medis", "display", "system", "status", "name"], 3, issues) {
        let [code, medis, display, system, status, called] = row.fields;
        if !is_confirmed(&status, (name, row.line), issues) {
            continue;
        }
        if is_medis_number(&medis) && !display.is_empty() && !code.is_empty() {
            codes.insert(system, code, &called, Target { code: medis, display });
        } else {
            issues.push(row_ignored(name, row.line, &medis));
        }
    }
}
