//! Small tables of prescriptions: units, categories, forms and routes by their spellings.

use super::{csv_file::rows, row_ignored};
use crate::systems;
use std::collections::HashMap;
use tsugite_charset::fold_for_matching;
use tsugite_clinical::standard::{Coding, DosageForm};
use tsugite_issue::Issue;

/// Codings by code and by spelling.
#[derive(Clone, Debug, Default)]
pub struct Words {
    codes: HashMap<String, Coding>,
    /// Folded spelling to code.
    spellings: HashMap<String, String>,
}

#[derive(Clone, Debug, Default)]
pub struct Drugs {
    pub units: Words,
    pub categories: Words,
    pub routes: Words,
    forms: Vec<(String, DosageForm)>,
}

impl Words {
    pub fn load(&mut self, system: &'static str, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["code", "display", "spellings"], 3, issues) {
            let [code, display, spellings] = row.fields;
            for spelling in spellings.split_whitespace() {
                self.spellings.insert(folded(spelling), code.clone());
            }
            let coding = Coding { system: system.into(), version: None, code: (*code).into(), display: display.into() };
            self.codes.insert(code, coding);
        }
    }

    pub fn of_code(&self, code: &str) -> Option<&Coding> {
        self.codes.get(code)
    }

    pub fn of_word(&self, word: &str) -> Option<&Coding> {
        self.codes.get(self.spellings.get(&folded(word))?)
    }
}

impl Drugs {
    pub fn load_forms(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["form", "spellings"], 2, issues) {
            let [form, spellings] = row.fields;
            let form = match form.as_str() {
                "oral" => DosageForm::Oral,
                "as_needed" => DosageForm::AsNeeded,
                "external" => DosageForm::External,
                "injection" => DosageForm::Injection,
                other => {
                    issues.push(row_ignored(name, row.line, other));
                    continue;
                }
            };
            self.forms.extend(spellings.split_whitespace().map(|spelling| (folded(spelling), form)));
        }
    }

    /// The form whose spelling a word is or holds.
    pub fn form(&self, word: &str) -> Option<DosageForm> {
        let word = folded(word);
        let is = |spelling: &str| {
            let short = spelling.bytes().all(|byte| byte.is_ascii_digit());
            word == spelling || (!short && word.contains(spelling))
        };
        self.forms.iter().find(|(spelling, _)| is(spelling)).map(|(_, form)| *form)
    }
}

fn folded(word: &str) -> String {
    let folded = fold_for_matching(word.trim());
    folded
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, 'µ' | 'μ') { 'u' } else { c })
        .collect::<String>()
        .to_lowercase()
}

impl Drugs {
    pub fn embedded(issues: &mut Vec<Issue>) -> Self {
        use tsugite_mappings as mappings;
        let mut drugs = Self::default();
        let file = mappings::DRUG_UNITS;
        drugs.units.load(systems::DRUG_UNIT, file.path, file.text, issues);
        let file = mappings::DRUG_CATEGORIES;
        drugs.categories.load(systems::DRUG_CATEGORY, file.path, file.text, issues);
        let file = mappings::DRUG_ROUTES;
        drugs.routes.load(systems::ROUTE, file.path, file.text, issues);
        let file = mappings::DRUG_FORMS;
        drugs.load_forms(file.path, file.text, issues);
        drugs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_prescriptions_are_known_in_their_spellings() {
        let mut issues = Vec::new();
        let drugs = Drugs::embedded(&mut issues);
        assert!(issues.is_empty(), "{issues:?}");
        let code = |words: &Words, word: &str| words.of_word(word).map(|coding| coding.code.to_string());
        for (word, expected) in [
            ("錠", Some("TAB")),
            ("カプセル", Some("CAP")),
            ("ｶﾌﾟｾﾙ", Some("CAP")),
            ("ｇ", Some("G")),
            ("ｍＬ", Some("ML")),
            ("mg", Some("MG")),
            ("μg", Some("MCG")),
            ("包", Some("PCK")),
            ("滴", Some("DROP")),
            ("瓶（袋）", Some("BTLB")),
            ("さじ", None),
        ] {
            assert_eq!(code(&drugs.units, word).as_deref(), expected, "{word}");
        }
        assert_eq!(code(&drugs.categories, "院外処方").as_deref(), Some("OHO"));
        assert_eq!(code(&drugs.routes, "点眼").as_deref(), Some("OP"));
        for (word, expected) in [
            ("21", Some(DosageForm::Oral)),
            ("頓服薬", Some(DosageForm::AsNeeded)),
            ("内服・頓用", Some(DosageForm::AsNeeded)),
            ("外用・１日１回", Some(DosageForm::External)),
            ("自己注射", Some(DosageForm::Injection)),
            ("2100", None),
            ("OHP", None),
        ] {
            assert_eq!(drugs.form(word), expected, "{word}");
        }
    }
}
