//! Who writes to whom about whom.

use super::{
    escaped,
    resource::{self, Bundle, day, each, is, text, years},
    row,
};
use tsugite_validate::json::Node;

/// The organisations and doctors that a section names, the institution first.
pub fn party(bundle: &Bundle, section: Node, suffix: &str) -> String {
    let resources: Vec<Node> = each(section, "entry").filter_map(|entry| bundle.resolve(entry)).collect();
    people(&resources, suffix)
}

pub fn authors(bundle: &Bundle, composition: Node) -> String {
    let resources: Vec<Node> = each(composition, "author").filter_map(|author| bundle.resolve(author)).collect();
    people(&resources, "")
}

fn people(resources: &[Node], suffix: &str) -> String {
    let of = |kind: &'static str| resources.iter().copied().filter(move |resource| is(*resource, kind));
    let mut page = String::new();
    for organization in of("Organization") {
        let class = if page.is_empty() { "institution" } else { "department" };
        page +=
            &format!("<p class=\"{class}\">{}</p>\n", escaped(text(organization, "name").unwrap_or("（名称なし）")));
        page += &address(organization).map_or(String::new(), |address| format!("<p>{address}</p>\n"));
        page += &telephone(organization).map_or(String::new(), |number| format!("<p>電話 {number}</p>\n"));
        page += &department(organization);
    }
    for doctor in of("Practitioner") {
        page += &format!(
            "<p class=\"doctor\">{} {suffix}</p>\n",
            human(doctor).unwrap_or_else(|| "（氏名なし）".to_owned())
        );
    }
    page
}

/// 診療科 in the extension of an institution.
fn department(organization: Node) -> String {
    let departments = each(organization, "extension")
        .filter(|extension| text(*extension, "url").is_some_and(|url| url.ends_with("Department")))
        .filter_map(|extension| resource::name(extension.get("valueCodeableConcept")));
    departments.map(|name| format!("<p>{}</p>\n", escaped(name))).collect()
}

/// A name as it is written; the reading stands apart.
fn human(person: Node) -> Option<String> {
    let reading = |name: &Node| each(*name, "extension").any(|extension| text(extension, "valueCode") == Some("SYL"));
    let names: Vec<Node> = each(person, "name").collect();
    let written = names.iter().find(|name| !reading(name)).or(names.first())?;
    let syllables = names.iter().find(|name| reading(name));
    let plain = |name: &str| name.split_whitespace().collect::<String>();
    let written = full(*written)?;
    let reading = syllables.and_then(|name| full(*name)).filter(|kana| plain(kana) != plain(&written));
    let reading = reading.map(|kana| format!("（{kana}）")).unwrap_or_default();
    Some(format!("<bdi>{written}</bdi>{reading}"))
}

fn full(name: Node) -> Option<String> {
    let parts: Vec<&str> =
        text(name, "family").into_iter().chain(each(name, "given").filter_map(Node::as_str)).collect();
    text(name, "text").map(escaped).or_else(|| (!parts.is_empty()).then(|| escaped(&parts.join(" "))))
}

fn address(of: Node) -> Option<String> {
    let address = each(of, "address").next()?;
    let postal = text(address, "postalCode").map(|code| format!("〒{} ", escaped(code))).unwrap_or_default();
    let parts = ["state", "city"].into_iter().filter_map(|key| text(address, key));
    let joined: String = parts.chain(each(address, "line").filter_map(Node::as_str)).collect();
    let written = text(address, "text").map_or(joined, str::to_owned);
    (!written.is_empty() || !postal.is_empty()).then(|| format!("{postal}{}", escaped(&written)))
}

fn telephone(of: Node) -> Option<String> {
    let telecom = each(of, "telecom").find(|telecom| text(*telecom, "system") == Some("phone"))?;
    text(telecom, "value").map(escaped)
}

/// `保険者番号:記号:番号:枝番` as people read it; what is no such id as it stands.
fn insured(id: &str) -> String {
    let parts: Vec<&str> = id.split(':').collect();
    let [payer, symbol, number, branch] = parts.as_slice() else { return escaped(id) };
    let named = [("保険者番号", payer), ("記号", symbol), ("番号", number), ("枝番", branch)];
    let named = named.into_iter().filter(|(_, part)| !part.is_empty());
    named.map(|(name, part)| format!("{name} {}", escaped(part))).collect::<Vec<_>>().join("　")
}

/// The patient of a document.
pub fn patient(bundle: &Bundle, composition: Node) -> String {
    let subject = composition.get("subject").and_then(|subject| bundle.resolve(subject));
    subject.map_or(String::new(), |subject| person(subject, text(composition, "date").unwrap_or_default()))
}

/// Who it is; the age is that of a day.
pub fn person(patient: Node, at: &str) -> String {
    let sex = match text(patient, "gender") {
        Some("male") => "男性",
        Some("female") => "女性",
        Some("other") => "その他",
        _ => "不明",
    };
    let insurance = each(patient, "identifier")
        .filter(|identifier| text(*identifier, "system").is_some_and(|system| system.ends_with("memberID")))
        .find_map(|identifier| text(identifier, "value"));
    let number = each(patient, "identifier")
        .filter(|identifier| !text(*identifier, "system").is_some_and(|system| system.ends_with("memberID")))
        .find_map(|identifier| text(identifier, "value"));
    let born = |birth: &str| match years(birth, at) {
        Some(age) => format!("{}（{age}歳）", day(birth)),
        None => day(birth),
    };
    let rows = [
        row("氏名", &human(patient).unwrap_or_default()),
        row("生年月日", &text(patient, "birthDate").map(born).unwrap_or_default()),
        row("性別", sex),
        row("住所", &address(patient).unwrap_or_default()),
        row("電話番号", &telephone(patient).unwrap_or_default()),
        row("患者番号", &number.map(escaped).unwrap_or_default()),
        row("保険", &insurance.map(insured).unwrap_or_default()),
    ];
    format!(
        "<section class=\"person\">\n<h2>患者</h2>\n<table class=\"facts\">\n{}</table>\n</section>\n",
        rows.concat()
    )
}
