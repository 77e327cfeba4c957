//! CLAIM: bundles of acts. Drugs of the acts 21 to 23 are prescriptions; the rest is for the bill.

use super::Place;
use crate::{codes, issues, people, text, time, writer::Writer};
use tsugite_clinical::{
    DateTime, RecordKind,
    body::{Body, Care, CareClass, Code, Concept, Prescription, Quantity},
};
use tsugite_issue::Issue;
use tsugite_xml::Element;

/// What all bundles of a module share.
struct Claim {
    care: Care,
    ordered: Option<DateTime>,
}

pub fn read(element: Element<'_, '_>, place: &Place, writer: &mut Writer<'_>) {
    let information = element.child("information");
    let claim = claim(information, place);
    let part = Some(place.item.uid.clone()).filter(|uid| !uid.is_empty());
    let part = part.unwrap_or_else(|| claim.ordered.map(|at| at.to_string()).unwrap_or_default());
    let scope = place.scope("CLAIM", &part, writer);
    let mut told = place.item.clone();
    told.confirmed = told.confirmed.or(claim.ordered);
    for (index, bundle) in element.all("bundle").enumerate() {
        let act = bundle.attr("classCode").map(str::trim).unwrap_or_default();
        let (kind, reason) = match act.get(..2) {
            Some("21" | "22" | "23") => {
                let group = (index + 1).to_string();
                let mut place_in_group = 0_u16;
                for item in bundle.all("item").filter(is_drug) {
                    place_in_group = place_in_group.saturating_add(1);
                    let Some(line) = line(item, bundle, act, &group, place_in_group, &claim, writer) else {
                        writer.tell(Issue::new(&issues::DRUG_UNNAMED), item);
                        writer.held(RecordKind::Prescription, item, &issues::DRUG_UNNAMED);
                        continue;
                    };
                    let code =
                        line.drug.codes.first().map_or_else(|| line.drug.name().unwrap_or_default(), |c| &c.code);
                    let name = format!("{group}^{code}");
                    writer.fact(item, &scope, name, &told, Body::Prescription(Box::new(line)));
                }
                continue;
            }
            Some("30" | "31" | "32" | "33") => (RecordKind::Injection, &issues::INJECTION),
            Some("60" | "61" | "62" | "63" | "64") => (RecordKind::LabOrder, &issues::LAB_ORDER),
            Some("70") => (RecordKind::Imaging, &issues::REPORT),
            // Fees, treatments, materials: nothing of them is asked for.
            _ => continue,
        };
        writer.not_carried(kind, bundle, reason);
    }
}

fn claim(information: Option<Element<'_, '_>>, place: &Place) -> Claim {
    let Some(information) = information else {
        return Claim { care: place.care(None), ordered: place.item.confirmed };
    };
    let at = |name: &str| information.attr(name).and_then(time::parse);
    let mut care = place.care(information.attr("insuranceUid"));
    care.class = information.attr("admitFlag").map(|flag| match flag.trim() {
        "true" | "1" => CareClass::Inpatient,
        _ => CareClass::Ambulatory,
    });
    let department = information.at(&["patientDepartment", "Department"]).and_then(people::department);
    care.department = department.or(care.department);
    let ordered = at("performTime").or_else(|| at("orderTime")).or_else(|| at("registTime")).or(place.item.confirmed);
    Claim { care, ordered }
}

/// 薬剤 (subclass 2), or a code of the receipt's drugs where no class is given.
fn is_drug(item: &Element<'_, '_>) -> bool {
    let code = item.attr("code").map(str::trim).unwrap_or_default();
    match item.attr("subclassCode").map(str::trim) {
        // Comments stand among the drugs.
        Some("2") => !code.starts_with("8") && !code.starts_with("00"),
        Some(_) => false,
        None => code.len() == 9 && code.starts_with('6'),
    }
}

fn line(
    item: Element<'_, '_>,
    bundle: Element<'_, '_>,
    act: &str,
    group: &str,
    place: u16,
    claim: &Claim,
    writer: &mut Writer<'_>,
) -> Option<Prescription> {
    let name = item.child("name").and_then(text::line);
    let (code, table) = (item.attr("code").unwrap_or_default(), item.attr("tableId").unwrap_or_default());
    let read = codes::drug(code, table, name.as_deref().unwrap_or_default());
    if let Some(read) =
        read.as_ref().filter(|read| read.misnamed && ["YJ", "HOT"].iter().any(|word| table.contains(word)))
    {
        let named = table.chars().take(40).collect::<String>();
        writer.tell(Issue::new(&issues::CODE_MISNAMED).with("system", named).found(&read.code.code), item);
    }
    let codes: Vec<Code> = read.map(|read| read.code).into_iter().collect();
    if name.is_none() && codes.is_empty() {
        return None;
    }
    let number = item.all("number").find(|number| number.attr("numberCode").is_none_or(|code| code.trim() == "10"));
    let number = number.or_else(|| item.child("number"));
    let quantity = number.and_then(|number| {
        let unit = number.attr("unit").map(str::trim).filter(|unit| !unit.is_empty());
        let unit = unit.map(|display| Code { display: display.to_owned(), ..Code::default() });
        Some(Quantity { value: number.trimmed()?, unit })
    });
    let count = bundle.child_text("bundleNumber").filter(|count| count != "0");
    let mut line = Prescription {
        group: group.to_owned(),
        place,
        drug: Concept { codes, text: name },
        usages: usages(bundle),
        categories: categories(act),
        ordered: claim.ordered.map(|at| DateTime::day(at.date)),
        notes: item.all("memo").chain(bundle.all("memo")).filter_map(text::line).collect(),
        care: claim.care.clone(),
        ..Prescription::default()
    };
    // 数量 and 回数 mean another thing for each act, as in receipts.
    match act.get(..2) {
        Some("21") => (line.daily_dose, line.duration) = (quantity, count),
        Some("22") => (line.dose, line.count) = (quantity, count),
        _ => (line.total, line.count) = (quantity, count.filter(|count| count != "1")),
    }
    Some(line)
}

/// 用法: the administration of the bundle, else its items of that class.
fn usages(bundle: Element<'_, '_>) -> Vec<Concept> {
    let administration = bundle.child("administration");
    let text = administration.and_then(text::line);
    let memo = bundle.child("admMemo").and_then(text::line);
    let code = administration.and_then(|element| element.attr("adminCode")).map(str::trim).unwrap_or_default();
    let items = bundle.all("item").filter(|item| {
        let code = item.attr("code").map(str::trim).unwrap_or_default();
        item.attr("subclassCode").map(str::trim) == Some("3") || code.starts_with("001")
    });
    let of_items = items.filter_map(|item| item.child("name").and_then(text::line));
    let mut usages: Vec<Concept> = Vec::new();
    if code.len() == 16 {
        let display = text.unwrap_or_default();
        let code = Code { code: code.to_owned(), display, system: "JAMISDP01".to_owned() };
        usages.push(Concept { codes: vec![code], text: None });
    } else {
        usages.extend(text.map(super::prescription::words));
    }
    usages.extend(memo.into_iter().chain(of_items).map(super::prescription::words));
    usages
}

/// 21 内服, 22 頓服, 23 外用; the third digit says 院内 or 院外.
fn categories(act: &str) -> Vec<Concept> {
    let (code, display) = match act.get(..2) {
        Some("21") => ("21", "内服"),
        Some("22") => ("22", "頓用"),
        _ => ("23", "外用"),
    };
    let kind = Code { code: code.to_owned(), display: display.to_owned(), system: "JHSP0003".to_owned() };
    let place = match act.get(2..3) {
        Some("1") => Some(("OHI", "院内処方")),
        Some("2") => Some(("OHO", "院外処方")),
        _ => None,
    };
    let place = super::prescription::outpatient(place);
    std::iter::once(Concept { codes: vec![kind], text: None }).chain(place).collect()
}
