//! Section text to blocks of plain text. Markup, scripts, links and references to pictures do not get through: only words do.

use tsugite_clinical::body::Block;
use tsugite_xml::{Element, Node};

/// `text` of a section.
pub fn blocks(text: Element<'_, '_>) -> Vec<Block> {
    let mut writer = Blocks::default();
    writer.flow(text);
    writer.finish()
}

#[derive(Default)]
struct Blocks {
    blocks: Vec<Block>,
    /// The paragraph being written.
    paragraph: String,
}

impl Blocks {
    fn flow(&mut self, element: Element<'_, '_>) {
        for node in element.nodes() {
            match node {
                Node::Text(text) => self.words(text),
                Node::Element(child) => self.element(child),
            }
        }
    }

    fn element(&mut self, element: Element<'_, '_>) {
        match element.local() {
            // What a correction took out stands there for the eye of the reader only.
            _ if element.attr("revised") == Some("delete") => {}
            "br" => self.paragraph.push('\n'),
            "paragraph" | "p" | "div" | "caption" => {
                self.end_paragraph();
                self.flow(element);
                self.end_paragraph();
            }
            "list" | "ul" | "ol" => {
                self.end_paragraph();
                self.caption(element);
                let items = element.children().filter(|item| matches!(item.local(), "item" | "li")).map(inline);
                let items: Vec<String> = items.filter(|item| !item.is_empty()).collect();
                if !items.is_empty() {
                    self.blocks.push(Block::List(items));
                }
            }
            "table" => {
                self.end_paragraph();
                self.caption(element);
                self.blocks.extend(table(element));
            }
            // 10⁴ is not 104.
            "sup" => {
                self.paragraph.push('^');
                self.flow(element);
            }
            "footnote" => {
                self.paragraph.push('（');
                self.flow(element);
                self.paragraph.push('）');
            }
            "renderMultiMedia" => self.caption(element),
            name if is_silent(name) => {}
            _ => self.flow(element),
        }
    }

    fn caption(&mut self, element: Element<'_, '_>) {
        if let Some(caption) = element.child("caption") {
            self.element(caption);
        }
    }

    /// Text as XML has it: line ends and runs of blanks are one blank.
    fn words(&mut self, text: &str) {
        for (index, word) in text.split([' ', '\t', '\n', '\r']).enumerate() {
            let blank = index > 0 && !self.paragraph.is_empty() && !self.paragraph.ends_with([' ', '\n']);
            if blank {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(word);
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
        let text = lines.join("\n").trim().to_owned();
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }
}

/// Elements whose content is no text of the document.
fn is_silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "object" | "embed" | "iframe" | "svg")
}

/// The words of an item or a cell, with its inner blocks on lines of their own.
fn inline(element: Element<'_, '_>) -> String {
    let mut lines = Vec::new();
    for block in blocks(element) {
        match block {
            Block::Paragraph(text) => lines.push(text),
            Block::List(items) => lines.extend(items.into_iter().map(|item| format!("・{item}"))),
            Block::Table { header, rows } => {
                let rows = std::iter::once(header).chain(rows).filter(|row| !row.is_empty());
                lines.extend(rows.map(|row| row.join(" ")));
            }
        }
    }
    lines.join("\n")
}

fn table(element: Element<'_, '_>) -> Option<Block> {
    let rows = |parts: &[&str]| -> Vec<Vec<String>> {
        let bodies = element.children().filter(|part| parts.contains(&part.local()));
        bodies.flat_map(|part| grid(part.all("tr"))).collect()
    };
    let mut header = rows(&["thead"]);
    let mut body: Vec<Vec<String>> = grid(element.all("tr"));
    body.extend(rows(&["tbody"]));
    body.extend(rows(&["tfoot"]));
    // A first row of headings alone is the header where no thead is; further rows of a header are rows.
    let headings = |row: Element<'_, '_>| row.child("th").is_some() && row.child("td").is_none();
    let first = element.child("tr").or_else(|| element.at(&["tbody", "tr"]));
    if header.is_empty() && first.is_some_and(headings) && !body.is_empty() {
        header.push(body.remove(0));
    }
    let mut header = header.into_iter();
    let top = header.next().unwrap_or_default();
    let rows: Vec<Vec<String>> = header.chain(body).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    (!rows.is_empty() || !top.is_empty()).then_some(Block::Table { header: top, rows })
}

/// Columns that spans may open.
const COLUMNS: usize = 64;

/// The rows of a part of a table, each value in its column: where a cell reaches over several columns or rows, the others are empty.
fn grid<'d, 't: 'd>(rows: impl Iterator<Item = Element<'d, 't>>) -> Vec<Vec<String>> {
    // By column: how many rows more the cell above reaches down.
    let mut reach: Vec<usize> = Vec::new();
    rows.map(|row| {
        let mut line: Vec<String> = Vec::new();
        let cells = row.children().filter(|cell| matches!(cell.local(), "td" | "th"));
        for cell in cells {
            pass_over(&mut line, &mut reach);
            let (columns, rows) = (span(cell, "colspan"), span(cell, "rowspan"));
            let at = line.len();
            line.push(inline(cell));
            line.resize(line.len().max((at + columns).min(COLUMNS)), String::new());
            reach.resize(reach.len().max(line.len()), 0);
            reach.iter_mut().take(line.len()).skip(at).for_each(|reach| *reach = rows - 1);
        }
        pass_over(&mut line, &mut reach);
        line
    })
    .collect()
}

/// Columns that a cell of a row above fills.
fn pass_over(line: &mut Vec<String>, reach: &mut [usize]) {
    while let Some(rows) = reach.get_mut(line.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        line.push(String::new());
    }
}

fn span(cell: Element<'_, '_>, name: &str) -> usize {
    cell.attr(name).and_then(|text| text.trim().parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tsugite_charset::GaijiTable;
    use tsugite_xml::{Document, Limits, decode};

    fn of(text: &str) -> Vec<Block> {
        let (_, decoded) = decode(text.as_bytes(), &GaijiTable::default());
        let document = Document::parse(&decoded, &Limits::default()).unwrap();
        blocks(document.root())
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    #[test]
    fn paragraphs_lists_and_tables_keep_their_words() {
        let text = "<text>前<br/>後\n  <content styleCode='Bold'>太字</content><paragraph>次</paragraph>\
            <list><caption>一覧</caption><item>甲<paragraph>乙</paragraph></item><item> </item><item>丙</item></list>\
            <table><thead><tr><th>項目</th><th>値</th></tr></thead><tbody><tr><td>血圧</td><td>120<br/>80</td></tr></tbody></table></text>";
        let strings = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            of(text),
            [
                paragraph("前\n後 太字"),
                paragraph("次"),
                paragraph("一覧"),
                Block::List(strings(&["甲\n乙", "丙"])),
                Block::Table { header: strings(&["項目", "値"]), rows: vec![strings(&["血圧", "120\n80"])] },
            ]
        );
        assert_eq!(of("<text> \n </text>"), []);
    }

    #[test]
    fn values_stay_in_their_columns() {
        let text = "<text><table><tr><th rowspan='2'>項目</th><th colspan='2'>値</th></tr><tr><th>前</th><th>後</th></tr>\
            <tr><td rowspan='2'>血圧</td><td>120</td><td>110</td></tr><tr><td>80</td><td>70</td></tr>\
            <tr><td colspan='999999999'>注</td></tr></table></text>";
        let [Block::Table { header, rows }] = &of(text)[..] else { panic!("no table") };
        assert_eq!(*header, ["項目", "値", ""]);
        let first: Vec<_> = rows.iter().map(|row| row.iter().take(3).map(String::as_str).collect::<Vec<_>>()).collect();
        assert_eq!(first, [["", "前", "後"], ["血圧", "120", "110"], ["", "80", "70"], ["注", "", ""]]);
        assert!(rows.iter().all(|row| row.len() <= COLUMNS));
    }

    #[test]
    fn what_is_written_above_or_struck_out_does_not_change_what_is_said() {
        let text = "<text>血小板 15×10<sup>4</sup>/µL、H<sub>2</sub>O、<content revised='delete'>胃癌</content>\
            <content revised='insert'>胃潰瘍</content><renderMultiMedia referencedObject='x'><caption>図1</caption></renderMultiMedia>\
            注<footnote>再検</footnote></text>";
        assert_eq!(of(text), [paragraph("血小板 15×10^4/µL、H2O、胃潰瘍"), paragraph("図1"), paragraph("注（再検）")]);
    }

    #[test]
    fn no_markup_and_no_reference_gets_through() {
        let text = "<text><script>alert(1)</script><linkHtml href='http://evil.example/'>本文</linkHtml>\
            <renderMultiMedia referencedObject='x'/>&lt;script src=x&gt;<img src='http://evil.example/a.png'/></text>";
        assert_eq!(of(text), [paragraph("本文<script src=x>")]);
    }
}
