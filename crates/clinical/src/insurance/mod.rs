//! 被保険者識別子: which insurance row names the patient to the centre, and how (`rules` §1, JP-CLINS R1012, R1013).

mod law;
mod outside;

pub use law::{PayerClass, payer_class};
pub use outside::{OutsideInsurance, outside_insurance};

use crate::{
    Date,
    body::Insurance,
    issues,
    width::{full, half_unspaced},
};
use std::{cmp::Reverse, fmt};
use tsugite_issue::{Definition, Issue};

/// Which identifier system an insured id belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InsuredKind {
    /// 健康保険: `JP_Insurance_memberID`.
    Medical,
    /// 生活保護 (医療扶助): `JP_PublicPayer_memberID`, only under an IG of May 2025 or later.
    Welfare,
}

/// 被保険者識別子.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InsuredId {
    pub kind: InsuredKind,
    /// 保険者番号 or 公費負担者番号: 8 digits.
    pub payer: String,
    /// 記号; empty where there is none.
    pub symbol: String,
    /// 番号 or 受給者番号.
    pub number: String,
    /// 枝番: two digits, or empty.
    pub branch: String,
}

/// `保険者番号8桁:記号:番号:枝番`.
impl fmt::Display for InsuredId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.payer, self.symbol, self.number, self.branch)
    }
}

/// The insured id of a patient on a day of care, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Insured {
    pub id: Result<InsuredId, &'static Definition>,
    /// Place of the row among the patient's insurances.
    pub row: Option<usize>,
    pub issues: Vec<Issue>,
}

/// Chooses the medical insurance that covers the day of care, else the latest, and forms its id. Without a day the latest row counts.
/// `welfare`: the IG in force takes 生活保護 ids, for patients who have no medical insurance.
pub fn insured_on(rows: &[Insurance], day: Option<Date>, welfare: bool) -> Insured {
    let mut issues = Vec::new();
    let classes: Vec<PayerClass> = rows.iter().map(|row| payer_class(&row.payer, &row.kind.code)).collect();
    for (row, _) in
        rows.iter().zip(&classes).filter(|(row, class)| **class == PayerClass::Unknown && !row.payer.is_empty())
    {
        issues.push(Issue::new(&issues::PAYER_UNKNOWN).with("kind", &row.kind.code).found(&row.payer));
    }
    let best = |class: PayerClass| {
        let of_class = rows.iter().zip(&classes).enumerate().filter(|(_, (_, c))| **c == class);
        of_class.max_by_key(|(index, (row, _))| (Coverage::of(row, day), row.valid_from, row.valid_to, Reverse(*index)))
    };
    let (kind, (index, (row, _))) = match (best(PayerClass::Medical), best(PayerClass::Welfare)) {
        (Some(best), _) => (InsuredKind::Medical, best),
        (None, Some(best)) if welfare => (InsuredKind::Welfare, best),
        (None, Some(_)) => return Insured { id: Err(&issues::WELFARE_NOT_ACCEPTED), row: None, issues },
        (None, None) if classes.contains(&PayerClass::Public) => {
            return Insured { id: Err(&issues::ONLY_PUBLIC_EXPENSE), row: None, issues };
        }
        (None, None) => return Insured { id: Err(&issues::NO_INSURANCE), row: None, issues },
    };
    match Coverage::of(row, day) {
        Coverage::Undated => issues.push(Issue::new(&issues::INSURANCE_UNDATED)),
        Coverage::Outside => issues.push(Issue::new(&issues::INSURANCE_NOT_VALID)),
        Coverage::Dated => {}
    }
    let id = match kind {
        InsuredKind::Medical => medical_id(row, &mut issues),
        InsuredKind::Welfare => welfare_id(row),
    };
    let id = id.map_err(|part| {
        issues.push(Issue::new(&issues::INSURED_ID_MALFORMED).with("part", part));
        &issues::INSURED_ID_MALFORMED
    });
    Insured { id, row: Some(index), issues }
}

/// Whether a row's period covers a day; the better the later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Coverage {
    Outside,
    Undated,
    Dated,
}

impl Coverage {
    fn of(row: &Insurance, day: Option<Date>) -> Self {
        if row.valid_from.is_none() && row.valid_to.is_none() {
            return Self::Undated;
        }
        let Some(day) = day else { return Self::Dated };
        let begun = row.valid_from.is_none_or(|from| from.first_day() <= day.last_day());
        let ended = row.valid_to.is_some_and(|to| to.last_day() < day.first_day());
        if begun && !ended { Self::Dated } else { Self::Outside }
    }
}

/// The part that cannot be used.
type Malformed = &'static str;

fn medical_id(row: &Insurance, issues: &mut Vec<Issue>) -> Result<InsuredId, Malformed> {
    let payer = eight_digits(&row.payer).ok_or("保険者番号")?;
    let (symbol, number) = one_width(&row.symbol, &row.number);
    if number.is_empty() || number.contains(SEPARATORS) {
        return Err("被保険者番号");
    }
    if symbol.contains(SEPARATORS) {
        return Err("記号");
    }
    Ok(InsuredId { kind: InsuredKind::Medical, payer, symbol, number, branch: branch(row, issues) })
}

fn welfare_id(row: &Insurance) -> Result<InsuredId, Malformed> {
    let payer = eight_digits(&row.payer).ok_or("公費負担者番号")?;
    let number = half_unspaced(&row.number);
    if number.len() != 7 || !all_digits(&number) {
        return Err("受給者番号");
    }
    Ok(InsuredId { kind: InsuredKind::Welfare, payer, symbol: String::new(), number, branch: String::new() })
}

/// A missing 枝番 stays empty, never `00`: an invented one would name another member of the household.
fn branch(row: &Insurance, issues: &mut Vec<Issue>) -> String {
    let branch = half_unspaced(row.branch.as_deref().unwrap_or_default());
    match branch.len() {
        0 => issues.push(Issue::new(&issues::BRANCH_MISSING)),
        1 | 2 if all_digits(&branch) => return format!("{branch:0>2}"),
        _ => issues.push(Issue::new(&issues::BRANCH_MALFORMED).found(branch)),
    }
    String::new()
}

/// What divides the parts of the id, and what the rule forbids besides.
const SEPARATORS: [char; 2] = [':', '^'];

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Six digits (国保) are filled up with zeros to eight.
fn eight_digits(payer: &str) -> Option<String> {
    let digits = half_unspaced(payer);
    (matches!(digits.len(), 6 | 8) && all_digits(&digits)).then(|| format!("{digits:0>8}"))
}

/// Both in half width where every character has one, else both in full width; no blanks.
fn one_width(symbol: &str, number: &str) -> (String, String) {
    let (symbol, number) = (half_unspaced(symbol), half_unspaced(number));
    if symbol.is_ascii() && number.is_ascii() {
        return (symbol, number);
    }
    let widen = |text: &str| text.chars().map(full).collect();
    (widen(&symbol), widen(&number))
}

/// JP-CLINS R1013: eight digits, two parts without `:`, `^` and blanks, and two digits or nothing.
pub fn is_insured_id(text: &str) -> bool {
    let mut parts = text.split(':');
    let (Some(payer), Some(symbol), Some(number), Some(branch), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let plain = |part: &str| !part.chars().any(|c| c == '^' || c.is_whitespace());
    payer.len() == 8
        && all_digits(payer)
        && plain(symbol)
        && plain(number)
        && matches!(branch.len(), 0 | 2)
        && all_digits(branch)
}

#[cfg(test)]
mod tests;
