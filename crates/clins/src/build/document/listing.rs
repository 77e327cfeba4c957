//! Entries in words: what a doctor reads of them in the text of their section.

use super::{
    medication,
    narrative::Text,
    vital::{printed, unit},
};
use crate::{
    document::{Entry, Filled},
    run::Record,
    select::{Collected, allergen, diagnosis_parts, effective, spoken_name},
};
use tsugite_clinical::{
    DateTime,
    body::{Body, Diagnosis, LabResult, LabValue},
    standard::{Amount, ClinicalStatus, DosageForm},
};

/// Adds what the entries say and the author's text does not, and what no entry may say.
pub fn list(text: &mut Text, filled: &Filled) {
    let untold: Vec<&Entry> = filled.entries.iter().filter(|entry| !entry.told).collect();
    let firsts = || untold.iter().filter_map(|entry| entry.records.first()).chain(&filled.spoken);
    let lines = |line: &dyn Fn(&Record) -> Option<String>| -> Vec<String> { firsts().filter_map(line).collect() };
    text.list(&lines(&|record| diagnosis(record)));
    text.list(&allergies(&untold, &filled.spoken));
    results(text, firsts());
    text.list(&lines(&|record| measured(record)));
    drugs(text, firsts());
}

fn day(at: DateTime) -> String {
    at.date.to_string()
}

fn diagnosis(record: &Record) -> Option<String> {
    let (stated, standard) = diagnosis_parts(record)?;
    let name = spoken_name(stated, standard)?;
    let active = standard.is_none_or(|standard| standard.outcome.status == ClinicalStatus::Active);
    let mut about: Vec<String> = stated.onset.iter().map(|at| format!("{}発症", day(*at))).collect();
    about.extend(ended(stated, active));
    let about = if about.is_empty() { String::new() } else { format!("（{}）", about.join("、")) };
    let main = if stated.main { "【主病名】" } else { "" };
    Some(format!("{main}{name}{about}"))
}

fn ended(stated: &Diagnosis, active: bool) -> Option<String> {
    let outcome = stated.outcome.as_ref().map(|code| code.display.trim()).filter(|text| !text.is_empty() && !active);
    match (stated.ended, outcome) {
        (Some(at), outcome) => Some(format!("{}{}", day(at), outcome.unwrap_or("終了"))),
        (None, outcome) => outcome.map(str::to_owned),
    }
}

fn allergies(untold: &[&Entry], spoken: &[Record]) -> Vec<String> {
    let of_group = |records: &[Record]| {
        let first = allergen(records.first()?)?;
        let mut reactions: Vec<&str> = records
            .iter()
            .filter_map(allergen)
            .flat_map(|entry| &entry.allergy.reactions)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        reactions.dedup();
        let about = if reactions.is_empty() { String::new() } else { format!("（{}）", reactions.join("、")) };
        Some(format!("{}{about}", first.standard.text.trim()))
    };
    let spoken = spoken.iter().map(std::slice::from_ref);
    untold.iter().map(|entry| entry.records.as_slice()).chain(spoken).filter_map(of_group).collect()
}

fn results<'r, 'a: 'r>(text: &mut Text, records: impl Iterator<Item = &'r Record<'a>>) {
    let row = |record: &Record| {
        let Collected { result, standard } = Collected::of(record)?;
        let unit =
            result.unit.as_ref().map_or("", |unit| if unit.display.is_empty() { &unit.code } else { &unit.display });
        let at = effective(result).map(|(at, _)| day(at)).unwrap_or_default();
        let range = result.reference_range.clone().unwrap_or_default();
        let name = standard.text.trim().to_owned();
        Some(vec![at, name, value(result), unit.to_owned(), range, result.flags.join(" ")])
    };
    let rows: Vec<Vec<String>> = records.filter_map(row).collect();
    text.table(&["採取日", "検査", "結果", "単位", "基準範囲", "判定"], &rows);
}

fn value(result: &LabResult) -> String {
    match &result.value {
        LabValue::Absent => String::new(),
        LabValue::Text(text) => text.trim().to_owned(),
        LabValue::Coded(concept) => concept.name().unwrap_or_default().trim().to_owned(),
    }
}

fn measured(record: &Record) -> Option<String> {
    let Body::Vital(vital) = &record.fact.body else { return None };
    let name = vital.item.name()?.trim();
    let unit = unit(vital).map(|unit| format!(" {unit}")).unwrap_or_default();
    Some(match printed(vital) {
        "" => name.to_owned(),
        value => format!("{name}: {value}{unit}"),
    })
}

fn drugs<'r, 'a: 'r>(text: &mut Text, records: impl Iterator<Item = &'r Record<'a>>) {
    let amount = |amount: &Option<Amount>| {
        amount.as_ref().map(|amount| format!("{}{}", amount.number.trim(), amount.unit.trim())).unwrap_or_default()
    };
    let row = |record: &Record| {
        let (line, standard) = medication::parts(record)?;
        let days = standard.days.filter(|days| *days > 0).map(|days| format!("{days}日分"));
        let times = standard.times.map(|times| format!("{times}回分"));
        let span = days.or(times).unwrap_or_else(|| amount(&standard.total));
        let needed = if standard.form == DosageForm::AsNeeded { "【頓用】" } else { "" };
        let more =
            standard.additional.iter().map(|(_, text)| text.trim()).chain(line.notes.iter().map(|note| note.trim()));
        let usage = std::iter::once(standard.usage_text.trim()).chain(more).filter(|text| !text.is_empty());
        let usage = usage.collect::<Vec<_>>().join("、");
        let name = standard.text.trim().to_owned();
        let group = line.group.trim().to_owned();
        Some(vec![group, name, amount(&standard.dose), amount(&standard.daily_dose), format!("{needed}{usage}"), span])
    };
    let rows: Vec<Vec<String>> = records.filter_map(row).collect();
    text.table(&["Rp", "薬剤", "1回量", "1日量", "用法", "日数・回数"], &rows);
}
