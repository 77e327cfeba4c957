//! A Bundle as a page that a doctor reads: made from the bytes that are sent, and from nothing else.
//!
//! The page loads nothing and runs nothing: every text of the Bundle is text, and of a narrative only what is known to be harmless
//! stays markup. What is not shown as markup is shown as text, so that nothing of what is sent is hidden.

mod entries;
mod markup;
mod parties;
mod resource;

use entries::entries;
pub use markup::escaped;
use markup::narrative;
use parties::{party, patient};
use resource::{Bundle, day, each, name, text};
use std::{
    io::{self, Write as _},
    path::Path,
};
use tsugite_validate::{
    Limits,
    json::{Arena, Node},
};

const STYLE: &str = include_str!("page.css");

/// 910 紹介先, 920 紹介元: shown at the head of the page.
const RECIPIENT: &str = "910";
const SENDER: &str = "920";

/// The page of a Bundle; `None` where the bytes are no Bundle.
pub fn html(bytes: &[u8]) -> Option<String> {
    let mut arena = Arena::new();
    let tree = arena.read(bytes, &Limits::default(), &mut Vec::new())?;
    let bundle = Bundle::new(tree.root()?)?;
    let body = match bundle.first("Composition") {
        Some(composition) => document(&bundle, composition),
        None => collection(&bundle),
    };
    let title = bundle.first("Composition").and_then(|composition| text(composition, "title")).unwrap_or("送信内容");
    let id = bundle.root.get("identifier").and_then(|identifier| text(identifier, "value")).unwrap_or_default();
    Some(format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}\
         <footer>このページは送信データから作りました。 Bundle-ID <bdi>{id}</bdi></footer>\n</body>\n</html>\n",
        title = escaped(title),
        id = escaped(id),
    ))
}

/// What stands in a section of a document, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Outline {
    pub title: String,
    /// Characters of its text.
    pub characters: usize,
    pub entries: usize,
}

/// The sections of a document in their order; nothing where the bytes are no document.
pub fn outline(bytes: &[u8]) -> Vec<Outline> {
    let mut arena = Arena::new();
    let tree = arena.read(bytes, &Limits::default(), &mut Vec::new());
    let Some(bundle) = tree.as_ref().and_then(|tree| Bundle::new(tree.root()?)) else { return Vec::new() };
    let mut outlines = Vec::new();
    for section in bundle.first("Composition").into_iter().flat_map(|composition| each(composition, "section")) {
        match code(section) {
            "300" => outlines.extend(each(section, "section").map(outlined)),
            _ => outlines.push(outlined(section)),
        }
    }
    outlines
}

fn outlined(section: Node) -> Outline {
    let div = section.get("text").and_then(|narrative| text(narrative, "div")).map(narrative).unwrap_or_default();
    let (mut characters, mut inside) = (0, false);
    for char in div.chars() {
        match char {
            '<' => inside = true,
            '>' => inside = false,
            char => characters += usize::from(!inside && !char.is_whitespace()),
        }
    }
    let title = text(section, "title").unwrap_or_default().to_owned();
    Outline { title, characters, entries: each(section, "entry").count() }
}

/// Writes a page or what it was made from, whole or not at all, so that nobody else may read it.
///
/// # Errors
/// The file cannot be written.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    // Only its owner may read a temporary file, and it keeps that under its new name.
    let mut page = tempfile::NamedTempFile::new_in(folder)?;
    page.write_all(bytes)?;
    page.as_file().sync_all()?;
    page.persist(file).map(drop).map_err(|error| error.error)
}

/// One row of a table of names and values; nothing where there is no value.
fn row(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("<tr><th>{name}</th><td>{value}</td></tr>\n") }
}

fn document(bundle: &Bundle, composition: Node) -> String {
    let sections: Vec<Node> = each(composition, "section").collect();
    let of = |wanted: &str| sections.iter().copied().find(|section| code(*section) == wanted);
    let is_head = |section: &Node| matches!(code(*section), RECIPIENT | SENDER);
    let mut page = format!("<h1>{}</h1>\n", escaped(text(composition, "title").unwrap_or("文書")));
    page += &format!(
        "<p class=\"stamp\">作成日 {}{}</p>\n",
        day(text(composition, "date").unwrap_or_default()),
        number(composition)
    );
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
    page += &stay(composition);
    for section in sections.iter().filter(|section| !is_head(section)) {
        page += &self::section(bundle, *section, 0);
    }
    page
}

/// 文書番号 and 版.
fn number(composition: Node) -> String {
    let id = composition.get("identifier").and_then(|identifier| text(identifier, "value"));
    let version = each(composition, "extension")
        .find(|extension| text(*extension, "url").is_some_and(|url| url.ends_with("versionNumber")))
        .and_then(|extension| text(extension, "valueString"));
    let id = id.map_or(String::new(), |id| format!("　文書番号 <bdi>{}</bdi>", escaped(id)));
    id + &version.map_or(String::new(), |version| format!("　第 <bdi>{}</bdi> 版", escaped(version)))
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

fn section(bundle: &Bundle, section: Node, depth: usize) -> String {
    // The structured part has no text of its own: its sections are those of the letter.
    if code(section) == "300" && depth == 0 {
        return each(section, "section").map(|inner| self::section(bundle, inner, depth)).collect();
    }
    if depth > 4 {
        return String::new();
    }
    let title = text(section, "title").or_else(|| name(section.get("code"))).unwrap_or("（見出しなし）");
    let mut page = format!("<section>\n<h2>{}</h2>\n", escaped(title));
    let div = section.get("text").and_then(|narrative| text(narrative, "div"));
    page += &div.map_or(String::new(), |div| format!("<div class=\"narrative\">{}</div>\n", narrative(div)));
    let resources: Vec<Node> = each(section, "entry").filter_map(|entry| bundle.resolve(entry)).collect();
    page += &entries(bundle, &resources);
    if let Some(reason) = section.get("emptyReason").filter(|_| div.is_none() && resources.is_empty()) {
        page +=
            &format!("<p class=\"none\">記載なし（{}）</p>\n", escaped(name(Some(reason)).unwrap_or("理由の記載なし")));
    }
    page += &each(section, "section").map(|inner| self::section(bundle, inner, depth + 1)).collect::<String>();
    page + "</section>\n"
}

/// The code of a section, as far as it matters to the page.
fn code(section: Node<'_>) -> &str {
    let coding = section.get("code").and_then(|code| each(code, "coding").next());
    coding.and_then(|coding| text(coding, "code")).unwrap_or_default()
}

/// A Bundle of the 5 infos: the patient and what is said of him.
fn collection(bundle: &Bundle) -> String {
    let resources: Vec<Node> = bundle.resources().filter(|resource| !resource::is(*resource, "Patient")).collect();
    let people = bundle
        .first("Patient")
        .map_or(String::new(), |person| parties::person(person, text(bundle.root, "timestamp").unwrap_or_default()));
    format!("<h1>送信内容</h1>\n{people}<section>\n<h2>内容</h2>\n{}</section>\n", entries(bundle, &resources))
}

#[cfg(test)]
mod tests;
