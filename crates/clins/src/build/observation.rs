use super::{
    contained::{ENCOUNTER, PRACTITIONER, Part, SPECIMEN, institution_extension, standard_coding},
    frame::{Content, Frame},
    time::instant,
    url,
};
use crate::{
    Defaulted, issues,
    run::Record,
    select::{CARE_DAY, Collected, Status, effective, status},
};
use tsugite_clinical::{
    body::{LabResult, LabValue},
    standard::{LabStandard, Range, SharedCode, Unit, Value},
};
use tsugite_fhir::{
    Resource, annotation, coding, concept, meta, quantity, reference,
    resources::{Observation, ObservationEffective, ObservationReferenceRange, ObservationValue},
    types::{CodeableConcept, Coding, Quantity},
};

/// JP_Observation_LabResult_eCS from one result line.
pub fn observation<'a>(frame: &mut Frame<'_, 'a>, record: &Record<'a>, name: &str) -> Option<Content> {
    let Collected { result, standard } = Collected::of(record)?;
    let (at, step) = effective(result)?;
    if step.is_some_and(|step| step.value_from == CARE_DAY) {
        frame.issues.push(record.issue(&issues::EFFECTIVE_DAY_ONLY).path("Observation.effective"));
    }
    frame.defaulted.extend(step);
    if result.status.trim().is_empty() {
        frame.defaulted.push(Defaulted { element: "Observation.status", value_from: "final" });
    }
    let (class, stay) = frame.encounter(&result.care, at);
    let doctor = frame.doctor(&result.care)?;
    let department = frame.department(&result.care);
    let material = Part::Specimen(standard.specimen.as_ref(), specimen_text(standard));
    let contained = frame.contained([Part::Encounter(class, stay), material, Part::Practitioner(doctor)])?;
    let said = said(frame, record, result, standard);

    let mut extensions = vec![institution_extension(frame.institution())];
    extensions.extend(department);
    let group = std::slice::from_ref(record);
    let comments = result.comments.iter().filter(|text| !text.trim().is_empty());
    let range = standard.range.as_ref().and_then(|range| reference_range(range, &said));
    let resource = Resource::Observation(Box::new(Observation {
        meta: Some(Box::new(meta(url::OBSERVATION_PROFILE, &frame.last_updated(group)))),
        extension: extensions,
        identifier: vec![frame.resource_id(name)],
        status: status_code(result).into(),
        category: vec![frame.run.site.ig.laboratory_category()],
        code: Box::new(code(standard)),
        subject: Some(Box::new(reference(frame.patient_url))),
        encounter: Some(Box::new(reference(&format!("#{ENCOUNTER}")))),
        effective: Some(ObservationEffective::DateTime(at.to_string().into())),
        issued: result.reported.filter(|at| at.time.is_some()).and_then(instant).map(Into::into),
        performer: vec![reference(&format!("#{PRACTITIONER}"))],
        interpretation: standard.interpretations.iter().map(|flag| concept(standard_coding(flag), None)).collect(),
        note: said.written.iter().chain(comments).map(|text| annotation(text.trim())).collect(),
        specimen: Some(Box::new(reference(&format!("#{SPECIMEN}")))),
        reference_range: range.into_iter().collect(),
        data_absent_reason: said.absent.map(Box::new),
        value: said.value,
        ..Observation::default()
    }));
    Some(Content { resource, contained })
}

fn status_code(result: &LabResult) -> &'static str {
    match status(result) {
        Status::Corrected => "corrected",
        Status::Cancelled => "cancelled",
        Status::Preliminary => "preliminary",
        Status::Final | Status::Withdrawn | Status::NoResult | Status::Unknown => "final",
    }
}

/// The profile demands a specimen; one that nobody named is said to be unknown.
fn specimen_text(standard: &LabStandard) -> &str {
    let coded = || standard.specimen.as_ref().map_or("不明", |coding| &coding.display);
    if standard.specimen_text.trim().is_empty() { coded() } else { standard.specimen_text.trim() }
}

/// The local code always; then the shared or the uncoded one; a general JLAC10 may follow.
fn code(standard: &LabStandard) -> CodeableConcept {
    let shared = standard.shared.as_ref().map(|shared| match shared {
        SharedCode::Core(coding) | SharedCode::Infection(coding) | SharedCode::Uncoded(coding) => coding,
    });
    let codings: Vec<Coding> =
        standard.local.iter().chain(shared).chain(&standard.general).map(standard_coding).collect();
    CodeableConcept { coding: codings, text: Some(standard.text.trim().into()), ..CodeableConcept::default() }
}

/// Where nobody says why there is none.
const NO_RESULT: &str = "結果なし";

/// What a result says.
#[derive(Default)]
pub struct Said {
    pub value: Option<ObservationValue>,
    pub absent: Option<CodeableConcept>,
    /// The unit of the value, for the reference range.
    unit: Option<Unit>,
    is_number: bool,
    /// What was written, where the value says only a part of it.
    written: Option<String>,
}

fn said(frame: &mut Frame, record: &Record, result: &LabResult, standard: &LabStandard) -> Said {
    let as_written = written(result);
    if status(result) == Status::Cancelled {
        let text = as_written.filter(|text| !text.is_empty()).unwrap_or_else(|| "検査中止".to_owned());
        return Said { absent: Some(absent("not-performed", &text)), ..Said::default() };
    }
    match standard.values.as_slice() {
        [value] => single(value),
        [] => text_value(&as_written.unwrap_or_default()),
        several => {
            frame.issues.push(record.issue(&issues::COMPOSITE_VALUE).path("Observation.value"));
            composite(several, &as_written.unwrap_or_default())
        }
    }
}

/// Several results in one field. A value in the codes of the item is what the item's code asks for, and the rest is a note; where none
/// is, no table tells which of them the code means: what was written is the value, and nothing is invented.
fn composite(values: &[Value], as_written: &str) -> Said {
    let mut coded = values.iter().filter(|value| matches!(value, Value::Coded { codings, .. } if !codings.is_empty()));
    match (coded.next(), coded.next()) {
        (Some(value), None) => Said { written: Some(format!("記載された結果: {as_written}")), ..single(value) },
        _ => text_value(as_written),
    }
}

/// OBX-5 as the source wrote it.
fn written(result: &LabResult) -> Option<String> {
    match &result.value {
        LabValue::Absent => None,
        LabValue::Text(text) => Some(text.trim().to_owned()),
        LabValue::Coded(concept) => concept.name().map(|name| name.trim().to_owned()),
    }
}

pub fn single(value: &Value) -> Said {
    match value {
        Value::Quantity { comparator, number, unit } if is_decimal(number) => {
            let mut quantity = with_unit(number, unit.as_ref());
            quantity.comparator = comparator.map(Into::into);
            let value = Some(ObservationValue::Quantity(Box::new(quantity)));
            Said { value, unit: unit.clone(), is_number: true, ..Said::default() }
        }
        Value::Quantity { comparator, number, unit } => {
            let unit = unit.as_ref().map_or("", |unit| &unit.display);
            text_value(&format!("{}{number}{unit}", comparator.unwrap_or_default()))
        }
        Value::Coded { codings, text } => {
            let coded = CodeableConcept {
                coding: codings.iter().map(standard_coding).collect(),
                text: (!text.trim().is_empty()).then(|| text.trim().into()),
                ..CodeableConcept::default()
            };
            Said { value: Some(ObservationValue::CodeableConcept(Box::new(coded))), ..Said::default() }
        }
        Value::Text(text) => text_value(text.trim()),
        Value::Absent { reason, text } => Said { absent: Some(absent(reason, text)), ..Said::default() },
    }
}

/// FHIR has no empty string.
fn text_value(text: &str) -> Said {
    if text.is_empty() {
        return Said { absent: Some(absent("unknown", NO_RESULT)), ..Said::default() };
    }
    Said { value: Some(ObservationValue::String(text.into())), ..Said::default() }
}

impl Said {
    /// No value, and why.
    pub fn absent(reason: &str, text: &str) -> Self {
        Self { absent: Some(absent(reason, text)), ..Self::default() }
    }
}

/// A reason must have a text.
fn absent(reason: &str, text: &str) -> CodeableConcept {
    let display = match reason {
        "unknown" => "Unknown",
        "asked-unknown" => "Asked But Unknown",
        "temp-unknown" => "Temporarily Unknown",
        "not-asked" => "Not Asked",
        "asked-declined" => "Asked But Declined",
        "masked" => "Masked",
        "not-applicable" => "Not Applicable",
        "unsupported" => "Unsupported",
        "as-text" => "As Text",
        "error" => "Error",
        "not-performed" => "Not Performed",
        "not-permitted" => "Not Permitted",
        _ => "",
    };
    let text = if text.trim().is_empty() { NO_RESULT } else { text.trim() };
    concept(coding(url::DATA_ABSENT_REASON, reason, display), Some(text))
}

fn with_unit(number: &str, unit: Option<&Unit>) -> Quantity {
    let printed = unit.map(|unit| unit.display.as_str()).filter(|printed| !printed.is_empty());
    quantity(number, printed, unit.and_then(|unit| unit.ucum.as_deref()))
}

/// Two ends need the unit of the value, to the letter; without a number the range is a text.
pub fn reference_range(range: &Range, said: &Said) -> Option<ObservationReferenceRange> {
    let end = |number: &Option<String>| {
        let number = number.as_deref().filter(|number| is_decimal(number))?;
        said.is_number.then(|| Box::new(with_unit(number, said.unit.as_ref())))
    };
    let (low, high) = (end(&range.low), end(&range.high));
    let text = match (&low, &high) {
        (None, None) => range.text.clone().or_else(|| range_text(range)),
        _ => range.text.clone(),
    };
    let text = text.filter(|text| !text.trim().is_empty());
    (low.is_some() || high.is_some() || text.is_some()).then(|| ObservationReferenceRange {
        low,
        high,
        text: text.map(|text| text.trim().into()),
        ..ObservationReferenceRange::default()
    })
}

fn range_text(range: &Range) -> Option<String> {
    let end = |end: &Option<String>| end.clone().unwrap_or_default();
    (range.low.is_some() || range.high.is_some()).then(|| format!("{}-{}", end(&range.low), end(&range.high)))
}

/// A JSON number without exponent: what a decimal of FHIR may look like.
pub fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let plain = whole == "0" || !whole.starts_with('0');
    digits(whole) && plain && fraction.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use super::is_decimal;

    #[test]
    fn only_json_numbers_are_decimals() {
        for good in ["0", "4.10", "-1.5", "0.05", "120", "100.00"] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in ["", ".5", "5.", "05", "1e3", "1,000", "+1", "４", "-"] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }
}
