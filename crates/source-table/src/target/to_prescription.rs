//! 処方.

use super::{
    build::{Built, CareFields, local, standard},
    prescription as f,
};
use crate::{issues, mapping::Mapping, read::Values};
use tsugite_clinical::body::{Body, Code, Concept, Prescription, Quantity};

pub fn build(values: &Values, mapping: &Mapping) -> Built {
    let name = values.owned(f::NAME);
    let display = name.as_deref().unwrap_or_default();
    let codes = [
        standard(values.owned(f::YJ), display, "YJ"),
        standard(values.owned(f::HOT), display, "HOT"),
        local(mapping, values.owned(f::CODE), display, values.text(f::SYSTEM)),
    ];
    let codes: Vec<Code> = codes.into_iter().flatten().collect();
    if codes.is_empty() && name.is_none() {
        return Built::Held(&issues::REQUIRED_MISSING, "薬品");
    }
    if !values.is_set(f::DATE) && !values.is_set(f::ORDER) {
        return Built::Held(&issues::REQUIRED_MISSING, "処方日・処方番号");
    }
    let unit = values.owned(f::UNIT).map(|display| Code { display, ..Code::default() });
    let quantity = |field: usize| values.owned(field).map(|value| Quantity { value, unit: unit.clone() });
    let text = |field: usize| values.owned(field).map(|text| Concept { codes: Vec::new(), text: Some(text) });
    let care = CareFields { class: Some(f::CLASS), department: None, department_name: None, doctor: Some(f::DOCTOR) };
    let group = values.string(f::RP);
    let drug = Concept { codes, text: name };
    let first = drug.codes.first().map(|code| code.code.as_str()).or(drug.text.as_deref()).unwrap_or_default();
    let item = format!("{group}/{first}");
    let prescription = Prescription {
        order_number: values.string(f::ORDER),
        group,
        dose: quantity(f::DOSE),
        daily_dose: quantity(f::DAILY_DOSE),
        total: quantity(f::TOTAL),
        usages: text(f::USAGE).into_iter().collect(),
        duration: values.owned(f::DAYS),
        count: values.owned(f::TIMES),
        start: values.date(f::DATE),
        ordered: values.date(f::DATE),
        categories: text(f::CATEGORY).into_iter().collect(),
        care: care.read(values),
        drug,
        ..Prescription::default()
    };
    Built::Fact(item, Body::Prescription(Box::new(prescription)))
}
