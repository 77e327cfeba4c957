//! mmlRd: one module is one diagnosis.

use super::Place;
use crate::{codes, issues, text, time, writer::Writer};
use tsugite_clinical::{
    Date, DateTime, Key,
    body::{Body, Code, Concept, Diagnosis},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// 「の疑い」 among the modifiers of receipts.
const SUSPECTED: &str = "8002";

pub fn read(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) -> Option<Key> {
    let mut diagnosis = Diagnosis::default();
    name(element, &mut diagnosis, writer);
    if diagnosis.disease.name().is_none() && diagnosis.disease.codes.is_empty() {
        writer.tell(Issue::new(&issues::DISEASE_UNNAMED), element);
        writer.held(tsugite_clinical::RecordKind::Condition, element, &issues::DISEASE_UNNAMED);
        return None;
    }
    let categories: Vec<Element<'_, '_>> =
        element.child("categories").into_iter().flat_map(|categories| categories.all("category")).collect();
    let has =
        |words: &[&str]| categories.iter().any(|c| c.trimmed().is_some_and(|text| words.contains(&text.as_str())));
    diagnosis.main = has(&["mainDiagnosis", "主病名"]);
    let doubts = |code: &Code| code.system == "MASTERZ" && code.code == SUSPECTED;
    let coded = diagnosis.suffixes.iter().flat_map(|suffix| &suffix.codes).any(doubts);
    diagnosis.suspected = coded || has(&["suspectedDiagnosis", "疑い病名", "疑い"]);
    diagnosis.onset = date(element, "startDate", writer);
    diagnosis.established = date(element, "firstEncounterDate", writer);
    diagnosis.recorded = place.item.confirmed;
    diagnosis.ended = date(element, "endDate", writer);
    diagnosis.outcome = element.child_text("outcome").map(|code| outcome(&code));
    let insurance = element.child("relatedHealthInsurance").and_then(|related| related.attr("uid"));
    diagnosis.care = place.care(insurance);
    let scope = place.scope("mmlRd", "", writer);
    let item = item(&diagnosis, place.document.is_some());
    writer.fact(element, &scope, item, &place.item, Body::Diagnosis(Box::new(diagnosis)))
}

/// Its name with the day on which it began, where both are stated.
pub fn begun(element: Element<'_, '_>) -> Option<(String, Date)> {
    let parts = || {
        let items = element.child("diagnosisContents").into_iter().flat_map(|contents| contents.all("dxItem"));
        items.filter_map(|item| item.child("name")).filter_map(text::line).collect::<String>()
    };
    let name = element.child("diagnosis").and_then(text::line).unwrap_or_else(parts);
    let start = element.child_text("startDate").and_then(|start| time::parse(&start))?.date;
    (!name.is_empty()).then_some((name, start))
}

/// The name: of the whole, or of its parts (`diagnosisContents`), of which the one with the code of a disease is the disease.
fn name(element: Element<'_, '_>, diagnosis: &mut Diagnosis, writer: &mut Writer<'_>) {
    if let Some(whole) = element.child("diagnosis") {
        let name = text::line(whole);
        let read = part(whole, name.as_deref().unwrap_or_default(), writer);
        let modifiers = !read.prefixes.is_empty() || !read.suffixes.is_empty();
        // With its modifiers in codes the name is of the whole, and stands as text beside them.
        take(read, diagnosis);
        diagnosis.disease.text = name;
        if modifiers && let Some(code) = diagnosis.disease.codes.first_mut() {
            code.display.clear();
        }
        return;
    }
    let parts: Vec<Element<'_, '_>> = element
        .child("diagnosisContents")
        .into_iter()
        .flat_map(|contents| contents.all("dxItem"))
        .filter_map(|item| item.child("name"))
        .collect();
    let coded = |name: &&Element<'_, '_>| {
        name.attr("code").is_some_and(|code| !code.trim().is_empty() && codes::modifier(code).is_none())
    };
    let disease =
        parts.iter().find(coded).or_else(|| parts.iter().find(|name| name.attr("code").is_none())).or(parts.first());
    let Some(disease) = disease.copied() else { return };
    let mut before = true;
    for name in parts {
        let line = text::line(name).unwrap_or_default();
        if name.span() == disease.span() {
            before = false;
            take(part(name, &line, writer), diagnosis);
            diagnosis.disease.text = Some(line).filter(|line| !line.is_empty());
            continue;
        }
        let code = name.attr("code").and_then(codes::modifier).map(|code| Code { display: line.clone(), ..code });
        let suffix = code.as_ref().map_or(!before, |code| code.code.starts_with('8'));
        let concept = Concept { codes: code.into_iter().collect(), text: Some(line).filter(|line| !line.is_empty()) };
        if suffix { diagnosis.suffixes.push(concept) } else { diagnosis.prefixes.push(concept) }
    }
}

fn part(name: Element<'_, '_>, line: &str, writer: &mut Writer<'_>) -> codes::DiagnosisCodes {
    let (code, system) = (name.attr("code").unwrap_or_default(), name.attr("system").unwrap_or_default());
    let read = codes::diagnosis(code, system, line);
    if read.misnamed {
        let named = system.chars().take(40).collect::<String>();
        writer.tell(Issue::new(&issues::CODE_MISNAMED).with("system", named).found(code), name);
    }
    read
}

fn take(read: codes::DiagnosisCodes, diagnosis: &mut Diagnosis) {
    let concept = |code: Code| Concept { codes: vec![code], text: None };
    diagnosis.disease.codes = read.disease;
    diagnosis.exchange = read.exchange;
    diagnosis.icd10.extend(read.icd10);
    diagnosis.prefixes.extend(read.prefixes.into_iter().map(concept));
    diagnosis.suffixes.extend(read.suffixes.into_iter().map(concept));
}

fn date(parent: Element<'_, '_>, name: &str, writer: &mut Writer<'_>) -> Option<DateTime> {
    let element = parent.child(name)?;
    let written = element.trimmed()?;
    let read = time::parse(&written);
    if read.is_none() {
        writer.tell(Issue::new(&issues::DATE_INVALID).with("element", name).found(written), element);
    }
    read
}

/// 転帰 (MML0016), with its word.
pub fn outcome(code: &str) -> Code {
    let display = match code {
        "recovering" => "回復中",
        "fullyRecovered" => "全治",
        "sequelae" => "続発症",
        "end" => "終了",
        "pause" => "中止",
        "continued" => "継続",
        "died" => "死亡",
        "worsening" => "悪化",
        "unchanged" => "不変",
        "transfer" | "transferAcute" | "transferChronic" => "転医",
        "home" => "自宅へ退院",
        "unknown" => "不明",
        other => other,
    };
    Code { display: display.to_owned(), system: "MML0016".to_owned(), code: code.to_owned() }
}

/// The disease and its start name the diagnosis; in a document the entry's kind stands before it.
fn item(diagnosis: &Diagnosis, of_document: bool) -> String {
    let codes = diagnosis.disease.codes.iter().chain(&diagnosis.exchange).chain(&diagnosis.icd10);
    let code = codes.map(|code| code.code.as_str()).find(|code| !code.is_empty());
    let modifiers = diagnosis.prefixes.iter().chain(&diagnosis.suffixes).filter_map(|concept| concept.codes.first());
    let modifiers: Vec<&str> = modifiers.map(|code| code.code.as_str()).collect();
    // Free text is part of the name where the code says nothing of its own.
    let name = diagnosis.disease.name().unwrap_or_default();
    let own = code.filter(|code| *code != "0000999").unwrap_or(name);
    let start = diagnosis.onset.map(|at| at.date.to_string()).unwrap_or_default();
    let front = if of_document { "problem/" } else { "" };
    format!("{front}{own}^{}^{start}", modifiers.join("."))
}
