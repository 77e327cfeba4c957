//! アレルギー・薬剤禁忌: which entries are members of the allergy list.

use crate::{
    issues,
    run::{Record, Run, Verdict},
};
use tsugite_clinical::{
    body::{Allergy, Body},
    standard::{AllergyCategory, AllergyStandard, AllergyVerdict, Standard},
};

/// One entry as it is said.
#[derive(Clone, Copy)]
pub(crate) struct Allergen<'a> {
    pub allergy: &'a Allergy,
    pub standard: &'a AllergyStandard,
}

pub(crate) fn allergen<'a>(record: &Record<'a>) -> Option<Allergen<'a>> {
    match (&record.fact.body, record.standard) {
        (Body::Allergy(allergy), Standard::Allergy(standard)) => Some(Allergen { allergy, standard }),
        _ => None,
    }
}

/// IAM-17 (HL70438): entered in error.
const ERRONEOUS: &str = "E";

pub(crate) fn verdict(run: &Run, record: &Record) -> Verdict {
    let Body::Allergy(allergy) = &record.fact.body else { return Verdict::Held(&issues::CANNOT_WRITE) };
    if allergy.verification.as_ref().is_some_and(|code| code.code == ERRONEOUS) {
        return Verdict::Retracted;
    }
    let standard = allergen(record).map(|allergen| allergen.standard);
    if standard.is_some_and(|standard| standard.verdict == AllergyVerdict::NoKnownAllergy) {
        return Verdict::NotCarried(&issues::NO_KNOWN_ALLERGY);
    }
    if let Some(rule) = Run::doubt(record) {
        return Verdict::Held(rule);
    }
    let Some(standard) = standard else { return Verdict::Held(&issues::NOT_STANDARDISED) };
    if standard.verdict == AllergyVerdict::ContraindicationUnclear {
        return Verdict::Held(&issues::CONTRAINDICATION_UNCLEAR);
    }
    if standard.coding.is_none() || standard.text.trim().is_empty() {
        return Verdict::Held(&issues::ALLERGEN_NAMELESS);
    }
    match allergy.onset.and_then(|onset| run.impossible(onset)) {
        Some(rule) => Verdict::Held(rule),
        None => Verdict::Member,
    }
}

/// The same allergen is one entry: by its code, or by its text where no code is known.
pub(crate) fn says(record: &Record) -> String {
    let Body::Allergy(allergy) = &record.fact.body else { return String::new() };
    let Some(Allergen { standard, .. }) = allergen(record) else {
        return allergy.allergen.name().unwrap_or_default().to_owned();
    };
    let coded = standard.coding.as_ref().filter(|_| !standard.uncoded);
    let what = coded.map_or_else(|| standard.text.trim(), |coding| &coding.code);
    format!("{}\u{1e}{what}", standard.category.map_or("", AllergyCategory::code))
}
