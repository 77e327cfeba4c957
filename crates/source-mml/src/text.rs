//! Texts with XHTML in them, as plain lines: what stands in a module of its own is that module's.

use tsugite_clinical::body::Block;
use tsugite_xml::{Element, Node};

/// The lines of an element, blanks joined, empty lines at the rims gone.
pub fn lines(element: Element<'_, '_>) -> String {
    let mut text = String::new();
    dated(element, &mut text);
    gather(element, &mut text);
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines.get(first..last).unwrap_or_default().join("\n")
}

/// What was recorded, found or ended on a day says so in an attribute.
fn dated(element: Element<'_, '_>, text: &mut String) {
    let day = matches!(element.local(), "clinicalRecord" | "testResult" | "deathInfo").then(|| element.attr("date"));
    if let Some(day) = day.flatten().map(str::trim).filter(|day| !day.is_empty()) {
        // Midnight is how a day without a time is written.
        text.push_str(&day.trim_end_matches("T00:00:00").replace('T', " "));
        text.push(' ');
    }
}

fn gather(element: Element<'_, '_>, text: &mut String) {
    for node in element.nodes() {
        match node {
            Node::Text(run) => run.chars().for_each(|c| push(c, text)),
            Node::Element(inner) if inner.local() == "br" => text.push('\n'),
            Node::Element(inner) if inner.local().ends_with("Module") || inner.local() == "extRef" => {}
            Node::Element(inner) => {
                let block =
                    matches!(inner.local(), "p" | "div" | "li" | "tr" | "table" | "ul" | "ol" | "h1" | "h2" | "h3");
                let cell = matches!(inner.local(), "td" | "th");
                // Elements of MML inside a text are parts of it, each a line.
                let own =
                    !matches!(inner.local(), "b" | "i" | "u" | "font" | "span" | "sub" | "sup" | "a" | "strong" | "em");
                if (block || own) && !cell && !text.ends_with('\n') && !text.is_empty() {
                    text.push('\n');
                }
                dated(inner, text);
                gather(inner, text);
                if cell {
                    text.push(' ');
                } else if (block || own) && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
        }
    }
}

/// A run of blanks is one; line ends of the file are none of the text.
fn push(c: char, text: &mut String) {
    match c {
        ' ' | '\t' | '\r' | '\n' => {
            if !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
        }
        c => text.push(c),
    }
}

/// A paragraph of an element's text, where it has any.
pub fn paragraph(element: Element<'_, '_>) -> Option<Block> {
    let lines = lines(element);
    (!lines.is_empty()).then_some(Block::Paragraph(lines))
}

/// One line: line ends become blanks.
pub fn line(element: Element<'_, '_>) -> Option<String> {
    let line = lines(element).replace('\n', " ");
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_charset::GaijiTable;
    use tsugite_xml::{Document, Limits, decode};

    #[test]
    fn markup_becomes_lines_and_modules_stay_out() {
        let xml = "<a xmlns:x='urn:x'>\n  先月は<x:b>再発熱</x:b>。<x:br/>\n 次の行 <x:font color='#ff0000'>赤</x:font><x:br/>
            <clinicalRecord date='2026-03-02T00:00:00'>手術</clinicalRecord>
            <PrescriptionModule>薬</PrescriptionModule><x:ul><x:li>一</x:li><x:li>二</x:li></x:ul>&lt;script&gt;<x:br/></a>";
        let decoded = decode(xml.as_bytes(), &GaijiTable::default()).1;
        let document = Document::parse(&decoded, &Limits::default()).unwrap();
        assert_eq!(lines(document.root()), "先月は再発熱。\n次の行 赤\n2026-03-02 手術\n一\n二\n<script>");
    }
}
