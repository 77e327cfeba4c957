//! A document: who writes to whom about whom, then section by section.

use super::{
    cda, code, entries, escaped, narrative, parties,
    parties::{party, patient},
    resource::{Bundle, day, each, name, text},
    said::Lines,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::{cell::RefCell, collections::HashSet};
use tsugite_validate::json::Node;

/// 910 紹介先, 920 紹介元: shown at the head of the page.
const RECIPIENT: &str = "910";
const SENDER: &str = "920";
/// CDA参照: the whole letter as it came.
const ORIGINAL: &str = "200";

pub fn page(bundle: &Bundle, composition: Node) -> String {
    let sections: Vec<Node> = each(composition, "section").collect();
    let of = |wanted: &str| sections.iter().copied().find(|section| code(*section) == wanted);
    let is_head = |section: &Node| matches!(code(*section), RECIPIENT | SENDER);
    let mut page = format!("<h1>{}</h1>\n", escaped(text(composition, "title").unwrap_or("文書")));
    let date = day(text(composition, "date").unwrap_or_default());
    page += &format!("<p class=\"stamp\">作成日 {date}{}</p>\n", version(composition));
    page += "<div class=\"parties\">\n";
    if let Some(section) = of(RECIPIENT) {
        page += &format!("<section class=\"to\">\n<h2>紹介先</h2>\n{}</section>\n", party(bundle, section, "先生"));
    }
    page += &match of(SENDER) {
        Some(section) => {
            format!("<section class=\"from\">\n<h2>紹介元</h2>\n{}</section>\n", party(bundle, section, ""))
        }
        None => {
            format!("<section class=\"from\">\n<h2>作成者</h2>\n{}</section>\n", parties::authors(bundle, composition))
        }
    };
    page += "</div>\n";
    page += &patient(bundle, composition);
    let stay = stay(composition);
    page += &stay;
    let body: Vec<Node> = sections.iter().copied().filter(|section| !is_head(section)).flat_map(structured).collect();
    let mut said = Lines::of(&stay);
    body.iter().for_each(|section| said.add(Lines::of(&told(*section))));
    let reader = Reader { bundle, said, shown: RefCell::default() };
    body.iter().for_each(|section| page += &reader.section(*section, 0));
    let listed: Vec<Node> = body.iter().flat_map(|section| reader.resources(*section)).collect();
    page + &entries::codes(&listed)
}

/// The structured part has no text of its own: its sections are those of the letter.
fn structured(section: Node) -> Vec<Node> {
    if code(section) == "300" { each(section, "section").collect() } else { vec![section] }
}

/// The text of a section as the page shows it.
fn told(section: Node) -> String {
    let div = section.get("text").and_then(|narrative| text(narrative, "div"));
    div.map(narrative).unwrap_or_default()
}

/// 文書番号, for the foot of the page.
pub fn number(composition: Node) -> String {
    let id = composition.get("identifier").and_then(|identifier| text(identifier, "value"));
    id.map_or(String::new(), |id| format!("　文書番号 <bdi>{}</bdi>", escaped(id)))
}

/// 版.
fn version(composition: Node) -> String {
    let version = each(composition, "extension")
        .find(|extension| text(*extension, "url").is_some_and(|url| url.ends_with("versionNumber")))
        .and_then(|extension| text(extension, "valueString"));
    let version = version.map(|version| version.strip_suffix(".0").unwrap_or(version));
    version.map_or(String::new(), |version| format!("　第 <bdi>{}</bdi> 版", escaped(version)))
}

/// 入院期間 of a 退院時サマリー; of a 健診 the day.
fn stay(composition: Node) -> String {
    let period = each(composition, "event").find_map(|event| event.get("period"));
    let Some((start, end)) = period.and_then(|period| Some((text(period, "start")?, text(period, "end")?))) else {
        return String::new();
    };
    let is_stay = text(composition, "title") == Some("退院時サマリー");
    match (is_stay, day(start), day(end)) {
        (true, start, end) => format!("<p class=\"stay\"><b>入院期間</b> {start} 〜 {end}</p>\n"),
        (false, start, end) if start == end => format!("<p class=\"stay\"><b>実施日</b> {start}</p>\n"),
        (false, start, end) => format!("<p class=\"stay\"><b>期間</b> {start} 〜 {end}</p>\n"),
    }
}

/// Goes through the sections; an entry of several of them is shown in the first.
struct Reader<'b, 't> {
    bundle: &'b Bundle<'t>,
    /// What is said anywhere in the document.
    said: Lines,
    shown: RefCell<HashSet<&'t str>>,
}

impl<'t> Reader<'_, 't> {
    fn section(&self, section: Node<'t>, depth: usize) -> String {
        if depth > 4 {
            return String::new();
        }
        let title = text(section, "title").or_else(|| name(section.get("code"))).unwrap_or("（見出しなし）");
        let mut page = format!("<section>\n<h2>{}</h2>\n", escaped(title));
        let told = told(section);
        if !told.is_empty() {
            page += &format!("<div class=\"narrative\">{told}</div>\n");
        }
        let new = |entry: &Node<'t>| text(*entry, "reference").is_none_or(|url| self.shown.borrow_mut().insert(url));
        let entries: Vec<Node> = each(section, "entry").filter(new).collect();
        let resources: Vec<Node> = entries.into_iter().filter_map(|entry| self.bundle.resolve(entry)).collect();
        page += &entries::beside(self.bundle, &resources, &Lines::of(&told), &self.said);
        if code(section) == ORIGINAL {
            resources.iter().for_each(|resource| page += &original(*resource));
        }
        if let Some(reason) = section.get("emptyReason").filter(|_| told.is_empty() && resources.is_empty()) {
            let reason = escaped(name(Some(reason)).unwrap_or("理由の記載なし"));
            page += &format!("<p class=\"none\">記載なし（{reason}）</p>\n");
        }
        each(section, "section").for_each(|inner| page += &self.section(inner, depth + 1));
        page + "</section>\n"
    }

    fn resources(&self, section: Node<'t>) -> Vec<Node<'t>> {
        let own = each(section, "entry").filter_map(|entry| self.bundle.resolve(entry));
        own.chain(each(section, "section").flat_map(|inner| self.resources(inner))).collect()
    }
}

/// What the carried CDA says.
fn original(resource: Node) -> String {
    let attachment = each(resource, "content").find_map(|content| content.get("attachment"));
    let data = attachment.and_then(|attachment| text(attachment, "data")).unwrap_or_default();
    let sections = STANDARD.decode(data).map(|bytes| cda::sections(&bytes)).unwrap_or_default();
    if sections.is_empty() { sections } else { format!("<div class=\"original\">\n{sections}</div>\n") }
}
