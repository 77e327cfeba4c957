use super::{Said, named, refused};
use crate::{
    oid::HL7,
    value::{concept, filled, interval, is_stopped, known_code},
    writer::Writer,
};
use tsugite_clinical::{
    DateTime, RecordKind,
    body::{Body, Code, Concept, Document, Prescription, Quantity},
};
use tsugite_xml::Element;

/// A substanceAdministration: drug, amount, usage, days. `place` counts the drugs of the section.
pub fn read(statement: Element<'_, '_>, place: u16, document: &Document, writer: &mut Writer<'_>) -> Said {
    if let Some(said) = refused(statement, RecordKind::Prescription) {
        return said;
    }
    if is_stopped(statement) {
        return Said::Stopped(RecordKind::Prescription);
    }
    let drug = drug(statement);
    let Some(item) = named(&drug).map(|name| format!("prescription/{name}")) else {
        return Said::Nameless(RecordKind::Prescription);
    };
    let (start, end) = period(statement, writer);
    let supply = statement.all((HL7, "entryRelationship")).find_map(|it| it.child((HL7, "supply")));
    let body = Prescription {
        order_number: document.id.clone(),
        group: "1".to_owned(),
        place,
        drug,
        dose: statement.child((HL7, "doseQuantity")).and_then(quantity),
        daily_dose: statement.child((HL7, "rateQuantity")).and_then(quantity).filter(per_day).map(daily),
        total: supply.and_then(|supply| supply.child((HL7, "quantity"))).and_then(quantity),
        usages: usages(statement),
        duration: duration(statement),
        start,
        end,
        route: statement.child((HL7, "routeCode")).map(concept).filter(says),
        site: statement.child((HL7, "approachSiteCode")).map(concept).filter(says),
        ordered: start.or(document.written),
        care: document.care.clone(),
        ..Prescription::default()
    };
    Said::Fact { item, body: Body::Prescription(Box::new(body)) }
}

fn says(concept: &Concept) -> bool {
    !concept.codes.is_empty() || concept.text.is_some()
}

fn drug(statement: Element<'_, '_>) -> Concept {
    let product = statement.at(&[(HL7, "consumable"), (HL7, "manufacturedProduct")]);
    let material = product.and_then(|product| {
        product.child((HL7, "manufacturedLabeledDrug")).or_else(|| product.child((HL7, "manufacturedMaterial")))
    });
    let Some(material) = material else { return Concept::default() };
    let coded = material.child((HL7, "code")).map(concept).unwrap_or_default();
    let name = material.child_text((HL7, "name")).or(coded.text);
    Concept { codes: coded.codes, text: name }
}

fn quantity(element: Element<'_, '_>) -> Option<Quantity> {
    let value = filled(element, "value")?;
    let unit = filled(element, "unit").map(|unit| Code { display: unit, ..Code::default() });
    // The unit's own code, where the product's unit is none of UCUM.
    let coded = element.child((HL7, "translation")).and_then(known_code);
    Some(Quantity { value, unit: coded.or(unit) })
}

/// A rate is an amount a day where its unit says so (`錠/日`, `TAB/d`).
fn per_day(rate: &Quantity) -> bool {
    let unit = rate.unit.as_ref().map(|unit| unit.display.as_str()).unwrap_or_default();
    unit.ends_with("/日") || unit.ends_with("/d")
}

fn daily(rate: Quantity) -> Quantity {
    let unit = rate.unit.map(|unit| {
        let display = unit.display.trim_end_matches("/日").trim_end_matches("/d").to_owned();
        Code { display, ..unit }
    });
    Quantity { unit, ..rate }
}

/// The code of the administration with its text, which says the usage whole.
fn usages(statement: Element<'_, '_>) -> Vec<Concept> {
    let coded = statement.child((HL7, "code")).map(concept).unwrap_or_default();
    let text = statement.child_text((HL7, "text")).or(coded.text);
    Some(Concept { codes: coded.codes, text }).filter(says).into_iter().collect()
}

/// The interval among the times; others say how often.
fn period(statement: Element<'_, '_>, writer: &mut Writer<'_>) -> (Option<DateTime>, Option<DateTime>) {
    let is_interval = |time: &Element<'_, '_>| {
        ["low", "high"].iter().any(|end| time.child((HL7, *end)).is_some()) || time.attr("value").is_some()
    };
    let time = statement.all((HL7, "effectiveTime")).find(is_interval);
    time.map(|time| interval(time, writer)).unwrap_or_default()
}

/// 投与日数: the width of the interval in days.
fn duration(statement: Element<'_, '_>) -> Option<String> {
    let widths = statement.all((HL7, "effectiveTime")).filter_map(|time| time.child((HL7, "width")));
    let mut days = widths.filter(|width| matches!(width.attr("unit"), Some("d" | "日")));
    days.next().and_then(|width| filled(width, "value"))
}
