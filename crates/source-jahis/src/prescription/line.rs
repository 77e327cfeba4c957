//! One drug as a prescription line.

use super::{
    head::{Shared, told},
    rp::{Drug, Rp},
};
use crate::{
    amount::{Amounts, Meant, count},
    drug::drug_code,
    form::Form,
    issues,
    rows::Row,
    value,
    writer::Writer,
};
use tsugite_clinical::body::{Code, Concept, Prescription};
use tsugite_issue::Definition;

/// # Errors
/// The rule that holds the line.
pub fn prescription(
    rp: &Rp<'_>,
    drug: &Drug<'_>,
    shared: &Shared,
    writer: &mut Writer<'_>,
) -> Result<Prescription, &'static Definition> {
    let row = &drug.row;
    if [3, 4].iter().any(|at| value::code(row.field(*at)).0.len() > 1) {
        return Err(&issues::COLUMNS_DIFFER);
    }
    let Some(form_row) = &rp.form else { return Err(&issues::RP_INCOMPLETE) };
    let form = rp.kind().unwrap_or(Form::Unstated);
    let medicine = medicine(row, writer);
    // A code of no standard names nothing to anybody else.
    if medicine.text.is_none() && medicine.codes.iter().all(|code| code.system.is_empty()) {
        return Err(&issues::DRUG_UNNAMED);
    }
    let quantity = number(form_row, 4, writer);
    let daily = rp.usage.as_ref().and_then(|usage| count(usage.field(5)));
    let times = daily.or_else(|| drug.single.as_ref().and_then(|single| count(single.field(4))));
    let single = drug.single.as_ref().map(|single| single.field(3).trim()).unwrap_or_default();
    let meant = Meant { form, quantity, times, single, uneven: drug.uneven.is_some() };
    let amounts = Amounts::of(row.field(7), row.field(9), &meant).ok_or(&issues::AMOUNT_INVALID)?;
    if row.field(7).trim().is_empty() {
        writer.tell(&issues::AMOUNT_MISSING, row, "");
    }
    let mut line = Prescription {
        order_number: shared.prescription_number.clone().unwrap_or_default(),
        group: rp.number.clone(),
        place: count(&drug.place).and_then(|place| u16::try_from(place).ok()).unwrap_or_default(),
        drug: medicine,
        dose: amounts.dose,
        daily_dose: amounts.daily,
        total: amounts.total,
        usages: usage(rp, writer).into_iter().collect(),
        duration: quantity.filter(|_| form == Form::Oral).map(|days| days.to_string()),
        count: quantity.filter(|_| form == Form::AsNeeded).map(|times| times.to_string()),
        categories: shared.categories.iter().cloned().chain(form.category()).collect(),
        ordered: shared.ordered,
        prescription_number: shared.prescription_number.clone(),
        ingredient_amounts: value::code(row.field(8)).0 == "2",
        times_per_day: times.map(|times| times.to_string()),
        dispensing: shared.dispensing.clone(),
        repeats: shared.repeats.clone(),
        notes: amounts.remark.into_iter().collect(),
        prescribed_by: shared.prescribed_by.clone(),
        care: shared.care.clone(),
        ..Prescription::default()
    };
    if value::code(row.field(3)).0 == "3" {
        line.care.insurances = vec![not_insured()];
    }
    rp.supplements.iter().for_each(|row| supplement(row, &mut line));
    drug.supplements.iter().for_each(|row| drug_supplement(row, &mut line));
    if let Some(row) = &drug.uneven {
        uneven(row, &mut line);
    }
    if let Some(row) = &rp.split {
        let (this, all) = (value::code(row.field(2)).0, value::code(row.field(3)).0);
        line.dispensing.push(words(format!("分割調剤 今回{this} 総数{all}")));
    }
    line.notes.extend(shared.notes.iter().cloned());
    Ok(line)
}

/// 非保険薬 (情報区分 3).
fn not_insured() -> Code {
    Code { code: "6".to_owned(), display: "自費".to_owned(), system: "1.2.392.100495.20.2.61".to_owned() }
}

/// The Rp and the drug name the line; a code the better of two names.
pub fn item(line: &Prescription) -> String {
    let drug = match line.drug.codes.first() {
        Some(code) => format!("{}^{}", code.code, code.system),
        None => line.drug.name().unwrap_or_default().to_owned(),
    };
    format!("{}^{drug}", line.group)
}

fn medicine(row: &Row<'_>, writer: &mut Writer<'_>) -> Concept {
    let ((kind, _), (code, repaired)) = (value::code(row.field(4)), value::code(row.field(5)));
    let name = value::text(row.field(6)).unwrap_or_default();
    if repaired && !code.is_empty() {
        writer.tell(&issues::CODE_REPAIRED, row, row.field(5));
    }
    let read = drug_code(&kind, &code, &name);
    if read.unknown_kind {
        writer.tell(&issues::DRUG_KIND_UNKNOWN, row, &kind);
    }
    if read.misnamed {
        writer.tell(&issues::DRUG_CODE_MISNAMED, row, &code);
    }
    Concept { codes: read.code.into_iter().collect(), text: Some(name).filter(|name| !name.is_empty()) }
}

/// A count in a column; what is none is told.
fn number(row: &Row<'_>, at: usize, writer: &mut Writer<'_>) -> Option<u32> {
    let written = row.field(at);
    let read = count(written);
    if read.is_none() {
        writer.tell(&issues::NUMBER_INVALID, row, written);
    }
    read
}

/// 用法: a code of the JAMI standard with its name, or the name alone.
fn usage(rp: &Rp<'_>, writer: &mut Writer<'_>) -> Option<Concept> {
    let row = rp.usage.as_ref()?;
    let ((kind, _), (code, _)) = (value::code(row.field(2)), value::code(row.field(3)));
    let name = value::text(row.field(4));
    let is_code = code.len() == 16 && code.is_ascii();
    let shifted = name.is_none() && !is_code && !code.is_empty();
    if shifted {
        writer.tell(&issues::USAGE_SHIFTED, row, "");
        return Some(words(row.field(3).trim().to_owned()));
    }
    if is_code && matches!(kind.as_str(), "2" | "") {
        let code = Code { code, display: name.unwrap_or_default(), system: "JAMISDP01".to_owned() };
        return Some(Concept { codes: vec![code], text: None });
    }
    if name.is_none() {
        writer.tell(&issues::USAGE_MISSING, row, "");
    }
    name.map(words)
}

pub fn words(text: String) -> Concept {
    Concept { codes: Vec::new(), text: Some(text) }
}

/// A concept with a code of its own system, else the words alone.
fn coded(code: &str, system: &str, text: &str) -> Option<Concept> {
    let (code, _) = value::code(code);
    if code.is_empty() {
        return value::text(text).map(words);
    }
    let display = value::text(text).unwrap_or_default();
    Some(Concept { codes: vec![Code { code, display, system: system.to_owned() }], text: None })
}

/// What a kind of supplement says by itself, where its text was left empty.
fn said<'t>(text: &'t str, kind: &str, kinds: &[(&str, &'static str)]) -> &'t str {
    let by_itself = || kinds.iter().find(|(code, _)| *code == kind).map(|(_, words)| *words);
    if text.trim().is_empty() { by_itself().unwrap_or_default() } else { text }
}

/// 用法補足区分.
const USAGE_SUPPLEMENTS: [(&str, &str); 4] = [("1", "漸減"), ("2", "一包化"), ("3", "隔日"), ("4", "粉砕")];
/// 薬品補足区分.
const DRUG_SUPPLEMENTS: [(&str, &str); 7] = [
    ("1", "一包化"),
    ("2", "粉砕"),
    ("3", "後発品変更不可"),
    ("4", "剤形変更不可"),
    ("5", "含量規格変更不可"),
    ("6", "剤形変更不可及び含量規格変更不可"),
    ("8", "先発医薬品患者希望"),
];

/// 用法補足 (181).
fn supplement(row: &Row<'_>, line: &mut Prescription) {
    let (kind, _) = value::code(row.field(3));
    let text = said(row.field(4), &kind, &USAGE_SUPPLEMENTS);
    match kind.as_str() {
        "2" | "4" => line.dispensing.extend(told("JAHIS181", &kind, text)),
        "6" => site(value::text(text).map(words), line),
        "7" => line.notes.extend(value::text(text).map(|text| format!("1回使用量 {text}"))),
        "8" => line.instructions.extend(coded(row.field(5), "JAMISUPPLEMENT", text)),
        "9" => site(coded(row.field(6), "JAMISITE", text), line),
        "5" => match line.usages.last_mut() {
            // 用法の続き: the name of the usage did not fit into its column.
            Some(Concept { codes, text: Some(usage) }) if codes.is_empty() => usage.push_str(text.trim()),
            _ => line.instructions.extend(value::text(text).map(words)),
        },
        _ => line.instructions.extend(value::text(text).map(words)),
    }
}

/// A further site stands among the instructions.
fn site(site: Option<Concept>, line: &mut Prescription) {
    match line.site {
        None => line.site = site,
        Some(_) => line.instructions.extend(site),
    }
}

/// 薬品補足 (281).
fn drug_supplement(row: &Row<'_>, line: &mut Prescription) {
    let (kind, _) = value::code(row.field(4));
    let text = said(row.field(5), &kind, &DRUG_SUPPLEMENTS);
    match kind.as_str() {
        "7" => line.instructions.extend(coded(row.field(6), "JAMISUPPLEMENT", text)),
        "1" | "2" | "3" | "4" | "5" | "6" | "8" => line.dispensing.extend(told("JAHIS281", &kind, text)),
        _ => line.notes.extend(value::text(text)),
    }
}

/// 不均等 (221): what is taken each time, with the codes where they are.
fn uneven(row: &Row<'_>, line: &mut Prescription) {
    let doses: Vec<&str> = (3..=7).map(|at| row.field(at).trim()).collect();
    if let Some(last) = doses.iter().rposition(|dose| !dose.is_empty()) {
        // A taking without an amount keeps its place.
        let doses = doses.iter().take(last + 1).map(|dose| if dose.is_empty() { "…" } else { dose });
        line.notes.push(format!("不均等 {}", doses.collect::<Vec<_>>().join("-")));
    }
    let codes = (8..=12).filter_map(|at| coded(row.field(at), "JAMISUPPLEMENT", ""));
    line.instructions.extend(codes);
}
