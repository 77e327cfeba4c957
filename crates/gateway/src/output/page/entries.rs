//! What stands in a section beside its text: one table for each kind of resource.

use super::{
    escaped, narrative,
    resource::{self, Bundle, each, name, quantity, short_day as day, text},
    said::Lines,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tsugite_validate::json::Node;

/// A table for a kind of resource: its title, the headings, a row for each resource, and the columns that a text must say for the
/// resource to be said.
struct Table {
    kind: &'static str,
    title: &'static str,
    columns: &'static [&'static str],
    row: fn(&Bundle, Node) -> Vec<String>,
    said: Said,
}

/// When an entry need not be shown because a text says it.
enum Said {
    /// A line of its section says these columns.
    Line(&'static [usize]),
    /// The document says these columns, wherever.
    Anywhere(&'static [usize]),
    Never,
}

/// The heading of the column of codes.
const CODE: &str = "コード";

static TABLES: &[Table] = &[
    Table {
        kind: "Condition",
        title: "傷病名",
        columns: &["傷病名", "発症日", "状態", "終了日", "備考", CODE],
        row: condition,
        said: Said::Line(&[0, 1, 2, 3, 4]),
    },
    Table {
        kind: "AllergyIntolerance",
        title: "アレルギー",
        columns: &["原因", "分類", "反応", "状態", "備考", CODE],
        row: allergy,
        said: Said::Line(&[0, 2, 3, 4]),
    },
    Table {
        kind: "Observation",
        title: "検査・所見",
        columns: &["項目", "結果", "判定", "基準値", "日時", "検体", "備考", CODE],
        row: observation,
        said: Said::Line(&[0, 1, 2, 6]),
    },
    Table {
        kind: "MedicationRequest",
        title: "処方",
        columns: &["Rp", "薬剤", "用量", "用法", "日数・回数", "備考", CODE],
        row: medication,
        said: Said::Line(&[1, 2, 3, 4, 5]),
    },
    Table {
        kind: "Encounter",
        title: "受診・入院",
        columns: &["区分", "期間", "理由", "入院経路・転帰"],
        row: encounter,
        said: Said::Anywhere(&[1, 2, 3]),
    },
    Table {
        kind: "DocumentReference",
        title: "資料",
        columns: &["表題", "日付", "種類", "内容"],
        row: reference,
        said: Said::Never,
    },
    Table { kind: "CarePlan", title: "計画", columns: &["表題", "内容"], row: plan, said: Said::Anywhere(&[1]) },
    Table {
        kind: "Coverage",
        title: "保険・受診券",
        columns: &["区分", "番号", "有効期間", "保険者"],
        row: coverage,
        said: Said::Never,
    },
];

/// Cells of so many characters are not broken over lines.
const SHORT: usize = 10;

fn table_of(resource: Node) -> Option<&'static Table> {
    TABLES.iter().find(|table| text(resource, "resourceType") == Some(table.kind))
}

/// All entries, with their codes.
pub fn all(bundle: &Bundle, resources: &[Node]) -> String {
    tables(bundle, resources, true, &|_, _, _| false)
}

/// The entries that the text of their section, or for a visit any text of the document, does not say.
pub fn beside(bundle: &Bundle, resources: &[Node], section: &Lines, document: &Lines) -> String {
    tables(bundle, resources, false, &|table, resource, row| {
        let of = |columns: &'static [usize]| {
            columns.iter().filter_map(|at| row.get(*at)).map(String::as_str).filter(|cell| *cell != CURRENT)
        };
        match table.said {
            Said::Line(columns) => section.say(of(columns)),
            Said::Anywhere(columns) => document.say_somewhere(of(columns)),
            // A text that is sent as a file too.
            Said::Never => plain_text(resource).is_some_and(|text| section.say_somewhere([text.as_str()].into_iter())),
        }
    })
}

fn tables(
    bundle: &Bundle,
    resources: &[Node],
    codes: bool,
    is_said: &dyn Fn(&Table, Node, &[String]) -> bool,
) -> String {
    let mut page = String::new();
    for table in TABLES {
        let of_kind = resources.iter().filter(|resource| text(**resource, "resourceType") == Some(table.kind));
        let rows = of_kind.map(|resource| (resource, (table.row)(bundle, *resource)));
        let rows = rows.filter(|(resource, row)| !is_said(table, **resource, row)).map(|(_, row)| row);
        page += &table.html(&rows.collect::<Vec<_>>(), codes);
    }
    let others = resources.iter().filter(|resource| table_of(**resource).is_none());
    page + &others.map(|resource| other(*resource)).collect::<String>()
}

/// Kind, name and codes of each entry that has codes.
fn codes_of(resources: &[Node]) -> Vec<[String; 3]> {
    let mut rows: Vec<[String; 3]> = Vec::new();
    for resource in resources {
        let Some(table) = table_of(*resource) else { continue };
        let key = if table.kind == "MedicationRequest" { "medicationCodeableConcept" } else { "code" };
        let row = [table.title.to_owned(), concept(*resource, key), resource::codes(resource.get(key))];
        if !row[2].is_empty() && !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// The codes of all entries, to be opened where somebody wants to see them.
pub fn codes(resources: &[Node]) -> String {
    let rows = codes_of(resources);
    if rows.is_empty() {
        return String::new();
    }
    let mut page = format!(
        "<details class=\"codes\">\n<summary>登録されるコード（{}件）</summary>\n<table class=\"coded\">\n\
         <thead><tr><th>種類</th><th>名称</th><th>{CODE}</th></tr></thead>\n<tbody>\n",
        rows.len()
    );
    for [kind, name, codes] in rows {
        page += &format!("<tr><td class=\"short\">{kind}</td><td>{name}</td><td class=\"code\">{codes}</td></tr>\n");
    }
    page + "</tbody>\n</table>\n</details>\n"
}

impl Table {
    /// Columns in which nothing stands are left out.
    fn html(&self, rows: &[Vec<String>], codes: bool) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let filled = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
        let is_code = |at: usize| self.columns.get(at).is_some_and(|column| *column == CODE);
        let used = |at: &usize| *at == 0 || (filled(*at) && (codes || !is_code(*at)));
        let used: Vec<usize> = (0..self.columns.len()).filter(used).collect();
        let further = if codes { "" } else { "（本文のほかに登録される内容）" };
        let mut page = format!("<table class=\"coded\">\n<caption>{}{further}</caption>\n<thead><tr>", self.title);
        for at in &used {
            page += &format!("<th>{}</th>", self.columns.get(*at).copied().unwrap_or_default());
        }
        page += "</tr></thead>\n<tbody>\n";
        for row in rows {
            page += "<tr>";
            for at in &used {
                let cell = row.get(*at).map_or("", String::as_str);
                page += &match cell {
                    _ if is_code(*at) => format!("<td class=\"code\">{cell}</td>"),
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

/// What is said of an entry by its standing there.
const CURRENT: &str = "継続";

/// `active` and the like in words.
fn state(resource: Node, key: &str) -> String {
    let code = resource.get(key).and_then(|concept| each(concept, "coding").find_map(|coding| text(coding, "code")));
    match code {
        Some("active") => CURRENT.to_owned(),
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
        resource::codes(resource.get("code")),
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
        resource::codes(resource.get("code")),
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
    let members = each(resource, "hasMember").filter_map(|member| bundle.resolve(member));
    let parts = each(resource, "component").chain(members);
    let parts = parts.map(|part| format!("{}: {}", concept(part, "code"), value(part)));
    let values: Vec<String> = std::iter::once(value(resource)).filter(|value| !value.is_empty()).chain(parts).collect();
    vec![
        concept(resource, "code"),
        values.join("<br>"),
        flags(resource),
        ends,
        dates(resource, &["effectiveDateTime"]),
        specimen,
        notes(resource),
        resource::codes(resource.get("code")),
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
        resource::codes(resource.get("medicationCodeableConcept")),
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

/// What is sent as a text file.
fn plain_text(resource: Node) -> Option<String> {
    let attachment = each(resource, "content").find_map(|content| content.get("attachment"))?;
    let is_text = text(attachment, "contentType").is_some_and(|kind| kind.starts_with("text/plain"));
    let bytes = text(attachment, "data").filter(|_| is_text).and_then(|data| STANDARD.decode(data).ok())?;
    Some(escaped(&String::from_utf8_lossy(&bytes)))
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
        _ => match plain_text(resource) {
            Some(text) => format!("<div class=\"narrative\">{text}</div>"),
            None => format!("{} KB", (data.len() / 4 * 3).div_ceil(1024)),
        },
    };
    let title = of("title").or_else(|| text(resource, "description")).or_else(|| name(resource.get("type")));
    let date = of("creation").map(day).unwrap_or_else(|| dates(resource, &["date"]));
    let kind = match kind {
        "application/pdf" => "PDF",
        "image/png" | "image/jpeg" => "画像",
        "application/xml" | "text/xml" => "XML",
        "text/plain" => "文章",
        other => other,
    };
    vec![title.map(escaped).unwrap_or_default(), date, escaped(kind), content]
}

/// 被保険者証 or 受診券.
fn coverage(bundle: &Bundle, resource: Node) -> Vec<String> {
    let of = |end: &str| {
        let mut extensions = each(resource, "extension");
        let found = extensions.find(|extension| text(*extension, "url").is_some_and(|url| url.ends_with(end)));
        found.and_then(|extension| text(extension, "valueString"))
    };
    let (symbol, number, branch) = (of("InsuredPersonSymbol"), of("InsuredPersonNumber"), of("InsuredPersonSubNumber"));
    let card = [("記号", symbol), ("番号", number), ("枝番", branch)];
    let card: Vec<String> =
        card.into_iter().filter_map(|(name, part)| part.map(|part| format!("{name} {}", escaped(part)))).collect();
    let (kind, number) = match card.is_empty() {
        true => ("受診券", text(resource, "subscriberId").map(escaped).unwrap_or_default()),
        false => ("被保険者証", card.join("　")),
    };
    let period = resource.get("period");
    let end = |key| period.and_then(|period| text(period, key)).map(day);
    let period = match (end("start"), end("end")) {
        (None, None) => String::new(),
        (start, end) => format!("{} 〜 {}", start.unwrap_or_default(), end.unwrap_or_default()).trim().to_owned(),
    };
    let payor = each(resource, "payor").find_map(|payor| bundle.resolve(payor));
    let insurer = |payor: Node| {
        let number = each(payor, "identifier").find_map(|identifier| text(identifier, "value")).map(escaped);
        [number.unwrap_or_default(), text(payor, "name").map(escaped).unwrap_or_default()].join(" ").trim().to_owned()
    };
    vec![kind.to_owned(), number, period, payor.map(insurer).unwrap_or_default()]
}

fn plan(_: &Bundle, resource: Node) -> Vec<String> {
    let says = text(resource, "description").map(escaped).unwrap_or_default();
    vec![text(resource, "title").map(escaped).unwrap_or_default(), [says, notes(resource)].join(" ").trim().to_owned()]
}
