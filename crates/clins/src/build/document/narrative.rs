//! Section texts as XHTML: paragraphs, lists and tables, everything else escaped. Nothing that could run or be fetched can come in,
//! because no markup is ever taken over.

use tsugite_clinical::body::Block;
use tsugite_fhir::types::Narrative;

const OPEN: &str = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
const CLOSE: &str = "</div>";

/// A text under way.
#[derive(Debug)]
pub struct Text(String);

impl Default for Text {
    fn default() -> Self {
        Self(OPEN.to_owned())
    }
}

impl Text {
    /// A name before a part that stands under another heading.
    pub fn heading(&mut self, heading: &str) {
        if !heading.trim().is_empty() {
            self.0.push_str("<p><b>");
            self.escaped(heading.trim());
            self.0.push_str("</b></p>");
        }
    }

    pub fn paragraph(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.0.push_str("<p>");
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                self.0.push_str("<br/>");
            }
            self.escaped(line.trim_end());
        }
        self.0.push_str("</p>");
    }

    pub fn list<T: AsRef<str>>(&mut self, items: &[T]) {
        let mut items = items.iter().map(|item| item.as_ref().trim()).filter(|item| !item.is_empty()).peekable();
        if items.peek().is_none() {
            return;
        }
        self.0.push_str("<ul>");
        for item in items {
            self.0.push_str("<li>");
            self.escaped(item);
            self.0.push_str("</li>");
        }
        self.0.push_str("</ul>");
    }

    pub fn table<H: AsRef<str>, C: AsRef<str>>(&mut self, header: &[H], rows: &[Vec<C>]) {
        if rows.iter().all(|row| row.iter().all(|cell| cell.as_ref().trim().is_empty())) {
            return;
        }
        self.0.push_str("<table border=\"1\">");
        if !header.is_empty() {
            self.0.push_str("<thead>");
            self.row("th", header);
            self.0.push_str("</thead>");
        }
        self.0.push_str("<tbody>");
        rows.iter().filter(|row| !row.is_empty()).for_each(|row| self.row("td", row));
        self.0.push_str("</tbody></table>");
    }

    fn row<C: AsRef<str>>(&mut self, cell: &str, cells: &[C]) {
        self.0.push_str("<tr>");
        for text in cells {
            self.0.push('<');
            self.0.push_str(cell);
            self.0.push('>');
            self.escaped(text.as_ref().trim());
            self.0.push_str("</");
            self.0.push_str(cell);
            self.0.push('>');
        }
        self.0.push_str("</tr>");
    }

    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.paragraph(text),
                Block::List(items) => self.list(items),
                Block::Table { header, rows } => self.table(header, rows),
            }
        }
    }

    /// The five characters of XML, and none that XML 1.0 does not know.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' | '\r' | '\t' => self.0.push(' '),
                '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
                // Marks that turn the direction of writing could make a text read as another.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                c => self.0.push(c),
            }
        }
    }

    /// `None` for a text without content: FHIR has none (txt-2). The guide fixes the status of section texts: `additional`.
    pub fn finish(self, status: &str) -> Option<Box<Narrative>> {
        let shown = self.0.get(OPEN.len()..).is_some_and(says_something);
        let Self(mut div) = self;
        div.push_str(CLOSE);
        shown.then(|| Box::new(Narrative { status: status.into(), div: div.into(), ..Narrative::default() }))
    }
}

/// Whether anything but tags stands in the markup of our own making.
fn says_something(markup: &str) -> bool {
    let mut in_tag = false;
    markup.chars().any(|c| {
        let text = !in_tag && c != '<' && !c.is_whitespace();
        in_tag = (in_tag || c == '<') && c != '>';
        text
    })
}

/// The same blocks as plain lines: for elements that take a text without markup.
pub fn plain(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => lines.extend(text.trim().lines().map(|line| line.trim_end().to_owned())),
            Block::List(items) => {
                let items = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
                lines.extend(items.map(|item| format!("・{item}")));
            }
            Block::Table { header, rows } => {
                let line = |cells: &Vec<String>| cells.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join(" ");
                lines.extend([header].into_iter().chain(rows).map(line));
            }
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn div(blocks: &[Block]) -> Option<String> {
        let mut text = Text::default();
        text.blocks(blocks);
        text.finish("additional").map(|narrative| narrative.div.value.clone())
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    #[test]
    fn hostile_texts_stay_text() {
        for (text, shown) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("<img src=\"http://x\" onerror='y'>", "&lt;img src=&quot;http://x&quot; onerror=&#39;y&#39;&gt;"),
            ("a & b ]]> &lt;", "a &amp; b ]]&gt; &amp;lt;"),
            ("a\u{0}\u{b}b\u{ffff}", "ab"),
            ("safe\u{202e}txt", "safetxt"),
        ] {
            let expected = format!("{OPEN}<p>{shown}</p>{CLOSE}");
            assert_eq!(div(&[paragraph(text)]).as_deref(), Some(expected.as_str()), "{text}");
        }
    }

    #[test]
    fn blocks_become_paragraphs_lists_and_tables() {
        let blocks = [
            paragraph("一行目\r\n二行目\n"),
            Block::List(vec!["あ".into(), " ".into(), "い".into()]),
            Block::Table { header: vec!["名".into()], rows: vec![vec!["値".into()]] },
        ];
        let expected = "<p>一行目<br/>二行目</p><ul><li>あ</li><li>い</li></ul>\
                        <table border=\"1\"><thead><tr><th>名</th></tr></thead><tbody><tr><td>値</td></tr></tbody></table>";
        assert_eq!(div(&blocks), Some(format!("{OPEN}{expected}{CLOSE}")));
        assert_eq!(plain(&blocks), "一行目\n二行目\n・あ\n・い\n名\n値");
    }

    #[test]
    fn nothing_but_blanks_is_no_text() {
        assert_eq!(div(&[]), None);
        assert_eq!(div(&[paragraph(" \u{3000}"), Block::List(vec![String::new()]), paragraph("\u{1}")]), None);
    }
}
