use super::{Mapper, masters::day_of, name_or_code};
use crate::{
    issues,
    tables::{
        allergens::{CategoryRule, medication_code},
        site::AllergenTarget,
    },
};
use tsugite_clinical::{
    Fact,
    body::{Allergy, Code},
    says_none,
    standard::{AllergyCategory, AllergyStandard, AllergyVerdict, Coding},
};
use tsugite_issue::Issue;

/// What the tables know of an allergen.
#[derive(Default)]
struct Known {
    coding: Option<Coding>,
    /// Of the code, or as the site says.
    category: Option<AllergyCategory>,
}

impl Mapper<'_> {
    pub(super) fn allergy(&mut self, fact: &Fact, allergy: &Allergy) -> AllergyStandard {
        let written = name_or_code(&allergy.allergen);
        if says_none(written) {
            return AllergyStandard { verdict: AllergyVerdict::NoKnownAllergy, ..AllergyStandard::default() };
        }
        let text = self.display(fact, "アレルゲン", written).into_owned();
        let known = self.known_allergen(fact, allergy, &text);
        let stated = self.stated_category(allergy);
        let (category, verdict) = self.category(stated, &known, &text);
        self.compare_families(fact, allergy, category, known.category);
        let severity = allergy.severity.as_ref().and_then(|severity| self.severity(severity));
        let uncoded = known.coding.is_none();
        if uncoded && verdict == AllergyVerdict::Allergy {
            self.say(&issues::ALLERGEN_UNCODED, fact);
            self.unmapped("allergy", allergy.allergen.codes.first(), &text);
        }
        let coding = known.coding.or_else(|| self.dummy(category, &text));
        AllergyStandard { coding, category, uncoded, text, severity, verdict }
    }

    fn known_allergen(&mut self, fact: &Fact, allergy: &Allergy, text: &str) -> Known {
        let site = &self.tables.site;
        if let Some(target) = site.allergens.find(&allergy.allergen).or_else(|| site.allergen_texts.get(text)) {
            return self.site_allergen(target, text);
        }
        let drugs = allergy.allergen.codes.iter().filter_map(|code| self.drug_allergen(fact, code)).collect::<Vec<_>>();
        for code in allergy.allergen.codes.iter().chain(&drugs) {
            let drug = matches!(code.system.trim(), "YJ" | "GENERAL");
            let standard = medication_code(code.code.trim()).filter(|_| drug);
            let standard = standard.as_deref().unwrap_or(code.code.trim());
            let Some(family) = self.tables.allergens.family(standard) else { continue };
            let display = Some(code.display.as_str()).filter(|display| !display.trim().is_empty());
            let display = display.map_or_else(|| text.into(), |display| self.display(fact, "アレルゲン", display));
            // A dummy code says that no code is known; a new one is made by category.
            if standard == self.tables.allergens.dummy(family.category()) {
                return Known { coding: None, category: Some(family.category()) };
            }
            let coding = coding(&family.system, standard, &display);
            return Known { coding: Some(coding), category: Some(family.category()) };
        }
        let is_drug = |code: &Code| self.tables.allergens.is_drug_system(code.system.trim());
        let is_drug = allergy.allergen.codes.iter().any(is_drug);
        Known { coding: None, category: is_drug.then_some(AllergyCategory::Medication) }
    }

    /// The YJ code of a drug that the source names by another code, else its general name.
    fn drug_allergen(&self, fact: &Fact, code: &Code) -> Option<Code> {
        let (masters, written, day) = (&self.tables.masters, code.code.trim(), day_of(fact));
        let drug = match code.system.trim() {
            "HOT" | "HOT7" | "HOT9" | "HOT13" => masters.drug_of_hot(written, day),
            "MASTERY" => masters.drug_of_receipt(written, day),
            "PRICE" => masters.drug_of_price_code(written, day),
            _ => return None,
        };
        let drug = drug.ok()?;
        let yj = drug.yj.map(|yj| ("YJ", yj.code, drug.name));
        let (system, code, display) =
            yj.or_else(|_| drug.general.map(|general| ("GENERAL", general.code, general.name))).ok()?;
        Some(Code { code: code.to_owned(), display: display.to_owned(), system: system.to_owned() })
    }

    fn site_allergen(&self, target: &AllergenTarget, text: &str) -> Known {
        let family = target.code.as_deref().and_then(|code| Some((self.tables.allergens.family(code)?, code)));
        Known {
            coding: family.map(|(family, code)| coding(&family.system, code, text)),
            category: target.category.or_else(|| family.map(|(family, _)| family.category())),
        }
    }

    /// What the source's category says; `None` where there is none or it is unknown.
    fn stated_category(&mut self, allergy: &Allergy) -> Option<CategoryRule> {
        let code = allergy.category.as_ref().filter(|code| !code.code.trim().is_empty())?;
        let rule = self.tables.allergens.category(code.code.trim());
        if rule.is_none() {
            self.unmapped("allergy_category", Some(code), &code.display);
        }
        rule
    }

    fn category(
        &self,
        stated: Option<CategoryRule>,
        known: &Known,
        text: &str,
    ) -> (Option<AllergyCategory>, AllergyVerdict) {
        let category = match stated {
            Some(CategoryRule::Medication) => Some(AllergyCategory::Medication),
            Some(CategoryRule::Food) => Some(AllergyCategory::Food),
            Some(CategoryRule::Environment) => Some(AllergyCategory::Environment),
            Some(CategoryRule::Family) | None => known.category,
            Some(CategoryRule::Contraindication) => {
                let listed = self.policy.allergy.contraindicated_drugs.iter().any(|drug| drug == text);
                return if listed || known.category == Some(AllergyCategory::Medication) {
                    (Some(AllergyCategory::Medication), AllergyVerdict::Allergy)
                } else {
                    (None, AllergyVerdict::ContraindicationUnclear)
                };
            }
        };
        (category, AllergyVerdict::Allergy)
    }

    /// The source's category stands; that its code says otherwise is told.
    fn compare_families(
        &mut self,
        fact: &Fact,
        allergy: &Allergy,
        category: Option<AllergyCategory>,
        family: Option<AllergyCategory>,
    ) {
        let (Some(category), Some(family)) = (category, family) else { return };
        if category != family {
            let stated = allergy.category.as_ref().map(|code| code.code.clone()).unwrap_or_default();
            let issue = Issue::new(&issues::ALLERGEN_OF_OTHER_CATEGORY).with("category", stated);
            self.issues.push(issue.with("family", family.code()).at(fact.origin.clone()));
        }
    }

    fn severity(&mut self, severity: &Code) -> Option<&'static str> {
        let code = severity.code.trim();
        let known = self.tables.allergens.severity(code);
        // U says "unknown" and needs no place in a table.
        if known.is_none() && !matches!(code, "" | "U") {
            self.unmapped("severity", Some(severity), &severity.display);
        }
        known
    }

    /// D9M, D9F, D9N; where no category is known the allergen counts as neither food nor drug.
    fn dummy(&self, category: Option<AllergyCategory>, text: &str) -> Option<Coding> {
        let code = self.tables.allergens.dummy(category.unwrap_or(AllergyCategory::Environment));
        let family = self.tables.allergens.family(code)?;
        Some(coding(&family.system, code, text))
    }
}

fn coding(system: &str, code: &str, display: &str) -> Coding {
    Coding { system: system.to_owned().into(), version: None, code: code.into(), display: display.into() }
}
