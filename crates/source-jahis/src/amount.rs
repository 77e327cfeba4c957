//! Amounts: up to six digits, a point, up to five.

use crate::{form::Form, value};
use tsugite_charset::to_half_width;
use tsugite_clinical::body::Quantity;

/// A positive decimal number, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The number times `10^scale`.
    mantissa: u64,
    scale: u8,
}

impl Decimal {
    /// Digits behind the point that a prescription can mean.
    const FINEST: u8 = 5;

    /// `4`, `0.25`, `.5`, `１．５`; nothing else (`2/3`, `適量`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = to_half_width(text.trim());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits: String = [whole, fraction].concat();
        let plain = (1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let scale = u8::try_from(fraction.len()).ok()?;
        Some(Self { mantissa: digits.parse().ok().filter(|_| plain)?, scale }.shortest())
    }

    /// The share of one of `parts`, where it is a number that can be written.
    pub fn divided(self, parts: u32) -> Option<Self> {
        let parts = u64::from(parts).max(1);
        (0..=Self::FINEST.saturating_sub(self.scale)).find_map(|more| {
            let mantissa = self.mantissa.checked_mul(10_u64.checked_pow(u32::from(more))?)?;
            (mantissa % parts == 0).then(|| Self { mantissa: mantissa / parts, scale: self.scale + more }.shortest())
        })
    }

    pub fn times(self, count: u32) -> Option<Self> {
        Some(Self { mantissa: self.mantissa.checked_mul(u64::from(count))?, scale: self.scale }.shortest())
    }

    const fn shortest(mut self) -> Self {
        while self.scale > 0 && self.mantissa.is_multiple_of(10) {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = 10_u64.saturating_pow(u32::from(self.scale));
        write!(f, "{}", self.mantissa / unit)?;
        if self.scale > 0 {
            write!(f, ".{:0>width$}", self.mantissa % unit, width = usize::from(self.scale))?;
        }
        Ok(())
    }
}

/// A count: days, takings, times a day. 0 is none.
pub fn count(text: &str) -> Option<u32> {
    let text = to_half_width(text.trim());
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| plain && *number > 0)
}

/// What an amount means where it stands.
pub struct Meant<'t> {
    pub form: Form,
    /// 調剤数量: days, takings, or a factor.
    pub quantity: Option<u32>,
    /// Takings a day.
    pub times: Option<u32>,
    /// 1回服用量 as written; it need not be a number.
    pub single: &'t str,
    /// The takings of a day differ.
    pub uneven: bool,
}

/// 1回量, 1日量 and 総量.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    pub dose: Option<Quantity>,
    pub daily: Option<Quantity>,
    pub total: Option<Quantity>,
    /// What is written of a single dose and is no number, or does not fit the day's amount.
    pub remark: Option<String>,
}

impl Amounts {
    /// `None` where the amount is written and is no number, or nothing at all (`0`). Nothing written gives no amounts.
    pub fn of(amount: &str, unit: &str, meant: &Meant<'_>) -> Option<Self> {
        let said = |number: Decimal| value::quantity(number.to_string(), unit);
        let mut amounts = Self::default();
        let single = Decimal::parse(meant.single);
        if !meant.single.is_empty() && single.is_none() {
            amounts.remark = Some(format!("1回 {}{}", meant.single, unit.trim()));
        }
        if amount.trim().is_empty() {
            amounts.dose = single.filter(|_| !meant.uneven).map(said);
            return Some(amounts);
        }
        let written = amount;
        let amount = Decimal::parse(amount).filter(|amount| amount.mantissa > 0)?;
        match meant.form {
            Form::Oral => {
                amounts.daily = Some(said(amount));
                amounts.dose = amounts.of_a_taking(amount, single, meant, unit).map(said);
            }
            Form::AsNeeded => {
                amounts.dose = Some(said(amount));
                amounts.total = meant.quantity.and_then(|count| amount.times(count)).map(said);
            }
            Form::Drops | Form::External | Form::Injection | Form::Material | Form::Unknown => {
                amounts.total = amount.times(meant.quantity.unwrap_or(1)).map(said);
            }
            Form::Unstated => {
                let quantity = meant.quantity.map(|quantity| format!("、数量 {quantity}")).unwrap_or_default();
                amounts.remark = Some(format!("用量 {}{}{quantity}", written.trim(), unit.trim()));
                return Some(amounts);
            }
        }
        if let Some(single) =
            single.map(said).filter(|single| amounts.remark.is_none() && amounts.dose.as_ref() != Some(single))
        {
            amounts.remark = Some(format!("1回 {}{}", single.value, unit.trim()));
        }
        Some(amounts)
    }

    fn of_a_taking(
        &mut self,
        daily: Decimal,
        single: Option<Decimal>,
        meant: &Meant<'_>,
        unit: &str,
    ) -> Option<Decimal> {
        if meant.uneven || self.remark.is_some() {
            return None;
        }
        let Some(single) = single else { return daily.divided(meant.times?) };
        let fits = meant.times.is_none_or(|times| single.times(times) == Some(daily));
        if !fits {
            self.remark = Some(format!("1回 {single}{}", unit.trim()));
        }
        Some(single).filter(|_| fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn divided(text: &str, parts: u32) -> Option<String> {
        Decimal::parse(text)?.divided(parts).map(|share| share.to_string())
    }

    #[test]
    fn a_dose_is_stated_only_where_the_amount_divides() {
        for (amount, parts, share) in [
            ("3", 3, Some("1")),
            ("1.5", 3, Some("0.5")),
            ("１．５", 3, Some("0.5")),
            ("1", 4, Some("0.25")),
            ("4", 3, None),
            ("2/3", 2, None),
            ("適量", 1, None),
            ("0.25", 2, Some("0.125")),
            ("", 1, None),
            ("10.0", 1, Some("10")),
        ] {
            assert_eq!(divided(amount, parts).as_deref(), share, "{amount} / {parts}");
        }
        assert_eq!(Decimal::parse("2.5").unwrap().times(14).unwrap().to_string(), "35");
        assert_eq!((count("０"), count("14"), count("1x"), count("")), (None, Some(14), None, None));
    }

    #[test]
    fn an_amount_means_what_its_form_says() {
        let said = |quantity: Option<Quantity>| quantity.map(|quantity| quantity.value).unwrap_or_default();
        let read = |amount: &str, meant: &Meant<'_>| {
            Amounts::of(amount, "錠", meant).map(|amounts| {
                [said(amounts.dose), said(amounts.daily), said(amounts.total), amounts.remark.unwrap_or_default()]
            })
        };
        let meant = |form, quantity, times, single, uneven| Meant { form, quantity, times, single, uneven };
        for (amount, meant, expected) in [
            ("3", meant(Form::Oral, Some(7), Some(3), "", false), ["1", "3", "", ""]),
            ("4", meant(Form::Oral, Some(7), Some(3), "", false), ["", "4", "", ""]),
            ("3", meant(Form::Oral, Some(7), None, "1", false), ["1", "3", "", ""]),
            ("2", meant(Form::Oral, Some(7), Some(3), "2/3", false), ["", "2", "", "1回 2/3錠"]),
            ("4", meant(Form::Oral, Some(90), Some(3), "1", false), ["", "4", "", "1回 1錠"]),
            ("2.5", meant(Form::Oral, Some(7), Some(3), "", true), ["", "2.5", "", ""]),
            ("1", meant(Form::AsNeeded, Some(10), None, "", false), ["1", "", "10", ""]),
            ("7", meant(Form::External, Some(2), None, "", false), ["", "", "14", ""]),
            ("2", meant(Form::Unknown, None, None, "", false), ["", "", "2", ""]),
            ("5", meant(Form::Drops, Some(1), Some(3), "", false), ["", "", "5", ""]),
            ("5", meant(Form::Drops, Some(1), Some(3), "0.5", false), ["", "", "5", "1回 0.5錠"]),
            ("2", meant(Form::AsNeeded, Some(10), None, "1", false), ["2", "", "20", "1回 1錠"]),
            ("2.5", meant(Form::Oral, Some(7), Some(3), "1", true), ["", "2.5", "", "1回 1錠"]),
            ("3", meant(Form::Unstated, Some(14), Some(3), "", false), ["", "", "", "用量 3錠、数量 14"]),
            ("", meant(Form::Oral, Some(7), None, "", false), ["", "", "", ""]),
        ] {
            assert_eq!(read(amount, &meant), Some(expected.map(str::to_owned)), "{amount}");
        }
        for no_amount in ["適量", "0", "0.0"] {
            assert_eq!(read(no_amount, &meant(Form::External, Some(1), None, "", false)), None, "{no_amount}");
        }
    }

    proptest! {
        #[test]
        fn a_share_taken_so_often_is_the_amount(mantissa in 0_u32..1_000_000, scale in 0_u32..4, parts in 1_u32..30) {
            let amount = Decimal::parse(&format!("{}.{:0>5}", mantissa / 10_u32.pow(scale), mantissa % 10_u32.pow(scale))).unwrap();
            if let Some(share) = amount.divided(parts) {
                prop_assert_eq!(share.times(parts), Some(amount));
            }
        }
    }
}
