use super::{csv_file::rows, package::CodeSystem, row_ignored};
use crate::systems;
use std::{collections::HashMap, sync::Arc};
use tsugite_clinical::Date;
use tsugite_issue::Issue;

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

/// What the public definition of 特定健診 fixes of an item by its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemDefinition {
    /// Unit of its number, as printed.
    pub unit: Option<String>,
    /// Value list of its code, an object identifier.
    pub list: Option<String>,
    /// First day of a check from which this holds; `None` for always.
    pub since: Option<Date>,
}

/// Items of 健診 by their codes of 17 digits: `checkup/items.csv`, and `checkup-items.csv` of a site.
#[derive(Clone, Debug, Default)]
pub struct CheckupItems(HashMap<String, ItemDefinition>);

impl CheckupItems {
    pub fn load(&mut self, name: &str, text: &str, issues: &mut Vec<Issue>) {
        for row in rows(name, text, ["code", "unit", "list", "since"], 3, issues) {
            let [code, unit, list, since] = row.fields;
            let date = Date::try_from(since.clone()).ok().filter(|date| date.is_full());
            let is_list = list.is_empty() || format!("urn:oid:{list}").starts_with(systems::CHECKUP);
            if !is_item_code(&code) || !is_list || (date.is_none() && !since.is_empty()) {
                issues.push(row_ignored(name, row.line, &code));
                continue;
            }
            let stated = |field: String| Some(field).filter(|field| !field.is_empty());
            self.0.insert(code, ItemDefinition { unit: stated(unit), list: stated(list), since: date });
        }
    }

    /// What holds for an item of a check of that day.
    pub fn find(&self, code: &str, performed: Option<Date>) -> Option<&ItemDefinition> {
        let holds = |since: Date| performed.is_some_and(|day| day.first_day() >= since.first_day());
        self.0.get(code).filter(|item| item.since.is_none_or(holds))
    }
}

/// 17 digits of JLAC10: a digit and a letter name the kind of the analyte.
pub fn is_item_code(code: &str) -> bool {
    let shape = |(index, byte): (usize, u8)| match index {
        0 => byte.is_ascii_digit(),
        1 => byte.is_ascii_uppercase(),
        _ => byte.is_ascii_alphanumeric(),
    };
    code.len() == 17 && code.bytes().enumerate().all(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn item_codes_have_seventeen_digits() {
        for (code, is) in [
            ("9N001000000000001", true),
            ("3F015000002327101", true),
            ("9N00100000000000", false),
            ("12345678901234567", false),
            ("AB345678901234567", false),
        ] {
            assert_eq!(is_item_code(code), is, "{code}");
        }
    }

    /// An item has a unit or a list, by the end of its code, and every unit is one that is known.
    #[test]
    fn the_embedded_items_are_whole() {
        let tables = crate::Tables::embedded();
        assert!(tables.checkup_items.0.len() > 100);
        for (code, item) in &tables.checkup_items.0 {
            assert_eq!(
                (item.list.is_some(), item.unit.is_none()),
                (code.ends_with("11"), code.ends_with("11")),
                "{code}"
            );
            if let Some(unit) = &item.unit {
                let known = tables.units.find(unit).filter(|known| known.ucum.is_some());
                assert_eq!(known.map(|known| &known.display), Some(unit), "{code}");
            }
        }
    }

    #[test]
    fn rows_that_cannot_be_meant_are_told() {
        for (row, told) in [
            ("9N001000000000001,m,,", 0),
            ("9N001000000000001,,,", 0),
            ("9N00100000000000,cm,,", 1),
            ("9N056000000000011,,1.2.3,", 1),
            ("9N056000000000011,,1.2.392.200119.6.2001,2024-04", 1),
        ] {
            let mut issues = Vec::new();
            let text = format!("code,unit,list,since\n{row}\n");
            CheckupItems::default().load("checkup-items.csv", &text, &mut issues);
            assert_eq!(issues.len(), told, "{row}");
        }
    }
}
