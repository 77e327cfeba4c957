//! CLAIM: bundles of acts. Drugs of the acts 14 and 21 to 23 are prescriptions; the rest is for the bill.

use super::Place;
use crate::{codes, frame::Item, issues, people, text, time, writer::Writer};
use std::sync::Arc;
use tsugite_charset::to_half_width;
use tsugite_clinical::{
    DateTime, RecordKind, Scope,
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
            Some("14" | "21" | "22" | "23") => {
                prescribed(bundle, act, &(index + 1).to_string(), &claim, &scope, &told, writer);
                continue;
            }
            Some("30" | "31" | "32" | "33") => (RecordKind::Injection, &issues::INJECTION),
            Some("60" | "61" | "62" | "63" | "64") => (RecordKind::LabOrder, &issues::LAB_ORDER),
            Some("70") => (RecordKind::Imaging, &issues::REPORT),
            _ => {
                of_other_act(bundle, act, writer);
                continue;
            }
        };
        writer.not_carried(kind, bundle, reason);
    }
}

/// The drugs of a bundle that is a prescription.
fn prescribed(
    bundle: Element<'_, '_>,
    act: &str,
    group: &str,
    claim: &Claim,
    scope: &Arc<Scope>,
    told: &Item,
    writer: &mut Writer<'_>,
) {
    let mut place = 0_u16;
    for item in bundle.all("item") {
        match role(item) {
            Role::Drug => {}
            Role::Unclassed => {
                unclassed(item, writer);
                continue;
            }
            Role::Usage | Role::Comment | Role::Fee => continue,
        }
        place = place.saturating_add(1);
        let Some(line) = line(item, bundle, act, group, place, claim, writer) else {
            writer.tell(Issue::new(&issues::DRUG_UNNAMED), item);
            writer.held(RecordKind::Prescription, item, &issues::DRUG_UNNAMED);
            continue;
        };
        let code = line.drug.codes.first().map_or_else(|| line.drug.name().unwrap_or_default(), |c| &c.code);
        let name = format!("{group}^{code}");
        writer.fact(item, scope, name, told, Body::Prescription(Box::new(line)));
    }
}

/// Fees, treatments, materials: nothing of them is asked for, and their drugs were given in the course of the act. Where no act is
/// named, a drug may be a prescription.
fn of_other_act(bundle: Element<'_, '_>, act: &str, writer: &mut Writer<'_>) {
    let named = act.len() >= 2 && act.bytes().all(|b| b.is_ascii_digit());
    for item in bundle.all("item") {
        match (role(item), named) {
            (Role::Drug, true) => writer.not_carried(RecordKind::Prescription, item, &issues::DRUG_OF_ACT),
            (Role::Drug | Role::Unclassed, false) => unclassed(item, writer),
            _ => {}
        }
    }
}

fn unclassed(item: Element<'_, '_>, writer: &mut Writer<'_>) {
    let code = item.attr("code").map(str::trim).unwrap_or_default();
    writer.tell(Issue::new(&issues::ITEM_UNCLASSED).found(code), item);
    writer.held(RecordKind::Prescription, item, &issues::ITEM_UNCLASSED);
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

/// What an item is in its bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Drug,
    Usage,
    Comment,
    /// 手技, 材料, 部位.
    Fee,
    /// Neither its class nor the shape of its code says.
    Unclassed,
}

/// By the code of the receipt's tables where it is one, else by its class (0 手技, 1 材料, 2 薬剤, 3 用法), else by its shape.
fn role(item: Element<'_, '_>) -> Role {
    let code = item.attr("code").map(to_half_width).unwrap_or_default();
    let code = code.trim();
    let of_receipt = code.len() == 9 && code.bytes().all(|b| b.is_ascii_digit());
    match code.get(..3).filter(|_| of_receipt) {
        Some("001") => return Role::Usage,
        Some(start) if start.starts_with('6') => return Role::Drug,
        Some(start) if start.starts_with('8') || start == "008" => return Role::Comment,
        Some(start) if start.starts_with("00") => return Role::Fee,
        _ => {}
    }
    let known = || codes::drug(code, item.attr("tableId").unwrap_or_default(), "");
    match item.attr("subclassCode").map(str::trim).unwrap_or_default() {
        "2" => Role::Drug,
        "3" => Role::Usage,
        "0" | "1" => Role::Fee,
        _ if known().is_some_and(|read| !read.code.system.is_empty()) => Role::Drug,
        _ if of_receipt && code.starts_with(['1', '7']) => Role::Fee,
        _ => Role::Unclassed,
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
        notes: notes(item, bundle),
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

/// The names of a bundle's items of a role.
fn names<'d, 't>(bundle: Element<'d, 't>, wanted: Role) -> impl Iterator<Item = String> {
    let items = bundle.all("item").filter(move |item| role(*item) == wanted);
    items.filter_map(|item| item.child("name").and_then(text::line))
}

/// What is said of the drug, and of all drugs of its bundle.
fn notes(item: Element<'_, '_>, bundle: Element<'_, '_>) -> Vec<String> {
    let memos = item.all("memo").chain(bundle.all("memo")).filter_map(text::line);
    memos.chain(names(bundle, Role::Comment)).collect()
}

/// 用法: the administration of the bundle, else its items of that class.
fn usages(bundle: Element<'_, '_>) -> Vec<Concept> {
    let administration = bundle.child("administration");
    let text = administration.and_then(text::line);
    let memo = bundle.child("admMemo").and_then(text::line);
    let code = administration.and_then(|element| element.attr("adminCode")).map(str::trim).unwrap_or_default();
    let of_items = names(bundle, Role::Usage);
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

/// 21 内服, 22 頓服, 23 外用, 14 在宅; the third digit says 院内 or 院外.
fn categories(act: &str) -> Vec<Concept> {
    let coded = |code: &str, display: &str| {
        let code = Code { code: code.to_owned(), display: display.to_owned(), system: "JHSP0003".to_owned() };
        Concept { codes: vec![code], text: None }
    };
    let kind = match act.get(..2) {
        Some("21") => coded("21", "内服"),
        Some("22") => coded("22", "頓用"),
        Some("23") => coded("23", "外用"),
        _ => super::prescription::words("在宅".to_owned()),
    };
    let place = match act.get(2..3).filter(|_| act.starts_with('2')) {
        Some("1") => Some(("OHI", "院内処方")),
        Some("2") => Some(("OHO", "院外処方")),
        _ => None,
    };
    let place = super::prescription::outpatient(place);
    std::iter::once(kind).chain(place).collect()
}
