use super::Mapper;
use crate::systems;
use std::{collections::BTreeMap, ptr};
use tsugite_clinical::{
    Fact,
    body::{Body, Care, Code},
    standard::Coding,
};

impl Mapper<'_> {
    /// 診療科 of the facts that are SS-MIX2 統一診療科コード.
    pub(super) fn departments<'a>(&mut self, facts: impl Iterator<Item = &'a Fact>) -> BTreeMap<Code, Coding> {
        let mut departments = BTreeMap::new();
        let mut last: Option<&Care> = None;
        for fact in facts {
            let care: &Care = match &fact.body {
                Body::Diagnosis(diagnosis) => &diagnosis.care,
                Body::Allergy(allergy) => &allergy.care,
                Body::LabResult(result) => &result.care,
                _ => continue,
            };
            // The lines of a report share their care.
            if last.is_some_and(|last| ptr::eq(last, care)) {
                continue;
            }
            last = Some(care);
            let Some(department) = care.department.as_ref().filter(|code| !departments.contains_key(*code)) else {
                continue;
            };
            match self.department(fact, department) {
                Some(coding) => drop(departments.insert(department.clone(), coding)),
                None if !department.code.is_empty() => {
                    self.unmapped("department", Some(department), &department.display);
                }
                None => {}
            }
        }
        departments
    }

    /// A code whose first two digits the table knows, with the sender's own name for it, else the table's. In a code system of
    /// the site's own the same digits mean something else, unless the names agree.
    fn department(&mut self, fact: &Fact, department: &Code) -> Option<Coding> {
        let code = department.code.trim();
        let known = code.get(..2).filter(|_| code.len() <= 3).and_then(|group| self.tables.departments.find(group))?;
        let own = department.display.trim();
        let is_standard = matches!(department.system.trim(), "" | "HL70069" | "SS-MIX2");
        if !(is_standard || own == &**known) {
            return None;
        }
        let display = if own.is_empty() { known.clone() } else { self.display(fact, "診療科", own).into() };
        Some(Coding { system: systems::DEPARTMENT.into(), version: None, code: code.into(), display })
    }
}
