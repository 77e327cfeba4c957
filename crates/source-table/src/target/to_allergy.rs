//! アレルギー・薬剤禁忌.

use super::{
    allergy as f,
    build::{Built, CareFields, local, standard},
};
use crate::{issues, mapping::Mapping, read::Values};
use tsugite_clinical::body::{Allergy, Body, Code, Concept};

pub fn build(values: &Values, mapping: &Mapping) -> Built {
    let name = values.owned(f::NAME);
    let display = name.as_deref().unwrap_or_default();
    let codes = [
        standard(values.owned(f::YJ), display, "YJ"),
        standard(values.owned(f::JFAGY), display, "JFAGY"),
        local(mapping, values.owned(f::CODE), display, values.text(f::SYSTEM)),
    ];
    let codes: Vec<Code> = codes.into_iter().flatten().collect();
    if codes.is_empty() && name.is_none() {
        // Something is said of an allergen that is not named.
        let said = [f::SEVERITY, f::REACTION, f::ONSET].into_iter().any(|field| values.is_set(field));
        return match said {
            true => Built::Held(&issues::REQUIRED_MISSING, "アレルゲン"),
            false => Built::NotCarried(&issues::NO_KNOWN_ALLERGY),
        };
    }
    let code = |field: usize| values.owned(field).map(|code| Code { code, ..Code::default() });
    let care = CareFields {
        class: None,
        department: None,
        department_name: Some(f::DEPARTMENT_NAME),
        doctor: Some(f::DOCTOR),
    };
    let allergy = Allergy {
        category: code(f::CATEGORY),
        severity: code(f::SEVERITY),
        reactions: values.owned(f::REACTION).into_iter().collect(),
        onset: values.date(f::ONSET),
        onset_text: None,
        recorded: values.date(f::RECORDED),
        verification: code(f::STATUS),
        care: care.read(values),
        allergen: Concept { codes, text: name },
    };
    Built::Fact(item(&allergy.allergen), Body::Allergy(Box::new(allergy)))
}

/// The allergen names the entry: its first code, else its text.
fn item(allergen: &Concept) -> String {
    match allergen.codes.first() {
        Some(code) => format!("{}^{}", code.code, code.system),
        None => allergen.text.clone().unwrap_or_default(),
    }
}
