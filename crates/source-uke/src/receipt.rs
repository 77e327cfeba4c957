//! One receipt (RE with what belongs to it): whom it is about, for which month, and what holds it.

use crate::{dates, fallback::MissingId, head::Head, issues, person, row::Row};
use std::borrow::Cow;
use tsugite_clinical::{
    Date,
    body::{Care, CareClass, Code, Insurance, Name, Sex},
};
use tsugite_issue::Definition;

/// The rows of one receipt, RE first.
#[derive(Debug, Default)]
pub struct Rows<'t> {
    pub re: Option<Row<'t>>,
    pub rows: Vec<Row<'t>>,
}

/// What a receipt says of itself.
#[derive(Debug)]
pub struct Receipt {
    /// RE 1.
    pub number: String,
    /// 診療年月.
    pub month: Option<Date>,
    /// 患者番号: RE 13, or what the settings choose in its place.
    pub patient: Option<String>,
    pub names: Vec<Name>,
    pub sex: Option<Sex>,
    pub birth_date: Option<Date>,
    pub insurances: Vec<Insurance>,
    pub care: Care,
    /// Tells apart the receipts of one patient and month: 入外 and who pays.
    pub kind: String,
}

impl Receipt {
    pub fn read(re: &Row<'_>, rows: &[Row<'_>], missing: MissingId) -> Self {
        let insurances = insurances(rows);
        let class = class(&re.code(2));
        let payers: Vec<Cow<'_, str>> =
            insurances.iter().map(|row| tsugite_charset::to_half_width(&row.payer)).collect();
        let letter = match class {
            Some(CareClass::Inpatient) => 'I',
            _ => 'O',
        };
        let patient = Some(re.code(13).into_owned()).filter(|id| !id.is_empty());
        Self {
            number: re.code(1).into_owned(),
            month: dates::read(re.field(3)).date().filter(|month| month.month().is_some()).map(to_month),
            patient: patient.or_else(|| missing.id(&insurances)),
            names: person::names(re.field(4), re.field(36)),
            sex: person::sex(&re.code(5)),
            birth_date: dates::read(re.field(6)).date(),
            kind: format!("{letter}/{}", payers.join("+")),
            insurances,
            care: Care { class, department: department(re), ..Care::default() },
        }
    }

    /// Why nothing of the receipt can stand in a chart.
    pub fn hold(&self) -> Option<&'static Definition> {
        match self {
            Self { patient: None, .. } => Some(&issues::PATIENT_MISSING),
            Self { month: None, .. } => Some(&issues::MONTH_INVALID),
            _ => None,
        }
    }

    /// Why none of its records is reported whatever they say.
    pub fn not_carried(head: &Head) -> Option<&'static Definition> {
        (!head.is_medical()).then_some(&issues::NOT_MEDICAL)
    }
}

/// 診療年月 counts as a month, whatever a system writes behind it.
fn to_month(date: Date) -> Date {
    Date::new(date.year(), date.month(), None).unwrap_or(date)
}

/// レセプト種別: odd 入院, even 外来, by the last of its four digits.
fn class(kind: &str) -> Option<CareClass> {
    let digit = kind.bytes().last().filter(|byte| byte.is_ascii_digit() && kind.len() == 4)?;
    Some(if digit % 2 == 1 { CareClass::Inpatient } else { CareClass::Ambulatory })
}

/// 診療科 1 (RE 21).
fn department(re: &Row<'_>) -> Option<Code> {
    let code = re.code(21).into_owned();
    (!code.is_empty()).then(|| Code { code, ..Code::default() })
}

/// HO and KO; 枝番 stands in the SN of 医療保険 (負担者種別 1) and nowhere else.
fn insurances(rows: &[Row<'_>]) -> Vec<Insurance> {
    let branch = rows.iter().filter(|row| row.id() == "SN" && row.code(1) == "1").map(|row| row.field(6).to_owned());
    let branch = branch.into_iter().find(|branch| !branch.is_empty());
    let insurance = |row: &Row<'_>| match row.id() {
        "HO" => Some(Insurance {
            payer: row.field(1).to_owned(),
            symbol: row.field(2).to_owned(),
            number: row.field(3).to_owned(),
            branch: branch.clone(),
            ..Insurance::default()
        }),
        "KO" => {
            Some(Insurance { payer: row.field(1).to_owned(), number: row.field(2).to_owned(), ..Insurance::default() })
        }
        _ => None,
    };
    rows.iter().filter_map(insurance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::rows;

    fn read(text: &str, missing: MissingId) -> Receipt {
        let rows: Vec<_> = rows(text).collect();
        Receipt::read(&rows[0], &rows[1..], missing)
    }

    #[test]
    fn the_branch_is_that_of_the_medical_insurance() {
        let receipt = read(
            "RE,1,1112,202604,仮山　花,2,19800203,,,,,,,00698\r\nHO,06139999,１２,３４５\r\nKO,21131234,1234567\r\nSN,2,01,,,,99\r\nSN,1,01,,,,02",
            MissingId::Hold,
        );
        let branches: Vec<_> =
            receipt.insurances.iter().map(|row| (row.payer.as_str(), row.branch.as_deref())).collect();
        assert_eq!(branches, [("06139999", Some("02")), ("21131234", None)]);
        assert_eq!((receipt.kind.as_str(), receipt.care.class), ("O/06139999+21131234", Some(CareClass::Ambulatory)));
        assert_eq!((receipt.patient.as_deref(), receipt.hold()), (Some("00698"), None));
    }

    #[test]
    fn without_a_number_only_a_whole_insured_number_stands_for_the_patient() {
        let re = "RE,1,1111,202604,仮山　花,2,19800203\r\nHO,  138057,１２,３４５";
        let with_branch = format!("{re}\r\nSN,1,01,,,,０２");
        for (text, missing, id) in [
            (re, MissingId::Hold, None),
            (re, MissingId::InsuredNumber, None),
            (&with_branch, MissingId::Hold, None),
            (&with_branch, MissingId::InsuredNumber, Some("138057:12:345:02")),
        ] {
            let receipt = read(text, missing);
            assert_eq!(receipt.patient.as_deref(), id, "{missing:?}");
            assert_eq!(receipt.hold().is_some(), id.is_none());
        }
        assert_eq!(read(re, MissingId::Hold).care.class, Some(CareClass::Inpatient));
    }

    #[test]
    fn the_last_digit_tells_inpatients_from_outpatients() {
        let (inpatient, outpatient) = (Some(CareClass::Inpatient), Some(CareClass::Ambulatory));
        for (kind, expected) in
            [("1111", inpatient), ("1118", outpatient), ("1127", inpatient), ("", None), ("112", None)]
        {
            assert_eq!(class(kind), expected, "{kind}");
        }
    }
}
