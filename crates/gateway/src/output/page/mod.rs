//! A Bundle as a page that a doctor reads: made from the bytes that are sent, and from nothing else.
//!
//! The page loads nothing and runs nothing: every text of the Bundle is text, and of a narrative only what is known to be harmless
//! stays markup. What is not shown as markup is shown as text, so that nothing of what is sent is hidden.

mod cda;
mod document;
mod entries;
mod markup;
mod parties;
mod resource;
mod said;

pub use markup::escaped;
use markup::narrative;
use resource::{Bundle, each, text};
use std::{
    io::{self, Write as _},
    path::Path,
};
use tsugite_validate::{
    Limits,
    json::{Arena, Node},
};

const STYLE: &str = include_str!("page.css");

/// The page of a Bundle; `None` where the bytes are no Bundle.
pub fn html(bytes: &[u8]) -> Option<String> {
    let mut arena = Arena::new();
    let tree = arena.read(bytes, &Limits::default(), &mut Vec::new())?;
    let bundle = Bundle::new(tree.root()?)?;
    let body = match bundle.first("Composition") {
        Some(composition) => document::page(&bundle, composition),
        None => collection(&bundle),
    };
    let title = bundle.first("Composition").and_then(|composition| text(composition, "title")).unwrap_or("送信内容");
    let id = bundle.root.get("identifier").and_then(|identifier| text(identifier, "value")).unwrap_or_default();
    let document = bundle.first("Composition").map_or(String::new(), document::number);
    Some(format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}\
         <footer>このページは送信データから作りました。{document}　Bundle-ID <bdi>{id}</bdi></footer>\n</body>\n</html>\n",
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
    format!("<h1>送信内容</h1>\n{people}<section>\n<h2>内容</h2>\n{}</section>\n", entries::all(bundle, &resources))
}

#[cfg(test)]
mod tests;
