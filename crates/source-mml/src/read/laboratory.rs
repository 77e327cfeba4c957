//! mmlLb: one module is one report; interim and final share their `registId`.

use super::Place;
use crate::{issues, people, text, time, writer::Writer};
use std::sync::Arc;
use tsugite_clinical::{
    DateTime, Key, RecordKind,
    body::{Body, Care, Code, Concept, LabReport, LabResult, LabValue, Name, Practitioner, Representation, Specimen},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// What all results of a report share.
struct Report {
    report: Arc<LabReport>,
    care: Arc<Care>,
    panel: Option<Arc<Concept>>,
    status: &'static str,
    reported: Option<DateTime>,
    collected: Option<DateTime>,
}

pub fn read(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) -> Vec<Key> {
    let Some(information) = element.child("information") else {
        return hold_all(element, &issues::REPORT_UNNAMED, writer);
    };
    let order = information.attr("registId").map(str::trim).filter(|id| !id.is_empty());
    let Some(order) = order else { return hold_all(element, &issues::REPORT_UNNAMED, writer) };
    let mut at = |name: &str| {
        let written = information.attr(name).map(str::trim).filter(|text| !text.is_empty())?;
        let read = time::parse(written);
        if read.is_none() {
            writer.tell(Issue::new(&issues::DATE_INVALID).with("element", name).found(written), information);
        }
        read
    };
    let (collected, registered, reported) = (at("sampleTime"), at("registTime"), at("reportTime"));
    let day = collected.or(registered).or(reported).map(|at| at.date);
    let report = Report {
        report: Arc::new(LabReport { order_number: order.to_owned(), care_day: day }),
        care: Arc::new(care(information, place)),
        panel: information.child("set").and_then(|set| concept(set, "setCode", "setCodeId")).map(Arc::new),
        status: if is_interim(information) { "P" } else { "F" },
        reported,
        collected,
    };
    let mut told = place.item.clone();
    let corrects = !told.replaces.is_empty();
    // A correction may repeat the time of the report that it corrects.
    told.confirmed =
        reported.filter(|at| !corrects || Some(at.stamp()) > told.confirmed.map(DateTime::stamp)).or(told.confirmed);
    let scope = place.scope("mmlLb", order, writer);
    if corrects && place.document.is_none() {
        writer.whole(&scope, &told);
    }
    let mut memos = memos(information, "repMemo", "repMemoF");
    let mut keys = Vec::new();
    for test in element.all("laboTest") {
        let specimen = specimen(test, &report).map(Arc::new);
        let material =
            specimen.as_ref().and_then(|s| s.material.codes.first()).map(|code| code.code.clone()).unwrap_or_default();
        if let Some(element) = test.child("specimen") {
            memos.extend(self::memos(element, "spcMemo", "spcMemoF"));
        }
        for item in test.all("item") {
            let Some(mut result) = result(item, &report, specimen.clone()) else {
                writer.tell(Issue::new(&issues::TEST_UNNAMED), item);
                writer.held(RecordKind::LabResult, item, &issues::TEST_UNNAMED);
                continue;
            };
            // What is said of the whole report or specimen stands with its first result.
            result.comments.append(&mut memos);
            let code =
                result.test.codes.first().map_or_else(|| result.test.name().unwrap_or_default(), |code| &code.code);
            let front = if place.document.is_some() { "lab/" } else { "" };
            let name = format!("{front}{code}^{material}");
            keys.extend(writer.fact(item, &scope, name, &told, Body::LabResult(Box::new(result))));
        }
    }
    keys
}

/// 中間報告 (MML `mid`): in the field code and word stand in each other's place.
fn is_interim(information: Element<'_, '_>) -> bool {
    let Some(status) = information.child("reportStatus") else { return false };
    let words = [status.attr("statusCode").map(str::to_owned), text::line(status)];
    words.into_iter().flatten().any(|word| word.trim() == "mid" || word.contains("中間"))
}

fn hold_all(element: Element<'_, '_>, rule: &'static tsugite_issue::Definition, writer: &mut Writer<'_>) -> Vec<Key> {
    writer.tell(Issue::new(rule), element);
    for item in element.all("laboTest").flat_map(|test| test.all("item")) {
        writer.held(RecordKind::LabResult, item, rule);
    }
    Vec::new()
}

/// The department and the doctor who ordered.
fn care(information: Element<'_, '_>, place: &Place) -> Care {
    let department = information.child("department").and_then(|element| {
        let part = |name| element.attr(name).map(str::trim).unwrap_or_default();
        people::department_of(Some((part("depCode"), part("depCodeId"))), text::line(element))
    });
    let client = information.child("client").and_then(text::line);
    let client = client.and_then(|name| Name::split(Representation::Ideographic, &name));
    let client = client.map(|name| Practitioner { id: None, name: Some(name) });
    // The creator of a report is the laboratory, not the doctor.
    Care {
        department: department.or_else(|| place.item.care.department.clone()),
        practitioner: client,
        ..Care::default()
    }
}

fn specimen(test: Element<'_, '_>, report: &Report) -> Option<Specimen> {
    let name = test.at(&["specimen", "specimenName"])?;
    let material = concept(name, "spCode", "spCodeId").unwrap_or_default();
    Some(Specimen { id: None, material, collected: report.collected })
}

fn result(item: Element<'_, '_>, report: &Report, specimen: Option<Arc<Specimen>>) -> Option<LabResult> {
    let name = item.child("itemName")?;
    let mut test = concept(name, "itCode", "itCodeId")?;
    let jlac: String = ["Acode", "Icode", "Scode", "Mcode", "Rcode"]
        .iter()
        .filter_map(|part| name.attr(*part))
        .map(str::trim)
        .collect();
    if matches!(jlac.len(), 15 | 17) && jlac.is_ascii() {
        let display = text::line(name).unwrap_or_default();
        test.codes.push(Code { code: jlac, display, system: "JC10".to_owned() });
    }
    let (value, number) = (item.child("value"), item.child("numValue"));
    let written = value.and_then(text::line).or_else(|| number.and_then(text::line));
    let attribute = |name: &str| {
        let of = |element: Option<Element<'_, '_>>| {
            element.and_then(|e| e.attr(name)).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        of(number).or_else(|| of(value))
    };
    let range = match (attribute("low"), attribute("up")) {
        (None, None) => attribute("normal"),
        (Some(low), Some(up)) => Some(format!("{low}-{up}")),
        (Some(low), None) => Some(bound(low, "以上")),
        (None, Some(up)) => Some(bound(up, "以下")),
    };
    let unit = item.child("unit").and_then(|unit| {
        let part = |name| unit.attr(name).map(str::trim).unwrap_or_default().to_owned();
        let unit = Code { code: part("uCode"), display: text::line(unit).unwrap_or_default(), system: part("uCodeId") };
        (!unit.code.is_empty() || !unit.display.is_empty()).then_some(unit)
    });
    Some(LabResult {
        report: Arc::clone(&report.report),
        care: Arc::clone(&report.care),
        specimen,
        test,
        panel: report.panel.clone(),
        sub_id: None,
        value: written.map_or(LabValue::Absent, LabValue::Text),
        unit,
        reference_range: range,
        flags: attribute("out").into_iter().collect(),
        status: report.status.to_owned(),
        ordered_for: None,
        observed: None,
        reported: report.reported,
        comments: memos(item, "itemMemo", "itemMemoF"),
        comment_origins: Default::default(),
    })
}

/// A range that is open on one side: a dash would make the number negative.
fn bound(limit: String, word: &str) -> String {
    let number = limit.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if number { limit + word } else { limit }
}

fn memos(element: Element<'_, '_>, coded: &'static str, free: &'static str) -> Vec<String> {
    element.all(coded).chain(element.all(free)).filter_map(text::line).collect()
}

/// A name with its code and the table of it.
fn concept(element: Element<'_, '_>, code: &str, table: &str) -> Option<Concept> {
    let part = |name: &str| element.attr(name).map(str::trim).unwrap_or_default().to_owned();
    let display = text::line(element).unwrap_or_default();
    let code = Code { code: part(code), display: display.clone(), system: part(table) };
    if code.code.is_empty() {
        return (!display.is_empty()).then(|| Concept { codes: Vec::new(), text: Some(display) });
    }
    Some(Concept { codes: vec![code], text: None })
}
