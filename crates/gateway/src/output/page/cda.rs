//! The text of a CDA that is carried whole (CDA参照セクション): its sections as a doctor reads them.

use super::{escaped, markup::SHAPES, narrative};
use tsugite_charset::GaijiTable;
use tsugite_xml::{Document, Element, Limits, Node};

const HL7: &str = "urn:hl7-org:v3";

/// Headings and texts of its sections; nothing where the bytes are no CDA that can be read.
pub fn sections(bytes: &[u8]) -> String {
    let (_, decoded) = tsugite_xml::decode(bytes, &GaijiTable::default());
    let Ok(document) = Document::parse(&decoded, &Limits::default()) else { return String::new() };
    let root = document.root();
    if !root.is((HL7, "ClinicalDocument")) {
        return String::new();
    }
    let sections = root.descendants().filter(|element| element.is((HL7, "section")));
    sections.map(section).collect()
}

fn section(section: Element<'_, '_>) -> String {
    let title = section.child_text((HL7, "title")).unwrap_or_default();
    let mut shown = String::new();
    if let Some(text) = section.child((HL7, "text")) {
        flow(text, &mut shown);
    }
    if title.trim().is_empty() && shown.trim().is_empty() {
        return String::new();
    }
    // The page's own filter sees it again: only what shapes text stays.
    format!("<h3>{}</h3>\n<div class=\"narrative\">{}</div>\n", escaped(title.trim()), narrative(&shown))
}

/// The narrative block of CDA in the elements of XHTML.
fn flow(element: Element<'_, '_>, out: &mut String) {
    for node in element.nodes() {
        match node {
            Node::Text(text) => out.push_str(&escaped(&joined(text))),
            Node::Element(child) => {
                let name = match child.local() {
                    "paragraph" => "p",
                    "list" if child.attr("listType") == Some("ordered") => "ol",
                    "list" => "ul",
                    "item" => "li",
                    "script" | "style" => continue,
                    name if SHAPES.contains(&name) => name,
                    _ => "span",
                };
                out.push_str(&format!("<{name}>"));
                flow(child, out);
                out.push_str(&format!("</{name}>"));
            }
        }
    }
}

/// Line ends and indents of the file are no line ends of the text.
fn joined(text: &str) -> String {
    let words: Vec<&str> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    match text.contains('\n') {
        true => words.join(" "),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        sections(
            format!(
                "<ClinicalDocument xmlns=\"{HL7}\"><component><structuredBody><component><section><title>現病歴</title>\
                 <text>{text}</text></section></component></structuredBody></component></ClinicalDocument>"
            )
            .as_bytes(),
        )
    }

    #[test]
    fn paragraphs_lists_and_tables_stay() {
        let page = shown(
            "<paragraph>胸痛</paragraph><list><item>労作時</item></list>\n  <table><tbody><tr><td>Hb</td></tr></tbody></table>",
        );
        for part in ["<h3>現病歴</h3>", "<p>胸痛</p>", "<ul><li>労作時</li></ul>", "<tr><td>Hb</td></tr>"] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn nothing_of_it_runs_or_is_fetched() {
        let page = shown(
            "<paragraph onclick=\"x\">a</paragraph><script>alert(1)</script><img src=\"https://evil.example\"/>\
             <linkHtml href=\"javascript:alert(1)\">b</linkHtml>&lt;script&gt;c&lt;/script&gt;<iframe src=\"x\"/>",
        );
        for bad in ["<script", "<img", "<iframe", "href", "onclick", "alert"] {
            assert!(!page.contains(bad), "{bad}: {page}");
        }
        assert!(page.contains("&lt;script&gt;c"), "{page}");
        assert_eq!(sections(b"<!DOCTYPE x [<!ENTITY a 'b'>]><ClinicalDocument/>"), "");
        assert_eq!(sections(b"no xml"), "");
    }
}
