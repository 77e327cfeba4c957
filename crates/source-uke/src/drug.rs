//! 医薬品 (IY): which of them a patient took home, and how they are said.

use crate::{
    issues,
    row::Row,
    series::{Series, Unit},
};
use tsugite_clinical::{
    Date, DateTime, RecordKind,
    body::{Care, Code, Concept, Prescription, Quantity},
};
use tsugite_issue::Definition;

/// 支払基金 医薬品マスター.
const DRUGS: &str = "MASTERY";
/// 診療識別 as a category of the prescription.
const KIND: &str = "UKE";
/// The comment that holds free text.
const FREE_TEXT: &str = "810000001";

/// What an IY row is by its 診療識別: a prescription, or a drug that was given in the course of an act.
pub fn role(kind: &str) -> Result<&'static str, (RecordKind, &'static Definition)> {
    match kind {
        "21" => Ok("内服"),
        "22" => Ok("屯服"),
        "23" => Ok("外用"),
        "14" => Ok("在宅"),
        "31" | "32" | "33" => Err((RecordKind::Injection, &issues::INJECTION)),
        _ => Err((RecordKind::Prescription, &issues::DRUG_OF_ACT)),
    }
}

/// Where a drug stands.
pub struct Line<'s, 't> {
    pub row: &'s Row<'t>,
    pub series: &'s Series<'t>,
    pub unit: &'s Unit<'t>,
    /// 1-based place of the series in the receipt, and of the row in its unit.
    pub group: usize,
    pub place: u16,
}

pub fn read(line: &Line<'_, '_>, word: &str, order: String, month: Date, care: &Care) -> Prescription {
    let Line { row, series, unit, group, place } = line;
    let amount = |column: usize| {
        let value = row.code(column).into_owned();
        (!value.is_empty()).then_some(Quantity { value, unit: None })
    };
    let times = Some(unit.times()).filter(|times| !times.is_empty());
    let code = Code { code: row.code(3).into_owned(), display: String::new(), system: DRUGS.to_owned() };
    let category = Code { code: series.kind.clone(), display: word.to_owned(), system: KIND.to_owned() };
    let in_house = Concept { codes: Vec::new(), text: Some("院内".to_owned()) };
    let days = days(row, month);
    let mut prescription = Prescription {
        order_number: order,
        group: group.to_string(),
        place: *place,
        drug: Concept { codes: vec![code], text: None },
        usages: usages(series, unit),
        start: days.first().map(|(day, _)| DateTime::day(*day)),
        ordered: Some(DateTime::day(days.first().map_or(month, |(day, _)| *day))),
        categories: vec![Concept { codes: vec![category], text: None }, in_house],
        notes: handed_out_on(&days),
        care: care.clone(),
        ..Prescription::default()
    };
    // 数量 and 回数 mean another thing for each kind.
    match series.kind.as_str() {
        "21" => (prescription.daily_dose, prescription.duration) = (amount(4), times),
        "22" => (prescription.dose, prescription.count) = (amount(4), times),
        _ => (prescription.total, prescription.count) = (amount(4), times.filter(|times| times != "1")),
    }
    prescription
}

/// The free text of the series, and of the drug's own unit. It may be a remark to the payer: whoever uses it has it reviewed.
fn usages(series: &Series<'_>, unit: &Unit<'_>) -> Vec<Concept> {
    let comments = series.comments.iter().chain(&unit.comments).filter(|row| row.code(3) == FREE_TEXT);
    let texts = comments.map(|row| row.field(4)).filter(|text| !text.is_empty());
    texts.map(|text| Concept { codes: Vec::new(), text: Some(text.to_owned()) }).collect()
}

/// 算定日: the days of the month with how often; none in files that leave them out.
fn days(row: &Row<'_>, month: Date) -> Vec<(Date, String)> {
    let columns = (1_i8..=31).zip(row.fields_from(13));
    let day = |(day, times): (i8, &str)| {
        let times = tsugite_charset::to_half_width(times).into_owned();
        let counted = !times.is_empty() && times.bytes().any(|byte| byte != b'0');
        let date = Date::new(month.year(), month.month(), Some(day)).filter(|_| counted)?;
        Some((date, times))
    };
    columns.filter_map(day).collect()
}

/// Handed out more than once in the month: the one day of the prescription does not say so.
fn handed_out_on(days: &[(Date, String)]) -> Vec<String> {
    if days.len() < 2 {
        return Vec::new();
    }
    let each: Vec<String> = days.iter().map(|(day, times)| format!("{day}({times})")).collect();
    vec![format!("算定日: {}", each.join(" "))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{row::rows, series::series};

    fn of(text: &str) -> Prescription {
        let rows: Vec<_> = rows(text).collect();
        let series = &series(&rows)[0];
        let unit = &series.units[0];
        let line = Line { row: &unit.rows[0], series, unit, group: 1, place: 1 };
        read(
            &line,
            role(&series.kind).unwrap(),
            "202604-1".into(),
            Date::parse_compact("202604").unwrap(),
            &Care::default(),
        )
    }

    #[test]
    fn amounts_mean_what_the_kind_says() {
        let value = |quantity: &Option<Quantity>| quantity.as_ref().map(|q| q.value.clone()).unwrap_or_default();
        let all = |p: &Prescription| [value(&p.dose), value(&p.daily_dose), value(&p.total)];
        let oral = of("IY,21,1,620098801,3,5,14");
        assert_eq!((all(&oral), oral.duration.as_deref()), ([String::new(), "3".into(), String::new()], Some("14")));
        let as_needed = of("IY,22,1,620098801,1,1,10");
        assert_eq!(
            (all(&as_needed), as_needed.count.as_deref()),
            (["1".into(), String::new(), String::new()], Some("10"))
        );
        let external = of("CO,23,2,810000001,１日３回　右眼\nIY,,2,622038501,5,82,1");
        assert_eq!((all(&external), external.count.as_deref()), ([String::new(), String::new(), "5".into()], None));
        assert_eq!(external.usages[0].text.as_deref(), Some("１日３回　右眼"));
        assert_eq!(external.ordered.unwrap().to_string(), "2026-04");
    }

    #[test]
    fn the_day_is_the_first_on_which_it_was_counted() {
        let text = format!(
            "IY,21,1,620098801,3,5,28,,,,,,,{}",
            [",".repeat(2), "14".into(), ",".repeat(14), "14".into()].concat()
        );
        let twice = of(&text);
        assert_eq!(twice.start.unwrap().to_string(), "2026-04-03");
        assert_eq!(twice.notes, ["算定日: 2026-04-03(14) 2026-04-17(14)"]);
    }

    #[test]
    fn drugs_of_acts_are_no_prescriptions() {
        for (kind, is_prescription) in [
            ("21", true),
            ("22", true),
            ("23", true),
            ("14", true),
            ("31", false),
            ("33", false),
            ("50", false),
            ("70", false),
            ("", false),
        ] {
            assert_eq!(role(kind).is_ok(), is_prescription, "{kind}");
        }
    }
}
