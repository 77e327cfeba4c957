//! mmlPs: drugs with the amount of one taking.

use super::Place;
use crate::{codes, issues, text, time, writer::Writer};
use std::collections::HashMap;
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    DateTime, Key, RecordKind,
    body::{Body, Code, Concept, Prescription, Quantity},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

pub fn read(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) -> Vec<Key> {
    let scope = place.scope("mmlPs", &place.edition(), writer);
    let issued = element.child_text("issuedTo");
    let comment = element.child("comment").and_then(text::line);
    let mut places: HashMap<String, u16> = HashMap::new();
    let mut keys = Vec::new();
    for (index, medication) in element.all("medication").enumerate() {
        // Without a number each drug is a prescription of its own.
        let group = medication.child_text("batchNo").unwrap_or_else(|| format!("_{}", index + 1));
        let next = places.entry(group.clone()).or_insert(0);
        *next = next.saturating_add(1);
        let place_in_group = *next;
        let Some(mut line) = line(medication, writer) else {
            writer.tell(Issue::new(&issues::DRUG_UNNAMED), medication);
            writer.held(RecordKind::Prescription, medication, &issues::DRUG_UNNAMED);
            continue;
        };
        line.group = group;
        line.place = place_in_group;
        line.ordered = place.item.confirmed.map(|at| DateTime::day(at.date)).or(line.start);
        line.care = place.care(None);
        line.categories.extend(issued.as_deref().map(issued_to).unwrap_or_default());
        line.notes.extend(comment.clone());
        let code = line.drug.codes.first().map_or_else(|| line.drug.name().unwrap_or_default(), |code| &code.code);
        let front = if place.document.is_some() { "prescription/" } else { "" };
        let item = format!("{front}{}^{code}", line.group);
        keys.extend(writer.fact(medication, &scope, item, &place.item, Body::Prescription(Box::new(line))));
    }
    keys
}

/// 外来, 院外 or 院内.
fn issued_to(word: &str) -> Vec<Concept> {
    match word {
        "external" => outpatient(Some(("OHO", "院外処方"))),
        "internal" => outpatient(Some(("OHI", "院内処方"))),
        _ => Vec::new(),
    }
}

/// 処方区分 of MERIT-9, where the place of dispensing is known.
pub fn outpatient(place: Option<(&str, &str)>) -> Vec<Concept> {
    let coded = |(code, display): (&str, &str)| {
        let code = Code { code: code.to_owned(), display: display.to_owned(), system: "MR9P".to_owned() };
        Concept { codes: vec![code], text: None }
    };
    place.into_iter().flat_map(|place| [("OHP", "外来処方"), place]).map(coded).collect()
}

fn line(medication: Element<'_, '_>, writer: &mut Writer<'_>) -> Option<Prescription> {
    let drug = medicine(medication.child("medicine")?, writer)?;
    let instruction = medication.child("instruction").and_then(text::line);
    let truth = |name: &str| medication.child_text(name).map(|text| matches!(text.as_str(), "true" | "1"));
    let times = medication.child_text("frequencyPerDay").filter(|times| times != "0");
    let duration = medication.child_text("duration").map(|days| time::days(&days));
    let kind = instruction.as_deref().and_then(spoken);
    // Builders write `false` where nobody was asked: the doctor's word counts.
    let as_needed = truth("PRN") == Some(true) || kind == Some(AS_NEEDED);
    let start = medication.child("startDate").and_then(|start| {
        let written = start.trimmed()?;
        let read = time::parse(&written);
        if read.is_none() {
            writer.tell(Issue::new(&issues::DATE_INVALID).with("element", "startDate").found(written), start);
        }
        read
    });
    let mut line = Prescription {
        drug,
        usages: instruction.iter().map(|text| words(text.clone())).collect(),
        duration: duration.clone(),
        count: medication.child_text("repetitions"),
        start,
        route: medication.child("route").and_then(text::line).map(words),
        instructions: medication.child("additionalInstruction").and_then(text::line).map(words).into_iter().collect(),
        times_per_day: times.clone(),
        notes: medication.child("form").and_then(text::line).map(|form| format!("剤形 {form}")).into_iter().collect(),
        ..Prescription::default()
    };
    if truth("brandSubstitutionPermitted") == Some(false) {
        let code =
            Code { code: "3".to_owned(), display: "後発品変更不可".to_owned(), system: "JAHIS281".to_owned() };
        line.dispensing.push(Concept { codes: vec![code], text: None });
    }
    amounts(medication, &mut line, as_needed, instruction.as_deref().unwrap_or_default());
    let kind = if as_needed { Some(AS_NEEDED) } else { kind };
    line.categories.extend(kind.map(|(code, display)| {
        let code = Code { code: code.to_owned(), display: display.to_owned(), system: "JHSP0003".to_owned() };
        Concept { codes: vec![code], text: None }
    }));
    Some(line)
}

/// 処方区分 (JHSP0003) of what is taken when it is needed.
const AS_NEEDED: (&str, &str) = ("22", "頓用");

/// The kind that an instruction names in words.
fn spoken(instruction: &str) -> Option<(&'static str, &'static str)> {
    let says = |words: &[&str]| words.iter().any(|word| instruction.contains(word));
    match instruction {
        _ if says(&["頓服", "頓用", "屯服", "屯用"]) => Some(AS_NEEDED),
        _ if says(&["内服"]) => Some(("21", "内服")),
        _ if says(&["外用", "塗布", "点眼", "貼付", "点鼻", "点耳", "吸入"]) => Some(("23", "外用")),
        _ => None,
    }
}

/// A taking's amount and the day's; without takings a day and days it is the total.
fn amounts(medication: Element<'_, '_>, line: &mut Prescription, as_needed: bool, instruction: &str) {
    let Some(dose) = medication.child_text("dose") else { return };
    let unit = medication.child("doseUnit").and_then(text::line);
    let quantity =
        |value: String| Quantity { value, unit: unit.clone().map(|display| Code { display, ..Code::default() }) };
    let times: Option<u32> = line.times_per_day.as_deref().and_then(|times| to_half_width(times).parse().ok());
    match (as_needed, times) {
        (true, _) => line.dose = Some(quantity(dose)),
        (false, None) if line.duration.is_none() => line.total = Some(quantity(dose)),
        (false, None) => line.dose = Some(quantity(dose)),
        (false, Some(1)) => {
            line.daily_dose = Some(quantity(dose.clone()));
            // One taking and a division in words: the amount is the day's, and no taking's is known.
            if is_divided(instruction) {
                line.times_per_day = None;
            } else {
                line.dose = Some(quantity(dose));
            }
        }
        (false, Some(times)) => {
            line.daily_dose = product(&dose, times).map(quantity);
            line.dose = Some(quantity(dose));
        }
    }
}

/// 「3回」「分3」「三分割」「毎食後」: more than one taking a day.
fn is_divided(instruction: &str) -> bool {
    let text = to_half_width(instruction);
    let number = |c: char| ('2'..='9').contains(&c) || matches!(c, '二' | '三' | '四' | '五' | '六');
    let characters: Vec<char> = text.chars().collect();
    let divided = characters.windows(2).any(|pair| match pair {
        [a, '回'] => number(*a),
        ['分', b] => number(*b),
        _ => false,
    });
    divided || ["分割", "毎食", "各食", "朝夕", "朝昼"].iter().any(|word| text.contains(word))
}

/// An exact decimal product.
pub fn product(amount: &str, times: u32) -> Option<String> {
    let amount = to_half_width(amount.trim());
    let (whole, fraction) = amount.split_once('.').unwrap_or((&amount, ""));
    let digits = [whole, fraction].concat();
    let plain = (1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let product = digits.parse::<u64>().ok().filter(|_| plain)?.checked_mul(u64::from(times))?;
    let scale = fraction.len();
    let text = format!("{product:0>width$}", width = scale + 1);
    let (whole, fraction) = text.split_at_checked(text.len() - scale)?;
    let fraction = fraction.trim_end_matches('0');
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

fn medicine(medicine: Element<'_, '_>, writer: &mut Writer<'_>) -> Option<Concept> {
    let name = medicine.child("name").and_then(text::line);
    let mut found = Vec::new();
    for code in medicine.all("code") {
        let system = code.attr("system").unwrap_or_default();
        let written = code.trimmed().unwrap_or_default();
        let Some(read) = codes::drug(&written, system, name.as_deref().unwrap_or_default()) else { continue };
        if read.misnamed {
            let named = system.chars().take(40).collect::<String>();
            writer.tell(Issue::new(&issues::CODE_MISNAMED).with("system", named).found(&written), code);
        }
        found.push(read.code);
    }
    (name.is_some() || !found.is_empty()).then_some(Concept { codes: found, text: name })
}

pub fn words(text: String) -> Concept {
    Concept { codes: Vec::new(), text: Some(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact() {
        for (amount, times, expected) in [
            ("1", 3, Some("3")),
            ("0.5", 3, Some("1.5")),
            ("0.25", 4, Some("1")),
            (".5", 2, Some("1")),
            ("適量", 2, None),
        ] {
            assert_eq!(product(amount, times).as_deref(), expected, "{amount}");
        }
    }

    #[test]
    fn a_division_in_words_is_seen() {
        for divided in ["内服3回 各食後", "毎食後三分割", "分３ 毎食後", "内服２回 朝夕食後"] {
            assert!(is_divided(divided), "{divided}");
        }
        for whole in ["内服 1回 朝食後", "寝る前", "1日1回"] {
            assert!(!is_divided(whole), "{whole}");
        }
    }
}
