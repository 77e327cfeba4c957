//! 処方: a drug line with its codes. What no table knows is said in text; the amounts stay as the source wrote them.

mod amount;
mod drug;
mod usage;

use super::{Mapper, masters::day_of, name_or_code};
use crate::systems;
use tsugite_clinical::{
    Date, Fact,
    body::{Concept, Prescription},
    standard::{Coding, DosageForm, PrescriptionStandard},
};
use tsugite_issue::{Definition, Issue};

impl Mapper<'_> {
    pub(super) fn prescription(&mut self, fact: &Fact, line: &Prescription) -> PrescriptionStandard {
        let day = day_of_order(line).or_else(|| day_of(fact));
        let drug = self.drug(fact, line, day);
        let mut additional = Vec::new();
        let usage = self.usage(fact, line, day, &mut additional);
        let amounts = [("1回量", &line.dose), ("1日量", &line.daily_dose), ("総量", &line.total)];
        let [dose, daily_dose, total] = amounts.map(|(title, quantity)| {
            self.amount(fact, title, quantity.as_ref()?, drug.unit.as_deref(), &mut additional)
        });
        let categories: Vec<Coding> = self.categories(line);
        let form = self.form(line, &usage.codings);
        let (route, route_text) = self.route(line);
        let (site, site_text) = site(line);
        let (days, times) = amount::duration(line, form);
        PrescriptionStandard {
            drug: drug.codings,
            uncoded: drug.uncoded,
            text: drug.text,
            usage: usage.codings,
            usage_text: usage.text,
            categories,
            form,
            dose,
            daily_dose,
            total,
            days,
            times,
            route,
            route_text,
            site,
            site_text,
            additional,
        }
    }

    /// Tells of a prescription, where a document may carry it.
    fn tell(&mut self, fact: &Fact, definition: &'static Definition, found: &str) {
        if self.documents {
            self.issues.push(Issue::new(definition).found(found).at(fact.origin.clone()));
        }
    }

    /// 処方区分 in MERIT-9, each once.
    fn categories(&self, line: &Prescription) -> Vec<Coding> {
        let known = &self.tables.drugs.categories;
        let mut codings: Vec<Coding> = Vec::new();
        for concept in &line.categories {
            let coded = concept.codes.iter().find_map(|code| known.of_code(code.code.trim()));
            let coding = coded.or_else(|| known.of_word(name_or_code(concept)));
            codings.extend(coding.filter(|coding| !codings.contains(coding)).cloned());
        }
        codings
    }

    /// 剤形区分: of the category, else of the usage code, else of the usage's words, else of the route.
    fn form(&self, line: &Prescription, usages: &[Coding]) -> DosageForm {
        let drugs = &self.tables.drugs;
        let words = |concept: &Concept| {
            let codes = concept.codes.iter().flat_map(|code| [code.code.as_str(), code.display.as_str()]);
            let words: Vec<&str> = codes.chain(concept.text.as_deref()).collect();
            words.into_iter().find_map(|word| drugs.form(word))
        };
        let category = line.categories.iter().find_map(words);
        let coded = || usages.iter().find_map(|coding| form_of_usage(&coding.code));
        let spoken = || line.usages.iter().filter_map(Concept::name).find_map(|name| drugs.form(name));
        let routed = || {
            let route = line.route.as_ref().and_then(|route| route.codes.first())?;
            Some(match route.code.trim() {
                "PO" => DosageForm::Oral,
                "IV" | "IM" | "SC" => DosageForm::Injection,
                "AP" | "OP" | "OT" | "NS" | "PR" | "VG" | "IH" | "TD" => DosageForm::External,
                _ => return None,
            })
        };
        category.or_else(coded).or_else(spoken).or_else(routed).unwrap_or_default()
    }

    fn route(&self, line: &Prescription) -> (Option<Coding>, Option<String>) {
        let Some(route) = &line.route else { return (None, None) };
        let known = &self.tables.drugs.routes;
        let given = route.in_system("HL70162").filter(|code| !code.code.trim().is_empty());
        let coded = given.map(|code| {
            let display = Some(code.display.trim()).filter(|display| !display.is_empty());
            let display = display.or_else(|| known.of_code(code.code.trim()).map(|known| &*known.display));
            coding(systems::ROUTE, code.code.trim(), display.unwrap_or(code.code.trim()))
        });
        let name = name_or_code(route);
        let text = Some(name.to_owned()).filter(|name| !name.is_empty());
        (coded.or_else(|| known.of_word(name).cloned()), text)
    }
}

/// JAMI 外用部位 of three characters, else text.
fn site(line: &Prescription) -> (Option<Coding>, Option<String>) {
    let Some(site) = &line.site else { return (None, None) };
    let name = name_or_code(site);
    let coded = site.in_system("JAMISITE").filter(|code| code.code.trim().len() == 3);
    let coded = coded.map(|code| coding(systems::BODY_SITE, code.code.trim(), name));
    (coded, Some(name.to_owned()).filter(|name| !name.is_empty()))
}

/// Digits of a usage of 16 characters: 1 内服, 2 外用, 3 注射; the third is 5 where it is taken as needed.
fn form_of_usage(code: &str) -> Option<DosageForm> {
    let mut digits = code.bytes().filter(|_| code.len() == 16);
    match (digits.next()?, digits.nth(1)?) {
        (b'0' | b'9', _) => None,
        (b'1', b'5') => Some(DosageForm::AsNeeded),
        (b'1', _) => Some(DosageForm::Oral),
        (b'2', _) => Some(DosageForm::External),
        (b'3', _) => Some(DosageForm::Injection),
        _ => None,
    }
}

fn day_of_order(line: &Prescription) -> Option<Date> {
    let at = line.ordered.or(line.start);
    at.map(|at| at.date)
}

fn coding(system: &'static str, code: &str, display: &str) -> Coding {
    Coding { system: system.into(), version: None, code: code.into(), display: display.into() }
}
