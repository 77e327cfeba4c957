//! One drug of a notebook as a prescription line.

use super::{
    Creator,
    block::{Block, Rp},
};
use crate::{
    amount::{Amounts, Meant, count},
    drug::drug_code,
    form::{self, Form},
    issues,
    rows::Row,
    symbol::Direction,
    value,
    writer::{Frame, Writer},
};
use tsugite_clinical::{
    DateTime,
    body::{Code, Concept, Prescription},
};
use tsugite_issue::Definition;

/// # Errors
/// The rule that holds the line.
pub fn prescription(
    block: &Block<'_>,
    rp: &Rp<'_>,
    at: usize,
    direction: Direction,
    frame: &Frame,
    writer: &mut Writer<'_>,
) -> Result<Prescription, &'static Definition> {
    let Some(row) = rp.drugs.get(at) else { return Err(&issues::RP_INCOMPLETE) };
    let Some(usage) = rp.stated_usage(direction) else { return Err(&issues::RP_INCOMPLETE) };
    if value::code(row.field(5)).0.len() > 1 {
        return Err(&issues::COLUMNS_DIFFER);
    }
    let drug = medicine(row, writer);
    if drug.name().is_none() && drug.codes.is_empty() {
        return Err(&issues::DRUG_UNNAMED);
    }
    let form = rp.form(direction).unwrap_or_else(|| {
        writer.tell(&issues::FORM_UNKNOWN, usage, usage.field(5));
        Form::Unstated
    });
    let quantity = count(usage.field(3));
    if quantity.is_none() {
        writer.tell(&issues::NUMBER_INVALID, usage, usage.field(3));
    }
    let meant = Meant { form, quantity, times: None, single: "", uneven: false };
    let amounts = Amounts::of(row.field(3), row.field(4), &meant).ok_or(&issues::AMOUNT_INVALID)?;
    if row.field(3).trim().is_empty() {
        writer.tell(&issues::AMOUNT_MISSING, row, "");
    }
    let stated = |rows: &[Row<'_>]| -> Vec<String> {
        let by_professional = |row: &&Row<'_>| Creator::of(row, 3, direction) == Creator::Professional;
        rows.iter().filter(by_professional).filter_map(|row| value::text(row.field(2))).collect()
    };
    Ok(Prescription {
        group: rp.number.clone(),
        place: u16::try_from(at.saturating_add(1)).unwrap_or(u16::MAX),
        drug,
        dose: amounts.dose,
        daily_dose: amounts.daily,
        total: amounts.total,
        usages: taken(usage).into_iter().collect(),
        duration: quantity.filter(|_| form == Form::Oral).map(|days| days.to_string()),
        count: quantity.filter(|_| form == Form::AsNeeded).map(|times| times.to_string()),
        categories: form::outside().into_iter().chain(form.category()).collect(),
        instructions: stated(&rp.supplements).into_iter().map(words).collect(),
        ordered: frame.day.map(DateTime::day),
        notes: amounts.remark.into_iter().chain(stated(&rp.remarks)).collect(),
        care: block.care(direction),
        ..Prescription::default()
    })
}

/// The Rp and the drug name the line.
pub fn item(line: &Prescription) -> String {
    let drug = match line.drug.codes.first() {
        Some(code) => format!("{}^{}", code.code, code.system),
        None => line.drug.name().unwrap_or_default().to_owned(),
    };
    format!("{}^{drug}", line.group)
}

/// The drug as dispensed, and since Ver.2.5 the general name that it was prescribed by.
fn medicine(row: &Row<'_>, writer: &mut Writer<'_>) -> Concept {
    let ((kind, _), (code, repaired)) = (value::code(row.field(5)), value::code(row.field(6)));
    let name = value::text(row.field(2)).unwrap_or_default();
    if repaired && !code.is_empty() {
        writer.tell(&issues::CODE_REPAIRED, row, row.field(6));
    }
    if code.is_empty() && !matches!(kind.as_str(), "" | "1") {
        writer.tell(&issues::DRUG_CODE_MISSING, row, "");
    }
    let read = drug_code(&kind, &code, &name);
    if read.unknown_kind {
        writer.tell(&issues::DRUG_KIND_UNKNOWN, row, &kind);
    }
    if read.misnamed {
        writer.tell(&issues::DRUG_CODE_MISNAMED, row, &code);
    }
    let (general, _) = value::code(row.field(10));
    let general = (general.len() == 12 && general.ends_with("ZZZ")).then(|| Code {
        code: general,
        display: value::text(row.field(8)).unwrap_or_default(),
        system: "GENERAL".to_owned(),
    });
    let codes = read.code.into_iter().chain(general).collect();
    Concept { codes, text: Some(name).filter(|name| !name.is_empty()) }
}

/// 用法 (301).
fn taken(row: &Row<'_>) -> Option<Concept> {
    let ((kind, _), (code, _)) = (value::code(row.field(6)), value::code(row.field(7)));
    let name = value::text(row.field(2));
    if kind == "2" && code.len() == 16 && code.is_ascii() {
        let code = Code { code, display: name.unwrap_or_default(), system: "JAMISDP01".to_owned() };
        return Some(Concept { codes: vec![code], text: None });
    }
    name.map(words)
}

fn words(text: String) -> Concept {
    Concept { codes: Vec::new(), text: Some(text) }
}
