//! 用法・用量: JP_MedicationDosage_eCS.

use crate::build::{contained::standard_coding, observation::is_decimal, url};
use tsugite_clinical::{
    DateTime,
    body::Prescription,
    standard::{Amount, Coding, DosageForm, PrescriptionStandard},
};
use tsugite_fhir::{
    coding, concept, extension, text_concept,
    types::{
        CodeableConcept, Dosage, DosageAsNeeded, DosageDoseAndRate, DosageDoseAndRateDose, DosageDoseAndRateRate,
        Duration, Extension, ExtensionValue, Period, Quantity, Ratio, Timing, TimingRepeat, TimingRepeatBounds,
    },
};

/// A dosage with what it could not code.
pub struct Prescribed {
    pub dosage: Dosage,
    pub days: Option<u32>,
    /// Amounts whose unit no table knows: they stand in the text.
    pub in_words: Vec<String>,
}

const UCUM: &str = "http://unitsofmeasure.org";

pub fn prescribed(line: &Prescription, standard: &PrescriptionStandard, start: DateTime) -> Prescribed {
    let days = standard.days.filter(|days| *days > 0);
    let in_words = in_words(standard);
    let usage = standard.usage_text.trim();
    let additional = standard.additional.iter();
    let uncoded = additional.clone().filter(|(coding, _)| coding.is_none()).map(|(_, text)| text.trim().to_owned());
    let said: Vec<String> = std::iter::once(usage.to_owned())
        .chain(in_words.iter().cloned())
        .chain(uncoded)
        .filter(|text| !text.is_empty())
        .collect();
    let dosage = Dosage {
        extension: vec![period_of_use(line, start)],
        text: Some(said.join("　").replace('\u{3000}', " ").into()),
        additional_instruction: additional.filter_map(|(coding, text)| instruction(coding.as_ref()?, text)).collect(),
        timing: Some(Box::new(timing(standard, days))),
        as_needed: (standard.form == DosageForm::AsNeeded).then(|| DosageAsNeeded::Boolean(true.into())),
        site: place(standard.site.as_ref(), standard.site_text.as_deref()),
        route: place(standard.route.as_ref(), standard.route_text.as_deref()),
        method: method(standard),
        dose_and_rate: dose(line, standard).into_iter().collect(),
        ..Dosage::default()
    };
    Prescribed { dosage, days, in_words }
}

fn period_of_use(line: &Prescription, start: DateTime) -> Extension {
    let end = line.end.filter(|end| end.date.last_day() >= start.date.first_day());
    let period = Period {
        start: Some(start.date.to_string().into()),
        end: end.map(|end| end.date.to_string().into()),
        ..Period::default()
    };
    extension(url::PERIOD_OF_USE_EXTENSION, ExtensionValue::Period(Box::new(period)))
}

fn instruction(known: &Coding, text: &str) -> Option<CodeableConcept> {
    let text = if text.trim().is_empty() { &known.display } else { text.trim() };
    (!text.is_empty()).then(|| CodeableConcept { coding: vec![standard_coding(known)], ..text_concept(text) })
}

fn timing(standard: &PrescriptionStandard, days: Option<u32>) -> Timing {
    let repeat = days.map(|days| TimingRepeat {
        bounds: Some(TimingRepeatBounds::Duration(Box::new(self::days(days)))),
        ..TimingRepeat::default()
    });
    let code = CodeableConcept {
        coding: standard.usage.iter().map(standard_coding).collect(),
        ..text_concept(standard.usage_text.trim())
    };
    Timing { repeat, code: Some(Box::new(code)), ..Timing::default() }
}

/// So many days.
pub fn days(days: u32) -> Duration {
    Duration {
        value: Some(days.to_string().into()),
        unit: Some("日".into()),
        system: Some(UCUM.into()),
        code: Some("d".into()),
        ..Duration::default()
    }
}

fn place(known: Option<&Coding>, text: Option<&str>) -> Option<Box<CodeableConcept>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    (known.is_some() || text.is_some()).then(|| {
        Box::new(CodeableConcept {
            coding: known.map(standard_coding).into_iter().collect(),
            text: text.map(Into::into),
            ..CodeableConcept::default()
        })
    })
}

/// The first digit of a usage code tells how a drug is taken.
fn method(standard: &PrescriptionStandard) -> Option<Box<CodeableConcept>> {
    let known = standard.usage.iter().find(|usage| usage.system != url::USAGE_DUMMY)?;
    let (code, display) = match known.code.as_bytes().first()? {
        b'1' => ("1", "内服"),
        b'2' => ("2", "外用"),
        b'3' => ("3", "注射"),
        b'4' => ("4", "注入"),
        _ => return None,
    };
    Some(Box::new(concept(coding(url::USAGE_METHOD, code, display), None)))
}

fn dose(line: &Prescription, standard: &PrescriptionStandard) -> Option<DosageDoseAndRate> {
    let dose = standard.dose.as_ref().and_then(quantity_of);
    let daily = standard.daily_dose.as_ref().and_then(quantity_of);
    if dose.is_none() && daily.is_none() {
        return None;
    }
    let (code, display) = if line.ingredient_amounts { ("2", "原薬量") } else { ("1", "製剤量") };
    let per_day = Quantity {
        value: Some("1".into()),
        unit: Some("日".into()),
        system: Some(UCUM.into()),
        code: Some("d".into()),
        ..Quantity::default()
    };
    let rate = daily.map(|daily| Ratio {
        numerator: Some(Box::new(daily)),
        denominator: Some(Box::new(per_day)),
        ..Ratio::default()
    });
    Some(DosageDoseAndRate {
        r#type: Some(Box::new(concept(coding(url::STRENGTH_TYPE, code, display), None))),
        dose: dose.map(|dose| DosageDoseAndRateDose::Quantity(Box::new(dose))),
        rate: rate.map(|rate| DosageDoseAndRateRate::Ratio(Box::new(rate))),
        ..DosageDoseAndRate::default()
    })
}

/// The profile asks for a coded unit.
pub fn quantity_of(amount: &Amount) -> Option<Quantity> {
    let code = amount.code.as_ref()?;
    let number = amount.number.trim();
    let unit = if amount.unit.trim().is_empty() { &code.display } else { amount.unit.trim() };
    (is_decimal(number) && !unit.is_empty()).then(|| Quantity {
        value: Some(number.into()),
        unit: Some(unit.into()),
        system: Some(code.system.as_ref().into()),
        code: Some(code.code.as_ref().into()),
        ..Quantity::default()
    })
}

fn in_words(standard: &PrescriptionStandard) -> Vec<String> {
    let amounts = [("1回", &standard.dose), ("1日", &standard.daily_dose), ("総量", &standard.total)];
    let uncoded = amounts.into_iter().filter_map(|(what, amount)| Some((what, amount.as_ref()?)));
    uncoded
        .filter(|(_, amount)| quantity_of(amount).is_none() && !amount.number.trim().is_empty())
        .map(|(what, amount)| format!("{what}{}{}", amount.number.trim(), amount.unit.trim()))
        .collect()
}
