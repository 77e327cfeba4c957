use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use tsugite_clinical::standard::AllergyCategory;

/// アレルギー: categories, severities, families of allergen codes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allergens {
    categories: HashMap<String, CategoryRule>,
    severities: HashMap<String, Severity>,
    families: Vec<Family>,
    dummies: Dummies,
    drugs: Drugs,
}

/// What a category of HL70127 means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CategoryRule {
    Medication,
    Food,
    Environment,
    /// By the family of the allergen's code.
    Family,
    /// 禁忌: of a drug, or of something that must be asked for.
    Contraindication,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Mild,
    Moderate,
    Severe,
}

/// Codes that begin alike.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub prefix: String,
    category: Category,
    pub system: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Category {
    Medication,
    Food,
    Environment,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dummies {
    medication: String,
    food: String,
    environment: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drugs {
    systems: HashSet<String>,
}

impl Family {
    pub const fn category(&self) -> AllergyCategory {
        match self.category {
            Category::Medication => AllergyCategory::Medication,
            Category::Food => AllergyCategory::Food,
            Category::Environment => AllergyCategory::Environment,
        }
    }
}

impl Allergens {
    pub fn category(&self, code: &str) -> Option<CategoryRule> {
        self.categories.get(code).copied()
    }

    /// `None` also for a severity that says "unknown".
    pub fn severity(&self, code: &str) -> Option<&'static str> {
        Some(match self.severities.get(code)? {
            Severity::Mild => "mild",
            Severity::Moderate => "moderate",
            Severity::Severe => "severe",
        })
    }

    /// The family of a standard code: J-FAGY of 12 characters, or a drug code of 12 behind `YCM` or `GCM`.
    pub fn family(&self, code: &str) -> Option<&Family> {
        let plain = code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        let length = if code.starts_with("YCM") || code.starts_with("GCM") { 15 } else { 12 };
        self.families.iter().find(|family| plain && code.len() == length && code.starts_with(&family.prefix))
    }

    /// The code that stands for "no code known".
    pub fn dummy(&self, category: AllergyCategory) -> &str {
        match category {
            AllergyCategory::Medication => &self.dummies.medication,
            AllergyCategory::Food => &self.dummies.food,
            AllergyCategory::Environment => &self.dummies.environment,
        }
    }

    /// Whether all codes of a system are drugs.
    pub fn is_drug_system(&self, system: &str) -> bool {
        self.drugs.systems.contains(system)
    }
}

/// 薬価基準収載医薬品コード, YJ or 一般名コード: seven digits, a letter, four letters or digits.
pub fn is_price_code(code: &str) -> bool {
    code.len() == 12
        && code.bytes().enumerate().all(|(at, byte)| match at {
            0..7 => byte.is_ascii_digit(),
            7 => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        })
}

/// A drug code of the price list as an allergen code: YJ of 12 characters, or a 一般名コード (`…ZZZ`).
pub fn medication_code(code: &str) -> Option<String> {
    let shape =
        |from: usize, to: usize, legal: fn(u8) -> bool| code.get(from..to).is_some_and(|part| part.bytes().all(legal));
    let substance = code.len() == 12 && shape(0, 7, |b| b.is_ascii_digit()) && shape(7, 8, |b| b.is_ascii_uppercase());
    if !substance {
        return None;
    }
    if code.ends_with("ZZZ") && shape(8, 9, |b| b.is_ascii_digit()) {
        return Some(format!("GCM{code}"));
    }
    shape(8, 12, |b| b.is_ascii_digit()).then(|| format!("YCM{code}"))
}
