//! What stands in a section beside its text: one table for each kind of resource.

use super::{
    escaped, narrative,
    resource::{Bundle, codes, each, name, quantity, short_day as day, text},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tsugite_validate::json::Node;

/// A table for a kind of resource: its title, the headings, and a row for each resource.
struct Table {
    kind: &'static str,
    title: &'static str,
    columns: &'static [&'static str],
    row: fn(&Bundle, Node) -> Vec<String>,
}

static TABLES: &[Table] = &[
    Table {
        kind: "Condition",
        title: "傷病名",
        columns: &["傷病名", "発症日", "状態", "終了日", "備考", "コード"],
        row: condition,
    },
    Table {
        kind: "AllergyIntolerance",
        title: "アレルギー",
        columns: &["原因", "分類", "反応", "状態", "備考", "コード"],
        row: allergy,
    },
    Table {
        kind: "Observation",
        title: "検査・所見",
        columns: &["項目", "結果", "判定", "基準値", "日時", "検体", "備考", "コード"],
        row: observation,
    },
    Table {
        kind: "MedicationRequest",
        title: "処方",
        columns: &["Rp", "薬剤", "用量", "用法", "日数・回数", "備考", "コード"],
        row: medication,
    },
    Table {
        kind: "Encounter",
        title: "受診・入院",
        columns: &["区分", "期間", "理由", "入院経路・転帰"],
        row: encounter,
    },
    Table {
        kind: "DocumentReference", title: "資料", columns: &["表題", "日付", "種類", "内容"], row: reference
    },
    Table { kind: "CarePlan", title: "計画", columns: &["表題", "内容"], row: plan },
];

/// Cells of so many characters are not broken over lines.
const SHORT: usize = 10;

/// The tables of a section's entries; what has no table of its own is shown by its name and narrative.
pub fn entries(bundle: &Bundle, resources: &[Node]) -> String {
    let mut page = String::new();
    for table in TABLES {
        let rows: Vec<Vec<String>> = resources
            .iter()
            .filter(|resource| text(**resource, "resourceType") == Some(table.kind))
            .map(|resource| (table.row)(bundle, *resource))
            .collect();
        page += &table.html(&rows);
    }
    let known = |resource: &&Node| !TABLES.iter().any(|table| text(**resource, "resourceType") == Some(table.kind));
    page + &resources.iter().filter(known).map(|resource| other(*resource)).collect::<String>()
}

impl Table {
    /// Columns in which nothing stands are left out.
    fn html(&self, rows: &[Vec<String>]) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let filled = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
        let used: Vec<usize> = (0..self.columns.len()).filter(|at| *at == 0 || filled(*at)).collect();
        let mut page =
            format!("<table class=\"coded\">\n<caption>{}（登録される項目）</caption>\n<thead><tr>", self.title);
        for at in &used {
            page += &format!("<th>{}</th>", self.columns.get(*at).copied().unwrap_or_default());
        }
        page += "</tr></thead>\n<tbody>\n";
        for row in rows {
            page += "<tr>";
            for at in &used {
                let cell = row.get(*at).map_or("", String::as_str);
                page += &match self.columns.get(*at).copied() {
                    Some("コード") => format!("<td class=\"code\">{cell}</td>"),
                    _ if cell.chars().count() <= SHORT => format!("<td class=\"short\">{cell}</td>"),
                    _ => format!("<td>{cell}</td>"),
                };
            }
            page += "</tr>\n";
        }
        page + "</tbody>\n</table>\n"
    }
}

/// A resource without a table: its name and what its own narrative says.
fn other(resource: Node) -> String {
    let concepts = ["code", "vaccineCode", "relationship", "category", "type"];
    let named = concepts.into_iter().find_map(|key| name(each(resource, key).next()));
    let named = named.or_else(|| text(resource, "title")).or_else(|| text(resource, "name")).unwrap_or_default();
    let div = resource.get("text").and_then(|own| text(own, "div")).map(narrative).unwrap_or_default();
    let (note, when) = (notes(resource), dates(resource, &["performedDateTime", "occurrenceDateTime", "date"]));
    let line = [escaped(named), when, note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    match (line.is_empty(), div.is_empty()) {
        (true, true) => String::new(),
        _ => format!("<div class=\"narrative coded\">{line}{div}</div>\n"),
    }
}

fn dates(resource: Node, keys: &[&str]) -> String {
    keys.iter().find_map(|key| text(resource, key)).map(day).unwrap_or_default()
}

fn notes(resource: Node) -> String {
    each(resource, "note").filter_map(|note| text(note, "text")).map(escaped).collect::<Vec<_>>().join("<br>")
}

fn concept(resource: Node, key: &str) -> String {
    each(resource, key).filter_map(|concept| name(Some(concept))).map(escaped).collect::<Vec<_>>().join("、")
}

/// `active` and the like in words.
fn state(resource: Node, key: &str) -> String {
    let code = resource.get(key).and_then(|concept| each(concept, "coding").find_map(|coding| text(coding, "code")));
    match code {
        Some("active") => "継続".to_owned(),
        Some("resolved") => "治癒・終了".to_owned(),
        Some("remission") => "寛解".to_owned(),
        Some("inactive") => "非活動".to_owned(),
        Some(code) => escaped(code),
        None => String::new(),
    }
}

fn condition(_: &Bundle, resource: Node) -> Vec<String> {
    vec![
        concept(resource, "code"),
        dates(resource, &["onsetDateTime", "onsetString"]),
        state(resource, "clinicalStatus"),
        dates(resource, &["abatementDateTime"]),
        notes(resource),
        codes(resource.get("code")),
    ]
}

fn allergy(_: &Bundle, resource: Node) -> Vec<String> {
    let category = each(resource, "category").filter_map(Node::as_str).map(|category| match category {
        "medication" => "医薬品",
        "food" => "食品",
        "environment" => "環境",
        "biologic" => "生物製剤",
        _ => "その他",
    });
    let reaction = |reaction: Node| {
        each(reaction, "manifestation").filter_map(|found| name(Some(found)).map(escaped)).collect::<Vec<_>>()
    };
    let reactions: Vec<String> = each(resource, "reaction").flat_map(reaction).collect();
    let danger = match text(resource, "criticality") {
        Some("high") => "重大",
        Some("low") => "軽度",
        _ => "",
    };
    vec![
        concept(resource, "code"),
        category.collect::<Vec<_>>().join("、"),
        reactions.join("、"),
        [state(resource, "clinicalStatus"), danger.to_owned()].join(" ").trim().to_owned(),
        notes(resource),
        codes(resource.get("code")),
    ]
}

fn value(resource: Node) -> String {
    if let Some(value) = resource.get("valueQuantity") {
        return quantity(value);
    }
    if let Some(value) = resource.get("valueCodeableConcept") {
        return name(Some(value)).map(escaped).unwrap_or_default();
    }
    let words = ["valueString", "valueDateTime", "valueTime"].into_iter().find_map(|key| text(resource, key));
    let number = || resource.get("valueInteger").and_then(Node::as_number);
    let absent = || name(resource.get("dataAbsentReason"));
    words.or_else(number).or_else(absent).map(escaped).unwrap_or_default()
}

fn observation(bundle: &Bundle, resource: Node) -> Vec<String> {
    let range = each(resource, "referenceRange").next();
    let end = |key| range.and_then(|range| range.get(key));
    let number = |end: Option<Node>| end.and_then(|end| end.get("value")).and_then(Node::as_number).map(escaped);
    let ends = match (number(end("low")), number(end("high"))) {
        (None, None) => range.and_then(|range| text(range, "text")).map(escaped).unwrap_or_default(),
        (low, high) => format!("{} 〜 {}", low.unwrap_or_default(), high.unwrap_or_default()).trim().to_owned(),
    };
    let specimen = resource.get("specimen").and_then(|specimen| bundle.resolve_in(resource, specimen));
    let specimen = specimen.and_then(|specimen| name(specimen.get("type")).map(escaped)).unwrap_or_default();
    let parts = each(resource, "component").map(|part| format!("{}: {}", concept(part, "code"), value(part)));
    let values: Vec<String> = std::iter::once(value(resource)).filter(|value| !value.is_empty()).chain(parts).collect();
    vec![
        concept(resource, "code"),
        values.join("<br>"),
        flags(resource),
        ends,
        dates(resource, &["effectiveDateTime"]),
        specimen,
        notes(resource),
        codes(resource.get("code")),
    ]
}

/// H, L and the like: the codes are shorter than their names, and known to every doctor.
fn flags(resource: Node) -> String {
    let code = |concept: Node| each(concept, "coding").find_map(|coding| text(coding, "code")).map(escaped);
    let codes: Vec<String> = each(resource, "interpretation").filter_map(code).collect();
    if codes.is_empty() { concept(resource, "interpretation") } else { codes.join("、") }
}

fn medication(_: &Bundle, resource: Node) -> Vec<String> {
    let number = |of: &str| {
        let identifier =
            each(resource, "identifier").find(|id| text(*id, "system").is_some_and(|system| system.ends_with(of)));
        identifier.and_then(|identifier| text(identifier, "value"))
    };
    let dosages: Vec<Node> = each(resource, "dosageInstruction").collect();
    let dose = |dosage: &Node| {
        each(*dosage, "doseAndRate").filter_map(|dose| dose.get("doseQuantity").map(quantity)).collect::<Vec<_>>()
    };
    let usage = |dosage: &Node| {
        let further = each(*dosage, "additionalInstruction").filter_map(|word| name(Some(word)).map(escaped));
        let timing = dosage.get("timing").and_then(|timing| name(timing.get("code")));
        let main = text(*dosage, "text").or(timing).map(escaped);
        main.into_iter().chain(further).collect::<Vec<_>>().join(" ")
    };
    let supply = resource.get("dispenseRequest");
    let days = supply.and_then(|supply| supply.get("expectedSupplyDuration")).map(quantity).unwrap_or_default();
    let total = supply.and_then(|supply| supply.get("quantity")).map(quantity).unwrap_or_default();
    let amount = [days, if total.is_empty() { total } else { format!("計 {total}") }];
    vec![
        number("RPGroupNumber").or_else(|| number("1.2.392.100495.20.3.81")).map(escaped).unwrap_or_default(),
        concept(resource, "medicationCodeableConcept"),
        dosages.iter().flat_map(dose).collect::<Vec<_>>().join("<br>"),
        dosages.iter().map(usage).collect::<Vec<_>>().join("<br>"),
        amount.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        notes(resource),
        codes(resource.get("medicationCodeableConcept")),
    ]
}

fn encounter(_: &Bundle, resource: Node) -> Vec<String> {
    let class = resource.get("class").and_then(|class| match text(class, "code") {
        Some("AMB") => Some("外来"),
        Some("IMP") => Some("入院"),
        Some("EMER") => Some("救急"),
        code => text(class, "display").or(code),
    });
    let period = resource.get("period");
    let end = |key| period.and_then(|period| text(period, key)).map(day).unwrap_or_default();
    let period = match (end("start"), end("end")) {
        (start, end) if end.is_empty() || start == end => start,
        (start, end) => format!("{start} 〜 {end}"),
    };
    let stay = resource.get("hospitalization");
    let stay =
        ["admitSource", "dischargeDisposition"].map(|key| stay.and_then(|stay| name(stay.get(key))).map(escaped));
    vec![
        class.map(escaped).unwrap_or_default(),
        period,
        concept(resource, "reasonCode"),
        stay.into_iter().flatten().collect::<Vec<_>>().join(" → "),
    ]
}

/// Pictures and texts are shown; other things are named with their size.
fn reference(_: &Bundle, resource: Node) -> Vec<String> {
    let attachment = each(resource, "content").find_map(|content| content.get("attachment"));
    let of = |key| attachment.and_then(|attachment| text(attachment, key));
    let (kind, data) = (of("contentType").unwrap_or_default(), of("data").unwrap_or_default());
    let is_base64 = data.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
    let content = match kind {
        _ if data.is_empty() => of("url").map(escaped).unwrap_or_default(),
        "image/png" | "image/jpeg" if is_base64 => format!("<img alt=\"\" src=\"data:{kind};base64,{data}\">"),
        "text/plain" if is_base64 => {
            let bytes = STANDARD.decode(data).unwrap_or_default();
            format!("<div class=\"narrative\">{}</div>", escaped(&String::from_utf8_lossy(&bytes)))
        }
        _ => format!("{} KB", (data.len() / 4 * 3).div_ceil(1024)),
    };
    let title = of("title").or_else(|| text(resource, "description")).or_else(|| name(resource.get("type")));
    let date = of("creation").map(day).unwrap_or_else(|| dates(resource, &["date"]));
    vec![title.map(escaped).unwrap_or_default(), date, escaped(kind), content]
}

fn plan(_: &Bundle, resource: Node) -> Vec<String> {
    let says = text(resource, "description").map(escaped).unwrap_or_default();
    vec![text(resource, "title").map(escaped).unwrap_or_default(), [says, notes(resource)].join(" ").trim().to_owned()]
}
