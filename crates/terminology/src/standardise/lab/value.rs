use super::super::{Mapper, name_or_code};
use crate::{issues, tables::ResultClasses, text};
use std::borrow::Cow;
use tsugite_clinical::{
    Fact,
    body::{Code, LabResult, LabValue},
    standard::{Coding, Range, Unit, Value},
    value::{Comparator, Measurement, Qualitative, Reading, Readings, Vocabulary, key, parse},
};
use tsugite_issue::Issue;

/// What an empty result field is told as.
const NO_RESULT: &str = "結果値なし";

/// A result field, read.
pub enum FieldValue {
    Absent,
    Read(Readings),
}

impl FieldValue {
    /// The first result is a number.
    pub const fn is_numeric(&self) -> bool {
        matches!(self, Self::Read(readings) if matches!(readings.first(), Reading::Measurement(_)))
    }
}

impl Mapper<'_> {
    pub fn readings(&self, result: &LabResult) -> FieldValue {
        let written = match &result.value {
            LabValue::Absent => "",
            LabValue::Text(text) => text,
            LabValue::Coded(concept) => name_or_code(concept),
        };
        if written.trim().is_empty() {
            return FieldValue::Absent;
        }
        FieldValue::Read(parse(written, &self.tables.result_words()))
    }

    /// `confirmed` is the unit of a mapping by the site: it holds where the source gives none.
    pub fn values(
        &mut self,
        fact: &Fact,
        result: &LabResult,
        value: FieldValue,
        class: Option<&str>,
        confirmed: Option<&str>,
    ) -> Vec<Value> {
        let readings = match value {
            FieldValue::Absent => return vec![Value::Absent { reason: "unknown", text: NO_RESULT.to_owned() }],
            FieldValue::Read(readings) => readings,
        };
        let unit = result.unit.as_ref().and_then(|unit| self.unit(fact, unit));
        let unit = unit.or_else(|| self.tables.units.find(confirmed?).cloned());
        match readings {
            Readings::One(reading) => vec![self.value(fact, reading, unit.as_ref(), class)],
            Readings::Two(first, second) => {
                // The unit belongs to one of the two: to the first number.
                let of_first = unit.as_ref().filter(|_| matches!(first, Reading::Measurement(_)));
                let of_second = unit.as_ref().filter(|_| of_first.is_none());
                vec![self.value(fact, first, of_first, class), self.value(fact, second, of_second, class)]
            }
        }
    }

    fn value(&mut self, fact: &Fact, reading: Reading, unit: Option<&Unit>, class: Option<&str>) -> Value {
        match reading {
            Reading::Measurement(measurement) => self.quantity(fact, measurement, unit),
            Reading::Range { .. } | Reading::Fraction { .. } => {
                let text = reading.to_string();
                let has_unit = matches!(&reading, Reading::Range { unit: Some(_), .. });
                Value::Text(match unit.filter(|_| !has_unit) {
                    Some(unit) => format!("{text} {}", unit.display),
                    None => text,
                })
            }
            Reading::Qualitative { meaning, text } => {
                let codings = class.and_then(|class| self.coded(class, meaning, &text)).into_iter().collect();
                Value::Coded { codings, text: self.display(fact, "結果", &text).into_owned() }
            }
            Reading::Text(text) => {
                let coding = class.and_then(|class| self.blood_group(class, &text));
                let text = self.display(fact, "結果", &text).into_owned();
                match coding {
                    Some(coding) => Value::Coded { codings: vec![coding], text },
                    None => Value::Text(text),
                }
            }
            Reading::Absent { reason, text } => {
                Value::Absent { reason, text: self.display(fact, "結果", &text).into_owned() }
            }
        }
    }

    fn quantity(&mut self, fact: &Fact, measurement: Measurement, unit: Option<&Unit>) -> Value {
        let written = if measurement.titre { Some("倍") } else { measurement.unit.as_deref() };
        let own = written.and_then(|written| self.tables.units.find(written));
        let unit = match (own, unit) {
            (Some(own), Some(unit)) if own.ucum != unit.ucum => {
                let text = measurement.to_string();
                let issue = Issue::new(&issues::UNITS_DISAGREE).found(format!("{text} / {}", unit.display));
                self.issues.push(issue.at(fact.origin.clone()));
                return Value::Text(text);
            }
            (own, unit) => unit.or(own),
        };
        Value::Quantity {
            comparator: measurement.comparator.map(Comparator::code),
            number: measurement.number.into_string(),
            unit: unit.cloned(),
        }
    }

    /// 定性結果 in the codes of the item's class.
    fn coded(&self, class: &str, meaning: Qualitative, text: &str) -> Option<Coding> {
        let classes = &self.tables.classes;
        let coding = classes.qualitative(class, meaning);
        coding.cloned().or_else(|| self.blood_group(class, text))
    }

    /// ABO and Rh in words: `AB型`, `Rh(+)`.
    fn blood_group(&self, class: &str, text: &str) -> Option<Coding> {
        let key = key(text);
        let bare = key.trim_matches(['(', ')', '"', '\'']);
        let coding = match class {
            ResultClasses::BLOOD_ABO => self.tables.classes.find(class, bare.strip_suffix('型').unwrap_or(bare)),
            ResultClasses::BLOOD_RH => {
                let sign = ["RHO(D)", "RH(D)", "RHD", "RH"].into_iter().find_map(|prefix| key.strip_prefix(prefix))?;
                let meaning = self.tables.result_words().qualitative(sign.trim_start_matches(['因', '子', ':']))?;
                self.tables.classes.qualitative(class, meaning)
            }
            _ => None,
        };
        coding.cloned()
    }

    /// 単位 (OBX-6), printed and in UCUM where it is known.
    fn unit(&mut self, fact: &Fact, code: &Code) -> Option<Unit> {
        let written = unit_text(code)?;
        let known = self.tables.units.find(&written).or_else(|| self.tables.units.find(code.code.trim()));
        if let Some(unit) = known {
            return Some(unit.clone());
        }
        self.unmapped("unit", Some(code), &written);
        let display = self.display(fact, "単位", &written).into_owned();
        Some(Unit { display, ucum: None })
    }

    /// 基準範囲.
    pub fn range(&mut self, fact: &Fact, written: Option<&str>) -> Option<Range> {
        let written = written.map(str::trim).filter(|written| !written.is_empty())?;
        let readings = parse(written, &self.tables.result_words());
        let text = |mapper: &mut Self| Some(mapper.display(fact, "基準範囲", written).into_owned());
        let range = match readings {
            Readings::One(Reading::Range { low, high, .. }) => {
                Range { low: Some(low.into_string()), high: Some(high.into_string()), text: None }
            }
            Readings::One(Reading::Measurement(Measurement { comparator: Some(comparator), number, .. })) => {
                let number = Some(number.into_string());
                match comparator {
                    Comparator::Less | Comparator::LessOrEqual => Range { low: None, high: number, text: text(self) },
                    Comparator::Greater | Comparator::GreaterOrEqual => {
                        Range { low: number, high: None, text: text(self) }
                    }
                }
            }
            _ => Range { low: None, high: None, text: text(self) },
        };
        Some(range)
    }
}

/// The unit as a person wrote it. `10^4/μL` comes apart at its `^` where the sender did not escape it.
fn unit_text(code: &Code) -> Option<Cow<'_, str>> {
    let (first, second) = (code.code.trim(), code.display.trim());
    let is_power = first.ends_with("10") && second.starts_with(|c: char| c.is_ascii_digit());
    if is_power {
        return Some(format!("{first}^{second}").into());
    }
    let written = if second.is_empty() { first } else { second };
    let none = ["", "なし", "無し", "無", "-", "\"\""];
    Some(Cow::Borrowed(written)).filter(|written| !none.contains(&&**written) && !text::unspaced(written).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_come_as_code_name_or_apart() {
        for (code, display, text) in [
            ("mg/dL", "mg/dL", Some("mg/dL")),
            ("21", "mg/dL", Some("mg/dL")),
            ("mg/dL", "", Some("mg/dL")),
            ("10", "4/μL", Some("10^4/μL")),
            ("×10", "4/μl", Some("×10^4/μl")),
            ("なし", "なし", None),
            ("", " ", None),
        ] {
            let code = Code { code: code.into(), display: display.into(), system: String::new() };
            assert_eq!(unit_text(&code).as_deref(), text, "{code:?}");
        }
    }
}
