use super::{csv_file::rows, jlac10::Jlac10, package::CodeSystem};
use crate::systems;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use tsugite_clinical::standard::Coding;
use tsugite_issue::Issue;

/// Which of the two lists a shared item stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Core,
    Infection,
}

/// 共有項目 (its FHIR識別名).
#[derive(Debug, Default)]
pub struct Item {
    /// A later version took it back: never sent as shared.
    pub withdrawn: bool,
    /// The class of its coded results.
    pub class: Option<Arc<str>>,
}

/// A code of a shared list.
#[derive(Clone, Debug)]
pub struct SharedLab {
    pub list: List,
    pub coding: Coding,
    pub item: Arc<Item>,
}

/// 材料 of most items.
const SERUM: &str = "023";

/// The shared lists: hand-written patterns until a package brings the official list, which then rules.
#[derive(Clone, Debug, Default)]
pub struct Labs {
    codes: HashMap<Box<str>, SharedLab>,
    /// 15 digits to the whole code; `None` where several results share them.
    without_result: HashMap<Box<str>, Option<Box<str>>>,
    items: HashMap<Box<str>, Arc<Item>>,
    /// Analyte and identification of withdrawn items.
    withdrawn: HashSet<Box<str>>,
    /// All JLAC10 codes, where a package has them all.
    general: Option<HashSet<Box<str>>>,
}

impl Labs {
    pub fn load_rows(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["list", "item", "display", "class", "jlac10"], 5, issues) {
            let [list, item, display, class, patterns] = row.fields;
            let class = Some(class).filter(|class| !class.is_empty()).map(Arc::from);
            let withdrawn = list == "withdrawn";
            let known = Arc::new(Item { withdrawn, class });
            self.items.insert(item.into(), Arc::clone(&known));
            let codes = patterns.split(';').filter(|pattern| !pattern.is_empty()).flat_map(expand);
            let (list, system) = match list.as_str() {
                "core" => (List::Core, systems::CORE_JLAC10),
                "infection" => (List::Infection, systems::INFECTION_JLAC10),
                _ => {
                    self.withdrawn.extend(codes.map(String::into_boxed_str));
                    continue;
                }
            };
            let display: Arc<str> = display.into();
            for code in codes {
                self.insert(list, system, &code, &display, &known);
            }
        }
    }

    /// Takes a CodeSystem of a package over what was known of its system. Others are left aside.
    pub fn load_package(&mut self, resource: &CodeSystem<'_>) {
        let (list, system) = match &*resource.url {
            systems::CORE_JLAC10 => (List::Core, systems::CORE_JLAC10),
            systems::CORE_JLAC11 => (List::Core, systems::CORE_JLAC11),
            systems::INFECTION_JLAC10 => (List::Infection, systems::INFECTION_JLAC10),
            systems::INFECTION_JLAC11 => (List::Infection, systems::INFECTION_JLAC11),
            systems::JLAC10 => {
                if resource.is_complete() {
                    let mut all = HashSet::new();
                    resource.leaves(&mut |leaf| all.extend([leaf.code.into()]));
                    self.general = Some(all);
                }
                return;
            }
            _ => return,
        };
        self.codes.retain(|_, lab| lab.coding.system != system);
        let mut display: Arc<str> = "".into();
        resource.leaves(&mut |leaf| {
            if leaf.display.is_empty() {
                return;
            }
            // The leaves of an item share its name.
            if *display != *leaf.display {
                display = leaf.display.into();
            }
            let item = leaf.parent.and_then(|parent| self.items.get(parent)).cloned().unwrap_or_default();
            self.insert(list, system, leaf.code, &display, &item);
        });
    }

    fn insert(&mut self, list: List, system: &'static str, code: &str, display: &Arc<str>, item: &Arc<Item>) {
        let coding = Coding { system: system.into(), version: None, code: code.into(), display: Arc::clone(display) };
        self.codes.insert(code.into(), SharedLab { list, coding, item: Arc::clone(item) });
    }

    /// To be called when all lists are loaded.
    pub fn index(&mut self) {
        self.without_result.clear();
        for (code, lab) in &self.codes {
            let is_jlac10 = matches!(&*lab.coding.system, systems::CORE_JLAC10 | systems::INFECTION_JLAC10);
            let Some(short) = code.get(..15).filter(|_| is_jlac10) else { continue };
            let entry = self.without_result.entry(short.into());
            entry.and_modify(|other| *other = None).or_insert_with(|| Some(code.clone()));
        }
    }

    /// A code of 17 characters, JLAC10 or JLAC11, exactly as the list has it.
    pub fn exact(&self, code: &str) -> Option<&SharedLab> {
        self.codes.get(code)
    }

    /// A JLAC10 code: exactly, else with "other method" where it says that the method is not known, else, for a code without
    /// result, the only code of the list that begins with it, if that is a quantity (result 01) and the value is `numeric`.
    pub fn find(&self, code: &Jlac10<'_>, numeric: bool) -> Option<&SharedLab> {
        if let Some(lab) = self.exact(code.as_str()) {
            return Some(lab);
        }
        if let Some(others) = code.with_other_method() {
            let found =
                others.iter().find_map(|other| self.exact(other).or_else(|| self.only_quantity(other, numeric)));
            return found;
        }
        self.only_quantity(code.without_result()?, numeric)
    }

    fn only_quantity(&self, short: &str, numeric: bool) -> Option<&SharedLab> {
        let code = self.without_result.get(short)?.as_deref()?;
        if numeric && code.ends_with("01") { self.exact(code) } else { None }
    }

    /// A JLAC10 code for each name and material on the shared lists, with "other method" where the list has it: for a person to
    /// start from; serum first. (code, name, material)
    pub fn representatives(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let mut first: BTreeMap<(&str, bool, &str), &str> = BTreeMap::new();
        for (code, lab) in &self.codes {
            let jlac10 = matches!(&*lab.coding.system, systems::CORE_JLAC10 | systems::INFECTION_JLAC10);
            let Some(material) = code.get(9..12).filter(|_| jlac10 && !lab.item.withdrawn) else { continue };
            let rank = |code: &'_ str| (code.get(12..15) != Some("999"), code.to_owned());
            let entry = first.entry((&lab.coding.display, material != SERUM, material)).or_insert(code);
            if rank(code) < rank(entry) {
                *entry = code;
            }
        }
        first.into_iter().map(|((display, _, material), code)| (code, display, material))
    }

    /// Whether a later version took the item off the list.
    pub fn is_withdrawn(&self, code: &Jlac10<'_>) -> bool {
        code.as_str().get(..9).is_some_and(|item| self.withdrawn.contains(item))
    }

    /// Whether a whole JLAC10 code may be sent as a general one: not where an installed package has all codes, and not this.
    pub fn is_general(&self, code: &str) -> bool {
        self.general.as_ref().is_none_or(|all| all.contains(code))
    }
}

/// `3A010-0000-022,023-271,999-01` to its codes.
fn expand(pattern: &str) -> Vec<String> {
    pattern.split('-').fold(vec![String::new()], |codes, part| {
        codes.iter().flat_map(|code| part.split(',').map(move |choice| format!("{code}{choice}"))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded() -> Labs {
        let mut labs = Labs::default();
        let mut issues = Vec::new();
        labs.load_rows(tsugite_mappings::LABS.path, tsugite_mappings::LABS.text, &mut issues);
        labs.index();
        assert!(issues.is_empty(), "{issues:?}");
        labs
    }

    fn display(labs: &Labs, code: &str, numeric: bool) -> Option<String> {
        Some(labs.find(&Jlac10::parse(code)?, numeric)?.coding.display.to_string())
    }

    #[test]
    fn patterns_are_whole_codes_and_name_one_item() {
        let labs = embedded();
        assert!(labs.codes.len() > 600, "{}", labs.codes.len());
        for code in labs.codes.keys() {
            assert!(Jlac10::parse(code).is_some_and(|jlac| jlac.complete().is_some()), "{code}");
        }
    }

    #[test]
    fn lookups_are_exact_then_by_other_method_then_by_the_only_quantity() {
        let labs = embedded();
        for (code, numeric, expected) in [
            ("3A015000002327101", false, Some("ALB")),
            ("3A015000002399901", true, Some("ALB")),
            ("3A015000002399801", true, Some("ALB")),
            ("3A0150000023---01", true, Some("ALB")),
            ("3A015000002330101", true, None),
            ("3A0150000023271", true, Some("ALB")),
            ("3A0150000023271", false, None),
            ("5C0700000023070", true, None),
            ("2A010000001930101", true, None),
            ("2B030000002231157", true, Some("PT-INR")),
            ("2B0300000022311", true, None),
        ] {
            assert_eq!(display(&labs, code, numeric).as_deref(), expected, "{code} {numeric}");
        }
    }

    #[test]
    fn a_package_takes_over_its_system_and_no_other() {
        let mut labs = embedded();
        let json = serde_json::json!({
            "resourceType": "CodeSystem", "url": systems::CORE_JLAC10, "content": "complete",
            "concept": [{ "code": "ALB", "concept": [{ "code": "3A015000002399901", "display": "ALB" }] }]
        });
        let json = json.to_string();
        labs.load_package(&CodeSystem::read(json.as_bytes()).unwrap());
        labs.index();
        assert_eq!(display(&labs, "3A015000002399901", true).as_deref(), Some("ALB"));
        assert_eq!(display(&labs, "3A015000002327101", true), None, "the package does not have this method");
        assert_eq!(display(&labs, "3A010000002327101", true), None, "the package does not have this item");
        assert_eq!(display(&labs, "5F016141002305111", true).as_deref(), Some("HBs抗原(定性)"));
    }
}
