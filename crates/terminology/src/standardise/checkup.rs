//! 健診項目: codes and names as the eCheckup package has them, UCUM units, and why there is no result.

use super::Mapper;
use crate::{
    systems,
    tables::checkup::{CheckupCode, ItemDefinition, is_item_code},
};
use std::sync::Arc;
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    Fact,
    body::{CheckupItem, CheckupValue, Code},
    standard::{CheckupStandard, Coding, Range, Unit, Value},
};

impl<'t> Mapper<'t> {
    pub(super) fn checkup(&mut self, fact: &Fact, item: &CheckupItem) -> CheckupStandard {
        let code = self.item_code(item);
        let name = code.as_ref().map(|code| code.display.to_string()).filter(|name| !name.is_empty());
        let text =
            name.or_else(|| item.item.name().map(str::to_owned)).or_else(|| first_code(item)).unwrap_or_default();
        CheckupStandard {
            text: self.display(fact, "健診項目", &text).into_owned(),
            value: Some(self.checkup_value(fact, item, self.definition(item, code.as_ref()))),
            range: range(item),
            interpretations: item.flags.iter().find_map(|flag| self.interpretation(flag)).into_iter().collect(),
            method: item.method.as_ref().and_then(|method| self.method(fact, method)),
            code,
        }
    }

    /// The first code of 17 digits that the package knows as an item of 特定健診, else as JLAC10; without a package the first.
    fn item_code(&mut self, item: &CheckupItem) -> Option<Coding> {
        let digits = |code: &Code| to_half_width(code.code.trim()).to_ascii_uppercase();
        let codes: Vec<String> = item.item.codes.iter().map(digits).filter(|code| is_item_code(code)).collect();
        for code in &codes {
            for system in [systems::CHECKUP_ITEM, systems::CHECKUP_JLAC10] {
                match self.tables.checkup.find(system, code) {
                    CheckupCode::Named(display) => return Some(coding(system, code, display)),
                    CheckupCode::SystemUnknown if system == systems::CHECKUP_ITEM => {
                        let display = item.item.codes.iter().map(|code| code.display.trim());
                        let display = display.into_iter().find(|display| !display.is_empty()).unwrap_or_default();
                        return Some(coding(system, code, display.into()));
                    }
                    CheckupCode::SystemUnknown | CheckupCode::Absent => {}
                }
            }
        }
        self.unmapped("checkup_item", item.item.codes.first(), item.item.name().unwrap_or_default());
        None
    }

    /// What the item's code fixes, on the day of the check.
    fn definition(&self, item: &CheckupItem, code: Option<&Coding>) -> Option<&'t ItemDefinition> {
        let code = code.filter(|code| &*code.system == systems::CHECKUP_ITEM)?;
        self.tables.checkup_items.find(&code.code, item.performed.map(|at| at.date))
    }

    /// `definition` says what the source leaves open: the unit of a number, the list of a code.
    fn checkup_value(&mut self, fact: &Fact, item: &CheckupItem, definition: Option<&ItemDefinition>) -> Value {
        let absent = |reason, text: &str| Value::Absent { reason, text: text.to_owned() };
        match &item.value {
            CheckupValue::NotPerformed => absent("not-performed", "未実施"),
            CheckupValue::NotMeasurable => absent("error", "測定不能"),
            CheckupValue::Absent => absent("unknown", "結果値なし"),
            CheckupValue::Text(text) => Value::Text(self.display(fact, "結果", text.trim()).into_owned()),
            CheckupValue::Coded(code) => self.coded_result(fact, code, definition),
            CheckupValue::Quantity { value, unit } => {
                let unit = unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
                let unit = unit.map(|unit| self.checkup_unit(fact, unit));
                let number = to_half_width(value.trim());
                match decimal(&number) {
                    Some(number) => {
                        let defined = definition.and_then(|item| item.unit.as_deref());
                        let unit = unit.or_else(|| defined.map(|unit| self.checkup_unit(fact, unit)));
                        Value::Quantity { comparator: None, number, unit }
                    }
                    None => {
                        let unit = unit.map(|unit| format!(" {}", unit.display)).unwrap_or_default();
                        Value::Text(self.display(fact, "結果", &format!("{number}{unit}")).into_owned())
                    }
                }
            }
        }
    }

    /// A code of a list of results (`…6.2xxx`), with the list's own name for it. A number without a list is of the item's own.
    fn coded_result(&mut self, fact: &Fact, code: &Code, definition: Option<&ItemDefinition>) -> Value {
        let number = to_half_width(code.code.trim()).into_owned();
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let defined = definition.and_then(|item| item.list.as_deref());
        let defined = defined.filter(|_| is_number && code.system.trim().is_empty());
        let system = oid_url(defined.unwrap_or(&code.system));
        let known = system.as_deref().map(|system| self.tables.checkup.find(system, &number));
        // The report's own words; the list's name where it has none.
        let display = match &known {
            _ if !code.display.trim().is_empty() => code.display.trim().to_owned(),
            Some(CheckupCode::Named(name)) if !name.is_empty() => name.to_string(),
            _ => number.clone(),
        };
        let text = self.display(fact, "結果", &display).into_owned();
        match (system, known) {
            (Some(system), Some(CheckupCode::Named(name))) => {
                let name = if name.is_empty() { code.display.trim().into() } else { name };
                Value::Coded { codings: vec![owned(system, &number, name)], text }
            }
            (Some(system), Some(CheckupCode::SystemUnknown)) if !number.is_empty() => {
                let display: Arc<str> = code.display.trim().into();
                Value::Coded { codings: vec![owned(system, &number, display)], text }
            }
            _ => {
                self.unmapped("checkup_result", Some(code), &text);
                Value::Coded { codings: Vec::new(), text }
            }
        }
    }

    fn method(&mut self, fact: &Fact, method: &Code) -> Option<Coding> {
        let code = to_half_width(method.code.trim()).into_owned();
        match self.tables.checkup.find(systems::CHECKUP_METHOD, &code) {
            CheckupCode::Named(name) => Some(coding(systems::CHECKUP_METHOD, &code, name)),
            CheckupCode::SystemUnknown if !code.is_empty() => {
                let display = self.display(fact, "検査方法", method.display.trim()).into_owned();
                Some(coding(systems::CHECKUP_METHOD, &code, display.into()))
            }
            _ => {
                self.unmapped("checkup_method", Some(method), method.display.trim());
                None
            }
        }
    }

    /// A unit as PQ writes it: in UCUM, or nearly.
    fn checkup_unit(&mut self, fact: &Fact, written: &str) -> Unit {
        let find = |spelling: &str| self.tables.units.find(spelling).cloned();
        let known = find(written).or_else(|| find(&written.replace(['[', ']'], "")));
        if let Some(unit) = known.or_else(|| find(&written.replace('*', "^"))) {
            return unit;
        }
        let code = Code { display: written.to_owned(), ..Code::default() };
        self.unmapped("unit", Some(&code), written);
        Unit { display: self.display(fact, "単位", written).into_owned(), ucum: None }
    }

    /// H, L, N, and HX, LX: beyond what can be entered.
    fn interpretation(&self, flag: &str) -> Option<Coding> {
        let flag = to_half_width(flag.trim()).to_ascii_uppercase();
        let beyond = match flag.as_str() {
            "HX" => Some("above high threshold"),
            "LX" => Some("below low threshold"),
            _ => None,
        };
        let beyond = beyond.map(|display| coding(systems::INTERPRETATION, &flag, display.into()));
        beyond.or_else(|| self.tables.interpretations.find(&flag).cloned())
    }
}

fn coding(system: &'static str, code: &str, display: Arc<str>) -> Coding {
    Coding { system: system.into(), version: None, code: code.into(), display }
}

fn owned(system: String, code: &str, display: Arc<str>) -> Coding {
    Coding { system: system.into(), version: None, code: code.into(), display }
}

fn first_code(item: &CheckupItem) -> Option<String> {
    item.item.codes.first().map(|code| code.code.clone())
}

/// An object identifier as a URL; `None` for a name that is none.
fn oid_url(system: &str) -> Option<String> {
    let oid = system.trim();
    let oid = oid.strip_prefix("urn:oid:").unwrap_or(oid);
    let is_oid = oid.contains('.') && oid.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_oid.then(|| format!("urn:oid:{oid}"))
}

/// A FHIR decimal as written; `None` for what is no number.
fn decimal(number: &str) -> Option<String> {
    let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.len() <= 16 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let sign = if number.starts_with('-') { "-" } else { "" };
    let trimmed = whole.trim_start_matches('0');
    let whole = if trimmed.is_empty() { "0" } else { trimmed };
    let rest = unsigned.split_once('.').map(|(_, fraction)| format!(".{fraction}")).unwrap_or_default();
    Some(format!("{sign}{whole}{rest}"))
}

/// 基準範囲, its ends as numbers where they are.
fn range(item: &CheckupItem) -> Option<Range> {
    let end = |end: &Option<String>| end.as_deref().map(|end| to_half_width(end.trim()).into_owned());
    let (low, high) = (end(&item.low), end(&item.high));
    let number = |end: &Option<String>| end.as_deref().and_then(decimal);
    let readable = |written: &Option<String>| written.is_none() || number(written).is_some();
    if low.is_none() && high.is_none() {
        return None;
    }
    if readable(&low) && readable(&high) {
        return Some(Range { low: number(&low), high: number(&high), text: None });
    }
    let text = format!("{}～{}", low.unwrap_or_default(), high.unwrap_or_default());
    Some(Range { low: None, high: None, text: Some(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for (written, expected) in [
            ("170.20", Some("170.20")),
            ("007", Some("7")),
            ("0", Some("0")),
            ("+1.5", Some("1.5")),
            ("-0.5", Some("-0.5")),
            ("1.", None),
            (".5", None),
            ("<5", None),
            ("1e5", None),
            ("", None),
        ] {
            assert_eq!(decimal(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn identifiers_become_urls() {
        assert_eq!(oid_url("1.2.392.200119.6.2100").as_deref(), Some("urn:oid:1.2.392.200119.6.2100"));
        assert_eq!(oid_url("urn:oid:1.2.3").as_deref(), Some("urn:oid:1.2.3"));
        assert_eq!((oid_url("CC2X"), oid_url("")), (None, None));
    }
}
