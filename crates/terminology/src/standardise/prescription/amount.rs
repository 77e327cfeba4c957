//! 1回量, 1日量, 総量, days and times.

use super::super::Mapper;
use crate::issues;
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    Fact,
    body::{Prescription, Quantity},
    standard::{Amount, Coding, DosageForm},
};

impl Mapper<'_> {
    /// A number with its unit; what is no number (`2/3`) is told in words beside the usage.
    pub(super) fn amount(
        &mut self,
        fact: &Fact,
        title: &str,
        quantity: &Quantity,
        of_drug: Option<&str>,
        additional: &mut Vec<(Option<Coding>, String)>,
    ) -> Option<Amount> {
        let written = quantity.value.trim();
        if written.is_empty() {
            return None;
        }
        let given = quantity.unit.as_ref();
        let word = given.map(|unit| unit.display.trim()).filter(|word| !word.is_empty());
        let code = given.map(|unit| unit.code.trim()).filter(|code| !code.is_empty());
        let units = &self.tables.drugs.units;
        let merit9 = given.is_some_and(|unit| matches!(unit.system.trim(), "MR9P" | "MERIT9"));
        let coded = code.filter(|_| merit9).and_then(|code| units.of_code(code));
        let spoken = || [word, code].into_iter().flatten().find_map(|word| units.of_word(word));
        let own = word.or(code).or(of_drug);
        let coded = coded.or_else(spoken).or_else(|| own.and_then(|word| units.of_word(word))).cloned();
        let unit = word.map(str::to_owned).or_else(|| coded.as_ref().map(|coded| coded.display.to_string()));
        let unit = unit.or_else(|| own.map(str::to_owned)).unwrap_or_default();
        let unit = self.display(fact, "単位", &unit).into_owned();
        if coded.is_none() && !unit.is_empty() {
            self.tell(fact, &issues::DRUG_UNIT_UNKNOWN, &unit);
            if self.documents {
                self.unmapped("drug_unit", given, &unit);
            }
        }
        let Some(number) = number(written) else {
            additional.push((None, format!("{title} {written}{unit}")));
            return None;
        };
        Some(Amount { number, unit, code: coded })
    }
}

/// A decimal number as FHIR writes it: `０．５` → `0.5`, `1,000` → `1000`, `2.` → `2`.
fn number(written: &str) -> Option<String> {
    let half = to_half_width(written);
    let plain: String = half.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// 投与日数 and 投与回数: `5^d`, `3^D&日&ISO+`, `14`, `14日分`. A count without a unit is of days, unless the drug is taken as needed.
pub fn duration(line: &Prescription, form: DosageForm) -> (Option<u32>, Option<u32>) {
    let read = |written: &Option<String>| {
        let half = to_half_width(written.as_deref()?.trim()).into_owned();
        let digits = half.find(|c: char| !c.is_ascii_digit()).unwrap_or(half.len());
        let (number, unit) = half.split_at_checked(digits)?;
        let number: u32 = number.parse().ok().filter(|number| *number > 0)?;
        Some((number, unit.trim_start_matches(['^', '.', '0', ' ']).to_owned()))
    };
    let of_times = |unit: &str| unit.starts_with('回');
    let (mut days, mut times) = (None, None);
    if let Some((number, unit)) = read(&line.duration) {
        // Only days are days: weeks and months are left to the text.
        let of_days = unit.is_empty() || unit.starts_with(['d', 'D', '日']);
        if of_times(&unit) || (unit.is_empty() && form == DosageForm::AsNeeded) {
            times = Some(number);
        } else if of_days {
            days = Some(number);
        }
    }
    if let Some((number, unit)) = read(&line.count).filter(|(_, unit)| unit.is_empty() || of_times(unit)) {
        let _ = unit;
        times = Some(number);
    }
    (days, times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decimal_or_none() {
        for (written, expected) in [
            ("3", Some("3")),
            ("０．５", Some("0.5")),
            (".5", Some("0.5")),
            ("1,000", Some("1000")),
            ("2.", Some("2")),
            ("2.50", Some("2.50")),
            ("007", Some("7")),
            ("2/3", None),
            ("適量", None),
            ("", None),
            ("-1", None),
        ] {
            assert_eq!(number(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn days_and_times_are_told_apart() {
        let read = |duration: &str, count: &str, form: DosageForm| {
            let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let line = Prescription { duration: text(duration), count: text(count), ..Prescription::default() };
            super::duration(&line, form)
        };
        for (written, count, form, expected) in [
            ("5^d", "", DosageForm::Oral, (Some(5), None)),
            ("3^D&日&ISO+", "", DosageForm::Oral, (Some(3), None)),
            ("14", "", DosageForm::Oral, (Some(14), None)),
            ("１４日分", "", DosageForm::Unknown, (Some(14), None)),
            ("10", "", DosageForm::AsNeeded, (None, Some(10))),
            ("10回分", "", DosageForm::Unknown, (None, Some(10))),
            ("", "10", DosageForm::AsNeeded, (None, Some(10))),
            ("2^W", "", DosageForm::Oral, (None, None)),
            ("0", "", DosageForm::Oral, (None, None)),
        ] {
            assert_eq!(read(written, count, form), expected, "{written} {count}");
        }
    }
}
